"""Looking back: how things stood at a moment, and an old advice by the rules of today."""

import time
from functools import partial

from flask import Blueprint, Response, request

from advisor.kernel import AdviceId
from advisor.services.control_room import require_supervisor
from advisor.services.get_advice import who_asked
from advisor.services.look_back import judge_again, look_back, past_document
from advisor.web.access_log import note_access, note_rides
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.fields import Fields

routes = Blueprint("past", __name__)


@routes.get("/past")
def show() -> Response:
    """Show how things stood at a moment, or stand now."""
    actor, world, moment = require_actor(), parts().world, now()
    require_supervisor(actor)
    fields = Fields(request.args.to_dict())
    at = fields.find_moment("at") or moment
    fields.finish()
    breathe = partial(time.sleep, 0)
    past = look_back(at, actor=actor, now=moment, world=world, boards=parts().past, pause=breathe)
    note_rides(seen.ride for seen in past.rides)
    return answer(past_document(past, actor))


@routes.get("/advice/<advice_id>/today")
def today(advice_id: str) -> Response:
    """Judge the facts of a kept advice by the rules of today."""
    actor, world, moment = require_actor(), parts().world, now()
    parts().throttle.count_advice(actor)
    note_access("advice", advice_id, who_asked(AdviceId(advice_id), world))
    return answer(judge_again(AdviceId(advice_id), actor=actor, now=moment, world=world))
