"""Where facts, accounts and sessions are kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisor.bootstrap.secret import secret_key_of
from advisor.settings import Settings

if TYPE_CHECKING:
    from advisor.services.api_keys import Keys, Leases
    from advisor.services.ports import Accounts, Archive, Journal, Passwords, Sessions
    from advisor.services.security import Counts, Security


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What is kept: facts, accounts and sessions; `archive` is the journal as who forgets positions sees it.

    `counts` counts what is tried too often, for all processes where they have a Redis between them.
    """

    journal: "Journal"
    archive: "Archive"
    accounts: "Accounts"
    sessions: "Sessions"
    passwords: "Passwords"
    security: "Security"
    counts: "Counts"
    keys: "Keys"
    leases: "Leases"


def open_store(settings: Settings, *, gevent: bool) -> Store:
    """Open the database and bring its tables up to date; `gevent` tells what kind of program this is.

    Raises
    ------
    JournalUnavailable
        When the database cannot be reached.
    """
    from advisor.services.security import Security  # noqa: PLC0415
    from advisor.store.counts import MemoryCounts, RedisCounts  # noqa: PLC0415
    from advisor.store.database import Database  # noqa: PLC0415 - SQLAlchemy is slow to import
    from advisor.store.migrate import migrate  # noqa: PLC0415
    from advisor.store.passwords import Argon2Passwords  # noqa: PLC0415
    from advisor.store.runners import GeventThreadRunner, ThreadRunner, runner_for  # noqa: PLC0415
    from advisor.store.sealing import Seal  # noqa: PLC0415
    from advisor.store.sql_access_log import SqlAccessLog  # noqa: PLC0415
    from advisor.store.sql_accounts import SqlAccounts, SqlSessions  # noqa: PLC0415
    from advisor.store.sql_journal import SqlJournal  # noqa: PLC0415
    from advisor.store.sql_keys import SqlKeys, SqlLeases  # noqa: PLC0415
    from advisor.store.sql_security import SqlPairings, SqlSecondFactors  # noqa: PLC0415

    database = Database(settings.database_url, runner_for(settings.database_url, gevent=gevent))
    migrate(database)
    journal = SqlJournal(database)
    return Store(
        journal=journal,
        archive=journal,
        accounts=SqlAccounts(database),
        sessions=SqlSessions(database),
        passwords=Argon2Passwords(GeventThreadRunner() if gevent else ThreadRunner()),
        security=Security(
            second_factors=SqlSecondFactors(database, Seal(secret_key_of(settings))),
            pairings=SqlPairings(database),
            access_log=SqlAccessLog(database),
            second_factor_required=settings.second_factor,
        ),
        counts=RedisCounts(settings.redis_url) if settings.redis_url else MemoryCounts(),
        keys=SqlKeys(database),
        leases=SqlLeases(database),
    )


def renew_journal(settings: Settings) -> tuple[str, str]:
    """Give a journal that was put back from a backup a new epoch, and return the old and the new one.

    Raises
    ------
    JournalUnavailable
        When the database cannot be reached.
    """
    from advisor.store.database import Database  # noqa: PLC0415 - as above
    from advisor.store.migrate import migrate  # noqa: PLC0415
    from advisor.store.restore import get_epoch, renew_epoch  # noqa: PLC0415
    from advisor.store.runners import runner_for  # noqa: PLC0415

    database = Database(settings.database_url, runner_for(settings.database_url, gevent=False))
    try:
        migrate(database)
        return get_epoch(database), renew_epoch(database)
    finally:
        database.close()


def open_nothing() -> Store:
    """Return a store that is empty and forgets everything, for a look where there is no database."""
    from advisor.store.counts import MemoryCounts  # noqa: PLC0415 - as above
    from advisor.store.memory import MemoryAccounts, MemoryJournal, MemorySessions  # noqa: PLC0415
    from advisor.store.memory_keys import MemoryKeys, MemoryLeases  # noqa: PLC0415
    from advisor.store.memory_security import memory_security  # noqa: PLC0415
    from advisor.store.passwords import Argon2Passwords  # noqa: PLC0415
    from advisor.store.runners import ThreadRunner  # noqa: PLC0415

    journal = MemoryJournal()
    return Store(
        journal=journal,
        archive=journal,
        accounts=MemoryAccounts(),
        sessions=MemorySessions(),
        passwords=Argon2Passwords(ThreadRunner()),
        security=memory_security(),
        counts=MemoryCounts(),
        keys=MemoryKeys(),
        leases=MemoryLeases(),
    )
