"""The second factor: a code by time that is good once, for the roles that need one and for whoever has one."""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from advisor.services.access import Actor, Forbidden, Role
from advisor.services.authenticate import NotLoggedIn, authenticate
from advisor.services.log_in import LogIn, WrongCredentials, log_in
from advisor.services.manage_users import AddUser, add_user
from advisor.services.ports import TooManyAttempts
from advisor.services.refusals import NotFound
from advisor.services.second_factor import (
    SecondFactorMissing,
    SecondFactorNeeded,
    WrongCode,
    remove_second_factor,
    set_up_second_factor,
)
from advisor.services.security import SECOND_FACTOR_GRACE
from advisor.services.world import World
from advisor.store.memory_security import memory_security
from tests.world import ADMIN, EVERYBODY, NOW, a_world, at

PASSWORD = "een lang wachtwoord"
OPEN = LogIn(username="mma", password=PASSWORD, origin="192.0.2.1")


def a_strict_world(*roles: Role) -> World:
    """A world outside the demonstration, with an account of each role that is named like it."""
    world = replace(a_world(), security=memory_security(second_factor_required=True))
    for role in roles:
        hospital = "veldstad" if role is Role.HOSPITAL else None
        command = AddUser(name=role.value, password=PASSWORD, role=role, hospital=hospital)  # type: ignore[arg-type]
        add_user(command, actor=ADMIN, now=NOW, world=world)
    return world


class Person:
    """Somebody with an app that shares a secret with the account `mma`."""

    def __init__(self) -> None:
        self.world = a_strict_world(Role.MMA)
        address = set_up_second_factor("mma", actor=ADMIN, now=NOW, world=self.world)
        self.app = pyotp.TOTP(parse_qs(urlsplit(address).query)["secret"][0])

    def code(self, when: datetime) -> str:
        """What the app shows."""
        return self.app.at(when)

    def enter(self, code: str, when: datetime = NOW, **other: str) -> None:
        """Log in."""
        log_in(replace(OPEN, code=code, **other), now=when, world=self.world)


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MMA])
def test_role_that_needs_a_second_factor_does_not_get_in_without_after_the_first_day(role: Role) -> None:
    with pytest.raises(SecondFactorMissing):
        log_in(replace(OPEN, username=role.value), now=NOW + SECOND_FACTOR_GRACE, world=a_strict_world(role))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MMA])
def test_new_account_begins_by_its_password(role: Role) -> None:
    just_in_time = NOW + SECOND_FACTOR_GRACE - timedelta(seconds=1)

    assert log_in(replace(OPEN, username=role.value), now=just_in_time, world=a_strict_world(role)).actor.role is role


@pytest.mark.parametrize("role", [Role.NURSE, Role.DISPATCHER, Role.HOSPITAL, Role.GP])
def test_other_roles_get_in_by_their_password(role: Role) -> None:
    opened = log_in(replace(OPEN, username=role.value), now=NOW, world=a_strict_world(role))

    assert opened.actor.role is role


def test_operator_may_leave_it_to_the_accounts() -> None:
    world = replace(a_strict_world(Role.MMA), security=memory_security(second_factor_required=False))

    assert log_in(OPEN, now=NOW, world=world).actor.role is Role.MMA


def test_right_password_alone_asks_for_the_code(person: Person) -> None:
    with pytest.raises(SecondFactorNeeded):
        person.enter("")


def test_wrong_password_does_not_tell_that_there_is_a_code(person: Person) -> None:
    with pytest.raises(WrongCredentials):
        person.enter(person.code(NOW), password="geraden")


def test_password_and_code_open_a_session(person: Person) -> None:
    person.enter(person.code(NOW))


def test_code_may_be_written_with_a_space(person: Person) -> None:
    code = person.code(NOW)

    person.enter(f"{code[:3]} {code[3:]}")


def test_code_is_good_once(person: Person) -> None:
    person.enter(person.code(NOW))

    with pytest.raises(WrongCode):
        person.enter(person.code(NOW))


def test_code_from_before_the_last_used_one_is_refused(person: Person) -> None:
    person.enter(person.code(NOW))

    with pytest.raises(WrongCode):
        person.enter(person.code(NOW - timedelta(seconds=30)))


def test_next_code_is_good_again(person: Person) -> None:
    person.enter(person.code(NOW))

    person.enter(person.code(NOW + timedelta(seconds=30)), NOW + timedelta(seconds=30))


@pytest.mark.parametrize(("off_s", "good"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_clock_of_the_app_may_be_half_a_minute_off(person: Person, off_s: int, *, good: bool) -> None:
    code = person.code(NOW + timedelta(seconds=off_s))

    if good:
        person.enter(code)
    else:
        with pytest.raises(WrongCode):
            person.enter(code)


@pytest.mark.parametrize("code", ["000000", "abcdef", "12345", "é١٢٣٤٥", "1" * 500])
def test_what_is_no_code_is_wrong(person: Person, code: str) -> None:
    with pytest.raises(WrongCode):
        person.enter(code)


def guess(person: Person, times: int) -> None:
    """Enter wrong codes with the right password, each from another address."""
    for number in range(times):
        with pytest.raises(WrongCode):
            person.enter("000000", origin=f"198.51.100.{number}")


def test_guessing_codes_is_stopped_also_from_many_addresses(person: Person) -> None:
    guess(person, 8)

    with pytest.raises(TooManyAttempts):
        person.enter(person.code(NOW), origin="203.0.113.9")


def test_guessing_codes_may_go_on_after_a_quarter(person: Person) -> None:
    guess(person, 8)

    person.enter(person.code(at(15)), at(15))


def test_who_does_not_know_the_password_cannot_lock_the_owner_out(person: Person) -> None:
    for number in range(50):
        with pytest.raises(WrongCredentials):
            person.enter("000000", password="geraden", origin=f"198.51.100.{number}")

    person.enter(person.code(NOW))


def test_new_second_factor_ends_the_old_one_and_the_sessions(person: Person) -> None:
    opened = log_in(replace(OPEN, code=person.code(NOW)), now=NOW, world=person.world)

    set_up_second_factor("mma", actor=ADMIN, now=at(1), world=person.world)

    with pytest.raises(NotLoggedIn):
        authenticate(opened.token, now=at(1), world=person.world)
    with pytest.raises(WrongCode):
        person.enter(person.code(at(1)), at(1))


def test_removed_second_factor_must_be_set_up_again(person: Person) -> None:
    assert remove_second_factor("mma", actor=ADMIN, now=NOW, world=person.world)

    later = NOW + SECOND_FACTOR_GRACE
    with pytest.raises(SecondFactorMissing):
        person.enter(person.code(later), later)


@pytest.mark.parametrize("actor", [each for each in EVERYBODY if each is not ADMIN], ids=lambda actor: actor.role)
def test_only_an_admin_sets_up_second_factors(person: Person, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        set_up_second_factor("mma", actor=actor, now=NOW, world=person.world)
    with pytest.raises(Forbidden):
        remove_second_factor("mma", actor=actor, now=NOW, world=person.world)


def test_nobody_has_no_second_factor(person: Person) -> None:
    with pytest.raises(NotFound):
        set_up_second_factor("niemand", actor=ADMIN, now=NOW, world=person.world)
