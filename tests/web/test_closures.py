"""Closed roads and areas within reach over HTTP."""

from typing import Any

import pytest

from tests.web.apps import Caller, an_app, log_in

BRIDGE = {"shape": "point", "points": [{"lat": 52.1, "lon": 5.15}], "note": "Brug open"}


@pytest.fixture
def callers() -> tuple[Caller, Caller]:
    app = an_app()
    return log_in(app, "meldkamer"), log_in(app, "verpleegkundige")


def test_closed_road_is_on_the_list_until_it_is_opened(callers: tuple[Caller, Caller]) -> None:
    dispatcher, nurse = callers

    answer = dispatcher.post("/closures", BRIDGE)
    listed = nurse.get("/closures").get_json()["closures"]
    opened = dispatcher.call("DELETE", f"/closures/{answer.get_json()['id']}")

    assert (answer.status_code, opened.status_code) == (201, 204)
    assert listed == [answer.get_json()]
    assert listed[0].items() >= {"running": True, "by": "meldkamer", "factor": 0.0, "until": None}.items()
    assert nurse.get("/closures").get_json() == {"closures": []}


def test_closed_roads_come_as_lines_for_the_map(callers: tuple[Caller, Caller]) -> None:
    answer = callers[0].post("/closures", BRIDGE)

    assert answer.get_json()["geometry"] == {"type": "MultiLineString", "coordinates": [[[5.15, 52.1]]]}


def test_closure_beside_every_road_is_refused_in_both_languages(callers: tuple[Caller, Caller]) -> None:
    answer = callers[0].post("/closures", {**BRIDGE, "points": [{"lat": 51.2, "lon": 5.15}]})

    problem = answer.get_json()
    assert (answer.status_code, problem["type"]) == (422, "urn:uitwijk:problem:no-such-road")
    assert "geen weg" in problem["detail"]
    assert "No road" in problem["detail_en"]


def test_nurse_closes_no_road(callers: tuple[Caller, Caller]) -> None:
    assert callers[1].post("/closures", BRIDGE).status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"points": [{"lat": 5.15, "lon": 52.1}]}, "points[0]"),
        ({"points": []}, "points"),
        ({"points": "hier"}, "points"),
        ({"points": None}, "points"),
        ({"points": [{"lat": 52.1}]}, "points[0].lon"),
        ({"shape": "circle"}, "shape"),
        ({"factor": 1}, "factor"),
        ({"until": "2020-01-01T00:00:00Z"}, "until"),
        ({"speed": 30}, "speed"),
    ],
    ids=str,
)
def test_closure_that_cannot_be_is_refused_by_field(
    callers: tuple[Caller, Caller], change: dict[str, Any], field: str
) -> None:
    answer = callers[0].post("/closures", {**BRIDGE, **change})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]
    assert all(error["message"] != error["message_en"] for error in answer.get_json()["errors"])


def test_closure_that_is_not_there_cannot_be_opened(callers: tuple[Caller, Caller]) -> None:
    assert callers[0].call("DELETE", "/closures/nergens").status_code == 404


def test_area_within_reach_is_a_feature(callers: tuple[Caller, Caller]) -> None:
    feature = callers[1].get("/network/reach?hospital=veldstad&hospital=oeverdam&minutes=45").get_json()

    assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "MultiPolygon")
    assert len(feature["geometry"]["coordinates"]) == 2
    assert feature["properties"] == {"hospitals": ["veldstad", "oeverdam"], "minutes": 45.0, "signals": True}


def test_without_a_hospital_all_of_them_count(callers: tuple[Caller, Caller]) -> None:
    feature = callers[1].get("/network/reach?minutes=10&signals=false").get_json()

    assert len(feature["geometry"]["coordinates"]) == 4


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("hospital=veldstad", "minutes"),
        ("minutes=0", "minutes"),
        ("minutes=nan", "minutes"),
        ("minutes=45&hospital=nergens", "hospital"),
        ("minutes=45&signals=ja", "signals"),
        ("minutes=45&region=x", "region"),
    ],
)
def test_area_that_cannot_be_drawn_is_refused_by_field(callers: tuple[Caller, Caller], query: str, field: str) -> None:
    answer = callers[1].get(f"/network/reach?{query}")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]
