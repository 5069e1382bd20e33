"""A connection to SQLite or PostgreSQL: durable writes one at a time, reads beside them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from advisor.kernel import AdvisorError
from advisor.services.ports import JournalUnavailable, Runner

CONNECT_TIMEOUT_S = 3
STATEMENT_TIMEOUT_MS = 5_000
BUSY_TIMEOUT_MS = 5_000  # how long SQLite waits for another process that writes
READERS_MOST = 10

Result = TypeVar("Result")


class UnsupportedDatabase(AdvisorError, ValueError):
    """The address names a database that is neither SQLite in a file nor PostgreSQL."""


class Database:
    """One database. `write` gives the whole of its work or nothing, and returns when it is on disk."""

    def __init__(self, url: str, runner: Runner) -> None:
        parsed = _checked(url)
        self.url = parsed
        self.runner = runner
        # SQLite: an engine for each side, so that the locks of a pool are used by one thread alone.
        self._writing = _engine(parsed, pool_size=1 if _is_sqlite(parsed) else READERS_MOST)
        self._reading = _engine(parsed, pool_size=READERS_MOST) if _is_sqlite(parsed) else self._writing

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is SQLite."""
        return _is_sqlite(self.url)

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction of the writing side and return its result once that is durable.

        Raises
        ------
        JournalUnavailable
            When the database cannot be reached or does not answer in time.
        """
        return self.runner(lambda: self.write_here(work))

    def write_here(self, work: Callable[[Connection], Result]) -> Result:
        """Do what `write` does, for a caller that the runner already runs."""
        with _translated(), self._writing.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                return work(connection)

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work`, which only reads.

        Raises
        ------
        JournalUnavailable
            When the database cannot be reached or does not answer in time.
        """
        with _translated(), self._reading.connect() as connection:
            return work(connection)

    def close(self) -> None:
        """Let go of all connections."""
        self.runner(self._writing.dispose)
        self._reading.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, PoolTimeout) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise JournalUnavailable(f"the database does not answer: {cause}") from error


def _checked(url: str) -> URL:
    parsed = make_url(url)
    if _is_sqlite(parsed):
        if not parsed.database or parsed.database == ":memory:":
            raise UnsupportedDatabase("SQLite needs a file, such as sqlite:///var/uitwijk.db")
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        return parsed
    if parsed.get_backend_name() != "postgresql":
        raise UnsupportedDatabase(f"{parsed.get_backend_name()!r} is not supported; use sqlite or postgresql")
    return parsed.set(drivername="postgresql+psycopg")


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _engine(url: URL, pool_size: int) -> Engine:
    if _is_sqlite(url):
        engine = create_engine(url, poolclass=QueuePool, pool_size=pool_size, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=CONNECT_TIMEOUT_S,
        pool_pre_ping=True,
        connect_args=_POSTGRESQL_ARGUMENTS,
    )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says so
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # a position that was removed is overwritten in the file too
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


_POSTGRESQL_ARGUMENTS = {
    "connect_timeout": CONNECT_TIMEOUT_S,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": STATEMENT_TIMEOUT_MS,
    "application_name": "uitwijk",
    # The last two: a process that vanished while it held the write lock gives it back; and no setting of the
    # server may weaken what "written" means.
    "options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout=10000"
    " -c synchronous_commit=on",
}
