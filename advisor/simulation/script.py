"""What the demonstration's departments will do on a day: the same for the same seed, whoever asks and whenever."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from advisor.hospitals.registry import Hospital, Policy
from advisor.kernel import Department, HospitalId, Known, Status
from advisor.protocol.model import StopReason
from advisor.simulation.chance import poisson
from advisor.simulation.rates import Rates

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SHORTEST = timedelta(minutes=10)
SPREAD = 3.0
"""Shape of the gamma distribution of lengths: most near the mean, a tail of long ones."""

REASONS = tuple(reason for reason in StopReason if reason is not StopReason.ROSTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedStop:
    """A stop that a department will have from `start` until `end` (UTC), if nobody interferes."""

    hospital: HospitalId
    department: Department
    status: Status
    reason: StopReason
    start: datetime
    end: datetime


def script_day(
    seed: int, day: date, rates: Rates, hospitals: Iterable[Hospital], unscripted: frozenset[HospitalId]
) -> tuple[ScriptedStop, ...]:
    """Write the script of one local day, ordered by start; `unscripted` hospitals are left to people."""
    by_region: dict[str, list[Hospital]] = {}
    for hospital in hospitals:
        if hospital.policy is Policy.LPZ and hospital.id not in unscripted:
            by_region.setdefault(hospital.roaz, []).append(hospital)
    stops = [
        stop
        for region, sites in sorted(by_region.items())
        for stop in _Region(random.Random(f"{seed}/{region}/{day}"), day, rates, region, sites).stops()  # noqa: S311
    ]
    return tuple(sorted(stops, key=lambda stop: (stop.start, stop.hospital, stop.department)))


@dataclass(frozen=True, slots=True)
class _Region:
    """One region on one day; the order of the draws is part of the script."""

    chance: random.Random
    day: date
    rates: Rates
    name: str
    sites: Sequence[Hospital]

    def stops(self) -> Iterator[ScriptedStop]:
        rate = self.rates.regions.get(self.name)
        if rate is None or rate.per_day == 0:
            return
        for _ in range(poisson(self.chance, rate.per_day)):
            yield self._stop(Department.SEH, Status.RED, rate.mean_min)
        if self.name in self.rates.orange_regions:
            for _ in range(poisson(self.chance, rate.per_day * self.rates.orange_per_red)):
                yield self._stop(Department.SEH, Status.ORANGE, self.rates.orange_mean_min)
        for department in self.rates.other_departments:
            if any(site.departments[department] is Known.YES for site in self.sites):
                for _ in range(poisson(self.chance, rate.per_day * self.rates.other_per_red)):
                    yield self._stop(department, Status.RED, self.rates.other_mean_min)

    def _stop(self, department: Department, status: Status, mean_min: float) -> ScriptedStop:
        able = [site for site in self.sites if site.departments[department] is Known.YES]
        site = self.chance.choice(able or self.sites)
        hour = self.chance.choices(range(24), weights=self.rates.hours)[0]
        start = datetime.combine(self.day, time(hour, self.chance.randrange(60)), tzinfo=AMSTERDAM).astimezone(UTC)
        length = timedelta(minutes=round(self.chance.gammavariate(SPREAD, mean_min / SPREAD)))
        return ScriptedStop(
            hospital=site.id,
            department=department,
            status=status,
            reason=self.chance.choice(REASONS),
            start=start,
            end=start + max(length, SHORTEST),
        )
