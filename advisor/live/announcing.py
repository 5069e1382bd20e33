"""A journal that says when it has grown."""

from collections.abc import Callable, Sequence
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event, Recorded
from advisor.kernel import Interval
from advisor.services.ports import Decision, Journal


class Growth:
    """Passes it on that this process has written to the journal; who wants to hear it is quick."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[int], None]] = []

    def listen(self, grown: Callable[[int], None]) -> None:
        """Call `grown` with the new head from now on."""
        self._listeners.append(grown)

    def announce(self, head: int) -> None:
        """Tell everybody."""
        for grown in self._listeners:
            grown(head)


class AnnouncingJournal:
    """Does what the journal behind it does, and announces the new head after each durable write."""

    def __init__(self, journal: Journal, growth: Growth) -> None:
        self._journal = journal
        self._growth = growth

    @property
    def epoch(self) -> str:
        """See `Journal.epoch`."""
        return self._journal.epoch

    def transact(self, decision: Decision) -> tuple[Recorded, ...]:
        """See `Journal.transact`."""
        recorded = self._journal.transact(decision)
        if recorded:
            self._growth.announce(recorded[-1].seq)
        return recorded

    def board(self) -> Board:
        """See `Journal.board`."""
        return self._journal.board()

    def head(self) -> int:
        """See `Journal.head`."""
        return self._journal.head()

    def read(self, after_seq: int, limit: int) -> tuple[Recorded, ...]:
        """See `Journal.read`."""
        return self._journal.read(after_seq, limit)

    def read_types(
        self, types: Sequence[type[Event]], period: Interval, after_seq: int, limit: int
    ) -> tuple[Recorded, ...]:
        """See `Journal.read_types`."""
        return self._journal.read_types(types, period, after_seq, limit)

    def find_kept(self, moment: datetime, beyond: int) -> Board | None:
        """See `Journal.find_kept`."""
        return self._journal.find_kept(moment, beyond)

    def about(self, subject: str) -> tuple[Recorded, ...]:
        """See `Journal.about`."""
        return self._journal.about(subject)

    def enclosure(self, subject: str) -> bytes | None:
        """See `Journal.enclosure`."""
        return self._journal.enclosure(subject)
