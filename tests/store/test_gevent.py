"""Under gevent, waiting for the disk or for PostgreSQL does not stop the event loop."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PROGRAM = """
from gevent import monkey; monkey.patch_all()
import json, sys, time, gevent
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import runner_for
from advisor.store.sql_journal import SqlJournal
from tests.world import heard

url = sys.argv[1]
database = Database(url, runner_for(url, gevent=True))
migrate(database)
journal = SqlJournal(database)
longest = 0.0

def tick():
    global longest
    while True:
        before = time.perf_counter()
        gevent.sleep(0.005)
        longest = max(longest, time.perf_counter() - before)

def write():
    for _ in range(20):
        journal.transact(lambda _: [heard()])
        journal.board()

def hold_the_lock(connection):
    connection.exec_driver_sql(sys.argv[2])

ticker = gevent.spawn(tick)
gevent.joinall([gevent.spawn(write) for _ in range(25)], raise_error=True)
longest = 0.0
gevent.joinall([gevent.spawn(database.write, hold_the_lock)], raise_error=True)
waiting = longest
ticker.kill()
print(json.dumps({"head": journal.head(), "seqs": [each.seq for each in journal.read(0, 1000)],
    "waiting": waiting}))
"""

ONE_SECOND_OF_WAITING = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(1)",
}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_event_loop_goes_on_while_the_database_works(kind: str, address: Callable[[str], str]) -> None:
    command = [sys.executable, "-W", "error", "-c", PROGRAM, address(kind), ONE_SECOND_OF_WAITING[kind]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["seqs"] == list(range(1, 501))
    assert told["waiting"] < 0.4


KILLING = """
from gevent import monkey; monkey.patch_all()
import random, sys, gevent
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import runner_for
from advisor.store.sql_journal import SqlJournal
from tests.world import heard

url = sys.argv[1]
database = Database(url, runner_for(url, gevent=True))
migrate(database)
journal = SqlJournal(database)
dice = random.Random(1)

def write():
    while True:
        journal.transact(lambda _: [heard()])

for _ in range(40):
    writers = [gevent.spawn(write) for _ in range(8)]
    gevent.sleep(dice.uniform(0, 0.01))
    for writer in writers[:7]:
        writer.kill(block=False)
    gevent.sleep(dice.uniform(0, 0.005))
    with gevent.Timeout(10):
        journal.transact(lambda _: [heard()])
    gevent.killall(writers)
journal.transact(lambda _: [heard()])  # whatever a killed one had begun is over after this
seqs = [each.seq for each in journal.read(0, 100_000)]
assert seqs == list(range(1, journal.head() + 1)), len(seqs)
print("written", len(seqs) > 40)
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_greenlets_do_not_hold_up_the_others(kind: str, address: Callable[[str], str]) -> None:
    command = [sys.executable, "-W", "error", "-c", KILLING, address(kind)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout) == (0, "written True\n"), done.stderr
