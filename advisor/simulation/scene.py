"""The world of a simulation: what every department truly is at a moment, and what the platform says of it."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advisor.hospitals.registry import Hospital, Registry
from advisor.kernel import Department, HospitalId, Known, Status
from advisor.protocol.edition import Editions
from advisor.protocol.model import DepartmentState, Lapse, Picture, Site
from advisor.protocol.stops import LapseKind, lapse_state
from advisor.services.picture import picture_of
from advisor.services.site import site_of
from advisor.simulation.assumptions import Assumptions
from advisor.simulation.calls import midnight
from advisor.simulation.chance import poisson, stream
from advisor.simulation.rates import Rates
from advisor.simulation.spells import Norms, Setting, Spell, draw_spells

SEH = Department.SEH
SOURCE = "lpz"
HEARD_EVERY_S = 30
DAYS_PER_MONTH = 365.25 / 12
USUAL_LENGTH = timedelta(hours=2)
_BUCKET = timedelta(minutes=15)
_States = Mapping[Department, DepartmentState]


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A time during which every emergency department of a control room's region had a stop (rule 3.1)."""

    mka: str
    start: datetime
    lapse: Lapse


class Scene:
    """All that happens to the hospitals; the same whatever the ambulances do."""

    def __init__(
        self,
        registry: Registry,
        editions: Editions,
        spells: Sequence[Spell],
        outages: Sequence[tuple[datetime, datetime]],
    ) -> None:
        self.sites: Mapping[HospitalId, Site] = {hospital.id: site_of(hospital) for hospital in registry}
        self.editions = editions
        self.spells = tuple(spells)
        self.outages = tuple(outages)
        self._complete = registry.mka_complete
        self._departments = {hospital.id: _departments(hospital) for hospital in registry}
        self._starts = [start for start, _ in self.outages]
        self._buckets = _buckets(self.spells)
        self._lapses: tuple[Lapse, ...] = ()
        self.episodes: tuple[Episode, ...] = ()

    def confirm_lapses(self, after: timedelta) -> None:
        """Let the dispatchers confirm rule 3.1, so long after all emergency departments of a region have a stop."""
        episodes: list[Episode] = []
        for spell in self.spells:
            site = self.sites[spell.hospital]
            if spell.department is not SEH or not site.protocol:
                continue
            if self._is_met(site.mka, spell.start) and self._is_met(site.mka, spell.start + after):
                lapse = Lapse(mka=site.mka, department=SEH, confirmed_at=spell.start + after)
                episodes.append(Episode(mka=site.mka, start=spell.start, lapse=lapse))
                self._lapses = tuple(episode.lapse for episode in episodes)
        self.episodes = tuple(episodes)

    def truth(self, moment: datetime) -> Picture:
        """Return every department as it is at a moment."""
        return self._picture(moment, moment)

    def heard(self, moment: datetime, *, orange: bool = True) -> Picture:
        """Return every department as the platform last told it: half a minute ago, or when it fell silent.

        Without `orange` as it would be if nobody declared that code.
        """
        return self._picture(self.heard_at(moment), moment, orange=orange)

    def shows_orange(self, moment: datetime) -> bool:
        """Tell whether the platform tells of a code orange."""
        return any(spell.status is Status.ORANGE for spell in self.running(self.heard_at(moment)))

    def heard_at(self, moment: datetime) -> datetime:
        """Return when the platform was last heard."""
        before = bisect_right(self._starts, moment) - 1
        if before >= 0 and moment < self.outages[before][1]:
            return self.outages[before][0]
        return moment - timedelta(seconds=moment.timestamp() % HEARD_EVERY_S)

    def status(self, hospital: HospitalId, moment: datetime) -> Status:
        """Return the true status of an emergency department, opening hours apart."""
        found = (
            spell.status for spell in self.running(moment) if spell.hospital == hospital and spell.department is SEH
        )
        return next(found, Status.GREEN)

    def running(self, moment: datetime) -> list[Spell]:
        """Return the stops that run at a moment."""
        found = self._buckets.get(_bucket(moment), ())
        return [spell for spell in found if spell.start <= moment < spell.end]

    def _is_met(self, mka: str, moment: datetime) -> bool:
        return lapse_state(self.truth(moment), mka, SEH, moment, self.editions).kind is LapseKind.MET

    def _picture(self, said_at: datetime, now: datetime, *, orange: bool = True) -> Picture:
        green = DepartmentState(status=Status.GREEN, reported_at=said_at, source=SOURCE)
        of_kind: dict[tuple[Department, ...], _States] = {}
        for kind in set(self._departments.values()):
            of_kind[kind] = dict.fromkeys(kind, green)
        states = {hospital: of_kind[kind] for hospital, kind in self._departments.items()}
        for spell in self.running(said_at):
            if spell.status is Status.ORANGE and not orange:
                continue
            states[spell.hospital] = {**states[spell.hospital], spell.department: _state(spell, said_at)}
        lapses = tuple(lapse for lapse in self._lapses if lapse.confirmed_at <= now)
        return picture_of(self.sites, self._complete, states, lapses)


