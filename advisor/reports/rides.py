"""Rides as stories: which hospitals were chosen one after another, what was predicted, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from advisor.journal.ride_events import (
    Arrived,
    ConsultHeld,
    Departed,
    DestinationChosen,
    Refused,
    ReviewVerdict,
    RideEvent,
    RideOpened,
    RideReviewed,
)
from advisor.kernel import AdviceId, Department, HospitalId, RideId, Status
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
    """A drive with the patient on board to one hospital, from its departure to the door; whether the ride's first."""

    hospital: HospitalId
    departed_at: datetime
    expected_at: datetime
    arrived_at: datetime
    first: bool


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


@dataclass(slots=True, kw_only=True)
class RideStory:
    """A ride, and what happened on it in order. `departed_to` names a hospital for every departure."""

    id: RideId
    advice_id: AdviceId
    crew: str
    opened_at: datetime
    choices: list[Choice] = field(default_factory=list)
    departed_to: list[HospitalId] = field(default_factory=list)
    drives: list[Drive] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    consults: list[tuple[HospitalId, ConsultOutcome]] = field(default_factory=list)
    verdict: ReviewVerdict | None = None
    _departed: Departed | None = None

    def tell(self, event: RideEvent) -> None:
        """Add one more fact."""
        if isinstance(event, DestinationChosen):
            self._choose(event)
        elif isinstance(event, Departed):
            self._depart(event)
        elif isinstance(event, Arrived):
            self._arrive(event)
        elif isinstance(event, Refused):
            self._refuse(event)
        elif isinstance(event, ConsultHeld):
            self.consults.append((event.hospital, event.outcome))
        elif isinstance(event, RideReviewed):
            self.verdict = event.verdict

    def _choose(self, event: DestinationChosen) -> None:
        if self.choices and self.choices[-1].hospital != event.hospital:
            self._departed = None  # the drive that was predicted was not driven to its end
        self.choices.append(
            Choice(
                hospital=event.hospital,
                rank=event.rank,
                outcome=event.outcome,
                reason=event.reason,
                at=event.when,
            )
        )
        if self.refusals and self.refusals[-1].after is None:
            self.refusals[-1] = replace(self.refusals[-1], after=event.hospital)

    def _depart(self, event: Departed) -> None:
        if self.choices:
            self.departed_to.append(self.choices[-1].hospital)
            self._departed = event

    def _arrive(self, event: Arrived) -> None:
        if self._departed is None or len(self.drives) == len(self.departed_to):
            return
        self.drives.append(
            Drive(
                hospital=self.departed_to[-1],
                departed_at=self._departed.when,
                expected_at=self._departed.expected_at,
                arrived_at=event.when,
                first=len(self.departed_to) == 1,
            )
        )

    def _refuse(self, event: Refused) -> None:
        if not self.choices:
            return
        left = self._departed
        self.refusals.append(
            Refusal(
                hospital=self.choices[-1].hospital,
                reason=event.reason,
                at=event.when,
                outcome=None if left is None else left.outcome,
                seh=None if left is None else left.statuses.get(Department.SEH),
            )
        )


def tell_rides(facts: Iterable[RideEvent]) -> dict[RideId, RideStory]:
    """Return the rides that facts tell of, in order of their beginning; what began before the facts is left out."""
    stories: dict[RideId, RideStory] = {}
    for event in facts:
        if isinstance(event, RideOpened):
            stories[event.ride_id] = RideStory(
                id=event.ride_id, advice_id=event.advice_id, crew=event.by, opened_at=event.when
            )
        elif event.ride_id in stories:
            stories[event.ride_id].tell(event)
    return stories
