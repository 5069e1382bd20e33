"""The live line: Socket.IO events in and out."""

import itertools
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from engineio.packet import MESSAGE, Packet
from flask import Flask, current_app, request
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO
from socketio.packet import EVENT

from advisor.kernel import AdvisorError
from advisor.services.access import Actor
from advisor.services.advice_case import AdviceCase
from advisor.services.authenticate import Known, NotLoggedIn, note_use
from advisor.services.security import Action
from advisor.services.world import World
from advisor.web.access_log import log_line
from advisor.web.advice_delta import advice_delta
from advisor.web.auth import COOKIE, recognise
from advisor.web.broadcast import broadcast
from advisor.web.context import LINE, parts
from advisor.web.fields import Fields
from advisor.web.limits import RateLimit
from advisor.web.looking import BoardLook, look_at_board
from advisor.web.metrics import Metrics
from advisor.web.packets import JsonPacket
from advisor.web.problems import NoSuchEvent, TooManyRequests, render_problem
from advisor.web.render import render_time
from advisor.web.watching import Answered, AskedAdvice, ask
from advisor.web.wire import parse_advice, parse_move

log = logging.getLogger(__name__)

ROOM = "board"
QUESTIONS_MOST, QUESTIONS_WINDOW_S = 60, 10.0
"""How often one client may ask or move: six times a second is faster than any finger."""

COMING_IN_MOST = 4
"""How many clients are looked up at a time; when a process is lost, hundreds come at once, and would leave no reader of
the database to those who are there already."""

Welcome = Callable[[int, Any], None]
Ack = dict[str, Any] | None


class LiveHub(Protocol):
    """What the line needs of the live part."""

    def enter(self, connection: str, actor: Actor, session: str) -> None: ...

    def show_board(self, welcome: Welcome) -> None: ...

    def show_inbound(self, connection: str) -> None: ...

    def show_room(self, connection: str) -> None: ...

    def leave(self, connection: str) -> None: ...

    def end_session(self, session: str) -> None: ...

    def watch(self, connection: str, case: AdviceCase) -> Mapping[str, object]: ...

    def find_case(self, connection: str) -> AdviceCase | None: ...

    def move(self, connection: str, case: AdviceCase) -> None: ...

    def unwatch(self, connection: str) -> None: ...

    def figures(self) -> dict[str, int]: ...

    @property
    def is_stopped(self) -> bool: ...


class SocketOutlet:
    """Shows things to the clients, and sends them what the live part wants told."""

    def __init__(self, socketio: SocketIO, world: World, metrics: Metrics) -> None:
        self._socketio = socketio
        self._world = world
        self._metrics = metrics
        self._written: tuple[BoardLook | None, int, Packet | None] = (None, 0, None)
        self._versions = itertools.count(1)
        self._by_changes: set[str] = set()

    def look(self) -> BoardLook:
        """Show the board as it is now."""
        return look_at_board(self._world.clock(), self._world)

    def ask(self, case: AdviceCase, actor: Actor, now: datetime, previous: Answered | None) -> AskedAdvice:
        """Work an advice out, and number it: a change is told against the answer that was told before."""
        began = time.perf_counter()
        asked = ask(case, actor, now, previous, self._world)
        asked.answer["version"] = next(self._versions)
        self._metrics.note_advice("line", time.perf_counter() - began)
        if previous is None or asked.answer["id"] != previous.answer["id"]:
            self._metrics.note_classes(asked.answer)
        return asked

    def tell_change(self, from_seq: int, look: Any, changed: Sequence[Mapping[str, object]]) -> None:
        """Tell everybody who was welcomed what changed on the board."""
        document = {**look.document, "from_seq": from_seq, "hospitals": list(changed)}
        broadcast(self._socketio, ROOM, "board:delta", document)

    def follow_by_changes(self, connection: str, *, wanted: bool) -> None:
        """Tell a client from now on what differs in its watched advice, or else the whole of it."""
        (self._by_changes.add if wanted else self._by_changes.discard)(connection)

    def tell_advice(self, connection: str, answer: Mapping[str, object], before: Mapping[str, object]) -> None:
        """Tell one client that its watched advice has changed since `before`."""
        delta = advice_delta(before, answer) if connection in self._by_changes else None
        if delta is None:
            self._socketio.emit("advice", answer, to=connection)
        else:
            self._socketio.emit("advice:delta", delta, to=connection)

    def tell(self, connection: str, event: str, document: Mapping[str, object]) -> None:
        """Tell one client of an event that concerns it."""
        self._socketio.emit(event, document, to=connection)

    def tell_ambulances(self, document: Mapping[str, object]) -> None:
        """Tell everybody where the ambulances of the demonstration are."""
        self._socketio.emit("ambulances", document, to=ROOM)

    def beat(self, seq: int) -> None:
        """Tell everybody that the line is alive."""
        beat = {"epoch": self._world.journal.epoch, "seq": seq, "now": render_time(self._world.clock())}
        broadcast(self._socketio, ROOM, "heartbeat", beat)

    def drop(self, connection: str) -> None:
        """Close a connection."""
        self._socketio.server.disconnect(connection)

    def welcome(self, connection: str, seq: int, look: Any) -> None:
        """Hand the whole board to a client, if it is still there, and let it hear of changes."""
        server = self._socketio.server
        if not server.manager.is_connected(connection, "/"):
            return
        server.eio.send_packet(server.manager.eio_sid_from_sid(connection, "/"), self._board(seq, look))
        server.enter_room(connection, ROOM)

    def _board(self, seq: int, look: BoardLook) -> Packet:
        # Written down once for all who come in while it holds: it is some hundred thousand bytes.
        known, known_seq, packet = self._written
        if packet is None or known is not look or known_seq != seq:
            text = JsonPacket(EVENT, data=["board", {**look.document, "seq": seq}], namespace="/").encode()
            packet = Packet(MESSAGE, text)
            self._written = look, seq, packet
        return packet