def make_scene(
    seed: int, period: tuple[date, int], registry: Registry, editions: Editions, assumptions: Assumptions, rates: Rates
) -> Scene:
    """Draw the stops, calamities and outages of a period: its first local day and its number of days."""
    start, days = period
    norms = _norms(editions, midnight(start), registry)
    setting = Setting(seed=seed, rates=rates, assumptions=assumptions, norms=norms, start=start, days=days)
    spells = draw_spells(setting, registry)
    scene = Scene(registry, editions, spells, _outages(setting))
    scene.confirm_lapses(timedelta(minutes=assumptions.lapse["confirmed_after_min"]))
    return scene


def _outages(setting: Setting) -> tuple[tuple[datetime, datetime], ...]:
    chance, assumed = stream(setting.seed, "outages"), setting.assumptions.outage
    first, length_s = midnight(setting.start), setting.days * 86400
    starts = sorted(
        first + timedelta(seconds=chance.randrange(length_s))
        for _ in range(poisson(chance, assumed["per_month"] * setting.days / DAYS_PER_MONTH))
    )
    outages: list[tuple[datetime, datetime]] = []
    for start in starts:
        end = start + timedelta(seconds=round(60 * chance.expovariate(1 / assumed["mean_min"])))
        if not outages or outages[-1][1] <= start:
            outages.append((start, end))
    return tuple(outages)


def _norms(editions: Editions, moment: datetime, registry: Registry) -> Norms:
    """Return the length that a department enters: the norm of the regional protocol, everywhere (an estimate)."""
    site = next(site_of(hospital) for hospital in registry if hospital.protocol)
    edition = editions.speaking_for(site, moment)
    return {
        (department, status): timedelta(minutes=norm_min) if norm_min else USUAL_LENGTH
        for department in Department
        for status in (Status.ORANGE, Status.RED, Status.CALAMITY)
        for norm_min in (edition.norm_min(department, status),)
    }


def _departments(hospital: Hospital) -> tuple[Department, ...]:
    return tuple(department for department, known in hospital.departments.items() if known is not Known.NO)


def _state(spell: Spell, moment: datetime) -> DepartmentState:
    return DepartmentState(
        status=spell.status,
        since=spell.start,
        until=spell.until(moment),
        reason=spell.reason,
        reported_at=moment,
        source=SOURCE,
    )


def _buckets(spells: Iterable[Spell]) -> Mapping[int, Sequence[Spell]]:
    buckets: dict[int, list[Spell]] = {}
    for spell in spells:
        for number in range(_bucket(spell.start), _bucket(spell.end) + 1):
            buckets.setdefault(number, []).append(spell)
    return buckets


def _bucket(moment: datetime) -> int:
    return int(moment.timestamp() // _BUCKET.total_seconds())
