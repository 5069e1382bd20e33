"""A closed or slowed place as it is reported; which roads that is, `closures` finds out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from advisor.kernel import Interval, InvalidInput, Position, Problem

POINTS_MOST = 500


class ClosureShape(StrEnum):
    """How the points of a closure are meant."""

    POINT = "point"
    """A bridge, a level crossing: the road nearest to the one point, both ways."""
    LINE = "line"
    """A stretch of road, in the direction of its points or both ways."""
    AREA = "area"
    """All roads that touch a polygon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A closed or slowed place; `factor` multiplies the speed, 0 = closed; `both_ways` counts for lines.

    Raises
    ------
    InvalidInput
        When there are too few or too many points for the shape, or the factor is not from 0 to 1.
    """

    id: str
    shape: ClosureShape
    points: tuple[Position, ...]
    interval: Interval
    factor: float = 0.0
    both_ways: bool = True

    def __post_init__(self) -> None:
        least, most = {
            ClosureShape.POINT: (1, 1),
            ClosureShape.LINE: (2, POINTS_MOST),
            ClosureShape.AREA: (3, POINTS_MOST),
        }[self.shape]
        problems = []
        if not least <= len(self.points) <= most:
            problems.append(Problem(field="points", message=f"must be {least} to {most} points for {self.shape}"))
        if not 0.0 <= self.factor < 1.0:
            problems.append(Problem(field="factor", message="must be 0 (closed) or less than 1 (slowed)"))
        if problems:
            raise InvalidInput(problems)


def active_closures(closures: Iterable[Closure], at: datetime) -> tuple[Closure, ...]:
    """Those that hold at a moment, in the order of their ids."""
    return tuple(sorted((c for c in closures if at in c.interval), key=lambda closure: closure.id))
