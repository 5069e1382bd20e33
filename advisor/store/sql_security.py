"""Second factors and paired devices in SQL."""

from datetime import datetime
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Connection, Row, delete, insert, select, update

from advisor.journal.structure import moment_text
from advisor.services.second_factor import UnreadableSecret
from advisor.services.security import Factor, Pairing
from advisor.store.database import Database
from advisor.store.sealing import Seal
from advisor.store.tables import pairings, second_factors


class SqlSecondFactors:
    """The second factors of one database; their secrets are sealed with a key that is kept elsewhere."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    def keep(self, name: str, secret: str, at: datetime) -> None:
        """See `SecondFactors.keep`."""
        row = {"name": name, "secret": self._seal.close(secret), "kept_at": moment_text(at), "last_step": 0}

        def replace(connection: Connection) -> None:
            connection.execute(delete(second_factors).where(second_factors.c.name == name))
            connection.execute(insert(second_factors), row)

        self._database.write(replace)

    def find(self, name: str) -> Factor | None:
        """See `SecondFactors.find`."""
        query = select(second_factors).where(second_factors.c.name == name)
        row = self._database.read(lambda connection: connection.execute(query).mappings().one_or_none())
        if row is None:
            return None
        try:
            return Factor(secret=self._seal.open(row["secret"]), last_step=row["last_step"])
        except InvalidToken as error:
            raise UnreadableSecret from error

    def use_step(self, name: str, step: int) -> bool:
        """See `SecondFactors.use_step`."""
        change = (
            update(second_factors)
            .where(second_factors.c.name == name, second_factors.c.last_step < step)
            .values(last_step=step)
        )
        return self._database.write(lambda connection: connection.execute(change).rowcount) == 1

    def remove(self, name: str) -> bool:
        """See `SecondFactors.remove`."""
        change = delete(second_factors).where(second_factors.c.name == name)
        return self._database.write(lambda connection: connection.execute(change).rowcount) == 1


class SqlPairings:
    """The paired devices of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, pairing: Pairing) -> None:
        """See `Pairings.add`."""
        row: dict[str, Any] = {
            "id": pairing.id,
            "code_digest": pairing.code_digest,
            "crew": pairing.crew,
            "device": pairing.device,
            "issued_by": pairing.issued_by,
            "issued_at": moment_text(pairing.issued_at),
            "expires_at": moment_text(pairing.expires_at),
        }
        self._database.write(lambda connection: connection.execute(insert(pairings), row))

    def find(self, identity: str) -> Pairing | None:
        """See `Pairings.find`."""
        query = select(pairings).where(pairings.c.id == identity)
        row = self._database.read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else _pairing(row)

    def redeem(self, code_digest: str, at: datetime) -> Pairing | None:
        """See `Pairings.redeem`."""
        change = (
            update(pairings)
            .where(
                pairings.c.code_digest == code_digest,
                pairings.c.used_at.is_(None),
                pairings.c.ended_at.is_(None),
                pairings.c.expires_at > moment_text(at),
            )
            .values(used_at=moment_text(at))
            .returning(pairings.c.id)
        )
        identity = self._database.write(lambda connection: connection.execute(change).scalar_one_or_none())
        return None if identity is None else self.find(identity)

    def end(self, identity: str, at: datetime) -> None:
        """See `Pairings.end`."""
        change = update(pairings).where(pairings.c.id == identity, pairings.c.ended_at.is_(None))
        self._database.write(lambda connection: connection.execute(change.values(ended_at=moment_text(at))))

    def list_since(self, since: datetime) -> tuple[Pairing, ...]:
        """See `Pairings.list_since`."""
        query = select(pairings).where(pairings.c.issued_at > moment_text(since)).order_by(pairings.c.issued_at.desc())
        return tuple(map(_pairing, self._database.read(lambda connection: connection.execute(query).all())))


def _pairing(row: Row[Any]) -> Pairing:
    return Pairing(
        id=row.id,
        code_digest=row.code_digest,
        crew=row.crew,
        device=row.device,
        issued_by=row.issued_by,
        issued_at=datetime.fromisoformat(row.issued_at),
        expires_at=datetime.fromisoformat(row.expires_at),
        used_at=_moment(row.used_at),
        ended_at=_moment(row.ended_at),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
