"""A device of a crew is paired by a code that is good once and for ten minutes."""

from dataclasses import replace

import pytest

from advisor.kernel import InvalidInput
from advisor.services.access import Actor, Forbidden, Role
from advisor.services.authenticate import NotLoggedIn, authenticate
from advisor.services.log_in import LogIn, WrongCredentials, log_in
from advisor.services.manage_users import AddUser, add_user, disable_user
from advisor.services.pair_device import (
    DeviceState,
    IssueCode,
    IssuedCode,
    WrongPairingCode,
    end_device,
    issue_code,
    list_devices,
    pair_device,
)
from advisor.services.ports import TooManyAttempts
from advisor.services.refusals import Conflict, NotFound
from advisor.services.world import World
from tests.world import ADMIN, DISPATCHER, EVERYBODY, NOW, REGION, a_world, at

IPAD = IssueCode(crew="amb-12-101", device="iPad voorin")
ACROSS = Actor(name="across", role=Role.DISPATCHER, region="MKA Overkant")
HERE = "192.0.2.1"


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def issued(world: World) -> IssuedCode:
    return issue_code(IPAD, actor=DISPATCHER, now=NOW, world=world)


def test_code_logs_the_device_in_as_the_crew(world: World, issued: IssuedCode) -> None:
    opened, _ = pair_device(issued.code, origin=HERE, now=at(1), world=world)

    known = authenticate(opened.token, now=at(2), world=world)
    assert known.actor == Actor(name="amb-12-101", role=Role.NURSE, region=REGION)


