"""What must hold after the faults: pure comparisons of what was acknowledged, written down and shown."""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.journal.events import Recorded, StopDeclared, StopEnded
from tests.faults.coordinators import Acknowledged
from tests.faults.pages import Shown

TOLD_WITHIN_S = 10.0
TICK_S = 1.0
"""How often a page looks at its clock."""
SLACK_S = 0.5
"""For a page whose tick was late: hundreds of them share one processor here."""

INSTANT_S = 0.5
"""A page whose line opens counts as fresh until the board comes, right behind; nobody reads that fast."""

Stops = Mapping[tuple[str, str], str]
"""Hospital and department to the stop that runs there."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A page that showed an old board as a fresh one: which, when, the number of its board, and the one it lacked."""

    page: int
    since: float
    until: float
    seq: int
    should: int


def missing_or_twice(acknowledged: Sequence[Acknowledged], facts: Sequence[Recorded]) -> list[Acknowledged]:
    """Return what was acknowledged and does not stand in the journal exactly once."""
    written = Counter((type(fact.event).__name__, fact.event.subject) for fact in facts)
    return [each for each in acknowledged if written[each.act, each.stop_id] != 1]


def out_of_order(facts: Sequence[Recorded]) -> list[int]:
    """Return the numbers that do not follow upon the one before."""
    return [fact.seq for number, fact in enumerate(facts, start=1) if fact.seq != number]


def digest_of(stops: Stops) -> str:
    """Return the digest that a page makes of the stops that it shows."""
    lines = sorted(f"{hospital} {name} {stop}" for (hospital, name), stop in stops.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def stale_as_fresh(
    history: Sequence[Sequence[Shown]], acknowledged: Sequence[Acknowledged], facts: Sequence[Recorded], until: float
) -> Iterator[Stale]:
    """Find the pages that did not say that they were cut off while they lacked an act for longer than they may.

    A board on which the same stops run as on a later one of that time is not old: what was declared and ended again
    while nobody looked is not told.
    """
    seq_of = {(type(fact.event).__name__, fact.event.subject): fact.seq for fact in facts}
    acts = sorted((each.at, seq_of[each.act, each.stop_id]) for each in acknowledged)
    moments = [at for at, _ in acts]
    known = [0]
    for _, seq in acts:
        known.append(max(known[-1], seq))
    running, written = _running_after(facts), [fact.event.at.timestamp() for fact in facts]
    for number, page in enumerate(history):
        for shown, following in zip(page, [*page[1:], None], strict=True):
            end = until if following is None else following.since
            if shown.silent or shown.seq < 0 or end - shown.since < INSTANT_S:
                continue
            should = known[bisect_right(moments, end - TOLD_WITHIN_S - TICK_S - SLACK_S)]
            if shown.seq < should and running[shown.seq] not in running[should : bisect_right(written, end) + 1]:
                yield Stale(number, shown.since, end, shown.seq, should)


def _running_after(facts: Sequence[Recorded]) -> list[frozenset[str]]:
    running: frozenset[str] = frozenset()
    after = [running]
    for fact in facts:
        if isinstance(fact.event, StopDeclared):
            running |= {fact.event.stop_id}
        elif isinstance(fact.event, StopEnded):
            running -= {fact.event.stop_id}
        after.append(running)
    return after
