"""Measuring and showing: processor time of a question, memory of a structure, tables of what came out."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

ROUNDS = 5
PAGE = 4096

Result = TypeVar("Result")
Question = TypeVar("Question")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one question costs, in microseconds of processor time: the median over the rounds of each percentile."""

    name: str
    p50_us: float
    p99_us: float
    questions: int
    memory_mb: float


def ask_all(
    name: str,
    ask: Callable[[Question], object],
    questions: Sequence[Question],
    *,
    rounds: int = ROUNDS,
    memory_mb: float,
) -> Asked:
    """Ask every question in every round; one thread, its processor time, so that other programs do not count."""
    ask(questions[0])
    percentiles = []
    for _ in range(rounds):
        taken = []
        for question in questions:
            start = time.thread_time_ns()
            ask(question)
            taken.append(time.thread_time_ns() - start)
        percentiles.append(np.percentile(taken, [50, 99]) / 1e3)
    p50_us, p99_us = np.median(percentiles, axis=0)
    count = rounds * len(questions)
    return Asked(name=name, p50_us=float(p50_us), p99_us=float(p99_us), questions=count, memory_mb=memory_mb)


def clocked(work: Callable[[], Result], clock: Callable[[], float] = time.perf_counter) -> tuple[float, Result]:
    """Seconds by a clock, normally the one on the wall, and the result."""
    start = clock()
    result = work()
    return clock() - start, result


def median_s(work: Callable[[], object], rounds: int = ROUNDS, clock: Callable[[], float] = time.perf_counter) -> float:
    """Median of the seconds by a clock, normally the one on the wall."""
    return statistics.median(clocked(work, clock)[0] for _ in range(rounds))


def grown_mb(make: Callable[[], Result]) -> tuple[float, Result]:
    """By how much the memory of this process grows for a structure, and the structure."""
    before = _resident()
    result = make()
    return max(0.0, (_resident() - before) / 1e6), result


def used(pid: int) -> tuple[float, float]:
    """Return how many seconds of processor time another process has spent, and how many MB of memory it holds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK"), int(fields[21]) * PAGE / 1e6


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def machine() -> str:
    """Say on what was measured, and when."""
    today = datetime.now(UTC).date()
    return f"{today:%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"


def show(console: Console, title: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Print rows as a table; the keys of the first one are its columns."""
    rows = list(rows)
    table = Table(title=title, box=None, title_justify="left")
    for i, column in enumerate(rows[0]):
        table.add_column(column, justify="right" if i else "left")
    for row in rows:
        table.add_row(*(_text(value) for value in row.values()))
    console.print(table)
    console.print()


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def as_row(asked: Asked, first: Asked) -> dict[str, Any]:
    """One way of answering as a row, with its ratio to the first."""
    return {**asdict(asked), "ratio": round(asked.p50_us / first.p50_us, 2)}
