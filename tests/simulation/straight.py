"""Roads of a test: straight lines at one speed, so that nothing depends on a network."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from advisor.bootstrap.material import load_registry
from advisor.bootstrap.simulation import open_region
from advisor.hospitals.registry import Hospital
from advisor.kernel import Position
from advisor.roads.closure import Closure
from advisor.roads.model import DriveTimes, Lines, NoRoute, Profile, Route
from advisor.services.ports import Area
from advisor.settings import read_settings
from advisor.simulation.run import Region

KM_PER_DEGREE = 111.2
DETOUR = 1.3
START_S = 60.0
KPH = {Profile.SIGNALS: 70.0, Profile.NO_SIGNALS: 55.0}


@dataclass(frozen=True, slots=True)
class NoNetwork:
    """What stands in an answer for a network."""

    identity: str = "straight lines"
    schematic: bool = True


class StraightRoads:
    """Drive times along straight lines."""

    network = NoNetwork()

    def __init__(self, hospitals: Sequence[Hospital]) -> None:
        self.ids = tuple(str(hospital.id) for hospital in hospitals)
        self.places = np.array([(hospital.position.lat, hospital.position.lon) for hospital in hospitals])

    def drive_times(
        self,
        position: Position,
        *,
        profile: Profile,
        at: datetime | None = None,
        heading_deg: float | None = None,
        accuracy_m: float | None = None,
    ) -> DriveTimes:
        """Every hospital, at one speed whatever the hour."""
        away = (self.places - (position.lat, position.lon)) * KM_PER_DEGREE
        away[:, 1] *= math.cos(math.radians(position.lat))
        metres = np.hypot(away[:, 0], away[:, 1]) * DETOUR * 1000
        seconds = START_S + metres * 3.6 / KPH[profile]
        return DriveTimes(
            ids=self.ids,
            seconds=seconds,
            low_s=seconds * 0.85,
            high_s=seconds * 1.2,
            distance_m=metres,
            snap_m=0.0,
            geodesic=np.zeros(len(self.ids), dtype=bool),
        )

    def route(self, position: Position, destination_id: str, *, profile: Profile) -> Route:
        """No simulation asks for a route."""
        raise NoRoute(f"{position} to {destination_id}")

    def reach(self, destination_ids: Sequence[str], minutes: float, *, profile: Profile) -> Area:
        """No simulation asks for an area."""
        raise NotImplementedError

    def check_closure(self, closure: Closure) -> None:
        """Everything lies on a road."""

    def lines_of(self, closures: Sequence[Closure]) -> Sequence[Lines]:
        """Nothing is drawn."""
        return [() for _ in closures]


def straight_region() -> Region:
    """The region with all that comes with the program, but for the roads."""
    settings = read_settings({})
    return open_region(settings, roads=StraightRoads(list(load_registry())))
