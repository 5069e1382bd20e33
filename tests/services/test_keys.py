"""Keys of other systems: made, used, rotated, revoked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advisor.kernel import HospitalId, InvalidInput
from advisor.services.access import Actor, Forbidden, Role
from advisor.services.api_keys import Scope
from advisor.services.authenticate import NotLoggedIn
from advisor.services.manage_keys import AddKey, NewKey, add_key, list_keys, revoke_key, rotate_key
from advisor.services.refusals import NotFound
from advisor.services.use_key import authenticate_key, require_own_hospitals
from advisor.services.world import World
from tests.world import ADMIN, EVERYBODY, NOW, OEVERDAM, VELDSTAD, a_world, at

STOPS = AddKey(source="epd-veldstad", scopes=frozenset({Scope.STOPS}))


def made(world: World, command: AddKey = STOPS) -> NewKey:
    return add_key(command, actor=ADMIN, now=NOW, world=world)


def opens(world: World, token: str, scope: Scope = Scope.STOPS, minutes: float = 0) -> str:
    """The source that a token stands for."""
    return authenticate_key(token, scope, now=at(minutes), world=world).source


def test_key_opens_what_it_is_for() -> None:
    world = a_world()

    assert opens(world, made(world).token) == "epd-veldstad"


def test_key_opens_nothing_else() -> None:
    world = a_world()

    with pytest.raises(Forbidden):
        opens(world, made(world).token, Scope.NDW)


def test_secret_of_a_key_is_kept_by_nobody() -> None:
    world = a_world()
    token = made(world).token

    secret = token.split("_", 2)[2]

    assert secret not in repr(world.keys.list_all())


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "x", lambda t: t[4:], lambda _: "", str.upper])
def test_anything_but_the_whole_key_opens_nothing(change: object) -> None:
    world = a_world()
    token = made(world).token

    with pytest.raises(NotLoggedIn):
        opens(world, change(token))  # type: ignore[operator]


def test_secret_of_another_key_opens_nothing() -> None:
    world = a_world()
    one, other = made(world), made(world)

    with pytest.raises(NotLoggedIn):
        opens(world, f"uwk_{one.key.id}_{other.token.split('_', 2)[2]}")


def test_revoked_key_opens_nothing() -> None:
    world = a_world()
    key = made(world)

    revoke_key(key.key.id, actor=ADMIN, now=at(1), world=world)

    with pytest.raises(NotLoggedIn):
        opens(world, key.token, minutes=1)


@pytest.mark.parametrize("minutes", [59.99, 60])
def test_key_opens_until_its_end(minutes: float) -> None:
    world = a_world()
    token = made(world, replace(STOPS, expires_at=at(60))).token

    if minutes < 60:
        assert opens(world, token, minutes=minutes)
    else:
        with pytest.raises(NotLoggedIn):
            opens(world, token, minutes=minutes)


def test_rotated_key_is_of_the_same_source_and_the_old_one_holds_for_a_while() -> None:
    world = a_world()
    old = made(world)

    new = rotate_key(old.key.id, timedelta(hours=1), actor=ADMIN, now=NOW, world=world)

    assert {opens(world, old.token, minutes=59), opens(world, new.token, minutes=61)} == {"epd-veldstad"}
    with pytest.raises(NotLoggedIn):
        opens(world, old.token, minutes=60)


def test_key_that_opens_nothing_cannot_be_rotated() -> None:
    world = a_world()
    key = made(world).key
    revoke_key(key.id, actor=ADMIN, now=NOW, world=world)

    with pytest.raises(NotFound):
        rotate_key(key.id, timedelta(0), actor=ADMIN, now=NOW, world=world)


@pytest.mark.parametrize("overlap", [timedelta(seconds=-1), timedelta(days=31)])
def test_old_key_does_not_hold_for_long_after_a_rotation(overlap: timedelta) -> None:
    world = a_world()

    with pytest.raises(InvalidInput, match="overlap"):
        rotate_key(made(world).key.id, overlap, actor=ADMIN, now=NOW, world=world)


def test_use_of_a_key_is_noted_once_a_minute() -> None:
    world = a_world()
    key = made(world)

    seen = []
    for minutes in (1, 1.5, 2):
        opens(world, key.token, minutes=minutes)
        seen.append(list_keys(actor=ADMIN, world=world)[0].used_at)

    assert seen == [at(1), at(1), at(2)]


def test_all_that_is_wrong_with_a_key_is_told_at_once() -> None:
    hospitals = frozenset({HospitalId("nergens")})
    command = AddKey(source="LPZ!", scopes=frozenset(), hospitals=hospitals, expires_at=NOW)

    with pytest.raises(InvalidInput) as caught:
        made(a_world(), command)

    assert [problem.field for problem in caught.value.problems] == ["source", "scopes", "hospitals", "expires_at"]


@pytest.mark.parametrize("source", ["console", "demo", "lpz"])
def test_sources_that_speak_without_a_key_have_none(source: str) -> None:
    with pytest.raises(InvalidInput, match="source"):
        made(a_world(), replace(STOPS, source=source))


def test_key_of_a_hospital_speaks_about_it_alone() -> None:
    key = made(a_world(), replace(STOPS, hospitals=frozenset({VELDSTAD}))).key

    require_own_hospitals(key, [VELDSTAD])
    with pytest.raises(Forbidden):
        require_own_hospitals(key, [VELDSTAD, OEVERDAM])


def test_whoever_shows_a_key_acts_as_a_source() -> None:
    assert made(a_world()).key.actor == Actor(name="epd-veldstad", role=Role.FEED)


@pytest.mark.parametrize("actor", [each for each in EVERYBODY if each is not ADMIN], ids=lambda actor: actor.role)
def test_only_an_admin_manages_keys(actor: Actor) -> None:
    world = a_world()
    key = made(world).key

    for act in (
        lambda: add_key(STOPS, actor=actor, now=NOW, world=world),
        lambda: list_keys(actor=actor, world=world),
        lambda: revoke_key(key.id, actor=actor, now=NOW, world=world),
        lambda: rotate_key(key.id, timedelta(0), actor=actor, now=NOW, world=world),
    ):
        with pytest.raises(Forbidden):
            act()


def test_key_that_does_not_exist_cannot_be_revoked() -> None:
    with pytest.raises(NotFound):
        revoke_key("nergens", actor=ADMIN, now=NOW, world=a_world())
