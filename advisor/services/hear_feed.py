"""Take in what a source says about departments: a whole snapshot, or news about single hospitals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from advisor.journal.board import Board, HospitalRecord
from advisor.journal.events import (
    Event,
    FeedHeard,
    FeedProblem,
    FeedTroubled,
    Recorded,
    ReportedState,
    StatusReported,
)
from advisor.kernel import AdvisorError, Department, HospitalId, InvalidInput, Problem, Status
from advisor.services.access import Actor, Role, require_role
from advisor.services.free_text import NOTE_LIMIT, holds_bsn
from advisor.services.world import World

WITHHELD = "[…]"


class UnreadableFeed(AdvisorError, ValueError):
    """What a source sent, or answered, of which nothing can be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """What a source says about one hospital; `said_at` is the source's own timestamp of it."""

    hospital: HospitalId
    said_at: datetime
    departments: Mapping[Department, ReportedState]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """How well a snapshot was understood: the moment for which it speaks, and what is the matter with it.

    `doubted` departments are spoken about in a way that cannot be relied upon.
    """

    as_of: datetime | None = None
    doubted: Mapping[HospitalId, frozenset[Department]] = field(default_factory=dict)
    problems: tuple[FeedProblem, ...] = ()


UNDERSTOOD = Hearing()


def hear_feed(
    source: str,
    reports: Sequence[FeedReport],
    *,
    actor: Actor,
    now: datetime,
    world: World,
    hearing: Hearing = UNDERSTOOD,
) -> tuple[Recorded, ...]:
    """Take in a whole snapshot of a source: it stands by everything in it as of `now`, or as of its own moment.

    Only what differs from the source's last word is written down, and nothing at all of a snapshot that a later one
    has overtaken. Hospitals that it spoke about before and leaves out now are noted as missing: they grow stale, they
    are not taken for green. A department that is left out or doubted becomes unknown.

    Raises
    ------
    Forbidden
        When the actor is no source.
    InvalidInput
        When a report names an unknown hospital.
    """
    _require_known(reports, actor, world)
    as_of = now if hearing.as_of is None else min(now, hearing.as_of)

    def decide(board: Board) -> Sequence[Event]:
        before = board.feeds.get(source)
        if before is not None and as_of < before.heard_at:
            return []
        named = {report.hospital for report in reports} | hearing.doubted.keys()
        missing = tuple(hospital for hospital in _spoken_about(board, source) if hospital not in named)
        news = [_event(source, report, changed, actor, now) for report, changed in _news(board, source, reports)]
        doubts = _doubts(board, source, _unsaid(board, source, reports, hearing), actor, now)
        changes: list[Event] = [*news, *doubts]
        if changes or before is None or as_of > before.heard_at:
            changes.append(FeedHeard(at=now, by=actor.name, source=source, missing=missing, as_of=hearing.as_of))
        return [*changes, *troubled(board, source, hearing.problems, actor, now)]

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


def note_trouble(
    source: str, problems: Sequence[FeedProblem], *, actor: Actor, now: datetime, world: World
) -> tuple[Recorded, ...]:
    """Note what is the matter with a source that could not be heard; the same as before is not noted again.

    Raises
    ------
    Forbidden
        When the actor is no source.
    """
    require_role(actor, "report statuses", Role.FEED)
    return world.journal.transact(lambda board: troubled(board, source, problems, actor, now))


def troubled(
    board: Board, source: str, problems: Sequence[FeedProblem], actor: Actor, now: datetime
) -> list[FeedTroubled]:
    """Return the fact that something else is the matter with a source now, if it is."""
    known = board.troubles.get(source)
    if tuple(problems) == (() if known is None else known.problems):
        return []
    return [FeedTroubled(at=now, by=actor.name, source=source, problems=tuple(problems))]


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


def _unsaid(
    board: Board, source: str, reports: Sequence[FeedReport], hearing: Hearing
) -> Iterator[tuple[HospitalId, Department]]:
    """Give each department that the source spoke about before and now is doubted or leaves out of its hospital."""
    said: dict[HospitalId, set[Department]] = {hospital: set() for hospital in hearing.doubted}
    for report in reports:
        said.setdefault(report.hospital, set()).update(report.departments)
    for hospital, departments in said.items():
        relied_upon = departments - hearing.doubted.get(hospital, frozenset())
        for department, record in board.hospitals.get(hospital, HospitalRecord()).departments.items():
            if source in record.words and department not in relied_upon:
                yield hospital, department


def _doubts(
    board: Board, source: str, places: Iterator[tuple[HospitalId, Department]], actor: Actor, now: datetime
) -> Iterator[StatusReported]:
    for hospital, department in places:
        word = board.find_word(source, hospital, department)
        if word is not None and word.reported.status is not Status.UNKNOWN:
            # With the moment of the last word, so that the same word again, once it is beyond doubt, counts.
            report = FeedReport(hospital=hospital, said_at=word.said_at, departments={})
            yield _event(source, report, {department: ReportedState(status=Status.UNKNOWN)}, actor, now)


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
    return replace(state, note=note)
