"""Opening hours on the wall clock of Europe/Amsterdam."""

from datetime import UTC, datetime, timedelta

from advisor.protocol.dated import AMSTERDAM
from advisor.protocol.model import Opening


def is_open(opening: Opening, moment: datetime) -> bool:
    """Tell whether an SEH with these hours is open: from the opening time inclusive until the closing time exclusive.

    Equal times mean that it never closes.
    """
    clock = moment.astimezone(AMSTERDAM).time()
    if opening.opens < opening.closes:
        return opening.opens <= clock < opening.closes
    return clock >= opening.opens or clock < opening.closes


def last_closing(opening: Opening, moment: datetime) -> datetime:
    """Return the latest closing instant that is not after `moment`, in UTC."""
    local = moment.astimezone(AMSTERDAM)
    closing = local.replace(
        hour=opening.closes.hour, minute=opening.closes.minute, second=opening.closes.second, microsecond=0, fold=0
    )
    if closing > local:
        closing = (closing - timedelta(days=1)).replace(fold=0)
    return closing.astimezone(UTC)


def next_opening(opening: Opening, moment: datetime) -> datetime:
    """Return the first opening instant that is not before `moment`, in UTC."""
    local = moment.astimezone(AMSTERDAM)
    start = local.replace(
        hour=opening.opens.hour, minute=opening.opens.minute, second=opening.opens.second, microsecond=0, fold=0
    )
    if start < local:
        start += timedelta(days=1)
    return start.astimezone(UTC)
