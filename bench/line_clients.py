"""Many bare websocket clients in one process: `python -m bench.line_clients PORT COUNT`, driven line by line.

Standard input holds the session tokens as JSON (an empty list for the bare server), then `marks`: each is answered with
the moment (monotonic clock of the machine, seconds) at which the last client had received its newest change, how many
have, and how many messages came in all. The clients do as little as they can, so that the server is what is measured.
"""

import asyncio
import base64
import json
import os
import sys
import time
from collections.abc import Sequence
from typing import Any

import uvloop

AT_ONCE = 8
"""How many connect at the same time."""
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
        assert len(text) < 126
        # A mask of zeros is a mask.
        self._transport.write(bytes((0x81, 0x80 | len(text), 0, 0, 0, 0)) + text)


async def main(port: int, count: int) -> None:
    """Connect, say so, and answer marks until the end of input."""
    loop = asyncio.get_running_loop()
    tokens: list[str] = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    clients: list[Client] = []
    began = time.monotonic()

    async def connect(numbers: Sequence[int]) -> None:
        for number in numbers:
            token = tokens[number] if tokens else None
            _, client = await loop.create_connection(lambda token=token: Client(port, token), "127.0.0.1", port)
            await asyncio.wait_for(client.welcomed, 60)
            clients.append(client)

    await asyncio.gather(*(connect(range(first, count, AT_ONCE)) for first in range(AT_ONCE)))
    print(json.dumps({"connected": len(clients), "took_s": time.monotonic() - began}), flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        newest = [client.deltas[-1] for client in clients if client.deltas]
        told = {
            "last": max(newest, default=0.0),
            "fewest": min(len(client.deltas) for client in clients),
            "most": max(len(client.deltas) for client in clients),
            "lost": sum(client.lost for client in clients),
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2])))
