"""Ambulances of the demonstration: where each one is follows from the moment alone."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np

from advisor.hospitals.registry import Hospital
from advisor.kernel import Position
from advisor.roads.model import Floats, NoRoute, OffNetwork, Profile
from advisor.services.ports import Roads

CYCLE_S = 3600
ON_SCENE_S = 600
NEIGHBOURS = 4
FARTHEST_SCENE_KM = 14.0
KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambulance:
    """One invented ambulance; `phase` is "to_scene", "on_scene", "transport" or "at_hospital"."""

    name: str
    position: Position
    heading_deg: float
    phase: str


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


class Fleet:
    """A few ambulances that drive from their last hospital to a scene, and with the patient to a hospital.

    One round takes an hour, each round of each ambulance is drawn from the seed: two processes show the same.
    """

    def __init__(
        self,
        roads: Roads,
        bases: Sequence[Hospital],
        hospitals: Sequence[Hospital],
        towns: Sequence[Position],
        seed: int,
    ) -> None:
        self._roads = roads
        self._bases = tuple(bases)
        self._hospitals = tuple(hospitals)
        self._towns = tuple(towns)
        self._seed = seed
        self._round: Callable[[int, int], tuple[_Drive, _Drive] | None] = lru_cache(maxsize=4 * len(bases) + 1)(
            self._draw_round
        )

    def at(self, now: datetime) -> tuple[Ambulance, ...]:
        """Return the ambulances at `now`; one whose way cannot be found is left out."""
        found = (self._ambulance(number, now.timestamp()) for number in range(len(self._bases)))
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

    def _ambulance(self, number: int, now_s: float) -> Ambulance | None:
        count, passed_s = divmod(now_s + number * CYCLE_S / len(self._bases), CYCLE_S)
        drives = self._round(number, int(count))
        if drives is None:
            return None
        out, back = drives
        name = f"demo-{number + 1:02d}"
        if passed_s < out.seconds:
            position, heading_deg = out.at(passed_s / out.seconds)
            return Ambulance(name=name, position=position, heading_deg=heading_deg, phase="to_scene")
        passed_s -= out.seconds + ON_SCENE_S
        position, heading_deg = back.at(passed_s / back.seconds if back.seconds else 1.0)
        phase = "on_scene" if passed_s < 0 else "transport" if passed_s < back.seconds else "at_hospital"
        return Ambulance(name=name, position=position, heading_deg=heading_deg, phase=phase)

    def _draw_round(self, number: int, count: int) -> tuple[_Drive, _Drive] | None:
        start, goal = self._hospital(number, count - 1), self._hospital(number, count)
        chance = self._chance(number, count, "scene")
        towns = [town for town in self._towns if _apart_km(town, start.position) < FARTHEST_SCENE_KM]
        if not towns:
            return None
        scene = chance.choice(towns)
        try:
            return self._drive(scene, start, reverse=True), self._drive(scene, goal, reverse=False)
        except (OffNetwork, NoRoute):
            return None

    def _hospital(self, number: int, count: int) -> Hospital:
        base = self._bases[number]
        near = sorted(self._hospitals, key=lambda hospital: _apart_km(hospital.position, base.position))
        return self._chance(number, count, "hospital").choice(near[:NEIGHBOURS])

    def _chance(self, number: int, count: int, what: str) -> random.Random:
        return random.Random(f"{self._seed}/{number}/{count}/{what}")  # noqa: S311 - a script, not a secret

    def _drive(self, scene: Position, hospital: Hospital, *, reverse: bool) -> _Drive:
        route = self._roads.route(scene, hospital.id, profile=Profile.SIGNALS)
        points = route.points[::-1] if reverse else route.points
        if len(points) < 2:
            points = np.array([[scene.lat, scene.lon], [hospital.position.lat, hospital.position.lon]])
        steps = np.diff(points, axis=0) * KM_PER_DEGREE * 1000
        steps[:, 1] *= math.cos(math.radians(scene.lat))
        along_m = np.concatenate(([0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))))
        longest_s = (CYCLE_S - ON_SCENE_S) / 2
        return _Drive(points=points, along_m=along_m, seconds=min(max(route.seconds, 1.0), longest_s))


def _apart_km(one: Position, other: Position) -> float:
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return KM_PER_DEGREE * math.hypot(one.lat - other.lat, east)
