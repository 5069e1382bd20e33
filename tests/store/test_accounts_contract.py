"""What the accounts and sessions promise, whatever they are kept in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import pytest

from advisor.kernel import HospitalId
from advisor.services.access import Actor, Role
from advisor.services.accounts import Account, Session
from advisor.services.ports import Accounts, NameTaken, Sessions
from advisor.store.database import Database
from advisor.store.memory import MemoryAccounts, MemorySessions
from advisor.store.sql_accounts import SqlAccounts, SqlSessions
from tests.world import NOW, at

NURSE = Account(name="nurse", role=Role.NURSE, created_at=NOW)
COORDINATOR = Account(name="desk", role=Role.HOSPITAL, hospital=HospitalId("veldstad"), region="MKA", created_at=NOW)
SESSION = Session(
    token_digest="d1",
    user="nurse",
    created_at=NOW,
    seen_at=NOW,
    idle_until=NOW + timedelta(hours=12),
    expires_at=NOW + timedelta(days=7),
)


class Store(NamedTuple):
    accounts: Accounts
    sessions: Sessions


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, address: Callable[[str], str], open_at: Callable[[str], Database]) -> Store:
    if request.param == "memory":
        return Store(MemoryAccounts(), MemorySessions())
    database = open_at(address(request.param))
    return Store(SqlAccounts(database), SqlSessions(database))


@pytest.fixture
def staffed(store: Store) -> Store:
    store.accounts.add(NURSE, "hash of the nurse")
    store.sessions.open(SESSION)
    return store


def test_account_is_found_as_it_was_added(store: Store) -> None:
    store.accounts.add(COORDINATOR, "hash")

    assert store.accounts.find("desk") == COORDINATOR


def test_password_hash_is_found(staffed: Store) -> None:
    assert staffed.accounts.find_password_hash("nurse") == "hash of the nurse"


def test_unknown_name_is_not_found(store: Store) -> None:
    assert (store.accounts.find("nobody"), store.accounts.find_password_hash("nobody")) == (None, None)


def test_name_is_given_once(staffed: Store) -> None:
    with pytest.raises(NameTaken, match="nurse"):
        staffed.accounts.add(NURSE, "another hash")


def test_accounts_are_listed_by_name(staffed: Store) -> None:
    staffed.accounts.add(COORDINATOR, "hash")

    assert staffed.accounts.list_all() == (COORDINATOR, NURSE)


def test_disabling_keeps_the_first_moment(staffed: Store) -> None:
    staffed.accounts.disable("nurse", at(1))
    staffed.accounts.disable("nurse", at(2))

    assert staffed.accounts.find("nurse") == replace(NURSE, disabled_at=at(1))


def test_session_is_found_as_it_was_opened(staffed: Store) -> None:
    assert staffed.sessions.find("d1") == SESSION


def test_unknown_session_is_not_found(store: Store) -> None:
    assert store.sessions.find("d1") is None


def test_use_of_a_session_is_noted(staffed: Store) -> None:
    staffed.sessions.touch("d1", at(5), at(725))

    assert staffed.sessions.find("d1") == replace(SESSION, seen_at=at(5), idle_until=at(725))


def test_revoked_session_stays_revoked(staffed: Store) -> None:
    staffed.sessions.revoke("d1", at(1))
    staffed.sessions.touch("d1", at(5), at(725))
    staffed.sessions.revoke("d1", at(9))

    assert staffed.sessions.find("d1") == replace(SESSION, revoked_at=at(1))


def test_all_open_sessions_of_a_user_are_revoked(staffed: Store) -> None:
    staffed.accounts.add(COORDINATOR, "hash")
    staffed.sessions.open(replace(SESSION, token_digest="d2"))
    staffed.sessions.open(replace(SESSION, token_digest="d3", user="desk"))
    staffed.sessions.revoke("d2", at(1))

    revoked = staffed.sessions.revoke_all("nurse", at(2))

    other = staffed.sessions.find("d3")
    assert (revoked, other and other.revoked_at) == (("d1",), None)


def test_role_of_an_account_can_change(staffed: Store) -> None:
    staffed.accounts.bind(
        "nurse", Actor(name="nurse", role=Role.HOSPITAL, hospital=HospitalId("veldstad"), region="MKA")
    )

    assert staffed.accounts.find("nurse") == replace(
        NURSE, role=Role.HOSPITAL, hospital=HospitalId("veldstad"), region="MKA"
    )


def test_account_remembers_who_vouches_for_it(store: Store) -> None:
    store.accounts.add(replace(NURSE, subject="https://id.example 4711"), "hash")

    found = store.accounts.find("nurse")
    assert found is not None
    assert found.subject == "https://id.example 4711"


def test_many_sessions_are_looked_at_together(staffed: Store) -> None:
    for number in range(2, 510):
        staffed.sessions.open(replace(SESSION, token_digest=f"d{number}"))
    staffed.sessions.revoke("d2", at(1))
    staffed.sessions.open(replace(SESSION, token_digest="idle", idle_until=at(2)))
    staffed.sessions.open(replace(SESSION, token_digest="old", expires_at=at(2)))
    asked = [*(f"d{number}" for number in range(1, 510)), "idle", "old", "unknown"]

    valid = staffed.sessions.list_valid(asked, at(2))

    assert set(asked) - valid == {"d2", "idle", "old", "unknown"}


def test_session_of_a_paired_device_is_found(staffed: Store) -> None:
    paired = replace(SESSION, token_digest="d2", pairing="p1")
    staffed.sessions.open(paired)

    assert staffed.sessions.find_paired(["p1", "p2"]) == {"p1": paired}
