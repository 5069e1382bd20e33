"""The calls of a simulated region: where, when, what for, and how long everything but the drive takes."""

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advisor.kernel import HospitalId, Position
from advisor.protocol.model import Answer, Origin, Patient, Stability, Suspicion, TreatmentRelation
from advisor.roads.model import DriveTimes, OffNetwork, Profile
from advisor.services.ports import Roads
from advisor.simulation.assumptions import Assumptions, Complexity, PatientShares, Place, Urgency
from advisor.simulation.chance import poisson, stream, weighted

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KM_PER_DEGREE = 111.2
MOST_TRIES = 30
"""How often a place is drawn again when it lies off every road, in water for instance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call. `departs` is when the ambulance can leave with the patient; moments are in UTC.

    `trip_luck` is a standard normal draw: how slow or quick this drive turns out within its own band, whichever
    hospital it goes to. `key` names the streams of whatever else chance decides about this call.
    """

    key: str
    place: str
    at: datetime
    departs: datetime
    position: Position
    urgency: Urgency
    complexity: Complexity
    patient: Patient
    profile: Profile
    transported: bool
    trip_luck: float
    handover_min: float


def calls_of_day(seed: int, day: date, assumptions: Assumptions, roads: Roads) -> list[Call]:
    """Return the calls of one local day in the order of their departures.

    Every call has a stream of its own: what one of them draws changes no other.
    """
    chance = stream(seed, "calls", day)
    rates, places = assumptions.calls, assumptions.places
    weights = [place.inhabitants for place in places]
    calls = []
    for number in range(poisson(chance, assumptions.calls_per_day * rates.weekdays[day.weekday()])):
        place = chance.choices(places, weights=weights)[0]
        hour = chance.choices(range(24), weights=rates.hours)[0]
        clock = time(hour, chance.randrange(60), chance.randrange(60))
        at = datetime.combine(day, clock, tzinfo=AMSTERDAM).astimezone(UTC)
        calls.append(draw_call(seed, f"{day}/{number}", place, at, assumptions, roads))
    return sorted(calls, key=lambda call: (call.departs, call.key))


def draw_call(seed: int, key: str, place: Place, at: datetime, assumptions: Assumptions, roads: Roads) -> Call:
    """Draw one call in a place at a moment (UTC); `key` names its stream."""
    return _Draft(seed, key, place, at, assumptions, roads).call()


class _Draft:
    """One call while it is being drawn; the order of the draws is part of it."""

    def __init__(self, seed: int, key: str, place: Place, at: datetime, assumptions: Assumptions, roads: Roads) -> None:
        self.key = key
        self.place = place
        self.at = at
        self.known = assumptions
        self.roads = roads
        self.chance = stream(seed, "call", key)

    def call(self) -> Call:
        chance, times, shares = self.chance, self.known.times, self.known.patients
        urgency = weighted(chance, self.known.calls.urgency)
        complexity = self._complexity(urgency, shares)
        abcd = weighted(chance, shares.abcd[complexity])
        suspicion = weighted(chance, shares.suspicion[complexity])
        response_min = _gamma(chance, times.response_shape, times.response_mean_min[urgency])
        on_scene_min = chance.expovariate(1 / times.on_scene_mean_min)
        position, near = self._position()
        return Call(
            key=self.key,
            place=self.place.name,
            at=self.at,
            departs=self.at + timedelta(seconds=round(60 * (response_min + on_scene_min))),
            position=position,
            urgency=urgency,
            complexity=complexity,
            patient=self._patient(abcd, suspicion, near),
            profile=self._profile(abcd, complexity, shares),
            transported=chance.random() < times.transported_share,
            trip_luck=chance.gauss(0, 1),
            handover_min=chance.weibullvariate(times.handover_scale_min, times.handover_shape),
        )

    def _complexity(self, urgency: Urgency, shares: PatientShares) -> Complexity:
        """Draw the complexity; highly complex patients are among the urgent calls, and make up their share of all."""
        counts = self.known.calls.urgency
        urgent_share = 1 - counts[Urgency.A2] / sum(counts.values())
        high = 0.0 if urgency is Urgency.A2 else shares.complexity[Complexity.HIGH] / urgent_share
        middle, low = shares.complexity[Complexity.MIDDLE], shares.complexity[Complexity.LOW]
        rest = (1 - high) / (middle + low)
        drawn = {Complexity.HIGH: high, Complexity.MIDDLE: middle * rest, Complexity.LOW: low * rest}
        return weighted(self.chance, drawn)

    def _position(self) -> tuple[Position, DriveTimes]:
        """Draw where the patient is, and how far the hospitals are from there."""
        for _ in range(MOST_TRIES):
            position = self._somewhere()
            try:
                return position, self._near(position)
            except OffNetwork:
                continue
        return self.place.centre, self._near(self.place.centre)

    def _near(self, position: Position) -> DriveTimes:
        return self.roads.drive_times(position, profile=Profile.NO_SIGNALS)

    def _somewhere(self) -> Position:
        chance, centre = self.chance, self.place.centre
        radius_km = self.place.radius_km * (0.5 if chance.random() < self.known.calls.core_share else 1.0)
        away_km, angle = radius_km * math.sqrt(chance.random()), chance.uniform(0, 2 * math.pi)
        north, east = away_km * math.cos(angle), away_km * math.sin(angle)
        return Position(
            lat=round(centre.lat + north / KM_PER_DEGREE, 5),
            lon=round(centre.lon + east / (KM_PER_DEGREE * math.cos(math.radians(centre.lat))), 5),
        )

    def _patient(self, abcd: Stability, suspicion: Suspicion, near: DriveTimes) -> Patient:
        origin: Origin = weighted(self.chance, self.known.patients.origin)
        relation = self._relation(near)
        return Patient(abcd=abcd, suspicion=suspicion, origin=origin, relation=relation)

    def _relation(self, near: DriveTimes) -> Mapping[HospitalId, TreatmentRelation]:
        chance, shares = self.chance, self.known.patients.relation
        active = _answer(chance.random(), shares["active"], shares["doubt"])
        related = _answer(chance.random(), shares["related"], shares["related_doubt"])
        order = self.known.patients.relation_hospitals
        place = chance.choices(range(len(order)), weights=order)[0]
        if active is Answer.NO:
            return {}
        nearest = sorted(zip(near.seconds.tolist(), near.ids, strict=True))
        return {HospitalId(nearest[place][1]): TreatmentRelation(active=active, related=related)}

    def _profile(self, abcd: Stability, complexity: Complexity, shares: PatientShares) -> Profile:
        kind = "unstable" if abcd is Stability.UNSTABLE else "high" if complexity is Complexity.HIGH else "other"
        return Profile.SIGNALS if self.chance.random() < shares.signals[kind] else Profile.NO_SIGNALS


def local_days(start: date, days: int) -> Iterator[date]:
    """Yield so many days from `start` on."""
    return (start + timedelta(days=number) for number in range(days))


def midnight(day: date) -> datetime:
    """Return the beginning of a local day in UTC."""
    return datetime.combine(day, time(), tzinfo=AMSTERDAM).astimezone(UTC)


def _answer(drawn: float, yes: float, doubt: float) -> Answer:
    return Answer.YES if drawn < yes else Answer.DOUBT if drawn < yes + doubt else Answer.NO


def _gamma(chance: random.Random, shape: float, mean: float) -> float:
    return chance.gammavariate(shape, mean / shape)
