"""Look back: the board and the rides as they were at a moment, and what the rules of today make of an old advice."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from advisor.journal.events import AdviceGiven
from advisor.kernel import AdviceId, Interval, InvalidInput, Position, Problem
from advisor.protocol.edition import Editions
from advisor.services.access import Actor
from advisor.services.advice_case import read_case
from advisor.services.advice_document import advice_document
from advisor.services.advice_record import AdviceRecords
from advisor.services.control_room import require_supervisor
from advisor.services.documents import moment, position_document
from advisor.services.get_advice import get_receipt
from advisor.services.oversee_rides import OverseenRide, oversee, overseen_document
from advisor.services.past_board import PastBoards
from advisor.services.read_board import BoardView, read_board
from advisor.services.ride_moment import moment_of
from advisor.services.see_rides import may_see
from advisor.services.work_out import Reference, work_out
from advisor.services.world import World

Json = Any

BACK_MOST = timedelta(days=90)
ADVICES_WITHIN = timedelta(minutes=30)
ADVICES_MOST = 200
ADVICES_READ = 5_000

_ALWAYS = Interval(start=datetime.min.replace(tzinfo=UTC), end=None)
_ANYWHERE = Position(lat=0.0, lon=0.0)  # the drive times of the receipt stand in for the position, which may be gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """How things stood at a moment; `advices` are those that were given in the half hour before."""

    board: BoardView
    rides: tuple[OverseenRide, ...]
    advices: tuple[AdviceGiven, ...]


def look_back(
    at: datetime, *, actor: Actor, now: datetime, world: World, boards: PastBoards, pause: Callable[[], None]
) -> Past:
    """Return how things stood at a moment of the last ninety days.

    Rides are seen from where their advice was asked: where each ambulance was then is not told.

    Raises
    ------
    Forbidden
        When the actor is neither dispatcher nor mma.
    InvalidInput
        When the moment is to come, or too long ago.
    NoEditionForDate
        When no edition spoke about one of the hospitals then.
    """
    require_supervisor(actor)
    if not now - BACK_MOST <= at <= now:
        raise InvalidInput([Problem(field="at", message=f"must be in the last {BACK_MOST.days} days")])
    board = boards.at(at, pause)
    seen, records = moment_of(board, at, world), AdviceRecords(world)
    rides = []
    for ride in board.rides.values():
        if ride.is_over or not may_see(actor, ride, world.regions):
            continue
        record = records.find(ride.advice_id)
        rides.append(oversee(ride, record, record.position if record else None, seen, world))
        pause()
    view = read_board(now=at, world=world, board=board)
    return Past(board=view, rides=tuple(rides), advices=_given_before(at, world))


def judge_again(advice_id: AdviceId, *, actor: Actor, now: datetime, world: World) -> dict[str, Json]:
    """Return what the rules and the registry of today make of the facts of an old advice.

    Raises
    ------
    Forbidden, NotFound, DamagedReceipt
        As `get_advice`.
    """
    receipt = get_receipt(advice_id, actor=actor, world=world)
    reference = Reference(registry=world.registry, sites=world.sites, editions=_of_today(world.editions, now))
    case = read_case(receipt.request, receipt.position or _ANYWHERE)
    document = advice_document(receipt, work_out(receipt, case, reference), reference)
    return {**document, "position": position_document(receipt.position)}


def past_document(past: Past, actor: Actor) -> dict[str, Json]:
    """Return it in JSON terms."""
    return {
        "at": moment(past.board.as_of),
        "board": past.board.document,
        "rides": [overseen_document(seen, actor) for seen in past.rides],
        "advices": [
            {"id": event.advice_id, "at": moment(event.at), "by": event.by, "first": event.first}
            for event in past.advices
        ],
    }


def _given_before(at: datetime, world: World) -> tuple[AdviceGiven, ...]:
    period = Interval(start=at - ADVICES_WITHIN, end=at + timedelta(microseconds=1))
    facts = world.journal.read_types([AdviceGiven], period, 0, ADVICES_READ)
    latest = reversed(facts[-ADVICES_MOST:])
    return tuple(recorded.event for recorded in latest if isinstance(recorded.event, AdviceGiven))


def _of_today(editions: Editions, now: datetime) -> Editions:
    speaking = (edition for edition in editions.regional if edition.valid is not None and now in edition.valid)
    return replace(editions, regional=tuple(replace(edition, valid=_ALWAYS) for edition in speaking))
