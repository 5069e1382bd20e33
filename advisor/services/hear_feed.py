"""Take in what a source says about departments: a whole snapshot, or news about single hospitals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event, FeedHeard, Recorded, ReportedState, StatusReported
from advisor.kernel import Department, HospitalId, InvalidInput, Problem
from advisor.services.access import Actor, Role, require_role
from advisor.services.free_text import NOTE_LIMIT, holds_bsn
from advisor.services.world import World

WITHHELD = "[…]"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """What a source says about one hospital; `said_at` is the source's own timestamp of it."""

    hospital: HospitalId
    said_at: datetime
    departments: Mapping[Department, ReportedState]


def hear_feed(
    source: str, reports: Sequence[FeedReport], *, actor: Actor, now: datetime, world: World
) -> tuple[Recorded, ...]:
    """Take in a whole snapshot of a source: it stands by everything in it as of `now`.

    Only what differs from the source's last word is written down. Hospitals that it spoke about before and
    leaves out now are noted as missing: they grow stale, they are not taken for green.

    Raises
    ------
    Forbidden
        When the actor is no source.
    InvalidInput
        When a report names an unknown hospital.
    """
    _require_known(reports, actor, world)

    def decide(board: Board) -> Sequence[Event]:
        named = {report.hospital for report in reports}
        missing = tuple(hospital for hospital in _spoken_about(board, source) if hospital not in named)
        news = [_event(source, report, changed, actor, now) for report, changed in _news(board, source, reports)]
        return [*news, FeedHeard(at=now, by=actor.name, source=source, missing=missing)]

    return world.journal.transact(decide)


def report_statuses(
    source: str, reports: Sequence[FeedReport], *, actor: Actor, now: datetime, world: World
) -> tuple[Recorded, ...]:
    """Take in news about single hospitals; the source says nothing about the others, nor that they are unchanged.

    A report that is not newer than the source's last word is left out, so that repeating a push changes nothing.

    Raises
    ------
    Forbidden
        When the actor is no source.
    InvalidInput
        When a report names an unknown hospital.
    """
    _require_known(reports, actor, world)

    def decide(board: Board) -> Sequence[Event]:
        return [
            _event(source, report, newer, actor, now)
            for report in reports
            if (newer := _newer(board, source, report, now))
        ]

    return world.journal.transact(decide)


def _require_known(reports: Sequence[FeedReport], actor: Actor, world: World) -> None:
    require_role(actor, "report statuses", Role.FEED)
    unknown = sorted({report.hospital for report in reports} - world.sites.keys())
    if unknown:
        raise InvalidInput(Problem(field="hospital", message=f"no hospital with id {name!r}") for name in unknown)


def _spoken_about(board: Board, source: str) -> list[HospitalId]:
    return [
        hospital
        for hospital, record in board.hospitals.items()
        if any(source in department.words for department in record.departments.values())
    ]


def _news(
    board: Board, source: str, reports: Sequence[FeedReport]
) -> list[tuple[FeedReport, dict[Department, ReportedState]]]:
    news = []
    for report in reports:
        changed = {
            department: state
            for department, state in report.departments.items()
            if (word := board.find_word(source, report.hospital, department)) is None
            or (word.reported != _clean(state) and word.said_at <= report.said_at)
        }
        if changed:
            news.append((report, changed))
    return news


def _newer(board: Board, source: str, report: FeedReport, now: datetime) -> dict[Department, ReportedState]:
    said_at = min(report.said_at, now)
    return {
        department: state
        for department, state in report.departments.items()
        if (word := board.find_word(source, report.hospital, department)) is None or word.said_at < said_at
    }


def _event(
    source: str, report: FeedReport, departments: Mapping[Department, ReportedState], actor: Actor, now: datetime
) -> StatusReported:
    return StatusReported(
        at=now,
        by=actor.name,
        source=source,
        hospital=report.hospital,
        said_at=min(report.said_at, now),  # a source whose clock is ahead must not win for ever
        departments={department: _clean(state) for department, state in departments.items()},
    )


def _clean(state: ReportedState) -> ReportedState:
    if len(state.note) <= NOTE_LIMIT and not holds_bsn(state.note):
        return state
    note = WITHHELD if holds_bsn(state.note) else state.note[:NOTE_LIMIT]
    return ReportedState(status=state.status, since=state.since, until=state.until, reason=state.reason, note=note)
