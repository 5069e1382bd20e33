"""Failed log-ins counted in this process: guessing gets slow, and nobody can lock out somebody else.

Two counts, each over the last quarter of an hour: per origin and name, and per origin over all names. A name is
never blocked as such, so failures from elsewhere do not keep its owner out; nor does the second count keep out who has
logged in from that origin before: a whole hospital may share one address with whoever guesses there.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from advisor.services.ports import TooManyAttempts

WINDOW = timedelta(minutes=15)
MOST_PER_NAME = 8
MOST_PER_ORIGIN = 40  # an ambulance post or a hospital shares one address
KEYS_MOST = 20_000
KNOWN_FOR = timedelta(days=30)


class MemoryAttempts:
    """Counts in one process; with several, each counts for itself."""

    def __init__(self) -> None:
        self._failures: OrderedDict[tuple[str, ...], deque[datetime]] = OrderedDict()
        self._known: OrderedDict[tuple[str, ...], datetime] = OrderedDict()

    def check(self, username: str, origin: str, now: datetime) -> None:
        """See `Attempts.check`."""
        of_name, of_origin = _keys(username, origin)
        waits = [
            recent[-most] + WINDOW - now
            for key, most in ((of_name,) if self._is_known(username, origin, now) else (of_name, of_origin))
            if len(recent := self._recent(key, now)) >= most
        ]
        if waits:
            raise TooManyAttempts(retry_after_s=max(1, round(max(waits).total_seconds())))

    def note_failure(self, username: str, origin: str, now: datetime) -> None:
        """See `Attempts.note_failure`."""
        for key, _ in _keys(username, origin):
            recent = self._recent(key, now)
            recent.append(now)
            self._failures[key] = recent
            self._failures.move_to_end(key)
        while len(self._failures) > KEYS_MOST:
            self._failures.popitem(last=False)

    def note_success(self, username: str, origin: str, now: datetime) -> None:
        """See `Attempts.note_success`."""
        key = (origin, username)
        self._failures.pop(key, None)
        self._known[key] = now
        self._known.move_to_end(key)
        while len(self._known) > KEYS_MOST:
            self._known.popitem(last=False)

    def _is_known(self, username: str, origin: str, now: datetime) -> bool:
        since = self._known.get((origin, username))
        return since is not None and now - since < KNOWN_FOR

    def _recent(self, key: tuple[str, ...], now: datetime) -> deque[datetime]:
        recent = self._failures.get(key, deque())
        while recent and recent[0] <= now - WINDOW:
            recent.popleft()
        return recent


def _keys(username: str, origin: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    return (((origin, username), MOST_PER_NAME), ((origin,), MOST_PER_ORIGIN))
