"""From facts to the board: what each kind of fact changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from advisor.journal.board import Acknowledgement, Board, Feed, HospitalRecord, Trouble
from advisor.journal.department import DepartmentRecord, Word
from advisor.journal.events import (
    AlarmAcknowledged,
    Event,
    FeedHeard,
    FeedRetired,
    FeedTroubled,
    LapseConfirmed,
    PlanWithdrawn,
    Recorded,
    ReferenceAdopted,
    StatusReported,
    StopCorrected,
    StopDeclared,
    StopEnded,
    StopExtended,
    StopPlanned,
)
from advisor.journal.ride_events import RideEvent, RideOpened, RideReviewed
from advisor.journal.rides import advance, open_ride
from advisor.journal.road_events import RoadClosed, RoadReopened, RoadsHeard
from advisor.journal.roadworks import roadwork_of
from advisor.journal.stop import Plan, Stop, advance_stop, open_plan, open_stop
from advisor.kernel import AdvisorError, Department, HospitalId
from advisor.protocol.model import Lapse

KEPT_AFTER_END = timedelta(days=7)  # a stop stays on the board this long, so that a late act gets a fitting answer
RIDES_KEPT = timedelta(days=2)  # after their last fact: for the review by the dispatch centre
ACKNOWLEDGED_KEPT = timedelta(days=7)  # longer than anything that is acknowledged goes on to be an alarm
NEVER = datetime.min.replace(tzinfo=UTC)

Key = TypeVar("Key")
Value = TypeVar("Value")


class OutOfOrder(AdvisorError, ValueError):
    """A fact was offered to a board that has not seen the one before it."""


def apply(board: Board, recorded: Recorded) -> Board:
    """Return the board after one more fact.

    Raises
    ------
    OutOfOrder
        When the number of the fact does not follow the number of the board.
    """
    if recorded.seq != board.seq + 1:
        raise OutOfOrder(f"fact {recorded.seq} does not follow {board.seq}")
    if isinstance(recorded.event, RideEvent):
        after = _with_ride(board, recorded.event)
    else:
        change = _CHANGES.get(type(recorded.event))
        after = board if change is None else change(board, recorded)
    return replace(after, seq=recorded.seq)


def fold(facts: Iterable[Recorded], board: Board | None = None) -> Board:
    """Return the board after all `facts`, beginning with `board` or with nothing."""
    after = Board() if board is None else board
    for recorded in facts:
        after = apply(after, recorded)
    return after


def _declare(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, StopDeclared)
    stop = open_stop(event)
    plan = board.plans.get(event.plan_id) if event.plan_id else None
    if plan is not None:
        board = _with_plan(board, replace(plan, stop_id=stop.id))
    return _with_stop(board, recorded, stop)


def _extend(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, StopExtended)
    return _with_stop(board, recorded, advance_stop(board.stops[event.stop_id], event))


def _end(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, StopEnded)
    return _with_stop(board, recorded, advance_stop(board.stops[event.stop_id], event))


def _correct(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, StopCorrected)
    stop = board.stops[event.stop_id]
    corrected = advance_stop(stop, event)
    latest = _department(board, stop.hospital, stop.department).stop
    if latest is not None and latest.id != stop.id:
        return replace(board, stops=_put(board.stops, stop.id, corrected))
    return _with_stop(board, recorded, corrected)


def _plan(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, StopPlanned)
    return _with_plan(board, open_plan(event))


def _withdraw(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, PlanWithdrawn)
    plan = board.plans[event.plan_id]
    record = _department(board, plan.hospital, plan.department)
    plans = tuple(other for other in record.plans if other.id != plan.id)
    board = _with_department(board, (plan.hospital, plan.department), replace(record, plans=plans))
    return replace(board, plans={key: other for key, other in board.plans.items() if key != plan.id})


def _confirm(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, LapseConfirmed)
    lapse = Lapse(mka=event.mka, department=event.department, confirmed_at=event.at)
    return replace(board, confirmed=_put(board.confirmed, event.subject, lapse))


def _report(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, StatusReported)
    for department, reported in event.departments.items():
        record = _department(board, event.hospital, department)
        before = record.words.get(event.source)
        if before is not None and before.said_at > event.said_at:
            continue
        word = Word(source=event.source, said_at=event.said_at, reported=reported)
        after = replace(record, words=_put(record.words, event.source, word))
        board = _with_department(board, (event.hospital, department), after)
    said_at = max(event.said_at, board.news.get(event.source, event.said_at))
    return replace(board, news=_put(board.news, event.source, said_at))


def _hear(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, FeedHeard)
    before = board.feeds.get(event.source)
    if before is not None and before.heard_at > event.heard_at:
        return board
    silent = {hospital: before.heard_about(hospital) if before else NEVER for hospital in event.missing}
    feed = Feed(heard_at=event.heard_at, silent_since=silent)
    return replace(board, feeds=_put(board.feeds, event.source, feed))


def _trouble(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, FeedTroubled)
    if not event.problems:
        return replace(board, troubles=_without(board.troubles, event.source))
    trouble = Trouble(since=event.at, problems=event.problems)
    return replace(board, troubles=_put(board.troubles, event.source, trouble))


def _retire(board: Board, recorded: Recorded) -> Board:
    source = _expect(recorded, FeedRetired).source
    for hospital, record in board.hospitals.items():
        for department, of_department in record.departments.items():
            if source in of_department.words:
                silenced = replace(of_department, words=_without(of_department.words, source))
                board = _with_department(board, (hospital, department), silenced)
    return replace(
        board,
        feeds=_without(board.feeds, source),
        news=_without(board.news, source),
        troubles=_without(board.troubles, source),
        road_feeds=_without(board.road_feeds, source),
        roadworks={key: work for key, work in board.roadworks.items() if work.source != source},
    )


def _adopt(board: Board, recorded: Recorded) -> Board:
    return replace(board, references=board.references | {recorded.event.subject})


def _close(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, RoadClosed)
    forgotten = event.at - KEPT_AFTER_END
    kept = {key: other for key, other in board.roadworks.items() if not other.is_over(forgotten)}
    return replace(
        board,
        roadworks={**kept, event.closure_id: roadwork_of(event)},
        reopened=_without(board.reopened, event.closure_id),
    )


def _reopen(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, RoadReopened)
    board = replace(board, roadworks=_without(board.roadworks, event.closure_id))
    if event.said_at is None:
        return board
    forgotten = event.at - KEPT_AFTER_END
    kept = {key: said_at for key, said_at in board.reopened.items() if said_at > forgotten}
    return replace(board, reopened={**kept, event.closure_id: event.said_at})


def _hear_roads(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, RoadsHeard)
    as_of = min(event.at, event.as_of)
    heard = max(as_of, board.road_feeds.get(event.source, as_of))
    return replace(board, road_feeds=_put(board.road_feeds, event.source, heard))


def _acknowledge(board: Board, recorded: Recorded) -> Board:
    event = _expect(recorded, AlarmAcknowledged)
    forgotten = event.at - ACKNOWLEDGED_KEPT
    kept = {alarm: other for alarm, other in board.acknowledged.items() if other.at > forgotten}
    return replace(board, acknowledged={event.alarm: Acknowledgement(by=event.by, at=event.at)} | kept)


_CHANGES: Mapping[type[Event], Callable[[Board, Recorded], Board]] = {
    StopDeclared: _declare,
    StopExtended: _extend,
    StopEnded: _end,
    StopCorrected: _correct,
    StopPlanned: _plan,
    PlanWithdrawn: _withdraw,
    LapseConfirmed: _confirm,
    StatusReported: _report,
    FeedHeard: _hear,
    FeedTroubled: _trouble,
    FeedRetired: _retire,
    ReferenceAdopted: _adopt,
    RoadClosed: _close,
    RoadReopened: _reopen,
    RoadsHeard: _hear_roads,
    AlarmAcknowledged: _acknowledge,
}

Kind = TypeVar("Kind", bound=Event)


def _expect(recorded: Recorded, kind: type[Kind]) -> Kind:
    if not isinstance(recorded.event, kind):
        raise TypeError(f"expected {kind.__name__}, got {type(recorded.event).__name__}")
    return recorded.event


def _with_stop(board: Board, recorded: Recorded, stop: Stop) -> Board:
    record = replace(_department(board, stop.hospital, stop.department), stop=stop)
    board = _with_department(board, (stop.hospital, stop.department), record)
    forgotten = recorded.event.at - KEPT_AFTER_END
    stops = {key: other for key, other in board.stops.items() if other.end > forgotten}
    return replace(board, stops={**stops, stop.id: stop})


def _with_ride(board: Board, event: RideEvent) -> Board:
    if isinstance(event, RideReviewed) and event.ride_id not in board.rides:
        return board  # of a ride that the board no longer holds; the journal keeps it
    ride = open_ride(event) if isinstance(event, RideOpened) else advance(board.rides[event.ride_id], event)
    forgotten = event.at - RIDES_KEPT
    kept = {key: other for key, other in board.rides.items() if other.changed_at > forgotten}
    return replace(board, rides={**kept, ride.id: ride})


def _with_plan(board: Board, plan: Plan) -> Board:
    record = _department(board, plan.hospital, plan.department)
    others = [other for other in record.plans if other.id != plan.id and other.until > plan.announced_at]
    plans = tuple(sorted((*others, plan), key=lambda each: (each.start, each.id)))
    board = _with_department(board, (plan.hospital, plan.department), replace(record, plans=plans))
    kept = {key: other for key, other in board.plans.items() if other.until + KEPT_AFTER_END > plan.announced_at}
    return replace(board, plans={**kept, plan.id: plan})


def _with_department(board: Board, key: tuple[HospitalId, Department], record: DepartmentRecord) -> Board:
    hospital, department = key
    before = board.hospitals.get(hospital, HospitalRecord())
    after = HospitalRecord(departments=_put(before.departments, department, record))
    return replace(board, hospitals=_put(board.hospitals, hospital, after))


def _department(board: Board, hospital: HospitalId, department: Department) -> DepartmentRecord:
    return board.hospitals.get(hospital, HospitalRecord()).departments.get(department, DepartmentRecord())


def _put(before: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    return {**before, key: value}


def _without(before: Mapping[Key, Value], key: Key) -> Mapping[Key, Value]:
    return {other: value for other, value in before.items() if other != key} if key in before else before
