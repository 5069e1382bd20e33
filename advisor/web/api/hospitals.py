"""The registry of hospitals."""

from flask import Blueprint, Response, request

from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import parts
from advisor.web.render import render_hospital

routes = Blueprint("hospitals", __name__)


@routes.get("/hospitals")
def list_hospitals() -> Response:
    """List the hospitals; they change with the program, so a client may keep the list by its tag."""
    require_actor()
    registry = parts().world.registry
    response = answer([render_hospital(hospital, registry) for hospital in registry])
    response.set_etag(registry.identity[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
