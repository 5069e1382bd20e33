"""The known traps of Socket.IO on gevent stay closed."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import websocket

ROOT = Path(__file__).parents[2]
SERVER = Path(__file__).with_name("flood_server.py")
SEND_LIMIT_S = 5.0


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Port of a running server."""
    command = [sys.executable, str(SERVER), str(SEND_LIMIT_S)]
    server = subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    yield int(server.stdout.readline())
    server.kill()
    server.wait()
    server.stdout.close()


@contextmanager
def client(port: int, *, buffer_bytes: int = 65536, **options: object) -> Iterator[websocket.WebSocket]:
    """A bare websocket that has joined the default namespace."""
    address = f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
    connection = websocket.create_connection(
        address, timeout=10, sockopt=[(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)], **options
    )
    connection.recv()
    connection.send("40")
    connection.recv()
    yield connection
    connection.close(timeout=0.1)


def read_drops(connection: websocket.WebSocket, count: int) -> list[dict[str, object]]:
    """Read messages of the flood until `count` have come."""
    drops: list[dict[str, object]] = []
    while len(drops) < count:
        text = connection.recv()
        if text == "2":
            connection.send("3")
        elif text.startswith("42"):
            drops.append(json.loads(text[2:])[1])
    return drops


@pytest.mark.parametrize("event", ["flood", "flood:all"])
def test_client_that_reads_slowly_gets_whole_frames_in_order(port: int, event: str) -> None:
    with client(port, buffer_bytes=2048) as slow:
        slow.send(f'42["{event}",40,100000]')
        time.sleep(0.7)

        drops = read_drops(slow, 40)

    assert [(drop["number"], len(str(drop["text"]))) for drop in drops] == [(number, 100000) for number in range(40)]


@pytest.mark.parametrize("event", ["flood", "flood:all"])
def test_client_that_stops_reading_holds_up_nobody_else(port: int, event: str) -> None:
    with client(port, buffer_bytes=2048) as stuck, client(port) as other:
        stuck.send(f'42["{event}",80,100000]')
        time.sleep(0.2)
        before = time.monotonic()
        other.send('420["echo","still here"]')

        assert other.recv() == '430["still here"]'
        assert time.monotonic() - before < 0.5


def test_client_that_never_reads_again_is_cut_off(port: int) -> None:
    def gone() -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/gone") as answer:
            return int(answer.read())

    before = gone()
    with client(port, buffer_bytes=2048) as stuck:
        stuck.send('42["flood",80,100000]')
        deadline = time.monotonic() + SEND_LIMIT_S + 5
        while gone() == before and time.monotonic() < deadline:
            time.sleep(0.1)

        assert gone() == before + 1


def test_compression_is_refused(port: int) -> None:
    offer = ["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"]

    with client(port, header=offer) as connection:
        assert "sec-websocket-extensions" not in connection.getheaders()


def test_page_of_another_site_cannot_connect(port: int) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException, match="400"), client(port, origin="https://evil.example"):
        pass


def test_own_page_can_connect(port: int) -> None:
    with client(port, origin=f"http://127.0.0.1:{port}") as connection:
        assert connection.connected


def test_nothing_is_served_on_a_connection_after_its_websocket_has_closed(port: int) -> None:
    handshake = (
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
    )
    farewell = websocket.ABNF.create_frame(b"\x03\xe8", websocket.ABNF.OPCODE_CLOSE).format()

    with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
        plain.sendall(handshake.encode())
        answer = plain.recv(4096)
        plain.sendall(farewell)
        time.sleep(0.3)
        with suppress(OSError):
            plain.sendall(b"GET /gone HTTP/1.1\r\nHost: here\r\n\r\n")
            while more := plain.recv(4096):
                answer += more

    assert answer.count(b"HTTP/1.1") == 1


def test_long_polling_is_refused(port: int) -> None:
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/socket.io/?EIO=4&transport=polling")


def test_gevent_websocket_is_not_installed() -> None:
    requirements = (ROOT / "requirements.txt").read_text("utf-8")

    assert "gevent-websocket" not in requirements.lower()


def test_procfile_lets_more_than_a_thousand_clients_in() -> None:
    connections = re.search(r"--worker-connections[ =](\d+)", (ROOT / "Procfile").read_text("utf-8"))

    assert connections is not None
    assert int(connections[1]) > 1000
