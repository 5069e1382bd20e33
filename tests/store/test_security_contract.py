"""What second factors, paired devices and the access log promise, whatever they are kept in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from advisor.services.access import Role
from advisor.services.accounts import NO_PASSWORD, Account
from advisor.services.ports import Accounts, JournalUnavailable
from advisor.services.second_factor import UnreadableSecret
from advisor.services.security import Access, AccessOutcome, AccessQuery, Action, Factor, NoKey, Pairing, Security
from advisor.store.database import Database
from advisor.store.memory import MemoryAccounts
from advisor.store.memory_security import memory_security
from advisor.store.sealing import Seal
from advisor.store.sql_access_log import SqlAccessLog
from advisor.store.sql_accounts import SqlAccounts
from advisor.store.sql_security import SqlPairings, SqlSecondFactors
from tests.world import NOW, at

KEY = "k" * 40
PAIRING = Pairing(
    id="p1",
    code_digest="c1",
    crew="crew",
    device="iPad",
    issued_by="dispatcher",
    issued_at=NOW,
    expires_at=at(10),
)
LINE = Access(
    at=NOW,
    event="ride",
    action=Action.READ,
    user="dispatcher",
    role="dispatcher",
    access_point="page 192.0.2.1",
    kind="ride",
    object="r1",
    concerns="crew",
    outcome=AccessOutcome.REFUSED,
)


class Store(NamedTuple):
    security: Security
    accounts: Accounts


def of_database(database: Database, key: str = KEY) -> Security:
    """The security that one process has on a database."""
    return Security(
        second_factors=SqlSecondFactors(database, Seal(key)),
        pairings=SqlPairings(database),
        access_log=SqlAccessLog(database),
    )


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, address: Callable[[str], str], open_at: Callable[[str], Database]) -> Store:
    if request.param == "memory":
        made = Store(memory_security(), MemoryAccounts())
    else:
        database = open_at(address(request.param))
        made = Store(of_database(database), SqlAccounts(database))
    made.accounts.add(Account(name="crew", role=Role.NURSE, created_at=NOW), NO_PASSWORD)
    return made


@pytest.fixture
def security(store: Store) -> Security:
    return store.security


@pytest.fixture
def crewed(database: Database) -> Database:
    """A database of each kind with the account of a crew."""
    SqlAccounts(database).add(Account(name="crew", role=Role.NURSE, created_at=NOW), NO_PASSWORD)
    return database


class TestSecondFactors:
    def test_secret_is_found_as_it_was_kept(self, security: Security) -> None:
        security.second_factors.keep("crew", "SECRET", NOW)

        assert security.second_factors.find("crew") == Factor(secret="SECRET", last_step=0)

    def test_who_has_none_has_none(self, security: Security) -> None:
        assert (security.second_factors.find("crew"), security.second_factors.remove("crew")) == (None, False)

    def test_step_is_used_once_and_never_backwards(self, security: Security) -> None:
        security.second_factors.keep("crew", "SECRET", NOW)

        assert [security.second_factors.use_step("crew", step) for step in (5, 5, 4, 6)] == [True, False, False, True]

    def test_new_secret_takes_the_place_of_the_old_one(self, security: Security) -> None:
        security.second_factors.keep("crew", "SECRET", NOW)
        security.second_factors.use_step("crew", 5)
        security.second_factors.keep("crew", "ANOTHER", at(1))

        assert security.second_factors.find("crew") == Factor(secret="ANOTHER", last_step=0)

    def test_removed_one_is_gone(self, security: Security) -> None:
        security.second_factors.keep("crew", "SECRET", NOW)

        assert security.second_factors.remove("crew")
        assert security.second_factors.find("crew") is None

    def test_secret_does_not_stand_in_the_database(self, crewed: Database) -> None:
        of_database(crewed).second_factors.keep("crew", "SECRET", NOW)

        kept = crewed.read(lambda connection: connection.execute(text("SELECT secret FROM second_factors")).scalar())
        assert "SECRET" not in str(kept)

    def test_another_key_does_not_open_it(self, crewed: Database) -> None:
        of_database(crewed).second_factors.keep("crew", "SECRET", NOW)

        with pytest.raises(UnreadableSecret):
            of_database(crewed, "x" * 40).second_factors.find("crew")

    def test_without_a_key_nothing_is_kept(self, crewed: Database) -> None:
        with pytest.raises(NoKey):
            of_database(crewed, "").second_factors.keep("crew", "SECRET", NOW)

    def test_code_is_used_by_one_of_many_that_come_at_once(self, crewed: Database) -> None:
        of_database(crewed).second_factors.keep("crew", "SECRET", NOW)

        with ThreadPoolExecutor(8) as pool:
            used = list(pool.map(lambda _: of_database(crewed).second_factors.use_step("crew", 5), range(8)))

        assert sum(used) == 1


class TestPairings:
    def test_it_is_found_as_it_was_added(self, security: Security) -> None:
        security.pairings.add(PAIRING)

        assert (security.pairings.find("p1"), security.pairings.find("p2")) == (PAIRING, None)

    def test_code_is_redeemed_once(self, security: Security) -> None:
        security.pairings.add(PAIRING)

        first, second = security.pairings.redeem("c1", at(1)), security.pairings.redeem("c1", at(2))

        assert (first, second) == (replace(PAIRING, used_at=at(1)), None)

    @pytest.mark.parametrize(("minutes", "good"), [(9.99, True), (10, False)])
    def test_code_expires(self, security: Security, minutes: float, *, good: bool) -> None:
        security.pairings.add(PAIRING)

        assert (security.pairings.redeem("c1", at(minutes)) is not None) is good

    def test_ended_code_is_not_redeemed(self, security: Security) -> None:
        security.pairings.add(PAIRING)
        security.pairings.end("p1", at(1))
        security.pairings.end("p1", at(2))

        assert security.pairings.redeem("c1", at(3)) is None
        assert security.pairings.find("p1") == replace(PAIRING, ended_at=at(1))

    def test_unknown_code_is_not_redeemed(self, security: Security) -> None:
        assert security.pairings.redeem("c9", NOW) is None

    def test_list_begins_with_the_latest_and_leaves_out_the_old(self, security: Security) -> None:
        for number in range(3):
            security.pairings.add(
                replace(PAIRING, id=f"p{number}", code_digest=f"c{number}", issued_at=at(number), expires_at=at(20))
            )

        assert [pairing.id for pairing in security.pairings.list_since(NOW)] == ["p2", "p1"]

    def test_code_is_redeemed_by_one_of_many_that_come_at_once(self, crewed: Database) -> None:
        of_database(crewed).pairings.add(PAIRING)

        with ThreadPoolExecutor(8) as pool:
            redeemed = list(pool.map(lambda _: of_database(crewed).pairings.redeem("c1", at(1)), range(8)))

        assert sum(pairing is not None for pairing in redeemed) == 1


class TestAccessLog:
    def test_line_is_read_as_it_was_written(self, security: Security) -> None:
        security.access_log.note(LINE)

        [logged] = security.access_log.read(AccessQuery())
        assert logged.access == LINE

    def test_lines_of_one_request_are_written_together(self, security: Security) -> None:
        security.access_log.note(*(replace(LINE, object=f"r{number}") for number in range(3)))
        security.access_log.note()

        assert [line.access.object for line in security.access_log.read(AccessQuery())] == ["r2", "r1", "r0"]

    def test_line_that_nobody_waits_for_is_written_too(self, security: Security) -> None:
        security.access_log.note_soon(LINE)
        security.access_log.flush()

        assert [logged.access for logged in security.access_log.read(AccessQuery())] == [LINE]

    def test_nothing_waits_after_the_end(self, security: Security) -> None:
        security.access_log.note_soon(LINE)
        security.access_log.close()
        security.access_log.note_soon(replace(LINE, object="r2"))

        assert len(security.access_log.read(AccessQuery())) == 2

    def test_latest_come_first_and_the_rest_can_be_asked_for(self, security: Security) -> None:
        for number in range(5):
            security.access_log.note(replace(LINE, object=f"r{number}"))

        first = security.access_log.read(AccessQuery(limit=2))
        rest = security.access_log.read(AccessQuery(before=first[-1].seq))

        assert [line.access.object for line in (*first, *rest)] == ["r4", "r3", "r2", "r1", "r0"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            (AccessQuery(user="dispatcher"), 1),
            (AccessQuery(user="crew"), 0),
            (AccessQuery(person="dispatcher"), 1),
            (AccessQuery(person="crew"), 1),
            (AccessQuery(person="gp"), 0),
            (AccessQuery(object="r1"), 1),
            (AccessQuery(object="r2"), 0),
        ],
    )
    def test_lines_are_found_by_who_and_what(self, security: Security, query: AccessQuery, found: int) -> None:
        security.access_log.note(LINE)

        assert len(security.access_log.read(query)) == found

    def test_old_lines_are_dropped_and_others_stay(self, security: Security) -> None:
        now = datetime.now(UTC)
        old, young = now - timedelta(days=6 * 366), now - timedelta(days=4 * 366)
        security.access_log.note(replace(LINE, at=old))
        security.access_log.note(replace(LINE, at=young))

        assert security.access_log.forget(now - timedelta(days=5 * 366)) == 1
        assert [logged.access.at for logged in security.access_log.read(AccessQuery())] == [young]

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE access_log SET outcome = 'success'", "DELETE FROM access_log", "DELETE FROM access_log WHERE seq = 1"],
    )
    def test_database_itself_refuses_to_change_or_drop_a_line(self, database: Database, statement: str) -> None:
        log = SqlAccessLog(database)
        log.note(replace(LINE, at=datetime.now(UTC)))

        with pytest.raises((JournalUnavailable, IntegrityError, DBAPIError), match="access log"):
            database.write(lambda connection: connection.execute(text(statement)))
        assert len(log.read(AccessQuery())) == 1

    def test_not_even_the_retention_drops_a_line_of_the_past_year(self, database: Database) -> None:
        log = SqlAccessLog(database)
        log.note(replace(LINE, at=datetime.now(UTC) - timedelta(days=360)))

        with pytest.raises((JournalUnavailable, IntegrityError), match="at least a year"):
            log.forget(datetime.now(UTC))
        assert len(log.read(AccessQuery())) == 1

    def test_lines_of_many_who_write_at_once_are_all_there(self, database: Database) -> None:
        log = SqlAccessLog(database)

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda number: log.note(replace(LINE, object=f"r{number}")), range(200)))

        assert {line.access.object for line in log.read(AccessQuery(limit=500))} == {f"r{n}" for n in range(200)}
