"""How a department will stand when the ambulance arrives, doubts included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.dated import Edition
from advisor.protocol.edition import Editions
from advisor.protocol.hours import is_open, next_opening
from advisor.protocol.lapse import LapseKind, Lapses, LapseState, never_reopens
from advisor.protocol.members import CALAMITY, GREEN, GREY, NATIONAL, ORANGE, RED, SEH, TECHNICAL, UNKNOWN
from advisor.protocol.model import DepartmentState, Picture, Reason, Site
from advisor.protocol.reasons import LIFTING, say
from advisor.protocol.shown import ENDING, EXPIRED, OPEN, STOPS, Trouble

__all__ = ["Lapses", "Standing", "View", "effective_status", "settled_status", "settled_statuses", "stand"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The statuses that a department may have at the arrival; the first is the likeliest reading.

    `notes` say why there is more than one, or why the status differs from the one shown. A single reading
    is certain.
    """

    readings: tuple[Status, ...]
    notes: tuple[Reason, ...]


# Not frozen: that would make it thrice as slow to build, and every hospital of every question builds some.
@dataclass(slots=True, kw_only=True)
class View:
    """One site seen at one moment: what `stand` needs beside the department and the arrival."""

    site: Site
    states: Mapping[Department, DepartmentState]
    edition: Edition
    now: datetime
    lapses: Lapses


def stand(view: View, department: Department, arrival: datetime) -> Standing:
    """Return how a department will stand at `arrival`, seen from the view's moment."""
    site = view.site
    state = view.states.get(department)
    shows = view.lapses.shown.get(site, department)
    has_hours = department is SEH and site.opening is not None
    if shows == OPEN and not has_hours and (state is None or state.planned_from is None):
        return _OPEN
    status, trouble = shows
    draft = _Draft([status], [], state)
    if trouble is not Trouble.NONE:
        _note_trouble(draft, department, trouble, view.now)
    if state is not None:
        _look_ahead(draft, view, department, status, arrival)
    return _within_hours(view, arrival, draft) if has_hours else draft.finish()


def effective_status(
    picture: Picture, hospital: HospitalId, department: Department, moment: datetime, now: datetime, editions: Editions
) -> Status:
    """Return the one status that a department is taken to have at `moment`, as far as is known at `now`.

    After expiry, freshness (unknown), opening hours (grey) and a confirmed lapse. A lapse that nobody
    confirmed, and a planned stop that nobody declared, change nothing.
    """
    site = picture.sites[hospital]
    edition = editions.speaking_for(site, now)
    view = View(
        site=site,
        states=picture.states.get(hospital, {}),
        edition=edition,
        now=now,
        lapses=Lapses(picture, now, editions),
    )
    return settled_status(view, department, moment)


def settled_statuses(view: View, moment: datetime) -> dict[Department, Status]:
    """Return the status of all six departments at `moment` without their doubts; see `effective_status`."""
    has_hours = view.site.opening is not None
    return {
        department: settled_status(view, department, moment)
        if status is not GREEN or (has_hours and department is SEH)
        else GREEN
        for department, (status, _) in view.lapses.shown.of(view.site).items()
    }


def settled_status(view: View, department: Department, moment: datetime) -> Status:
    """Return the status at `moment` without its doubts; see `effective_status`."""
    site = view.site
    status, trouble = view.lapses.shown.get(site, department)
    state = view.states.get(department)
    if state is not None and status in ENDING:
        if trouble is EXPIRED:
            status = UNKNOWN
        elif (state.until is not None and state.until <= moment) or _is_lifted(view, department, state, status):
            status = GREEN
    if department is SEH and site.opening is not None and status is not CALAMITY:
        if not is_open(site.opening, moment):
            return GREY
        return GREEN if status is GREY else status
    return status


_OPEN = Standing((GREEN,), ())


@dataclass(slots=True)
class _Draft:
    readings: list[Status]
    notes: list[Reason]
    state: DepartmentState | None

    def doubt(self, status: Status, note: Reason) -> None:
        if status not in self.readings:
            self.readings.append(status)
        self.notes.append(note)

    def replace(self, status: Status, note: Reason) -> None:
        self.readings = [status]
        self.notes.append(note)

    def finish(self) -> Standing:
        return Standing(tuple(self.readings), tuple(self.notes))


