"""The words of the roads part: profiles, road classes, destinations and what a question is answered with."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import AdvisorError, Position

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Profile(StrEnum):
    """How the ambulance drives: with or without optical and acoustic signals."""

    SIGNALS = "signals"
    NO_SIGNALS = "no_signals"


class RoadClass(IntEnum):
    """Road classes, from fast to slow; the numbers are stored in network files and never change."""

    MOTORWAY = 0
    MOTORWAY_LINK = 1
    TRUNK = 2
    TRUNK_LINK = 3
    PRIMARY = 4
    PRIMARY_LINK = 5
    SECONDARY = 6
    SECONDARY_LINK = 7
    TERTIARY = 8
    TERTIARY_LINK = 9
    UNCLASSIFIED = 10
    RESIDENTIAL = 11
    LIVING_STREET = 12
    SERVICE = 13
    BUSWAY = 14
    FERRY = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A place to drive to, normally the ambulance entrance of an emergency department."""

    id: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DriveTimes:
    """What it takes to drive from one position to every destination, in the order of `ids`.

    `seconds`, `low_s` and `high_s` (the 80 % interval) are infinite where a destination is unreachable; `distance_m` is
    the length of the fastest route and NaN where it is not known. `snap_m` is the distance from the position to the
    road it was put on. `geodesic` marks destinations that are off this network and estimated along the straight line.
    `stamp` names the travel times that answered: it changes when roads close or open.
    """

    ids: tuple[str, ...]
    seconds: Floats
    low_s: Floats
    high_s: Floats
    distance_m: Floats
    snap_m: float
    geodesic: Bools
    stamp: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Route:
    """The fastest way to one destination: `points` of shape (k, 2) are latitude, longitude in degrees."""

    points: Floats
    seconds: float
    distance_m: float
    names: tuple[str, ...] = ()


Lines = tuple[tuple[tuple[float, float], ...], ...]
"""Lines of points, each as longitude and latitude in degrees."""


class OffNetwork(AdvisorError, ValueError):
    """A position too far from every road of the network to answer for."""

    def __init__(self, distance_m: float, limit_m: float, *, swapped: bool = False) -> None:
        self.distance_m = distance_m
        self.limit_m = limit_m
        self.swapped = swapped
        hint = "; latitude and longitude seem to be swapped" if swapped else ""
        super().__init__(
            f"the nearest road is {distance_m / 1000:.1f} km away; the limit is {limit_m / 1000:.1f} km{hint}"
        )


class NoRoute(AdvisorError, ValueError):
    """No way leads from the position to the destination."""


class NetworkFileError(AdvisorError):
    """A file that cannot be used as a road network; the message names the file and what is wrong with it."""
