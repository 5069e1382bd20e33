"""What a simulated region does apart from its stops: published figures and estimates, read from data files."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from advisor.kernel import Position
from advisor.protocol.model import Origin, Stability, Suspicion

DAYS_PER_YEAR = 365.25


class Urgency(StrEnum):
    """How urgently the ambulance was sent to the patient."""

    A0 = "A0"
    A1 = "A1"
    A2 = "A2"


class Complexity(StrEnum):
    """How complex the care is that the patient needs."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A municipality or a part of one: people who live within `radius_km` of a centre."""

    name: str
    municipality: str
    region: str
    inhabitants: int
    centre: Position
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRates:
    """How many calls a day, and how they spread over urgencies, hours and weekdays."""

    per_inhabitant_day: float
    urgency: Mapping[Urgency, float]
    hours: tuple[float, ...]
    weekdays: tuple[float, ...]
    core_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CareTimes:
    """How long the steps of a ride take, minutes, and which share of the patients is transported."""

    response_mean_min: Mapping[Urgency, float]
    response_shape: float
    on_scene_mean_min: float
    transported_share: float
    handover_shape: float
    handover_scale_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientShares:
    """Which patients there are."""

    complexity: Mapping[Complexity, float]
    suspicion: Mapping[Complexity, Mapping[Suspicion, float]]
    abcd: Mapping[Complexity, Mapping[Stability, float]]
    origin: Mapping[Origin, float]
    relation: Mapping[str, float]
    relation_hospitals: tuple[float, ...]
    signals: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """All of it; `sources` says of the published figures where they come from, the rest is estimated.

    `consultation`, `door`, `clustering`, `stops`, `outage` and `lapse` are named as in the data file.
    """

    places: tuple[Place, ...]
    sources: Mapping[str, str]
    calls: CallRates
    times: CareTimes
    patients: PatientShares
    consultation: Mapping[str, float]
    door: Mapping[str, float]
    clustering: Mapping[str, float]
    stops: Mapping[str, float]
    outage: Mapping[str, float]
    lapse: Mapping[str, float]

    @property
    def calls_per_day(self) -> float:
        """Calls of an average day of the whole region."""
        return self.calls.per_inhabitant_day * sum(place.inhabitants for place in self.places)


def parse_assumptions(region: str, municipalities: str) -> Assumptions:
    """Read the assumptions: `region` is TOML, `municipalities` CSV."""
    document = tomllib.loads(region)
    relation = dict(document["relation"])
    return Assumptions(
        places=tuple(map(_place, csv.DictReader(municipalities.splitlines()))),
        sources=document["sources"],
        calls=_calls(document["calls"]),
        times=_times(document["times"]),
        patients=PatientShares(
            complexity={Complexity(name): share for name, share in document["complexity"].items()},
            suspicion={
                Complexity(level): {Suspicion(name): share for name, share in shares.items()}
                for level, shares in document["suspicion"].items()
            },
            abcd={
                Complexity(level): {Stability(name): share for name, share in shares.items()}
                for level, shares in document["abcd"].items()
            },
            origin={Origin(name): share for name, share in document["origin"].items()},
            relation_hospitals=tuple(relation.pop("hospitals")),
            relation=relation,
            signals=document["signals"],
        ),
        consultation=document["consultation"],
        door=document["door"],
        clustering=document["clustering"],
        stops=document["stops"],
        outage=document["outage"],
        lapse=document["lapse"],
    )


def _place(row: Mapping[str, str]) -> Place:
    return Place(
        name=row["part"],
        municipality=row["municipality"],
        region=row["region"],
        inhabitants=int(row["inhabitants"]),
        centre=Position(lat=float(row["lat"]), lon=float(row["lon"])),
        radius_km=float(row["radius_km"]),
    )


def _calls(figures: Mapping[str, float | list[float]]) -> CallRates:
    urgent, very_urgent = _number(figures["urgent_rides_nl"]), _number(figures["a0_rides_nl"])
    a2 = urgent * _number(figures["a2_per_urgent"])
    return CallRates(
        per_inhabitant_day=(urgent + a2) / _number(figures["inhabitants_nl"]) / DAYS_PER_YEAR,
        urgency={Urgency.A0: very_urgent, Urgency.A1: urgent - very_urgent, Urgency.A2: a2},
        hours=_numbers(figures["hours"]),
        weekdays=_numbers(figures["weekdays"]),
        core_share=_number(figures["core_share"]),
    )


def _times(figures: Mapping[str, float | Mapping[str, float]]) -> CareTimes:
    response = figures["response_mean_min"]
    if not isinstance(response, Mapping):
        raise TypeError("response_mean_min names a time per urgency")
    return CareTimes(
        response_mean_min={Urgency(name): minutes for name, minutes in response.items()},
        response_shape=_number(figures["response_shape"]),
        on_scene_mean_min=_number(figures["on_scene_mean_min"]),
        transported_share=_number(figures["transported_share"]),
        handover_shape=_number(figures["handover_shape"]),
        handover_scale_min=_number(figures["handover_scale_min"]),
    )


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"a number, not {value!r}")
    return float(value)


def _numbers(value: object) -> tuple[float, ...]:
    if not isinstance(value, list):
        raise TypeError(f"a list of numbers, not {value!r}")
    return tuple(map(_number, value))
