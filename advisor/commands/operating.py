"""What commands of an operator have in common: the world they work in, and their lines in the access log."""

import getpass
import os
from typing import TYPE_CHECKING

from advisor.services.access import Actor, Role
from advisor.services.security import Access, Action

if TYPE_CHECKING:
    from advisor.services.world import World

OPERATOR = Actor(name="command-line", role=Role.ADMIN)


def operator_world() -> "World":
    """Open the database of the settings, and roads only when something asks for them."""
    from advisor.bootstrap.keeping import open_store  # noqa: PLC0415 - for a quick `--help`
    from advisor.bootstrap.world import RoadsOnDemand, make_world  # noqa: PLC0415
    from advisor.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    return make_world(settings, open_store(settings, gevent=False), roads=RoadsOnDemand(settings))


def log_act(event: str, action: Action, kind: str, name: str, world: "World", *, concerns: str = "") -> None:
    """Write down in the access log what was done here, to what, and whose that is."""
    world.security.access_log.note(
        Access(
            at=world.clock(),
            event=event,
            action=action,
            user=OPERATOR.name,
            role=OPERATOR.role,
            access_point=f"command line of {getpass.getuser()}",
            kind=kind,
            object=name,
            concerns=concerns,
        )
    )
