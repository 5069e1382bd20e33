"""Keys of other systems on the command line: add, list, rotate, revoke."""

import argparse
from datetime import datetime, timedelta
from typing import Any

from advisor.commands.operating import OPERATOR, log_act, operator_world
from advisor.kernel import HospitalId
from advisor.services.api_keys import ApiKey, Scope
from advisor.services.security import Action


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("key", help="keys of other systems: add, list, revoke")
    acts = parser.add_subparsers(title="acts", required=True, metavar="ACT")
    add = acts.add_parser("add", help="make a key and print it, this once")
    add.add_argument("source", help="the name under which the other system reports")
    add.add_argument("--scope", required=True, action="append", choices=[scope.value for scope in Scope])
    add.add_argument("--hospital", action="append", default=[], metavar="ID", help="the only sites it may speak about")
    add.add_argument("--days", type=int, metavar="N", help="how long it lasts; without end when left out")
    add.set_defaults(run=_add)
    acts.add_parser("list", help="list all keys").set_defaults(run=_list)
    rotate = acts.add_parser("rotate", help="make a new key in the place of one, which still holds for a while")
    rotate.add_argument("id")
    rotate.add_argument("--keep-hours", type=float, default=24.0, metavar="H", help="how long the old one still holds")
    rotate.set_defaults(run=_rotate)
    revoke = acts.add_parser("revoke", help="refuse a key from now on")
    revoke.add_argument("id")
    revoke.set_defaults(run=_revoke)


def _add(options: argparse.Namespace) -> int:
    from advisor.services.manage_keys import AddKey, add_key  # noqa: PLC0415 - for a quick `--help`

    world = operator_world()
    now = world.clock()
    command = AddKey(
        source=options.source,
        scopes=frozenset(map(Scope, options.scope)),
        hospitals=frozenset(map(HospitalId, options.hospital)),
        expires_at=None if options.days is None else now + _within(timedelta(days=1), options.days),
    )
    made = add_key(command, actor=OPERATOR, now=now, world=world)
    log_act("addKey", Action.CREATE, "key", made.key.id, world)
    print(f"added key {made.key.id} of {made.key.source} for {', '.join(sorted(made.key.scopes))}")
    _show_once(made.token)
    return 0


def _list(_options: argparse.Namespace) -> int:
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415

    from advisor.services.manage_keys import list_keys  # noqa: PLC0415

    world = operator_world()
    table = Table("id", "source", "for", "hospitals", "since", "used", "state", box=None, header_style="bold")
    for key in list_keys(actor=OPERATOR, world=world):
        table.add_row(
            key.id,
            key.source,
            " ".join(sorted(key.scopes)),
            " ".join(sorted(key.hospitals)) or "all",
            f"{key.created_at:%Y-%m-%d %H:%M}",
            f"{key.used_at:%Y-%m-%d %H:%M}" if key.used_at else "never",
            _state(key, world.clock()),
        )
    Console().print(table)
    return 0


def _rotate(options: argparse.Namespace) -> int:
    from advisor.services.manage_keys import rotate_key  # noqa: PLC0415 - as above

    world = operator_world()
    overlap = _within(timedelta(hours=1), options.keep_hours)
    made = rotate_key(options.id, overlap, actor=OPERATOR, now=world.clock(), world=world)
    log_act("rotateKey", Action.UPDATE, "key", options.id, world)
    print(f"added key {made.key.id} of {made.key.source}; {options.id} holds for another {options.keep_hours:g} hours")
    _show_once(made.token)
    return 0


def _revoke(options: argparse.Namespace) -> int:
    from advisor.services.manage_keys import revoke_key  # noqa: PLC0415 - as above

    world = operator_world()
    key = revoke_key(options.id, actor=OPERATOR, now=world.clock(), world=world)
    log_act("revokeKey", Action.DELETE, "key", key.id, world)
    print(f"revoked key {key.id} of {key.source}")
    return 0


def _show_once(token: str) -> None:
    print("Keep this key now; it is shown once and cannot be found again:")
    print(token)


def _state(key: ApiKey, now: datetime) -> str:
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at:%Y-%m-%d %H:%M}"
    if key.expires_at is None:
        return "valid"
    return f"{'until' if key.is_valid(now) else 'expired'} {key.expires_at:%Y-%m-%d %H:%M}"


def _within(unit: timedelta, count: float) -> timedelta:
    """Return so many units; what is beyond any use is cut off, for the service to refuse."""
    return unit * max(-100_000.0, min(count, 100_000.0))
