"""The one table of speeds: how long a road takes, with and without signals, by road and by time of day."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import AMSTERDAM
from advisor.roads.band import ENDS, Ends
from advisor.roads.model import Profile, RoadClass
from advisor.roads.network import Network

SPEEDS_KPH: dict[RoadClass, tuple[float, float, float]] = {
    RoadClass.MOTORWAY: (108, 108, 97),
    RoadClass.MOTORWAY_LINK: (96, 96, 60),
    RoadClass.TRUNK: (101, 101, 64),
    RoadClass.TRUNK_LINK: (96, 96, 50),
    RoadClass.PRIMARY: (85, 54, 52),
    RoadClass.PRIMARY_LINK: (85, 54, 45),
    RoadClass.SECONDARY: (86, 60, 43),
    RoadClass.SECONDARY_LINK: (86, 60, 40),
    RoadClass.TERTIARY: (64, 55, 40),
    RoadClass.TERTIARY_LINK: (64, 55, 38),
    RoadClass.UNCLASSIFIED: (64, 55, 36),
    RoadClass.RESIDENTIAL: (51, 48, 27),
    RoadClass.LIVING_STREET: (20, 20, 15),
    RoadClass.SERVICE: (30, 30, 18),
    RoadClass.BUSWAY: (50, 50, 36),
    RoadClass.FERRY: (10, 10, 10),
}
"""Mean speed in km/h: with signals outside and inside built-up areas, and without signals.

With signals: fitted on ambulance driving times between places in the province of Utrecht (docs/CALIBRATION.md).
Without: the regular speeds of the JEMSS simulation of the Utrecht ambulance service, motorway to unclassified (its open
model data; stops for lights and queues are in them); links, residential streets and below are estimates in proportion.
Their ratio is 0.6 to 0.9, as in published runs with and without signals (0.60-0.70 in towns).
"""
START_S = {Profile.SIGNALS: 46.0, Profile.NO_SIGNALS: 45.0}
"""Seconds that every drive takes on top of its roads: getting under way, arriving. Fitted like the speeds."""
BUILT_UP_DENSITY = 15
"""Junctions per quarter km² from which an area counts as built-up."""
SCHEMATIC_BUILT_SHARE = 0.1
"""Share of a schematic road that counts as built-up, so that its times are neither short nor long on the whole."""
LIMIT_ALLOWANCE_KPH = {Profile.SIGNALS: 40.0, Profile.NO_SIGNALS: 0.0}
"""How much a signed limit may be exceeded. With signals 40 km/h at most: so the press and the services themselves
report the sector's guideline on signals (20 km/h for vehicles over 5,000 kg); the guideline itself was not at hand."""
APPROACH_KPH = 30.0
"""Speed along the straight line between a position and the road it was put on, both profiles."""
TIME_FACTORS = {
    Profile.SIGNALS: {"rush": 1.05, "other": 1.0, "night": 1.0},
    Profile.NO_SIGNALS: {"rush": 1.20, "other": 1.0, "night": 0.95},
}
"""Drive time by time of day against the rest of the day; estimates.

Two blocks predict Dutch ambulance times as well as many (RIVM, update of the driving-time model, 2021). In 97,000
German calls rush hour had little effect on rides with signals, and nights were slower, not faster: no gain by night.
"""
RUSH_HOURS = ((7, 9), (16, 18))
"""Half-open, working days, Dutch time."""
NIGHT_HOURS = (23, 6)
MILLISECONDS_PER_HOUR = 3_600_000.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedTable:
    """Speeds by road class for one profile, the seconds that a drive takes on top of its roads, and its interval.

    `identity` changes whenever an answer can.
    """

    profile: Profile
    open_kph: tuple[float, ...]
    built_up_kph: tuple[float, ...]
    start_s: float
    limit_allowance_kph: float
    ends: Ends

    @property
    def identity(self) -> str:
        """Text that differs when any drive time may: travel times are kept under it."""
        constants = (BUILT_UP_DENSITY, SCHEMATIC_BUILT_SHARE, self.limit_allowance_kph, APPROACH_KPH)
        return f"{self.profile} {self.open_kph} {self.built_up_kph} {self.start_s} {tuple(self.ends)} {constants}"


def speed_table(profile: Profile) -> SpeedTable:
    """The table that comes with the program for a profile."""
    open_column, built_column = (0, 1) if profile is Profile.SIGNALS else (2, 2)
    return SpeedTable(
        profile=profile,
        open_kph=tuple(SPEEDS_KPH[road_class][open_column] for road_class in RoadClass),
        built_up_kph=tuple(SPEEDS_KPH[road_class][built_column] for road_class in RoadClass),
        start_s=START_S[profile],
        limit_allowance_kph=LIMIT_ALLOWANCE_KPH[profile],
        ends=ENDS[profile],
    )


def road_times_ms(network: Network, table: SpeedTable) -> NDArray[np.uint32]:
    """Milliseconds that each road takes from end to end, either way; at least 1."""
    duration = network.road_length_m / 1000.0 / road_speeds_kph(network, table) * MILLISECONDS_PER_HOUR
    return np.asarray(np.maximum(np.rint(duration), 1.0).astype(np.uint32))


def road_speeds_kph(network: Network, table: SpeedTable) -> Floats:
    """Speed on each road, float64[r]; a signed limit, where known, is exceeded by no more than is allowed."""
    outside = np.array(table.open_kph)[network.road_class]
    inside = np.array(table.built_up_kph)[network.road_class]
    if network.schematic:
        kph = 1.0 / (SCHEMATIC_BUILT_SHARE / inside + (1.0 - SCHEMATIC_BUILT_SHARE) / outside)
    else:
        kph = np.where(network.road_density >= BUILT_UP_DENSITY, inside, outside)
    limit = network.road_limit_kph.astype(float)
    most = np.where(limit > 0, limit + table.limit_allowance_kph, np.inf)
    return np.asarray(np.minimum(kph * network.road_factor, most))


def time_factor(profile: Profile, at: datetime | None) -> float:
    """What drive times are multiplied by at a moment; 1 when no moment is given."""
    return 1.0 if at is None else TIME_FACTORS[profile][day_part(at)]


def day_part(at: datetime) -> str:
    """Name the part of the day that a moment falls in: rush, other or night."""
    local = at.astimezone(AMSTERDAM)
    if local.hour >= NIGHT_HOURS[0] or local.hour < NIGHT_HOURS[1]:
        return "night"
    rush = local.weekday() < 5 and any(start <= local.hour < end for start, end in RUSH_HOURS)
    return "rush" if rush else "other"
