"""A journal that lives in memory, for tests and for simulations; forgets everything with the process."""

import threading
import uuid

from advisor.journal.board import Board
from advisor.journal.codec import decode, encode
from advisor.journal.events import Recorded
from advisor.journal.fold import fold
from advisor.services.ports import Decision


class MemoryJournal:
    """The twin of the SQL journal: the same promises but durability. Facts pass through the codec as they do there."""

    def __init__(self) -> None:
        self.epoch = str(uuid.uuid4())
        self._lock = threading.Lock()
        self._facts: list[Recorded] = []
        self._enclosures: dict[str, bytes] = {}
        self._board = Board()

    def transact(self, decision: Decision) -> tuple[Recorded, ...]:
        """See `Journal.transact`."""
        with self._lock:
            decided = decision(self._board)
            written = [encode(event) for event in decided]
            facts = tuple(
                Recorded(seq=seq, event=decode(each.type, each.version, each.body))
                for seq, each in enumerate(written, start=self._board.seq + 1)
            )
            self._board = fold(facts, self._board)
            self._facts.extend(facts)
            self._enclosures.update({each.subject: each.enclosure for each in written if each.enclosure})
            return facts

    def board(self) -> Board:
        """See `Journal.board`."""
        return self._board

    def head(self) -> int:
        """See `Journal.head`."""
        return self._board.seq

    def read(self, after_seq: int, limit: int) -> tuple[Recorded, ...]:
        """See `Journal.read`."""
        return tuple(self._facts[after_seq : after_seq + limit])

    def about(self, subject: str) -> tuple[Recorded, ...]:
        """See `Journal.about`."""
        return tuple(recorded for recorded in self._facts if recorded.event.subject == subject)

    def enclosure(self, subject: str) -> bytes | None:
        """See `Journal.enclosure`."""
        return self._enclosures.get(subject)
