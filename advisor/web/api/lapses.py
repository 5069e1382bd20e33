"""Rule 3.1: the lapse of all stops of a category in a meldkamer region."""

from flask import Blueprint, Response

from advisor.services.confirm_lapse import confirm_lapse
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.render import render_time
from advisor.web.wire import body, parse_lapse

routes = Blueprint("lapses", __name__)


@routes.post("/lapses")
def confirm() -> Response:
    """Confirm a lapse; for a dispatcher of the region."""
    actor, world, moment = require_actor(), parts().world, now()
    mka, department = parse_lapse(body())
    lapse = confirm_lapse(mka, department, actor=actor, now=moment, world=world)
    confirmed_at = render_time(lapse.confirmed_at)
    return answer({"mka": lapse.mka, "department": lapse.department, "confirmed_at": confirmed_at}, 201)
