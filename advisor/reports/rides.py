"""Rides as stories: which hospitals were chosen one after another, what was predicted, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from advisor.journal.ride_events import (
    Arrived,
    ConsultHeld,
    Departed,
    DestinationChosen,
    Refused,
    RideEvent,
    RideOpened,
)
from advisor.journal.rides import Ride, advance, open_ride
from advisor.kernel import Department, HospitalId, RideId, Status
from advisor.protocol.model import ConsultOutcome, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a hospital: its place in the advice, its class then, and the reason that was given."""

    hospital: HospitalId
    rank: int
    outcome: Outcome
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """A drive with the patient on board to one hospital, from its departure to the door."""

    hospital: HospitalId
    departed_at: datetime
    expected_at: datetime
    arrived_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A hospital that did not take the patient; `outcome` and `seh` are what held there at the departure.

    `after` is the hospital that was chosen instead.
    """

    hospital: HospitalId
    reason: str
    at: datetime
    outcome: Outcome | None
    seh: Status | None
    after: HospitalId | None = None


@dataclass(slots=True)
class RideStory:
    """A ride as it stands, and what happened on it in order."""

    ride: Ride
    choices: list[Choice] = field(default_factory=list)
    drives: list[Drive] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    consults: list[tuple[HospitalId, ConsultOutcome]] = field(default_factory=list)
    departed_to: list[HospitalId] = field(default_factory=list)
    _predicted: tuple[HospitalId, datetime, datetime] | None = None

    def tell(self, event: RideEvent) -> None:
        """Add one more fact."""
        before, self.ride = self.ride, advance(self.ride, event)
        if isinstance(event, DestinationChosen):
            self._choose(event)
        elif isinstance(event, Departed):
            self._depart(event)
        elif isinstance(event, Arrived):
            self._arrive()
        elif isinstance(event, Refused):
            self._refuse(before, event)
        elif isinstance(event, ConsultHeld):
            self.consults.append((event.hospital, event.outcome))

    def _choose(self, event: DestinationChosen) -> None:
        at = self.ride.chosen_at or event.at
        self.choices.append(
            Choice(hospital=event.hospital, rank=event.rank, outcome=event.outcome, reason=event.reason, at=at)
        )
        if self._predicted is not None and self._predicted[0] != event.hospital:
            self._predicted = None  # the drive that was predicted was not driven to its end
        if self.refusals and self.refusals[-1].after is None:
            self.refusals[-1] = _answered(self.refusals[-1], event.hospital)

    def _depart(self, event: Departed) -> None:
        if self.ride.hospital is not None and self.ride.departed_at is not None:
            self.departed_to.append(self.ride.hospital)
            self._predicted = self.ride.hospital, self.ride.departed_at, event.expected_at

    def _arrive(self) -> None:
        if self._predicted is not None and self.ride.arrived_at is not None:
            hospital, departed_at, expected_at = self._predicted
            self.drives.append(
                Drive(
                    hospital=hospital,
                    departed_at=departed_at,
                    expected_at=expected_at,
                    arrived_at=self.ride.arrived_at,
                )
            )
        self._predicted = None

    def _refuse(self, before: Ride, event: Refused) -> None:
        if before.hospital is None:
            return
        self.refusals.append(
            Refusal(
                hospital=before.hospital,
                reason=event.reason,
                at=event.at,
                outcome=before.outcome_at_departure,
                seh=before.statuses.get(Department.SEH),
            )
        )


def tell_rides(facts: Iterable[RideEvent]) -> dict[RideId, RideStory]:
    """Return the rides that facts tell of, in order of their beginning; what began before the facts is left out."""
    stories: dict[RideId, RideStory] = {}
    for event in facts:
        if isinstance(event, RideOpened):
            stories[event.ride_id] = RideStory(open_ride(event))
        elif event.ride_id in stories:
            stories[event.ride_id].tell(event)
    return stories


def _answered(refusal: Refusal, after: HospitalId) -> Refusal:
    return Refusal(
        hospital=refusal.hospital,
        reason=refusal.reason,
        at=refusal.at,
        outcome=refusal.outcome,
        seh=refusal.seh,
        after=after,
    )
