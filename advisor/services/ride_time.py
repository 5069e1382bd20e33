"""When a button of a ride was pressed, where a phone tells it later than it was."""

from datetime import datetime, timedelta
from typing import TypedDict

from advisor.journal.rides import Ride
from advisor.kernel import InvalidInput, Problem, RideId
from advisor.services.access import Actor

SKEW = timedelta(minutes=1)  # what the clock of a phone may be ahead of ours
OLDEST = timedelta(hours=24)


class Told(TypedDict):
    """What every press of a button on a ride has in common."""

    at: datetime
    by: str
    ride_id: RideId
    happened_at: datetime | None


def told(ride: Ride, at: datetime | None, *, actor: Actor, now: datetime) -> Told:
    """Return who pressed, when that is heard and when it was; raises `InvalidInput` as `happened` does."""
    return Told(at=now, by=actor.name, ride_id=ride.id, happened_at=happened(at, now=now, ride=ride))


def happened(at: datetime | None, *, now: datetime, ride: Ride | None = None) -> datetime | None:
    """Return when a press of `ride` happened; `None` when nobody told, which means now.

    A little in the future is now: clocks differ.

    Raises
    ------
    InvalidInput
        When it is further in the future, longer ago than a day, or before what happened on the ride until then.
    """
    if at is None:
        return None
    if at > now + SKEW:
        raise _wrong("must not be in the future")
    if at < now - OLDEST:
        raise _wrong(f"must not be longer ago than {OLDEST // timedelta(hours=1)} hours")
    if ride is not None and at < ride.stepped_at:
        raise _wrong(f"must not be before the last step of the ride, {ride.stepped_at.isoformat(timespec='seconds')}")
    return min(at, now)


def _wrong(message: str) -> InvalidInput:
    return InvalidInput([Problem(field="at", message=message)])
