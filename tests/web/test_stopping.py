"""A server that is asked to stop under load finishes what it began, tells its pages, and loses nothing."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import requests

from advisor.store.database import Database
from advisor.store.runners import ThreadRunner
from advisor.store.sql_journal import SqlJournal
from tests.faults.coordinators import Coordinators
from tests.faults.judge import missing_or_twice, out_of_order
from tests.web.line import connected
from tests.web.server import PASSWORD, Server, Workers

pytestmark = pytest.mark.slow

STOPPED_WITHIN_S = 5.0
LOG_INS = 3
"""Each takes a while on a thread beside the event loop, so these are under way for certain when the signal comes."""


@pytest.fixture(params=["app.py", "Procfile"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A server of either kind."""
    make: Callable[[], Server] = {"app.py": lambda: Server(tmp_path), "Procfile": lambda: Workers(tmp_path, 1)}[
        request.param
    ]
    with make() as running:
        yield running


def log_in(server: Server, page: requests.Session) -> int:
    """Log in, and return the status of the answer; 0 for none."""
    try:
        return page.post(
            f"{server.address}/api/v1/session", json={"username": "nurse", "password": PASSWORD}, timeout=10
        ).status_code
    except requests.RequestException:
        return 0


def opened_page(server: Server) -> requests.Session:
    """Open a connection that stays, as a browser does."""
    page = requests.Session()
    page.get(f"{server.address}/healthz", timeout=10)
    return page


def test_server_under_load_stops_in_time_and_loses_nothing(server: Server) -> None:
    tokens = {"olvg-oost": server.log_in("olvg-oost")}
    with (
        connected(server, "nurse") as nurse,
        Coordinators(server.address, tokens, 0.02) as coordinators,
        ThreadPoolExecutor(LOG_INS) as people,
    ):
        nurse.next("board")
        idle, *pages = [opened_page(server) for _ in range(LOG_INS + 1)]
        time.sleep(1)
        under_way = [people.submit(log_in, server, page) for page in pages]
        time.sleep(0.2)
        asked = time.monotonic()
        status = server.terminate()
        took_s = time.monotonic() - asked
        nurse.next("disconnect", 1)
        coordinators.stop()
        answers = [each.result() for each in under_way]
        idle.close()

    with closing(Database(f"sqlite:///{server.folder / 'demonstration.db'}", ThreadRunner())) as database:
        facts = SqlJournal(database).read(0, 10**9)
    acknowledged = coordinators.tally.acknowledged
    assert (status, took_s < STOPPED_WITHIN_S) == (0, True), took_s
    assert answers == [200] * LOG_INS
    assert len(acknowledged) > 10
    assert (missing_or_twice(acknowledged, facts), out_of_order(facts)) == ([], [])
