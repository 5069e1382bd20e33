"""Tells live clients what changed on the board, and only that."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

Shown = Mapping[str, object]
"""What is shown of one hospital, ready to be sent."""


class Look(Protocol):
    """The board as it is shown at one moment.

    `hospitals` holds what is shown of each; `steady` the part of it that is no change by itself while it ages:
    hospitals of which that part differs have changed. `rest` is what is shown beside them, compared as a whole.
    """

    @property
    def seq(self) -> int: ...

    @property
    def hospitals(self) -> Mapping[str, Shown]: ...

    @property
    def steady(self) -> Mapping[str, object]: ...

    @property
    def rest(self) -> object: ...


class BoardTeller:
    """Remembers what was told last; `tell(from_seq, look, changed)` hears of every difference, in order."""

    def __init__(self, look: Callable[[], Look], tell: Callable[[int, Look, Sequence[Shown]], None]) -> None:
        self._look = look
        self._tell = tell
        self._one_at_a_time = threading.RLock()
        self._last = look()

    @property
    def seq(self) -> int:
        """Return the number up to which everybody was told."""
        return self._last.seq

    def refresh(self) -> None:
        """Look again, and tell what differs: facts that were written down, and what changes as time goes by."""
        with self._one_at_a_time:
            before, after = self._last, self._look()
            if after.seq < before.seq:
                return
            changed = [shown for name, shown in after.hospitals.items() if _differs(name, before, after)]
            self._last = after
            if changed or after.seq != before.seq or after.rest != before.rest:
                self._tell(before.seq, after, changed)

    def admit(self, welcome: Callable[[Look], None]) -> None:
        """Let `welcome` hand the whole board to a client, so that the next change follows upon it without a gap."""
        with self._one_at_a_time:
            self.refresh()
            welcome(self._last)


def _differs(name: str, before: Look, after: Look) -> bool:
    return before.steady.get(name) != after.steady.get(name)
