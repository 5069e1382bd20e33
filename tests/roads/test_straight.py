"""Estimates along the straight line, against geopy."""

import numpy as np
import pytest
from geopy.distance import geodesic, great_circle

from advisor.kernel import Position
from advisor.roads.model import Destination, Profile
from advisor.roads.straight import straight_line, straight_seconds

HERE = Position(lat=52.3702, lon=4.8952)
THERE = (Position(lat=52.9563, lon=4.7608), Position(lat=50.8514, lon=5.6910), Position(lat=52.3703, lon=4.8952))
GOALS = [Destination(id=str(i), position=position) for i, position in enumerate(THERE)]


def test_distances_are_those_of_the_sphere_and_near_those_of_the_ellipsoid():
    found = straight_line(HERE, GOALS)

    ends = [((HERE.lat, HERE.lon), (goal.lat, goal.lon)) for goal in THERE]
    assert found == pytest.approx([great_circle(*pair).meters for pair in ends], rel=1e-6)
    assert found == pytest.approx([geodesic(*pair).meters for pair in ends], rel=0.005)


def test_farther_takes_longer_and_signals_help():
    metres = np.array([1_000.0, 30_000.0, 200_000.0])

    quick, slow = (straight_seconds(metres, profile) for profile in (Profile.SIGNALS, Profile.NO_SIGNALS))

    assert (np.diff(quick) > 0).all()
    assert (quick < slow).all()


def test_twenty_five_kilometres_with_signals_takes_some_twenty_four_minutes():
    assert straight_seconds(np.array([25_000.0]), Profile.SIGNALS)[0] / 60 == pytest.approx(24, abs=4)
