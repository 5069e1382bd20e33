"""A closed road, from the report in one process to the watched advice in another."""

import time
from collections.abc import Iterator

import pytest

from tests.web.line import HERE, connected
from tests.web.server import Server

pytestmark = pytest.mark.slow

KNOWN_WITHIN_S = 4.0
AROUND_OOST = [
    {"lat": lat, "lon": lon} for lat, lon in ((52.352, 4.905), (52.352, 4.93), (52.366, 4.93), (52.366, 4.905))
]
"""All roads around OLVG Oost."""


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    folder = tmp_path_factory.mktemp("server")
    with Server(folder) as one, Server(folder) as other:
        yield one, other


def test_closure_changes_watched_advice_in_every_process_and_comes_undone(pair: tuple[Server, Server]) -> None:
    one, other = pair
    dispatcher = one.log_in("dispatcher")
    with connected(one, "nurse") as here, connected(other, "nurse") as there:
        before = [page.ask("advice:watch", HERE) for page in (here, there)]
        assert all("olvg-oost" not in advice["unreachable"] for advice in before)

        answer = one.call("POST", "/closures", dispatcher, {"shape": "area", "points": AROUND_OOST})
        began = time.monotonic()
        for page in (here, there):
            page.next_where("advice", lambda advice: "olvg-oost" in advice["unreachable"], KNOWN_WITHIN_S)
        took_s = time.monotonic() - began
        one.call("DELETE", f"/closures/{answer.json()['id']}", dispatcher)
        for page in (here, there):
            page.next_where("advice", lambda advice: "olvg-oost" not in advice["unreachable"], KNOWN_WITHIN_S)

    assert answer.status_code == 201
    assert took_s < KNOWN_WITHIN_S


def test_area_within_reach_of_the_region_is_quick(pair: tuple[Server, Server]) -> None:
    token = pair[0].log_in("dispatcher")
    started = time.monotonic()

    feature = pair[0].call("GET", "/network/reach?minutes=45", token).json()

    assert feature["geometry"]["coordinates"]
    assert time.monotonic() - started < 5.0


def test_start_with_a_closed_road_knows_it_at_once(pair: tuple[Server, Server], tmp_path: object) -> None:
    one, other = pair
    token = one.log_in("dispatcher")
    answer = one.call("POST", "/closures", token, {"shape": "area", "points": AROUND_OOST})
    other.kill()
    other.start()

    advice = other.call("POST", "/advice", other.log_in("nurse"), HERE).json()
    one.call("DELETE", f"/closures/{answer.json()['id']}", token)

    assert "olvg-oost" in advice["unreachable"]
