"""Work that is done again and again beside the requests."""

import logging
import threading
import time
from collections.abc import Callable

from advisor.kernel import AdvisorError

log = logging.getLogger(__name__)

TOLD_AGAIN_S = 30.0
"""How often a failure that goes on is logged: a database that is away would fill the log from every loop."""


class Loop:
    """Calls `work` every `every_s` seconds, and at once when it is woken; a foreseen error is logged, not the end.

    The first time is after `every_s` too, unless it is to be `at_once`.
    """

    def __init__(self, name: str, work: Callable[[], None], *, every_s: float, at_once: bool = False) -> None:
        self._name = name
        self._work = work
        self._every_s = every_s
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._complained_at = float("-inf")
        if at_once:
            self._woken.set()

    def start(self) -> None:
        """Begin, on a thread of its own."""
        threading.Thread(target=self._run, name=self._name, daemon=True).start()

    def wake(self) -> None:
        """Do the work as soon as possible; quick, and safe from anywhere."""
        self._woken.set()

    def stop(self) -> None:
        """End after the work that is under way."""
        self._stopped.set()
        self._woken.set()

    def _run(self) -> None:
        while True:
            self._woken.wait(self._every_s)
            if self._stopped.is_set():
                return
            self._woken.clear()
            try:
                self._work()
            except AdvisorError as error:
                self._complain(error)
            except Exception:
                # The outer edge of this thread: a bug is told loudly, and the others must not go unserved for it.
                log.exception("unforeseen error in %s", self._name)
                time.sleep(1)

    def _complain(self, error: AdvisorError) -> None:
        now_s = time.monotonic()
        if now_s - self._complained_at >= TOLD_AGAIN_S:
            self._complained_at = now_s
            log.warning("%s: %s", self._name, error)
