"""Many waiters, one commit: who comes first commits for all who came meanwhile."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(slots=True, eq=False)
class _Waiter(Generic[Item]):
    item: Item
    leads: bool = False
    woken: threading.Event = field(default_factory=threading.Event)


class GroupCommit(Generic[Item]):
    """Hands items over to `commit` in groups, one group at a time.

    The first who comes leads: it commits its own item and whatever else is waiting, wakes those it served and
    passes the lead on. Only callers touch the locks in here; `commit` may work in another thread.
    """

    def __init__(self, commit: Callable[[Sequence[Item]], None], most: int) -> None:
        self._commit = commit
        self._most = most
        self._lock = threading.Lock()
        self._waiting: deque[_Waiter[Item]] = deque()
        self._led = False

    def __call__(self, item: Item) -> None:
        """Return once `item` was part of a commit, whatever came of it; `commit` notes that in the item."""
        waiter = _Waiter(item)
        with self._lock:
            self._waiting.append(waiter)
            leads, self._led = not self._led, True
        if not leads:
            self._await(waiter)
            if not waiter.leads:
                return
        self._lead()

    def _await(self, waiter: _Waiter[Item]) -> None:
        try:
            waiter.woken.wait()
        except BaseException:  # the greenlet is killed: nobody may wait for its lead
            with self._lock:
                if waiter in self._waiting:
                    self._waiting.remove(waiter)
            if waiter.leads:
                self._pass_on()
            raise

    def _lead(self) -> None:
        # The leader's own item is always in the group: it is the first that waits.
        with self._lock:
            group = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        try:
            self._commit([waiter.item for waiter in group])
        finally:
            self._pass_on()
            for waiter in group:
                waiter.woken.set()

    def _pass_on(self) -> None:
        with self._lock:
            self._led = bool(self._waiting)
            heir = self._waiting[0] if self._waiting else None
        if heir is not None:
            heir.leads = True
            heir.woken.set()
