"""Announced long stops."""

from flask import Blueprint, Response, request

from advisor.journal.events import PlanId
from advisor.services.own_hospital import own_hospital
from advisor.services.plan_stop import list_plans, plan_stop, withdraw_plan
from advisor.web.answer import answer, nothing
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.fields import Fields
from advisor.web.render import render_plan
from advisor.web.wire import body, parse_empty, parse_plan

routes = Blueprint("plans", __name__)


@routes.get("/plans")
def listed() -> Response:
    """List the announced stops of the own hospital that may still come."""
    actor, world, moment = require_actor(), parts().world, now()
    fields = Fields(request.args.to_dict(), world.registry.hospitals)
    hospital = own_hospital(actor, "see the plans of a hospital", fields.find_hospital("hospital"))
    fields.finish()
    return answer([render_plan(each) for each in list_plans(hospital, now=moment, world=world)])


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
