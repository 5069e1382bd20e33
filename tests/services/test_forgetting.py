"""Positions of old rides and advice fade; what was decided stays and can still be worked out again."""

from datetime import timedelta

import pytest

from advisor.kernel import Position
from advisor.services.forget_positions import Retention, forget_positions
from advisor.services.get_advice import get_advice, replay_advice
from advisor.services.give_advice import Advice, give_advice
from advisor.services.open_ride import open_ride
from advisor.services.report_position import find_position, report_position
from advisor.services.ride_steps import RideStep
from advisor.services.world import World
from advisor.store.memory import MemoryJournal
from tests.world import NOW, NURSE, a_case, a_world, all_green

HERE = Position(lat=52.123456, lon=5.054321)


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def world(journal: MemoryJournal) -> World:
    return a_world(*all_green(), journal=journal)


@pytest.fixture
def advice(world: World) -> Advice:
    return give_advice(a_case(lon=5.0432), actor=NURSE, now=NOW, world=world)


def fade(journal: MemoryJournal, **after: float) -> int:
    return forget_positions(journal, now=NOW + timedelta(**after), retention=Retention())


def position_of(advice: Advice, world: World) -> object:
    return get_advice(advice.id, actor=NURSE, world=world).document["position"]


def test_position_is_exact_for_a_day(journal: MemoryJournal, world: World, advice: Advice) -> None:
    assert fade(journal, hours=24) == 0
    assert position_of(advice, world) == {"lat": 52.1, "lon": 5.0432}


def test_position_is_coarse_after_a_day(journal: MemoryJournal, world: World, advice: Advice) -> None:
    fade(journal, hours=24, seconds=1)

    assert position_of(advice, world) == {"lat": 52.1, "lon": 5.0}


def test_position_is_gone_after_a_month(journal: MemoryJournal, world: World, advice: Advice) -> None:
    fade(journal, days=30, seconds=1)

    assert position_of(advice, world) is None


@pytest.mark.parametrize("days", [2, 40])
def test_faded_advice_still_replays(journal: MemoryJournal, world: World, advice: Advice, days: int) -> None:
    fade(journal, days=days)

    assert replay_advice(advice.id, actor=NURSE, world=world).differences == ()


def test_fading_again_finds_nothing_to_do(journal: MemoryJournal, world: World, advice: Advice) -> None:
    assert [fade(journal, days=2), fade(journal, days=2)] == [1, 0]
    assert [fade(journal, days=40), fade(journal, days=40)] == [1, 0]


@pytest.mark.parametrize(("days", "left"), [(0.5, HERE), (2, Position(lat=52.1, lon=5.1)), (40, None)])
def test_position_of_a_ride_fades_too(
    journal: MemoryJournal, world: World, advice: Advice, days: float, left: Position | None
) -> None:
    ride = open_ride(advice.id, actor=NURSE, now=NOW, world=world)
    report_position(RideStep(ride_id=ride.id), HERE, actor=NURSE, now=NOW, world=world)

    fade(journal, days=days)

    assert find_position(ride, world=world) == left
