"""Closures from a source: closed, changed, ended, cancelled, left out; in the order of its own moments."""

from dataclasses import replace
from datetime import datetime

import pytest

from advisor.journal.events import FeedRetired
from advisor.journal.road_events import ClosureId
from advisor.kernel import Position
from advisor.roads.closure import ClosureShape
from advisor.services.access import Actor, Forbidden
from advisor.services.close_road import KEPT_MOST, CloseRoad, close_road
from advisor.services.hear_roads import LOOSE_END, RoadNews, RoadReport, RoadsTaken, hear_roads
from advisor.services.reopen_road import reopen_road
from advisor.services.world import World
from tests.world import ADMIN, DISPATCHER, EVERYBODY, FEED, NOW, a_world, at

ON_ROAD, OFF_ROAD = Position(lat=52.1, lon=5.15), Position(lat=52.4, lon=5.15)
BRIDGE = RoadReport(id="b1", said_at=NOW, is_over=False, points=(ON_ROAD,), start=NOW, until=at(6), note="Brug open")
ID = ClosureId("ndw:b1")


def over(minutes: float, name: str = "b1") -> RoadReport:
    return RoadReport(id=name, said_at=at(minutes), is_over=True)


def hear(
    world: World, *reports: RoadReport, now: datetime = NOW, whole: bool = False, as_of: datetime | None = None
) -> RoadsTaken:
    news = RoadNews(as_of=as_of or now, is_whole=whole, reports=reports)
    return hear_roads("ndw", news, actor=FEED, now=now, world=world)


def closed(world: World, now: datetime = NOW) -> list[str]:
    """The closures that hold."""
    return [key for key, work in world.journal.board().roadworks.items() if now in work.closure.interval]


def test_bridge_that_opens_is_closed_until_its_end() -> None:
    world = a_world()

    hear(world, BRIDGE)

    assert (closed(world, at(5.99)), closed(world, at(6))) == ([ID], [])


def test_what_lies_on_no_road_of_ours_is_left_alone() -> None:
    assert hear(a_world(), replace(BRIDGE, points=(OFF_ROAD,))) == RoadsTaken(closed=0, reopened=0, elsewhere=1)


def test_same_report_again_is_written_once() -> None:
    world = a_world()
    hear(world, BRIDGE)
    head = world.journal.head()

    hear(world, BRIDGE)

    assert world.journal.head() == head


def test_later_report_changes_the_end() -> None:
    world = a_world()
    hear(world, BRIDGE)

    hear(world, replace(BRIDGE, said_at=at(1), until=at(10)), now=at(1))

    assert closed(world, at(9)) == [ID]


@pytest.mark.parametrize("said_at", [NOW, at(-1)])
def test_report_that_is_not_later_changes_nothing(said_at: datetime) -> None:
    world = a_world()
    hear(world, BRIDGE)

    hear(world, replace(BRIDGE, said_at=said_at, until=at(10)), now=at(1))

    assert closed(world, at(9)) == []


def test_bridge_that_closes_early_is_open_to_traffic() -> None:
    world = a_world()
    hear(world, BRIDGE)

    assert hear(world, over(2), now=at(2)).reopened == 1
    assert closed(world, at(2)) == []


def test_end_that_comes_before_its_begin_holds() -> None:
    world = a_world()
    hear(world, over(2), now=at(2))

    hear(world, replace(BRIDGE, said_at=at(1)), now=at(3))

    assert closed(world, at(3)) == []


def test_end_from_before_the_last_report_changes_nothing() -> None:
    world = a_world()
    hear(world, replace(BRIDGE, said_at=at(1)), now=at(1))

    hear(world, over(0.5), now=at(2))

    assert closed(world, at(2)) == [ID]


def test_end_of_what_was_never_heard_of_is_written_once() -> None:
    world = a_world()

    assert (hear(world, over(0)).reopened, hear(world, over(0), now=at(1)).reopened) == (1, 0)


