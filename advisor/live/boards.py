"""Tells live clients what changed on the board, and only that."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

FRESH_S = 0.5
"""A look so young is handed to who comes in: when a process is lost, hundreds come at once and looking costs."""

Shown = Mapping[str, object]
"""What is shown of one hospital, ready to be sent."""


class Look(Protocol):
    """The board as it is shown at one moment.

    `hospitals` holds what is shown of each; `steady` the part of it that is no change by itself while it ages:
    hospitals of which that part differs have changed. `rest` is what is shown beside them, compared as a whole;
    `notices` are among it.
    """

    @property
    def seq(self) -> int: ...

    @property
    def hospitals(self) -> Mapping[str, Shown]: ...

    @property
    def steady(self) -> Mapping[str, object]: ...

    @property
    def rest(self) -> object: ...

    @property
    def notices(self) -> Sequence[Shown]: ...


class BoardTeller:
    """Remembers what was told last; `tell(from_seq, look, changed)` hears of every difference, in order.

    Facts that change nothing on the board (an advice that was given) are not told: `seq` stays, and the next change
    follows upon it.
    """

    def __init__(self, look: Callable[[], Look], tell: Callable[[int, Look, Sequence[Shown]], None]) -> None:
        self._look = look
        self._tell = tell
        self._one_at_a_time = threading.RLock()
        self._last = look()
        self._looked_at = time.monotonic()
        self._told_seq = self._last.seq

    @property
    def seq(self) -> int:
        """Return the number up to which everybody was told."""
        return self._told_seq

    def refresh(self) -> bool:
        """Look again, tell what differs, and return whether anything did.

        That is what was written down, and what changes as time goes by.
        """
        with self._one_at_a_time:
            before, after = self._last, self._look()
            self._looked_at = time.monotonic()
            if after.seq < before.seq:
                return False
            changed = [shown for name, shown in after.hospitals.items() if _differs(name, before, after)]
            self._last = after
            if not changed and after.rest == before.rest:
                return False
            from_seq, self._told_seq = self._told_seq, after.seq
            self._tell(from_seq, after, changed)
            return True

    def admit(self, welcome: Callable[[int, Look], object]) -> None:
        """Let `welcome(seq, look)` hand the whole board to a client, so that the next change follows upon it."""
        with self._one_at_a_time:
            if time.monotonic() - self._looked_at > FRESH_S:
                self.refresh()
            welcome(self._told_seq, self._last)


def _differs(name: str, before: Look, after: Look) -> bool:
    return before.steady.get(name) != after.steady.get(name)
