"""Reads facts from the journal, page by page."""

from collections.abc import Iterator, Sequence

from advisor.journal.events import Event
from advisor.kernel import Interval
from advisor.services.reporting import Pause
from advisor.services.world import World

PAGE = 500  # facts that are read before others get their turn


def read_facts(types: Sequence[type[Event]], period: Interval, world: World, pause: Pause) -> Iterator[Event]:
    """Read the facts of some kinds that were written down in a period, in order."""
    seq = 0
    while page := world.journal.read_types(types, period, seq, PAGE):
        for recorded in page:
            yield recorded.event
        seq = page[-1].seq
        pause()
