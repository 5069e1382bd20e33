"""The advice that is worked out before anybody asks."""

from collections.abc import Callable
from typing import Any

import pytest

from advisor.kernel import Position
from advisor.live.warm_up import WarmUp
from advisor.roads.model import DriveTimes, OffNetwork, Profile
from advisor.services.world import World
from tests.world import OneRoad, a_world, all_green, region


class CountedRoads:
    """One road that remembers what it was asked, and that may not reach everywhere."""

    def __init__(self, reaches: Callable[[Position], bool]) -> None:
        self._road = OneRoad()
        self._reaches = reaches
        self.asked: list[Profile] = []

    @property
    def network(self) -> OneRoad:
        return self._road

    def drive_times(self, position: Position, *, profile: Profile, **how: Any) -> DriveTimes:
        self.asked.append(profile)
        if not self._reaches(position):
            raise OffNetwork(distance_m=9000, limit_m=5000)
        return self._road.drive_times(position, profile=profile, **how)


def a_start(reaches: Callable[[Position], bool] = lambda _: True) -> tuple[World, WarmUp, list[Profile]]:
    """A world that was just started, what warms it up, and what its roads were asked."""
    roads = CountedRoads(reaches)
    world = a_world(*all_green(), roads=roads)  # type: ignore[arg-type]
    return world, WarmUp(world), roads.asked


def test_advice_is_missing_until_one_was_worked_out_for_both_profiles() -> None:
    _, warm_up, asked = a_start()
    before = warm_up.missing()

    warm_up()

    assert (before, warm_up.missing()) == (("advice",), ())
    assert set(asked) == set(Profile)


def test_warming_up_writes_nothing_down() -> None:
    world, warm_up, _ = a_start()
    head = world.journal.head()

    warm_up()

    assert world.journal.head() == head


def test_it_is_done_once() -> None:
    _, warm_up, asked = a_start()
    warm_up()
    asked.clear()

    warm_up()

    assert asked == []


def test_place_that_the_network_does_not_reach_is_passed_by() -> None:
    first = next(iter(region())).position
    _, warm_up, _ = a_start(lambda position: position != first)

    warm_up()

    assert warm_up.missing() == ()


def test_network_that_reaches_nothing_is_told_and_tried_again() -> None:
    reached: list[bool] = []
    _, warm_up, _ = a_start(lambda _: bool(reached))
    with pytest.raises(OffNetwork):
        warm_up()
    before = warm_up.missing()
    reached.append(True)

    warm_up()

    assert (before, warm_up.missing()) == (("advice",), ())
