"""End a running stop before its entered end."""

from collections.abc import Sequence
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event, StopEnded
from advisor.journal.stop import Stop
from advisor.kernel import StopId
from advisor.services.access import Actor, require_hospital
from advisor.services.stop_rules import get_stop, require_running
from advisor.services.world import World


def end_stop(stop_id: StopId, *, actor: Actor, now: datetime, world: World) -> Stop:
    """End a stop at once.

    Raises
    ------
    NotFound
        When there is no such stop.
    Forbidden
        When the actor does not speak for the hospital.
    Conflict
        When the stop has ended already.
    """

    def decide(board: Board) -> Sequence[Event]:
        stop = get_stop(board, stop_id)
        require_hospital(actor, "end a stop", stop.hospital)
        require_running(stop, now)
        return [StopEnded(at=now, by=actor.name, stop_id=stop.id)]

    world.journal.transact(decide)
    return get_stop(world.journal.board(), stop_id)
