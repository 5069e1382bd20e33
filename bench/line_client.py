"""One bare websocket client of the live line, which does as little as it can."""

import asyncio
import base64
import json
import os
import time
from typing import Any

DELTA = b'42["board:delta"'
PING, PONG = b"2", b"3"


class Client(asyncio.Protocol):
    """One client: upgrades, logs in where a token is given, and notes when changes come."""

    def __init__(self, port: int, token: str | None) -> None:
        self._port = port
        self._token = token
        self._data = bytearray()
        self._upgraded = False
        self.welcomed = asyncio.get_running_loop().create_future()
        self.deltas: list[float] = []
        self.lost = False

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._data += data
        if not self._upgraded and not self._upgrade():
            return
        while (frame := self._next()) is not None:
            self._message(frame)

    def connection_lost(self, _error: Exception | None) -> None:
        self.lost = True
        if not self.welcomed.done():
            self.welcomed.set_exception(ConnectionError("the server hung up"))

    def _upgrade(self) -> bool:
        end = self._data.find(b"\r\n\r\n")
        if end < 0:
            return False
        if not self._data.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(bytes(self._data[:end]).decode())
        del self._data[: end + 4]
        self._upgraded = True
        if self._token is None:
            self.welcomed.set_result(None)
        return True

    def _next(self) -> bytes | None:
        data = self._data
        if len(data) < 2:
            return None
        length, start = data[1], 2
        if length == 126:
            length, start = int.from_bytes(data[2:4], "big"), 4
        elif length == 127:
            length, start = int.from_bytes(data[2:10], "big"), 10
        if len(data) < start + length:
            return None
        frame = bytes(data[start : start + length])
        del data[: start + length]
        return frame

    def _message(self, text: bytes) -> None:
        if text.startswith(DELTA):
            self.deltas.append(time.monotonic())
        elif text == PING:
            self._send(PONG)
        elif text.startswith(b"0{"):
            self._send(b"40" + json.dumps({"token": self._token}).encode())
        elif text.startswith(b'42["board",'):
            if not self.welcomed.done():
                self.welcomed.set_result(None)
        elif text.startswith(b"44"):
            self.welcomed.set_exception(ConnectionError(text.decode()))

    def _send(self, text: bytes) -> None:
        length = bytes((0x80 | len(text),)) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")
        # A mask of zeros is a mask.
        self._transport.write(b"\x81" + length + bytes(4) + text)
