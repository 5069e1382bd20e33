"""The table of speeds."""

from datetime import UTC, datetime

import numpy as np
import pytest

from advisor.roads.model import Profile, RoadClass
from advisor.roads.network import Network
from advisor.roads.speeds import BUILT_UP_DENSITY, SPEEDS_KPH, road_speeds_kph, road_times_ms, speed_table, time_factor
from tests.roads.networks import at, draw, road

SIGNALS = speed_table(Profile.SIGNALS)


def street(road_class: RoadClass = RoadClass.PRIMARY, *, schematic: bool = False, **arrays: int) -> Network:
    network = draw({"a": at(0, 0), "b": at(0, 1)}, road("a", "b", road_class), schematic=schematic)
    changed = {name: np.array([value], np.uint8) for name, value in arrays.items()}
    return Network(**{**network.__dict__, **changed})


def test_every_class_has_its_speeds():
    assert set(SPEEDS_KPH) == set(RoadClass)


@pytest.mark.parametrize("road_class", [c for c in RoadClass if c is not RoadClass.FERRY])
def test_signals_never_slow_down(road_class: RoadClass):
    outside, inside, without = SPEEDS_KPH[road_class]

    assert outside >= inside > without


def test_built_up_roads_are_slower():
    outside = road_speeds_kph(street(road_density=BUILT_UP_DENSITY - 1), SIGNALS)[0]
    inside = road_speeds_kph(street(road_density=BUILT_UP_DENSITY), SIGNALS)[0]

    assert (outside, inside) == SPEEDS_KPH[RoadClass.PRIMARY][:2]


def test_schematic_road_lies_between():
    outside, inside, _ = SPEEDS_KPH[RoadClass.PRIMARY]

    assert inside < road_speeds_kph(street(schematic=True), SIGNALS)[0] < outside


@pytest.mark.parametrize(("profile", "kph"), [(Profile.SIGNALS, 70.0), (Profile.NO_SIGNALS, 30.0)])
def test_signed_limit_is_kept_but_for_the_allowance(profile: Profile, kph: float):
    assert road_speeds_kph(street(road_limit_kph=30), speed_table(profile))[0] == kph


def test_limit_above_the_usual_speed_changes_nothing():
    assert road_speeds_kph(street(road_limit_kph=120), SIGNALS)[0] == SPEEDS_KPH[RoadClass.PRIMARY][0]


def test_time_of_a_road_is_length_over_speed():
    kph = SPEEDS_KPH[RoadClass.PRIMARY][0]

    assert road_times_ms(street(), SIGNALS)[0] == pytest.approx(684.6 / kph * 3600, rel=1e-3)


@pytest.mark.parametrize(
    ("moment", "block"),
    [
        (datetime(2026, 3, 2, 7, 30, tzinfo=UTC), "rush"),
        (datetime(2026, 3, 2, 5, 59, tzinfo=UTC), "other"),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), "other"),
        (datetime(2026, 3, 1, 7, 30, tzinfo=UTC), "other"),
        (datetime(2026, 7, 6, 5, 0, tzinfo=UTC), "rush"),
        (datetime(2026, 3, 2, 22, 0, tzinfo=UTC), "night"),
        (datetime(2026, 3, 2, 4, 59, tzinfo=UTC), "night"),
    ],
)
def test_time_of_day_is_dutch_time(moment: datetime, block: str):
    expected = {"rush": 1.20, "other": 1.0, "night": 0.95}[block]

    assert time_factor(Profile.NO_SIGNALS, moment) == expected


def test_without_a_moment_there_is_no_factor():
    assert time_factor(Profile.NO_SIGNALS, None) == 1.0
