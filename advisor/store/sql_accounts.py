"""Accounts and sessions in SQL."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, RowMapping, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from advisor.journal.structure import moment_text
from advisor.kernel import HospitalId
from advisor.services.access import Actor, Role
from advisor.services.accounts import Account, Session
from advisor.services.ports import NameTaken
from advisor.store.database import Database
from advisor.store.tables import accounts, sessions

ASKED_AT_ONCE = 500  # values in one question; SQLite takes a limited number of parameters


class SqlAccounts:
    """The accounts of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: Account, password_hash: str) -> None:
        """See `Accounts.add`."""
        row = {
            "name": account.name,
            "role": account.role.value,
            "hospital": account.hospital,
            "region": account.region,
            "password_hash": password_hash,
            "created_at": moment_text(account.created_at),
            "disabled_at": None,
            "subject": account.subject,
        }
        try:
            self._database.write(lambda connection: connection.execute(insert(accounts), row))
        except IntegrityError as error:
            raise NameTaken(account.name) from error

    def find(self, name: str) -> Account | None:
        """See `Accounts.find`."""
        query = select(accounts).where(accounts.c.name == name)
        row = self._database.read(lambda connection: connection.execute(query).mappings().one_or_none())
        return _account(row) if row else None

    def find_password_hash(self, name: str) -> str | None:
        """See `Accounts.find_password_hash`."""
        query = select(accounts.c.password_hash).where(accounts.c.name == name)
        found: str | None = self._database.read(lambda connection: connection.execute(query).scalar())
        return found

    def list_all(self) -> tuple[Account, ...]:
        """See `Accounts.list_all`."""
        query = select(accounts).order_by(accounts.c.name)
        rows = self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(map(_account, rows))

    def disable(self, name: str, at: datetime) -> None:
        """See `Accounts.disable`."""
        change = update(accounts).where(accounts.c.name == name, accounts.c.disabled_at.is_(None))
        self._database.write(lambda connection: connection.execute(change.values(disabled_at=moment_text(at))))

    def bind(self, name: str, actor: Actor) -> None:
        """See `Accounts.bind`."""
        values = {"role": actor.role.value, "hospital": actor.hospital, "region": actor.region}
        change = update(accounts).where(accounts.c.name == name).values(values)
        self._database.write(lambda connection: connection.execute(change))


class SqlSessions:
    """The sessions of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, session: Session) -> None:
        """See `Sessions.open`."""
        row: dict[str, Any] = {
            "token_digest": session.token_digest,
            "user": session.user,
            "created_at": moment_text(session.created_at),
            "seen_at": moment_text(session.seen_at),
            "idle_until": moment_text(session.idle_until),
            "expires_at": moment_text(session.expires_at),
            "revoked_at": None,
            "pairing": session.pairing,
        }
        self._database.write(lambda connection: connection.execute(insert(sessions), row))

    def find(self, token_digest: str) -> Session | None:
        """See `Sessions.find`."""
        query = select(sessions).where(sessions.c.token_digest == token_digest)
        row = self._database.read(lambda connection: connection.execute(query).mappings().one_or_none())
        return _session(row) if row else None

    def list_valid(self, token_digests: Collection[str], now: datetime) -> frozenset[str]:
        """See `Sessions.list_valid`."""
        holds = select(sessions.c.token_digest).where(
            sessions.c.revoked_at.is_(None),
            sessions.c.idle_until > moment_text(now),
            sessions.c.expires_at > moment_text(now),
        )
        rows = self._among(holds, sessions.c.token_digest, token_digests)
        return frozenset(row["token_digest"] for row in rows)

    def touch(self, token_digest: str, seen_at: datetime, idle_until: datetime) -> None:
        """See `Sessions.touch`."""
        change = update(sessions).where(sessions.c.token_digest == token_digest, sessions.c.revoked_at.is_(None))
        values = {"seen_at": moment_text(seen_at), "idle_until": moment_text(idle_until)}
        self._database.write(lambda connection: connection.execute(change.values(values)))

    def revoke(self, token_digest: str, at: datetime) -> None:
        """See `Sessions.revoke`."""
        change = update(sessions).where(sessions.c.token_digest == token_digest, sessions.c.revoked_at.is_(None))
        self._database.write(lambda connection: connection.execute(change.values(revoked_at=moment_text(at))))

    def revoke_all(self, user: str, at: datetime) -> tuple[str, ...]:
        """See `Sessions.revoke_all`."""
        change = (
            update(sessions)
            .where(sessions.c.user == user, sessions.c.revoked_at.is_(None))
            .values(revoked_at=moment_text(at))
            .returning(sessions.c.token_digest)
        )
        return tuple(self._database.write(lambda connection: connection.execute(change).scalars().all()))

    def find_paired(self, pairings: Collection[str]) -> dict[str, Session]:
        """See `Sessions.find_paired`."""
        rows = self._among(select(sessions), sessions.c.pairing, pairings)
        return {row["pairing"]: _session(row) for row in rows}

    def _among(self, query: Select[Any], column: Column[str], values: Collection[str]) -> list[RowMapping]:
        """Return the rows whose column is one of many values."""
        asked = list(values)
        parts = [query.where(column.in_(asked[i : i + ASKED_AT_ONCE])) for i in range(0, len(asked), ASKED_AT_ONCE)]
        return self._database.read(
            lambda connection: [row for part in parts for row in connection.execute(part).mappings()]
        )


def _account(row: RowMapping) -> Account:
    return Account(
        name=row["name"],
        role=Role(row["role"]),
        hospital=HospitalId(row["hospital"]) if row["hospital"] else None,
        region=row["region"],
        created_at=datetime.fromisoformat(row["created_at"]),
        disabled_at=_moment(row["disabled_at"]),
        subject=row["subject"],
    )


def _session(row: RowMapping) -> Session:
    return Session(
        token_digest=row["token_digest"],
        user=row["user"],
        created_at=datetime.fromisoformat(row["created_at"]),
        seen_at=datetime.fromisoformat(row["seen_at"]),
        idle_until=datetime.fromisoformat(row["idle_until"]),
        expires_at=datetime.fromisoformat(row["expires_at"]),
        revoked_at=_moment(row["revoked_at"]),
        pairing=row["pairing"],
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
