"""The figures of this process, for Prometheus."""

import hmac

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_LATEST

from advisor.services.authenticate import NotLoggedIn
from advisor.web.context import parts

routes = Blueprint("metrics", __name__)


@routes.get("/metrics")
def show() -> Response:
    """Give the figures; to anybody, unless the operator has set a token for them."""
    token = parts().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and not hmac.compare_digest(given.encode(), token.encode()):
        raise NotLoggedIn
    return Response(parts().metrics.expose(), content_type=CONTENT_TYPE_LATEST)
