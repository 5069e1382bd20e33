"""The roads of a running server: closures are followed, and heavy work is done beside the event loop."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from advisor.kernel import Position
from advisor.roads.closure import Closure, active_closures
from advisor.roads.model import DriveTimes, Lines, Profile, Route
from advisor.services.ports import Area, Clock, Journal, RoadNetwork, Roads, Runner

LOOK_EVERY_S = 1.0
"""How often the closures are looked at; what was reported in between is worked out in one go."""

AREAS_KEPT = 64

log = logging.getLogger(__name__)


class Refreshed(Protocol):
    """What came of it: the name of the travel times that answer now, and the closures that lie on no road."""

    @property
    def stamp(self) -> str: ...

    @property
    def unmatched(self) -> tuple[str, ...]: ...


class ClosableRoads(Roads, Protocol):
    """Roads whose travel times can be computed anew beside those that answer meanwhile."""

    @property
    def stamp(self) -> str: ...

    def prepare(self) -> None:
        """Get ready for the first closure."""
        ...

    def close_roads(self, closures: Sequence[Closure], at: datetime) -> Refreshed:
        """Take the closures that hold at a moment into account from now on, and no others."""
        ...


class LiveRoads:
    """Answers a drive at once, and lets `run` do what takes longer; areas are remembered until a road closes."""

    def __init__(self, roads: ClosableRoads, run: Runner) -> None:
        self._roads = roads
        self._run = run
        self._areas: OrderedDict[tuple[object, ...], Area] = OrderedDict()

    @property
    def network(self) -> RoadNetwork:
        """See `Roads.network`."""
        return self._roads.network

    def drive_times(
        self,
        position: Position,
        *,
        profile: Profile,
        at: datetime | None = None,
        heading_deg: float | None = None,
        accuracy_m: float | None = None,
    ) -> DriveTimes:
        """See `Roads.drive_times`."""
        return self._roads.drive_times(position, profile=profile, at=at, heading_deg=heading_deg, accuracy_m=accuracy_m)

    def route(
        self, position: Position, destination_id: str, *, profile: Profile, heading_deg: float | None = None
    ) -> Route:
        """See `Roads.route`."""
        return self._roads.route(position, destination_id, profile=profile, heading_deg=heading_deg)

    def reach(self, destination_ids: Sequence[str], minutes: float, *, profile: Profile) -> Area:
        """See `Roads.reach`."""
        key = (self._roads.stamp, frozenset(destination_ids), minutes, profile)
        if key not in self._areas:
            # The stamp was read before: an area that a swap overtakes is kept under a name that nobody asks for again.
            area = self._run(lambda: self._roads.reach(destination_ids, minutes, profile=profile))
            self._areas[key] = area
            while len(self._areas) > AREAS_KEPT:
                self._areas.popitem(last=False)
            return area
        return self._areas[key]

    def check_closure(self, closure: Closure) -> None:
        """See `Roads.check_closure`."""
        self._run(lambda: self._roads.check_closure(closure))

    def lines_of(self, closures: Sequence[Closure]) -> Sequence[Lines]:
        """See `Roads.lines_of`."""
        return self._run(lambda: self._roads.lines_of(closures)) if closures else ()


class ClosureFollower:
    """Keeps the travel times in step with the closures in the journal, also those of other processes.

    Call `look` again and again. A closure that begins or ends by the clock is noticed as well; `swapped` hears it when
    other travel times answer.
    """

    def __init__(
        self, roads: ClosableRoads, journal: Journal, clock: Clock, run: Runner, swapped: Callable[[], None]
    ) -> None:
        self._roads = roads
        self._journal = journal
        self._clock = clock
        self._run = run
        self._swapped = swapped
        self._held: tuple[Closure, ...] = ()
        self._is_prepared = False

    def start(self) -> None:
        """Take the closures that hold into account, so that no advice is given by roads that are known to be closed."""
        self._follow()

    def look(self) -> None:
        """Compare the closures that hold now with those in force, and compute anew where they differ.

        The first look gets ready for closures to come, so that a start need not wait for that.
        """
        if not self._is_prepared:
            self._run(self._roads.prepare)
            self._is_prepared = True
        self._follow()

    def _follow(self) -> None:
        now = self._clock()
        roadworks = self._journal.board().roadworks.values()
        wanted = active_closures((roadwork.closure for roadwork in roadworks), now)
        if wanted == self._held:
            return
        before = self._roads.stamp
        refreshed = self._run(lambda: self._roads.close_roads(wanted, now))
        self._held = wanted
        log.info("%d closures in force, travel times %s", len(wanted), refreshed.stamp)
        for name in refreshed.unmatched:
            log.warning("closure %s lies on no road of this network", name)
        if refreshed.stamp != before:
            self._swapped()
