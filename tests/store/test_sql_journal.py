"""What the journal in SQL promises beyond the contract: durability, other processes, a database that is away."""

import json
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text, update

from advisor.journal.codec import encode
from advisor.journal.events import AdviceGiven
from advisor.journal.fold import fold
from advisor.kernel import AdviceId, Department
from advisor.services.ports import JournalUnavailable
from advisor.store.database import Database, UnsupportedDatabase
from advisor.store.migrate import UnknownSchema, migrate
from advisor.store.runners import LockedRunner, ThreadRunner, runner_for
from advisor.store.sql_journal import SqlJournal
from advisor.store.tables import checkpoints, metadata
from tests.postgresql import running_postgresql
from tests.store.test_journal_contract import press_at_once, write
from tests.world import NOW, at, declared, heard, reported


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


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_older_database_is_brought_up_to_date_with_all_its_facts(kind: str, address: Callable[[str], str]) -> None:
    url = address(kind)
    given = AdviceGiven(at=NOW, by="nurse", advice_id=AdviceId("a1"), digest="00", receipt=b"receipt")
    with closing(Database(url, runner_for(url, gevent=False))) as database:
        migrate(database, to="0001")
        database.write(lambda connection: connection.execute(text(AS_FIRST_WRITTEN), {"body": body_of(given)}))
        database.write(lambda connection: connection.execute(text(ENCLOSED_AT_FIRST), {"content": b"receipt"}))
        database.write(lambda connection: connection.execute(text("UPDATE journal SET head = 1")))

        migrate(database)

        journal = SqlJournal(database)
        assert [recorded.event for recorded in journal.read(0, 9)] == [given]
        assert (journal.enclosure("a1"), journal.list_enclosed(("AdviceGiven",), at(1), 1, 9)[0].stage) == (
            b"receipt",
            0,
        )


AS_FIRST_WRITTEN = """INSERT INTO events (seq, type, version, at, subject, body)
    VALUES (1, 'AdviceGiven', 1, '2026-03-10T14:00:00.000000Z', 'a1', :body)"""
ENCLOSED_AT_FIRST = """INSERT INTO enclosures (seq, subject, at, content)
    VALUES (1, 'a1', '2026-03-10T14:00:00.000000Z', :content)"""


def body_of(event: AdviceGiven) -> str:
    return json.dumps(encode(event).body)


def test_tables_are_those_that_the_program_works_with(database: Database) -> None:
    differences = database.read(lambda connection: compare_metadata(MigrationContext.configure(connection), metadata))

    assert differences == []


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


class TestCheckpoints:
    @pytest.fixture
    def filled(self, sql_journal: SqlJournal) -> SqlJournal:
        write(sql_journal, declared(), reported())
        for _ in range(6):
            write(sql_journal, *(heard(when=at(1)) for _ in range(1000)))
        write(sql_journal, declared("s2", department=Department.SR))
        return sql_journal

    def kept(self, database: Database) -> list[tuple[int, bytes]]:
        query = select(checkpoints.c.seq, checkpoints.c.content)
        return database.read(lambda connection: [tuple(row) for row in connection.execute(query)])

    def test_board_is_kept_once_in_some_thousands_of_facts(self, filled: SqlJournal, database: Database) -> None:
        assert [seq for seq, _ in self.kept(database)] == [3002, 5002]

    def test_start_from_a_checkpoint_gives_the_board_of_all_facts(
        self, filled: SqlJournal, open_database: Callable[[], Database]
    ) -> None:
        board = SqlJournal(open_database()).board()

        assert board == filled.board() == fold(filled.read(0, 10_000))

    def test_board_of_a_moment_is_found_unless_one_has_a_later_one(self, filled: SqlJournal) -> None:
        kept = filled.find_kept(at(1), 100)

        assert kept == fold(filled.read(0, 5002))
        assert filled.find_kept(at(0.5), 100) is None
        assert filled.find_kept(at(1), 5002) is None

    def test_boards_are_kept_anew_by_other_code(self, filled: SqlJournal, database: Database) -> None:
        database.write(lambda connection: connection.execute(update(checkpoints).values({"fold": "other code"})))

        SqlJournal(database)

        assert [seq for seq, _ in self.kept(database)] == [2500, 5000]
        assert SqlJournal(database).board() == filled.board()

    def test_boards_of_too_long_ago_go(self, filled: SqlJournal, database: Database) -> None:
        for _ in range(5):
            write(filled, *(heard(when=at(92 * 24 * 60)) for _ in range(1000)))

        assert [seq for seq, _ in self.kept(database)] == [8003, 10_003]

    @pytest.mark.parametrize(
        "damage", [{"content": b"nonsense"}, {"fold": "other code"}, {"seq": checkpoints.c.seq + 999_999}]
    )
    def test_checkpoint_that_does_not_fit_is_left_aside(
        self, filled: SqlJournal, database: Database, damage: dict[str, object]
    ) -> None:
        database.write(lambda connection: connection.execute(update(checkpoints).values(damage)))

        assert SqlJournal(database).board() == filled.board()
