"""Rides: from an advice to the handing over, step by step."""

import time
from datetime import datetime
from functools import partial

from flask import Blueprint, Response

from advisor.journal.board import Board
from advisor.journal.rides import Ride
from advisor.kernel import RideId
from advisor.services.access import Actor
from advisor.services.choose_destination import choose_destination
from advisor.services.depart import depart
from advisor.services.open_ride import open_ride
from advisor.services.report_position import report_position
from advisor.services.ride_steps import (
    announce_ride,
    arrive,
    cancel_ride,
    hand_over,
    hold_consult,
    refuse_patient,
)
from advisor.services.see_rides import list_rides, ride_document, see_ride
from advisor.web.access_log import note_access, note_rides
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.ride_wire import (
    parse_cancellation,
    parse_choice,
    parse_consult,
    parse_opening,
    parse_refusal,
    parse_reported,
    parse_step,
    request_key,
)

routes = Blueprint("rides", __name__)


@routes.get("/rides")
def list_open() -> Response:
    """List the rides that are not over, as far as they concern who asks."""
    actor = require_actor()
    rides = [ride for ride in list_rides(actor=actor, world=parts().world) if not ride.is_over]
    note_rides(rides)
    return answer([ride_document(ride, actor) for ride in rides])


@routes.get("/rides/<ride_id>")
def show(ride_id: str) -> Response:
    actor = require_actor()
    return _answer(see_ride(RideId(ride_id), actor=actor, world=parts().world), actor)


@routes.post("/rides")
def begin() -> Response:
    """Begin a ride from an advice."""
    actor, world, moment = require_actor(), parts().world, now()
    advice, at = parse_opening()
    ride = open_ride(advice, actor=actor, now=moment, world=world, request=request_key(), at=at)
    return _answer(ride, actor, 201)


@routes.post("/rides/<ride_id>/choose")
def choose(ride_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    return _answer(choose_destination(parse_choice(ride_id), actor=actor, now=moment, world=world), actor)


@routes.post("/rides/<ride_id>/announce")
def announce(ride_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    return _answer(announce_ride(parse_step(ride_id), actor=actor, now=moment, world=world), actor)


@routes.post("/rides/<ride_id>/depart")
def leave(ride_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    ride = depart(parse_step(ride_id), actor=actor, now=moment, world=world, past=_past_board)
    return _answer(ride, actor)


@routes.post("/rides/<ride_id>/position")
def report(ride_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    step, position = parse_reported(ride_id)
    return _answer(report_position(step, position, actor=actor, now=moment, world=world), actor)


@routes.post("/rides/<ride_id>/arrive")
def note_arrival(ride_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    return _answer(arrive(parse_step(ride_id), actor=actor, now=moment, world=world), actor)


@routes.post("/rides/<ride_id>/handover")
def note_handover(ride_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    return _answer(hand_over(parse_step(ride_id), actor=actor, now=moment, world=world), actor)


@routes.post("/rides/<ride_id>/cancel")
def cancel(ride_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    step, reason = parse_cancellation(ride_id)
    return _answer(cancel_ride(step, actor=actor, now=moment, world=world, reason=reason), actor)


@routes.post("/rides/<ride_id>/refused")
def note_refusal(ride_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    step, reason = parse_refusal(ride_id)
    return _answer(refuse_patient(step, reason=reason, actor=actor, now=moment, world=world), actor)


@routes.post("/rides/<ride_id>/consult")
def note_consult(ride_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    step, consulted = parse_consult(ride_id)
    return _answer(hold_consult(step, consulted, actor=actor, now=moment, world=world), actor)


def _past_board(moment: datetime) -> Board:
    return parts().past.at(moment, partial(time.sleep, 0))


def _answer(ride: Ride, actor: Actor, status: int = 200) -> Response:
    note_access("ride", ride.id, ride.opened_by)
    return answer(ride_document(ride, actor), status)
