"""Words that every part shares: ids, positions, departments, statuses and the root of all errors."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""The clock that people and the protocol go by; inside, time is UTC."""
HospitalId = NewType("HospitalId", str)
StopId = NewType("StopId", str)
AdviceId = NewType("AdviceId", str)
RideId = NewType("RideId", str)


class AdvisorError(Exception):
    """Root of every error that this program raises on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with an input: which field, and what is the matter."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class InvalidInput(AdvisorError, ValueError):
    """Input that cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


class Department(StrEnum):
    """The six departments that can declare a stop (protocol section 2.1)."""

    SEH = "SEH"
    SR = "SR"
    CTT = "CTT"
    EHLH = "EHLH"
    CCU = "CCU"
    PCI = "PCI"


class Capability(StrEnum):
    """What a hospital can do beyond its six departments; none of these has a stop of its own."""

    LEVEL1 = "LEVEL1"
    VASCULAR = "VASCULAR"
    OBSTETRICS = "OBSTETRICS"
    BURNS = "BURNS"
    CHILD = "CHILD"
    THROMBECTOMY = "THROMBECTOMY"


Facility = Department | Capability


class Known(StrEnum):
    """A fact about a hospital that may not be known; `UNKNOWN` is neither yes nor no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """The status of a department (protocol table 1); `UNKNOWN` is never treated as green."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"
    CALAMITY = "calamity"
    GREY = "grey"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A point on earth in WGS84 decimal degrees.

    Raises
    ------
    InvalidInput
        When a coordinate is not a finite number within its range.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        limits = (("lat", self.lat, 90.0), ("lon", self.lon, 180.0))
        problems = [
            Problem(field=name, message=f"must be a number from -{limit:.0f} to {limit:.0f}")
            for name, value, limit in limits
            if not (math.isfinite(value) and abs(value) <= limit)
        ]
        if problems:
            raise InvalidInput(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A stretch of time, half-open: `start` belongs to it, `end` does not; `end=None` is open-ended."""

    start: datetime
    end: datetime | None

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)
