"""From the requests about rides to what the services take."""

from datetime import datetime

from flask import request

from advisor.journal.ride_events import ReviewVerdict
from advisor.kernel import AdviceId, HospitalId, Position, RideId, Status, StopId
from advisor.protocol.model import ConsultOutcome, StopReason
from advisor.services.choose_destination import ChooseDestination
from advisor.services.correct_stop import CorrectStop
from advisor.services.free_text import NOTE_LIMIT
from advisor.services.proposals import ProposeDestination
from advisor.services.review_ride import ReviewRide
from advisor.services.ride_steps import RideStep
from advisor.services.rides import REQUEST_LIMIT
from advisor.web.context import parts
from advisor.web.fields import Fields
from advisor.web.wire import body, refuse

KEY_HEADER = "Idempotency-Key"
ID_LONGEST = 80


def request_key() -> str:
    """Return the key that a phone gives to one press of a button, "" when it gives none.

    Raises
    ------
    InvalidInput
        When it is no plain text of reasonable length.
    """
    key = request.headers.get(KEY_HEADER, "")
    if len(key) > REQUEST_LIMIT or not (key.isascii() and (key.isprintable() or not key)):
        raise refuse(KEY_HEADER, f"must have at most {REQUEST_LIMIT} characters")
    return key


def parse_step(ride_id: str) -> RideStep:
    """Read a press that says nothing but perhaps when it was."""
    return _step(ride_id, parse_press())


def parse_press() -> datetime | None:
    """Read when a button was pressed, where it is told later than it was; the body may be absent."""
    fields = _optional_body()
    at = fields.find_moment("at")
    fields.finish()
    return at


def parse_opening() -> tuple[AdviceId, datetime | None]:
    """Read from which advice a ride begins, and when it did where that is told later than it was."""
    fields = body()
    opening = AdviceId(fields.text("advice", longest=ID_LONGEST)), fields.find_moment("at")
    fields.finish()
    return opening


def parse_choice(ride_id: str) -> ChooseDestination:
    """Read which hospital is chosen, and why; `advice` names a newer one than the ride began with."""
    fields = _body()
    command = ChooseDestination(
        ride_id=RideId(ride_id),
        hospital=fields.hospital("hospital"),
        reason=fields.text("reason", default="", longest=NOTE_LIMIT),
        advice_id=AdviceId(fields.text("advice", longest=ID_LONGEST)) if fields.has("advice") else None,
        request=request_key(),
        at=fields.find_moment("at"),
    )
    fields.finish()
    return command


def parse_reported(ride_id: str) -> tuple[RideStep, Position]:
    """Read where an ambulance is."""
    fields = body()
    position = fields.own_position()
    fields.finish()
    return _step(ride_id), position


def parse_cancellation(ride_id: str) -> tuple[RideStep, str]:
    """Read why a ride ends without a handing over; the body may be absent."""
    fields = _optional_body()
    reason, at = fields.text("reason", default="", longest=NOTE_LIMIT), fields.find_moment("at")
    fields.finish()
    return _step(ride_id, at), reason


def parse_refusal(ride_id: str) -> tuple[RideStep, str]:
    """Read why a hospital did not take the patient."""
    fields = body()
    reason, at = fields.text("reason", longest=NOTE_LIMIT), fields.find_moment("at")
    fields.finish()
    return _step(ride_id, at), reason


def parse_consult(ride_id: str) -> tuple[RideStep, tuple[HospitalId, ConsultOutcome]]:
    """Read how the telephone consultation with a hospital ended."""
    fields = _body()
    consulted, at = (fields.hospital("hospital"), fields.choice("outcome", ConsultOutcome)), fields.find_moment("at")
    fields.finish()
    return _step(ride_id, at), consulted


def parse_proposal(ride_id: str) -> ProposeDestination:
    """Read which hospital is proposed to a crew."""
    fields = _body()
    command = ProposeDestination(ride_id=RideId(ride_id), hospital=fields.hospital("hospital"), request=request_key())
    fields.finish()
    return command


def parse_review() -> ReviewRide:
    """Read what a reviewer thinks of the choice of a ride."""
    fields = body()
    command = ReviewRide(
        ride_id=RideId(fields.text("ride", longest=ID_LONGEST)),
        verdict=fields.choice("verdict", ReviewVerdict),
        note=fields.text("note", default="", longest=NOTE_LIMIT),
        request=request_key(),
    )
    fields.finish()
    return command


def parse_correction(stop_id: str) -> CorrectStop:
    """Read what was really the case with a stop; what is absent stays as it is."""
    fields = body()
    command = CorrectStop(
        stop_id=StopId(stop_id),
        why=fields.text("why", longest=NOTE_LIMIT),
        status=fields.find_choice("status", Status),
        reason=fields.find_choice("reason", StopReason),
        declared_at=fields.find_moment("declared_at"),
        until=fields.find_moment("until"),
        ended_at=fields.find_moment("ended_at"),
        void=fields.flag("void", default=False),
    )
    fields.finish()
    return command


def _step(ride_id: str, at: datetime | None = None) -> RideStep:
    return RideStep(ride_id=RideId(ride_id), request=request_key(), at=at)


def _optional_body() -> Fields:
    return body() if request.get_data(cache=True).strip() else Fields({})


def _body() -> Fields:
    return body(parts().world.registry.hospitals)
