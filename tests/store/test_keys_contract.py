"""What keys and leases promise, whatever they are kept in."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest

from advisor.kernel import HospitalId
from advisor.services.api_keys import ApiKey, Keys, Leases, Scope
from advisor.store.database import Database
from advisor.store.memory_keys import MemoryKeys, MemoryLeases
from advisor.store.sql_keys import SqlKeys, SqlLeases
from tests.world import NOW, at

KEY = ApiKey(
    id="k1",
    source="epd",
    scopes=frozenset({Scope.STOPS, Scope.READ}),
    digest="d" * 64,
    created_at=NOW,
    created_by="admin",
    hospitals=frozenset({HospitalId("veldstad"), HospitalId("oeverdam")}),
    expires_at=at(600),
)


class Store(NamedTuple):
    keys: Keys
    leases: Leases
    other: Leases
    """The leases as another process sees them."""


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, address: Callable[[str], str], open_at: Callable[[str], Database]) -> Store:
    if request.param == "memory":
        leases = MemoryLeases()
        return Store(MemoryKeys(), leases, leases)
    url = address(request.param)
    database = open_at(url)
    return Store(SqlKeys(database), SqlLeases(database), SqlLeases(open_at(url)))


def test_key_is_found_as_it_was_added(store: Store) -> None:
    store.keys.add(KEY)

    assert store.keys.find("k1") == KEY


def test_key_that_was_never_added_is_not_found(store: Store) -> None:
    assert store.keys.find("k2") is None


def test_keys_are_listed_by_source_and_age(store: Store) -> None:
    bare = replace(KEY, id="k0", hospitals=frozenset(), expires_at=None, created_at=at(1))
    for key in (bare, KEY, replace(KEY, id="k9", source="buur")):
        store.keys.add(key)

    assert [key.id for key in store.keys.list_all()] == ["k9", "k1", "k0"]


def test_revoked_key_stays_on_record(store: Store) -> None:
    store.keys.add(KEY)

    store.keys.revoke("k1", at(1))
    store.keys.revoke("k1", at(2))

    assert store.keys.find("k1") == replace(KEY, revoked_at=at(1))


@pytest.mark.parametrize(("minutes", "ends"), [(60, 60), (900, 600)])
def test_end_of_a_key_only_comes_closer(store: Store, minutes: float, ends: float) -> None:
    store.keys.add(KEY)

    store.keys.expire("k1", at(minutes))

    assert store.keys.find("k1") == replace(KEY, expires_at=at(ends))


def test_key_without_an_end_gets_one(store: Store) -> None:
    store.keys.add(replace(KEY, expires_at=None))

    store.keys.expire("k1", at(5))

    assert store.keys.find("k1") == replace(KEY, expires_at=at(5))


def test_use_of_a_key_is_noted(store: Store) -> None:
    store.keys.add(KEY)

    store.keys.touch("k1", at(3))

    assert store.keys.find("k1") == replace(KEY, used_at=at(3))


def test_lease_that_is_free_is_taken(store: Store) -> None:
    assert store.leases.take("lpz", "one", NOW, at(1))


def test_lease_that_another_holds_is_not_taken(store: Store) -> None:
    store.leases.take("lpz", "one", NOW, at(1))

    assert not store.other.take("lpz", "two", at(0.9), at(2))


def test_lease_is_kept_by_who_holds_it(store: Store) -> None:
    store.leases.take("lpz", "one", NOW, at(1))

    assert store.leases.take("lpz", "one", at(0.5), at(2))
    assert not store.other.take("lpz", "two", at(1.5), at(3))


def test_lease_that_ran_out_is_anybodys(store: Store) -> None:
    store.leases.take("lpz", "one", NOW, at(1))

    assert store.other.take("lpz", "two", at(1), at(2))
    assert not store.leases.take("lpz", "one", at(1.5), at(2))


def test_leases_of_different_sources_have_nothing_to_do_with_each_other(store: Store) -> None:
    store.leases.take("lpz", "one", NOW, at(1))

    assert store.other.take("ndw", "two", NOW, at(1))


def test_of_many_who_reach_for_a_lease_at_once_one_gets_it(store: Store) -> None:
    got: list[int] = []

    def reach(number: int) -> None:
        leases = store.leases if number % 2 else store.other
        if leases.take("lpz", f"holder {number}", NOW, at(1)):
            got.append(number)

    threads = [threading.Thread(target=reach, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(got) == 1
