"""Coordinators who declare and end stops all the time, whatever breaks, and remember what was acknowledged."""

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

DEPARTMENTS = ("SEH", "CCU", "EHLH", "CTT")
REASON = "Piek in aanbod van patiënten (aantal)"
PATIENCE_S = 8.0


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An act that the service answered with success, and when (seconds since 1970)."""

    act: str
    stop_id: str
    at: float


@dataclass
class Tally:
    """What came of everything that was tried."""

    acknowledged: list[Acknowledged] = field(default_factory=list)
    refused: int = 0
    unanswered: int = 0
    wrong: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


class Coordinators:
    """One thread per hospital; each ends its own stops before it declares them anew."""

    def __init__(self, address: str, tokens: dict[str, str], pause_s: float) -> None:
        self.tally = Tally()
        self._address = address
        self._pause_s = pause_s
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(hospital, token)) for hospital, token in tokens.items()
        ]

    def __enter__(self) -> "Coordinators":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End, after what is under way."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _work(self, hospital: str, token: str) -> None:
        running: dict[str, str] = {}
        turn = 0
        while not self._stopped.wait(self._pause_s):
            department = DEPARTMENTS[turn % len(DEPARTMENTS)]
            turn += 1
            if department in running:
                answer = self._call("POST", f"/stops/{running[department]}/end", token, {})
                if answer is not None:
                    self._note("StopEnded", answer, running.pop(department))
            else:
                until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
                stop = {
                    "hospital": hospital,
                    "department": department,
                    "status": "red",
                    "reason": REASON,
                    "until": until,
                }
                answer = self._call("POST", "/stops", token, stop)
                if answer is None:
                    running |= self._running(hospital, department, token)
                elif (stop_id := self._note("StopDeclared", answer)) is not None:
                    running[department] = stop_id
                elif answer.status_code == 409:  # the answer to an earlier press was lost, not the press
                    running |= self._running(hospital, department, token)

    def _note(self, act: str, answer: requests.Response, stop_id: str = "") -> str | None:
        with self._lock:
            if answer.ok:
                stop_id = stop_id or answer.json()["id"]
                self.tally.acknowledged.append(Acknowledged(act, stop_id, time.time()))
                return stop_id
            self.tally.refused += 1
            if answer.status_code not in {409, 503}:
                self.tally.wrong.append(f"{act}: {answer.status_code} {answer.text[:200]}")
        return None

    def _running(self, hospital: str, department: str, token: str) -> dict[str, str]:
        answer = self._call("GET", "/board", token)
        if answer is None or not answer.ok:
            return {}
        [shown] = [each for each in answer.json()["hospitals"] if each["id"] == hospital]
        stop_id = shown["departments"].get(department, {}).get("stop_id")
        return {department: stop_id} if stop_id else {}

    def _call(self, method: str, path: str, token: str, body: Any = None) -> requests.Response | None:
        began = time.monotonic()
        try:
            # No connection is kept: each press may reach another worker.
            return requests.request(
                method,
                f"{self._address}/api/v1{path}",
                json=body,
                headers={"Authorization": f"Bearer {token}", "Connection": "close"},
                timeout=PATIENCE_S,
            )
        except requests.RequestException:
            with self._lock:
                self.tally.unanswered += 1
            return None
        finally:
            with self._lock:
                self.tally.slowest_s = max(self.tally.slowest_s, time.monotonic() - began)
