"""What the whole answer must say beside its hospitals: no destination left, rule 3.1, silent feeds, pilots."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from advisor.kernel import Department, HospitalId, Known
from advisor.protocol.dated import CODE_ORANGE
from advisor.protocol.edition import Editions
from advisor.protocol.explain import Language
from advisor.protocol.facts import Facts
from advisor.protocol.lapse import LapseKind, LapseState
from advisor.protocol.members import LPZ, NATIONAL, SEH
from advisor.protocol.model import DepartmentState, Outcome, Patient, Picture, Site, Stability, Verdict
from advisor.protocol.shown import STOPS, Shown, Trouble
from advisor.protocol.situation import triage
from advisor.protocol.standing import Lapses
from advisor.protocol.stops import norm_exceeded_at, warning_at
from advisor.protocol.wording_notices import NOTICES, WORDS

DESTINATIONS = frozenset({Outcome.WELCOME, Outcome.WELCOME_EXCEPTION, Outcome.CONSULT})

_SILENCE = frozenset({Trouble.STALE, Trouble.MISSING})


class Level(StrEnum):
    """How loud a notice is."""

    INFO = "info"
    WARNING = "warning"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice: bare data, turned into a sentence by `notice_sentence`."""

    code: str
    level: Level
    section: str
    values: Mapping[str, object] = field(default_factory=dict)


def notices(
    patient: Patient,
    picture: Picture,
    verdicts: Mapping[HospitalId, Verdict],
    now: datetime,
    editions: Editions,
) -> tuple[Notice, ...]:
    """Return the notices of one advice, the most urgent first.

    About rule 3.1 only for the categories that count for this patient.
    """
    found: list[Notice] = []
    if not any(verdict.outcome in DESTINATIONS for verdict in verdicts.values()):
        found.append(Notice(code="no_destination", level=Level.ALARM, section="3.1"))
    elif not any(_receives(verdict) for verdict in verdicts.values()):
        found.append(Notice(code="only_by_consultation", level=Level.WARNING, section="3.1"))
    lapses = Lapses(picture, now, editions)
    found += _lapse_notices(lapses, _departments(patient, editions))
    found += _silence(lapses.shown, verdicts)
    found += _of_patient(patient, picture, editions)
    found += _of_editions(lapses.shown, verdicts)
    return _by_level(found)


def board_notices(picture: Picture, now: datetime, editions: Editions) -> tuple[Notice, ...]:
    """Return the notices of the whole board, for all six categories, the most urgent first."""
    lapses = Lapses(picture, now, editions)
    found = [*_lapse_notices(lapses, tuple(Department))]
    found += _silence(lapses.shown, picture.sites)
    found += _running_stops(lapses.shown)
    return _by_level(found)


def notice_sentence(notice: Notice, language: Language) -> str:
    """Return a notice as one plain sentence."""
    return NOTICES[language.value][notice.code](Facts(notice.values, WORDS[language.value]))


def _by_level(found: Iterable[Notice]) -> tuple[Notice, ...]:
    order = (Level.ALARM, Level.WARNING, Level.INFO)
    return tuple(sorted(found, key=lambda notice: order.index(notice.level)))


def _receives(verdict: Verdict) -> bool:
    return verdict.outcome in (Outcome.WELCOME, Outcome.WELCOME_EXCEPTION)


def _departments(patient: Patient, editions: Editions) -> tuple[Department, ...]:
    """Return the categories that count for this patient at any hospital, a separate entrance included."""
    needed: set[Department | None] = set()
    for edition in (editions.national, *editions.regional):
        triaged = triage(patient, edition)
        needed.update(triaged.needs.departments)
        needed.add(triaged.demand.department)
    return tuple(department for department in Department if department in needed)


def _lapse_notices(lapses: Lapses, departments: tuple[Department, ...]) -> Iterator[Notice]:
    for mka in _regions(lapses.shown):
        for department in departments:
            notice = _lapse_notice(lapses.get(mka, department), lapses.shown.now)
            if notice is not None:
                yield notice


def _regions(shown: Shown) -> tuple[str, ...]:
    """Return the meldkamer regions with a hospital for which rule 3.1 is agreed."""
    sites = shown.picture.sites.values()
    regional = [site.mka for site in sites if site.mka and shown.edition(site).rules is not NATIONAL]
    return tuple(dict.fromkeys(regional))


