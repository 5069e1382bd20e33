"""One trial: pages and coordinators at work while Redis, a worker and PostgreSQL fail one after the other."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from advisor.journal.board import Board
from advisor.journal.events import Recorded
from advisor.journal.fold import fold
from advisor.store.database import Database
from advisor.store.runners import LockedRunner
from advisor.store.sql_journal import SqlJournal
from tests.faults.coordinators import Acknowledged, Coordinators, Tally
from tests.faults.judge import Stale, digest_of, missing_or_twice, out_of_order, stale_as_fresh
from tests.faults.pages import Pages, Shown, open_pages
from tests.faults.service import HOSPITALS, NURSE, Service, running_service

SESSIONS = 20
HERE = {"position": {"lat": 52.36, "lon": 4.91}, "abcd": "stable"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many pages, and how long each fault and the calm after it last, in seconds."""

    pages: int
    redis_away_s: float
    postgresql_away_s: float
    calm_s: float
    pause_s: float
    settle_s: float = 30.0


@dataclass
class Outcome:
    """What came of it; every list of faults must be empty."""

    tally: Tally = field(default_factory=Tally)
    facts: int = 0
    lost: list[Acknowledged] = field(default_factory=list)
    out_of_order: list[int] = field(default_factory=list)
    stale: list[Stale] = field(default_factory=list)
    differing: list[int] = field(default_factory=list)
    without_redis: dict[str, float] = field(default_factory=dict)
    said_cut_off: int = 0
    stood_s: float = 0.0
    settled_s: dict[str, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Tell whether everything held that must hold."""
        return not (self.lost or self.out_of_order or self.stale or self.differing or self.failures or self.tally.wrong)


def run_trial(plan: Plan, folder: Path, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Run everything once; raises when the pages do not settle at all."""
    outcome = Outcome()
    with running_service(folder) as service:
        nurses = [service.workers.log_in(NURSE) for _ in range(min(SESSIONS, plan.pages))]
        tokens = {hospital: service.workers.log_in(hospital) for hospital in HOSPITALS}
        with open_pages(service.workers.address, plan.pages, nurses) as pages:
            within_s = plan.settle_s + plan.pages / 4
            outcome.settled_s["first boards"] = pages.settle(lambda: running_digest(service), within_s)
            say(f"{plan.pages} pages open")
            with Coordinators(service.workers.address, tokens, plan.pause_s) as coordinators:
                for name, fault in FAULTS.items():
                    time.sleep(plan.calm_s)
                    say(name)
                    fault(service, plan, outcome)
                time.sleep(plan.calm_s)
                coordinators.stop()
                outcome.tally = coordinators.tally
            say("settling")
            outcome.settled_s["after all faults"] = pages.settle(lambda: running_digest(service), plan.settle_s)
            _judge(service, pages, nurses[0], outcome)
    return outcome


def _judge(service: Service, pages: Pages, token: str, outcome: Outcome) -> None:
    facts = read_facts(service)
    outcome.facts = len(facts)
    outcome.lost = missing_or_twice(outcome.tally.acknowledged, facts)
    outcome.out_of_order = out_of_order(facts)
    history = pages.history()
    if not outcome.lost:
        stood = pages.stood()
        outcome.stood_s = sum(until - since for since, until in stood)
        found = stale_as_fresh(history, outcome.tally.acknowledged, facts, time.time())
        # A page that does not get its turn can neither show what it was sent nor say that it is cut off.
        outcome.stale = [each for each in found if not any(a < each.until and each.since < b + 1 for a, b in stood)]
    outcome.said_cut_off = sum(any(_later_silent(page)) for page in history)
    outcome.differing = pages.differ(service.workers.call("GET", "/board", token).json())


def _later_silent(page: list[Shown]) -> Iterator[bool]:
    return (shown.silent for shown in page if shown.seq >= 0)


def read_facts(service: Service) -> tuple[Recorded, ...]:
    """Read the journal itself, past the service."""
    with closing(Database(service.database, LockedRunner())) as database:
        return SqlJournal(database).read(0, 10**9)


def running_digest(service: Service) -> str:
    """Return the digest of the stops that run according to the journal itself."""
    board = fold(read_facts(service), Board())
    running = (stop for stop in board.stops.values() if stop.ended_at is None)
    return digest_of({(stop.hospital, stop.department.value): stop.id for stop in running})


def kill_redis(service: Service, plan: Plan, outcome: Outcome) -> None:
    """Kill Redis; log-in, advice and declaring must go on meanwhile."""
    service.redis.kill()
    until = time.monotonic() + plan.redis_away_s
    with _noted(outcome, "log-in"):
        token = service.workers.log_in(NURSE)
    with _noted(outcome, "advice"):
        service.workers.call("POST", "/advice", token, HERE).raise_for_status()
    before = len(read_facts(service))
    time.sleep(max(0.0, until - time.monotonic()))
    if len(read_facts(service)) <= before:
        outcome.failures.append("nothing was declared or ended while Redis was away")
    service.redis.start()


def kill_worker(service: Service, _plan: Plan, outcome: Outcome) -> None:
    """Kill one worker with all its sockets; gunicorn starts another."""
    victim = service.workers.workers[0]
    os.kill(victim, signal.SIGKILL)
    deadline = time.monotonic() + 120
    while victim in service.workers.workers or service.workers.output.count("warmed up in") < 3:
        if time.monotonic() > deadline:
            outcome.failures.append("no worker took the place of the one that was killed")
            return
        time.sleep(0.2)


def restart_postgresql(service: Service, plan: Plan, _outcome: Outcome) -> None:
    """Pull the plug of PostgreSQL, and put it back after a while."""
    service.postgresql.stop("immediate")
    time.sleep(plan.postgresql_away_s)
    service.postgresql.start()


FAULTS = {"Redis killed": kill_redis, "a worker killed": kill_worker, "PostgreSQL restarted": restart_postgresql}


@contextmanager
def _noted(outcome: Outcome, act: str) -> Iterator[None]:
    began = time.monotonic()
    try:
        yield
    except (requests.RequestException, KeyError, ValueError) as error:
        outcome.failures.append(f"{act} without Redis: {error}")
    outcome.without_redis[act] = time.monotonic() - began
