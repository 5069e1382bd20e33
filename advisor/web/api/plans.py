"""Announced long stops."""

from flask import Blueprint, Response

from advisor.journal.events import PlanId
from advisor.services.plan_stop import plan_stop, withdraw_plan
from advisor.web.answer import answer, nothing
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.render import render_plan
from advisor.web.wire import body, parse_empty, parse_plan

routes = Blueprint("plans", __name__)


@routes.post("/plans")
def plan() -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    command = parse_plan(body(world.registry.hospitals))
    return answer(render_plan(plan_stop(command, actor=actor, now=moment, world=world)), 201)


@routes.delete("/plans/<plan_id>")
def withdraw(plan_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    parse_empty()
    withdraw_plan(PlanId(plan_id), actor=actor, now=moment, world=world)
    return nothing()
