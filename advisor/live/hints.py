"""Hints that the journal has grown, between processes: over Redis when there is one, never the truth."""

import logging
import threading
from collections.abc import Callable
from typing import Protocol

import redis

CHANNEL = "uitwijk:journal"
CONNECT_TIMEOUT_S = 1.0
LISTEN_S = 1.0
CHECK_S = 10
PAUSE_S = 1.0
"""How long Redis is left alone after it failed; the journal is polled meanwhile."""

log = logging.getLogger(__name__)


class Hints(Protocol):
    """Tells the other processes that the journal may have grown, and hears them."""

    def announce(self, head: int) -> None:
        """Tell the others, some time soon; never waits and never fails."""
        ...

    def start(self, heard: Callable[[], None]) -> None:
        """Begin to listen; `heard` is called for each hint and must be quick."""
        ...

    def stop(self) -> None:
        """Let go."""
        ...


class NoHints:
    """For one process: there is nobody to tell."""

    def announce(self, head: int) -> None:
        """Tell nobody."""

    def start(self, heard: Callable[[], None]) -> None:
        """Hear nothing."""

    def stop(self) -> None:
        """Do nothing."""


class RedisHints:
    """Publishes and hears hints over Redis; while Redis is away nothing is told and nothing waits."""

    def __init__(self, url: str) -> None:
        self._speaking: redis.Redis = redis.Redis.from_url(
            url, socket_connect_timeout=CONNECT_TIMEOUT_S, socket_timeout=CONNECT_TIMEOUT_S
        )
        # A time-out on reading would end a quiet subscription: the waiting is timed by `get_message` instead.
        self._listening: redis.Redis = redis.Redis.from_url(
            url,
            socket_connect_timeout=CONNECT_TIMEOUT_S,
            socket_timeout=None,
            socket_keepalive=True,
            health_check_interval=CHECK_S,
        )
        self._head = 0
        self._away: set[str] = set()
        self._has_news = threading.Event()
        self._stopped = threading.Event()

    def announce(self, head: int) -> None:
        """See `Hints.announce`; a newer number takes the place of one that was not told yet."""
        self._head = max(self._head, head)
        self._has_news.set()

    def start(self, heard: Callable[[], None]) -> None:
        """See `Hints.start`."""
        for work in (self._publish, lambda: self._listen(heard)):
            threading.Thread(target=work, name="hints", daemon=True).start()

    def stop(self) -> None:
        """See `Hints.stop`."""
        self._stopped.set()
        self._has_news.set()

    def _publish(self) -> None:
        while not self._stopped.is_set():
            self._has_news.wait()
            self._has_news.clear()
            try:
                self._speaking.publish(CHANNEL, str(self._head))
                self._note_answer("tell")
            except redis.RedisError as error:
                self._pause("tell", error)

    def _listen(self, heard: Callable[[], None]) -> None:
        while not self._stopped.is_set():
            try:
                with self._listening.pubsub(ignore_subscribe_messages=True) as subscription:  # type: ignore[no-untyped-call]
                    subscription.subscribe(CHANNEL)
                    self._note_answer("hear")
                    heard()  # something may have been missed until here
                    while not self._stopped.is_set():
                        if subscription.get_message(timeout=LISTEN_S) is not None:
                            heard()
            except redis.RedisError as error:
                self._pause("hear", error)

    def _note_answer(self, what: str) -> None:
        if what in self._away:
            log.info("redis is back, can %s hints", what)
        self._away.discard(what)

    def _pause(self, what: str, error: Exception) -> None:
        if what not in self._away:  # told once, not every second
            log.warning("redis is away, cannot %s hints: %s", what, error)
        self._away.add(what)
        self._stopped.wait(PAUSE_S)
