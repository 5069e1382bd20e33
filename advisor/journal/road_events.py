"""What happened on the roads: closed or slowed for a while, and open again."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NewType

from advisor.journal.events import Event
from advisor.kernel import Position
from advisor.roads.closure import ClosureShape

ClosureId = NewType("ClosureId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClosed(Event):
    """A road is closed (`factor` 0) or slowed (its speed times `factor`) from `start`, until an end or for now.

    The same closure again takes the place of what was said before. `source` is the feed that reported it, with
    its own moment of that in `said_at`; empty for a closure that was entered by hand.
    """

    version: ClassVar[int] = 2

    closure_id: ClosureId
    shape: ClosureShape
    points: tuple[Position, ...]
    start: datetime
    until: datetime | None = None
    factor: float = 0.0
    both_ways: bool = True
    note: str = ""
    source: str = ""
    said_at: datetime | None = None

    @property
    def subject(self) -> str:
        return self.closure_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadReopened(Event):
    """A road is open again before the entered end of its closure, or was never closed."""

    version: ClassVar[int] = 2

    closure_id: ClosureId
    said_at: datetime | None = None

    @property
    def subject(self) -> str:
        return self.closure_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadsHeard(Event):
    """A source of closures answered and stands, as of a moment by its own clock, by all that it reported."""

    source: str
    as_of: datetime

    @property
    def subject(self) -> str:
        return self.source
