"""Accounts: add, list and disable them."""

import re
from dataclasses import dataclass
from datetime import datetime

from advisor.kernel import HospitalId, InvalidInput, Problem
from advisor.services.access import Actor, Role, require_role
from advisor.services.accounts import Account
from advisor.services.free_text import check_free_text
from advisor.services.refusals import NotFound
from advisor.services.world import World

PASSWORD_LEAST = 10  # characters
PASSWORD_MOST = 1_000

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUser:
    """A new account. A hospital account names its site; `region` binds a dispatcher to a meldkamer region."""

    name: str
    password: str
    role: Role
    hospital: HospitalId | None = None
    region: str = ""


def add_user(command: AddUser, *, actor: Actor, now: datetime, world: World) -> Account:
    """Make an account.

    Raises
    ------
    Forbidden
        When the actor is no admin.
    InvalidInput
        When the name, the password, or what the role asks for is not in order.
    NameTaken
        When there is an account of this name.
    """
    require_role(actor, "add an account", Role.ADMIN)
    problems = [*name_problems("name", command.name), *_password_problems(command), *_binding_problems(command, world)]
    if problems:
        raise InvalidInput(problems)
    account = Account(
        name=command.name, role=command.role, hospital=command.hospital, region=command.region, created_at=now
    )
    world.accounts.add(account, world.passwords.hash(command.password))
    return account


def list_users(*, actor: Actor, world: World) -> tuple[Account, ...]:
    """Return all accounts by name, disabled ones too; for an admin."""
    require_role(actor, "list the accounts", Role.ADMIN)
    return world.accounts.list_all()


def disable_user(name: str, *, actor: Actor, now: datetime, world: World) -> tuple[str, ...]:
    """Disable an account, end its sessions at once, and return the digests of these.

    Raises
    ------
    Forbidden
        When the actor is no admin.
    NotFound
        When there is no such account.
    """
    require_role(actor, "disable an account", Role.ADMIN)
    if world.accounts.find(name) is None:
        raise NotFound("account", name)
    world.accounts.disable(name, now)
    return world.sessions.revoke_all(name, now)


def name_problems(field: str, name: str) -> list[Problem]:
    """Return what is wrong with the name of an account: it is no plain word, or it could be a citizen's number."""
    if not _NAME.fullmatch(name):
        message = "must be 2 to 100 small letters, digits or . _ @ -, beginning with a letter or digit"
        return [Problem(field=field, message=message)]
    return check_free_text(field, name)


def _password_problems(command: AddUser) -> list[Problem]:
    problems = []
    if not PASSWORD_LEAST <= len(command.password) <= PASSWORD_MOST:
        message = f"must be {PASSWORD_LEAST} to {PASSWORD_MOST} characters"
        problems.append(Problem(field="password", message=message))
    return problems


def _binding_problems(command: AddUser, world: World) -> list[Problem]:
    problems = []
    if command.role is Role.FEED:
        problems.append(Problem(field="role", message="a feed has a key, not an account"))
    if command.role is Role.HOSPITAL and command.hospital is None:
        problems.append(Problem(field="hospital", message="a hospital account names its hospital"))
    if command.role is not Role.HOSPITAL and command.hospital is not None:
        problems.append(Problem(field="hospital", message="only a hospital account has a hospital"))
    if command.hospital is not None and command.hospital not in world.sites:
        problems.append(Problem(field="hospital", message=f"no hospital with id {command.hospital!r}"))
    if command.region and command.region not in world.registry.mkas:
        problems.append(Problem(field="region", message=f"no meldkamer region {command.region!r}"))
    return problems
