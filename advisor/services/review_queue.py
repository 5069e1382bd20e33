"""What is to be reviewed: rides that did not go to the first hospital of their advice, and consultations."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from advisor.journal.events import AdviceGiven
from advisor.journal.ride_events import (
    Announced,
    Arrived,
    Cancelled,
    ConsultHeld,
    Departed,
    DestinationChosen,
    DestinationProposed,
    HandedOver,
    ProposalAccepted,
    ProposalDeclined,
    Refused,
    RideEvent,
    RideOpened,
    RideReviewed,
)
from advisor.journal.rides import Ride, fold_rides
from advisor.kernel import HospitalId, Interval, RideId
from advisor.protocol.model import Outcome
from advisor.services.access import Actor
from advisor.services.control_room import require_supervisor
from advisor.services.see_rides import may_see, ride_document
from advisor.services.world import World

Json = Any

PAGE = 500  # facts that are read at once
STEPS: tuple[type[RideEvent], ...] = (
    *(RideOpened, DestinationChosen, Announced, Departed, Arrived, HandedOver, Cancelled, Refused, ConsultHeld),
    *(DestinationProposed, ProposalAccepted, ProposalDeclined, RideReviewed),
)
"""What rides consist of, but for the positions, which are many and say nothing about a choice."""


class ReviewKind(StrEnum):
    """Why a ride is looked at."""

    DEVIATION = "deviation"
    CONSULT = "consult"


class ReviewState(StrEnum):
    """How far the review of a ride is; of several reviews the last counts."""

    OPEN = "open"
    AGREE = "agree"
    DISCUSS = "discuss"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewQuery:
    """Which rides: those that began in a period, of a kind and in a state; `None` for all."""

    period: Interval
    kind: ReviewKind | None = None
    state: ReviewState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """A ride to look at. `first` is the hospital at the top of its advice."""

    ride: Ride
    kinds: tuple[ReviewKind, ...]
    state: ReviewState
    first: HospitalId | None


def list_reviews(
    query: ReviewQuery, *, actor: Actor, now: datetime, world: World, pause: Callable[[], None] = lambda: None
) -> tuple[ReviewItem, ...]:
    """List the rides of a query, the latest first; `pause` is called while reading, so that others get their turn.

    Raises
    ------
    Forbidden
        When the actor is neither dispatcher nor mma.
    """
    require_supervisor(actor)
    rides = read_rides(query.period, now=now, world=world, pause=pause)
    items = []
    for ride in rides.values():
        kinds = kinds_of(ride)
        state = state_of(ride)
        fits = query.kind in (None, *kinds) and query.state in (None, state)
        if kinds and fits and may_see(actor, ride, world.regions):
            items.append(ReviewItem(ride=ride, kinds=kinds, state=state, first=_first(ride, world)))
    return tuple(sorted(items, key=lambda item: (item.ride.opened_at, item.ride.id), reverse=True))


def read_rides(
    period: Interval, *, now: datetime, world: World, pause: Callable[[], None] = lambda: None
) -> Mapping[RideId, Ride]:
    """Read the rides that began in a period, as they are now."""
    until = Interval(start=period.start, end=None)
    rides = fold_rides(_facts(until, world, pause))
    ended = period.end or now
    began = Interval(start=period.start, end=ended)
    # One that was told later than it began may belong to an earlier period.
    return {ride.id: ride for ride in rides.values() if ride.opened_at in began}


def kinds_of(ride: Ride) -> tuple[ReviewKind, ...]:
    """Return why a ride is to be looked at; nothing when the first of its advice was chosen without a consultation."""
    kinds = []
    if ride.rank is not None and ride.rank > 1:
        kinds.append(ReviewKind.DEVIATION)
    if ride.consults or ride.outcome is Outcome.CONSULT:
        kinds.append(ReviewKind.CONSULT)
    return tuple(kinds)


def state_of(ride: Ride) -> ReviewState:
    """Return what the last review said."""
    return ReviewState(ride.reviews[-1].verdict.value) if ride.reviews else ReviewState.OPEN


def review_item_document(item: ReviewItem, actor: Actor) -> dict[str, Json]:
    """Return an item in JSON terms."""
    return {**ride_document(item.ride, actor), "kinds": list(item.kinds), "state": item.state, "first": item.first}


def _facts(period: Interval, world: World, pause: Callable[[], None]) -> Iterator[RideEvent]:
    seq = 0
    while facts := world.journal.read_types(STEPS, period, seq, PAGE):
        for recorded in facts:
            if isinstance(recorded.event, RideEvent):
                yield recorded.event
        seq = facts[-1].seq
        pause()


def _first(ride: Ride, world: World) -> HospitalId | None:
    given = (recorded.event for recorded in world.journal.about(ride.advice_id))
    return next((event.first for event in given if isinstance(event, AdviceGiven)), None)
