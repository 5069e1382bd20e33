"""Keys of other systems, and leases, in SQL."""

from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from advisor.journal.structure import moment_text
from advisor.kernel import HospitalId
from advisor.services.api_keys import ApiKey, Scope
from advisor.store.database import Database
from advisor.store.tables import api_keys, leases


class SqlKeys:
    """The keys of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, key: ApiKey) -> None:
        """See `Keys.add`."""
        row: dict[str, Any] = {
            "id": key.id,
            "source": key.source,
            "scopes": " ".join(sorted(key.scopes)),
            "digest": key.digest,
            "hospitals": " ".join(sorted(key.hospitals)),
            "created_at": moment_text(key.created_at),
            "created_by": key.created_by,
            "expires_at": _text(key.expires_at),
            "revoked_at": _text(key.revoked_at),
            "used_at": _text(key.used_at),
        }
        self._database.write(lambda connection: connection.execute(insert(api_keys), row))

    def find(self, key_id: str) -> ApiKey | None:
        """See `Keys.find`."""
        query = select(api_keys).where(api_keys.c.id == key_id)
        row = self._database.read(lambda connection: connection.execute(query).mappings().one_or_none())
        return _key(row) if row else None

    def list_all(self) -> tuple[ApiKey, ...]:
        """See `Keys.list_all`."""
        query = select(api_keys).order_by(api_keys.c.source, api_keys.c.created_at, api_keys.c.id)
        rows = self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(map(_key, rows))

    def expire(self, key_id: str, at: datetime) -> None:
        """See `Keys.expire`."""
        ends = moment_text(at)
        later = or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > ends)
        self._change(update(api_keys).where(api_keys.c.id == key_id, later).values(expires_at=ends))

    def revoke(self, key_id: str, at: datetime) -> None:
        """See `Keys.revoke`."""
        still_open = update(api_keys).where(api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None))
        self._change(still_open.values(revoked_at=moment_text(at)))

    def touch(self, key_id: str, at: datetime) -> None:
        """See `Keys.touch`."""
        self._change(update(api_keys).where(api_keys.c.id == key_id).values(used_at=moment_text(at)))

    def _change(self, statement: Any) -> None:
        self._database.write(lambda connection: connection.execute(statement))


class SqlLeases:
    """The leases of one database; moments are by the clocks of the holders, which are taken to run in step."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """See `Leases.take`."""
        free = or_(leases.c.holder == holder, leases.c.until <= moment_text(now))
        values = {"holder": holder, "until": moment_text(until)}
        change = update(leases).where(leases.c.name == name, free).values(**values)
        if self._database.write(lambda connection: connection.execute(change).rowcount):
            return True
        if self._database.read(
            lambda connection: connection.scalar(select(leases.c.name).where(leases.c.name == name))
        ):
            return False
        try:
            self._database.write(lambda connection: connection.execute(insert(leases), {"name": name, **values}))
        except IntegrityError:  # another process was first
            return False
        return True


def _key(row: RowMapping) -> ApiKey:
    return ApiKey(
        id=row["id"],
        source=row["source"],
        scopes=frozenset(map(Scope, row["scopes"].split())),
        digest=row["digest"],
        created_at=datetime.fromisoformat(row["created_at"]),
        created_by=row["created_by"],
        hospitals=frozenset(map(HospitalId, row["hospitals"].split())),
        expires_at=_moment(row["expires_at"]),
        revoked_at=_moment(row["revoked_at"]),
        used_at=_moment(row["used_at"]),
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment_text(moment)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
