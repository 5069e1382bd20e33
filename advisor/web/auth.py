"""Who is asking: session cookie or bearer token, and whether a cookie may be trusted to change something."""

import hashlib
import hmac

from flask import Response, g, request

from advisor.services.access import Actor
from advisor.services.authenticate import Known, NotLoggedIn, authenticate
from advisor.services.log_in import LoggedIn
from advisor.services.refusals import NotFound
from advisor.web.context import now, parts
from advisor.web.origin import is_own_origin
from advisor.web.problems import WrongToken

COOKIE = "uitwijk_session"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOGGING_IN = frozenset({"api.session.open_session", "api.session.pair"})
"""Who logs in has no session yet whose token could be asked for."""

SCHEME = "bearer "


def find_known() -> Known | None:
    """Find who is behind the session of this request; looked up once."""
    if "known" not in g:
        g.known = recognise(current_token())
    known: Known | None = g.known
    return known


def recognise(token: str) -> Known | None:
    """Find who is behind a session token."""
    if not token:
        return None
    try:
        return authenticate(token, now=now(), world=parts().world)
    except NotLoggedIn:
        return None


def find_actor() -> Actor | None:
    """Find who is logged in on this request."""
    known = find_known()
    return None if known is None else known.actor


def require_actor() -> Actor:
    """Return who is logged in.

    Raises
    ------
    NotLoggedIn
        When nobody is, or the session is over.
    """
    actor = find_actor()
    if actor is None:
        raise NotLoggedIn
    return actor


def current_token() -> str:
    """Return the token of this request, "" when there is none; a bearer token goes before the cookie."""
    return _bearer() or request.cookies.get(COOKIE, "")


def csrf_token() -> str:
    """Return the token that calls with the cookie must carry to change something; it lives as long as the session."""
    return csrf_token_of(current_token(), parts().secret_key)


def csrf_token_of(token: str, secret_key: str) -> str:
    """Derive it from a session token; nobody without the key can."""
    return hmac.new(secret_key.encode(), b"csrf:" + token.encode(), hashlib.sha256).hexdigest()


def check_path() -> None:
    """Let no path with control characters in: nothing has such a name, and a database may not even look for it.

    Raises
    ------
    NotFound
        Always in that case.
    """
    if any(ord(character) < 32 for character in request.path):
        raise NotFound("resource", request.path)


def check_trust() -> None:
    """Let only our own pages and programs change something.

    Raises
    ------
    WrongToken
        When the request comes from a page of another site, or with a cookie but without its token.
    """
    if request.method in SAFE_METHODS:
        return
    if not is_own_origin(request.headers.get("Origin"), request.environ, parts().origins):
        raise WrongToken("the request comes from a page of another site")
    if _bearer() or request.endpoint in LOGGING_IN or find_actor() is None:
        return
    given = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(given.encode(), csrf_token().encode()):
        raise WrongToken(f"the header {CSRF_HEADER} is missing or wrong; GET /api/v1/me gives it")


def set_cookie(response: Response, opened: LoggedIn) -> None:
    """Hand the session to the browser, out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        opened.token,
        expires=opened.session.expires_at,
        httponly=True,
        secure=request.is_secure,
        samesite="Strict",
        path="/",
    )


def _bearer() -> str:
    header = request.headers.get("Authorization", "")
    return header[len(SCHEME) :].strip() if header.lower().startswith(SCHEME) else ""
