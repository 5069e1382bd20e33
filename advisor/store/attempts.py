"""Failed log-ins: guessing gets slow, and nobody can lock out somebody else.

Two counts, each over the last quarter of an hour: per origin and name, and per origin over all names. A name is
never blocked as such, so failures from elsewhere do not keep its owner out; nor does the second count keep out who has
logged in from that origin before: a whole hospital may share one address with whoever guesses there. Wrong codes of a
second factor are counted per name over all origins: only who knows the password gets as far as that.
"""

from datetime import datetime, timedelta

from advisor.services.ports import TooManyAttempts
from advisor.services.security import Counts

WINDOW = timedelta(minutes=15)
MOST_PER_NAME = 8
MOST_PER_ORIGIN = 40  # an ambulance post or a hospital shares one address
MOST_CODES = 8
KNOWN_FOR = timedelta(days=30)


class CountedAttempts:
    """The rules; the counts may be of this process alone or of all."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def check(self, username: str, origin: str, now: datetime) -> None:
        """See `Attempts.check`."""
        wait_s = self._wait_s(_of_name(username, origin), MOST_PER_NAME, WINDOW, now)
        if wait_s <= 0 and self._wait_s(_known(username, origin), 1, KNOWN_FOR, now) <= 0:
            wait_s = self._wait_s(_of_origin(origin), MOST_PER_ORIGIN, WINDOW, now)
        _refuse(wait_s)

    def note_failure(self, username: str, origin: str, now: datetime) -> None:
        """See `Attempts.note_failure`."""
        for key in (_of_name(username, origin), _of_origin(origin)):
            self._counts.add(key, window_s=WINDOW.total_seconds(), now_s=now.timestamp())

    def note_success(self, username: str, origin: str, now: datetime) -> None:
        """See `Attempts.note_success`."""
        self._counts.forget([_of_name(username, origin)])
        self._counts.add(_known(username, origin), window_s=KNOWN_FOR.total_seconds(), now_s=now.timestamp())

    def check_code(self, username: str, now: datetime) -> None:
        """See `Attempts.check_code`."""
        _refuse(self._wait_s(_of_code(username), MOST_CODES, WINDOW, now))

    def note_wrong_code(self, username: str, now: datetime) -> None:
        """See `Attempts.note_wrong_code`."""
        self._counts.add(_of_code(username), window_s=WINDOW.total_seconds(), now_s=now.timestamp())

    def _wait_s(self, key: str, most: int, window: timedelta, now: datetime) -> float:
        return self._counts.wait_s(key, most=most, window_s=window.total_seconds(), now_s=now.timestamp())


def _refuse(wait_s: float) -> None:
    if wait_s > 0:
        raise TooManyAttempts(retry_after_s=max(1, round(wait_s)))


def _of_name(username: str, origin: str) -> str:
    return f"name\0{origin}\0{username}"


def _of_origin(origin: str) -> str:
    return f"origin\0{origin}"


def _known(username: str, origin: str) -> str:
    return f"known\0{origin}\0{username}"


def _of_code(username: str) -> str:
    return f"code\0{username}"
