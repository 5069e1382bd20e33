"""What an OpenID provider says of somebody, in our words."""

from dataclasses import replace
from typing import Any

import pytest

from advisor.kernel import HospitalId
from advisor.services.access import Actor, Role
from advisor.services.authenticate import NotLoggedIn, authenticate
from advisor.services.log_in import LogIn, WrongCredentials, log_in
from advisor.services.manage_users import AddUser, add_user, disable_user
from advisor.services.openid import NotVouchedFor, log_in_by_openid
from advisor.services.openid_provider import OpenIdProvider
from advisor.services.world import World
from tests.world import ADMIN, NOW, REGION, a_world, at

PROVIDER = OpenIdProvider(
    issuer="https://id.example",
    client_id="uitwijk",
    client_secret="geheim",
    label="GGD",
    roles={"crews": Role.NURSE, "desk": Role.HOSPITAL, "control": Role.DISPATCHER, "boss": Role.ADMIN},
)
CLAIMS: dict[str, Any] = {"sub": "4711", "preferred_username": "Jansen", "roles": ["crews"]}


def enter(world: World, minutes: float = 0, **claims: Any) -> Actor:
    """Log in with claims that were checked."""
    opened = log_in_by_openid({**CLAIMS, **claims}, provider=PROVIDER, now=at(minutes), world=world)
    return authenticate(opened.token, now=at(minutes), world=world).actor


@pytest.mark.parametrize(
    ("claims", "actor"),
    [
        ({}, Actor(name="jansen", role=Role.NURSE)),
        ({"roles": "crews"}, Actor(name="jansen", role=Role.NURSE)),
        ({"roles": ["unknown", "crews"]}, Actor(name="jansen", role=Role.NURSE)),
        ({"roles": ["crews", "boss"]}, Actor(name="jansen", role=Role.ADMIN)),
        (
            {"roles": ["desk"], "hospital": "veldstad"},
            Actor(name="jansen", role=Role.HOSPITAL, hospital=HospitalId("veldstad")),
        ),
        ({"roles": ["control"], "region": REGION}, Actor(name="jansen", role=Role.DISPATCHER, region=REGION)),
        ({"roles": ["crews"], "hospital": "veldstad"}, Actor(name="jansen", role=Role.NURSE)),
    ],
)
def test_claims_are_put_into_our_words(claims: dict[str, Any], actor: Actor) -> None:
    assert enter(a_world(), **claims) == actor


@pytest.mark.parametrize(
    "claims",
    [
        {"roles": []},
        {"roles": ["unknown"]},
        {"roles": None},
        {"roles": {"crews": True}},
        {"preferred_username": ""},
        {"preferred_username": None},
        {"preferred_username": "met spatie"},
        {"preferred_username": "123456782"},
        {"sub": ""},
        {"roles": ["desk"]},
        {"roles": ["desk"], "hospital": "nergens"},
        {"roles": ["control"], "region": "Nergens"},
    ],
)
def test_claims_that_give_no_access_open_nothing_and_make_no_account(claims: dict[str, Any]) -> None:
    world = a_world()

    with pytest.raises(NotVouchedFor):
        enter(world, **claims)
    assert world.accounts.list_all() == ()


def test_second_log_in_finds_the_same_account() -> None:
    world = a_world()
    enter(world)
    enter(world, 5)

    assert [account.created_at for account in world.accounts.list_all()] == [NOW]


def test_account_of_our_own_is_not_taken_over_by_its_name() -> None:
    world = a_world()
    add_user(AddUser(name="jansen", password="een lang wachtwoord", role=Role.GP), actor=ADMIN, now=NOW, world=world)

    with pytest.raises(NotVouchedFor):
        enter(world)


def test_name_that_was_given_to_somebody_else_does_not_give_the_account() -> None:
    world = a_world()
    enter(world)

    with pytest.raises(NotVouchedFor):
        enter(world, sub="another person")


def test_same_subject_of_another_provider_is_somebody_else() -> None:
    world = a_world()
    enter(world)
    other = replace(PROVIDER, issuer="https://other.example")

    with pytest.raises(NotVouchedFor):
        log_in_by_openid(CLAIMS, provider=other, now=NOW, world=world)


def test_account_that_was_disabled_here_stays_out() -> None:
    world = a_world()
    enter(world)
    disable_user("jansen", actor=ADMIN, now=NOW, world=world)

    with pytest.raises(NotVouchedFor):
        enter(world, 1)


def test_another_role_at_the_provider_ends_the_sessions_in_the_old_one() -> None:
    world = a_world()
    before = log_in_by_openid(CLAIMS, provider=PROVIDER, now=NOW, world=world)

    after = enter(world, 1, roles=["control"])

    assert after.role is Role.DISPATCHER
    with pytest.raises(NotLoggedIn):
        authenticate(before.token, now=at(1), world=world)


def test_account_of_the_provider_has_no_password_here() -> None:
    world = a_world()
    enter(world)

    with pytest.raises(WrongCredentials):
        log_in(LogIn(username="jansen", password="none", origin="192.0.2.1"), now=NOW, world=world)
