"""Guessing gets slow, and nobody can lock out somebody else."""

import pytest

from advisor.services.ports import TooManyAttempts
from advisor.store.attempts import MOST_PER_NAME, MOST_PER_ORIGIN, CountedAttempts
from advisor.store.counts import MemoryCounts
from tests.world import NOW, at


def failed(times: int, username: str = "nurse", origin: str = "192.0.2.1") -> CountedAttempts:
    attempts = CountedAttempts(MemoryCounts())
    for _ in range(times):
        attempts.note_failure(username, origin, NOW)
    return attempts


def test_some_failures_are_forgiven() -> None:
    failed(MOST_PER_NAME - 1).check("nurse", "192.0.2.1", NOW)


def test_too_many_failures_make_wait_until_the_first_is_old() -> None:
    with pytest.raises(TooManyAttempts) as caught:
        failed(MOST_PER_NAME).check("nurse", "192.0.2.1", at(5))

    assert caught.value.retry_after_s == 600


def test_after_the_wait_it_may_be_tried_again() -> None:
    failed(MOST_PER_NAME).check("nurse", "192.0.2.1", at(15))


def test_owner_is_not_locked_out_by_failures_from_elsewhere() -> None:
    failed(MOST_PER_NAME * 3).check("nurse", "198.51.100.7", NOW)


def test_origin_that_tries_many_names_has_to_wait() -> None:
    attempts = CountedAttempts(MemoryCounts())
    for number in range(MOST_PER_ORIGIN):
        attempts.note_failure(f"user{number}", "192.0.2.1", NOW)

    with pytest.raises(TooManyAttempts):
        attempts.check("another", "192.0.2.1", NOW)


def test_success_forgets_the_failures() -> None:
    attempts = failed(MOST_PER_NAME)

    attempts.note_success("nurse", "192.0.2.1", NOW)

    attempts.check("nurse", "192.0.2.1", NOW)


def flooded(*, known: str) -> CountedAttempts:
    """An address from which one account has logged in before, and then every name was guessed at."""
    attempts = CountedAttempts(MemoryCounts())
    attempts.note_success(known, "192.0.2.1", NOW)
    for number in range(MOST_PER_ORIGIN):
        attempts.note_failure(f"user{number}", "192.0.2.1", NOW)
    return attempts


def test_guessing_at_a_shared_address_does_not_keep_out_who_was_there_before() -> None:
    flooded(known="nurse").check("nurse", "192.0.2.1", NOW)


def test_account_that_was_never_there_has_to_wait_all_the_same() -> None:
    with pytest.raises(TooManyAttempts):
        flooded(known="nurse").check("mma", "192.0.2.1", NOW)


def test_known_account_is_not_guessed_at_for_free() -> None:
    attempts = flooded(known="nurse")
    for _ in range(MOST_PER_NAME):
        attempts.note_failure("nurse", "192.0.2.1", NOW)

    with pytest.raises(TooManyAttempts):
        attempts.check("nurse", "192.0.2.1", NOW)
