"""How often somebody may try something."""

from collections import OrderedDict, deque

KEYS_MOST = 20_000


class RateLimit:
    """At most `most` tries per key within the last `window_s` seconds; counts in this process alone."""

    def __init__(self, *, most: int, window_s: float) -> None:
        self._most = most
        self._window_s = window_s
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_s(self, key: str, now_s: float) -> float:
        """Return how many seconds `key` must wait before its next try; 0 when it may try now."""
        tries = self._recent(key, now_s)
        return 0.0 if len(tries) < self._most else max(0.0, tries[0] + self._window_s - now_s)

    def note(self, key: str, now_s: float) -> None:
        """Count one try; `now_s` comes from a clock that never goes back."""
        tries = self._recent(key, now_s)
        tries.append(now_s)
        self._tries[key] = tries
        self._tries.move_to_end(key)
        while len(self._tries) > KEYS_MOST:
            self._tries.popitem(last=False)

    def forget(self, key: str) -> None:
        """Start counting anew for a key, after a success."""
        self._tries.pop(key, None)

    def _recent(self, key: str, now_s: float) -> deque[float]:
        tries = self._tries.get(key, deque())
        while tries and tries[0] <= now_s - self._window_s:
            tries.popleft()
        return tries