@pytest.mark.parametrize("written", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_code_may_be_written_carelessly(world: World, issued: IssuedCode, written: object) -> None:
    pair_device(written(issued.code), origin=HERE, now=NOW, world=world)  # type: ignore[operator]


def test_code_is_good_once(world: World, issued: IssuedCode) -> None:
    pair_device(issued.code, origin=HERE, now=NOW, world=world)

    with pytest.raises(WrongPairingCode):
        pair_device(issued.code, origin=HERE, now=NOW, world=world)


@pytest.mark.parametrize(("minutes", "good"), [(9.99, True), (10, False)])
def test_code_is_good_for_ten_minutes(world: World, issued: IssuedCode, minutes: float, *, good: bool) -> None:
    if good:
        pair_device(issued.code, origin=HERE, now=at(minutes), world=world)
    else:
        with pytest.raises(WrongPairingCode):
            pair_device(issued.code, origin=HERE, now=at(minutes), world=world)


def test_code_itself_is_not_kept(world: World, issued: IssuedCode) -> None:
    assert issued.code.replace("-", "") not in repr(world.security.pairings.find(issued.pairing.id))


def test_each_code_differs(world: World) -> None:
    codes = {issue_code(IPAD, actor=DISPATCHER, now=NOW, world=world).code for _ in range(50)}

    assert len(codes) == 50


def test_guessing_codes_has_to_wait(world: World, issued: IssuedCode) -> None:
    for _ in range(8):
        with pytest.raises(WrongPairingCode):
            pair_device("AAAA-AAAA", origin=HERE, now=NOW, world=world)

    with pytest.raises(TooManyAttempts):
        pair_device(issued.code, origin=HERE, now=NOW, world=world)
    pair_device(issued.code, origin="198.51.100.7", now=NOW, world=world)


def test_account_of_a_crew_has_no_password(world: World, issued: IssuedCode) -> None:
    del issued
    for password in ("", "none", "None"):
        with pytest.raises(WrongCredentials):
            log_in(LogIn(username="amb-12-101", password=password, origin=HERE), now=NOW, world=world)


def test_second_device_of_a_crew_keeps_the_first(world: World, issued: IssuedCode) -> None:
    first, _ = pair_device(issued.code, origin=HERE, now=NOW, world=world)
    again = issue_code(replace(IPAD, device="telefoon"), actor=DISPATCHER, now=NOW, world=world)
    pair_device(again.code, origin=HERE, now=NOW, world=world)

    assert authenticate(first.token, now=at(1), world=world).actor.name == "amb-12-101"


def test_disabled_crew_is_not_let_in(world: World, issued: IssuedCode) -> None:
    disable_user("amb-12-101", actor=ADMIN, now=NOW, world=world)

    with pytest.raises(WrongPairingCode):
        pair_device(issued.code, origin=HERE, now=NOW, world=world)


@pytest.mark.parametrize("role", [Role.NURSE, Role.ADMIN, Role.MMA])
def test_nobody_with_a_password_of_their_own_is_paired_for(world: World, role: Role) -> None:
    add_user(AddUser(name="jansen", password="een lang wachtwoord", role=role), actor=ADMIN, now=NOW, world=world)

    with pytest.raises(Conflict):
        issue_code(replace(IPAD, crew="jansen"), actor=ADMIN, now=NOW, world=world)


def test_crew_of_another_region_is_left_alone(world: World, issued: IssuedCode) -> None:
    with pytest.raises(Forbidden):
        issue_code(IPAD, actor=ACROSS, now=NOW, world=world)
    with pytest.raises(Forbidden):
        end_device(issued.pairing.id, actor=ACROSS, now=NOW, world=world)
    assert list_devices(actor=ACROSS, now=NOW, world=world) == ()


@pytest.mark.parametrize(
    "actor",
    [each for each in EVERYBODY if each.role not in {Role.DISPATCHER, Role.ADMIN}],
    ids=lambda actor: actor.role,
)
def test_only_dispatch_centre_and_admin_pair(world: World, issued: IssuedCode, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        issue_code(IPAD, actor=actor, now=NOW, world=world)
    with pytest.raises(Forbidden):
        list_devices(actor=actor, now=NOW, world=world)
    with pytest.raises(Forbidden):
        end_device(issued.pairing.id, actor=actor, now=NOW, world=world)


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        (replace(IPAD, crew="A B"), "crew"),
        (replace(IPAD, crew="123456782"), "crew"),
        (replace(IPAD, device=" "), "device"),
        (replace(IPAD, device="x" * 61), "device"),
        (replace(IPAD, device="123456782"), "device"),
    ],
)
def test_what_is_not_in_order_is_refused(world: World, command: IssueCode, wrong: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        issue_code(command, actor=DISPATCHER, now=NOW, world=world)

    assert [problem.field for problem in caught.value.problems] == [wrong]


def states(world: World, minutes: float) -> list[DeviceState]:
    """How it stands with all devices."""
    return [device.state(at(minutes)) for device in list_devices(actor=ADMIN, now=at(minutes), world=world)]


def test_list_says_how_it_stands(world: World, issued: IssuedCode) -> None:
    waiting = states(world, 1)
    expired = states(world, 11)
    pair_device(issued.code, origin=HERE, now=at(2), world=world)
    paired = states(world, 3)
    idle = states(world, 13 * 60)
    end_device(issued.pairing.id, actor=DISPATCHER, now=at(4), world=world)

    assert [waiting, expired, paired, idle, states(world, 5)] == [
        [DeviceState.WAITING], [DeviceState.EXPIRED], [DeviceState.PAIRED], [DeviceState.ENDED], [DeviceState.ENDED]
    ]  # fmt: skip


def test_ended_device_is_logged_out_at_once(world: World, issued: IssuedCode) -> None:
    opened, _ = pair_device(issued.code, origin=HERE, now=NOW, world=world)

    _, ended = end_device(issued.pairing.id, actor=DISPATCHER, now=at(1), world=world)

    assert ended == (opened.session.token_digest,)
    with pytest.raises(NotLoggedIn):
        authenticate(opened.token, now=at(1), world=world)


def test_code_that_was_withdrawn_is_worth_nothing(world: World, issued: IssuedCode) -> None:
    assert end_device(issued.pairing.id, actor=DISPATCHER, now=NOW, world=world)[1] == ()

    with pytest.raises(WrongPairingCode):
        pair_device(issued.code, origin=HERE, now=NOW, world=world)


def test_device_that_does_not_exist_cannot_be_ended(world: World) -> None:
    with pytest.raises(NotFound):
        end_device("never", actor=ADMIN, now=NOW, world=world)
