"""The application that is fuzzed: the invented region with something of everything in it, kept in a real database."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask

from advisor.kernel import Department
from advisor.services.give_advice import consider_advice, record_advice
from advisor.services.world import World
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import runner_for
from advisor.store.sql_journal import SqlJournal
from advisor.web.throttle import Throttle
from tests.web.apps import ACCOUNTS, Caller, an_app, log_in
from tests.web.test_access import CLOSED, CREW_MEMBER, DEVICE, ENDING, IDS, PLAN, RIDE
from tests.world import NOW, a_case, a_world, all_green, declared


@dataclass
class Region:
    """An application, what it keeps, and somebody of every role who is logged in."""

    app: Flask
    world: World
    callers: dict[str, Caller]

    @property
    def state(self) -> tuple[Any, ...]:
        """Return what a request that is refused must not change."""
        accounts = tuple((account.name, account.disabled_at) for account in self.world.accounts.list_all())
        return self.world.journal.head(), accounts

    def caller(self, name: str) -> Caller:
        """Return somebody, logged in again when that session has ended."""
        if self.callers[name].get("/me").status_code == 401:
            self.callers[name] = log_in(self.app, name)
        return self.callers[name]


@contextmanager
def open_region(url: str) -> Iterator[Region]:
    """Make the region in an empty database, as long as the block lasts."""
    with closing(Database(url, runner_for(url, gevent=False))) as database:
        migrate(database)
        world = a_world(journal=SqlJournal(database))
        world.journal.transact(
            lambda _: [
                *all_green(),
                declared("s1", department=Department.PCI),
                declared("s2", hospital="overkant"),
                ENDING,
                PLAN,
            ]
        )
        advised = iter(["a1"])
        considered = consider_advice(
            a_case(), actor=CREW_MEMBER, now=NOW, world=replace(world, new_id=lambda: next(advised))
        )
        record_advice(considered, actor=CREW_MEMBER, now=NOW, world=world)
        world.journal.transact(lambda _: (*RIDE, CLOSED))
        world.security.pairings.add(DEVICE)
        app = an_app(world=world, throttle=Throttle(advice=None))
        yield Region(app, world, {name: log_in(app, name) for name in ACCOUNTS})


def sqlite_at(folder: Path) -> str:
    """Return the address of a new database."""
    return f"sqlite:///{folder / 'fuzz.db'}"


REAL_IDS = {placeholder.strip("<>"): identity for placeholder, identity in IDS.items() if placeholder.count("<") == 1}
"""By the name of the parameter in a path, something that is there."""
