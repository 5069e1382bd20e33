"""Advice without a connection: the size of what a device keeps, and how long a tap takes on a slow processor."""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

from tests.browser.doors import Doors
from tests.browser.people import Line
from tests.web.server import Server

SKIPPED = 2
SLOWER = 4
TAPS = 60
TAP_LIMIT_MS = 100.0
PACKAGE_LIMIT_BYTES = 2_000_000
ASK = """async (taps) => {
  const { openDevice } = await import('/static/js/offline/device.js');
  const board = await (await fetch('/api/v1/board')).json();
  const device = openDevice();
  await device.refresh();
  const suspicions = ['general', 'stemi', 'stroke', 'severe_trauma', 'cardiac', 'ccu'];
  const answer = (tap) => device.advise({
    position: { lat: 52.373 + (tap % 7) / 100, lon: 4.893 }, abcd: ['stable', 'unstable', 'unknown'][tap % 3],
    suspicion: suspicions[tap % suspicions.length], origin: '112', signals: true,
  }, board, Date.now());
  await answer(0);
  const taken = [];
  for (let tap = 0; tap < taps; tap += 1) {
    const start = performance.now();
    await answer(tap);
    taken.push(performance.now() - start);
  }
  return taken;
}"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when a tap or the package is over its limit, 2 without a browser."""
    parser = argparse.ArgumentParser(prog="python -m bench.offline", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the figures to a file")
    options = parser.parse_args(arguments)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return SKIPPED
    figures = measure(chromium)
    Console().print(_table(figures))
    if options.json:
        options.json.write_text(json.dumps({"offline": figures}))
    slow = figures["taps"][f"{SLOWER} times slower"]["median_ms"] > TAP_LIMIT_MS
    return 1 if slow or figures["package_bytes"] > PACKAGE_LIMIT_BYTES else 0


def measure(chromium: str) -> dict[str, Any]:
    """Measure on a server of its own, with the network of the settings."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]) as browser,
    ):
        context = Doors(browser, server.address).make("nurse", gps=False, service_workers="block")
        line = Line(context.request)
        while not (parts := line.get("/api/v1/package")["parts"]):
            time.sleep(0.5)
        page = context.new_page()
        page.goto("/static/js/vendor/README.md")
        taps = {"this processor": _taps(page)}
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        taps[f"{SLOWER} times slower"] = _taps(page)
    sizes = {name: part["bytes"] for name, part in parts.items()}
    return {"parts_bytes": sizes, "package_bytes": sum(sizes.values()), "taps": taps}


def _taps(page: Page) -> dict[str, float]:
    taken = sorted(page.evaluate(ASK, TAPS))
    return {"median_ms": statistics.median(taken), "p95_ms": taken[int(len(taken) * 0.95)], "worst_ms": taken[-1]}


def _table(figures: dict[str, Any]) -> Table:
    table = Table("what", "figure", title="Advice without a connection")
    for name, size in (*figures["parts_bytes"].items(), ("together", figures["package_bytes"])):
        table.add_row(f"package: {name}", f"{size / 1000:,.0f} kB")
    for name, tap in figures["taps"].items():
        table.add_row(f"a tap, {name}", f"{tap['median_ms']:.0f} ms (95 %: {tap['p95_ms']:.0f} ms)")
    return table


if __name__ == "__main__":
    sys.exit(main())
