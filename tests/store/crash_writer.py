"""Writes to a journal from several threads and tells what was acknowledged; made to be killed."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from advisor.journal.events import FeedHeard
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import runner_for
from advisor.store.sql_journal import SqlJournal


def write(url: str, run: int, tell: Connection) -> None:
    """Write until killed; tells number and source of each fact once it is durable."""
    database = Database(url, runner_for(url, gevent=False))
    migrate(database)
    journal = SqlJournal(database)
    one_tells = threading.Lock()

    def acknowledge(seq: int, source: str) -> None:
        with one_tells:
            tell.send((seq, source))

    writers = [threading.Thread(target=_write, args=(journal, f"{run}-{number}", acknowledge)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def _write(journal: SqlJournal, name: str, acknowledge: Callable[[int, str], None]) -> None:
    count = 0
    while True:
        source = f"{name}-{count}"
        event = FeedHeard(at=datetime.now(UTC), by="writer", source=source)
        [recorded] = journal.transact(lambda _, event=event: [event])  # type: ignore[misc]
        acknowledge(recorded.seq, source)
        count += 1
