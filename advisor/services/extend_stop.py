"""Give a running stop a later end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event, StopExtended
from advisor.journal.stop import Stop
from advisor.kernel import StopId
from advisor.services.access import Actor, require_hospital
from advisor.services.stop_rules import check_end, get_stop, reject, require_running
from advisor.services.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendStop:
    """Which stop, and its new end."""

    stop_id: StopId
    until: datetime


def extend_stop(command: ExtendStop, *, actor: Actor, now: datetime, world: World) -> Stop:
    """Extend a stop, strictly before its end; it stays the same stop.

    Raises
    ------
    NotFound
        When there is no such stop.
    Forbidden
        When the actor does not speak for the hospital.
    Conflict
        When the stop has ended, at its very end too; a new one is to be declared then.
    InvalidInput
        When the new end is not after the present one.
    """

    def decide(board: Board) -> Sequence[Event]:
        stop = get_stop(board, command.stop_id)
        require_hospital(actor, "extend a stop", stop.hospital)
        require_running(stop, now)
        reject(check_end("until", command.until, stop.until, "the present end"))
        return [StopExtended(at=now, by=actor.name, stop_id=stop.id, until=command.until)]

    world.journal.transact(decide)
    return get_stop(world.journal.board(), command.stop_id)
