"""Ambulances of the demonstration: where each one is follows from the moment, and from the ride that it makes."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np

from advisor.hospitals.registry import Hospital
from advisor.journal.board import Board
from advisor.journal.rides import OVER, Ride, Step
from advisor.kernel import HospitalId, Position
from advisor.roads.model import Floats, NoRoute, OffNetwork, Profile
from advisor.services.ports import Roads
from advisor.services.rides import scoped
from advisor.simulation.assumptions import Assumptions
from advisor.simulation.calls import KM_PER_DEGREE, Call
from advisor.simulation.chance import stream
from advisor.simulation.rounds import CYCLE_S, Rounds, apart_km

CREW = "demo-"
"""How the names of invented crews begin; nobody can log in as one of them."""
ON_SCENE_S = 600
LONGEST_OUT_S = 1200
NEIGHBOURS = 4
STRAIGHT_MPS = 15.0  # where no road is known

Trips = Mapping[tuple[str, int], Ride]
"""The ride of each crew in each of its rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambulance:
    """One invented ambulance; `phase` is "to_scene", "on_scene", "transport", "at_hospital" or "returning".

    `round` numbers its rounds, `at_scene_s` is how long ago it reached the scene of this one, negative before;
    `call` is what it was sent to, `has_patient` whether that ends at a hospital.
    """

    name: str
    position: Position
    heading_deg: float
    phase: str
    round: int
    at_scene_s: float
    call: Call
    has_patient: bool


def trips_of(board: Board) -> Trips:
    """Return the rides of invented crews by crew and round."""
    found: dict[tuple[str, int], Ride] = {}
    for ride in board.rides.values():
        if not ride.opened_by.startswith(CREW):
            continue
        for request in ride.requests:
            number = request.removeprefix(_OPENING)
            if number != request and number.isdecimal():
                found[ride.opened_by, int(number)] = ride
    return found


def opening_of(count: int) -> str:
    """Return the key of the press that opens the ride of a round."""
    return f"round-{count}"


_OPENING = scoped("open", "round-")


@dataclass(frozen=True, slots=True)
class _Drive:
    """A way with the metres driven at each of its points; `seconds` for all of it."""

    points: Floats
    along_m: Floats
    seconds: float

    def at(self, share: float) -> tuple[Position, float]:
        """Return position and heading after a share of the way (0 to 1)."""
        here_m = min(max(share, 0.0), 1.0) * float(self.along_m[-1])
        after = min(max(int(np.searchsorted(self.along_m, here_m, side="right")), 1), len(self.points) - 1)
        (lat0, lon0), (lat1, lon1) = self.points[after - 1].tolist(), self.points[after].tolist()
        step_m = float(self.along_m[after] - self.along_m[after - 1])
        part = (here_m - float(self.along_m[after - 1])) / step_m if step_m else 0.0
        heading_deg = math.degrees(math.atan2((lon1 - lon0) * math.cos(math.radians(lat0)), lat1 - lat0)) % 360
        return Position(lat=lat0 + part * (lat1 - lat0), lon=lon0 + part * (lon1 - lon0)), heading_deg


@dataclass(frozen=True, slots=True)
class _Leg:
    """The way to a hospital in a round; `begins_s` is when the ambulance leaves, in seconds since 1970."""

    round: int
    hospital: HospitalId
    drive: _Drive
    begins_s: float

    def at(self, now_s: float) -> tuple[Position, float]:
        return self.drive.at((now_s - self.begins_s) / self.drive.seconds)

    def is_over(self, now_s: float) -> bool:
        return now_s >= self.begins_s + self.drive.seconds


