"""The board: all departments as the facts tell them, folded from the journal and asked at a moment."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from advisor.journal.department import DepartmentRecord, Word
from advisor.journal.events import FeedProblem, PlanId
from advisor.journal.rides import Ride
from advisor.journal.road_events import ClosureId
from advisor.journal.roadworks import Roadwork
from advisor.journal.stop import Plan, Stop
from advisor.kernel import Department, HospitalId, RideId, StopId
from advisor.protocol.model import DepartmentState, Lapse

States = Mapping[Department, DepartmentState]


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalRecord:
    """What is known about one hospital."""

    departments: Mapping[Department, DepartmentRecord] = field(default_factory=dict)
    _ends: tuple[datetime, ...] = field(init=False, default=(), compare=False, repr=False)
    _memo: dict[tuple[object, ...], States] = field(init=False, default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        ends = sorted({end for record in self.departments.values() for end in record.ends})
        object.__setattr__(self, "_ends", tuple(ends))

    def states(self, now: datetime, heard: Mapping[str, datetime]) -> States:
        """Return the state of each department that anything is known about, as it holds at `now`.

        Between two moments at which a stop or an announcement ends the answer is the same object.
        """
        key = (bisect_right(self._ends, now), *heard.values())
        known = self._memo.get(key)
        if known is None:
            known = {
                department: state
                for department, record in self.departments.items()
                if (state := record.state(now, heard)) is not None
            }
            self._memo.clear()
            self._memo[key] = known
        return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """When a source last answered, and since when it has been silent about single hospitals."""

    heard_at: datetime
    silent_since: Mapping[HospitalId, datetime] = field(default_factory=dict)

    def heard_about(self, hospital: HospitalId) -> datetime:
        """Return when the source last stood by what it had said about a hospital."""
        return self.silent_since.get(hospital, self.heard_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """Who took an alarm upon himself, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is the matter with a source, and since when it is exactly this."""

    since: datetime
    problems: tuple[FeedProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The fold of the journal up to and including number `seq`; immutable, safe to share.

    `confirmed` holds the last confirmed lapse of each category and region, by the subject of its fact;
    `references` names the registries and editions on record, likewise. `roadworks` holds the closures that were not
    lifted, those that begin later and those that ended a short while ago too. `acknowledged` holds who took which
    alarm upon himself in the past days.
    """

    seq: int = 0
    hospitals: Mapping[HospitalId, HospitalRecord] = field(default_factory=dict)
    stops: Mapping[StopId, Stop] = field(default_factory=dict)
    plans: Mapping[PlanId, Plan] = field(default_factory=dict)
    confirmed: Mapping[str, Lapse] = field(default_factory=dict)
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    news: Mapping[str, datetime] = field(default_factory=dict)
    rides: Mapping[RideId, Ride] = field(default_factory=dict)
    roadworks: Mapping[ClosureId, Roadwork] = field(default_factory=dict)
    reopened: Mapping[ClosureId, datetime] = field(default_factory=dict)
    road_feeds: Mapping[str, datetime] = field(default_factory=dict)
    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    acknowledged: Mapping[str, Acknowledgement] = field(default_factory=dict)
    references: frozenset[str] = frozenset()

    def states(self, now: datetime) -> Mapping[HospitalId, States]:
        """Return per hospital the state of each department that anything is known about, at `now`."""
        return {
            hospital: record.states(now, {source: feed.heard_about(hospital) for source, feed in self.feeds.items()})
            for hospital, record in self.hospitals.items()
        }

    @property
    def heard(self) -> Mapping[str, datetime]:
        """Return when each source was last heard: one that gives snapshots by these, another by its last news."""
        return {**self.news, **{source: feed.heard_at for source, feed in self.feeds.items()}}

    @property
    def leading_feeds(self) -> Mapping[str, datetime]:
        """Return when those sources were last heard on which the board as a whole rests.

        These are the ones that give snapshots. A source of news speaks for single hospitals, which grow old one by
        one; only where there is no other source the latest news tells whether anybody is there at all.
        """
        if self.feeds or not self.news:
            return {source: feed.heard_at for source, feed in self.feeds.items()}
        latest = max(self.news, key=lambda source: (self.news[source], source))
        return {latest: self.news[latest]}

    @property
    def lapses(self) -> tuple[Lapse, ...]:
        """Return the last confirmed lapse of each category and region."""
        return tuple(self.confirmed.values())

    def inbound(self, now: datetime) -> Mapping[HospitalId, int]:
        """Return how many announced or departed ambulances each hospital can expect in the next half hour."""
        return Counter(ride.hospital for ride in self.rides.values() if ride.hospital and ride.is_inbound(now))

    def find_latest_stop(self, hospital: HospitalId, department: Department) -> Stop | None:
        """Find the stop that was declared last for the department, running or not."""
        return self._record(hospital, department).stop

    def find_running_stop(self, hospital: HospitalId, department: Department, now: datetime) -> Stop | None:
        """Find the stop that the hospital declared for the department and that holds at `now`."""
        stop = self._record(hospital, department).stop
        return stop if stop is not None and stop.is_running(now) else None

    def find_word(self, source: str, hospital: HospitalId, department: Department) -> Word | None:
        """Find what a feed last said about a department."""
        return self._record(hospital, department).words.get(source)

    def find_plans(self, hospital: HospitalId, department: Department, now: datetime) -> tuple[Plan, ...]:
        """Find the announced stops that may still come, the earliest first."""
        return tuple(plan for plan in self._record(hospital, department).plans if plan.is_awaited(now))

    def _record(self, hospital: HospitalId, department: Department) -> DepartmentRecord:
        return self.hospitals.get(hospital, _NOTHING).departments.get(department, _UNSPOKEN)


_NOTHING = HospitalRecord()
_UNSPOKEN = DepartmentRecord()
