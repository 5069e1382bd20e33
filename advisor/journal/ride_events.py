"""What happened on a ride: from an advice to the handing over, each step with the moment and who did it.

`request` is the key that a phone gives to one press of a button and repeats when it tries again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType

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
class CrewEvent(RideEvent):
    """A button that the crew pressed; `press` is its name.

    `happened_at` is when, where that was told later than it was: a phone without a connection keeps its presses.
    """

    version: ClassVar[int] = 2
    press: ClassVar[str] = ""

    happened_at: datetime | None = None

    @property
    def when(self) -> datetime:
        """Return when it happened, as far as anybody told."""
        return self.happened_at or self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class RideOpened(CrewEvent):
    """A crew began a ride from an advice."""

    press: ClassVar[str] = "open"

    advice_id: AdviceId


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationChosen(CrewEvent):
    """The crew chose a hospital; `rank` is its place in the advice, `reason` why it is not the first.

    `expected_at` is when the ambulance will be there, as far as is known now.
    """

    press: ClassVar[str] = "choose"

    hospital: HospitalId
    rank: int
    outcome: Outcome
    expected_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced(CrewEvent):
    """The crew told the chosen hospital that it comes."""

    press: ClassVar[str] = "announce"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed(CrewEvent):
    """The ambulance departed with the patient; the statuses at that instant were checked (RX-5).

    `outcome` is what the rules said about the chosen hospital at that instant.
    """

    press: ClassVar[str] = "depart"

    outcome: Outcome
    expected_at: datetime
    statuses: Mapping[Department, Status] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionReported(RideEvent):
    """The ambulance told where it is. The position is an enclosure and does not stay for ever."""

    expected_at: datetime | None = None
    position: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(CrewEvent):
    """The ambulance arrived at the chosen hospital."""

    press: ClassVar[str] = "arrive"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(CrewEvent):
    """The hospital took the patient over; the ride is over."""

    press: ClassVar[str] = "handover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled(CrewEvent):
    """The ride is over without a handing over."""

    press: ClassVar[str] = "cancel"

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(CrewEvent):
    """The chosen hospital did not take the patient; the crew still has the patient and chooses again."""

    press: ClassVar[str] = "refused"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultHeld(CrewEvent):
    """The crew phoned a hospital about the patient."""

    press: ClassVar[str] = "consult"

    hospital: HospitalId
    outcome: ConsultOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationProposed(RideEvent):
    """The dispatch centre proposed another hospital to the crew."""

    proposal_id: ProposalId
    hospital: HospitalId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAccepted(CrewEvent):
    """The crew goes along with a proposal; the choice that follows from it is a fact of its own."""

    press: ClassVar[str] = "accept"

    proposal_id: ProposalId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDeclined(CrewEvent):
    """The crew keeps to its own choice."""

    press: ClassVar[str] = "decline"

    proposal_id: ProposalId


@dataclass(frozen=True, slots=True, kw_only=True)
class RideReviewed(RideEvent):
    """Somebody of the dispatch centre looked at the choice."""

    verdict: ReviewVerdict
    note: str = ""
