"""What people who watch a region must be told about the board, besides the statuses themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from advisor.journal.board import Board
from advisor.journal.stop import Plan, Stop
from advisor.kernel import Department, HospitalId
from advisor.protocol.edition import Editions
from advisor.protocol.lapse import LapseKind, LapseState
from advisor.protocol.model import Site
from advisor.protocol.stops import norm_exceeded_at, warning_at
from advisor.services.refusals import Wording

PLAN_SOON = timedelta(minutes=60)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardNotice:
    """One thing to be told; `level` is info, warning or alarm, `since` when it began to hold."""

    code: str
    level: str
    section: str
    text: Wording
    since: datetime
    hospital: HospitalId | None = None
    department: Department | None = None
    mka: str = ""


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
        *_of_regions(regions, now),
        *_of_feeds(board, now, editions),
    ]
    order = {"alarm": 0, "warning": 1, "info": 2}
    return tuple(sorted(found, key=lambda notice: (order[notice.level], notice.since, notice.code)))


def _of_stops(
    board: Board, sites: Mapping[HospitalId, Site], now: datetime, editions: Editions
) -> Iterator[BoardNotice]:
    for stop in board.stops.values():
        site = sites.get(stop.hospital)
        if site is None or not stop.is_running(now):
            continue
        edition = editions.speaking_for(site, now)
        warned_at = warning_at(stop.until, edition)
        if now >= warned_at:
            yield _about_stop("stop_ending", stop, site, warned_at)
        exceeded_at = norm_exceeded_at(stop.department, stop.status, stop.declared_at, edition)
        if exceeded_at is not None and now >= exceeded_at:
            yield _about_stop("norm_exceeded", stop, site, exceeded_at)


def _about_stop(code: str, stop: Stop, site: Site, since: datetime) -> BoardNotice:
    if code == "stop_ending":
        section, text = (
            "2.7",
            Wording(
                nl=f"{site.name}, {stop.department}: de stop loopt af om {_clock(stop.until)}.",
                en=f"{site.name}, {stop.department}: the stop ends at {_clock(stop.until)}.",
            ),
        )
    else:
        section, text = (
            "2.5",
            Wording(
                nl=f"{site.name}, {stop.department}: de normtijd is voorbij sinds {_clock(since)}.",
                en=f"{site.name}, {stop.department}: the norm time has been exceeded since {_clock(since)}.",
            ),
        )
    return BoardNotice(
        code=code,
        level="warning",
        section=section,
        text=text,
        since=since,
        hospital=stop.hospital,
        department=stop.department,
        mka=site.mka,
    )


def _of_plans(board: Board, sites: Mapping[HospitalId, Site], now: datetime) -> Iterator[BoardNotice]:
    for plan in board.plans.values():
        site = sites.get(plan.hospital)
        if site is not None and plan.is_awaited(now) and now >= plan.start - PLAN_SOON:
            yield _about_plan(plan, site, now)


def _about_plan(plan: Plan, site: Site, now: datetime) -> BoardNotice:
    if now < plan.start:
        text = Wording(
            nl=f"{site.name}, {plan.department}: geplande stop vanaf {_clock(plan.start)}.",
            en=f"{site.name}, {plan.department}: planned stop from {_clock(plan.start)}.",
        )
    else:
        text = Wording(
            nl=f"{site.name}, {plan.department}: geplande stop van {_clock(plan.start)} is niet afgekondigd.",
            en=f"{site.name}, {plan.department}: the stop planned for {_clock(plan.start)} was not declared.",
        )
    return BoardNotice(
        code="plan_soon" if now < plan.start else "plan_not_declared",
        level="info" if now < plan.start else "warning",
        section="2.6",
        text=text,
        since=plan.start - PLAN_SOON,
        hospital=plan.hospital,
        department=plan.department,
        mka=site.mka,
    )


def _of_regions(regions: Sequence[LapseState], now: datetime) -> Iterator[BoardNotice]:
    for region in regions:
        if region.kind is LapseKind.MET:
            text = Wording(
                nl=f"{region.mka}: alle {region.department} een stop of code; bevestig het vervallen (3.1).",
                en=f"{region.mka}: every {region.department} has a stop or code. Rule 3.1: confirm the lapse.",
            )
            yield _about_region("lapse_met", "alarm", region, text, now)
        elif region.one_away:
            text = Wording(
                nl=f"{region.mka}: nog één {region.department} zonder stop of code.",
                en=f"{region.mka}: one {region.department} left without a stop or code.",
            )
            yield _about_region("one_away", "warning", region, text, now)


def _about_region(code: str, level: str, region: LapseState, text: Wording, now: datetime) -> BoardNotice:
    return BoardNotice(
        code=code, level=level, section="3.1", text=text, since=now, department=region.department, mka=region.mka
    )


def _of_feeds(board: Board, now: datetime, editions: Editions) -> Iterator[BoardNotice]:
    limit = timedelta(minutes=editions.national.freshness_min)
    for source, feed in board.feeds.items():
        if now - feed.heard_at > limit:
            text = Wording(
                nl=f"Bron {source} zwijgt sinds {_clock(feed.heard_at)}; de standen zijn onbekend.",
                en=f"Source {source} has been silent since {_clock(feed.heard_at)}; the statuses are unknown.",
            )
            yield BoardNotice(code="feed_stale", level="alarm", section="PD-4", text=text, since=feed.heard_at + limit)


def _clock(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).strftime("%H:%M")
