"""Logging in and out."""

from flask import Blueprint, Response, request

from advisor.services.log_in import LogIn, log_in
from advisor.services.log_out import log_out
from advisor.web.answer import answer, nothing
from advisor.web.auth import COOKIE, csrf_token_of, current_token, require_actor, set_cookie
from advisor.web.context import end_sockets, now, parts
from advisor.web.render import render_time
from advisor.web.wire import body, parse_credentials, parse_empty

routes = Blueprint("session", __name__)


@routes.post("/session")
def open_session() -> Response:
    """Log in; the token is told this once, to programs in the body and to browsers in a cookie."""
    parts().throttle.count_log_in()
    given = parse_credentials(body())
    command = LogIn(username=given.username, password=given.password, origin=request.remote_addr or "")
    opened = log_in(command, now=now(), world=parts().world)
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
