"""Close or slow a road, so that every advice drives round it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event
from advisor.journal.road_events import ClosureId, RoadClosed
from advisor.journal.roadworks import Roadwork, roadwork_of
from advisor.kernel import Position, Problem
from advisor.roads.closure import ClosureShape
from advisor.services.access import Actor, Role, require_role
from advisor.services.free_text import check_free_text
from advisor.services.refusals import Conflict, Wording
from advisor.services.stop_rules import reject
from advisor.services.world import World

CLOSERS = (Role.DISPATCHER, Role.ADMIN)
KEPT_MOST = 500
"""So many closures that were entered by hand can be on record at a time; more would make every refresh slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRoad:
    """A closure as it is entered; `factor` multiplies the speed, 0 = closed. `start=None` begins now."""

    shape: ClosureShape
    points: tuple[Position, ...]
    start: datetime | None = None
    until: datetime | None = None
    factor: float = 0.0
    both_ways: bool = True
    note: str = ""


def close_road(command: CloseRoad, *, actor: Actor, now: datetime, world: World) -> Roadwork:
    """Close or slow a road from its begin to its end; the drive times follow some seconds later.

    Raises
    ------
    Forbidden
        When the actor is neither a dispatcher nor an admin.
    InvalidInput
        When the points do not fit the shape, or the end does not lie ahead.
    NoSuchRoad
        When no road of the network lies there.
    Conflict
        When more closures are on record than can be worked with.
    """
    require_role(actor, "close a road", *CLOSERS)
    reject([*_problems(command, now), *check_free_text("note", command.note)])
    event = RoadClosed(
        at=now,
        by=actor.name,
        closure_id=ClosureId(world.new_id()),
        shape=command.shape,
        points=command.points,
        start=command.start or now,
        until=command.until,
        factor=command.factor,
        both_ways=command.both_ways,
        note=command.note,
    )
    roadwork = roadwork_of(event)
    world.roads.check_closure(roadwork.closure)

    def decide(board: Board) -> Sequence[Event]:
        by_hand = (other for other in board.roadworks.values() if not other.source)
        if sum(not other.is_over(now) for other in by_hand) >= KEPT_MOST:
            raise _too_many()
        return [event]

    world.journal.transact(decide)
    return roadwork


def _problems(command: CloseRoad, now: datetime) -> list[Problem]:
    if command.until is None:
        return []
    if command.until <= now:
        return [Problem(field="until", message="must be after now")]
    if command.until <= (command.start or now):
        return [Problem(field="until", message="must be after the start")]
    return []


def _too_many() -> Conflict:
    detail = Wording(nl=f"Er lopen al {KEPT_MOST} wegafsluitingen.", en=f"There are {KEPT_MOST} road closures already.")
    hint = Wording(nl="Hef eerst een afsluiting op.", en="Lift one first.")
    return Conflict("too_many_closures", detail, hint)
