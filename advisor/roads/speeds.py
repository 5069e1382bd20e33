"""The one table of speeds: how long a road takes, with and without signals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.roads.model import Profile, RoadClass
from advisor.roads.network import Network

WITH_SIGNALS_RATIO = 1.10
"""With signals an ambulance drives 1.10 times as fast (JEMSS, the Utrecht model)."""
APPROACH_KPH = 30.0
"""Speed along the straight line between a position and the road it was put on, both profiles."""
START_S = 0.0
"""Seconds that every drive takes on top of its roads, by profile-independent habit (getting under way)."""

SPEED_KPH: dict[RoadClass, float] = {
    RoadClass.MOTORWAY: 97.0,
    RoadClass.MOTORWAY_LINK: 55.0,
    RoadClass.TRUNK: 64.0,
    RoadClass.TRUNK_LINK: 45.0,
    RoadClass.PRIMARY: 52.0,
    RoadClass.PRIMARY_LINK: 42.0,
    RoadClass.SECONDARY: 43.0,
    RoadClass.SECONDARY_LINK: 38.0,
    RoadClass.TERTIARY: 40.0,
    RoadClass.TERTIARY_LINK: 36.0,
    RoadClass.UNCLASSIFIED: 36.0,
    RoadClass.RESIDENTIAL: 27.0,
    RoadClass.LIVING_STREET: 15.0,
    RoadClass.SERVICE: 18.0,
    RoadClass.BUSWAY: 36.0,
    RoadClass.FERRY: 10.0,
}
"""Mean speed without signals, km/h, stops for lights and turns included.

Motorway to unclassified: the regular speeds of the JEMSS simulation of the Utrecht ambulance service (its open model
data). Links, residential streets and below: estimates, in proportion to what they connect.
"""
MILLISECONDS_PER_HOUR = 3_600_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedTable:
    """Speeds by road class for one profile, and the seconds that a drive takes on top of its roads.

    `identity` changes whenever a stored travel time can.
    """

    profile: Profile
    kph: tuple[float, ...]
    start_s: float

    @property
    def identity(self) -> str:
        return f"{self.profile} {self.kph} {APPROACH_KPH}"


def speed_table(profile: Profile) -> SpeedTable:
    """The table in force for a profile."""
    ratio = WITH_SIGNALS_RATIO if profile is Profile.SIGNALS else 1.0
    kph = tuple(SPEED_KPH[road_class] * ratio for road_class in RoadClass)
    return SpeedTable(profile=profile, kph=kph, start_s=START_S)


def road_times_ms(network: Network, table: SpeedTable) -> NDArray[np.uint32]:
    """Milliseconds that each road takes from end to end, either way; at least 1."""
    kph = np.array(table.kph)[network.road_class] * network.road_factor
    duration = network.road_length_m / 1000.0 / kph * MILLISECONDS_PER_HOUR
    return np.asarray(np.maximum(np.rint(duration), 1.0).astype(np.uint32))
