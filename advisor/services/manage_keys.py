"""Keys of other systems: add, list, rotate, revoke."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from advisor.journal.department import CONSOLE
from advisor.kernel import HospitalId, InvalidInput, Problem
from advisor.services.access import Actor, Role, require_role
from advisor.services.api_keys import ApiKey, Scope, digest_of_secret, token_of
from advisor.services.refusals import NotFound
from advisor.services.world import World

SECRET_BYTES = 32
OVERLAP_MOST = timedelta(days=30)
RESERVED = frozenset({CONSOLE, "demo", "lpz"})
"""Sources that speak without a key."""

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddKey:
    """A key to be made; without `hospitals` it may speak about all, without `expires_at` it lasts until revoked."""

    source: str
    scopes: frozenset[Scope]
    hospitals: frozenset[HospitalId] = field(default_factory=frozenset)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key that was just made; `token` is shown this once and kept nowhere."""

    key: ApiKey
    token: str


def add_key(command: AddKey, *, actor: Actor, now: datetime, world: World) -> NewKey:
    """Make a key.

    Raises
    ------
    Forbidden
        When the actor is no admin.
    InvalidInput
        When the name is reserved or malformed, a hospital does not exist, or there is nothing that the key opens.
    """
    require_role(actor, "make a key", Role.ADMIN)
    problems = _problems(command, now, world)
    if problems:
        raise InvalidInput(problems)
    return _make(command, actor, now, world)


def list_keys(*, actor: Actor, world: World) -> tuple[ApiKey, ...]:
    """Return all keys; for an admin."""
    require_role(actor, "list the keys", Role.ADMIN)
    return world.keys.list_all()


def revoke_key(key_id: str, *, actor: Actor, now: datetime, world: World) -> ApiKey:
    """Refuse a key from now on.

    Raises
    ------
    Forbidden
        When the actor is no admin.
    NotFound
        When there is no such key.
    """
    require_role(actor, "revoke a key", Role.ADMIN)
    key = _get(key_id, world)
    world.keys.revoke(key_id, now)
    return key


def rotate_key(key_id: str, overlap: timedelta, *, actor: Actor, now: datetime, world: World) -> NewKey:
    """Make a key for the same source and purpose; the old one opens the same for another while.

    Raises
    ------
    Forbidden
        When the actor is no admin.
    NotFound
        When there is no such key that still opens something.
    InvalidInput
        When the overlap is negative or longer than 30 days.
    """
    require_role(actor, "rotate a key", Role.ADMIN)
    old = _get(key_id, world)
    if not old.is_valid(now):
        raise NotFound("valid key", key_id)
    if not timedelta(0) <= overlap <= OVERLAP_MOST:
        raise InvalidInput([Problem(field="overlap", message=f"must be 0 to {OVERLAP_MOST.days * 24} hours")])
    command = AddKey(source=old.source, scopes=old.scopes, hospitals=old.hospitals)
    made = _make(command, actor, now, world)
    world.keys.expire(key_id, now + overlap)
    return made


def _get(key_id: str, world: World) -> ApiKey:
    key = world.keys.find(key_id)
    if key is None:
        raise NotFound("key", key_id)
    return key


def _make(command: AddKey, actor: Actor, now: datetime, world: World) -> NewKey:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    key = ApiKey(
        id=secrets.token_hex(5),
        source=command.source,
        scopes=command.scopes,
        digest=digest_of_secret(secret),
        created_at=now,
        created_by=actor.name,
        hospitals=command.hospitals,
        expires_at=command.expires_at,
    )
    world.keys.add(key)
    return NewKey(key=key, token=token_of(key.id, secret))


def _problems(command: AddKey, now: datetime, world: World) -> list[Problem]:
    problems = []
    if not _NAME.fullmatch(command.source):
        message = "must be 2 to 40 small letters, digits, dots or dashes, beginning with a letter or digit"
        problems.append(Problem(field="source", message=message))
    if command.source in RESERVED:
        problems.append(Problem(field="source", message=f"{command.source!r} is the name of a source without a key"))
    if not command.scopes:
        problems.append(Problem(field="scopes", message="must name at least one"))
    for hospital in sorted(command.hospitals - world.sites.keys()):
        problems.append(Problem(field="hospitals", message=f"no hospital with id {hospital!r}"))
    if command.expires_at is not None and command.expires_at <= now:
        problems.append(Problem(field="expires_at", message="must be after now"))
    return problems
