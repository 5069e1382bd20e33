"""A stop and an announced stop as the facts tell them; whether one runs depends on the moment asked for."""

from dataclasses import dataclass
from datetime import datetime

from advisor.journal.events import PlanId
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