def _note_trouble(draft: _Draft, department: Department, trouble: Trouble, now: datetime) -> None:
    state = draft.state
    if trouble is Trouble.STALE and state is not None:
        draft.notes.append(
            say("PD-4", None, department=department, status=state.status, reported_at=state.reported_at, now=now)
        )
    elif trouble is Trouble.IMPOSSIBLE and state is not None:
        draft.notes.append(say("AMB-23", None, department=department, status=state.status))
    elif trouble is Trouble.NEVER_STOPS:
        draft.notes.append(say("NAT-6", None, department=department))
    elif trouble is EXPIRED and state is not None:
        note = say("AMB-16", None, department=department, status=state.status, until=state.until, over=True, now=now)
        draft.doubt(GREEN, note)


def _look_ahead(draft: _Draft, view: View, department: Department, status: Status, arrival: datetime) -> None:
    state = draft.state
    if state is None:
        return
    until = state.until
    if until is not None and status in ENDING and view.now < until <= arrival:
        draft.doubt(
            GREEN,
            say("AMB-16", None, department=department, status=status, until=until, over=False, now=view.now),
        )
    if status in STOPS and view.edition.rules is not NATIONAL:
        _apply_lapse(draft, view, department, state, status)
    start = state.planned_from
    if start is not None and start < arrival and _is_awaited(state, view.now) and RED not in draft.readings:
        draft.doubt(
            RED,
            say(
                "AMB-30",
                None,
                department=department,
                start=start,
                end=state.planned_until,
                arrival=arrival,
                now=view.now,
            ),
        )


def _is_awaited(state: DepartmentState, now: datetime) -> bool:
    return state.planned_until is None or now < state.planned_until


def _apply_lapse(draft: _Draft, view: View, department: Department, state: DepartmentState, status: Status) -> None:
    if status is ORANGE and not view.edition.code_orange:
        return
    lapse = view.lapses.get(view.site.mka, department)
    rule = _lapse_rule(view, lapse, state)
    if rule is None:
        return
    note = say(
        rule,
        None,
        department=department,
        status=status,
        mka=view.site.mka,
        subregion=view.site.subregion,
        kind=lapse.kind,
        confirmed_at=lapse.confirmed_at,
        now=view.now,
    )
    if rule in LIFTING:
        draft.replace(GREEN, note)
    else:
        draft.doubt(GREEN, note)


_DOUBTFUL = {
    LapseKind.PENDING: "LAP-3",
    LapseKind.SINGLE: "AMB-14",
    LapseKind.UNCERTAIN: "AMB-14",
    LapseKind.EXCLUDED: "AMB-12",
}


def _lapse_rule(view: View, lapse: LapseState, state: DepartmentState) -> str | None:
    """Return the rule that says what 3.1 does to this department's stop, or `None` when it does nothing."""
    confirmed = lapse.confirmed_at is not None and (state.since is None or state.since <= lapse.confirmed_at)
    if confirmed or lapse.kind is LapseKind.MET:
        if never_reopens(state):
            return "AMB-12"
        if state.reason is TECHNICAL:
            return "AMB-13"
        if confirmed:
            return "AMB-14" if state.since is None else "LAP-4"
        return "AMB-36"
    if lapse.kind in _DOUBTFUL:
        return _DOUBTFUL[lapse.kind]
    return "AMB-11" if view.site.subregion in lapse.stopped_subregions else None


def _is_lifted(view: View, department: Department, state: DepartmentState, status: Status) -> bool:
    if status not in STOPS or view.edition.rules is NATIONAL:
        return False
    confirmed_at = view.lapses.confirmed_at(view.site.mka, department)
    if confirmed_at is None or state.since is None or state.since > confirmed_at:
        return False
    return not never_reopens(state) and state.reason is not TECHNICAL


def _within_hours(view: View, arrival: datetime, draft: _Draft) -> Standing:
    opening = view.site.opening
    if opening is None or draft.readings == [CALAMITY]:
        return draft.finish()
    if not is_open(opening, arrival):
        return Standing((GREY,), tuple(draft.notes))
    open_now = is_open(opening, view.now)
    if draft.readings[0] is not GREY and open_now:
        return draft.finish()
    other = GREEN if draft.readings[0] is GREY else GREY
    opens_at = next_opening(opening, view.now)
    draft.doubt(other, say("AMB-17", None, department=SEH, opens_at=opens_at, now=view.now, open_now=open_now))
    return draft.finish()
