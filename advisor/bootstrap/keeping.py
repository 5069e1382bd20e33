"""Where facts, accounts and sessions are kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisor.settings import Settings

if TYPE_CHECKING:
    from advisor.services.ports import Accounts, Archive, Journal, Passwords, Sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What is kept: facts, accounts and sessions; `archive` is the journal as who forgets positions sees it."""

    journal: "Journal"
    archive: "Archive"
    accounts: "Accounts"
    sessions: "Sessions"
    passwords: "Passwords"


def open_store(settings: Settings, *, gevent: bool) -> Store:
    """Open the database and bring its tables up to date; `gevent` tells what kind of program this is.

    Raises
    ------
    JournalUnavailable
        When the database cannot be reached.
    """
    from advisor.store.database import Database  # noqa: PLC0415 - SQLAlchemy is slow to import
    from advisor.store.migrate import migrate  # noqa: PLC0415
    from advisor.store.passwords import Argon2Passwords  # noqa: PLC0415
    from advisor.store.runners import GeventThreadRunner, ThreadRunner, runner_for  # noqa: PLC0415
    from advisor.store.sql_accounts import SqlAccounts, SqlSessions  # noqa: PLC0415
    from advisor.store.sql_journal import SqlJournal  # noqa: PLC0415

    database = Database(settings.database_url, runner_for(settings.database_url, gevent=gevent))
    migrate(database)
    journal = SqlJournal(database)
    return Store(
        journal=journal,
        archive=journal,
        accounts=SqlAccounts(database),
        sessions=SqlSessions(database),
        passwords=Argon2Passwords(GeventThreadRunner() if gevent else ThreadRunner()),
    )


def open_nothing() -> Store:
    """Return a store that is empty and forgets everything, for a look where there is no database."""
    from advisor.store.memory import MemoryAccounts, MemoryJournal, MemorySessions  # noqa: PLC0415 - as above
    from advisor.store.passwords import Argon2Passwords  # noqa: PLC0415
    from advisor.store.runners import ThreadRunner  # noqa: PLC0415

    journal = MemoryJournal()
    return Store(
        journal=journal,
        archive=journal,
        accounts=MemoryAccounts(),
        sessions=MemorySessions(),
        passwords=Argon2Passwords(ThreadRunner()),
    )
