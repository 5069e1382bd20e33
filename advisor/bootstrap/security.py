"""What goes on beside the requests for the access log."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from advisor.settings import Settings

if TYPE_CHECKING:
    from advisor.live.loops import Loop
    from advisor.services.world import World

FLUSH_EVERY_S = 0.4
FORGET_EVERY_S = 24 * 3600.0
DAYS_A_YEAR = 366  # rather a day too long than one too short

log = logging.getLogger(__name__)


def tend_access_log(settings: Settings, world: "World") -> "tuple[Loop, ...]":
    """Write the lines that nobody waits for, and drop those whose time is over."""
    from advisor.live.loops import Loop  # noqa: PLC0415 - commands need none of this

    return (
        Loop("access log", world.security.access_log.flush, every_s=FLUSH_EVERY_S),
        Loop("old access log", _forgetting(settings, world), every_s=FORGET_EVERY_S, at_once=True),
    )


def _forgetting(settings: Settings, world: "World") -> Callable[[], None]:
    keep = timedelta(days=settings.access_log_years * DAYS_A_YEAR)

    def forget() -> None:
        dropped = world.security.access_log.forget(world.clock() - keep)
        if dropped:
            log.info("dropped %d lines of the access log that are older than %d days", dropped, keep.days)

    return forget
