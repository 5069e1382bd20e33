"""Who asks too often has to wait: costly requests are counted per account or address, in this process alone."""

import time
from dataclasses import dataclass, field

from flask import request

from advisor.services.access import Actor
from advisor.web.limits import RateLimit
from advisor.web.problems import TooManyRequests

ADVICE_PER_MINUTE = 600
"""By default ten a second: more than any crew or dispatch centre needs, less than what one process can give."""

LOG_INS_MOST, LOG_INS_WINDOW_S = 200, 10.0
"""How often one address may try to log in, rightly or wrongly: checking a password costs the machine a lot.

The wait is seconds, so that who shares the address with a flood is delayed and not locked out; guessing is slowed down
by the failures, which are counted per name and address.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle:
    """The counts of one application; `advice` is None when there is no limit."""

    advice: RateLimit | None = field(default_factory=lambda: RateLimit(most=ADVICE_PER_MINUTE, window_s=60))
    log_ins: RateLimit = field(default_factory=lambda: RateLimit(most=LOG_INS_MOST, window_s=LOG_INS_WINDOW_S))

    def count_advice(self, actor: Actor) -> None:
        """Count an advice for an account; raises `TooManyRequests`."""
        if self.advice is not None:
            _count(self.advice, actor.name)

    def count_log_in(self) -> None:
        """Count an attempt to log in from the address of this request; raises `TooManyRequests`."""
        _count(self.log_ins, request.remote_addr or "")


def make_throttle(advice_per_minute: int) -> Throttle:
    """Make the counts; 0 advices per minute stands for no limit."""
    return Throttle(advice=RateLimit(most=advice_per_minute, window_s=60) if advice_per_minute else None)


def _count(limit: RateLimit, key: str) -> None:
    now_s = time.monotonic()
    wait_s = limit.wait_s(key, now_s)
    if wait_s > 0:
        raise TooManyRequests(wait_s)
    limit.note(key, now_s)
