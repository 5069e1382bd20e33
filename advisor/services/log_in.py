"""Log in: a name and a password, and for some a code, for a session."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from advisor.kernel import AdvisorError
from advisor.services.access import Actor
from advisor.services.accounts import Account, Session
from advisor.services.second_factor import check_second_factor
from advisor.services.world import World

TOKEN_BYTES = 32
PASSWORD_MOST = 1_000  # characters; a hash of megabytes would be a way to keep the server busy


class WrongCredentials(AdvisorError, PermissionError):
    """Name and password do not belong together, or the account is disabled; which of these is not told."""

    def __init__(self) -> None:
        super().__init__("name and password do not belong together")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """What is entered, and from where: `origin` is the address that attempts are counted for.

    `code` is the present one of the second factor, "" when none was entered.
    """

    username: str
    password: str
    origin: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn:
    """A new session. The token is told this once and kept nowhere."""

    token: str
    session: Session
    actor: Actor


def log_in(command: LogIn, *, now: datetime, world: World) -> LoggedIn:
    """Open a session.

    Raises
    ------
    TooManyAttempts
        When this origin failed too often of late.
    WrongCredentials
        When name and password do not fit, or the account is disabled.
    SecondFactorNeeded, WrongCode, SecondFactorMissing
        When they fit, but the second factor does not; see `check_second_factor`.
    """
    world.attempts.check(command.username, command.origin, now)
    account = world.accounts.find(command.username)
    stored = world.accounts.find_password_hash(command.username) if account and account.disabled_at is None else None
    fits = world.passwords.matches(stored, command.password[:PASSWORD_MOST]) and len(command.password) <= PASSWORD_MOST
    if account is None or not fits:
        world.attempts.note_failure(command.username, command.origin, now)
        raise WrongCredentials
    check_second_factor(account, command.code, now=now, world=world)
    world.attempts.note_success(command.username, command.origin, now)
    return open_session(account, now=now, world=world)


def open_session(account: Account, *, now: datetime, world: World, pairing: str = "") -> LoggedIn:
    """Open a session for somebody who has shown who it is; `pairing` is the device that this was shown by."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session = Session(
        token_digest=digest_of(token),
        user=account.name,
        created_at=now,
        seen_at=now,
        idle_until=now + world.limits.idle,
        expires_at=now + world.limits.absolute,
        pairing=pairing,
    )
    world.sessions.open(session)
    return LoggedIn(token=token, session=session, actor=account.actor)


def digest_of(token: str) -> str:
    """Return what the store knows a session token by: its SHA-256, in hex."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
