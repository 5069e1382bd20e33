"""Stand-ins for the patient, the hospital, its departments and its region, that note each fact that the rules read."""

from collections.abc import Iterator, Mapping
from typing import cast

from advisor.kernel import Department, Facility, HospitalId, Known, Status
from advisor.protocol.lapse import LapseKind, LapseState
from advisor.protocol.model import (
    Answer,
    DepartmentState,
    Opening,
    Origin,
    Site,
    Stability,
    StopPolicy,
    StopReason,
    Suspicion,
)
from advisor.protocol.shown import Trouble
from advisor.protocol.tables.explore import Trace
from advisor.protocol.tables.instants import Clock, Instant

HERE = HospitalId("here")
ELSEWHERE = HospitalId("elsewhere")
MKA = "\ue000mka\ue001"
SUBREGION = "\ue000subregion\ue001"
"""Stand-ins for names, recognised when they come back in a sentence."""
ANY_REASON = StopReason.PATIENT_PEAK
REASONS = (None, ANY_REASON, StopReason.TECHNICAL, StopReason.ROSTER)
"""The reasons of a stop that rules tell apart; one stands for all that no rule names."""
States = Mapping[Department, DepartmentState]


def maybe(trace: Trace, name: str, fact: str) -> Instant | None:
    """Return a moment, or `None` when the fact is that there is none."""
    return Instant.named(trace, name) if trace.flag(fact) else None


class RecordedPatient:
    """The patient, as far as it does not depend on the hospital; and what does, for the hospital in question."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    @property
    def abcd(self) -> Stability:
        return self._trace.pick("patient.abcd", tuple(Stability), tuple(Stability))

    @property
    def suspicion(self) -> Suspicion:
        return self._trace.pick("patient.suspicion", tuple(Suspicion), tuple(Suspicion))

    @property
    def origin(self) -> Origin:
        return self._trace.pick("patient.origin", tuple(Origin), tuple(Origin))

    @property
    def inside(self) -> HospitalId:
        return self._trace.pick("here.inside", (ELSEWHERE, HERE), (False, True))

    @property
    def shockroom(self) -> bool:
        return self._trace.flag("patient.shockroom")

    @property
    def gp_accepted(self) -> Mapping[HospitalId, bool]:
        accepted = self._trace.pick("here.gp_accepted", (None, True, False), (None, True, False))
        return {} if accepted is None else {HERE: accepted}


class RecordedRelation:
    """The treatment relation with the hospital in question."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    @property
    def active(self) -> Answer:
        return self._trace.pick("here.relation.active", tuple(Answer), tuple(Answer))

    @property
    def related(self) -> Answer:
        return self._trace.pick("here.relation.related", tuple(Answer), tuple(Answer))


class RecordedRide:
    """The ambulance on its way to the hospital in question."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    @property
    def departed_at(self) -> Instant | None:
        return maybe(self._trace, "departed", "here.departed_at")

    @property
    def announced_at(self) -> Instant | None:
        return maybe(self._trace, "announced", "here.announced_at")


class RecordedFacilities:
    """What the hospital in question has; a facility that is not on record is unknown."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    def get(self, facility: Facility, _: Known = Known.UNKNOWN) -> Known:
        return self._trace.pick(f"site.facilities.{facility}", tuple(Known), tuple(Known))


class RecordedSite:
    """The hospital in question; `hours` as the fact says, or fixed."""

    id = HERE
    name = ""
    protocol = ""
    mka = MKA
    subregion = SUBREGION

    def __init__(self, trace: Trace, *, hours: bool | None = None) -> None:
        self._trace = trace
        self._hours = hours
        self.facilities = RecordedFacilities(trace)

    @property
    def opening(self) -> Opening | None:
        has_hours = self._trace.flag("site.opening") if self._hours is None else self._hours
        if not has_hours:
            return None
        return Opening(opens=Clock.named(self._trace, "opens"), closes=Clock.named(self._trace, "closes"))

    @property
    def policy(self) -> StopPolicy:
        return self._trace.pick("site.policy", tuple(StopPolicy), tuple(StopPolicy))

    @property
    def limited_hours(self) -> bool:
        return self._trace.flag("site.limited_hours")


