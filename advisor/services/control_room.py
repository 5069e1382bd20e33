"""All that a dispatch centre watches at a moment, and which part of it is for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from advisor.journal.board import Board
from advisor.kernel import RideId
from advisor.services.access import Actor, Role, require_role
from advisor.services.alarms import Alarm, alarm_document, list_alarms
from advisor.services.oversee_rides import OverseenRide, RideOverseer, overseen_document
from advisor.services.ride_moment import moment_of
from advisor.services.see_rides import SUPERVISORS, may_see
from advisor.services.world import World

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """The open rides and the alarms at one moment, up to fact `seq`."""

    seq: int
    as_of: datetime
    rides: tuple[OverseenRide, ...]
    alarms: tuple[Alarm, ...]

    def for_actor(self, actor: Actor, world: World) -> "RoomView":
        """Return what concerns the actor: a dispatcher of a region sees what touches it, all others everything."""
        if actor.role is not Role.DISPATCHER or not actor.region:
            return self
        mine = tuple(seen for seen in self.rides if may_see(actor, seen.ride, world.regions))
        named = {seen.ride.id for seen in mine}
        alarms = tuple(
            alarm for alarm in self.alarms if not alarm.mka or alarm.mka == actor.region or alarm.ride in named
        )
        return RoomView(seq=self.seq, as_of=self.as_of, rides=mine, alarms=alarms)

    def ride_documents(self, actor: Actor) -> dict[RideId, dict[str, Json]]:
        """Return the rides in JSON terms."""
        return {seen.ride.id: overseen_document(seen, actor) for seen in self.rides}

    def alarm_documents(self) -> list[dict[str, Json]]:
        """Return the alarms in JSON terms."""
        return [alarm_document(alarm) for alarm in self.alarms]


class ControlRoom:
    """Looks at everything for the dispatch centres; remembers what it read between two looks."""

    def __init__(self, world: World, pause: Callable[[], None] = lambda: None) -> None:
        self._world = world
        self._rides = RideOverseer(world, pause)

    def look(self, now: datetime, board: Board) -> RoomView:
        """Return everything at `now`.

        Raises
        ------
        NoEditionForDate
            When no edition speaks about one of the hospitals at `now`.
        """
        at = moment_of(board, now, self._world)
        rides = self._rides.look(at)
        return RoomView(seq=board.seq, as_of=now, rides=rides, alarms=list_alarms(rides, at, world=self._world))


def require_supervisor(actor: Actor) -> None:
    """Let pass a dispatcher or the mma; raises `Forbidden`."""
    require_role(actor, "watch the rides and alarms", *SUPERVISORS)
