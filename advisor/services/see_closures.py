"""The closures that hold or are to come."""

from datetime import datetime
from typing import Any

from advisor.journal.roadworks import Roadwork
from advisor.roads.model import Lines
from advisor.services.access import Actor, Role, require_role
from advisor.services.documents import moment, position_document
from advisor.services.world import World

Json = Any

SEEING = (Role.NURSE, Role.DISPATCHER, Role.MMA, Role.HOSPITAL, Role.GP, Role.ADMIN)


def see_closures(*, actor: Actor, now: datetime, world: World) -> list[dict[str, Json]]:
    """Show the closures that are not over, the earliest first.

    Raises
    ------
    Forbidden
        When the role of the actor does not look at roads.
    """
    require_role(actor, "see the closed roads", *SEEING)
    current = [roadwork for roadwork in world.journal.board().roadworks.values() if not roadwork.is_over(now)]
    current.sort(key=lambda roadwork: (roadwork.closure.interval.start, roadwork.closure.id))
    lines = world.roads.lines_of([roadwork.closure for roadwork in current])
    return [closure_document(*each, now) for each in zip(current, lines, strict=True)]


def closure_document(roadwork: Roadwork, lines: Lines, now: datetime) -> dict[str, Json]:
    """Return a closure in JSON terms; `running` tells whether it holds at `now`, `lines` are the roads it touches."""
    closure = roadwork.closure
    return {
        "id": closure.id,
        "shape": closure.shape.value,
        "points": [position_document(point) for point in closure.points],
        "from": moment(closure.interval.start),
        "until": moment(closure.interval.end),
        "factor": closure.factor,
        "both_ways": closure.both_ways,
        "note": roadwork.note,
        "by": roadwork.reported_by,
        "source": roadwork.source,
        "said_at": moment(roadwork.said_at),
        "reported_at": moment(roadwork.reported_at),
        "running": now in closure.interval,
        "geometry": {"type": "MultiLineString", "coordinates": lines},
    }
