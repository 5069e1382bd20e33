"""The accounts of the load test: one per crew and per hospital, a GP who looks, and the key of a source."""

import secrets
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from advisor.kernel import HospitalId
from advisor.services.access import Role
from advisor.services.accounts import NO_PASSWORD, Account
from advisor.services.api_keys import ApiKey, Scope, digest_of_secret, token_of
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import ThreadRunner
from advisor.store.sql_accounts import SqlAccounts, SqlSessions
from advisor.store.sql_keys import SqlKeys
from tests.web.staffed import open_sessions

LOOKS = "gp"
SOURCE = "bench"


@dataclass(frozen=True, slots=True)
class People:
    """The tokens of open sessions: of each crew, of each hospital's coordinator, of a GP, and the source's key."""

    database: Path
    crews: tuple[str, ...]
    coordinators: dict[str, str]
    looks: str
    key: str


def hire_people(folder: Path, crews: int, hospitals: Iterable[HospitalId]) -> People:
    """Make the database in a folder."""
    database, now = folder / "crews.db", datetime.now(UTC)
    ids = tuple(hospitals)
    accounts = [
        *(Account(name=f"crew-{number}", role=Role.NURSE, created_at=now) for number in range(crews)),
        *(Account(name=hospital, role=Role.HOSPITAL, hospital=hospital, created_at=now) for hospital in ids),
        Account(name=LOOKS, role=Role.GP, created_at=now),
    ]
    secret = secrets.token_urlsafe(32)
    key = ApiKey(
        id=secrets.token_hex(5),
        source=SOURCE,
        scopes=frozenset({Scope.STOPS}),
        digest=digest_of_secret(secret),
        created_at=now,
        created_by=SOURCE,
    )
    with closing(Database(f"sqlite:///{database}", ThreadRunner())) as opened:
        migrate(opened)
        kept = SqlAccounts(opened)
        for account in accounts:
            kept.add(account, NO_PASSWORD)
        SqlKeys(opened).add(key)
        tokens = open_sessions(SqlSessions(opened), [account.name for account in accounts], now)
    of_hospitals = dict(zip(map(str, ids), tokens[crews:], strict=False))
    return People(database, tuple(tokens[:crews]), of_hospitals, tokens[-1], token_of(key.id, secret))
