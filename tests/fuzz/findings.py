"""What fuzzing found: counts by status, and whatever is not as it must be."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

HANGS_AFTER_S = 10.0
"""No answer takes so long, not even on a machine that is busy with other things."""


@dataclass
class Findings:
    """The tally of one run."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest_s: float = 0.0

    @property
    def server_errors(self) -> int:
        """Return how many answers were a 5xx."""
        return sum(count for status, count in self.statuses.items() if status >= 500)

    @contextmanager
    def clocked(self, what: str) -> Iterator[None]:
        """Note how long something took."""
        began = time.monotonic()
        yield
        took_s = time.monotonic() - began
        self.slowest_s = max(self.slowest_s, took_s)
        if took_s > HANGS_AFTER_S:
            self.wrong.append(f"{what}: took {took_s:.1f} s")

    def note(self, what: str, status: int, answer: str) -> None:
        """Count an answer."""
        self.requests += 1
        self.statuses[status] += 1
        if status >= 500:
            self.wrong.append(f"{what}: {status} {answer[:300]}")

    def watch(self, what: str, send: Callable[[], Any], state: Callable[[], Any]) -> Any:
        """Send a request and return its answer; a refused one must leave the state alone, and so must a GET."""
        before = state()
        with self.clocked(what):
            answer = send()
        # Some answers are no text at all.
        self.note(what, answer.status_code, answer.text if answer.status_code >= 500 else "")
        if (answer.status_code >= 400 or what.startswith("GET ")) and state() != before:
            self.wrong.append(f"{what}: {answer.status_code}, yet something was changed")
        return answer

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(
            requests=self.requests + other.requests,
            statuses=self.statuses + other.statuses,
            wrong=self.wrong + other.wrong,
            slowest_s=max(self.slowest_s, other.slowest_s),
        )
