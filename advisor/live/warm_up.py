"""The first advice, worked out for nobody before anybody asks: compiled code is loaded and every memory filled."""

import logging
import time
from collections.abc import Sequence

from advisor.kernel import AdvisorError
from advisor.services.access import Actor, Role
from advisor.services.advice_case import AdviceCase
from advisor.services.give_advice import consider_advice
from advisor.services.world import World

log = logging.getLogger(__name__)

_NOBODY = Actor(name="warm-up", role=Role.NURSE)


class WarmUp:
    """Works one advice out with and one without signals; nothing of it is written down.

    A hospital's own place serves as position: the first from which an advice comes about, for a network need not reach
    all of them.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._is_done = False

    def missing(self) -> Sequence[str]:
        """Return what is missing before advice can be given at once: "advice", or nothing."""
        return () if self._is_done else ("advice",)

    def __call__(self) -> None:
        """Try; once it has succeeded, this does nothing more.

        Raises
        ------
        AdvisorError
            When no advice comes about from anywhere: what the last try said.
        """
        if self._is_done:
            return
        started = time.monotonic()
        self._work_out_somewhere()
        self._is_done = True
        log.info("warmed up in %.1f s", time.monotonic() - started)

    def _work_out_somewhere(self) -> None:
        failure: AdvisorError | None = None
        for hospital in self._world.registry:
            try:
                for signals in (True, False):
                    case = AdviceCase(position=hospital.position, signals=signals)
                    consider_advice(case, actor=_NOBODY, now=self._world.clock(), world=self._world)
            except AdvisorError as error:
                failure = error
            else:
                return
        if failure is not None:
            raise failure
