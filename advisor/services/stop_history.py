"""The stops that a hospital declared in the past month: who did what when, and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisor.journal.events import Event, Recorded, StopCorrected, StopDeclared, StopEnded, StopExtended
from advisor.journal.fold import fold
from advisor.journal.stop import Stop
from advisor.kernel import HospitalId, Interval, StopId
from advisor.services.world import World

PERIOD = timedelta(days=30)
PAGE = 500  # facts that are read at once

_ACTS: dict[type[Event], str] = {
    StopDeclared: "declared",
    StopExtended: "extended",
    StopEnded: "ended",
    StopCorrected: "corrected",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that was done with a stop; `until` is the end that was entered, `why` given with a correction."""

    act: str
    at: datetime
    by: str
    until: datetime | None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStop:
    """A stop as it is now, and everything that was done with it, in order."""

    stop: Stop
    acts: tuple[Act, ...]


def stop_history(
    hospital: HospitalId, *, now: datetime, world: World, pause: Callable[[], None] = lambda: None
) -> tuple[PastStop, ...]:
    """List the stops that a hospital declared in the past month and those that run, the latest first."""
    on_board = world.journal.board().stops.values()
    running = {stop.id for stop in on_board if stop.hospital == hospital and stop.is_running(now)}
    declared = {event.stop_id for event in _declared(now, world, pause) if event.hospital == hospital}
    stops = [_past_stop(stop_id, world) for stop_id in running | declared]
    return tuple(sorted(stops, key=lambda past: (past.stop.declared_at, past.stop.id), reverse=True))


def _declared(now: datetime, world: World, pause: Callable[[], None]) -> Iterator[StopDeclared]:
    seq, period = 0, Interval(start=now - PERIOD, end=None)
    while facts := world.journal.read_types((StopDeclared,), period, seq, PAGE):
        for recorded in facts:
            if isinstance(recorded.event, StopDeclared):
                yield recorded.event
        seq = facts[-1].seq
        pause()


def _past_stop(stop_id: StopId, world: World) -> PastStop:
    events = [recorded.event for recorded in world.journal.about(stop_id)]
    board = fold(Recorded(seq=number, event=event) for number, event in enumerate(events, start=1))
    return PastStop(stop=board.stops[stop_id], acts=tuple(_act(event) for event in events if type(event) in _ACTS))


def _act(event: Event) -> Act:
    until = event.until if isinstance(event, StopDeclared | StopExtended | StopCorrected) else None
    why = event.why if isinstance(event, StopCorrected) else ""
    return Act(act=_ACTS[type(event)], at=event.at, by=event.by, until=until, why=why)
