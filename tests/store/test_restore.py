"""A journal that was put back from a backup is another journal."""

import pytest

from advisor.services.ports import JournalUnavailable
from advisor.store.database import Database
from advisor.store.restore import renew_epoch
from advisor.store.sql_journal import SqlJournal
from tests.store.test_journal_contract import write
from tests.world import declared, heard


def test_restored_journal_gets_a_new_identity_and_keeps_its_facts(database: Database, sql_journal: SqlJournal) -> None:
    write(sql_journal, declared())

    epoch = renew_epoch(database)

    restored = SqlJournal(database)
    assert (restored.epoch, restored.head()) == (epoch, 1)
    assert epoch != sql_journal.epoch


def test_program_that_still_runs_does_not_write_into_a_restored_journal(
    database: Database, sql_journal: SqlJournal
) -> None:
    renew_epoch(database)

    with pytest.raises(JournalUnavailable, match="start the program again"):
        write(sql_journal, heard())

    assert SqlJournal(database).head() == 0
