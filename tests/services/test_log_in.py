"""Logging in and out, and who is behind a token."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advisor.kernel import InvalidInput
from advisor.services.access import Actor, Forbidden, Role
from advisor.services.authenticate import NotLoggedIn, authenticate
from advisor.services.log_in import LoggedIn, LogIn, WrongCredentials, digest_of, log_in
from advisor.services.log_out import log_out
from advisor.services.manage_users import AddUser, add_user, disable_user, list_users
from advisor.services.ports import NameTaken, TooManyAttempts
from advisor.services.refusals import NotFound
from advisor.services.world import World
from tests.world import ADMIN, EVERYBODY, NOW, REGION, VELDSTAD, a_world, at

NURSE = AddUser(name="nurse", password="uitwijk-demo", role=Role.NURSE)
RIGHT = LogIn(username="nurse", password="uitwijk-demo", origin="192.0.2.1")
WRONG = replace(RIGHT, password="guessed")


@pytest.fixture
def world() -> World:
    world = a_world()
    add_user(NURSE, actor=ADMIN, now=NOW, world=world)
    return world


@pytest.fixture
def logged_in(world: World) -> LoggedIn:
    return log_in(RIGHT, now=NOW, world=world)


def test_name_and_password_open_a_session(world: World, logged_in: LoggedIn) -> None:
    known = authenticate(logged_in.token, now=at(1), world=world)

    assert known.actor == Actor(name="nurse", role=Role.NURSE)


def test_token_itself_is_not_kept(world: World, logged_in: LoggedIn) -> None:
    assert world.sessions.find(logged_in.token) is None
    assert world.sessions.find(digest_of(logged_in.token)) == logged_in.session


@pytest.mark.parametrize("tried", [WRONG, replace(RIGHT, username="nobody"), replace(RIGHT, password="")])
def test_wrong_name_or_password_opens_nothing(world: World, tried: LogIn) -> None:
    with pytest.raises(WrongCredentials):
        log_in(tried, now=NOW, world=world)


def test_endless_password_is_wrong(world: World) -> None:
    with pytest.raises(WrongCredentials):
        log_in(replace(RIGHT, password="uitwijk-demo" + "x" * 2_000_000), now=NOW, world=world)


def test_disabled_account_does_not_log_in(world: World) -> None:
    disable_user("nurse", actor=ADMIN, now=NOW, world=world)

    with pytest.raises(WrongCredentials):
        log_in(RIGHT, now=at(1), world=world)


def test_guessing_has_to_wait_also_with_the_right_password_in_the_end(world: World) -> None:
    for _ in range(8):
        with pytest.raises(WrongCredentials):
            log_in(WRONG, now=NOW, world=world)

    with pytest.raises(TooManyAttempts):
        log_in(RIGHT, now=at(1), world=world)


def test_session_ends_at_log_out(world: World, logged_in: LoggedIn) -> None:
    log_out(logged_in.token, now=at(1), world=world)

    with pytest.raises(NotLoggedIn):
        authenticate(logged_in.token, now=at(1), world=world)


def test_log_out_with_an_unknown_token_is_no_error(world: World) -> None:
    log_out("never given", now=NOW, world=world)


def test_unknown_token_is_nobody(world: World) -> None:
    with pytest.raises(NotLoggedIn):
        authenticate("never given", now=NOW, world=world)


@pytest.mark.parametrize(("hours", "holds"), [(11.99, True), (12, False)])
def test_session_ends_when_it_is_not_used(world: World, logged_in: LoggedIn, hours: float, *, holds: bool) -> None:
    now = NOW + timedelta(hours=hours)

    if holds:
        authenticate(logged_in.token, now=now, world=world)
    else:
        with pytest.raises(NotLoggedIn):
            authenticate(logged_in.token, now=now, world=world)


def test_session_that_is_used_lasts_until_its_absolute_end(world: World, logged_in: LoggedIn) -> None:
    for hours in range(10, 7 * 24, 10):
        authenticate(logged_in.token, now=NOW + timedelta(hours=hours), world=world)

    with pytest.raises(NotLoggedIn):
        authenticate(logged_in.token, now=NOW + timedelta(days=7), world=world)


def test_disabling_an_account_ends_its_sessions(world: World, logged_in: LoggedIn) -> None:
    ended = disable_user("nurse", actor=ADMIN, now=at(1), world=world)

    assert ended == (logged_in.session.token_digest,)
    with pytest.raises(NotLoggedIn):
        authenticate(logged_in.token, now=at(1), world=world)


class TestAccounts:
    def test_name_is_given_once(self, world: World) -> None:
        with pytest.raises(NameTaken):
            add_user(NURSE, actor=ADMIN, now=NOW, world=world)

    @pytest.mark.parametrize("actor", [each for each in EVERYBODY if each is not ADMIN], ids=lambda actor: actor.role)
    def test_only_an_admin_manages_accounts(self, world: World, actor: Actor) -> None:
        with pytest.raises(Forbidden):
            add_user(replace(NURSE, name="other"), actor=actor, now=NOW, world=world)
        with pytest.raises(Forbidden):
            list_users(actor=actor, world=world)
        with pytest.raises(Forbidden):
            disable_user("nurse", actor=actor, now=NOW, world=world)

    @pytest.mark.parametrize(
        ("command", "wrong"),
        [
            (replace(NURSE, name="N"), "name"),
            (replace(NURSE, name="with space"), "name"),
            (replace(NURSE, password="short"), "password"),
            (replace(NURSE, role=Role.HOSPITAL), "hospital"),
            (replace(NURSE, role=Role.FEED), "role"),
            (replace(NURSE, hospital=VELDSTAD), "hospital"),
            (replace(NURSE, role=Role.HOSPITAL, hospital="nowhere"), "hospital"),
            (replace(NURSE, role=Role.DISPATCHER, region="Nergens"), "region"),
        ],
    )
    def test_account_that_is_not_in_order_is_refused(self, command: AddUser, wrong: str) -> None:
        with pytest.raises(InvalidInput) as caught:
            add_user(command, actor=ADMIN, now=NOW, world=a_world())

        assert [problem.field for problem in caught.value.problems] == [wrong]

    def test_hospital_and_region_are_kept(self) -> None:
        world = a_world()
        desk = AddUser(name="desk", password="long enough", role=Role.HOSPITAL, hospital=VELDSTAD, region=REGION)

        add_user(desk, actor=ADMIN, now=NOW, world=world)

        [account] = list_users(actor=ADMIN, world=world)
        assert account.actor == Actor(name="desk", role=Role.HOSPITAL, hospital=VELDSTAD, region=REGION)

    def test_unknown_account_cannot_be_disabled(self, world: World) -> None:
        with pytest.raises(NotFound):
            disable_user("nobody", actor=ADMIN, now=NOW, world=world)
