"""Routes, tiles and places over HTTP."""

from typing import Any

import pytest

from advisor.roads.model import Route
from tests.web.apps import Caller, an_app, log_in
from tests.world import OneRoad, a_world


@pytest.fixture(scope="module")
def nurse() -> Caller:
    return log_in(an_app(), "verpleegkundige")


def test_route_is_a_line_with_seconds_and_metres(nurse: Caller) -> None:
    feature = nurse.get("/network/route?from=52.1,5.0&hospital=veldstad").get_json()

    assert feature["geometry"] == {"type": "LineString", "coordinates": [[5.0, 52.1], [5.1, 52.1]]}
    assert feature["properties"].items() >= {"seconds": 340.0, "metres": 6800.0}.items()


@pytest.mark.parametrize(("course", "driven"), [("", None), ("&heading_deg=271.5", 271.5)])
def test_route_begins_on_the_carriageway_of_the_course(course: str, driven: float | None) -> None:
    asked: list[float | None] = []

    class Roads(OneRoad):
        def route(self, *where: Any, heading_deg: float | None = None, **how: Any) -> Route:
            asked.append(heading_deg)
            return super().route(*where, **how)

    app = an_app(world=a_world(roads=Roads()))
    log_in(app, "verpleegkundige").get(f"/network/route?from=52.1,5.0&hospital=veldstad{course}")

    assert asked == [driven]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "from=52.1&hospital=veldstad",
        "from=52.1,5.0&hospital=nergens",
        "from=5,52.1&hospital=veldstad",
        "from=52.1,5.0&hospital=veldstad&heading_deg=361",
        "from=52.1,5.0&hospital=veldstad&heading_deg=north",
    ],
)
def test_route_that_cannot_be_understood_is_refused(nurse: Caller, query: str) -> None:
    assert nurse.get(f"/network/route?{query}").status_code == 422


def test_map_tells_that_the_network_is_schematic(nurse: Caller) -> None:
    assert nurse.get("/network/map").get_json().items() >= {"schematic": True, "id": "one-road"}.items()


def test_map_names_the_towns_of_the_network(nurse: Caller) -> None:
    (place,) = nurse.get("/network/map").get_json()["places"]

    assert (place[0], place[3]) == ("Veldstad", 3)


def test_tile_of_a_named_network_is_kept_for_ever(nurse: Caller) -> None:
    assert "immutable" in nurse.get("/network/tiles/8/131/83?v=one-road").headers["Cache-Control"]


def test_tile_of_an_older_network_is_not_kept(nurse: Caller) -> None:
    assert nurse.get("/network/tiles/8/131/83?v=old").headers["Cache-Control"] == "no-store"


def test_tile_outside_the_world_is_refused(nurse: Caller) -> None:
    assert nurse.get("/network/tiles/3/9/0").status_code == 422


def names(nurse: Caller, query: str) -> list[tuple[str, str]]:
    """What is found for a query."""
    return [(place["kind"], place["name"]) for place in nurse.get(f"/places?q={query}").get_json()]


def test_town_hospital_and_address_are_found_by_name(nurse: Caller) -> None:
    assert names(nurse, "veldstad") == [("town", "Veldstad"), ("hospital", "Veldstad"), ("address", "veldstad 1")]


@pytest.mark.parametrize("query", ["52.1,5.1", "5.1 52.1", "52,1; 5,1"])
def test_coordinates_are_understood_either_way_round(nurse: Caller, query: str) -> None:
    assert names(nurse, query) == [("coordinates", "52.10000, 5.10000")]


@pytest.mark.parametrize("query", ["", "x", "x" * 121])
def test_query_without_sense_is_refused(nurse: Caller, query: str) -> None:
    assert nurse.get(f"/places?q={query}").status_code == 422


def test_protocol_tells_a_hospital_what_it_can_declare() -> None:
    found = log_in(an_app(), "veldstad").get("/protocol").get_json()

    assert found["departments"]["SEH"]["norm_min"] == {"red": 120, "orange": 60}
    assert "Rooster" not in found["departments"]["SEH"]["reasons"]


def test_protocol_tells_a_hospital_what_to_do_after_a_lapse() -> None:
    found = log_in(an_app(), "veldstad").get("/protocol").get_json()

    assert [duty["text"] for duty in found["lapse_duties"]] == [
        "De stop is vervallen: haal hem uit LPZ.",
        "Laat de collega's in de subregio weten dat de stops zijn opgeheven.",
    ]


def test_server_is_ready_when_its_journal_answers() -> None:
    answer = an_app().test_client().get("/readyz")

    assert (answer.status_code, answer.get_json()["status"]) == (200, "pass")