class Fleet:
    """Ambulances that drive from their last hospital to a scene, and with the patient to a hospital.

    Each round of each ambulance is drawn from the seed, so that two processes show the same: its call as the simulated
    region's calls are (`assumptions`), near the hospital that is its base. The hospital is that of
    its ride, as far as `trips` knows one. Who is sent elsewhere under way goes on from where the ambulance is.
    """

    def __init__(
        self,
        roads: Roads,
        hospitals: Sequence[Hospital],
        assumptions: Assumptions,
        *,
        seed: int,
        size: int,
        trips: Callable[[], Trips] = dict,
    ) -> None:
        self._roads = roads
        self._hospitals = tuple(hospitals)
        self._places = {hospital.id: hospital for hospital in hospitals}
        self._bases = tuple(hospitals[number * len(hospitals) // size] for number in range(size))
        self._rounds = Rounds(self._bases, assumptions, roads, seed=seed)
        self._seed = seed
        self._trips = trips
        self._legs: dict[int, _Leg] = {}
        self._out: Callable[[int, int, HospitalId], _Drive | None] = lru_cache(maxsize=4 * size)(self._draw_out)

    def at(self, now: datetime) -> tuple[Ambulance, ...]:
        """Return the ambulances at `now`; one whose way cannot be found is left out."""
        trips = self._trips()
        found = (self._ambulance(number, now.timestamp(), trips) for number in range(len(self._bases)))
        return tuple(ambulance for ambulance in found if ambulance is not None)

    def document(self, now: datetime) -> dict[str, object]:
        """Return the ambulances at `now` in JSON terms, marked as what they are."""
        return {
            "demo": True,
            "ambulances": [
                {
                    "name": ambulance.name,
                    "position": {"lat": round(ambulance.position.lat, 5), "lon": round(ambulance.position.lon, 5)},
                    "heading_deg": round(ambulance.heading_deg),
                    "phase": ambulance.phase,
                }
                for ambulance in self.at(now)
            ],
        }

    def _ambulance(self, number: int, now_s: float, trips: Trips) -> Ambulance | None:
        count, passed_s = divmod(now_s + number * CYCLE_S / len(self._bases), CYCLE_S)
        name, turn = f"{CREW}{number + 1:02d}", int(count)
        before = trips.get((name, turn - 1))
        sent = self._rounds.find(number, turn)
        out = self._out(number, turn, (before and before.hospital) or self._drawn(number, turn - 1))
        if sent is None or out is None:
            return None
        at_scene_s = passed_s - out.seconds
        if at_scene_s < 0:
            (position, heading_deg), phase = out.at(passed_s / out.seconds), "to_scene"
        else:
            leaving = _Leaving(number, turn, trips.get((name, turn)), now_s, now_s - at_scene_s)
            (position, heading_deg), phase = self._onward(leaving, out)
        return Ambulance(
            name=name,
            position=position,
            heading_deg=heading_deg,
            phase=phase,
            round=turn,
            at_scene_s=at_scene_s,
            call=sent.call,
            has_patient=sent.has_patient,
        )

    def _onward(self, leaving: "_Leaving", out: _Drive) -> tuple[tuple[Position, float], str]:
        leg = self._leg(leaving, out)
        if leg is None or leaving.now_s < leg.begins_s:
            return out.at(1.0), "on_scene"
        if leg.is_over(leaving.now_s):
            return leg.at(leaving.now_s), "at_hospital"
        is_empty = leaving.ride is not None and leaving.ride.step is Step.CANCELLED
        return leg.at(leaving.now_s), "returning" if is_empty else "transport"

    def _leg(self, leaving: "_Leaving", out: _Drive) -> _Leg | None:
        """Return the way that an ambulance is on or about to begin; None while nobody knows when it leaves."""
        known = self._legs.get(leaving.number)
        if known is not None and known.round != leaving.round:
            known = None
        begins_s = leaving.begins_s
        if begins_s is None:
            return known
        hospital = (leaving.ride and leaving.ride.hospital) or self._drawn(leaving.number, leaving.round)
        if known is None:
            known = self._way(out.at(1.0)[0], hospital, leaving.round, begins_s)
        elif known.hospital != hospital:
            known = self._way(known.at(leaving.now_s)[0], hospital, leaving.round, max(leaving.now_s, known.begins_s))
        self._legs[leaving.number] = known
        return known

    def _way(self, start: Position, hospital: HospitalId, count: int, begins_s: float) -> _Leg:
        return _Leg(count, hospital, self._drive(start, hospital), begins_s)

    def _draw_out(self, number: int, count: int, start: HospitalId) -> _Drive | None:
        sent = self._rounds.find(number, count)
        if sent is None:
            return None
        drive = self._drive(sent.call.position, start)
        along_m = drive.along_m[-1] - drive.along_m[::-1]
        return _Drive(points=drive.points[::-1], along_m=along_m, seconds=min(drive.seconds, LONGEST_OUT_S))

    def _drawn(self, number: int, count: int) -> HospitalId:
        base = self._bases[number]
        near = sorted(self._hospitals, key=lambda hospital: apart_km(hospital.position, base.position))
        return stream(self._seed, number, count, "hospital").choice(near[:NEIGHBOURS]).id

    def _drive(self, start: Position, hospital: HospitalId) -> _Drive:
        """Return the way from a position to a hospital; a straight line where no road is known."""
        try:
            route = self._roads.route(start, hospital, profile=Profile.SIGNALS)
            points, seconds = route.points, route.seconds
        except (OffNetwork, NoRoute):
            points, seconds = np.empty((0, 2)), 0.0
        if len(points) < 2 and hospital in self._places:
            there = self._places[hospital].position
            points = np.array([[start.lat, start.lon], [there.lat, there.lon]])
        elif len(points) < 2:
            points = np.array([[start.lat, start.lon], [start.lat, start.lon]])
        steps = np.diff(points, axis=0) * KM_PER_DEGREE * 1000
        steps[:, 1] *= math.cos(math.radians(start.lat))
        along_m = np.concatenate(([0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))))
        return _Drive(points=points, along_m=along_m, seconds=max(seconds or float(along_m[-1]) / STRAIGHT_MPS, 1.0))


@dataclass(frozen=True, slots=True)
class _Leaving:
    """An ambulance in a round that has reached its scene, with the ride that it makes."""

    number: int
    round: int
    ride: Ride | None
    now_s: float
    at_scene_since_s: float

    @property
    def begins_s(self) -> float | None:
        """Return when it leaves for the hospital of the ride; None while that is not known."""
        ride = self.ride
        if ride is None:
            return self.at_scene_since_s + ON_SCENE_S
        if ride.step in OVER and ride.departed_at is None:
            return ride.changed_at.timestamp()
        if ride.departed_at is None or ride.step in (Step.REFUSED, Step.CHOSEN, Step.ANNOUNCED):
            return None
        return ride.departed_at.timestamp()
