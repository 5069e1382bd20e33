"""Stops, plans and lapses over HTTP."""

from typing import Any

import pytest
from flask import Flask

from advisor.web.render import render_time
from tests.web.apps import an_app, log_in
from tests.world import all_green, at, declared

RED = {
    "hospital": "veldstad",
    "department": "SEH",
    "status": "red",
    "reason": "Piek in aanbod van patiënten (aantal)",
    "until": render_time(at(120)),
}


@pytest.fixture
def app() -> Flask:
    return an_app(*all_green())


def errors(answer: Any) -> dict[str, str]:
    """What is wrong with a body, by field."""
    assert answer.status_code == 422
    return {error["field"]: error["message_en"] for error in answer.get_json()["errors"]}


def test_declared_stop_stands_on_the_board(app: Flask) -> None:
    hospital = log_in(app, "veldstad")

    stop = hospital.post("/stops", RED)
    board = hospital.get("/board").get_json()

    shown = next(shown for shown in board["hospitals"] if shown["id"] == "veldstad")["departments"]["SEH"]
    assert stop.status_code == 201
    assert (shown["status"], shown["stop_id"]) == ("red", stop.get_json()["id"])


def test_stop_tells_its_norm_time(app: Flask) -> None:
    assert log_in(app, "veldstad").post("/stops", RED).get_json()["norm_min"] == 120


def test_second_stop_for_the_same_department_conflicts(app: Flask) -> None:
    hospital = log_in(app, "veldstad")
    hospital.post("/stops", RED)

    answer = hospital.post("/stops", RED)

    assert answer.status_code == 409
    assert answer.get_json()["hint_en"] == "Extend it, or end it first."


@pytest.mark.parametrize("name", ["verpleegkundige", "meldkamer", "mma", "oeverdam", "huisarts"])
def test_nobody_else_declares_a_stop(app: Flask, name: str) -> None:
    assert log_in(app, name).post("/stops", RED).status_code == 403


def test_orange_exists_for_the_seh_alone(app: Flask) -> None:
    answer = log_in(app, "veldstad").post("/stops", {**RED, "department": "CCU", "status": "orange"})

    assert errors(answer) == {"status": "orange cannot be declared for CCU"}


def test_roster_is_a_reason_for_pci_alone(app: Flask) -> None:
    answer = log_in(app, "veldstad").post("/stops", {**RED, "reason": "Rooster"})

    assert list(errors(answer)) == ["reason"]


def test_end_in_the_past_is_refused(app: Flask) -> None:
    answer = log_in(app, "veldstad").post("/stops", {**RED, "until": render_time(at(-1))})

    assert errors(answer) == {"until": "must be after now"}


def test_refused_stop_changes_nothing(app: Flask) -> None:
    hospital = log_in(app, "veldstad")
    before = hospital.get("/board").get_json()

    hospital.post("/stops", {**RED, "until": "straks", "colour": "red"})

    assert hospital.get("/board").get_json() == before


def test_all_mistakes_in_a_stop_are_told_at_once(app: Flask) -> None:
    answer = log_in(app, "veldstad").post("/stops", {"hospital": "nergens", "until": "straks", "colour": "red"})

    assert set(errors(answer)) == {"hospital", "department", "status", "reason", "until", "colour"}


def test_running_stop_is_extended(app: Flask) -> None:
    hospital = log_in(app, "veldstad")
    stop = hospital.post("/stops", RED).get_json()

    answer = hospital.post(f"/stops/{stop['id']}/extend", {"until": render_time(at(180))})

    assert (answer.status_code, answer.get_json()["until"]) == (200, render_time(at(180)))


def test_stop_is_not_extended_at_its_end() -> None:
    hospital = log_in(an_app(declared(when=at(-120), until=at(0))), "veldstad")

    answer = hospital.post("/stops/s1/extend", {"until": render_time(at(60))})

    assert (answer.status_code, answer.get_json()["hint"]) == (409, "Kondig een nieuwe stop af.")


def test_stop_is_ended(app: Flask) -> None:
    hospital = log_in(app, "veldstad")
    stop = hospital.post("/stops", RED).get_json()

    answer = hospital.post(f"/stops/{stop['id']}/end")

    assert (answer.status_code, answer.get_json()["ended_at"]) == (200, render_time(at(0)))


def test_stop_that_does_not_exist_is_not_found(app: Flask) -> None:
    assert log_in(app, "veldstad").post("/stops/none/end").status_code == 404


def test_other_hospital_ends_nothing(app: Flask) -> None:
    stop = log_in(app, "veldstad").post("/stops", RED).get_json()

    assert log_in(app, "oeverdam").post(f"/stops/{stop['id']}/end").status_code == 403


PLAN = {
    "hospital": "veldstad",
    "department": "SEH",
    "reason": "Interne calamiteit/technisch probleem",
    "from": render_time(at(25 * 60)),
    "until": render_time(at(31 * 60)),
}


def test_long_stop_is_planned_in_time(app: Flask) -> None:
    answer = log_in(app, "veldstad").post("/plans", PLAN)

    assert (answer.status_code, answer.get_json()["late"]) == (201, False)


def test_long_stop_that_is_planned_within_a_day_is_late(app: Flask) -> None:
    answer = log_in(app, "veldstad").post("/plans", {**PLAN, "from": render_time(at(23 * 60))})

    assert answer.get_json()["late"] is True


def test_plan_is_withdrawn_once(app: Flask) -> None:
    hospital = log_in(app, "veldstad")
    plan = hospital.post("/plans", PLAN).get_json()

    assert hospital.call("DELETE", f"/plans/{plan['id']}").status_code == 204
    assert hospital.call("DELETE", f"/plans/{plan['id']}").status_code in {404, 409}


LAPSE = {"mka": "MKA Overkant", "department": "SEH"}


def test_lapse_is_confirmed_by_a_dispatcher_of_the_region() -> None:
    app = an_app(*all_green(), declared(hospital="overkant"))

    answer = log_in(app, "buurmeldkamer").post("/lapses", LAPSE)

    assert (answer.status_code, answer.get_json()["mka"]) == (201, "MKA Overkant")


def test_lapse_is_confirmed_by_nobody_else() -> None:
    app = an_app(*all_green(), declared(hospital="overkant"))

    assert log_in(app, "verpleegkundige").post("/lapses", LAPSE).status_code == 403


def test_lapse_conflicts_while_a_department_is_open(app: Flask) -> None:
    assert log_in(app, "meldkamer").post("/lapses", LAPSE).status_code == 409
