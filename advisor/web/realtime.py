"""Socket.IO on gevent, with the known traps of that stack closed."""

from contextlib import suppress
from importlib.util import find_spec
from typing import Any

import gevent
import orjson
import simple_websocket
from engineio.async_drivers.gevent import Thread
from flask import Flask
from flask_socketio import SocketIO
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from gevent.selectors import DefaultSelector

from advisor.kernel import AdvisorError
from advisor.web.origin import is_own_origin

MESSAGE_LONGEST_BYTES = 64 * 1024
SEND_LIMIT_S = 20.0
"""How long one message may wait for a client that does not read; after that its connection is cut."""


class WrongEnvironment(AdvisorError, RuntimeError):
    """A package is installed that must not be."""


class Json:
    """The two functions of `json` that Socket.IO calls, by orjson."""

    @staticmethod
    def dumps(value: object, **_: object) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: object) -> Any:
        return orjson.loads(text)


class WholeWrites:
    """A socket whose `send` sends everything, one message at a time, or breaks the connection.

    simple-websocket 1.1.0 calls `send` once and ignores how much of the frame went out, so a client that reads slowly
    receives torn frames; and as soon as sending takes several steps, the answer to a ping must not slip in between.
    """

    def __init__(self, plain: Any) -> None:
        self._plain = plain
        self._one_at_a_time = BoundedSemaphore(1)
        self._broken = False

    def send(self, data: bytes) -> int:
        with self._one_at_a_time:
            if self._broken:
                raise BrokenPipeError("the connection was cut")
            try:
                with gevent.Timeout(SEND_LIMIT_S, TimeoutError("the client does not read")):
                    self._plain.sendall(data)
            except OSError as error:  # TimeoutError is one too
                self._cut()  # half a frame may have gone out
                raise BrokenPipeError(str(error)) from error
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)

    def close(self) -> None:
        """End the connection, not only this handle of it.

        Otherwise the web server would take what the client still sends for its next request.
        """
        self._cut()
        self._plain.close()

    def _cut(self) -> None:
        self._broken = True
        with suppress(OSError):
            self._plain.shutdown(2)


class PlainServer(simple_websocket.Server):  # type: ignore[misc] # a library without types
    """A websocket that writes whole frames and refuses compression.

    simple-websocket accepts permessage-deflate from any browser that offers it, which costs two to three times the
    processor time; without the header the client's offer never reaches it.
    """

    def handshake(self) -> None:
        self.sock: Any = WholeWrites(self.sock)
        self.environ: dict[str, Any] = dict(self.environ)
        self.environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        super().handshake()


class WebSocketWSGI:
    """What engine.io calls for each websocket request, on gevent without gevent-websocket."""

    def __init__(self, handler: Any, _server: Any) -> None:
        self._handler = handler

    def __call__(self, environ: dict[str, Any], _start_response: Any) -> Any:
        try:
            self._socket = PlainServer(
                environ,
                max_message_size=MESSAGE_LONGEST_BYTES,
                thread_class=Thread,
                event_class=Event,
                selector_class=DefaultSelector,
            )
        except simple_websocket.ConnectionError:
            return []  # not a websocket handshake after all; the socket is closed by the server
        answer = self._handler(self)
        self._socket.sock.close()
        if self._socket.mode == "gunicorn":
            # gunicorn's way of hearing that the connection is used up
            raise StopIteration
        return answer

    def send(self, message: str | bytes) -> None:
        try:
            self._socket.send(message)
        except simple_websocket.ConnectionClosed as error:
            raise OSError("the connection is closed") from error

    def wait(self) -> str | bytes | None:
        try:
            message: str | bytes | None = self._socket.receive()
        except simple_websocket.ConnectionClosed:
            return None
        return message

    def close(self) -> None:
        if self._socket.connected:
            self._socket.close()


def create_socketio(app: Flask, origins: tuple[str, ...]) -> SocketIO:
    """Attach Socket.IO to the application: websocket only, own origin only, no compression.

    Raises
    ------
    WrongEnvironment
        When gevent-websocket is installed: its handler would take the place of ours.
    """
    if find_spec("geventwebsocket") is not None:
        raise WrongEnvironment("gevent-websocket is installed; uninstall it, it breaks Socket.IO on this server")

    def is_allowed(origin: str | None, environ: dict[str, Any]) -> bool:
        return is_own_origin(origin, environ, origins)

    socketio = SocketIO(
        app,
        async_mode="gevent",
        async_handlers=False,  # a client's events one by one: order is kept, a flood slows only its sender
        transports=["websocket"],
        allow_upgrades=False,
        cors_allowed_origins=is_allowed,
        json=Json,
        manage_session=False,
        max_http_buffer_size=MESSAGE_LONGEST_BYTES,
        ping_interval=15,
        ping_timeout=15,
        http_compression=False,
    )
    engine = socketio.server.eio
    # engine.io has no setting for the websocket class; its table of drivers is the one place to hand in ours.
    engine._async = {**engine._async, "websocket": WebSocketWSGI}  # noqa: SLF001
    return socketio
