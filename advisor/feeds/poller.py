"""Asks a source again and again: one process of several, patiently when it fails, and never twice for the same."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from advisor.feeds.config import Polled
from advisor.feeds.outbound import Answer, Client, Unreachable
from advisor.journal.events import FeedProblem, FeedProblemCode
from advisor.services.access import Actor, Role
from advisor.services.api_keys import Leases
from advisor.services.hear_feed import UnreadableFeed, note_trouble
from advisor.services.world import World

BACK_OFF_MOST_S = 300.0
RETRY_AFTER_MOST_S = 900.0
LEASE_MARGIN = timedelta(seconds=10)
CLOCK_TOLERANCE = timedelta(minutes=2)
BODY_MOST_BYTES = 32 * 1024 * 1024

NOT_MODIFIED = 304
DENIED = frozenset({401, 403})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A whole answer: its body, the moment for which it speaks, and what is the matter with that moment."""

    body: bytes
    as_of: datetime
    now: datetime
    problems: tuple[FeedProblem, ...] = ()


Take = Callable[[Fresh], None]
"""Takes an answer in; raises `UnreadableFeed` when nothing of it can be used."""


@dataclass(slots=True, kw_only=True)
class _Known:
    """What is remembered of the last whole answer, so that the next question can be conditional."""

    body: bytes = b""
    validators: dict[str, str] = field(default_factory=dict)


class Poller:
    """Asks one source when its turn has come; call it often.

    Only who holds the lease of the source asks. After a failure it waits twice as long as the time before, with a bit
    of chance so that many do not come back at once, and never less than the source asks for.
    """

    def __init__(
        self, polled: Polled, take: Take, *, headers: dict[str, str], world: World, leases: Leases, holder: str
    ) -> None:
        self._polled = polled
        self._take = take
        self._headers = headers
        self._world = world
        self._leases = leases
        self._holder = holder
        self._client = Client(total_s=polled.timeout_s, most_bytes=BODY_MOST_BYTES)
        self._known = _Known()
        self._failures = 0
        self._next: datetime | None = None
        self._chance = random.Random(holder)  # noqa: S311 - spreads the load, hides nothing

    @property
    def source(self) -> str:
        """Return the name of the source."""
        return self._polled.source

    def __call__(self) -> None:
        """Ask, if it is time and nobody else does; whatever goes wrong with the source is noted, not raised."""
        now = self._world.clock()
        if self._next is not None and now < self._next:
            return
        if not self._leases.take(self._polled.source, self._holder, now, self._lease_until(now, 0.0)):
            self._known = _Known()
            self._next = now + timedelta(seconds=self._polled.every_s)
            return
        self._next = now + timedelta(seconds=self._polled.every_s)  # also when our own journal fails in between
        wait_s = self._ask(now)
        self._next = now + timedelta(seconds=wait_s)
        self._leases.take(self._polled.source, self._holder, now, self._lease_until(now, wait_s))

    def stop(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _lease_until(self, now: datetime, wait_s: float) -> datetime:
        return now + timedelta(seconds=wait_s + self._polled.timeout_s) + LEASE_MARGIN

    def _ask(self, now: datetime) -> float:
        """Ask once, and return after how many seconds to ask again."""
        try:
            answer = self._client.get(self._polled.address, {**self._headers, **self._known.validators})
        except Unreachable as error:
            return self._fail(FeedProblemCode.UNREACHABLE, str(error), 0.0)
        if answer.status in DENIED:
            return self._fail(FeedProblemCode.REFUSED, f"HTTP {answer.status}", BACK_OFF_MOST_S)
        if answer.status not in {200, NOT_MODIFIED} or (answer.status == NOT_MODIFIED and not self._known.validators):
            return self._fail(FeedProblemCode.UNREACHABLE, f"HTTP {answer.status}", answer.retry_after_s)
        body = self._known.body if answer.status == NOT_MODIFIED else answer.body
        try:
            self._take(fresh_of(answer, body, self._world.clock()))
        except UnreadableFeed as error:
            self._known = _Known()
            return self._fail(FeedProblemCode.UNREADABLE, str(error), 0.0)
        self._failures = 0
        if answer.status != NOT_MODIFIED:
            self._known = _Known(body=body, validators=validators_of(answer))
        return float(self._polled.every_s)

    def _fail(self, code: FeedProblemCode, detail: str, least_s: float) -> float:
        self._failures += 1
        actor = Actor(name=self._polled.source, role=Role.FEED)
        problem = FeedProblem(code=code, detail=detail)
        note_trouble(self._polled.source, [problem], actor=actor, now=self._world.clock(), world=self._world)
        doubled_s = self._polled.every_s * 2.0 ** min(self._failures - 1, 10)
        chosen_s = min(doubled_s, BACK_OFF_MOST_S) * self._chance.uniform(0.8, 1.2)
        return max(chosen_s, min(least_s, RETRY_AFTER_MOST_S))


def fresh_of(answer: Answer, body: bytes, now: datetime) -> Fresh:
    """Return an answer with the moment for which it speaks: that of the other system, unless its clock is ahead."""
    date = answer.date
    if date is None:
        return Fresh(body=body, as_of=now, now=now)
    if abs(date - now) <= CLOCK_TOLERANCE:
        return Fresh(body=body, as_of=min(date, now), now=now)
    problem = FeedProblem(code=FeedProblemCode.CLOCK, detail=f"{'ahead' if date > now else 'behind, or an old answer'}")
    return Fresh(body=body, as_of=min(date, now), now=now, problems=(problem,))


def validators_of(answer: Answer) -> dict[str, str]:
    """Return the headers that make the next question conditional."""
    pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    return {asked: answer.headers[told] for told, asked in pairs if answer.headers.get(told)}
