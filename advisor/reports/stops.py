"""Stops as they ran, out of the facts: those of the console, and those that a source told of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from advisor.journal.department import CONSOLE, SEVERITY
from advisor.journal.events import (
    Event,
    FeedRetired,
    LapseConfirmed,
    PlanId,
    PlanWithdrawn,
    StatusReported,
    StopCorrected,
    StopDeclared,
    StopEnded,
    StopExtended,
    StopPlanned,
)
from advisor.journal.stop import Plan, Stop, advance_stop, open_plan, open_stop
from advisor.kernel import Department, HospitalId, Status, StopId
from advisor.protocol.model import StopReason
from advisor.reports.told import Told, tell

STOP_FACTS: tuple[type[Event], ...] = (
    *(StopDeclared, StopExtended, StopEnded, StopCorrected, StopPlanned, PlanWithdrawn),
    *(LapseConfirmed, StatusReported, FeedRetired),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stop or code as it ran, half-open; `end=None` where it runs on without an end that is known.

    `source` is the console or the feed that told of it; `stop` is that of the console.
    """

    hospital: HospitalId
    department: Department
    status: Status
    start: datetime
    end: datetime | None
    source: str
    reason: StopReason | None = None
    note: str = ""
    stop: Stop | None = None

    def until(self, now: datetime) -> datetime:
        """Return when it ended, or `now` while it runs."""
        return now if self.end is None else min(self.end, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStop:
    """An announced stop: what became of it, as far as anything did."""

    plan: Plan
    stop: Stop | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopStory:
    """Everything that facts tell of stops; spans in order of their beginning."""

    spans: tuple[Span, ...]
    plans: tuple[PlannedStop, ...]
    lapses: tuple[LapseConfirmed, ...]


def tell_stops(facts: Iterable[Event]) -> StopStory:
    """Return what facts of the kinds of `STOP_FACTS`, in their order, tell of stops.

    Corrections count as if it had always been so, and a stop that never was is left out. What was done with a stop
    that was declared before the facts begin, is left out too. Where the console and a source tell of the same
    department, that holds which held on the board.
    """
    reader = _Reader()
    for event in facts:
        reader.read(event)
    declared = [_of_stop(stop) for stop in reader.stops.values() if not stop.void and stop.declared_at < stop.end]
    told = _beside_the_console(tell(reader.words), declared)
    spans = sorted((*declared, *told), key=lambda span: (span.start, span.hospital, span.department))
    carried_out = {stop.plan_id: stop for stop in reader.stops.values() if stop.plan_id and not stop.void}
    return StopStory(
        spans=tuple(spans),
        plans=tuple(
            PlannedStop(plan=plan, stop=carried_out.get(key), withdrawn_at=reader.withdrawn.get(key))
            for key, plan in reader.plans.items()
        ),
        lapses=tuple(reader.lapses),
    )


def join_overlapping(spans: Iterable[Span]) -> Iterator[Span]:
    """Join what overlaps of one department with one status: it is one stop that was told twice, with the first words.

    What only touches stays two: a stop that is declared anew at the end of another one is another one.
    """
    joined: dict[tuple[HospitalId, Department, Status], list[Span]] = {}
    for span in sorted(spans, key=lambda each: each.start):
        of_department = joined.setdefault((span.hospital, span.department, span.status), [])
        last = of_department[-1] if of_department else None
        if last is not None and (last.end is None or span.start < last.end):
            end = None if last.end is None or span.end is None else max(last.end, span.end)
            of_department[-1] = replace(last, end=end)
        else:
            of_department.append(span)
    return (span for of_department in joined.values() for span in of_department)


class _Reader:
    """Gathers facts by what they are about."""

    def __init__(self) -> None:
        self.stops: dict[StopId, Stop] = {}
        self.plans: dict[PlanId, Plan] = {}
        self.withdrawn: dict[PlanId, datetime] = {}
        self.lapses: list[LapseConfirmed] = []
        self.words: list[StatusReported | FeedRetired] = []
        self._how: Mapping[type[Event], Callable[..., None]] = {
            StopDeclared: self._declare,
            StopExtended: self._advance,
            StopEnded: self._advance,
            StopCorrected: self._advance,
            StopPlanned: self._plan,
            PlanWithdrawn: self._withdraw,
            LapseConfirmed: self.lapses.append,
            StatusReported: self.words.append,
            FeedRetired: self.words.append,
        }

    def read(self, event: Event) -> None:
        self._how[type(event)](event)

    def _declare(self, event: StopDeclared) -> None:
        self.stops[event.stop_id] = open_stop(event)

    def _advance(self, event: StopExtended | StopEnded | StopCorrected) -> None:
        stop = self.stops.get(event.stop_id)
        if stop is not None:
            self.stops[event.stop_id] = advance_stop(stop, event)

    def _plan(self, event: StopPlanned) -> None:
        self.plans[event.plan_id] = open_plan(event)

    def _withdraw(self, event: PlanWithdrawn) -> None:
        self.withdrawn[event.plan_id] = event.at


def _of_stop(stop: Stop) -> Span:
    return Span(
        hospital=stop.hospital,
        department=stop.department,
        status=stop.status,
        start=stop.declared_at,
        end=stop.end,
        source=CONSOLE,
        reason=stop.reason,
        note=stop.note,
        stop=stop,
    )


def _beside_the_console(told: Iterable[Told], declared: Sequence[Span]) -> Iterator[Span]:
    """Return what sources told, as far as it held on the board beside the stops of the console."""
    of_department: dict[tuple[HospitalId, Department], list[Span]] = {}
    for span in declared:
        of_department.setdefault((span.hospital, span.department), []).append(span)
    for each in told:
        cut = each
        for stop in of_department.get((each.hospital, each.department), ()):
            cut = _cut(cut, stop)
        if cut.end is None or cut.start < cut.end:
            yield Span(
                hospital=cut.hospital,
                department=cut.department,
                status=cut.status,
                start=cut.start,
                end=cut.end,
                source=cut.source,
                reason=cut.reported.reason,
                note=cut.reported.note,
            )


def _cut(told: Told, stop: Span) -> Told:
    """End what a source told where a stop of the console took its place; the same stop told twice stays one."""
    ended = stop.end
    beside = ended is not None and told.start < ended and (told.end is None or stop.start < told.end)
    if ended is None or not beside or told.said_at >= ended:
        return told
    severer = told.said_at > stop.start and SEVERITY[told.status] > SEVERITY[stop.status]
    end = ended if severer or told.status is stop.status else max(told.start, stop.start)
    return replace(told, end=end if told.end is None else min(told.end, end))
