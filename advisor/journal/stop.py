"""A stop and an announced stop as the facts tell them; whether one runs depends on the moment asked for."""

from dataclasses import dataclass, replace
from datetime import datetime

from advisor.journal.events import Event, PlanId, StopCorrected, StopDeclared, StopEnded, StopExtended, StopPlanned
from advisor.kernel import Department, HospitalId, Status, StopId
from advisor.protocol.model import StopReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A declared stop or code: it runs from its declaration to its entered end, or to an earlier ending.

    `corrected_at` is when an admin last put something right; a `void` stop never was one.
    """

    id: StopId
    hospital: HospitalId
    department: Department
    status: Status
    reason: StopReason
    note: str
    declared_at: datetime
    declared_by: str
    until: datetime
    ended_at: datetime | None = None
    extensions: int = 0
    checklist: tuple[str, ...] = ()
    peers_called: bool = False
    plan_id: PlanId | None = None
    corrected_at: datetime | None = None
    void: bool = False

    @property
    def end(self) -> datetime:
        """Return the moment from which the stop no longer holds, as far as is known now."""
        return self.until if self.ended_at is None else min(self.ended_at, self.until)

    def is_running(self, now: datetime) -> bool:
        """Tell whether the stop holds at `now`; at its very end it does not (protocol table 3).

        Its beginning is not looked at: what stands in the journal has begun, also by a clock that is behind.
        """
        return not self.void and now < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A long stop that was announced for `[start, until)`; `stop_id` once it was really declared."""

    id: PlanId
    hospital: HospitalId
    department: Department
    reason: StopReason
    start: datetime
    until: datetime
    note: str
    announced_at: datetime
    announced_by: str
    stop_id: StopId | None = None

    def is_awaited(self, now: datetime) -> bool:
        """Tell whether the announced stop may still come: not declared yet and not past its end."""
        return self.stop_id is None and now < self.until


def open_stop(event: StopDeclared) -> Stop:
    """Return the stop that begins with a fact."""
    return Stop(
        id=event.stop_id,
        hospital=event.hospital,
        department=event.department,
        status=event.status,
        reason=event.reason,
        note=event.note,
        declared_at=event.at,
        declared_by=event.by,
        until=event.until,
        checklist=event.checklist,
        peers_called=event.peers_called,
        plan_id=event.plan_id,
    )


def advance_stop(stop: Stop, event: Event) -> Stop:
    """Return a stop after one more fact about it; another kind of fact leaves it as it is."""
    if isinstance(event, StopExtended):
        return replace(stop, until=event.until, extensions=stop.extensions + 1)
    if isinstance(event, StopEnded):
        return replace(stop, ended_at=event.at)
    return _correct(stop, event) if isinstance(event, StopCorrected) else stop


def _correct(stop: Stop, event: StopCorrected) -> Stop:
    return replace(
        stop,
        status=event.status or stop.status,
        reason=event.reason or stop.reason,
        declared_at=event.declared_at or stop.declared_at,
        until=event.until or stop.until,
        ended_at=event.ended_at or stop.ended_at,
        corrected_at=event.at,
        void=event.void or stop.void,
    )


def open_plan(event: StopPlanned) -> Plan:
    """Return the announcement that begins with a fact."""
    return Plan(
        id=event.plan_id,
        hospital=event.hospital,
        department=event.department,
        reason=event.reason,
        start=event.start,
        until=event.until,
        note=event.note,
        announced_at=event.at,
        announced_by=event.by,
    )
