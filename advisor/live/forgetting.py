"""The hourly forgetting of where ambulances were."""

import logging
from collections.abc import Callable
from datetime import timedelta

from advisor.services.forget_positions import Retention, forget_positions
from advisor.services.ports import Archive, Clock

EVERY_S = 3600.0

log = logging.getLogger(__name__)


def make_forgetting(archive: Archive, clock: Clock, *, keep: timedelta) -> Callable[[], None]:
    """Return what forgets everything that is due: coarsened after a day, gone after `keep`.

    Several processes may do so at once: what one has done, another finds done or does in the same way.
    """
    retention = Retention(coarse=keep)

    def forget() -> None:
        total = 0
        while worked_on := forget_positions(archive, now=clock(), retention=retention):
            total += worked_on
        if total:
            log.info("coarsened or removed the positions of %d advices and reports", total)

    return forget
