"""A closure as the facts tell it."""

from dataclasses import dataclass
from datetime import datetime

from advisor.journal.road_events import RoadClosed
from advisor.kernel import Interval
from advisor.roads.closure import Closure


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadwork:
    """A closed or slowed road, with who reported it, when, and in which words.

    `source` names the feed that it came from, "" for none, and `said_at` the feed's own moment of it.
    """

    closure: Closure
    note: str
    reported_at: datetime
    reported_by: str
    source: str = ""
    said_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Tell whether the closure has reached its end; at its very end it has."""
        end = self.closure.interval.end
        return end is not None and end <= now


def roadwork_of(event: RoadClosed) -> Roadwork:
    """Return the closure that a fact began."""
    closure = Closure(
        id=event.closure_id,
        shape=event.shape,
        points=event.points,
        interval=Interval(start=event.start, end=event.until),
        factor=event.factor,
        both_ways=event.both_ways,
    )
    return Roadwork(
        closure=closure,
        note=event.note,
        reported_at=event.at,
        reported_by=event.by,
        source=event.source,
        said_at=event.said_at,
    )