def _lapse_notice(state: LapseState, now: datetime) -> Notice | None:
    values = {"mka": state.mka, "department": state.department, "now": now, "confirmed_at": state.confirmed_at}
    if state.kind is LapseKind.MET:
        return Notice(code="lapse_met", level=Level.ALARM, section="3.1", values=values)
    if state.kind is LapseKind.PENDING:
        return Notice(code="lapse_pending", level=Level.WARNING, section="3.1", values=values)
    if state.kind in (LapseKind.UNCERTAIN, LapseKind.EXCLUDED):
        return Notice(code="lapse_uncertain", level=Level.WARNING, section="3.1", values=values)
    if state.one_away:
        values["hospital"] = state.open[0]
        return Notice(code="lapse_one_away", level=Level.INFO, section="3.1", values=values)
    if state.confirmed_at is not None:
        return Notice(code="lapse_confirmed", level=Level.INFO, section="3.1", values=values)
    return None


def _silence(shown: Shown, hospitals: Iterable[HospitalId]) -> Iterator[Notice]:
    """Tell of hospitals whose SEH is silent or was heard too long ago (PD-4)."""
    sites = [shown.picture.sites[hospital] for hospital in hospitals]
    in_lpz = [site for site in sites if site.policy is LPZ]
    silent = [site for site in in_lpz if shown.get(site, SEH)[1] in _SILENCE]
    if not silent:
        return
    values: dict[str, object] = {"count": len(silent), "minutes": shown.edition(silent[0]).freshness_min}
    if len(silent) < len(in_lpz):
        yield Notice(code="statuses_unknown", level=Level.WARNING, section="PD-4", values=values)
    else:
        yield Notice(code="all_statuses_unknown", level=Level.ALARM, section="PD-4", values=values)


def _of_patient(patient: Patient, picture: Picture, editions: Editions) -> Iterator[Notice]:
    if patient.abcd is Stability.UNKNOWN:
        yield Notice(code="abcd_unknown", level=Level.INFO, section="2.3")
    demand = triage(patient, editions.national).demand
    wanted = demand.capability or demand.department
    if wanted is None or demand.fallback:
        return
    if not any(site.facilities.get(wanted) is Known.YES for site in picture.sites.values()):
        yield Notice(code="nobody_known_able", level=Level.ALARM, section="3.1", values={"facilities": (wanted,)})


def _of_editions(shown: Shown, verdicts: Iterable[HospitalId]) -> Iterator[Notice]:
    sites = [shown.picture.sites[hospital] for hospital in verdicts]
    spoken = [shown.edition(site) for site in sites if site.protocol]
    if any(edition.rules is NATIONAL for edition in spoken):
        yield Notice(code="edition_not_in_force", level=Level.INFO, section="versiebeheer")
    if any(edition.pilots.get(CODE_ORANGE) is False for edition in spoken):
        yield Notice(code="code_orange_off", level=Level.INFO, section="versiebeheer")


def _running_stops(shown: Shown) -> Iterator[Notice]:
    for hospital, departments in shown.picture.states.items():
        site = shown.picture.sites.get(hospital)
        if site is not None:
            for department, state in departments.items():
                yield from _of_stop(shown, site, department, state)


def _of_stop(shown: Shown, site: Site, department: Department, state: DepartmentState) -> Iterator[Notice]:
    edition, now = shown.edition(site), shown.now
    values: dict[str, object] = {"hospital": site.id, "name": site.name, "department": department, "now": now}
    status, trouble = shown.get(site, department)
    if status in STOPS and trouble is Trouble.NONE:
        if state.until is not None and warning_at(state.until, edition) <= now:
            yield Notice(
                code="stop_ends_soon", level=Level.INFO, section="2.7", values={**values, "until": state.until}
            )
        norm_at = None if state.since is None else norm_exceeded_at(department, status, state.since, edition)
        if norm_at is not None and norm_at < now and not state.planned:
            values["since"] = state.since
            yield Notice(code="norm_exceeded", level=Level.WARNING, section="2.5", values=values)
    if trouble is Trouble.IMPOSSIBLE:
        values["status"] = state.status
        yield Notice(code="impossible_status", level=Level.WARNING, section="2.2", values=values)
    ahead = timedelta(minutes=edition.numbers["board_ahead"].value)
    if state.planned_from is not None and now <= state.planned_from <= now + ahead:
        values["start"] = state.planned_from
        yield Notice(code="plan_starts_soon", level=Level.INFO, section="2.6", values=values)
