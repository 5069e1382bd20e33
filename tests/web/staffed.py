"""A database with accounts and open sessions, made without waiting for password hashes, and a server upon it."""

import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from advisor.kernel import HospitalId
from advisor.services.access import Role
from advisor.services.accounts import NO_PASSWORD, Account, Session
from advisor.services.log_in import digest_of
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import ThreadRunner
from advisor.store.sql_accounts import SqlAccounts, SqlSessions
from tests.web.server import Server

NURSE = "nurse"
HOSPITAL = "olvg-oost"


@dataclass(frozen=True, slots=True)
class Staff:
    """The tokens of open sessions: of so many nurses, of the coordinator of a hospital, of a dispatcher and a GP."""

    database: Path
    nurses: tuple[str, ...]
    coordinator: str
    dispatcher: str
    gp: str


def hire(folder: Path, nurses: int) -> Staff:
    """Make the database in a folder."""
    database = folder / "staffed.db"
    now = datetime.now(UTC)
    with closing(Database(f"sqlite:///{database}", ThreadRunner())) as opened:
        migrate(opened)
        accounts = SqlAccounts(opened)
        for name, role in ((NURSE, Role.NURSE), ("dispatcher", Role.DISPATCHER), ("gp", Role.GP)):
            accounts.add(Account(name=name, role=role, created_at=now), NO_PASSWORD)
        coordinator = Account(name=HOSPITAL, role=Role.HOSPITAL, hospital=HospitalId(HOSPITAL), created_at=now)
        accounts.add(coordinator, NO_PASSWORD)
        names = [*[NURSE] * nurses, HOSPITAL, "dispatcher", "gp"]
        *of_nurses, of_hospital, of_dispatcher, of_gp = open_sessions(SqlSessions(opened), names, now)
    return Staff(database, tuple(of_nurses), of_hospital, of_dispatcher, of_gp)


class Hired(Protocol):
    """Whoever has been hired, known by the database that they are in."""

    @property
    def database(self) -> Path: ...


def staffed_server(folder: Path, staff: Hired, **environment: str) -> Server:
    """Return a server outside the demonstration, where nothing happens by itself; use it in a `with`."""
    return Server(
        folder,
        UITWIJK_DEMO="0",
        UITWIJK_SECRET_KEY=secrets.token_urlsafe(48),
        UITWIJK_DATABASE_URL=f"sqlite:///{staff.database}",
        UITWIJK_ADVICE_PER_MINUTE="0",
        UITWIJK_LOG_FORMAT="text",
        **environment,
    )


def open_sessions(sessions: SqlSessions, names: Sequence[str], now: datetime) -> list[str]:
    """Open a session for each of these accounts and return their tokens."""
    tokens = [secrets.token_urlsafe(32) for _ in names]
    for token, name in zip(tokens, names, strict=True):
        sessions.open(
            Session(
                token_digest=digest_of(token),
                user=name,
                created_at=now,
                seen_at=now,
                idle_until=now + timedelta(hours=12),
                expires_at=now + timedelta(days=1),
            )
        )
    return tokens
