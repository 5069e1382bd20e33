"""What a client may send on the live line, looked at before the libraries see it.

They log a traceback for each message that they do not understand, keep attachments that we never ask for, and let a
client join as often as it likes; so whatever our pages never send ends the connection.
"""

import re
from typing import Any

import orjson
from socketio.packet import Packet

CLOSE, PONG = "1", "3"
JOIN, LEAVE, EVENT = "40", "41", "42"
RESERVED = frozenset({"connect", "disconnect", "connect_error", "*", "__disconnect_final"})
"""The library calls the handler of this name, whoever sends it."""
_EVENT = re.compile(r"42\d{0,9}(?=\[)")


class JsonPacket(Packet):  # type: ignore[misc] # a library without types
    """A packet that holds JSON alone: otherwise every value of every document is looked at in search of bytes."""

    uses_binary_events = False


class Gate:
    """Follows what one client sends."""

    def __init__(self) -> None:
        self._joined = False
        self._has_left = False

    def lets_in(self, message: str | bytes) -> bool:
        """Tell whether a message is one that a client of ours may send at this point."""
        if isinstance(message, bytes):
            return False
        if message.startswith(JOIN):
            first, self._joined = not self._joined, True
            return first and (message == JOIN or isinstance(_read(message[2:]), dict))
        if message.startswith(EVENT):
            return self._joined and not self._has_left and _is_event(message)
        if message == LEAVE:
            # From here on nobody would answer its events; who comes back does so on a new connection.
            first, self._has_left = not self._has_left, True
            return first and self._joined
        return message in {CLOSE, PONG}


def _is_event(message: str) -> bool:
    start = _EVENT.match(message)
    arguments = _read(message[start.end() :]) if start else None
    if not isinstance(arguments, list) or not arguments or not isinstance(arguments[0], str):
        return False
    return arguments[0] not in RESERVED


def _read(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
