"""Accounts on the command line: add, list, disable, and their second factor."""

import argparse
import getpass
import sys
from typing import TYPE_CHECKING, Any

from advisor.commands.operating import OPERATOR, log_act, operator_world
from advisor.kernel import HospitalId
from advisor.services.access import Role
from advisor.services.security import SECOND_FACTOR_ROLES, Action

if TYPE_CHECKING:
    from advisor.services.world import World

_ROLES = tuple(role.value for role in Role if role is not Role.FEED)


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("user", help="add, list and disable accounts")
    acts = parser.add_subparsers(title="acts", required=True, metavar="ACT")
    add = acts.add_parser("add", help="add an account; the password is asked, or read from standard input")
    add.add_argument("name")
    add.add_argument("--role", required=True, choices=_ROLES)
    add.add_argument("--hospital", metavar="ID", help="the site that a hospital account speaks for")
    add.add_argument("--region", default="", metavar="MKA", help="the meldkamer region that a dispatcher is bound to")
    add.set_defaults(run=_add)
    acts.add_parser("list", help="list all accounts").set_defaults(run=_list)
    disable = acts.add_parser("disable", help="refuse an account from now on and end its sessions")
    disable.add_argument("name")
    disable.set_defaults(run=_disable)
    totp = acts.add_parser("totp", help="give an account a new second factor, shown once as a QR code and an address")
    totp.add_argument("name")
    totp.add_argument("--remove", action="store_true", help="take it away instead, for who lost it")
    totp.set_defaults(run=_totp)


def _add(options: argparse.Namespace) -> int:
    from advisor.services.manage_users import AddUser, add_user  # noqa: PLC0415 - for a quick `--help`

    world = operator_world()
    command = AddUser(
        name=options.name,
        password=_read_password(),
        role=Role(options.role),
        hospital=HospitalId(options.hospital) if options.hospital else None,
        region=options.region,
    )
    account = add_user(command, actor=OPERATOR, now=world.clock(), world=world)
    _log("addUser", Action.CREATE, account.name, world)
    print(f"added {account.name} ({account.role})")
    if account.role in SECOND_FACTOR_ROLES and world.security.second_factor_required:
        print(f"it needs a second factor within a day: python -m advisor user totp {account.name}")
    return 0


def _list(_options: argparse.Namespace) -> int:
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415

    from advisor.services.manage_users import list_users  # noqa: PLC0415

    table = Table("name", "role", "hospital", "region", "since", "disabled", box=None, header_style="bold")
    for account in list_users(actor=OPERATOR, world=operator_world()):
        since = f"{account.created_at:%Y-%m-%d %H:%M}"
        disabled = f"{account.disabled_at:%Y-%m-%d %H:%M}" if account.disabled_at else ""
        table.add_row(account.name, account.role, account.hospital or "", account.region, since, disabled)
    Console().print(table)
    return 0


def _disable(options: argparse.Namespace) -> int:
    from advisor.services.manage_users import disable_user  # noqa: PLC0415 - as above

    world = operator_world()
    ended = disable_user(options.name, actor=OPERATOR, now=world.clock(), world=world)
    _log("disableUser", Action.UPDATE, options.name, world)
    print(f"disabled {options.name}; {len(ended)} sessions ended")
    return 0


def _totp(options: argparse.Namespace) -> int:
    from advisor.services.second_factor import remove_second_factor, set_up_second_factor  # noqa: PLC0415 - as above

    world = operator_world()
    now = world.clock()
    if options.remove:
        had_one = remove_second_factor(options.name, actor=OPERATOR, now=now, world=world)
        _log("removeSecondFactor", Action.DELETE, options.name, world)
        print(f"{options.name} has no second factor any more" if had_one else f"{options.name} had no second factor")
        return 0
    address = set_up_second_factor(options.name, actor=OPERATOR, now=now, world=world)
    _log("setUpSecondFactor", Action.UPDATE, options.name, world)
    _show(address)
    print(f"{options.name} scans this with an authenticator app, now: it is not shown again.")
    print(f"By hand: {address}")
    return 0


def _show(address: str) -> None:
    import segno  # noqa: PLC0415 - as above

    segno.make(address, error="m", micro=False).terminal(compact=True)


def _log(event: str, action: Action, name: str, world: "World") -> None:
    log_act(event, action, "account", name, world, concerns=name)


def _read_password() -> str:
    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        return password if password == getpass.getpass("Again: ") else _mismatch()
    return sys.stdin.readline().rstrip("\r\n")


def _mismatch() -> str:
    from advisor.kernel import InvalidInput, Problem  # noqa: PLC0415 - as above

    raise InvalidInput([Problem(field="password", message="the two are not the same")])
