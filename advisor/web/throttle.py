"""Who asks too often has to wait: costly requests are counted per account or address."""

import time
from dataclasses import dataclass, field
from typing import Protocol

from flask import request

from advisor.services.access import Actor
from advisor.services.security import Counts
from advisor.web.limits import RateLimit
from advisor.web.problems import TooManyRequests

ADVICE_PER_MINUTE = 600
"""By default ten a second: more than any crew or dispatch centre needs, less than what one process can give."""

LOG_INS_MOST, LOG_INS_WINDOW_S = 200, 10.0
"""How often one address may try to log in, rightly or wrongly: checking a password costs the machine a lot.

The wait is seconds, so that who shares the address with a flood is delayed and not locked out; guessing is slowed down
by the failures, which are counted per name and address.
"""


class Limit(Protocol):
    """Counts by key; `now_s` comes from one clock for all calls."""

    def wait_s(self, key: str, now_s: float) -> float:
        """Return how many seconds `key` must wait before its next try; 0 when it may try now."""
        ...

    def note(self, key: str, now_s: float) -> None:
        """Count one try."""
        ...


class SharedLimit:
    """At most `most` tries per key within the last `window_s` seconds, in all processes that share the counts."""

    def __init__(self, name: str, counts: Counts, *, most: int, window_s: float) -> None:
        self._name = name
        self._counts = counts
        self._most = most
        self._window_s = window_s

    def wait_s(self, key: str, now_s: float) -> float:
        """See `Limit.wait_s`."""
        return self._counts.wait_s(self._of(key), most=self._most, window_s=self._window_s, now_s=now_s)

    def note(self, key: str, now_s: float) -> None:
        """See `Limit.note`."""
        self._counts.add(self._of(key), window_s=self._window_s, now_s=now_s)

    def _of(self, key: str) -> str:
        return f"{self._name}\0{key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle:
    """The counts of one application; `advice` is None when there is no limit."""

    advice: Limit | None = field(default_factory=lambda: RateLimit(most=ADVICE_PER_MINUTE, window_s=60))
    log_ins: Limit = field(default_factory=lambda: RateLimit(most=LOG_INS_MOST, window_s=LOG_INS_WINDOW_S))

    def count_advice(self, actor: Actor) -> None:
        """Count an advice for an account; raises `TooManyRequests`."""
        if self.advice is not None:
            _count(self.advice, actor.name)

    def count_log_in(self) -> None:
        """Count an attempt to log in from the address of this request; raises `TooManyRequests`."""
        _count(self.log_ins, request.remote_addr or "")


def make_throttle(advice_per_minute: int, counts: Counts) -> Throttle:
    """Make the counts; 0 advices per minute stands for no limit."""
    advice = SharedLimit("advice", counts, most=advice_per_minute, window_s=60) if advice_per_minute else None
    log_ins = SharedLimit("log in", counts, most=LOG_INS_MOST, window_s=LOG_INS_WINDOW_S)
    return Throttle(advice=advice, log_ins=log_ins)


def _count(limit: Limit, key: str) -> None:
    now_s = time.time()  # and not a clock of this machine alone: the counts may be shared
    wait_s = limit.wait_s(key, now_s)
    if wait_s > 0:
        raise TooManyRequests(wait_s)
    limit.note(key, now_s)
