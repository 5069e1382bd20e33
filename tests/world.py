"""A small invented region with a journal in memory, and builders that let a test name only what matters to it."""

from datetime import UTC, datetime, timedelta

from advisor.journal.events import (
    Event,
    FeedHeard,
    ReportedState,
    StatusReported,
    StopDeclared,
    StopEnded,
    StopExtended,
)
from advisor.kernel import Department, HospitalId, Status, StopId
from advisor.protocol.model import StopReason

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
VELDSTAD = HospitalId("veldstad")


def at(minutes: float) -> datetime:
    """Return the moment so many minutes after `NOW`."""
    return NOW + timedelta(minutes=minutes)


def declared(
    stop_id: str = "s1",
    *,
    hospital: str = VELDSTAD,
    department: Department = Department.SEH,
    status: Status = Status.RED,
    when: datetime = NOW,
    until: datetime | None = None,
    reason: StopReason = StopReason.PATIENT_PEAK,
) -> StopDeclared:
    """Return a declared stop of two hours."""
    return StopDeclared(
        at=when,
        by="coordinator",
        stop_id=StopId(stop_id),
        hospital=HospitalId(hospital),
        department=department,
        status=status,
        reason=reason,
        until=until or when + timedelta(hours=2),
    )


def extended(stop_id: str = "s1", *, when: datetime, until: datetime) -> StopExtended:
    """Return an extension."""
    return StopExtended(at=when, by="coordinator", stop_id=StopId(stop_id), until=until)


def ended(stop_id: str = "s1", *, when: datetime) -> StopEnded:
    """Return an early end."""
    return StopEnded(at=when, by="coordinator", stop_id=StopId(stop_id))


def heard(source: str = "lpz", *, when: datetime = NOW, missing: tuple[str, ...] = ()) -> FeedHeard:
    """Return a feed that answered."""
    return FeedHeard(at=when, by=source, source=source, missing=tuple(map(HospitalId, missing)))


def reported(
    status: Status = Status.GREEN,
    *,
    source: str = "lpz",
    hospital: str = VELDSTAD,
    department: Department = Department.SEH,
    said_at: datetime = NOW,
    when: datetime | None = None,
) -> StatusReported:
    """Return what a feed says about one department."""
    return StatusReported(
        at=when or said_at,
        by=source,
        source=source,
        hospital=HospitalId(hospital),
        said_at=said_at,
        departments={department: ReportedState(status=status)},
    )


def one_after_another(*events: Event) -> tuple[Event, ...]:
    """Return the events in the order of their moments."""
    return tuple(sorted(events, key=lambda event: event.at))
