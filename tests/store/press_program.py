"""A process of its own that waits for the word and then declares the same stop as the others."""

import sys
import uuid
from dataclasses import replace

from advisor.kernel import Department, Status
from advisor.protocol.model import StopReason
from advisor.services.declare_stop import DeclareStop, declare_stop
from advisor.services.refusals import Conflict
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import runner_for
from advisor.store.sql_journal import SqlJournal
from tests.world import COORDINATOR, NOW, VELDSTAD, a_world, at


def main(url: str) -> None:
    """Say `ready`, wait for a line per round, press, and tell what came of it."""
    database = Database(url, runner_for(url, gevent=False))
    migrate(database)
    world = replace(a_world(journal=SqlJournal(database)), new_id=lambda: uuid.uuid4().hex)
    print("ready", flush=True)
    for line in sys.stdin:
        command = DeclareStop(
            hospital=VELDSTAD,
            department=Department(line.strip()),
            status=Status.RED,
            reason=StopReason.ACUITY_PEAK,
            until=at(60),
        )
        try:
            declare_stop(command, actor=COORDINATOR, now=NOW, world=world)
        except Conflict as conflict:
            print(conflict.code, flush=True)
        else:
            print("declared", flush=True)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