def test_bridge_that_is_left_out_of_a_whole_snapshot_is_open_to_traffic() -> None:
    world = a_world()
    hear(world, BRIDGE, replace(BRIDGE, id="b2"))

    hear(world, BRIDGE, now=at(1), whole=True)

    assert closed(world, at(1)) == [ID]


def test_snapshot_that_a_later_one_has_overtaken_changes_nothing() -> None:
    world = a_world()
    hear(world, BRIDGE, now=at(2), whole=True)

    hear(world, now=at(3), whole=True, as_of=at(1))

    assert closed(world, at(3)) == [ID]


def test_what_a_push_said_after_a_snapshot_was_made_is_not_undone_by_it() -> None:
    world = a_world()
    hear(world, replace(BRIDGE, said_at=at(2)), now=at(2))

    hear(world, now=at(3), whole=True, as_of=at(2.5))
    undone = closed(world, at(3))
    hear(world, replace(BRIDGE, id="b2", said_at=at(4)), now=at(4))
    hear(world, now=at(5), whole=True, as_of=at(3.9))

    assert (undone, closed(world, at(5))) == ([], ["ndw:b2"])


def test_closure_of_a_dispatcher_is_not_undone_by_a_snapshot() -> None:
    world = a_world()
    command = CloseRoad(shape=ClosureShape.POINT, points=(ON_ROAD,))
    close_road(command, actor=DISPATCHER, now=NOW, world=world)

    hear(world, now=at(1), whole=True)

    assert closed(world, at(1)) == ["id1"]


def test_bridge_that_a_dispatcher_opened_stays_open_until_the_source_says_something_new() -> None:
    world = a_world()
    hear(world, BRIDGE, whole=True)
    reopen_road(ID, actor=DISPATCHER, now=at(1), world=world)

    hear(world, BRIDGE, now=at(2), whole=True)
    same = closed(world, at(2))
    hear(world, replace(BRIDGE, said_at=at(2.5)), now=at(3), whole=True)

    assert (same, closed(world, at(3))) == ([], [ID])


def test_bridge_without_an_end_is_believed_for_a_while() -> None:
    world = a_world()

    hear(world, replace(BRIDGE, until=None))

    assert (closed(world, NOW + LOOSE_END - (at(1) - NOW)), closed(world, NOW + LOOSE_END)) == ([ID], [])


def test_bridge_without_an_end_that_the_source_still_names_is_believed_anew() -> None:
    world = a_world()
    hear(world, replace(BRIDGE, until=None), whole=True)
    later = NOW + LOOSE_END

    hear(world, replace(BRIDGE, until=None), now=later, whole=True)

    assert closed(world, later) == [ID]


def test_what_is_over_already_is_not_closed() -> None:
    assert hear(a_world(), BRIDGE, now=at(6)).closed == 0


def test_snapshot_leaves_what_is_far_ahead_for_later() -> None:
    far = replace(BRIDGE, start=at(300), until=at(306))

    assert (hear(a_world(), far, whole=True).closed, hear(a_world(), far).closed) == (0, 1)


def test_closures_of_a_source_leave_room_for_those_of_dispatchers() -> None:
    world = a_world()
    hear(world, *(replace(BRIDGE, id=f"b{number}") for number in range(KEPT_MOST)))

    assert close_road(CloseRoad(shape=ClosureShape.POINT, points=(ON_ROAD,)), actor=DISPATCHER, now=NOW, world=world)


def test_retired_source_opens_what_it_had_closed() -> None:
    world = a_world()
    hear(world, BRIDGE)

    world.journal.transact(lambda _: [FeedRetired(at=at(1), by=ADMIN.name, source="ndw")])

    assert closed(world, at(1)) == []


@pytest.mark.parametrize("actor", [each for each in EVERYBODY if each is not FEED], ids=lambda actor: actor.role)
def test_only_a_source_reports_closures_like_this(actor: Actor) -> None:
    with pytest.raises(Forbidden):
        hear_roads("ndw", RoadNews(as_of=NOW, is_whole=True, reports=()), actor=actor, now=NOW, world=a_world())
