"""What the journal in SQL promises beyond the contract: durability, other processes, a database that is away."""

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from advisor.services.ports import JournalUnavailable
from advisor.store.database import Database, UnsupportedDatabase
from advisor.store.migrate import UnknownSchema, migrate
from advisor.store.runners import LockedRunner, ThreadRunner
from advisor.store.sql_journal import SqlJournal
from tests.postgresql import running_postgresql
from tests.store.test_journal_contract import press_at_once, write
from tests.world import declared, heard


def test_facts_outlive_the_program(open_database: Callable[[], Database]) -> None:
    first = SqlJournal(open_database())
    write(first, declared(), heard())

    again = SqlJournal(open_database())

    assert (again.epoch, again.board()) == (first.epoch, first.board())


def test_facts_of_another_process_are_on_the_board(open_database: Callable[[], Database]) -> None:
    one, other = SqlJournal(open_database()), SqlJournal(open_database())

    write(one, declared())

    assert other.board() == one.board()


def test_one_stop_is_declared_when_many_processes_press_at_once(open_database: Callable[[], Database]) -> None:
    journals = [SqlJournal(open_database()) for _ in range(4)]

    won = press_at_once(journals * 3)

    assert (won.count(True), journals[0].head()) == (1, 1)


def test_numbers_follow_commits_when_several_write(open_database: Callable[[], Database]) -> None:
    journals = [SqlJournal(open_database()) for _ in range(3)]
    seen: list[int] = []
    done = threading.Event()

    def follow() -> None:
        reader = SqlJournal(open_database())
        while not done.is_set() or reader.head() > len(seen):
            seen.extend(recorded.seq for recorded in reader.read(len(seen), 1000))

    follower = threading.Thread(target=follow)
    follower.start()
    writers = [
        threading.Thread(target=lambda each=each: [write(each, heard()) for _ in range(60)]) for each in journals
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    done.set()
    follower.join()

    assert seen == list(range(1, 181))


def write_sixty(journal: SqlJournal) -> None:
    for _ in range(60):
        write(journal, heard())


def test_migrating_twice_changes_nothing(database: Database, sql_journal: SqlJournal) -> None:
    write(sql_journal, heard())

    migrate(database)

    assert (SqlJournal(database).epoch, SqlJournal(database).head()) == (sql_journal.epoch, 1)


def test_database_of_a_newer_program_is_refused(database: Database) -> None:
    database.write(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))

    with pytest.raises(UnknownSchema, match="9999"):
        migrate(database)


def test_database_in_memory_is_refused() -> None:
    with pytest.raises(UnsupportedDatabase, match="file"):
        Database("sqlite://", ThreadRunner())


def test_other_database_is_refused() -> None:
    with pytest.raises(UnsupportedDatabase, match="mysql"):
        Database("mysql://localhost/x", ThreadRunner())


def test_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_text("this is no database, but a text of some length" * 50)

    database = Database(f"sqlite:///{tmp_path / 'journal.db'}", ThreadRunner())

    with closing(database), pytest.raises(JournalUnavailable, match="not a database"):
        migrate(database)


def test_postgresql_that_stopped_is_unavailable_and_comes_back() -> None:
    with running_postgresql() as server, closing(Database(server.new_database("away"), LockedRunner())) as database:
        migrate(database)
        journal = SqlJournal(database)
        write(journal, declared())
        server.stop("immediate")
        with pytest.raises(JournalUnavailable):
            write(journal, heard())
        with pytest.raises(JournalUnavailable):
            journal.board()

        server.start()
        write(journal, heard())

        assert [recorded.event for recorded in journal.read(0, 9)] == [declared(), heard()]
