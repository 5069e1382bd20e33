"""Closed and slowed roads."""

from flask import Blueprint, Response

from advisor.journal.road_events import ClosureId
from advisor.roads.closure import POINTS_MOST, ClosureShape
from advisor.services.close_road import CloseRoad, close_road
from advisor.services.free_text import NOTE_LIMIT
from advisor.services.reopen_road import reopen_road
from advisor.services.see_closures import closure_document, see_closures
from advisor.web.answer import answer, nothing
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.fields import Fields
from advisor.web.wire import body, parse_empty

routes = Blueprint("closures", __name__)


@routes.get("/closures")
def show() -> Response:
    """Show the closures that hold or are to come."""
    return answer({"closures": see_closures(actor=require_actor(), now=now(), world=parts().world)})


@routes.post("/closures")
def close() -> Response:
    """Close or slow a road."""
    actor, moment = require_actor(), now()
    world = parts().world
    roadwork = close_road(_parse(body()), actor=actor, now=moment, world=world)
    (lines,) = world.roads.lines_of([roadwork.closure])
    return answer(closure_document(roadwork, lines, moment), 201)


@routes.delete("/closures/<closure_id>")
def reopen(closure_id: str) -> Response:
    """Open a road again."""
    actor = require_actor()
    parse_empty()
    reopen_road(ClosureId(closure_id), actor=actor, now=now(), world=parts().world)
    return nothing()


def _parse(fields: Fields) -> CloseRoad:
    command = CloseRoad(
        shape=fields.choice("shape", ClosureShape),
        points=fields.positions("points", most=POINTS_MOST),
        start=fields.find_moment("from"),
        until=fields.find_moment("until"),
        factor=fields.number("factor", 0, 1) or 0.0,
        both_ways=fields.flag("both_ways", default=True),
        note=fields.text("note", default="", longest=NOTE_LIMIT),
    )
    fields.finish()
    return command
