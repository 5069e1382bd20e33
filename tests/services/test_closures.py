"""Closing roads, opening them again, and seeing which are closed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advisor.journal.road_events import ClosureId, RoadClosed
from advisor.kernel import InvalidInput, Position
from advisor.roads.closure import ClosureShape
from advisor.roads.closures import NoSuchRoad
from advisor.roads.model import Profile
from advisor.services import close_road as close_road_module
from advisor.services.access import Actor, Forbidden
from advisor.services.close_road import CloseRoad, close_road
from advisor.services.refusals import Conflict, NotFound
from advisor.services.reopen_road import reopen_road
from advisor.services.see_closures import see_closures
from advisor.services.see_reach import see_reach
from advisor.services.world import World
from tests.world import ADMIN, DISPATCHER, EVERYBODY, FEED, NOW, NURSE, VELDSTAD, a_world, at

BRIDGE = CloseRoad(shape=ClosureShape.POINT, points=(Position(lat=52.1, lon=5.15),), note="Brug open")
ID = ClosureId("id1")


def with_closure(command: CloseRoad = BRIDGE) -> World:
    world = a_world()
    close_road(command, actor=DISPATCHER, now=NOW, world=world)
    return world


def seen(world: World, minutes: float = 0) -> list[tuple[str, bool]]:
    found = see_closures(actor=NURSE, now=at(minutes), world=world)
    return [(each["id"], each["running"]) for each in found]


def fields(caught: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.field for problem in caught.value.problems]


def test_closure_is_a_fact_that_begins_now() -> None:
    [recorded] = with_closure().journal.read(0, 9)

    assert isinstance(recorded.event, RoadClosed)
    told = (recorded.event.start, recorded.event.until, recorded.event.by, recorded.event.note)
    assert told == (NOW, None, "dispatcher", "Brug open")


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.role)
def test_only_dispatchers_and_admins_close_roads(actor: Actor) -> None:
    world = a_world()

    if actor in (DISPATCHER, ADMIN):
        close_road(BRIDGE, actor=actor, now=NOW, world=world)
    else:
        with pytest.raises(Forbidden):
            close_road(BRIDGE, actor=actor, now=NOW, world=world)

    assert world.journal.head() == (actor in (DISPATCHER, ADMIN))


def test_closure_that_lies_on_no_road_is_refused_and_not_written() -> None:
    world = a_world()

    with pytest.raises(NoSuchRoad):
        close_road(replace(BRIDGE, points=(Position(lat=53, lon=5),)), actor=ADMIN, now=NOW, world=world)

    assert world.journal.head() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"until": NOW}, "until"),
        ({"start": at(60), "until": at(30)}, "until"),
        ({"note": "BSN 111222333"}, "note"),
        ({"points": ()}, "points"),
        ({"factor": 1.0}, "factor"),
        ({"shape": ClosureShape.AREA}, "points"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        close_road(replace(BRIDGE, **change), actor=ADMIN, now=NOW, world=a_world())  # type: ignore[arg-type]

    assert fields(caught) == [field]


def test_more_closures_than_can_be_worked_with_are_refused() -> None:
    world = a_world()
    for _ in range(close_road_module.KEPT_MOST):
        close_road(BRIDGE, actor=ADMIN, now=NOW, world=world)

    with pytest.raises(Conflict, match="too_many_closures"):
        close_road(BRIDGE, actor=ADMIN, now=NOW, world=world)


def test_closure_is_shown_from_its_report_until_its_end() -> None:
    world = with_closure(replace(BRIDGE, start=at(10), until=at(20)))

    assert [seen(world, minutes) for minutes in (0, 10, 19, 20)] == [[(ID, False)], [(ID, True)], [(ID, True)], []]


def test_reopened_road_is_shown_no_more() -> None:
    world = with_closure()

    reopen_road(ID, actor=DISPATCHER, now=at(1), world=world)

    assert seen(world, 1) == []


def test_road_is_reopened_once() -> None:
    world = with_closure()
    reopen_road(ID, actor=DISPATCHER, now=at(1), world=world)

    with pytest.raises(NotFound):
        reopen_road(ID, actor=DISPATCHER, now=at(2), world=world)


def test_closure_that_is_over_cannot_be_lifted() -> None:
    world = with_closure(replace(BRIDGE, until=at(20)))

    with pytest.raises(Conflict, match="closure_over"):
        reopen_road(ID, actor=DISPATCHER, now=at(20), world=world)


def test_nurse_opens_no_road() -> None:
    with pytest.raises(Forbidden):
        reopen_road(ID, actor=NURSE, now=at(1), world=with_closure())


def test_closure_of_long_ago_is_forgotten() -> None:
    world = with_closure(replace(BRIDGE, until=at(20)))

    close_road(BRIDGE, actor=ADMIN, now=NOW + timedelta(days=8), world=world)

    assert list(world.journal.board().roadworks) == ["id2"]


def test_feed_sees_neither_closures_nor_reach() -> None:
    with pytest.raises(Forbidden):
        see_closures(actor=FEED, now=NOW, world=a_world())
    with pytest.raises(Forbidden):
        see_reach([VELDSTAD], 10, Profile.SIGNALS, actor=FEED, world=a_world())
