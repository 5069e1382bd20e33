"""Opening hours on the wall clock of Europe/Amsterdam."""

from datetime import UTC, datetime, timedelta

from advisor.kernel import AMSTERDAM
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
    today = moment.astimezone(AMSTERDAM).date()
    closing = datetime.combine(today, opening.closes, AMSTERDAM)
    if closing > moment:
        closing = datetime.combine(today - timedelta(days=1), opening.closes, AMSTERDAM)
    return closing.astimezone(UTC)


def next_opening(opening: Opening, moment: datetime) -> datetime:
    """Return the first opening instant that is not before `moment`, in UTC."""
    today = moment.astimezone(AMSTERDAM).date()
    start = datetime.combine(today, opening.opens, AMSTERDAM)
    if start < moment:
        start = datetime.combine(today + timedelta(days=1), opening.opens, AMSTERDAM)
    return start.astimezone(UTC)
