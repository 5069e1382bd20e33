"""Reads facts from the journal, some at a time."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from advisor.journal.events import Event
from advisor.kernel import Interval
from advisor.services.reporting import Pause
from advisor.services.world import World

PAGE = 500  # facts that are read before others get their turn
FIRST_STEP, SHORTEST_STEP = timedelta(days=1), timedelta(seconds=1)
LAST = datetime(2100, 1, 1, tzinfo=UTC)


def read_facts(types: Sequence[type[Event]], period: Interval, world: World, pause: Pause) -> Iterator[Event]:
    """Read the facts of some kinds that were written down in a period, in order.

    They are asked for by stretches of time that fit their density. To go on by number alone would let the database
    look through all that is left of the period for every page.
    """
    start, end, step = period.start, period.end or LAST, FIRST_STEP
    while start < end:
        stretch = Interval(start=start, end=min(start + step, end))
        page = world.journal.read_types(types, stretch, 0, PAGE)
        if len(page) == PAGE and step > SHORTEST_STEP:
            step /= 2
            continue
        yield from (recorded.event for recorded in page)
        while len(page) == PAGE:
            pause()
            page = world.journal.read_types(types, stretch, page[-1].seq, PAGE)
            yield from (recorded.event for recorded in page)
        start += step
        if len(page) < PAGE // 3:
            step = min(2 * step, LAST - start) if start < LAST else step
        pause()
