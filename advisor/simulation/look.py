"""How far every hospital is from a place, nearest first; asked once per place and moment, for all policies."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisor.kernel import HospitalId, Position
from advisor.protocol.model import Arrival
from advisor.roads.model import Profile
from advisor.services.ports import Roads

BAND_QUANTILE = 1.2815515655446004
"""Of the standard normal: a tenth of it lies above. The band of the roads is an 80 % interval."""

SHORTEST_S = 30.0


@dataclass(frozen=True, slots=True)
class Leg:
    """The drive to one hospital, in seconds: expected, and the ends of the 80 % band."""

    seconds: float
    low_s: float
    high_s: float
    hospital: HospitalId

    def arrival(self, now: datetime) -> Arrival:
        """Return the band of the arrival for a departure now."""
        return Arrival(
            early=now + timedelta(seconds=self.low_s),
            expected=now + timedelta(seconds=self.seconds),
            late=now + timedelta(seconds=self.high_s),
        )

    def really_s(self, luck: float) -> int:
        """Return how long the drive turns out to take; `luck` is a standard normal draw."""
        side_s = self.high_s - self.seconds if luck > 0 else self.seconds - self.low_s
        return round(max(self.seconds + luck / BAND_QUANTILE * side_s, SHORTEST_S))


Legs = tuple[Leg, ...]

CONSIDERED = 30
"""So many hospitals are looked at, the nearest ones: more than an hour's drive everywhere in the region."""


def look(roads: Roads, position: Position, profile: Profile, now: datetime) -> Legs:
    """Return the drives to the nearest hospitals, nearest first; whole seconds, so that all machines agree."""
    times = roads.drive_times(position, profile=profile, at=now)
    seconds = times.seconds.round()
    nearest = seconds.argsort(kind="stable")[:CONSIDERED]
    rows = zip(
        nearest.tolist(),
        seconds[nearest].tolist(),
        times.low_s[nearest].tolist(),
        times.high_s[nearest].tolist(),
        strict=True,
    )
    return tuple(
        Leg(drive_s, round(low_s), round(high_s), HospitalId(times.ids[column]))
        for column, drive_s, low_s, high_s in rows
        if high_s < math.inf
    )
