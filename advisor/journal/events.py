"""What happened: facts in the past tense, each with the moment it was written down and who did it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType

from advisor.kernel import AdviceId, Department, HospitalId, Status, StopId
from advisor.protocol.model import StopReason

PlanId = NewType("PlanId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact. `at` is the aware UTC moment at which it was written down, `by` the user or source.

    `version` counts the shapes in which this type has been written; the codec reads the older ones.
    `subject` names the one thing that the fact is about, by which the store can find it again.
    """

    version: ClassVar[int] = 1

    at: datetime
    by: str

    @property
    def subject(self) -> str:
        """Return the id of what this fact is about; empty when it is about nothing in particular."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopDeclared(Event):
    """A hospital declared a stop or code for one department, until an entered end.

    `checklist` holds the ids of the escalation measures that were worked through; `plan_id` the
    announcement that this stop carries out.
    """

    stop_id: StopId
    hospital: HospitalId
    department: Department
    status: Status
    reason: StopReason
    until: datetime
    note: str = ""
    checklist: tuple[str, ...] = ()
    peers_called: bool = False
    plan_id: PlanId | None = None

    @property
    def subject(self) -> str:
        return self.stop_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StopExtended(Event):
    """A running stop got a later end."""

    stop_id: StopId
    until: datetime

    @property
    def subject(self) -> str:
        return self.stop_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StopEnded(Event):
    """A running stop was ended before its entered end."""

    stop_id: StopId

    @property
    def subject(self) -> str:
        return self.stop_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StopCorrected(Event):
    """An admin put right what was entered wrongly; the facts that were wrong stay in the journal.

    `None` leaves a value as it was. `void` says that there never was such a stop.
    """

    stop_id: StopId
    why: str
    status: Status | None = None
    reason: StopReason | None = None
    declared_at: datetime | None = None
    until: datetime | None = None
    ended_at: datetime | None = None
    void: bool = False

    @property
    def subject(self) -> str:
        return self.stop_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPlanned(Event):
    """A hospital announced a long stop ahead of time; this does not change any status."""

    plan_id: PlanId
    hospital: HospitalId
    department: Department
    reason: StopReason
    start: datetime
    until: datetime
    note: str = ""

    @property
    def subject(self) -> str:
        return self.plan_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWithdrawn(Event):
    """An announced long stop will not come."""

    plan_id: PlanId

    @property
    def subject(self) -> str:
        return self.plan_id


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseConfirmed(Event):
    """A dispatcher confirmed that all stops of a category in a meldkamer region have lapsed (rule 3.1)."""

    mka: str
    department: Department

    @property
    def subject(self) -> str:
        return f"{self.mka}/{self.department}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmAcknowledged(Event):
    """Somebody of the dispatch centre took an alarm upon himself; `alarm` is its id."""

    alarm: str

    @property
    def subject(self) -> str:
        return self.alarm


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedState:
    """What a feed says about one department; `since` and `until` as the feed gives them, if it does."""

    status: Status
    since: datetime | None = None
    until: datetime | None = None
    reason: StopReason | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReported(Event):
    """A feed spoke about departments of one hospital; `said_at` is the feed's own timestamp of that."""

    source: str
    hospital: HospitalId
    said_at: datetime
    departments: Mapping[Department, ReportedState] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        return f"{self.source}/{self.hospital}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHeard(Event):
    """A source answered: all that it reported before still holds, except about the hospitals that are missing.

    `as_of` is the moment for which it speaks, by its own clock; `None` when it does not say.
    """

    version: ClassVar[int] = 2

    source: str
    missing: tuple[HospitalId, ...] = ()
    as_of: datetime | None = None

    @property
    def subject(self) -> str:
        return self.source

    @property
    def heard_at(self) -> datetime:
        """Return the moment up to which the source stands by its words; never after it was heard."""
        return self.at if self.as_of is None else min(self.at, self.as_of)


class FeedProblemCode(StrEnum):
    """What can be the matter with a source."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_LOCATION = "unknown_location"
    MISSING_LOCATION = "missing_location"
    CONTRADICTION = "contradiction"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedProblem:
    """One thing that is the matter with a source; `detail` says where, in words of the source."""

    code: FeedProblemCode
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTroubled(Event):
    """What is the matter with a source became something else; nothing any more when `problems` is empty."""

    source: str
    problems: tuple[FeedProblem, ...] = ()

    @property
    def subject(self) -> str:
        return self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRetired(Event):
    """A source will not speak any more: its words count no longer, and nobody waits for it."""

    source: str

    @property
    def subject(self) -> str:
        return self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceGiven(Event):
    """An advice was given. Its receipt is an enclosure: kept beside the journal, bound to it by `digest`.

    `receipt` travels with the fact on its way in and is empty when the fact is read back; ask the journal
    for it by `advice_id`. A receipt may be removed after its retention period, the fact stays.

    `worked_ms` is how long it took from the question until the answer was there, not yet written down or sent;
    `status_age_s` how old the statuses were, by the source that was silent for longest. Both are `None` where
    nothing told it.
    """

    version: ClassVar[int] = 2

    advice_id: AdviceId
    digest: str
    first: HospitalId | None = None
    worked_ms: int | None = None
    status_age_s: int | None = None
    receipt: bytes = field(default=b"", compare=False, repr=False)

    @property
    def subject(self) -> str:
        return self.advice_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceAdopted(Event):
    """The program began to work with these documents: a registry of hospitals or the editions of the protocol.

    `documents` is an enclosure, like a receipt, and is never removed: old advice is worked out again with it.
    """

    kind: str
    identity: str
    documents: bytes = field(default=b"", compare=False, repr=False)

    @property
    def subject(self) -> str:
        return f"{self.kind}/{self.identity}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A fact with its place in the journal; numbers rise by one in the order of commit."""

    seq: int
    event: Event
