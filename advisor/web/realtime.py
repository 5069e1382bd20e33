"""Socket.IO on gevent, with the known traps of that stack closed."""

from errno import EPIPE
from importlib.util import find_spec
from typing import Any

import orjson
from flask import Flask
from flask_socketio import SocketIO
from wsproto.frame_protocol import CloseReason

from advisor.kernel import AdvisorError
from advisor.web.broadcast import WEBSOCKET
from advisor.web.origin import is_own_origin
from advisor.web.packets import Gate, JsonPacket
from advisor.web.websocket import NotAWebsocket, Websocket

MESSAGE_LONGEST_BYTES = 64 * 1024


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


class WebSocketWSGI:
    """What engine.io calls for each websocket request."""

    def __init__(self, handler: Any, _server: Any) -> None:
        self._handler = handler
        self._gate = Gate()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        try:
            self._socket = Websocket(environ, longest_bytes=MESSAGE_LONGEST_BYTES)
        except NotAWebsocket:
            start_response("400 Bad Request", [("Content-Length", "0")])
            return []
        except OSError:
            return []  # gone before it was answered
        # The handler is a method of the engine.io socket that this is the websocket of.
        setattr(self._handler.__self__, WEBSOCKET, self._socket)
        self._handler(self)
        self._socket.cut()
        # Each server has a way of its own to hear that the connection is used up; otherwise what a client still sends
        # would be read as its next request.
        if self._socket.is_gunicorns:
            raise StopIteration
        raise BrokenPipeError(EPIPE, "the websocket has ended")

    def send(self, message: str | bytes) -> None:
        self._socket.send(message)

    def wait(self) -> str | bytes | None:
        message = self._socket.receive()
        if message is None or self._gate.lets_in(message):
            return message
        self._socket.close(CloseReason.POLICY_VIOLATION)
        return None

    def close(self) -> None:
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
        serializer=JsonPacket,
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
