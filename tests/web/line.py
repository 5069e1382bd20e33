"""A page as a test sees it: a real Socket.IO client, and what the people behind pages do."""

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import socketio

from tests.web.server import Server

HERE = {"position": {"lat": 52.36, "lon": 4.91}, "abcd": "stable"}
EVENTS = (
    "board", "board:delta", "advice", "advice:delta", "heartbeat", "ambulances", "ride", "inbound", "proposal",
    "review", "alert", "disconnect",
)  # fmt: skip
SOON_S = 1.0


class Client:
    """A page: what it was told, by event."""

    def __init__(self, server: Server, token: str) -> None:
        self._told: dict[str, queue.Queue[Any]] = {event: queue.Queue() for event in EVENTS}
        self._line = socketio.Client(reconnection=False)
        for event in EVENTS:
            self._line.on(event, lambda *arguments, event=event: self._told[event].put(arguments and arguments[0]))
        self._line.connect(server.address, auth={"token": token}, transports=["websocket"])

    def next(self, event: str, within_s: float = 5.0) -> Any:
        """Return what is told next; fails when nothing is told in time."""
        return self._told[event].get(timeout=within_s)

    def next_where(self, event: str, condition: Any, within_s: float = 5.0) -> Any:
        """Return what is told next that meets a condition."""
        deadline = time.monotonic() + within_s
        while True:
            told = self.next(event, max(0.01, deadline - time.monotonic()))
            if condition(told):
                return told

    def ask(self, event: str, payload: Any) -> Any:
        """Send an event and return its acknowledgement."""
        return self._line.call(event, payload, timeout=5)

    def close(self) -> None:
        self._line.disconnect()


@contextmanager
def connected(server: Server, name: str, token: str = "") -> Iterator[Client]:
    """A page of somebody who is logged in."""
    client = Client(server, token or server.log_in(name))
    try:
        yield client
    finally:
        client.close()


def declare(server: Server, token: str, seconds: float = 3600) -> dict[str, Any]:
    """Declare a red stop for the SEH of OLVG Oost."""
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    answer = server.call(
        "POST",
        "/stops",
        token,
        {
            "hospital": "olvg-oost",
            "department": "SEH",
            "status": "red",
            "reason": "Piek in aanbod van patiënten (aantal)",
            "until": until.isoformat(),
        },
    )
    assert answer.status_code == 201, answer.text
    stop: dict[str, Any] = answer.json()
    return stop


def seh(told: dict[str, Any], hospital: str = "olvg-oost") -> Any:
    """What is told of the SEH of a hospital, None when nothing is."""
    return next((shown["departments"]["SEH"] for shown in told["hospitals"] if shown["id"] == hospital), None)


def class_of(advice: dict[str, Any], hospital: str = "olvg-oost") -> str:
    """The class of a hospital in an advice."""
    return next(str(option["class"]) for option in advice["options"] if option["hospital"] == hospital)
