"""Stops: prepare, declare, extend, end, correct, and those of the past month."""

import time
from functools import partial

from flask import Blueprint, Response, request

from advisor.journal.stop import Stop
from advisor.kernel import Department, Status, StopId
from advisor.services.correct_stop import correct_stop
from advisor.services.declare_stop import declare_stop
from advisor.services.end_stop import end_stop
from advisor.services.extend_stop import ExtendStop, extend_stop
from advisor.services.own_hospital import own_hospital
from advisor.services.prepare_stop import preparation_document, prepare_stop
from advisor.services.stop_history import stop_history
from advisor.services.stop_rules import edition_for
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.fields import Fields
from advisor.web.render import render_past_stop, render_stop
from advisor.web.ride_wire import parse_correction
from advisor.web.wire import body, parse_empty, parse_stop

routes = Blueprint("stops", __name__)


@routes.get("/stops")
def past() -> Response:
    """List what the own hospital declared in the past month."""
    actor, world, moment = require_actor(), parts().world, now()
    fields = Fields(request.args.to_dict(), world.registry.hospitals)
    hospital = own_hospital(actor, "see the stops of a hospital", fields.find_hospital("hospital"))
    fields.finish()
    listed = stop_history(hospital, now=moment, world=world, pause=partial(time.sleep, 0))
    edition = edition_for(hospital, moment, world)
    return answer([render_past_stop(each, edition.norm_min(each.stop.department, each.stop.status)) for each in listed])


@routes.get("/stops/preparation")
def preparation() -> Response:
    """Tell how the region stands and what is to be done before a stop is declared."""
    actor, world, moment = require_actor(), parts().world, now()
    fields = Fields(request.args.to_dict(), world.registry.hospitals)
    hospital = own_hospital(actor, "prepare a stop", fields.find_hospital("hospital"))
    department, status = fields.choice("department", Department), fields.choice("status", Status)
    fields.finish()
    prepared = prepare_stop(hospital, department, status, actor=actor, now=moment, world=world)
    return answer(preparation_document(prepared, world))


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
