"""Advice over HTTP."""

import pytest
from flask import Flask

from tests.web.apps import an_app, log_in
from tests.world import all_green, declared

HERE = {"position": {"lat": 52.1, "lon": 5.0}}


@pytest.fixture
def app() -> Flask:
    return an_app(*all_green())


def test_nearest_open_hospital_stands_first(app: Flask) -> None:
    advice = log_in(app, "verpleegkundige").post("/advice", HERE).get_json()

    assert (advice["options"][0]["hospital"], advice["options"][0]["class"]) == ("veldstad", "welcome")


def test_every_hospital_is_in_the_advice(app: Flask) -> None:
    caller = log_in(app, "verpleegkundige")
    all_hospitals = {hospital["id"] for hospital in caller.get("/hospitals").get_json()}

    assert {option["hospital"] for option in caller.post("/advice", HERE).get_json()["options"]} == all_hospitals


def test_hospital_with_a_red_stop_stands_lower() -> None:
    app = an_app(*all_green(), declared())

    advice = log_in(app, "verpleegkundige").post("/advice", HERE).get_json()

    assert advice["options"][0]["hospital"] != "veldstad"


@pytest.mark.parametrize("name", ["verpleegkundige", "meldkamer", "mma", "veldstad", "beheer"])
def test_any_role_but_the_gp_gets_advice(app: Flask, name: str) -> None:
    assert log_in(app, name).post("/advice", HERE).status_code == 200


def test_gp_gets_no_advice(app: Flask) -> None:
    assert log_in(app, "huisarts").post("/advice", HERE).status_code == 403


def test_given_advice_is_fetched_as_it_was(app: Flask) -> None:
    caller = log_in(app, "verpleegkundige")
    given = caller.post("/advice", HERE)

    assert caller.get(f"/advice/{given.get_json()['id']}").get_json() == given.get_json()


def test_given_advice_is_replayed_to_the_same(app: Flask) -> None:
    caller = log_in(app, "verpleegkundige")
    given = caller.post("/advice", HERE)

    answer = caller.get(f"/advice/{given.get_json()['id']}/replay")

    assert (answer.status_code, answer.get_json()) == (200, given.get_json())


def test_advice_that_was_never_given_is_not_found(app: Flask) -> None:
    assert log_in(app, "verpleegkundige").get("/advice/none").status_code == 404


def test_position_far_from_every_road_is_refused(app: Flask) -> None:
    answer = log_in(app, "verpleegkundige").post("/advice", {"position": {"lat": 54.5, "lon": 5.0}})

    assert (answer.status_code, answer.get_json()["type"]) == (422, "urn:uitwijk:problem:off-network")


def test_mistakes_are_told_at_once(app: Flask) -> None:
    wrong = {"position": {"lat": 5.0, "lon": 52.1}, "suspicion": "flu", "name": "Jansen"}

    answer = log_in(app, "verpleegkundige").post("/advice", wrong)

    assert [error["field"] for error in answer.get_json()["errors"]] == ["position", "suspicion", "name"]
