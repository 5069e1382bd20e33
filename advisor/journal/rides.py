"""Rides as the facts tell them: which step each is at, and which one may follow."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from advisor.journal.ride_events import (
    Announced,
    Arrived,
    Cancelled,
    ConsultHeld,
    CrewEvent,
    Departed,
    DestinationChosen,
    DestinationProposed,
    HandedOver,
    PositionReported,
    ProposalAccepted,
    ProposalDeclined,
    ProposalId,
    Refused,
    ReviewVerdict,
    RideEvent,
    RideOpened,
    RideReviewed,
)
from advisor.kernel import AdviceId, Department, HospitalId, RideId, Status
from advisor.protocol.model import ConsultOutcome, Outcome

INBOUND_WITHIN = timedelta(minutes=30)  # PD-6 counts the ambulances of the next half hour
OVERDUE_BY = timedelta(minutes=30)  # a ride that nobody closed counts no longer


class Step(StrEnum):
    """How far a ride is."""

    OPEN = "open"
    CHOSEN = "chosen"
    ANNOUNCED = "announced"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"


UNDER_WAY = frozenset({Step.ANNOUNCED, Step.DEPARTED})
OVER = frozenset({Step.HANDED_OVER, Step.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A hospital that the dispatch centre proposed; `accepted` is `None` until the crew answered."""

    id: ProposalId
    hospital: HospitalId
    proposed_at: datetime
    proposed_by: str
    accepted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a reviewer wrote."""

    verdict: ReviewVerdict
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A hospital that did not take the patient, and the reason that it gave; `at` is when that was heard."""

    hospital: HospitalId
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A hospital that had been told of the ambulance, which then chose another one on its way; `at`: heard."""

    hospital: HospitalId
    expected_at: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A press that was heard later than it was made, as one without a connection."""

    press: str
    happened_at: datetime
    heard_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ride:
    """One ride. `hospital`, `rank`, `reason` and `outcome` belong to the present choice.

    `departed_at` is when the ambulance left with the patient, `announced_at` when the present destination was
    told. `statuses` are the departments of the destination at the departure. `refused` holds the hospitals that
    did not take the patient, `withdrawn` those that were told and then left for another one. `requests` are the keys
    of the presses that were carried out. `changed_at` is when something was last heard of the ride, `stepped_at` when
    its crew last pressed a button; `late` holds the presses that were heard later than they were made.
    """

    id: RideId
    advice_id: AdviceId
    opened_at: datetime
    opened_by: str
    changed_at: datetime
    stepped_at: datetime
    step: Step = Step.OPEN
    hospital: HospitalId | None = None
    rank: int | None = None
    outcome: Outcome | None = None
    reason: str = ""
    chosen_at: datetime | None = None
    announced_at: datetime | None = None
    departed_at: datetime | None = None
    outcome_at_departure: Outcome | None = None
    statuses: Mapping[Department, Status] = field(default_factory=dict)
    expected_at: datetime | None = None
    arrived_at: datetime | None = None
    closed_at: datetime | None = None
    refused: tuple[Refusal, ...] = ()
    consults: Mapping[HospitalId, ConsultOutcome] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    reviews: tuple[Review, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    late: tuple[Late, ...] = ()
    requests: frozenset[str] = frozenset()

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more happens on this ride."""
        return self.step in OVER

    def is_inbound(self, now: datetime) -> bool:
        """Tell whether this ambulance is expected at its hospital within the next half hour."""
        if self.step not in UNDER_WAY or self.expected_at is None:
            return False
        return now - OVERDUE_BY < self.expected_at <= now + INBOUND_WITHIN

    def find_proposal(self, proposal_id: ProposalId) -> Proposal | None:
        """Find a proposal to this ride."""
        return next((proposal for proposal in self.proposals if proposal.id == proposal_id), None)


def open_ride(event: RideOpened) -> Ride:
    """Return the ride that begins with a fact."""
    return Ride(
        id=event.ride_id,
        advice_id=event.advice_id,
        opened_at=event.when,
        opened_by=event.by,
        changed_at=event.at,
        stepped_at=event.when,
        late=_late(event),
        requests=frozenset({event.request} - {""}),
    )


def advance(ride: Ride, event: RideEvent) -> Ride:
    """Return the ride after one more fact about it."""
    after = _CHANGES[type(event)](ride, event)
    if isinstance(event, CrewEvent):
        after = replace(after, stepped_at=event.when, late=ride.late + _late(event))
    return replace(after, changed_at=event.at, requests=ride.requests | ({event.request} - {""}))


def fold_rides(facts: Iterable[RideEvent]) -> dict[RideId, Ride]:
    """Return the rides that facts tell of, in order of their beginning; what began before the facts is left out."""
    rides: dict[RideId, Ride] = {}
    for event in facts:
        if isinstance(event, RideOpened):
            rides[event.ride_id] = open_ride(event)
        elif event.ride_id in rides:
            rides[event.ride_id] = advance(rides[event.ride_id], event)
    return rides


def _late(event: CrewEvent) -> tuple[Late, ...]:
    if event.happened_at is None:
        return ()
    return (Late(press=event.press, happened_at=event.happened_at, heard_at=event.at),)


def _choose(ride: Ride, event: DestinationChosen) -> Ride:
    # Who chooses again with the patient on board is on the way there at once.
    step = Step.DEPARTED if ride.step is Step.DEPARTED else Step.CHOSEN
    return replace(
        ride,
        step=step,
        hospital=event.hospital,
        rank=event.rank,
        outcome=event.outcome,
        reason=event.reason,
        chosen_at=event.when,
        announced_at=None,
        expected_at=event.expected_at,
        arrived_at=None,
        withdrawn=_withdrawn(ride, event),
    )


def _withdrawn(ride: Ride, event: DestinationChosen) -> tuple[Withdrawal, ...]:
    """Return the withdrawals after a choice: the one it was announced to is left, unless it is at the door there."""
    left = ride.hospital
    if left in (None, event.hospital) or ride.announced_at is None or ride.step not in UNDER_WAY:
        return ride.withdrawn
    return (*ride.withdrawn, Withdrawal(hospital=left, expected_at=ride.expected_at, at=event.at))


def _announce(ride: Ride, event: Announced) -> Ride:
    step = Step.DEPARTED if ride.step is Step.DEPARTED else Step.ANNOUNCED
    return replace(ride, step=step, announced_at=event.when)


def _depart(ride: Ride, event: Departed) -> Ride:
    return replace(
        ride,
        step=Step.DEPARTED,
        departed_at=event.when,
        outcome_at_departure=event.outcome,
        statuses=event.statuses,
        expected_at=event.expected_at,
    )


def _report(ride: Ride, event: PositionReported) -> Ride:
    return replace(ride, expected_at=event.expected_at or ride.expected_at)


def _arrive(ride: Ride, event: Arrived) -> Ride:
    return replace(ride, step=Step.ARRIVED, arrived_at=event.when)


def _hand_over(ride: Ride, event: HandedOver) -> Ride:
    return replace(ride, step=Step.HANDED_OVER, closed_at=event.when)


def _cancel(ride: Ride, event: Cancelled) -> Ride:
    return replace(ride, step=Step.CANCELLED, closed_at=event.when)


def _refuse(ride: Ride, event: Refused) -> Ride:
    if ride.hospital is None:
        return replace(ride, step=Step.REFUSED)
    refusal = Refusal(hospital=ride.hospital, reason=event.reason, at=event.at)
    return replace(ride, step=Step.REFUSED, refused=(*ride.refused, refusal))


def _consult(ride: Ride, event: ConsultHeld) -> Ride:
    return replace(ride, consults={**ride.consults, event.hospital: event.outcome})


def _propose(ride: Ride, event: DestinationProposed) -> Ride:
    proposal = Proposal(id=event.proposal_id, hospital=event.hospital, proposed_at=event.at, proposed_by=event.by)
    return replace(ride, proposals=(*ride.proposals, proposal))


def _accept(ride: Ride, event: ProposalAccepted) -> Ride:
    return _answer(ride, event.proposal_id, accepted=True)


def _decline(ride: Ride, event: ProposalDeclined) -> Ride:
    return _answer(ride, event.proposal_id, accepted=False)


def _answer(ride: Ride, proposal_id: ProposalId, *, accepted: bool) -> Ride:
    proposals = tuple(replace(one, accepted=accepted) if one.id == proposal_id else one for one in ride.proposals)
    return replace(ride, proposals=proposals)


def _review(ride: Ride, event: RideReviewed) -> Ride:
    review = Review(verdict=event.verdict, note=event.note, at=event.at, by=event.by)
    return replace(ride, reviews=(*ride.reviews, review))


_CHANGES: Mapping[type[RideEvent], Callable[..., Ride]] = {
    DestinationChosen: _choose,
    Announced: _announce,
    Departed: _depart,
    PositionReported: _report,
    Arrived: _arrive,
    HandedOver: _hand_over,
    Cancelled: _cancel,
    Refused: _refuse,
    ConsultHeld: _consult,
    DestinationProposed: _propose,
    ProposalAccepted: _accept,
    ProposalDeclined: _decline,
    RideReviewed: _review,
}
