"""Everything that happens live in one process: who listens, what they are told, and when to look again."""

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Protocol

from advisor.journal.board import Board
from advisor.live.audience import Audience, Listener
from advisor.live.boards import BoardTeller, Look, Shown
from advisor.live.hints import Hints
from advisor.live.loops import Loop
from advisor.live.room import EVERY_S as ROOM_EVERY_S
from advisor.live.room import RoomTeller
from advisor.live.tidings import Tidings
from advisor.live.watches import Answer, Asked, Watches
from advisor.services.access import Actor
from advisor.services.advice_case import AdviceCase
from advisor.services.authenticate import NotLoggedIn
from advisor.services.world import World

POLL_S = 0.5
"""How often the head of the journal is looked at; without Redis this is how other processes are noticed."""

TICK_S = 1.0
HEARTBEAT_S = 5.0
SESSIONS_S = 1.5
"""How long a session that ended elsewhere may keep its sockets."""


class Outlet(Protocol):
    """The way to the clients, and how things are shown to them."""

    def look(self) -> Look:
        """Show the board as it is now."""
        ...

    def ask(self, case: AdviceCase, actor: Actor, now: datetime, previous: Asked | None) -> Asked:
        """Work an advice out; see `Watches`."""
        ...

    def tell_change(self, from_seq: int, look: Look, changed: Sequence[Shown]) -> None:
        """Tell everybody what changed on the board."""
        ...

    def tell_advice(self, connection: str, answer: Answer, before: Answer) -> None:
        """Tell one client that its watched advice is no longer the one that it was told `before`."""
        ...

    def tell(self, connection: str, event: str, document: Mapping[str, Any]) -> None:
        """Tell one client of an event."""
        ...

    def beat(self, seq: int) -> None:
        """Tell everybody that the line is alive, and up to which number they were told."""
        ...

    def drop(self, connection: str) -> None:
        """Close the connection of a client whose session is over."""
        ...


