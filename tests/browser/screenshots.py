"""Pictures for the documentation, of the real server: `python -m tests.browser.screenshots [folder]`."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.desks import LARGEST_BYTES as DESKS_BYTES
from tests.browser.desks import take_desks
from tests.browser.doors import Doors
from tests.browser.overview import LARGEST_BYTES as OVERVIEW_BYTES
from tests.browser.overview import take_overview
from tests.browser.people import OOST, PHONE, TABLET, Desk, Nurse
from tests.web.server import ROOT, Server

TARGET = ROOT / "docs" / "screenshots"
LYING: ViewportSize = {"width": 1180, "height": 820}
PATIENCE_MS = 60_000
LARGEST_BYTES = 250_000

Scheme = Literal["light", "dark"]
Scene = Callable[[Page], object]


def ranked(page: Page) -> Nurse:
    """Show the list for an unstable patient."""
    nurse = Nurse(page)
    nurse.wait_for_list()
    nurse.choose("ABCD instabiel")
    expect(nurse.row(OOST)).to_contain_text("Welkom · uitzondering")
    return nurse


def opened(page: Page) -> None:
    """Show why the nearest hospital receives her although it has a red stop, and the way there."""
    nurse = ranked(page)
    with page.expect_response("**/api/v1/network/route?*"):
        nurse.open(OOST)
    expect(nurse.row(OOST).get_by_role("table")).to_be_visible()
    expect(page.get_by_text("demonstratie", exact=True)).to_be_attached()


PICTURES: dict[str, tuple[str, str, ViewportSize, Scheme, Scene]] = {
    "nurse-phone-dark": ("/", "nurse", PHONE, "dark", opened),
    "nurse-phone-light": ("/", "nurse", PHONE, "light", ranked),
    "nurse-ipad-portrait-light": ("/", "nurse", TABLET, "light", opened),
    "nurse-ipad-landscape-dark": ("/", "nurse", LYING, "dark", opened),
}


def main() -> int:
    """Take all pictures; fail when one is too large for a repository."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        try:
            sizes = take_all(browser, server.address, target)
            doors = Doors(browser, server.address)
            overview = take_overview(server, doors, target)
            doors.close()
            desks = take_desks(browser, target)
        finally:
            browser.close()
            server.kill()
    for name, size in sizes.items():
        print(f"{name}.png {size / 1000:.0f} kB")
    print(f"overview of the nurse's page {overview / 1000:.0f} kB")
    print(f"the desks' pages {desks / 1000:.0f} kB")
    return int(max(sizes.values()) > LARGEST_BYTES or overview > OVERVIEW_BYTES or desks > DESKS_BYTES)


def take_all(browser: Browser, url: str, target: Path) -> dict[str, int]:
    """Take every picture while OLVG Oost has a red stop; return their sizes in bytes."""
    doors = Doors(browser, url)
    desk = Desk(doors.find("olvg-oost", gps=True).request)
    desk.declare("SEH", "red")
    try:
        return {name: _take(doors, name, target) for name in PICTURES}
    finally:
        desk.end_all()
        doors.close()


def _take(doors: Doors, name: str, target: Path) -> int:
    path, account, size, scheme, scene = PICTURES[name]
    context = doors.make(account, gps=True, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(path)
    scene(page)
    page.wait_for_load_state("networkidle")
    image = page.screenshot(path=target / f"{name}.png")
    context.close()
    return len(image)


if __name__ == "__main__":
    sys.exit(main())
