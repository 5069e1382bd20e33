"""Hundreds of crews on one server, with the simulator's calls and stops: `python -m bench.crews`; 1 if a step is lost.

Every crew has a page of its own over a real socket and is always at work: as soon as one patient is handed over it goes
to the next call. A minute of the clock holds `--speed` minutes of the crews, so 300 crews at speed 10 ask as much of
the server as 3,000 crews that are all at work at once.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import requests
from rich.console import Console

from advisor.bootstrap.simulation import open_region
from advisor.hospitals.registry import Policy
from advisor.journal.events import Event
from advisor.services.site import site_of
from advisor.settings import read_settings
from advisor.simulation.calls import Call, calls_of_day, midnight
from advisor.simulation.run import Region
from advisor.simulation.scene import make_scene
from advisor.simulation.spells import Spell
from advisor.store.database import Database
from advisor.store.runners import ThreadRunner
from advisor.store.sql_journal import SqlJournal
from bench.crew_line import CrewLine, Http, shown_of
from bench.crew_play import Crew, Departments, Pace, report, report_once
from bench.crew_staff import People, hire_people
from bench.crew_steps import Ledger, Step, lost_or_doubled
from bench.figures import show, used
from tests.web.server import Server, cache_folder
from tests.web.staffed import staffed_server

CREWS, MINUTES, SPEED, SEED = 300, 3.0, 10.0, 1
BEGINS = timedelta(hours=14)
"""The crews begin at two in the afternoon, the busiest part of the day."""

SHORTEST_RIDE_MIN = 15.0  # of all crews together, on average, from call to call
AT_ONCE = 8
SAMPLE_EVERY_S = 5.0
SETTLES_WITHIN_S = 20.0
WELCOME_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many crews work for how many minutes of the clock, and how many of their minutes one of those holds."""

    crews: int = CREWS
    minutes: float = MINUTES
    speed: float = SPEED
    seed: int = SEED


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of it: who was told what, the boards that differ from the journal's, what the server used."""

    load: Load
    ledger: Ledger
    lines: Sequence[CrewLine] = ()
    wrong_boards: int = 0
    processor_s: float = 0.0
    memory_mb: float = 0.0
    lags: Sequence[float] = ()


