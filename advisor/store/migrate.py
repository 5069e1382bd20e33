"""Bring the tables of a database up to date, from empty or from any older version."""

from functools import partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from advisor.kernel import AdvisorError
from advisor.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_KEY = 0x5549_5457  # any number that no other program uses in the same PostgreSQL database


class UnknownSchema(AdvisorError, ValueError):
    """The tables were made by a newer version of the program."""


def migrate(database: Database, to: str = "head") -> None:
    """Bring the tables up to date, or to version `to`, in one transaction; processes that start together take turns.

    Raises
    ------
    UnknownSchema
        When the database is newer than this program.
    JournalUnavailable
        When the database cannot be reached.
    """
    database.write(partial(_upgrade, to=to))


def _upgrade(connection: Connection, to: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise UnknownSchema(f"the database has version {current}, which this program does not know; use a newer one")
    if current == scripts.get_current_head():
        return
    config.attributes["connection"] = connection
    command.upgrade(config, to)
