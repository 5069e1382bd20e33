"""All measurements in one run: `python -m bench` prints tables and writes bench/results.json."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import machine
from bench.roads import EXTRACTS, ROOT
from bench.roads_table import write_page

RESULTS = Path(__file__).parent / "results.json"
SKIPPED = 2
"""What a part answers when the material that it measures is not there."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every part in a process of its own; 1 when one of them misses its goal."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--out", type=Path, default=RESULTS, help="default: bench/results.json")
    parser.add_argument("--crews", nargs="+", default=[], metavar="N", help="crews of the load test, see bench.crews")
    parser.add_argument("--minutes", metavar="N", help="minutes of the load test, see bench.crews")
    options = parser.parse_args(arguments)
    results: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"processor": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
    }
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        protocol = subprocess.run(_part("protocol", "--json"), cwd=ROOT, check=False, capture_output=True, text=True)
        results["protocol"] = json.loads(protocol.stdout) if protocol.stdout else {"error": protocol.stderr[-500:]}
        worst = max(worst, protocol.returncode, _run("protocol"))
        worst = max(worst, _run("schematic"))
        of_crews = ["--crews", *options.crews] if options.crews else []
        of_crews += ["--minutes", options.minutes] if options.minutes else []
        for part in ("service", "crews", "page", "board", "offline", "offline_times", "calibration"):
            figures = Path(folder) / f"{part}.json"
            worst = max(worst, _run(part, "--json", str(figures), *(of_crews if part == "crews" else ())))
            if figures.exists():
                results.update(json.loads(figures.read_text()))
        for label, extract in EXTRACTS.items():
            figures = Path(folder) / f"{label}.json"
            status = _run("roads", label, "--json", str(figures))
            if status == SKIPPED:
                results.setdefault("skipped", []).append(str(extract))
            elif figures.exists():
                results.setdefault("roads", {}).update(json.loads(figures.read_text()))
            worst = max(worst, 0 if status == SKIPPED else status)
    if "roads" in results:
        write_page(results["roads"], machine())
    options.out.write_text(json.dumps(results, indent=1) + "\n")
    print(f"figures: {options.out}")
    return 1 if worst not in (0, SKIPPED) else 0


def _run(name: str, *arguments: str) -> int:
    print(f"\n== {name} {' '.join(each for each in arguments[:1] if not each.startswith('-'))}", flush=True)
    status = subprocess.run(_part(name, *arguments), cwd=ROOT, check=False).returncode
    if status == SKIPPED:
        print(f"skipped {name}: its material is not there", flush=True)
    return status


def _part(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"bench.{name}", *arguments]


if __name__ == "__main__":
    sys.exit(main())
