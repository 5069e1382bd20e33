"""Logging in and out."""

from flask import Blueprint, Response, request

from advisor.services.log_in import LoggedIn, LogIn, log_in
from advisor.services.log_out import log_out
from advisor.services.pair_device import pair_device
from advisor.web.access_log import note_access, note_actor, note_attempt
from advisor.web.answer import answer, nothing
from advisor.web.api.devices import CODE_LONGEST
from advisor.web.auth import COOKIE, csrf_token_of, current_token, require_actor, set_cookie
from advisor.web.context import end_sockets, now, parts
from advisor.web.openid import PATH
from advisor.web.render import render_time
from advisor.web.wire import body, parse_credentials, parse_empty

routes = Blueprint("session", __name__)


@routes.get("/session/ways")
def show_ways() -> Response:
    """Tell by which ways one may log in here, for the page that offers them."""
    provider = parts().openid
    return answer({"openid": None if provider is None else {"label": provider.label, "address": PATH}})


@routes.post("/session")
def open_session() -> Response:
    """Log in; the token is told this once, to programs in the body and to browsers in a cookie."""
    parts().throttle.count_log_in()
    given = parse_credentials(body())
    account = parts().world.accounts.find(given.username)
    note_attempt("" if account is None else account.name)
    command = LogIn(username=given.username, password=given.password, origin=request.remote_addr or "", code=given.code)
    return _welcome(log_in(command, now=now(), world=parts().world))


@routes.post("/session/pair")
def pair() -> Response:
    """Log this device in by a code of the dispatch centre."""
    parts().throttle.count_log_in()
    fields = body()
    code = fields.text("code", longest=CODE_LONGEST)
    fields.finish()
    note_attempt("")
    opened, pairing = pair_device(code, origin=request.remote_addr or "", now=now(), world=parts().world)
    note_access("device", pairing.id, pairing.crew)
    return _welcome(opened)


@routes.delete("/session")
def close_session() -> Response:
    """Log out; the token and its sockets are dead at once."""
    require_actor()
    parse_empty()
    digest = log_out(current_token(), now=now(), world=parts().world)
    end_sockets(digest)
    response = nothing()
    response.delete_cookie(COOKIE, path="/", samesite="Strict")
    return response


def _welcome(opened: LoggedIn) -> Response:
    note_actor(opened.actor)
    response = answer(
        {
            "token": opened.token,
            "name": opened.actor.name,
            "role": opened.actor.role,
            "hospital": opened.actor.hospital,
            "expires": render_time(opened.session.expires_at),
            "csrf": csrf_token_of(opened.token, parts().secret_key),
        }
    )
    set_cookie(response, opened)
    return response
