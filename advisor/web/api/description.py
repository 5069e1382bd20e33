"""The description of the interface."""

from flask import Blueprint, Response

from advisor.web.answer import answer
from advisor.web.context import parts
from advisor.web.openapi.document import describe

routes = Blueprint("description", __name__)


@routes.get("/openapi.json")
def show() -> Response:
    """Give the OpenAPI description, to anybody."""
    return answer(describe(parts().version))
