"""More than a thousand clients at one process of the Procfile: gunicorn's default would let number 1,001 hang."""

import base64
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.web.server import Workers

pytestmark = pytest.mark.slow

CLIENTS = 1_020


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Workers]:
    """One worker."""
    with Workers(tmp_path, 1) as running:
        yield running


def handshake(port: int) -> bytes:
    """The request that opens a line."""
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def test_client_after_the_thousandth_is_answered(server: Workers) -> None:
    with ExitStack() as open_ones:
        for number in range(CLIENTS):
            line = open_ones.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=20))
            line.sendall(handshake(server.port))
            answer = line.recv(1024)

            assert answer.startswith(b"HTTP/1.1 101"), number
