"""A simulated period: every call once, every policy on the same calls and the same world."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from advisor.hospitals.registry import Registry
from advisor.kernel import HospitalId, Position
from advisor.protocol.edition import Editions
from advisor.services.ports import Roads
from advisor.simulation.assumptions import Assumptions
from advisor.simulation.calls import Call, calls_of_day, local_days
from advisor.simulation.policies import policies
from advisor.simulation.rates import Rates
from advisor.simulation.scene import Scene, make_scene
from advisor.simulation.trip import Case, Inbound, Trip, make_trip

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What a simulation plays in; the same for every seed."""

    registry: Registry
    editions: Editions
    roads: Roads
    assumptions: Assumptions
    rates: Rates

    def position(self, hospital: HospitalId) -> Position:
        """Return where the ambulances of a hospital arrive."""
        return self.registry.hospitals[hospital].arrival_position


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What is played: `protocol` is "off", "nhfl" or `None` for all policies; `start` a local day."""

    seed: int
    start: date
    days: int
    protocol: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What happened: the world, every call, and the trips of the transported ones by policy."""

    period: Period
    scene: Scene
    calls: tuple[Call, ...]
    trips: dict[str, list[Trip]]


def play(period: Period, region: Region, report: Report | None = None) -> Played:
    """Play a period; `report` hears of the progress, in days."""
    scene = make_scene(
        period.seed,
        (period.start, period.days),
        region.registry,
        region.editions,
        region.assumptions,
        region.rates,
    )
    chosen = policies(region.editions, period.protocol)
    trips: dict[str, list[Trip]] = {policy.name: [] for policy in chosen}
    inbound = {policy.name: Inbound() for policy in chosen}
    calls: list[Call] = []
    for number, day in enumerate(local_days(period.start, period.days)):
        today = calls_of_day(period.seed, day, region.assumptions, region.roads)
        calls += today
        for call in today:
            if not call.transported:
                continue
            case = Case(call, period.seed, scene, region.roads, region.assumptions)
            for policy in chosen:
                trips[policy.name].append(make_trip(case, policy, inbound[policy.name], region.position))
        if report is not None:
            report(f"seed {period.seed}", number + 1, period.days)
    return Played(period=period, scene=scene, calls=tuple(calls), trips=trips)
