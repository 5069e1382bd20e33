"""Messages on the live line of a real server: good events with nasty payloads, and what none of our clients sends."""

import json
import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import websocket

from tests.fuzz.findings import HANGS_AFTER_S, Findings
from tests.fuzz.spoilt import NASTY, spoil
from tests.web.line import HERE
from tests.web.server import Server
from tests.web.staffed import Staff, hire, staffed_server

GOOD: dict[str, Any] = {
    "advice:watch": {
        **HERE,
        "suspicion": "stroke",
        "origin": "112",
        "relation": {"olvg-oost": {"active": "yes", "related": "doubt"}},
        "changes": True,
    },
    "position": {"lat": 52.37, "lon": 4.9, "accuracy_m": 12},
    "advice:unwatch": {},
    "board:get": {},
    "room:get": {},
    "no:such": {},
}
BROKEN: tuple[str | bytes, ...] = (
    "", "0", "1", "2", "3", "5", "6", "7", "9", "x", "4", "40", "41", "42", "43", "44", "45", "46", "47", "40{}",
    "40[]", "40/admin,", "42{}", "42[]", "42[1]", "42[null]", '42["position"', '42["position",{"lat":1e400}]',
    '42["connect",{}]', '42["disconnect"]', '42["message","x"]', '43["x"]', '431["x"]', '459999999999-["x"]',
    '451-["position",{"_placeholder":true,"num":0}]', "4" + "2" * 300, '42999999999999999999["board:get"]',
    '42/admin,["x"]', "42" + "[" * 5_000, "b4AAEC", "\x00", "é" * 1_000, b"", b"\x00\x01", b"4" * 100,
    "4" + "x" * 70_000,
)  # fmt: skip
BURST = 8
"""Messages on one connection; less than a flood, which would only be refused as one."""


class _Page:
    """One connection that has joined, unless it was refused."""

    def __init__(self, server: Server, token: str) -> None:
        address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
        self._line = websocket.create_connection(address, timeout=HANGS_AFTER_S)
        self._line.recv()
        self._line.send("40" + json.dumps({"token": token}))
        while not (text := self._line.recv()).startswith("40"):
            if not text:
                self.close()
                raise OSError("the server hung up")

    def send(self, message: str | bytes) -> None:
        """Send anything at all."""
        opcode = websocket.ABNF.OPCODE_BINARY if isinstance(message, bytes) else websocket.ABNF.OPCODE_TEXT
        self._line.send(message, opcode)

    def answer(self, number: int) -> Any:
        """Wait for the acknowledgement of an event; None when the server hung up instead."""
        while True:
            text = self._line.recv()
            if not text:
                return None
            if text == "2":
                self._line.send("3")
            elif text.startswith(f"43{number}["):
                return json.loads(text[text.index("[") :])[0]

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError, websocket.WebSocketException):
            self._line.close(timeout=0.2)
        self._line.shutdown()  # `close` leaves the socket open when the server hung up first


def fuzz_line(folder: Path, messages: int, seed: int) -> Findings:
    """Send so many messages to a server of its own; `seed` repeats a run."""
    dice, findings = random.Random(seed), Findings()
    staff = hire(folder, 1)
    with staffed_server(folder, staff) as server, closing(sqlite3.connect(staff.database)) as database:
        while findings.requests < messages:
            with findings.clocked("a connection"):
                _burst(server, staff, database, dice, findings)
        if server.call("GET", "/board", staff.gp).status_code != 200:
            findings.wrong.append("the server answers no more")
        findings.wrong += [
            line[:300] for line in server.output.splitlines() if " ERROR " in line or line.startswith("Traceback")
        ]
    return findings


def _burst(server: Server, staff: Staff, database: sqlite3.Connection, dice: random.Random, findings: Findings) -> None:
    page = _Page(server, dice.choice((staff.nurses[0], staff.coordinator, staff.dispatcher, staff.gp)))
    try:
        for number in range(BURST):
            before = _head(database)
            what, status = _broken(page, dice) if dice.random() < 0.25 else _event(page, number, dice)
            findings.note(what, status, "")
            if status >= 400 and _head(database) != before:
                findings.wrong.append(f"{what}: {status}, yet something was written down")
    except websocket.WebSocketTimeoutException:
        findings.wrong.append("no answer in time")
    except (OSError, websocket.WebSocketException):
        pass  # hung up, as is right after a message that no client of ours sends
    finally:
        page.close()


def _broken(page: _Page, dice: random.Random) -> tuple[str, int]:
    message = dice.choice(BROKEN)
    page.send(message)
    return repr(message[:80]), 400


def _event(page: _Page, number: int, dice: random.Random) -> tuple[str, int]:
    event = dice.choice(sorted(GOOD))
    payload = GOOD[event] if dice.random() < 0.2 else spoil(GOOD[event], dice)
    text = json.dumps([event, payload] if dice.random() < 0.95 else [event, payload, *NASTY[:3]])
    page.send(f"42{number}{text}")
    answer = page.answer(number)
    problem = answer.get("problem", {}) if isinstance(answer, dict) else {}
    return text[:200], 400 if answer is None else problem.get("status", 200)


def _head(database: sqlite3.Connection) -> int:
    head: int = database.execute("SELECT head FROM journal").fetchone()[0]
    return head
