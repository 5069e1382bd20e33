"""Writes to a journal from several threads and tells, line by line, what was acknowledged; made to be killed."""

import sys
import threading
from datetime import UTC, datetime

from advisor.journal.events import FeedHeard
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import runner_for
from advisor.store.sql_journal import SqlJournal


def main(url: str, run: str) -> None:
    """Write until killed; prints `seq source` once the fact is durable."""
    database = Database(url, runner_for(url, gevent=False))
    migrate(database)
    journal = SqlJournal(database)
    writers = [threading.Thread(target=_write, args=(journal, f"{run}-{number}")) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def _write(journal: SqlJournal, name: str) -> None:
    count = 0
    while True:
        source = f"{name}-{count}"
        event = FeedHeard(at=datetime.now(UTC), by="writer", source=source)
        [recorded] = journal.transact(lambda _, event=event: [event])  # type: ignore[misc]
        sys.stdout.write(f"{recorded.seq} {source}\n")
        sys.stdout.flush()
        count += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
