"""Fuzzing at full size: `python -m tests.fuzz` prints a table; 1 when anything is not as it must be."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.fuzz.described import fuzz_described
from tests.fuzz.findings import Findings
from tests.fuzz.line import fuzz_line
from tests.fuzz.region import open_region, sqlite_at
from tests.fuzz.spoilt import fuzz_spoilt
from tests.postgresql import running_postgresql

console = Console()


def main() -> int:
    """Run every way of fuzzing."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="in all; default: 20000")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found: dict[str, Findings] = {}
    for name, fuzz in WAYS.items():
        console.log(name)
        left = options.requests - sum(findings.requests for findings in found.values())
        found[name] = fuzz(left // (len(WAYS) - len(found)), options.seed)
    console.print(_table({**found, "all": sum(found.values(), Findings())}))
    for name, findings in found.items():
        for wrong in findings.wrong[:20]:
            console.print(f"{name}: {wrong}", markup=False)
    return 1 if any(findings.wrong for findings in found.values()) else 0


def _described(requests: int, seed: int) -> Findings:
    with tempfile.TemporaryDirectory() as folder, open_region(sqlite_at(Path(folder))) as region:
        return fuzz_described(region, requests, seed)


def _spoilt_on_sqlite(requests: int, seed: int) -> Findings:
    with tempfile.TemporaryDirectory() as folder, open_region(sqlite_at(Path(folder))) as region:
        return fuzz_spoilt(region, requests, seed)


def _spoilt_on_postgresql(requests: int, seed: int) -> Findings:
    with running_postgresql() as server, open_region(server.new_database("fuzz")) as region:
        return fuzz_spoilt(region, requests, seed + 1)


def _line(requests: int, seed: int) -> Findings:
    with tempfile.TemporaryDirectory() as folder:
        return fuzz_line(Path(folder), requests, seed)


WAYS: dict[str, Callable[[int, int], Findings]] = {
    "by the description (schemathesis)": _described,
    "good requests spoilt, SQLite": _spoilt_on_sqlite,
    "good requests spoilt, PostgreSQL": _spoilt_on_postgresql,
    "messages on the live line": _line,
}


def _table(found: dict[str, Findings]) -> Table:
    table = Table("way", "requests", "2xx", "4xx", "5xx", "wrong", "slowest", box=None)
    for name, findings in found.items():
        families = [
            sum(n for status, n in findings.statuses.items() if status // 100 == family) for family in (2, 4, 5)
        ]
        figures = map(str, (findings.requests, *families, len(findings.wrong)))
        table.add_row(name, *figures, f"{findings.slowest_s:.1f} s")
    return table


if __name__ == "__main__":
    sys.exit(main())
