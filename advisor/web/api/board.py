"""The board: every department of every hospital now."""

from flask import Blueprint, Response

from advisor.services.read_board import read_board
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts

routes = Blueprint("board", __name__)


@routes.get("/board")
def show() -> Response:
    """Show the whole board."""
    require_actor()
    return answer(read_board(now=now(), world=parts().world).document)
