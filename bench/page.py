"""How quick the nurse's page is on a phone four times slower than this machine: `python -m bench.page`."""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.doors import Doors
from tests.browser.people import OOST, PHONE, Desk, Nurse
from tests.web.server import Server

SLOWER = 4
TAPS, CHANGES = 12, 8
TAP_MS, REPAINT_MS, FIRST_VIEW_BYTES, SHIFT = 100.0, 50.0, 1_000_000, 0.02
PATIENCE_MS = 60_000
SETTLED_MS, CALM_MS = 1500, 300

WATCH = """
(() => {
  window.taps = []; window.repaints = []; window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'click') window.taps.push(entry.duration);
  }).observe({type: 'event', durationThreshold: 16});
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  const given = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage');
  Object.defineProperty(WebSocket.prototype, 'onmessage', {...given, set(handle) {
    given.set.call(this, (event) => {
      const began = performance.now();
      handle.call(this, event);
      if (String(event.data).startsWith('42["advice')) {
        // The task right after the frame: an ordinary one waits its turn behind later messages and timers.
        requestAnimationFrame(() => {
          scheduler.postTask(() => window.repaints.push(performance.now() - began), {priority: 'user-blocking'});
        });
      }
    });
  }});
})();
"""
"""Durations of taps as the browser itself counts them, up to the paint; a change from its message to its paint."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args(arguments)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        figures = measure(browser, server.address)
        browser.close()
    goals = {"tap_ms": TAP_MS, "repaint_ms": REPAINT_MS, "first_map_bytes": FIRST_VIEW_BYTES, "layout_shift": SHIFT}
    for name, goal in goals.items():
        print(f"{name:18} {figures[name]:>12,.3f}  goal {goal:,}")
    if options.json:
        options.json.write_text(json.dumps(figures))
    return int(any(figures[name] > goal for name, goal in goals.items()))


def measure(browser: Browser, address: str) -> dict[str, float]:
    """Tap and let a hospital change, and take the medians; the map is weighed as it comes over the wire."""
    doors = Doors(browser, address)
    desk = Desk(doors.find("olvg-oost", gps=True).request)
    page = doors.make("nurse", gps=True, viewport=PHONE, service_workers="block").new_page()
    page.add_init_script(WATCH)
    lens = page.context.new_cdp_session(page)
    lens.send("Network.enable")
    tiles: dict[str, float] = {}
    lens.on("Network.responseReceived", lambda event: _note_tile(tiles, event))
    lens.on("Network.loadingFinished", lambda event: _weigh_tile(tiles, event))
    page.goto("/")
    nurse = Nurse(page)
    nurse.wait_for_list()
    shift = page.evaluate("() => window.shift")
    nurse.show("Kaart")
    page.wait_for_load_state("networkidle")
    nurse.show("Lijst")
    lens.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    taps, repaints = _tap(page, nurse), _change(page, nurse, desk)
    desk.end_all()
    return {
        "tap_ms": taps,
        "repaint_ms": repaints,
        "first_map_bytes": sum(tiles.values()),
        "layout_shift": float(shift),
    }


def _tap(page: Page, nurse: Nurse) -> float:
    for turn in range(TAPS):
        nurse.choose("ABCD instabiel" if turn % 2 == 0 else "ABCD stabiel")
        page.wait_for_timeout(400)
    found: list[float] = page.evaluate("() => window.taps")
    return statistics.median(found) if found else 0.0


def _change(page: Page, nurse: Nurse, desk: Desk) -> float:
    page.evaluate("() => { window.repaints.length = 0; }")
    for turn in range(CHANGES):
        if turn % 2 == 0:
            desk.declare("SEH", "red")
        else:
            desk.end_all()
        # Looking for the row while it is painted would be measured too: that takes longer than the painting.
        page.wait_for_timeout(SETTLED_MS)
        expect(nurse.row(OOST)).to_contain_text("Uitwijken" if turn % 2 == 0 else "Welkom")
        page.wait_for_timeout(CALM_MS)
    found: list[float] = page.evaluate("() => window.repaints")
    return statistics.median(found)


def _note_tile(tiles: dict[str, float], event: dict[str, Any]) -> None:
    if "/network/tiles/" in event["response"]["url"]:
        tiles[event["requestId"]] = 0.0


def _weigh_tile(tiles: dict[str, float], event: dict[str, Any]) -> None:
    if event["requestId"] in tiles:
        tiles[event["requestId"]] = float(event["encodedDataLength"])


if __name__ == "__main__":
    sys.exit(main())