class Line:
    """Answers what clients send; every answer to an event is its acknowledgement, every error a problem in it."""

    def __init__(self, socketio: SocketIO, outlet: SocketOutlet, hub: LiveHub) -> None:
        self._socketio = socketio
        self._outlet = outlet
        self._hub = hub
        self._door = threading.BoundedSemaphore(COMING_IN_MOST)
        self._questions = RateLimit(most=QUESTIONS_MOST, window_s=QUESTIONS_WINDOW_S)
        self._known: dict[str, Known] = {}

    def open(self, app: Flask) -> None:
        """Begin to listen."""
        app.extensions[LINE] = self
        self._socketio.on_event("connect", self._connect)
        self._socketio.on_event("disconnect", self._disconnect)
        handlers = {
            "board:get": self._get_board,
            "advice:watch": self._watch,
            "advice:unwatch": self._unwatch,
            "position": self._move,
            "*": self._unknown,
        }
        for event, handler in handlers.items():
            self._socketio.on_event(event, _answering(handler))

    def end_session(self, session: str) -> None:
        """Close the connections of a session, by the digest of its token."""
        self._hub.end_session(session)

    def figures(self) -> dict[str, int]:
        """Return how many sockets and watches there are, and up to which number the journal was followed."""
        return self._hub.figures()

    def _connect(self, auth: object = None) -> None:
        if self._hub.is_stopped:
            raise Refused("this process is stopping")
        with self._door:
            known = _recognise(auth)
        connection = _connection()
        self._hub.enter(connection, known.actor, known.session.token_digest)
        self._known[connection] = known
        log_line(known, "openLine", Action.READ, "line", known.actor.hospital or known.actor.region)
        # After this handler: what is sent before it returns would overtake the acceptance itself.
        self._socketio.start_background_task(self._welcome, connection)

    def _disconnect(self, _reason: object = None) -> None:
        self._questions.forget(_connection())
        self._outlet.follow_by_changes(_connection(), wanted=False)
        self._known.pop(_connection(), None)
        self._hub.leave(_connection())

    def _welcome(self, connection: str) -> None:
        try:
            self._show_board(connection)
        except AdvisorError as error:
            # Who was let in and hears nothing would wait; who is sent away tries again.
            log.warning("a client cannot be shown the board: %s", error)
            self._outlet.drop(connection)

    def _show_board(self, connection: str) -> None:
        self._hub.show_board(lambda seq, look: self._outlet.welcome(connection, seq, look))
        self._hub.show_inbound(connection)
        self._hub.show_room(connection)

    def _get_board(self, _payload: object) -> Ack:
        self._note_use()
        self._show_board(_connection())
        return {}

    def _watch(self, payload: object) -> Ack:
        self._note_use()
        fields = _fields(payload)
        by_changes = fields.flag("changes", default=False)
        case = parse_advice(fields)
        self._outlet.follow_by_changes(_connection(), wanted=by_changes)
        answer = dict(self._hub.watch(_connection(), case))
        log_line(self._known[_connection()], "watchAdvice", Action.EXECUTE, "advice", str(answer["id"]))
        return answer

    def _unwatch(self, _payload: object) -> Ack:
        self._hub.unwatch(_connection())
        return {}

    def _move(self, payload: object) -> Ack:
        self._note_use()
        case = self._hub.find_case(_connection())
        if case is not None:
            self._hub.move(_connection(), parse_move(_fields(_with_position(payload)), case))
        return {"watching": case is not None}

    def _unknown(self, _payload: object) -> Ack:
        raise NoSuchEvent("no such event")

    def _note_use(self) -> None:
        connection, now_s, world = _connection(), time.monotonic(), parts().world
        wait_s = self._questions.wait_s(connection, now_s)
        if wait_s > 0:
            raise TooManyRequests(wait_s)
        self._questions.note(connection, now_s)
        self._known[connection] = note_use(self._known[connection], now=world.clock(), world=world)


def _fields(payload: object) -> Fields:
    return Fields(payload, parts().world.registry.hospitals)


def _answering(handler: Callable[[object], Ack]) -> Callable[..., Ack]:
    def answer(*arguments: object) -> Ack:
        try:
            return handler(arguments[0] if arguments else None)
        except AdvisorError as error:
            return {"problem": render_problem(error)}
        except Exception as error:  # the outer edge: the client gets its answer, the log the bug
            current_app.logger.exception("unforeseen error in a socket event")
            return {"problem": render_problem(error)}

    return answer


def _recognise(auth: object) -> Known:
    given = auth.get("token") if isinstance(auth, dict) else None
    try:
        known = recognise(given if isinstance(given, str) else request.cookies.get(COOKIE, ""))
    except AdvisorError as error:  # without an answer the client would wait for one
        raise Refused(str(error)) from error
    if known is None:
        raise Refused(str(NotLoggedIn()))
    return known


def _connection() -> str:
    return str(getattr(request, "sid", ""))


def _with_position(payload: object) -> object:
    """Read `{"lat", "lon", …}` as `{"position": {"lat", "lon"}, …}`: devices send what their sensor gives."""
    if not isinstance(payload, dict) or "position" in payload:
        return payload
    rest = {name: value for name, value in payload.items() if name not in {"lat", "lon"}}
    return rest | {"position": {name: payload[name] for name in ("lat", "lon") if name in payload}}
