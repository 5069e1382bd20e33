"""Take an alarm upon oneself."""

from collections.abc import Sequence
from datetime import datetime

from advisor.journal.board import Acknowledgement, Board
from advisor.journal.events import AlarmAcknowledged, Event
from advisor.services.access import Actor, Role, require_role
from advisor.services.control_room import ControlRoom
from advisor.services.refusals import NotFound
from advisor.services.world import World


def acknowledge_alarm(
    alarm_id: str, *, actor: Actor, now: datetime, world: World, room: ControlRoom
) -> Acknowledgement:
    """Note that somebody deals with an alarm; when somebody did so before, that stays and is returned.

    Raises
    ------
    Forbidden
        When the actor is no dispatcher.
    NotFound
        When there is no such alarm, not any more, or not in the region of the actor.
    """
    require_role(actor, "acknowledge an alarm", Role.DISPATCHER)
    board = world.journal.board()
    known = board.acknowledged.get(alarm_id)
    if known is not None:
        return known
    if alarm_id not in {alarm.id for alarm in room.look(now, board).for_actor(actor, world).alarms}:
        raise NotFound("alarm", alarm_id)

    def decide(board: Board) -> Sequence[Event]:
        if alarm_id in board.acknowledged:
            return []
        return [AlarmAcknowledged(at=now, by=actor.name, alarm=alarm_id)]

    world.journal.transact(decide)
    return world.journal.board().acknowledged[alarm_id]
