"""The access log, for the person concerned and for who oversees."""

from flask import Blueprint, Response, request

from advisor.services.security import AccessQuery, Logged
from advisor.services.see_access import PAGE_MOST, logged_document, see_access, see_own_access
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import parts
from advisor.web.fields import Fields

routes = Blueprint("access", __name__)

SEQ_MOST = 2**53
NAME_LONGEST = 100


@routes.get("/me/access")
def show_own() -> Response:
    """Show what the caller did, and who reached what is the caller's."""
    actor = require_actor()
    fields = _fields()
    query = AccessQuery(before=_before(fields), limit=_limit(fields))
    fields.finish()
    return _answer(see_own_access(query, actor=actor, world=parts().world), query.limit)


@routes.get("/access")
def show() -> Response:
    """Show lines of the access log, the latest first."""
    actor = require_actor()
    fields = _fields()
    query = AccessQuery(
        person=fields.text("person", default="", longest=NAME_LONGEST),
        user=fields.text("user", default="", longest=NAME_LONGEST),
        object=fields.text("object", default="", longest=200),
        before=_before(fields),
        limit=_limit(fields),
    )
    fields.finish()
    return _answer(see_access(query, actor=actor, world=parts().world), query.limit)


def _fields() -> Fields:
    """Read the query; numbers come as texts there."""
    given: dict[str, object] = dict(request.args.to_dict())
    for name in ("before", "limit"):
        text = request.args.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 17:
            given[name] = int(text)
    return Fields(given)


def _before(fields: Fields) -> int | None:
    number = fields.number("before", 1, SEQ_MOST)
    return None if number is None else int(number)


def _limit(fields: Fields) -> int:
    return int(fields.number("limit", 1, PAGE_MOST) or 100)


def _answer(lines: tuple[Logged, ...], limit: int) -> Response:
    """Answer with the lines; `next` is what to ask for `before` to see earlier ones."""
    following = lines[-1].seq if len(lines) == limit else None
    return answer({"lines": [logged_document(line) for line in lines], "next": following})
