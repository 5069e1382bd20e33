"""What happened on the roads: closed or slowed for a while, and open again."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from advisor.journal.events import Event
from advisor.kernel import Position
from advisor.roads.closure import ClosureShape

ClosureId = NewType("ClosureId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClosed(Event):
    """A road is closed (`factor` 0) or slowed (its speed times `factor`) from `start`, until an end or for now."""

    closure_id: ClosureId
    shape: ClosureShape
    points: tuple[Position, ...]
    start: datetime
    until: datetime | None = None
    factor: float = 0.0
    both_ways: bool = True
    note: str = ""

    @property
    def subject(self) -> str:
        return self.closure_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadReopened(Event):
    """A road is open again before the entered end of its closure, or was never closed."""

    closure_id: ClosureId

    @property
    def subject(self) -> str:
        return self.closure_id
