"""Drive times along the straight line, for destinations that the network does not reach."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import Position
from advisor.roads.geo import ground_distances_m
from advisor.roads.model import Destination, Profile, Route

DETOUR = 1.3
"""Length of a way by road over the straight line; Dutch roads make about 1.3 of it."""
CONSTANT_S = {Profile.SIGNALS: 300.0, Profile.NO_SIGNALS: 360.0}
"""Seconds on top of the distance: streets at both ends."""
KPH = {Profile.SIGNALS: 104.0, Profile.NO_SIGNALS: 80.0}
"""Speed over the way by road.

With signals: fitted on the same times as the speeds of roads, 2.0 minutes off on the mean (docs/CALIBRATION.md).
Without: in the proportion of the two columns of the table of speeds.
"""


def straight_line(position: Position, destinations: Sequence[Destination]) -> NDArray[np.float64]:
    """Great-circle distance to each destination in metres.

    On the sphere, 0.5 % off the ellipsoid at most: the estimate made of it is far wider.
    """
    return ground_distances_m(position.lat, position.lon, *places_of(destinations))


def places_of(destinations: Sequence[Destination]) -> NDArray[np.float64]:
    """Gather the places of destinations, float64[2, destinations]: latitudes, longitudes in degrees."""
    return np.array([(d.position.lat, d.position.lon) for d in destinations], float).reshape(-1, 2).T.copy()


def straight_seconds(distance_m: NDArray[np.float64], profile: Profile) -> NDArray[np.float64]:
    """Estimate drive times from straight-line distances."""
    return np.asarray(CONSTANT_S[profile] + distance_m * DETOUR / KPH[profile] * 3.6)


def straight_route(position: Position, destination: Destination, profile: Profile) -> Route:
    """The straight line as a route, with its estimated seconds and metres by road."""
    distance_m = straight_line(position, [destination])
    goal = destination.position
    return Route(
        points=np.array([[position.lat, position.lon], [goal.lat, goal.lon]]),
        seconds=float(straight_seconds(distance_m, profile)[0]),
        distance_m=float(distance_m[0]) * DETOUR,
    )
