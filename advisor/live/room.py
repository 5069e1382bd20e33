"""Tells the dispatch centres how the open rides and the alarms stand: everything once, then what changed."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.kernel import RideId
from advisor.live.audience import Audience
from advisor.services.access import Actor, Role
from advisor.services.control_room import ControlRoom, RoomView
from advisor.services.documents import moment
from advisor.services.see_rides import SUPERVISORS
from advisor.services.world import World

Tell = Callable[[str, str, Mapping[str, Any]], None]

EVERY_S = 10.0
"""How often it is looked at without any news: what follows from the clock alone is told no later than this."""
LEAST_S = 1.0
"""Between two looks; positions of many ambulances make news many times a second."""
BREATHER = 4.0
"""Looking takes at most one part in so many of the time, however much there is to see."""


@dataclass(slots=True)
class _Told:
    """What a client knows; nothing yet when `rides` is None."""

    rides: Mapping[RideId, Mapping[str, Any]] | None = None
    alarms: list[dict[str, Any]] = field(default_factory=list)


class RoomTeller:
    """Remembers what each dispatch centre was told. `refresh` is called again and again, on one thread."""

    def __init__(self, audience: Audience, tell: Tell, world: World) -> None:
        self._audience = audience
        self._tell = tell
        self._world = world
        self._room = ControlRoom(world, pause=lambda: time.sleep(0))
        self._told: dict[str, _Told] = {}
        self._not_before_s = 0.0

    def admit(self, connection: str) -> bool:
        """Let a client hear everything from now on, from the beginning; False when it is not for that client."""
        listener = self._audience.find(connection)
        if listener is None or listener.actor.role not in SUPERVISORS:
            return False
        self._told[connection] = _Told()
        return True

    def forget(self, connection: str) -> None:
        """Tell a client no more."""
        self._told.pop(connection, None)

    def refresh(self) -> None:
        """Look, and tell everybody what is new."""
        if not self._told:
            return
        time.sleep(max(0.0, self._not_before_s - time.monotonic()))
        began_s = time.monotonic()
        view = self._room.look(self._world.clock(), self._world.journal.board())
        shown: dict[tuple[Role, str], tuple[RoomView, Mapping[RideId, Mapping[str, Any]], list[dict[str, Any]]]] = {}
        for connection, told in tuple(self._told.items()):
            listener = self._audience.find(connection)
            if listener is None:
                self.forget(connection)
                continue
            key = (listener.actor.role, listener.actor.region)
            if key not in shown:
                shown[key] = _shown(view, listener.actor, self._world)
            self._tell_one(connection, told, *shown[key])
        ended_s = time.monotonic()
        self._not_before_s = began_s + max(LEAST_S, BREATHER * (ended_s - began_s))

    def _tell_one(
        self,
        connection: str,
        told: _Told,
        view: RoomView,
        rides: Mapping[RideId, Mapping[str, Any]],
        alarms: list[dict[str, Any]],
    ) -> None:
        before = told.rides
        changed = [shown for ride, shown in rides.items() if before is None or before.get(ride) != shown]
        gone = [ride for ride in before or {} if ride not in rides]
        if before is not None and not changed and not gone and told.alarms == alarms:
            return
        told.rides, told.alarms = rides, alarms
        document = {
            "seq": view.seq,
            "epoch": self._world.journal.epoch,
            "as_of": moment(view.as_of),
            "whole": before is None,
            "rides": changed,
            "gone": gone,
            "alarms": alarms,
        }
        self._tell(connection, "room", document)


def _shown(
    view: RoomView, actor: Actor, world: World
) -> tuple[RoomView, Mapping[RideId, Mapping[str, Any]], list[dict[str, Any]]]:
    part = view.for_actor(actor, world)
    return part, part.ride_documents(actor), part.alarm_documents()