class RecordedState:
    """What was declared or reported for one department; `fact` names whose facts it reads."""

    def __init__(self, trace: Trace, fact: str, status: Status) -> None:
        self._trace = trace
        self._fact = fact
        self.status = status

    @property
    def reason(self) -> StopReason | None:
        return self._trace.pick(f"{self._fact}.reason", REASONS, REASONS)

    @property
    def planned(self) -> bool:
        return self._trace.flag(f"{self._fact}.planned")

    @property
    def manual(self) -> bool:
        return self._trace.flag(f"{self._fact}.manual")

    @property
    def since(self) -> Instant | None:
        return maybe(self._trace, "since", f"{self._fact}.since")

    @property
    def until(self) -> Instant | None:
        return maybe(self._trace, "until", f"{self._fact}.until")

    @property
    def planned_from(self) -> Instant | None:
        return maybe(self._trace, "from", f"{self._fact}.planned_from")

    @property
    def planned_until(self) -> Instant | None:
        return maybe(self._trace, "to", f"{self._fact}.planned_until")

    @property
    def reported_at(self) -> Instant | None:
        return maybe(self._trace, "heard", f"{self._fact}.reported_at")


StatusOrNone = Status | None
ANY_STATE: tuple[StatusOrNone, ...] = (None, *Status)


class RecordedStates:
    """The departments of the hospital in question; the one that is asked about is called "state".

    `possible` are the statuses it can have (`None`: nothing is known of it).
    """

    def __init__(self, trace: Trace, asked: Department | None, possible: tuple[StatusOrNone, ...] = ANY_STATE) -> None:
        self._trace = trace
        self._asked = asked
        self._possible = possible

    def get(self, department: Department) -> DepartmentState | None:
        asked = department is self._asked
        fact, possible = ("state", self._possible) if asked else (f"others.{department}", ANY_STATE)
        status = self._trace.pick(f"{fact}.status", possible, possible) if len(possible) > 1 else possible[0]
        return None if status is None else cast(DepartmentState, RecordedState(self._trace, fact, status))

    def __getitem__(self, department: Department) -> DepartmentState:
        state = self.get(department)
        if state is None:
            raise KeyError(department)
        return state


ShownAs = tuple[Status, Trouble]
Shows = Mapping[ShownAs, tuple[StatusOrNone, ...]]
"""What a department can show, and with which statuses of its state."""


class RecordedLapses:
    """Rule 3.1 for the region of the hospital in question, and what its department shows."""

    def __init__(self, trace: Trace, show: ShownAs | None) -> None:
        self._trace = trace
        self.shown = _RecordedShown(show)

    def get(self, _mka: str, _department: Department) -> LapseState:
        return cast(LapseState, RecordedLapse(self._trace))

    def confirmed_at(self, _mka: str, _department: Department) -> Instant | None:
        return RecordedLapse(self._trace).confirmed_at


class _RecordedShown:
    def __init__(self, show: ShownAs | None) -> None:
        self._show = show

    def get(self, _site: Site, _department: Department) -> ShownAs | None:
        return self._show


class RecordedLapse:
    """How the category in question stands in its region."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self.stopped_subregions = _StoppedSubregions(trace)

    @property
    def kind(self) -> LapseKind:
        return self._trace.pick("lapse.kind", tuple(LapseKind), tuple(LapseKind))

    @property
    def confirmed_at(self) -> Instant | None:
        return maybe(self._trace, "confirmed", "lapse.confirmed_at")


class _StoppedSubregions:
    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    def __contains__(self, name: object) -> bool:
        return self._trace.flag("lapse.subregion_stopped")


class RecordedStatuses:
    """The departments that count, in one reading of their statuses."""

    def __init__(self, trace: Trace, asked: Department) -> None:
        self._trace = trace
        self._asked = asked

    def get(self, department: Department) -> Status | None:
        return self[department] if self._counts(department) else None

    def __getitem__(self, department: Department) -> Status:
        return self._trace.pick(f"reading.{department}", tuple(Status), tuple(Status))

    def values(self) -> Iterator[Status]:
        return (self[department] for department in Department if self._counts(department))

    def _counts(self, department: Department) -> bool:
        return department in (Department.SEH, self._asked) or self._trace.flag(f"needs.counted.{department}")
