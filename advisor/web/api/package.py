"""The package for a time without a connection: which parts there are, and each of them by its identity."""

from flask import Blueprint, Response

from advisor.services.offline_package import get_part, package_overview
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import parts

routes = Blueprint("package", __name__)


@routes.get("/package")
def overview() -> Response:
    """Tell which parts there are, and their identities."""
    return answer(package_overview(parts().package(), actor=require_actor()))


@routes.get("/package/<name>/<identity>")
def part(name: str, identity: str) -> Response:
    """Give one part, compressed."""
    found = get_part(parts().package(), name, identity, actor=require_actor())
    response = Response(found.packed, mimetype=found.media_type)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.set_etag(identity)
    return response