class Hub:
    """Follows the journal and the clock, and tells the live clients of this process what concerns them."""

    def __init__(self, outlet: Outlet, world: World, hints: Hints) -> None:
        self.audience = Audience()
        self.watches = Watches(outlet.ask, outlet.tell_advice, world.clock)
        self._seen = world.journal.board()
        self._tidings = Tidings(self.audience, outlet.tell, world, outlet.look())
        self._board = BoardTeller(outlet.look, self._tell_change)
        self._room = RoomTeller(self.audience, outlet.tell, world)
        self._outlet = outlet
        self._journal = world.journal
        self._sessions = world.sessions
        self._clock = world.clock
        self._hints = hints
        self._renewing = Loop("watches", self._renew, every_s=TICK_S)
        self._following = Loop("journal", self._follow, every_s=POLL_S)
        self._rooms = Loop("room", self._room.refresh, every_s=ROOM_EVERY_S)
        self._all_watches = threading.Event()
        self._changed: deque[str] = deque()
        self._one_follows = threading.Lock()
        self._stopped = threading.Event()
        self._loops = (
            self._following,
            self._renewing,
            self._rooms,
            Loop("board", self._tick, every_s=TICK_S),
            Loop("heartbeat", self._beat, every_s=HEARTBEAT_S),
            Loop("sessions", self._check_sessions, every_s=SESSIONS_S),
        )

    def start(self) -> None:
        """Begin to follow."""
        self._hints.start(self._following.wake)
        for loop in self._loops:
            loop.start()

    def stop(self) -> None:
        """Let go and close all connections; clients look for another process."""
        self._stopped.set()
        self._hints.stop()
        for loop in self._loops:
            loop.stop()
        for listener in self.audience:
            self.leave(listener.connection)
            self._outlet.drop(listener.connection)

    @property
    def is_stopped(self) -> bool:
        """Tell whether it is over here, and clients must look for another process."""
        return self._stopped.is_set()

    def grown(self, head: int) -> None:
        """Hear that this process has written to the journal; quick, the telling is done elsewhere."""
        self._hints.announce(head)
        self._following.wake()

    def roads_changed(self) -> None:
        """Hear that other drive times answer; quick, the watched advices are asked again elsewhere."""
        self._all_watches.set()
        self._renewing.wake()
        self._tidings.of_roads(self._seen)

    def enter(self, connection: str, actor: Actor, session: str) -> None:
        """Let a client in; `session` is the digest of the token that it came with."""
        self.audience.add(Listener(connection=connection, actor=actor, session=session))

    def show_board(self, welcome: Callable[[int, Look], None]) -> None:
        """Hand the whole board over; a client that is told of changes from here on misses none."""
        self._board.admit(welcome)

    def show_inbound(self, connection: str) -> None:
        """Tell the account of a hospital which ambulances are on their way there; others are told nothing."""
        listener = self.audience.find(connection)
        if listener is not None:
            self._tidings.of_inbound(listener, self._seen)

    def show_room(self, connection: str) -> None:
        """Tell a dispatch centre the open rides and the alarms, and what changes from now on; others nothing."""
        if self._room.admit(connection):
            self._rooms.wake()

    def watch(self, connection: str, case: AdviceCase) -> Answer:
        """Answer a question of a client, and from now on every change of the answer.

        Raises
        ------
        NotLoggedIn
            When the client was not let in, or its session has ended.
        """
        listener = self.audience.find(connection)
        if listener is None:
            raise NotLoggedIn
        return self.watches.watch(connection, case, listener.actor)

    def find_case(self, connection: str) -> AdviceCase | None:
        """Find the question that a client watches."""
        return self.watches.find_case(connection)

    def move(self, connection: str, case: AdviceCase) -> None:
        """Answer the watched question from another position; raises as `Watches.move`."""
        self.watches.move(connection, case)

    def unwatch(self, connection: str) -> None:
        """Answer no more."""
        self.watches.unwatch(connection)

    def figures(self) -> dict[str, int]:
        """Return how many sockets and watches there are, and up to which number the journal was followed."""
        return {"sockets": len(self.audience), "watches": len(self.watches), "followed": self._seen.seq}

    def leave(self, connection: str) -> None:
        """Forget a client."""
        self.audience.remove(connection)
        self._room.forget(connection)
        self.watches.unwatch(connection)

    def end_session(self, session: str) -> None:
        """Close all connections of a session, by the digest of its token."""
        for connection in self.audience.in_session(session):
            self.leave(connection)
            self._outlet.drop(connection)

    def _follow(self) -> None:
        with self._one_follows:
            before, self._seen = self._seen, self._journal.board()
            if _has_news(before, self._seen):
                self._tidings.of_rides(before, self._seen)
                if before.roadworks is not self._seen.roadworks:
                    self._tidings.of_roads(self._seen)
                self._tick()
                self._rooms.wake()

    def _tell_change(self, from_seq: int, look: Look, changed: Sequence[Shown]) -> None:
        self._outlet.tell_change(from_seq, look, changed)
        self._changed.extend(str(shown["id"]) for shown in changed)
        self._tidings.of_board(look, self._seen)

    def _tick(self) -> None:
        if self._board.refresh():
            self._all_watches.set()
            self._renewing.wake()

    def _renew(self) -> None:
        if self._all_watches.is_set():
            self._all_watches.clear()
            self.watches.renew_all({self._changed.popleft() for _ in range(len(self._changed))})
        else:
            self.watches.renew_due()

    def _beat(self) -> None:
        # Raises while the journal cannot be read: a beat says that what the pages show is how things are, and without
        # one they tell within seconds that they are cut off.
        self._follow()
        self._outlet.beat(self._board.seq)

    def _check_sessions(self) -> None:
        open_here = self.audience.sessions
        if not open_here:
            return
        valid = self._sessions.list_valid(open_here, self._clock())
        for digest in open_here:
            if digest not in valid:
                self.end_session(digest)


def _has_news(before: Board, after: Board) -> bool:
    """Tell whether anything but the number differs; most facts are advices, which change nothing that is shown."""
    if after.seq == before.seq:
        return False
    return any(getattr(after, part) is not getattr(before, part) for part in _PARTS)


_PARTS = tuple(field.name for field in fields(Board) if field.name != "seq")
