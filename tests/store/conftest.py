"""The databases that the store is tested on."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from advisor.services.ports import Journal
from advisor.store.database import Database
from advisor.store.memory import MemoryJournal
from advisor.store.migrate import migrate
from advisor.store.runners import runner_for
from advisor.store.sql_journal import SqlJournal
from tests.postgresql import Server, running_postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with running_postgresql() as server:
        yield server


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Gives the address of an empty database of the kind asked for."""

    def of_kind(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / 'journal.db'}"
        server: Server = request.getfixturevalue("postgresql")
        return server.emptied_database("journal")

    return of_kind


@pytest.fixture
def open_at() -> Iterator[Callable[[str], Database]]:
    """Opens a database as often as asked, as so many processes would."""
    opened: list[Database] = []

    def open_one(url: str) -> Database:
        database = Database(url, runner_for(url, gevent=False))
        opened.append(database)
        migrate(database)
        return database

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def open_database(
    request: pytest.FixtureRequest, address: Callable[[str], str], open_at: Callable[[str], Database]
) -> Callable[[], Database]:
    """Opens the same database again and again; once for each kind of database."""
    return partial(open_at, address(request.param))


@pytest.fixture
def database(open_database: Callable[[], Database]) -> Database:
    return open_database()


@pytest.fixture
def sql_journal(database: Database) -> SqlJournal:
    return SqlJournal(database)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def journal(
    request: pytest.FixtureRequest, address: Callable[[str], str], open_at: Callable[[str], Database]
) -> Journal:
    """An empty journal; once of each kind."""
    return MemoryJournal() if request.param == "memory" else SqlJournal(open_at(address(request.param)))
