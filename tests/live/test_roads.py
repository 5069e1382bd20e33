"""The roads of a running server follow the closures in the journal and the clock."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from advisor.journal.road_events import ClosureId
from advisor.kernel import HospitalId, Position
from advisor.live.roads import AREAS_KEPT, ClosureFollower, LiveRoads
from advisor.roads.atlas import Atlas
from advisor.roads.closure import ClosureShape
from advisor.roads.model import Destination, Profile
from advisor.services.access import Actor
from advisor.services.close_road import CloseRoad, close_road
from advisor.services.get_advice import replay_advice
from advisor.services.give_advice import Advice, give_advice
from advisor.services.reopen_road import reopen_road
from advisor.services.world import World
from advisor.web.watching import ask
from tests.roads.networks import draw, road
from tests.world import DISPATCHER, NOW, NURSE, a_case, a_world, all_green, at, region

EASTERN = Position(lat=52.1, lon=5.15)
"""Between Veldstad and Oeverdam; there is a way round in the north for those who have time."""


def place(name: str) -> Position:
    return region().get_hospital(HospitalId(name)).position


def two_ways() -> Atlas:
    """A road along all hospitals of the region, without another one east of Oeverdam."""
    lat = place("veldstad").lat
    lons = (4.95, 5.1, 5.2, 5.5, 5.75)
    nodes = {str(lon): Position(lat=lat, lon=lon) for lon in lons}
    nodes |= {"north-west": Position(lat=lat + 0.1, lon=5.1), "north-east": Position(lat=lat + 0.1, lon=5.2)}
    names = [str(lon) for lon in lons]
    along = [road(a, b) for a, b in pairwise(names)]
    network = draw(
        nodes, *along, road("5.1", "north-west"), road("north-west", "north-east"), road("north-east", "5.2")
    )
    return Atlas.open(network, [Destination(id=each.id, position=each.position) for each in region()])


@dataclass
class Running:
    """A world on real roads, and what follows the closures in it."""

    atlas: Atlas = field(default_factory=two_ways)
    now: datetime = NOW
    swaps: int = 0
    prepared: int = 0

    def __post_init__(self) -> None:
        self.world: World = a_world(*all_green(), roads=LiveRoads(self.atlas, lambda work: work()))  # type: ignore[arg-type]
        self.follower = ClosureFollower(self, self.world.journal, lambda: self.now, lambda work: work(), self.swapped)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.atlas, name)

    def prepare(self) -> None:
        self.prepared += 1
        self.atlas.prepare()

    def swapped(self) -> None:
        self.swaps += 1

    def close(self, **change: object) -> None:
        command = CloseRoad(**{"shape": ClosureShape.POINT, "points": (EASTERN,), **change})  # type: ignore[arg-type]
        close_road(command, actor=DISPATCHER, now=self.now, world=self.world)

    def seconds(self, name: str = "oeverdam") -> float:
        times = self.atlas.drive_times(place("veldstad"), profile=Profile.SIGNALS)
        return float(times.seconds[times.ids.index(name)])


@pytest.fixture
def running() -> Running:
    return Running()


def test_closure_in_the_journal_changes_the_drive_times(running: Running) -> None:
    before = running.seconds()

    running.close()
    running.follower.look()

    assert running.seconds() > before + 300
    assert running.swaps == 1


def test_start_waits_for_closures_that_hold_but_not_for_those_to_come(running: Running) -> None:
    before = running.seconds()
    running.close()

    running.follower.start()

    assert running.seconds() > before + 300
    assert running.prepared == 0


def test_first_look_gets_ready_for_closures_to_come(running: Running) -> None:
    running.follower.start()

    running.follower.look()
    running.follower.look()

    assert running.prepared == 1


def test_closures_of_one_second_are_one_refresh(running: Running) -> None:
    for _ in range(5):
        running.close()

    running.follower.look()
    running.follower.look()

    assert running.swaps == 1


def test_closure_holds_from_its_begin_to_its_end(running: Running) -> None:
    before = running.seconds()
    running.close(start=at(10), until=at(20))
    found = []

    for minutes in (0, 10, 19, 20):
        running.now = at(minutes)
        running.follower.look()
        found.append(running.seconds() > before)

    assert found == [False, True, True, False]


def test_reopened_road_is_driven_again(running: Running) -> None:
    before = running.seconds()
    running.close()
    running.follower.look()

    reopen_road(ClosureId("id1"), actor=DISPATCHER, now=NOW, world=running.world)
    running.follower.look()

    assert (running.seconds(), running.swaps) == (before, 2)


def advice(running: Running, actor: Actor = NURSE) -> Advice:
    return give_advice(a_case(lon=5.0), actor=actor, now=NOW, world=running.world)


def test_hospital_that_is_cut_off_is_told_as_unreachable(running: Running) -> None:
    running.close(points=(Position(lat=place("veldstad").lat, lon=5.35),))
    running.follower.look()

    found = advice(running).document

    assert "overkant" not in {option["hospital"] for option in found["options"]}
    assert {"hogeberg", "overkant"} <= set(found["unreachable"])


def test_older_advice_is_the_same_when_it_is_worked_out_again(running: Running) -> None:
    given = advice(running)
    running.close()
    running.follower.look()

    assert replay_advice(given.id, actor=NURSE, world=running.world).differences == ()


def test_watched_advice_is_another_one_after_a_swap(running: Running) -> None:
    first = ask(a_case(lon=5.0), NURSE, NOW, None, running.world)
    unchanged = ask(a_case(lon=5.0), NURSE, NOW, first, running.world)
    running.close()
    running.follower.look()

    after = ask(a_case(lon=5.0), NURSE, NOW, unchanged, running.world)

    assert (unchanged.substance == first.substance, after.substance == first.substance) == (True, False)
    assert (unchanged.answer["id"] == first.answer["id"], after.answer["id"] == first.answer["id"]) == (True, False)


def test_area_is_drawn_once_for_the_same_question() -> None:
    drawn: list[str] = []
    atlas = two_ways()
    roads = LiveRoads(atlas, lambda work: (drawn.append("drawn"), work())[1])  # type: ignore[func-returns-value]

    areas = [roads.reach(["veldstad", "oeverdam"], 10, profile=Profile.SIGNALS) for _ in range(2)]

    assert (areas[0] is areas[1], drawn) == (True, ["drawn"])


def test_area_is_drawn_anew_when_a_road_closes(running: Running) -> None:
    before = running.world.roads.reach(["oeverdam"], 10, profile=Profile.SIGNALS).geojson()
    running.close()
    running.follower.look()

    assert running.world.roads.reach(["oeverdam"], 10, profile=Profile.SIGNALS).geojson() != before


def test_only_so_many_areas_are_remembered(running: Running) -> None:
    roads = LiveRoads(running.atlas, lambda work: work())

    for minutes in range(AREAS_KEPT + 5):
        roads.reach(["oeverdam"], 1 + minutes / 10, profile=Profile.SIGNALS)

    assert len(roads._areas) == AREAS_KEPT
