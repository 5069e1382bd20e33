"""The server's end of a websocket on gevent: whole frames, no compression, one greenlet to read.

The handshake and the frames that go out are a few bytes each; what comes in is taken apart by wsproto.
"""

from contextlib import suppress
from functools import lru_cache
from typing import Any

import gevent
from gevent.lock import BoundedSemaphore
from wsproto import ConnectionType
from wsproto.connection import Connection, ConnectionState
from wsproto.events import BytesMessage, CloseConnection, Ping, TextMessage
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import LocalProtocolError, RemoteProtocolError, generate_accept_token

SEND_LIMIT_S = 20.0
"""How long one message may wait for a client that does not read; after that its connection is cut."""

READ_BYTES = 4096
TEXT, SHORT, TWO_BYTES = 0x81, 126, 1 << 16


class NotAWebsocket(OSError):
    """The request is no handshake of the version that everybody speaks."""


class Websocket:
    """One connection.

    Messages go out whole, one at a time, or the connection is cut: a client that reads slowly must never receive a
    torn frame, and as soon as sending takes several steps, the answer to a ping must not slip in between. The offer
    to compress is ignored: that costs two to three times the processor time.
    """

    def __init__(self, environ: dict[str, Any], *, longest_bytes: int) -> None:
        """Take over the connection of a request, and answer its handshake.

        Raises
        ------
        NotAWebsocket
            When it is none.
        """
        self._socket, self.is_gunicorns = _socket_of(environ)
        self._one_at_a_time = BoundedSemaphore(1)
        self._broken = False
        self._longest_bytes = longest_bytes
        self._parts: list[str | bytes] = []
        self._length = 0
        self._protocol = Connection(ConnectionType.SERVER)
        self._write(_acceptance(environ))

    def send(self, message: str | bytes) -> None:
        """Send a message; everything we send is text.

        Raises
        ------
        OSError
            When the connection is closed or the client does not read.
        """
        if self._protocol.state is not ConnectionState.OPEN:
            raise BrokenPipeError("the connection is closed")
        self._write(frame_of(message if isinstance(message, str) else message.decode()))

    def send_at_once(self, frame: bytes) -> bool:
        """Send a frame without waiting; False when that cannot be done, and nothing of it was sent.

        What the connection did not take of it follows as soon as it can, before anything else.
        """
        plain = getattr(self._socket, "_sock", None)
        if plain is None or self._broken or self._protocol.state is not ConnectionState.OPEN:
            return False
        if not self._one_at_a_time.acquire(blocking=False):
            return False
        try:
            sent: int = plain.send(frame)
        except OSError:  # its buffer is full, or it is gone: the usual way finds out which
            sent = 0
        if 0 < sent < len(frame):
            gevent.spawn(self._finish, frame[sent:])  # lets go of the lock
            return True
        self._one_at_a_time.release()
        return sent > 0

    def receive(self) -> str | bytes | None:
        """Wait for the next message; None when the connection has ended."""
        with suppress(OSError, LocalProtocolError, RemoteProtocolError):
            while not self._broken:
                for event in self._protocol.events():
                    if isinstance(event, TextMessage | BytesMessage):
                        message = self._assemble(event)
                        if message is not None:
                            return message
                    elif not self._answer(event):
                        return None
                data = self._socket.recv(READ_BYTES)
                if not data:
                    return None
                self._protocol.receive_data(data)
        return None

    def close(self, code: CloseReason = CloseReason.NORMAL_CLOSURE) -> None:
        """Say farewell, unless that is past, and end the connection."""
        with suppress(OSError, LocalProtocolError):
            self._write(self._protocol.send(CloseConnection(code=code)))
        self.cut()

    def cut(self) -> None:
        """End the connection and not only our hold of it.

        Otherwise the web server would take what the client still sends for its next request.
        """
        self._broken = True
        with suppress(OSError):
            self._socket.shutdown(2)

    def _assemble(self, event: Any) -> str | bytes | None:
        self._length += len(event.data)
        if self._length > self._longest_bytes:
            self.close(CloseReason.MESSAGE_TOO_BIG)
            raise BrokenPipeError("the message is too long")
        self._parts.append(event.data if isinstance(event.data, str) else bytes(event.data))
        if not event.message_finished:
            return None
        parts, self._parts, self._length = self._parts, [], 0
        return "".join(parts) if isinstance(event.data, str) else b"".join(parts)  # type: ignore[arg-type] # all alike

    def _answer(self, event: Any) -> bool:
        if isinstance(event, Ping):
            self._write(self._protocol.send(event.response()))
        if isinstance(event, CloseConnection):
            if self._protocol.state is ConnectionState.REMOTE_CLOSING:
                self._write(self._protocol.send(event.response()))
            return False
        return True

    def _write(self, data: bytes) -> None:
        with self._one_at_a_time:
            self._write_all(data)

    def _finish(self, rest: bytes) -> None:
        try:
            with suppress(BrokenPipeError):
                self._write_all(rest)
        finally:
            self._one_at_a_time.release()

    def _write_all(self, data: bytes) -> None:
        if self._broken:
            raise BrokenPipeError("the connection was cut")
        try:
            with gevent.Timeout(SEND_LIMIT_S, TimeoutError("the client does not read")):
                self._socket.sendall(data)
        except OSError as error:  # TimeoutError is one too
            self.cut()  # half a frame may have gone out
            raise BrokenPipeError(str(error)) from error


@lru_cache(maxsize=4)
def frame_of(message: str) -> bytes:
    """Return a message as a frame; the same one goes to hundreds of clients in a row."""
    data = message.encode()
    length = len(data)
    if length < SHORT:
        head = bytes((TEXT, length))
    elif length < TWO_BYTES:
        head = bytes((TEXT, SHORT)) + length.to_bytes(2, "big")
    else:
        head = bytes((TEXT, SHORT + 1)) + length.to_bytes(8, "big")
    return head + data


def _acceptance(environ: dict[str, Any]) -> bytes:
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
    if not key or environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        raise NotAWebsocket("not a websocket handshake")
    lines = ("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade")
    accept = f"Sec-WebSocket-Accept: {generate_accept_token(key.encode()).decode()}"
    return "\r\n".join((*lines, accept, "", "")).encode()


def _socket_of(environ: dict[str, Any]) -> tuple[Any, bool]:
    """Return the socket of a request, and whether gunicorn serves it; else gevent's own server does."""
    if "gunicorn.socket" in environ:
        return environ["gunicorn.socket"], True
    # pywsgi hides it behind the body of the request.
    body = environ["wsgi.input"]
    return getattr(body, "rfile", body).raw._sock, False  # noqa: SLF001
