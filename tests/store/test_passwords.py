"""Passwords are kept as argon2id hashes."""

import pytest
from argon2 import PasswordHasher

from advisor.store.passwords import Argon2Passwords
from advisor.store.runners import ThreadRunner


@pytest.fixture(scope="module")
def passwords() -> Argon2Passwords:
    return Argon2Passwords(ThreadRunner(), PasswordHasher(time_cost=1, memory_cost=64))


def test_hash_is_argon2id_and_does_not_hold_the_password(passwords: Argon2Passwords) -> None:
    made = passwords.hash("correct horse")

    assert made.startswith("$argon2id$")
    assert "correct" not in made


def test_same_password_gets_another_hash_each_time(passwords: Argon2Passwords) -> None:
    assert passwords.hash("correct horse") != passwords.hash("correct horse")


def test_right_password_matches(passwords: Argon2Passwords) -> None:
    assert passwords.matches(passwords.hash("correct horse"), "correct horse")


@pytest.mark.parametrize("tried", ["correct hors", "", "Correct horse"])
def test_other_password_does_not_match(passwords: Argon2Passwords, tried: str) -> None:
    assert not passwords.matches(passwords.hash("correct horse"), tried)


def test_nobodys_password_does_not_match_without_a_hash(passwords: Argon2Passwords) -> None:
    assert not passwords.matches(None, "a password that nobody has")


def test_broken_hash_does_not_match(passwords: Argon2Passwords) -> None:
    assert not passwords.matches("no hash at all", "correct horse")