def main() -> int:
    """Play every load after the other, each on a server of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench.crews", description=__doc__)
    parser.add_argument("--crews", type=int, nargs="+", default=[CREWS], help=f"how many; default: {CREWS}")
    parser.add_argument("--minutes", type=float, default=MINUTES, help=f"of the clock; default: {MINUTES:.0f}")
    parser.add_argument("--speed", type=float, default=SPEED, help=f"crew minutes per minute; default: {SPEED:.0f}")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    console, region, found, unmet = Console(), simulated_region(), [], []
    for crews in options.crews:
        load = Load(crews=crews, minutes=options.minutes, speed=options.speed, seed=options.seed)
        with tempfile.TemporaryDirectory() as folder:
            outcome, database = play(load, Path(folder), region)
            lost = lost_or_doubled(outcome.ledger.acknowledged, facts_of(database))
        found.append(figures_of(outcome, lost))
        console.print(f"{crews} crews: {outcome.ledger.handed_over} patients handed over")
        unmet += [f"{crews} crews: {each}" for each in complaints(outcome, lost)]
    title = f"Crews at work for {options.minutes:g} minutes, their time running {options.speed:g} times as fast"
    show(
        console, title, [{"": name, **{f"run {i + 1}": run[name] for i, run in enumerate(found)}} for name in found[0]]
    )
    for each in unmet:
        console.print(f"missed: {each}", markup=False)
    if options.json:
        options.json.write_text(json.dumps({"crews": found}, indent=1) + "\n")
    return 1 if unmet else 0


def simulated_region() -> Region:
    """Open the region that the calls and stops are drawn in, with the drive times that the server uses."""
    return open_region(read_settings({"UITWIJK_CACHE": str(cache_folder())}))


def play(load: Load, folder: Path, region: Region) -> tuple[Outcome, Path]:
    """Play a load on a new server; returns what came of it, and the database with the journal."""
    lpz = [site.id for site in region.registry if site.policy is Policy.LPZ]
    people = hire_people(folder, load.crews, lpz)
    with staffed_server(folder, people) as server:
        outcome = asyncio.run(_play(load, server, people, region))
    return outcome, people.database


def facts_of(database: Path) -> list[Event]:
    """Read the whole journal of a database."""
    with closing(Database(f"sqlite:///{database}", ThreadRunner())) as opened:
        return [recorded.event for recorded in SqlJournal(opened).read(0, 10**9)]


def complaints(outcome: Outcome, lost: Sequence[Step]) -> list[str]:
    """Return what must not be, nothing when all is well; a run in which nobody got anywhere is no good one."""
    ledger, lines = outcome.ledger, outcome.lines
    wrong = {
        "acknowledged steps are not in the journal exactly once": len(lost),
        f"steps failed, the first: {(ledger.failed or [''])[0]}": len(ledger.failed),
        "boards missed a change": sum(line.gaps for line in lines),
        "boards differ from the journal's": outcome.wrong_boards,
        "lines broke": sum(line.lost for line in lines),
    }
    found = [f"{count} {what}" for what, count in wrong.items() if count]
    return found if ledger.handed_over else [*found, "no patient was handed over"]


def figures_of(outcome: Outcome, lost: Sequence[Step]) -> dict[str, Any]:
    """Return a run as a row."""
    ledger, load = outcome.ledger, outcome.load
    seconds = load.minutes * 60
    p50, p99 = np.percentile(ledger.advice_s or [np.nan], [50, 99]) * 1e3
    step_p50, step_p99 = np.percentile(ledger.step_s or [np.nan], [50, 99]) * 1e3
    asked = len(ledger.acknowledged) + len(ledger.conflicts) + len(ledger.failed)
    return {
        "crews": load.crews,
        "as many crews by the clock": round(load.crews * load.speed),
        "advices per s": len(ledger.advice_s) / seconds,
        "steps per s": asked / seconds,
        "handed over": ledger.handed_over,
        "advice p50 ms": float(p50),
        "advice p99 ms": float(p99),
        "step p50 ms": float(step_p50),
        "step p99 ms": float(step_p99),
        "conflicts (409)": len(ledger.conflicts),
        "failed": len(ledger.failed),
        "lost": len(lost),
        "wrong boards": outcome.wrong_boards,
        "server, share of a core": outcome.processor_s / seconds,
        "ms per crew and minute of its time": outcome.processor_s * 1e3 / (load.crews * load.minutes * load.speed),
        "memory MB": outcome.memory_mb,
        "journal lag, most": max(outcome.lags, default=0.0),
    }


async def _play(load: Load, server: Server, people: People, region: Region) -> Outcome:
    ledger, http = Ledger(), Http(server.address)
    start = midnight(datetime.now(UTC).date()) + BEGINS
    calls, stops = _calls(load, start, region), _stops(load, start, region)
    waiting = np.random.default_rng(load.seed).random(load.crews)
    await report_once(region.registry, people.key, http)
    lines = await _connect(server, people)
    spent_s = used(server.pid)[0]
    pace = Pace(load.speed, time.monotonic() + load.minutes * 60)
    crews = [Crew(token, line, http, ledger, pace) for token, line in zip(people.crews, lines, strict=True)]
    departments = Departments(people.coordinators, http, ledger, pace)
    *_, lags = await asyncio.gather(
        *(crew.work(calls, float(share)) for crew, share in zip(crews, waiting, strict=True)),
        departments.play(stops, start),
        report(region.registry, people.key, http, pace),
        _sample_lag(server, pace),
    )
    outcome = Outcome(load=load, ledger=ledger, lines=lines, lags=lags)
    processor_s, outcome.memory_mb = used(server.pid)
    outcome.processor_s = processor_s - spent_s
    outcome.wrong_boards = await _wrong_boards(lines, http, people.looks)
    http.close()
    for line in lines:
        line.close()
    await asyncio.sleep(0)
    return outcome


def _calls(load: Load, start: datetime, region: Region) -> Iterator[Call]:
    """Draw as many transported calls from `start` on as the crews can take; before they begin, as it takes a while."""
    most = round(load.crews * (1 + load.minutes * load.speed / SHORTEST_RIDE_MIN))
    calls: list[Call] = []
    day = start.date()
    while len(calls) < most:
        drawn = calls_of_day(load.seed, day, region.assumptions, region.roads)
        calls += [call for call in drawn if call.transported and call.departs >= start]
        day += timedelta(days=1)
    return iter(calls)


def _stops(load: Load, start: datetime, region: Region) -> list[Spell]:
    """Return the stops that run in the time that is played and that the rules of their hospitals know."""
    scene = make_scene(load.seed, (start.date(), 2), region.registry, region.editions, region.assumptions, region.rates)
    until = start + timedelta(minutes=load.minutes * load.speed)
    return [spell for spell in scene.spells if spell.start < until and spell.end > start and _is_known(spell, region)]


def _is_known(spell: Spell, region: Region) -> bool:
    site = site_of(region.registry.get_hospital(spell.hospital))
    edition = region.editions.speaking_for(site, spell.start)
    return spell.status in edition.allowed_statuses(spell.department)


async def _connect(server: Server, people: People) -> list[CrewLine]:
    loop, door = asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)

    async def connect(token: str) -> CrewLine:
        async with door:
            _, line = await loop.create_connection(lambda: CrewLine(server.port, token), "127.0.0.1", server.port)
            await asyncio.wait_for(line.welcomed, WELCOME_WITHIN_S)
            return line

    return list(await asyncio.gather(*map(connect, people.crews)))


async def _sample_lag(server: Server, pace: Pace) -> list[float]:
    """Ask now and then how many facts the live part lies behind the journal."""
    lags = []
    while not pace.is_over:
        await asyncio.sleep(min(SAMPLE_EVERY_S, max(0.0, pace.until - time.monotonic())))
        text = (await asyncio.to_thread(requests.get, f"{server.address}/metrics", timeout=WELCOME_WITHIN_S)).text
        lags += [float(line.split()[1]) for line in text.splitlines() if line.startswith("uitwijk_journal_lag ")]
    return lags


async def _wrong_boards(lines: Sequence[CrewLine], http: Http, token: str) -> int:
    """Return how many pages show another board than the journal gives, once all had time to hear of it."""
    until = time.monotonic() + SETTLES_WITHIN_S
    while True:
        status, board, _ = await http.call("GET", "/board", token)
        shown = shown_of(board["hospitals"]) if status == 200 else {}
        wrong = sum(line.shown() != shown or line.heard_seq > line.seq for line in lines)
        if not wrong or time.monotonic() > until:
            return wrong
        await asyncio.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
