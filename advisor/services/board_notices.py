"""What people who watch a region must be told about the board, besides the statuses themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from advisor.journal.board import Board
from advisor.journal.stop import Plan
from advisor.journal.structure import moment_text
from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.edition import Editions
from advisor.protocol.lapse import LapseKind, LapseState
from advisor.protocol.model import Site
from advisor.protocol.stops import norm_exceeded_at, warning_at
from advisor.services.board_notice import LEVELS, BoardNotice, clock_text
from advisor.services.feed_notices import feed_notices
from advisor.services.refusals import Wording

PLAN_SOON = timedelta(minutes=60)
EVER = datetime.min.replace(tzinfo=UTC)
STOPPED = frozenset({Status.RED, Status.ORANGE})


def board_notices(
    board: Board,
    sites: Mapping[HospitalId, Site],
    regions: Sequence[LapseState],
    now: datetime,
    editions: Editions,
) -> tuple[BoardNotice, ...]:
    """Return everything that deserves attention at `now`: alarms first, then in the order of their beginning."""
    found = [
        *_of_stops(board, sites, now, editions),
        *_of_plans(board, sites, now),
        *_of_regions(regions, board, now),
        *feed_notices(board, sites, now, timedelta(minutes=editions.national.freshness_min)),
    ]
    return tuple(sorted(found, key=lambda notice: (LEVELS[notice.level], notice.since or EVER, notice.code)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A stop or code that runs, whoever told of it; `id` names it, `until` may be unknown where a feed told."""

    id: str
    site: Site
    department: Department
    status: Status
    since: datetime | None
    until: datetime | None


def _of_stops(
    board: Board, sites: Mapping[HospitalId, Site], now: datetime, editions: Editions
) -> Iterator[BoardNotice]:
    for run in (*_declared(board, sites, now), *_told(board, sites, now)):
        edition = editions.speaking_for(run.site, now)
        if run.until is not None and now >= warning_at(run.until, edition):
            yield _ending(run, run.until, warning_at(run.until, edition))
        exceeded_at = None
        if run.since is not None:
            exceeded_at = norm_exceeded_at(run.department, run.status, run.since, edition)
        if exceeded_at is not None and now >= exceeded_at:
            yield _exceeded(run, exceeded_at)


def _declared(board: Board, sites: Mapping[HospitalId, Site], now: datetime) -> Iterator[_Run]:
    for stop in board.stops.values():
        site = sites.get(stop.hospital)
        if site is not None and stop.is_running(now):
            yield _Run(
                id=stop.id,
                site=site,
                department=stop.department,
                status=stop.status,
                since=stop.declared_at,
                until=stop.until,
            )


def _told(board: Board, sites: Mapping[HospitalId, Site], now: datetime) -> Iterator[_Run]:
    for hospital, states in board.states(now).items():
        for department, state in states.items():
            over = state.until is not None and state.until <= now
            if state.manual or over or state.status not in STOPPED or hospital not in sites:
                continue
            yield _Run(
                id=f"{state.source}/{hospital}/{department}/{_stamp(state.since)}",
                site=sites[hospital],
                department=department,
                status=state.status,
                since=state.since,
                until=state.until,
            )


def _ending(run: _Run, until: datetime, warned_at: datetime) -> BoardNotice:
    text = Wording(
        nl=f"{run.site.name}, {run.department}: de stop loopt af om {clock_text(until)}.",
        en=f"{run.site.name}, {run.department}: the stop ends at {clock_text(until)}.",
    )
    return BoardNotice(
        id=f"stop_ending/{run.id}/{_stamp(until)}",
        code="stop_ending",
        level="warning",
        section="2.7",
        text=text,
        since=warned_at,
        hospital=run.site.id,
        department=run.department,
        mka=run.site.mka,
    )


def _exceeded(run: _Run, exceeded_at: datetime) -> BoardNotice:
    text = Wording(
        nl=f"{run.site.name}, {run.department}: de normtijd is voorbij sinds {clock_text(exceeded_at)}.",
        en=f"{run.site.name}, {run.department}: the norm time has been exceeded since {clock_text(exceeded_at)}.",
    )
    return BoardNotice(
        id=f"norm_exceeded/{run.id}",
        code="norm_exceeded",
        level="warning",
        section="2.5",
        text=text,
        since=exceeded_at,
        hospital=run.site.id,
        department=run.department,
        mka=run.site.mka,
    )


def _of_plans(board: Board, sites: Mapping[HospitalId, Site], now: datetime) -> Iterator[BoardNotice]:
    for plan in board.plans.values():
        site = sites.get(plan.hospital)
        if site is not None and plan.is_awaited(now) and now >= plan.start - PLAN_SOON:
            yield _about_plan(plan, site, now)


def _about_plan(plan: Plan, site: Site, now: datetime) -> BoardNotice:
    if now < plan.start:
        text = Wording(
            nl=f"{site.name}, {plan.department}: geplande stop vanaf {clock_text(plan.start)}.",
            en=f"{site.name}, {plan.department}: planned stop from {clock_text(plan.start)}.",
        )
    else:
        text = Wording(
            nl=f"{site.name}, {plan.department}: geplande stop van {clock_text(plan.start)} is niet afgekondigd.",
            en=f"{site.name}, {plan.department}: the stop planned for {clock_text(plan.start)} was not declared.",
        )
    code = "plan_soon" if now < plan.start else "plan_not_declared"
    return BoardNotice(
        id=f"{code}/{plan.id}",
        code=code,
        level="info" if now < plan.start else "warning",
        section="2.6",
        text=text,
        since=plan.start - PLAN_SOON if now < plan.start else plan.start,
        hospital=plan.hospital,
        department=plan.department,
        mka=site.mka,
    )


def _of_regions(regions: Sequence[LapseState], board: Board, now: datetime) -> Iterator[BoardNotice]:
    for region in regions:
        if region.kind is LapseKind.MET:
            text = Wording(
                nl=f"{region.mka}: alle {region.department} een stop of code; bevestig het vervallen (3.1).",
                en=f"{region.mka}: every {region.department} has a stop or code. Rule 3.1: confirm the lapse.",
            )
            yield _about_region("lapse_met", "alarm", region, text, _latest(region, board, now))
        elif region.one_away:
            text = Wording(
                nl=f"{region.mka}: nog één {region.department} zonder stop of code.",
                en=f"{region.mka}: one {region.department} left without a stop or code.",
            )
            yield _about_region("one_away", "warning", region, text, _latest(region, board, now))


def _latest(region: LapseState, board: Board, now: datetime) -> datetime | None:
    """Return since when the last of the stopped departments is so, as far as that is known."""
    states = board.states(now)
    known = (states.get(hospital, {}).get(region.department) for hospital in region.stopped)
    return max((state.since for state in known if state is not None and state.since is not None), default=None)


def _about_region(code: str, level: str, region: LapseState, text: Wording, since: datetime | None) -> BoardNotice:
    return BoardNotice(
        id=f"{code}/{region.mka}/{region.department}/{_stamp(since)}",
        code=code,
        level=level,
        section="3.1",
        text=text,
        since=since,
        department=region.department,
        mka=region.mka,
    )


def _stamp(moment: datetime | None) -> str:
    return "" if moment is None else moment_text(moment)
