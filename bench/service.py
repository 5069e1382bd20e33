"""The service under load, beside a bare websocket server: `python -m bench.service`; 1 when a goal is missed.

Everything is measured on one machine in one run, clients included, so ratios say more than milliseconds.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import requests
import websocket
from rich.console import Console

from advisor.journal.events import FeedHeard
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import ThreadRunner
from advisor.store.sql_journal import SqlJournal
from bench.figures import show
from bench.roads import ROOT
from tests.web.line import HERE
from tests.web.server import Server
from tests.web.staffed import HOSPITAL, Staff, hire, staffed_server

CLIENTS, MANY_CLIENTS = 1_000, 2_000
CHANGES = 14
RATIO_MOST, KB_PER_CLIENT_MOST = 2.5, 90.0
ADVICES, ADVICE_CALLERS = 400, 8
WRITERS, WRITE_S = 32, 4.0
SETTLE_S = 1.5
PATIENCE_S = 60
REASON = "Piek in aanbod van patiënten (aantal)"


class Crowd:
    """The clients, in a process of their own."""

    def __init__(self, process: "subprocess.Popen[str]", tokens: list[str]) -> None:
        self._process = process
        self.connected: dict[str, Any] = self._ask(json.dumps(tokens))

    def mark(self) -> dict[str, Any]:
        """Return when the last client had its newest change, and how many each has had."""
        return self._ask("mark")

    def _ask(self, line: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def crowd(port: int, count: int, tokens: tuple[str, ...]) -> Iterator[Crowd]:
    """Connect so many clients as long as the block lasts."""
    command = [sys.executable, "-m", "bench.line_clients", str(port), str(count)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Crowd(process, list(tokens))
        finally:
            process.kill()


@contextmanager
def bare_server() -> Iterator[int]:
    """Run the bare server as long as the block lasts; gives its port."""
    command = [sys.executable, "-m", "bench.bare_line"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def main() -> int:
    """Measure everything."""
    parser = argparse.ArgumentParser(prog="python -m bench.service", description=__doc__)
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure_line(Path(folder), console)
    with tempfile.TemporaryDirectory() as folder:
        figures |= measure_requests(Path(folder), console)
        figures |= measure_journal(Path(folder), console)
    missed = [name for name, is_met in goals(figures).items() if not is_met]
    for name in missed:
        console.print(f"missed: {name}")
    if options.json:
        options.json.write_text(json.dumps({"service": figures}, indent=1) + "\n")
    return 1 if missed else 0


def goals(figures: dict[str, Any]) -> dict[str, bool]:
    """Return each goal and whether it is met."""
    return {
        f"a change reaches the last client within {RATIO_MOST} times a bare server": figures["ratio"] <= RATIO_MOST,
        f"a client costs at most {KB_PER_CLIENT_MOST:.0f} KB": figures["kb_per_client"] <= KB_PER_CLIENT_MOST,
        f"{MANY_CLIENTS} clients on one process miss nothing": figures["missed_by_many"] == 0,
    }


def measure_line(folder: Path, console: Console) -> dict[str, Any]:
    """Measure how soon changes reach everybody, beside the bare server with the same bytes, and what a client costs.

    The two take turns, so that what else the machine does hits both.
    """
    staff = hire(folder, MANY_CLIENTS)
    with staffed_server(folder, staff) as server, bare_server() as bare:
        process = psutil.Process(server.pid)
        before = process.memory_info().rss
        with crowd(server.port, CLIENTS, staff.nurses) as ours:
            time.sleep(SETTLE_S)
            kb_per_client = (process.memory_info().rss - before) / CLIENTS / 1024
            with crowd(bare, CLIENTS, ()) as theirs:
                message = _delta_of(server, staff)
                told, sent = _taking_turns(server, staff, ours, bare, theirs, message)
        with crowd(server.port, MANY_CLIENTS, staff.nurses) as many:
            for turn in range(CHANGES):
                _change(server, staff, turn)
                time.sleep(SETTLE_S)
            marks = many.mark()
    rows = [
        {"server": name, "median ms": statistics.median(times), "worst ms": max(times), "bytes": len(message)}
        for name, times in (("this service", told), ("bare websockets + uvloop", sent))
    ]
    show(console, f"A change on the board until the last of {CLIENTS:,} clients has it", rows)
    figures = {
        "change_ms": statistics.median(told),
        "bare_ms": statistics.median(sent),
        "ratio": statistics.median(told) / statistics.median(sent),
        "kb_per_client": kb_per_client,
        "missed_by_many": CHANGES - marks["fewest"] + marks["lost"],
    }
    console.print(
        f"ratio {figures['ratio']:.2f} · {kb_per_client:.0f} KB per client · {MANY_CLIENTS:,} clients: each had"
        f" {marks['fewest']} to {marks['most']} of {CHANGES} changes, {marks['lost']} lost their connection\n"
    )
    return figures


def _taking_turns(
    server: Server, staff: Staff, ours: Crowd, bare: int, theirs: Crowd, message: str
) -> tuple[list[float], list[float]]:
    told, sent = [], []
    with closing(websocket.create_connection(f"ws://127.0.0.1:{bare}/")) as sender:
        sender.settimeout(5)
        for turn in range(CHANGES):
            began = time.monotonic()
            _change(server, staff, turn)
            time.sleep(SETTLE_S)
            told.append((ours.mark()["last"] - began) * 1e3)
            began = time.monotonic()
            sender.send(message)
            sender.recv()
            time.sleep(SETTLE_S)
            sent.append((theirs.mark()["last"] - began) * 1e3)
    return told, sent


def _change(server: Server, staff: Staff, turn: int) -> None:
    """Declare a stop, or end the one of the turn before."""
    if turn % 2:
        board = _call(server, "GET", "/board", staff.gp).json()["hospitals"]
        [shown] = [each["departments"]["SEH"] for each in board if each["id"] == HOSPITAL]
        _call(server, "POST", f"/stops/{shown['stop_id']}/end", staff.coordinator, {}).raise_for_status()
    else:
        until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        stop = {"hospital": HOSPITAL, "department": "SEH", "status": "red", "reason": REASON, "until": until}
        _call(server, "POST", "/stops", staff.coordinator, stop).raise_for_status()


def _call(server: Server, method: str, path: str, token: str, body: object = None) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.request(method, f"{server.address}/api/v1{path}", json=body, headers=headers, timeout=PATIENCE_S)


def _delta_of(server: Server, staff: Staff) -> str:
    """Return what one client is told of a change, byte for byte."""
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    with closing(websocket.create_connection(address, timeout=20)) as line:
        line.recv()
        line.send("40" + json.dumps({"token": staff.nurses[0]}))
        while not str(line.recv()).startswith('42["board",'):
            pass
        _change(server, staff, 0)
        while not (text := str(line.recv())).startswith('42["board:delta"'):
            pass
    _change(server, staff, 1)
    return text


def measure_requests(folder: Path, console: Console) -> dict[str, Any]:
    """Measure how many advices one process gives over HTTP, each written down with its receipt."""
    staff = hire(folder, 1)
    local = threading.local()

    def ask(address: str, _number: int) -> float:
        session: requests.Session = getattr(local, "session", None) or requests.Session()
        local.session = session
        began = time.perf_counter()
        headers = {"Authorization": f"Bearer {staff.nurses[0]}"}
        session.post(f"{address}/api/v1/advice", json=HERE, headers=headers, timeout=60).raise_for_status()
        return (time.perf_counter() - began) * 1e3

    with staffed_server(folder, staff) as server, ThreadPoolExecutor(ADVICE_CALLERS) as callers:
        list(callers.map(lambda number: ask(server.address, number), range(ADVICE_CALLERS * 2)))
        process = psutil.Process(server.pid)
        spent, began = _spent_s(process), time.perf_counter()
        taken = list(callers.map(lambda number: ask(server.address, number), range(ADVICES)))
        took_s, spent = time.perf_counter() - began, _spent_s(process) - spent
    p50, p99 = np.percentile(taken, [50, 99])
    figures = {
        "advices_per_core_s": ADVICES / spent,
        "advices_per_s": ADVICES / took_s,
        "advice_p50_ms": float(p50),
        "advice_p99_ms": float(p99),
    }
    row = {
        "advices per second of a core": figures["advices_per_core_s"],
        "per second by the clock": figures["advices_per_s"],
        "p50 ms": float(p50),
        "p99 ms": float(p99),
    }
    show(console, f"Advice over HTTP, {ADVICE_CALLERS} callers at a time", [row])
    return figures


def measure_journal(folder: Path, console: Console) -> dict[str, Any]:
    """Measure how many facts are durable in a second, many writers and one."""
    rates = {writers: _durable_per_s(folder / f"{writers}.db", writers) for writers in (1, WRITERS)}
    rows = [{"writers": writers, "durable facts per second": rate} for writers, rate in rates.items()]
    show(console, "The journal on SQLite, flushed to disk before it is acknowledged", rows)
    return {"durable_per_s_alone": rates[1], "durable_per_s": rates[WRITERS]}


def _durable_per_s(path: Path, writers: int) -> float:
    with closing(Database(f"sqlite:///{path}", ThreadRunner())) as database:
        migrate(database)
        journal = SqlJournal(database)
        until = time.monotonic() + WRITE_S
        threads = [threading.Thread(target=_write_until(journal, until)) for _ in range(writers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return journal.head() / WRITE_S


def _write_until(journal: SqlJournal, until: float) -> Callable[[], None]:
    def write() -> None:
        while time.monotonic() < until:
            journal.transact(lambda _: [FeedHeard(at=datetime.now(UTC), by="bench", source="bench")])

    return write


def _spent_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    sys.exit(main())
