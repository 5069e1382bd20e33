"""Moments as they are typed."""

from datetime import UTC, datetime

from advisor.kernel import InvalidInput, Problem


def parse_moment(text: str, field: str) -> datetime:
    """Read a moment with its offset; `field` is what the problem is told of.

    Raises
    ------
    InvalidInput
        When it is none, or lacks its offset.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        message = f"must be a time with its offset, such as 2026-02-01T14:30:00+01:00, not {text!r}"
        raise InvalidInput([Problem(field=field, message=message)])
    return moment.astimezone(UTC)
