"""The stops of a simulated period: at the published rates, clustered, with the ends that departments enter."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from advisor.hospitals.registry import Hospital, Policy
from advisor.kernel import Department, HospitalId, Known, Status
from advisor.protocol.model import StopReason
from advisor.simulation.assumptions import DAYS_PER_YEAR, Assumptions
from advisor.simulation.calls import AMSTERDAM, local_days
from advisor.simulation.chance import poisson, stream
from advisor.simulation.rates import Rates

BUSY = (StopReason.PATIENT_PEAK, StopReason.ACUITY_PEAK, StopReason.TREATMENT_CAPACITY, StopReason.OUTFLOW)
RECONSIDERED = timedelta(minutes=10)
"""How long before its end a department looks again at a stop that has to last longer."""

CLUSTERED = frozenset({Status.RED, Status.ORANGE})
_Kind = tuple[Department, Status]
_Busy = dict[tuple[HospitalId, Department], datetime]
Norms = Mapping[_Kind, timedelta]
"""The length that a department enters when it declares a stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One stop as it runs from `start` until `end` (UTC, the end excluded).

    `entered` holds the ends that the department enters, each with the moment from which it stands there: a stop
    that lasts longer is extended, one that is over sooner is ended.
    """

    hospital: HospitalId
    department: Department
    status: Status
    reason: StopReason
    start: datetime
    end: datetime
    entered: tuple[tuple[datetime, datetime], ...]

    def until(self, moment: datetime) -> datetime:
        """Return the end that is entered at a moment of the stop."""
        return [end for since, end in self.entered if since <= moment][-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the stops are drawn from."""

    seed: int
    rates: Rates
    assumptions: Assumptions
    norms: Norms
    start: date
    days: int


def draw_spells(setting: Setting, hospitals: Iterable[Hospital]) -> tuple[Spell, ...]:
    """Draw all stops of the period and of the day before it, whose stops may still run; in order of their start."""
    by_region: dict[str, list[Hospital]] = {}
    for hospital in hospitals:
        if hospital.policy is Policy.LPZ:
            by_region.setdefault(hospital.roaz, []).append(hospital)
    spells = [
        spell for name, sites in sorted(by_region.items()) for spell in _Region(setting, name, tuple(sites)).spells()
    ]
    return tuple(sorted(spells, key=lambda spell: (spell.start, spell.hospital, spell.department)))


@dataclass(frozen=True, slots=True)
class _Begin:
    """A stop that begins somewhere in the region; `kind` is department and status."""

    start: datetime
    kind: _Kind
    mean_min: float


class _Region:
    """The stops of one region."""

    def __init__(self, setting: Setting, name: str, sites: Sequence[Hospital]) -> None:
        self._setting = setting
        self._name = name
        self._sites = sites
        self._able = {
            department: [site for site in sites if site.departments[department] is Known.YES]
            for department in Department
        }

    def spells(self) -> Iterator[Spell]:
        """Yield the stops in order of their start; a department has one at a time."""
        chance = stream(self._setting.seed, "sites", self._name)
        busy: _Busy = {}
        for begin in sorted(self._begins(), key=lambda begin: (begin.start, begin.kind)):
            department = begin.kind[0]
            free = [
                site.id
                for site in self._able[department]
                if busy.get((site.id, department), begin.start) <= begin.start
            ]
            spell = self._spell(chance, begin, chance.choice(free)) if free else None
            if spell is not None:
                busy[spell.hospital, department] = spell.end
                yield spell

    def _begins(self) -> Iterator[_Begin]:
        setting = self._setting
        for day in local_days(setting.start - timedelta(days=1), setting.days + 1):
            chance = stream(setting.seed, "stops", self._name, day)
            shape = setting.assumptions.clustering["day_shape"]
            busyness = chance.gammavariate(shape, 1 / shape)
            for kind, per_day, mean_min in self._kinds():
                yield from self._of_day(chance, day, kind, per_day * busyness, mean_min)

    def _kinds(self) -> Iterator[tuple[_Kind, float, float]]:
        """Yield each kind of stop with its number a day and its mean length in minutes."""
        rates, stops = self._setting.rates, self._setting.assumptions.stops
        rate = rates.regions.get(self._name)
        if rate is not None and rate.per_day > 0:
            yield (Department.SEH, Status.RED), rate.per_day, rate.mean_min
            if self._name in rates.orange_regions:
                yield (Department.SEH, Status.ORANGE), rate.per_day * rates.orange_per_red, rates.orange_mean_min
            for department in rates.other_departments:
                yield (department, Status.RED), rate.per_day * rates.other_per_red, rates.other_mean_min
        calamities = len(self._sites) * stops["calamities_per_site_year"] / DAYS_PER_YEAR
        yield (Department.SEH, Status.CALAMITY), calamities, stops["calamity_mean_min"]

    def _of_day(
        self, chance: random.Random, day: date, kind: _Kind, per_day: float, mean_min: float
    ) -> Iterator[_Begin]:
        clustering = self._setting.assumptions.clustering
        triggered = clustering["triggered"] if kind[1] in CLUSTERED else 0.0
        for _ in range(poisson(chance, per_day * (1 - triggered))):
            hour = chance.choices(range(24), weights=self._setting.rates.hours)[0]
            clock = time(hour, chance.randrange(60))
            waiting = [datetime.combine(day, clock, tzinfo=AMSTERDAM).astimezone(UTC)]
            while waiting:
                start = waiting.pop()
                yield _Begin(start, kind, mean_min)
                for _ in range(poisson(chance, triggered)):
                    after_min = round(chance.expovariate(1 / clustering["after_mean_min"]))
                    waiting.append(start + timedelta(minutes=after_min))

    def _spell(self, chance: random.Random, begin: _Begin, hospital: HospitalId) -> Spell:
        stops = self._setting.assumptions.stops
        department, status = begin.kind
        shape = stops["shape"]
        length_min = max(round(chance.gammavariate(shape, begin.mean_min / shape)), int(stops["shortest_min"]))
        end = begin.start + timedelta(minutes=length_min)
        is_technical = status is Status.CALAMITY or chance.random() < stops["technical_share"]
        reason = chance.choice(BUSY)
        return Spell(
            hospital=hospital,
            department=department,
            status=status,
            reason=StopReason.TECHNICAL if is_technical else reason,
            start=begin.start,
            end=end,
            entered=_entered(
                begin.start, end, self._setting.norms[begin.kind], timedelta(minutes=stops["longest_step_min"])
            ),
        )


def _entered(
    start: datetime, end: datetime, first: timedelta, step: timedelta
) -> tuple[tuple[datetime, datetime], ...]:
    entered = [(start, start + first)]
    while entered[-1][1] < end:
        last = entered[-1][1]
        entered.append((max(last - RECONSIDERED, start), min(last + step, end)))
    return tuple(entered)
