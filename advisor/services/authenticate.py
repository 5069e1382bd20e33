"""Find out who is behind a session token."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from advisor.kernel import AdvisorError
from advisor.services.access import Actor
from advisor.services.accounts import Session
from advisor.services.log_in import digest_of
from advisor.services.world import World

TOUCH_AFTER = timedelta(minutes=1)  # use is noted at most once a minute, not with every request


class NotLoggedIn(AdvisorError, PermissionError):
    """The token belongs to no session that holds now."""

    def __init__(self) -> None:
        super().__init__("log in first")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A session that holds, and who acts in it."""

    actor: Actor
    session: Session


def authenticate(token: str, *, now: datetime, world: World) -> Known:
    """Return who acts, and keep the session alive.

    Raises
    ------
    NotLoggedIn
        When the session is unknown, revoked, idle for too long or too old, or its account is disabled.
    """
    session = world.sessions.find(digest_of(token))
    if session is None or not session.is_valid(now):
        raise NotLoggedIn
    account = world.accounts.find(session.user)
    if account is None or account.disabled_at is not None:
        raise NotLoggedIn
    return note_use(Known(actor=account.actor, session=session), now=now, world=world)


def note_use(known: Known, *, now: datetime, world: World) -> Known:
    """Keep the session alive of somebody who is at work, and return it as it is from here on."""
    session = known.session
    if now - session.seen_at < TOUCH_AFTER:
        return known
    used = replace(session, seen_at=now, idle_until=now + world.limits.idle)
    world.sessions.touch(session.token_digest, used.seen_at, used.idle_until)
    return replace(known, session=used)
