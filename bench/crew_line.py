"""A crew's page as the server sees it: one websocket that asks and listens, and calls over HTTP."""

import asyncio
import json
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import Any

import requests

from bench.line_client import DELTA, Client

EVENT, ACK = b"42", b"43"
BOARD, HEARTBEAT = b'42["board",', b'42["heartbeat"'
CALLERS = 32
PATIENCE_S = 60.0

Json = Any
Answered = tuple[int, Json, float]
Shown = Mapping[tuple[str, str], tuple[Json, ...]]
"""What is shown of each department of each hospital."""


class CrewLine(Client):
    """One page's line: keeps the board as it is told, and notices when a part of it is missing."""

    def __init__(self, port: int, token: str | None) -> None:
        super().__init__(port, token)
        self._asked: dict[int, asyncio.Future[Json]] = {}
        self._number = 0
        self._left = False
        self._hospitals: dict[str, Json] = {}
        self.seq = self.heard_seq = -1
        self.gaps = 0

    async def ask(self, event: str, payload: Json) -> Json:
        """Send an event and wait for its acknowledgement; raises `ConnectionError` or `TimeoutError`."""
        if self.lost:
            raise ConnectionError("the line broke")
        self._number += 1
        answered = self._asked[self._number] = asyncio.get_running_loop().create_future()
        self._send(EVENT + str(self._number).encode() + json.dumps([event, payload]).encode())
        return await asyncio.wait_for(answered, PATIENCE_S)

    def shown(self) -> Shown:
        """Return the board as this page shows it."""
        return shown_of(self._hospitals.values())

    def close(self) -> None:
        """Leave; from now on nothing is lost with the line."""
        self._left = True
        self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._left:
            super().connection_lost(error)
        for asked in self._asked.values():
            if not asked.done():
                asked.set_exception(ConnectionError("the line broke"))

    def _message(self, text: bytes) -> None:
        if text.startswith(ACK):
            number, _, _ = text[2:].partition(b"[")
            asked = self._asked.pop(int(number))
            if not asked.done():
                asked.set_result(json.loads(text[2 + len(number) :])[0])
            return
        if text.startswith(BOARD):
            self.take(_parsed(text), whole=True)
        elif text.startswith(DELTA):
            self.take(_parsed(text), whole=False)
        elif text.startswith(HEARTBEAT):
            self.heard_seq = _parsed(text)["seq"]
        super()._message(text)

    def take(self, told: Json, *, whole: bool) -> None:
        """Take the whole board, or what changed on it since the number that it follows upon."""
        if not whole and told["from_seq"] != self.seq:
            self.gaps += 1
        if whole:
            self._hospitals = {}
        self._hospitals.update((each["id"], each) for each in told["hospitals"])
        self.seq = told["seq"]


class Http:
    """Calls over HTTP from a number of threads, each with connections that stay open as a page's do."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._own = threading.local()
        self._sessions: list[requests.Session] = []
        self._threads = ThreadPoolExecutor(CALLERS)

    async def call(
        self, method: str, path: str, token: str, body: Json = None, key: str = ""
    ) -> tuple[int, Json, float]:
        """Return status, answer and seconds; status 0 when there was no answer."""
        asked = partial(self._call, method, path, token, body, key)
        return await asyncio.get_running_loop().run_in_executor(self._threads, asked)

    def close(self) -> None:
        """Hang up."""
        self._threads.shutdown(cancel_futures=True)
        for session in self._sessions:
            session.close()

    def _call(self, method: str, path: str, token: str, body: Json, key: str) -> Answered:
        session = self._session()
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        address, began = f"{self._address}/api/v1{path}", time.perf_counter()
        try:
            answer = session.request(method, address, json=body, headers=headers, timeout=PATIENCE_S)
        except requests.RequestException as error:
            return 0, {"title": str(error)}, time.perf_counter() - began
        return answer.status_code, answer.json() if answer.content else {}, time.perf_counter() - began

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is None:
            session = self._own.session = requests.Session()
            self._sessions.append(session)
        return session


def shown_of(hospitals: Any) -> Shown:
    """Return what a board's hospitals say, apart from ages, which run on by themselves."""
    return {
        (hospital["id"], name): (shown["effective"], shown["until"], shown["source"], hospital["inbound"])
        for hospital in hospitals
        for name, shown in hospital["departments"].items()
    }


@lru_cache(maxsize=64)
def _parsed(text: bytes) -> Json:
    # Every page is told the same bytes, so they are read once.
    return json.loads(text[2:])[1]
