"""Advice: ask for it, fetch it, repeat it."""

import time

from flask import Blueprint, Response

from advisor.kernel import AdviceId
from advisor.services.get_advice import get_advice, replay_advice, who_asked
from advisor.services.give_advice import give_advice
from advisor.services.refusals import Conflict, Wording
from advisor.web.access_log import note_access
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.wire import body, parse_advice

routes = Blueprint("advice", __name__)


@routes.post("/advice")
def give() -> Response:
    """Give an advice; it is kept with its receipt."""
    actor, world, moment = require_actor(), parts().world, now()
    parts().throttle.count_advice(actor)
    case = parse_advice(body(world.registry.hospitals))
    began = time.perf_counter()
    document = give_advice(case, actor=actor, now=moment, world=world).document
    parts().metrics.note_advice("http", time.perf_counter() - began)
    parts().metrics.note_classes(document)
    note_access("advice", str(document["id"]), actor.name)
    return answer(document)


@routes.get("/advice/<advice_id>")
def get(advice_id: str) -> Response:
    """Give a kept advice as it was."""
    actor, world = require_actor(), parts().world
    note_access("advice", advice_id, who_asked(AdviceId(advice_id), world))
    return answer(get_advice(AdviceId(advice_id), actor=actor, world=world).document)


@routes.get("/advice/<advice_id>/replay")
def replay(advice_id: str) -> Response:
    """Work a kept advice out again from its receipt: the same, or 409 with where it differs."""
    actor, world = require_actor(), parts().world
    parts().throttle.count_advice(actor)
    note_access("advice", advice_id, who_asked(AdviceId(advice_id), world))
    again = replay_advice(AdviceId(advice_id), actor=actor, world=world)
    if again.differences:
        where = "; ".join(again.differences)
        raise Conflict(
            "replay_differs",
            Wording(
                nl=f"Opnieuw uitgerekend komt er iets anders uit: {where}",
                en=f"Worked out again the answer differs: {where}",
            ),
        )
    return answer(again.advice.document)
