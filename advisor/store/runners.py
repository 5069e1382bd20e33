"""Where writing happens: one at a time, and never on the thread of an event loop that it would block.

SQLite waits for the disk inside a C call, so under gevent it needs a real thread. psycopg waits through
gevent's own loop, so there a lock is enough; the threads of `threading` are greenlets under gevent.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from advisor.services.ports import JournalUnavailable, Runner

Result = TypeVar("Result")


class LockedRunner:
    """Runs work where it is asked, one at a time; for PostgreSQL, with and without gevent."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __call__(self, work: Callable[[], Result]) -> Result:
        with self._lock:
            return work()


class ThreadRunner:
    """Runs work on one thread of its own; for SQLite in a program without gevent."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")

    def __call__(self, work: Callable[[], Result]) -> Result:
        try:
            future = self._pool.submit(work)
        except RuntimeError as error:  # the interpreter is shutting down
            raise JournalUnavailable("the program is stopping") from error
        return future.result()


class GeventThreadRunner:
    """Runs work on one real thread beside the event loop, while the caller's greenlet waits."""

    def __init__(self, *, threads: int = 1) -> None:
        from gevent.threadpool import ThreadPool  # noqa: PLC0415 - only a program on gevent has it loaded

        self._pool = ThreadPool(threads)

    def __call__(self, work: Callable[[], Result]) -> Result:
        result: Result = self._pool.apply(work)
        return result


def runner_for(url: str, *, gevent: bool) -> Runner:
    """Return the runner that suits the database at `url` in a program with or without gevent."""
    if not url.startswith("sqlite"):
        return LockedRunner()
    return GeventThreadRunner() if gevent else ThreadRunner()
