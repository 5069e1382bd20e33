"""Find out which source is behind a key, and whether it may do this."""

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

from advisor.kernel import HospitalId
from advisor.services.access import Forbidden
from advisor.services.api_keys import ApiKey, Scope, digest_of_secret, parts_of
from advisor.services.authenticate import NotLoggedIn
from advisor.services.world import World

TOUCH_AFTER = timedelta(minutes=1)  # use is noted at most once a minute, not with every push


def authenticate_key(token: str, scope: Scope, *, now: datetime, world: World) -> ApiKey:
    """Return the key that a token belongs to.

    Raises
    ------
    NotLoggedIn
        When the token belongs to no key that still opens something.
    Forbidden
        When the key is not for this.
    """
    key_id, secret = parts_of(token)
    key = world.keys.find(key_id) if key_id else None
    if key is None or not hmac.compare_digest(key.digest, digest_of_secret(secret)) or not key.is_valid(now):
        raise NotLoggedIn
    if scope not in key.scopes:
        raise Forbidden(key.actor, f"use this key for {scope}")
    if key.used_at is None or now - key.used_at >= TOUCH_AFTER:
        world.keys.touch(key.id, now)
    return key


def require_own_hospitals(key: ApiKey, hospitals: Iterable[HospitalId]) -> None:
    """Let a key that is bound to hospitals speak about these alone.

    Raises
    ------
    Forbidden
        When it speaks about another one.
    """
    others = set(hospitals) - key.hospitals
    if key.hospitals and others:
        raise Forbidden(key.actor, f"report about {', '.join(sorted(others))}")
