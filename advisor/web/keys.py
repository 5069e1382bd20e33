"""Keys of other systems on requests: as bearer token, or in a header of their own."""

from flask import request

from advisor.services.access import Actor, Forbidden
from advisor.services.api_keys import TOKEN_PREFIX, ApiKey, Scope
from advisor.services.authenticate import NotLoggedIn
from advisor.services.use_key import authenticate_key
from advisor.web.access_log import note_actor
from advisor.web.auth import current_token, find_actor
from advisor.web.context import now, parts

KEY_HEADER = "X-API-Key"


def require_key(scope: Scope) -> ApiKey:
    """Return the key of this request, which must be for this.

    Raises
    ------
    NotLoggedIn
        When there is none that opens anything.
    Forbidden
        When it is not for this, or a person is logged in: people do not speak for systems.
    """
    key = find_key(scope)
    if key is not None:
        return key
    actor = find_actor()
    if actor is None:
        raise NotLoggedIn
    raise Forbidden(actor, f"do this without a key for {scope}")


def require_reader() -> Actor:
    """Return who reads: somebody who is logged in, or a system with a key for reading.

    Raises
    ------
    NotLoggedIn
        When it is neither.
    Forbidden
        When the key is not for reading.
    """
    key = find_key(Scope.READ)
    actor = find_actor() if key is None else key.actor
    if actor is None:
        raise NotLoggedIn
    return actor


def find_key(scope: Scope) -> ApiKey | None:
    """Find the key of this request; `None` when it shows none at all."""
    token = request.headers.get(KEY_HEADER, "") or current_token()
    if not token.startswith(TOKEN_PREFIX):
        return None
    key = authenticate_key(token, scope, now=now(), world=parts().world)
    note_actor(key.actor)
    return key
