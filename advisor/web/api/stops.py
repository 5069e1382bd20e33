"""Stops: declare, extend, end, correct."""

from flask import Blueprint, Response

from advisor.journal.stop import Stop
from advisor.kernel import StopId
from advisor.services.correct_stop import correct_stop
from advisor.services.declare_stop import declare_stop
from advisor.services.end_stop import end_stop
from advisor.services.extend_stop import ExtendStop, extend_stop
from advisor.services.stop_rules import edition_for
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.render import render_stop
from advisor.web.ride_wire import parse_correction
from advisor.web.wire import body, parse_empty, parse_stop

routes = Blueprint("stops", __name__)


@routes.post("/stops")
def declare() -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    command = parse_stop(body(world.registry.hospitals))
    return _answer(declare_stop(command, actor=actor, now=moment, world=world), 201)


@routes.post("/stops/<stop_id>/extend")
def extend(stop_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    fields = body()
    command = ExtendStop(stop_id=StopId(stop_id), until=fields.moment("until"))
    fields.finish()
    return _answer(extend_stop(command, actor=actor, now=moment, world=world), 200)


@routes.post("/stops/<stop_id>/end")
def end(stop_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    parse_empty()
    return _answer(end_stop(StopId(stop_id), actor=actor, now=moment, world=world), 200)


@routes.post("/stops/<stop_id>/correct")
def correct(stop_id: str) -> Response:
    """Put right what was entered wrongly; for an admin."""
    actor, world, moment = require_actor(), parts().world, now()
    return _answer(correct_stop(parse_correction(stop_id), actor=actor, now=moment, world=world), 200)


def _answer(stop: Stop, status: int) -> Response:
    edition = edition_for(stop.hospital, stop.declared_at, parts().world)
    return answer(render_stop(stop, edition.norm_min(stop.department, stop.status)), status)
