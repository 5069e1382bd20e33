"""A connection to SQLite or PostgreSQL: durable writes one at a time, reads beside them."""

from collections.abc import Callable
from functools import partial
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
READER_TIMEOUT_S = 8
"""How long a question waits for its turn: longer than a crowd that comes back at once keeps all readers busy."""

Result = TypeVar("Result")


class UnsupportedDatabase(AdvisorError, ValueError):
    """The address names a database that is neither SQLite in a file nor PostgreSQL."""


class Database:
    """One database. `write` gives the whole of its work or nothing, and returns when it is on disk."""

    def __init__(self, url: str, runner: Runner) -> None:
        parsed = _checked(url)
        self.url = parsed
        self.runner = runner
        # An engine for each side: the writing one is used by the runner alone, so that the locks of its pool never
        # come between threads; the reading one begins no transactions, which would be two more questions each time.
        self._writing = _engine(parsed, pool_size=1, pool_pre_ping=True)
        self._reading = _engine(parsed, pool_size=READERS_MOST, isolation_level="AUTOCOMMIT")

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction of the writing side and return its result once that is durable.

        Raises
        ------
        JournalUnavailable
            When the database cannot be reached or does not answer in time.
        """
        return self.runner(partial(self._write, work))

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work`, which only reads.

        Raises
        ------
        JournalUnavailable
            When the database cannot be reached or does not answer in time.
        """
        try:
            return self._read(work)
        except DBAPIError as error:
            # A server that restarted left dead connections behind; the pool has dropped them by now.
            if not error.connection_invalidated:
                raise _translated(error) from error
        try:
            return self._read(work)
        except DBAPIError as error:
            raise _translated(error) from error

    def _write(self, work: Callable[[Connection], Result]) -> Result:
        try:
            with self._writing.connect() as connection:
                connection.execution_options(writes=True)
                with connection.begin():
                    return work(connection)
        except IntegrityError:
            raise
        except (DBAPIError, PoolTimeout) as error:
            raise _translated(error) from error

    def _read(self, work: Callable[[Connection], Result]) -> Result:
        try:
            with self._reading.connect() as connection:
                return work(connection)
        except PoolTimeout as error:
            raise _translated(error) from error

    def close(self) -> None:
        """Let go of all connections."""
        self.runner(self._writing.dispose)
        self._reading.dispose()


def _translated(error: DBAPIError | PoolTimeout) -> JournalUnavailable:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return JournalUnavailable(f"the database does not answer: {cause}")


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


def _engine(url: URL, **options: Any) -> Engine:
    if _is_sqlite(url):
        options["poolclass"] = QueuePool
        engine = create_engine(url, connect_args={"check_same_thread": False}, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url, max_overflow=0, pool_timeout=READER_TIMEOUT_S, connect_args=_POSTGRESQL_ARGUMENTS, **options
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
