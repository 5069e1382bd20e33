"""What happened on a ride: from an advice to the handing over, each step with the moment and who did it.

`request` is the key that a phone gives to one press of a button and repeats when it tries again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from advisor.journal.events import Event
from advisor.kernel import AdviceId, Department, HospitalId, RideId, Status
from advisor.protocol.model import ConsultOutcome, Outcome

ProposalId = NewType("ProposalId", str)


class ReviewVerdict(StrEnum):
    """What a reviewer thinks of a choice."""

    AGREE = "agree"
    DISCUSS = "discuss"


@dataclass(frozen=True, slots=True, kw_only=True)
class RideEvent(Event):
    """A fact about one ride."""

    ride_id: RideId
    request: str = ""

    @property
    def subject(self) -> str:
        return self.ride_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RideOpened(RideEvent):
    """A crew began a ride from an advice."""

    advice_id: AdviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationChosen(RideEvent):
    """The crew chose a hospital; `rank` is its place in the advice, `reason` why it is not the first.

    `expected_at` is when the ambulance will be there, as far as is known now.
    """

    hospital: HospitalId
    rank: int
    outcome: Outcome
    expected_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced(RideEvent):
    """The crew told the chosen hospital that it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed(RideEvent):
    """The ambulance departed with the patient; the statuses at that instant were checked (RX-5).

    `outcome` is what the rules said about the chosen hospital at that instant.
    """

    outcome: Outcome
    expected_at: datetime
    statuses: Mapping[Department, Status] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionReported(RideEvent):
    """The ambulance told where it is. The position is an enclosure and does not stay for ever."""

    expected_at: datetime | None = None
    position: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(RideEvent):
    """The ambulance arrived at the chosen hospital."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(RideEvent):
    """The hospital took the patient over; the ride is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled(RideEvent):
    """The ride is over without a handing over."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(RideEvent):
    """The chosen hospital did not take the patient; the crew still has the patient and chooses again."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultHeld(RideEvent):
    """The crew phoned a hospital about the patient."""

    hospital: HospitalId
    outcome: ConsultOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationProposed(RideEvent):
    """The dispatch centre proposed another hospital to the crew."""

    proposal_id: ProposalId
    hospital: HospitalId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAccepted(RideEvent):
    """The crew goes along with a proposal; the choice that follows from it is a fact of its own."""

    proposal_id: ProposalId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDeclined(RideEvent):
    """The crew keeps to its own choice."""

    proposal_id: ProposalId


@dataclass(frozen=True, slots=True, kw_only=True)
class RideReviewed(RideEvent):
    """Somebody of the dispatch centre looked at the choice."""

    verdict: ReviewVerdict
    note: str = ""
