"""The desks' pages in every size, by day and by night: part of `make screenshots`, or alone as a module."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from advisor.bootstrap.demonstration import AMBULANCES, DEMONSTRATION_SEED, PLAYED_BY_HAND
from advisor.bootstrap.keeping import open_store
from advisor.bootstrap.material import load_registry, open_atlas
from advisor.bootstrap.simulation import load_figures
from advisor.bootstrap.world import make_world
from advisor.settings import read_settings
from advisor.simulation.ambulances import Fleet, trips_of
from advisor.simulation.crews import Crews
from advisor.simulation.demonstration import Demonstration
from tests.browser.conftest import ARGUMENTS
from tests.browser.doors import Doors
from tests.browser.overview import Camera, Scheme
from tests.browser.people import OOST, PHONE, REASON, TABLET, Desk
from tests.web.server import ROOT, Server, cache_folder

SCREEN: ViewportSize = {"width": 1280, "height": 800}
LARGE: ViewportSize = {"width": 1920, "height": 1080}
WIDE: Mapping[str, ViewportSize] = {"screen": SCREEN, "large": LARGE}
ALL: Mapping[str, ViewportSize] = {**WIDE, "tablet": TABLET, "phone": PHONE}
LARGEST_BYTES = 4_000_000
"""Of all these pictures together."""
PATIENCE_MS = 90_000
BEFORE = timedelta(minutes=50)
STEP = timedelta(seconds=20)
PAGE = """# The desks' pages

Made by `make screenshots` from a real server with invented stops and rides: 1280×800 and 1920×1080, those of the
hospital and of GPs also on a tablet and a phone, by day and by night.
"""

Walk = Callable[[Page, Callable[[str, str], None], Desk], None]


def play_before(folder: Path) -> None:
    """Let the demonstration go on for a while before the pictures, so that there is something to see."""
    settings = read_settings({"UITWIJK_DEMO": "1", "UITWIJK_VAR": str(folder), "UITWIJK_CACHE": str(cache_folder())})
    registry = load_registry(None)
    world = make_world(settings, open_store(settings, gevent=False), roads=open_atlas(settings, registry))
    sites = [site for site in world.registry if site.protocol]
    assumptions, rates = load_figures()
    trips = lambda: trips_of(world.journal.board())  # noqa: E731 - as short as what it is for
    crews = Crews(
        world,
        Fleet(world.roads, sites, assumptions, seed=DEMONSTRATION_SEED, size=AMBULANCES, trips=trips),
        seed=DEMONSTRATION_SEED,
    )
    unscripted = frozenset({PLAYED_BY_HAND})
    departments = Demonstration(world, rates, seed=DEMONSTRATION_SEED, unscripted=unscripted)
    start = datetime.now(UTC) - BEFORE
    departments.start(start)
    for step in range(int(BEFORE / STEP)):
        departments.report(start + step * STEP)
        departments.act(start + step * STEP)
        crews.act(start + step * STEP)


def take_desks(browser: Browser, target: Path) -> int:
    """Take every picture of the desks' pages; return the size of all of them in bytes."""
    folder = target / "desks"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.webp"):
        old.unlink()
    lines, size = [PAGE], 0
    with tempfile.TemporaryDirectory() as var:
        play_before(Path(var))
        with Server(Path(var), UITWIJK_DEMO_RIDES="1") as server:
            doors = Doors(browser, server.address)
            for path, account, sizes, walk in WALKS:
                page = doors.make(account, gps=False, viewport=SCREEN, service_workers="block").new_page()
                page.goto(path)
                camera = Camera(page, folder, sizes)
                walk(page, camera.take, Desk(doors.find("olvg-oost", gps=True).request))
                lines += _lines(camera, sizes)
                size += camera.bytes
                page.context.close()
            doors.close()
    (folder / "README.md").write_text("\n".join(lines), "utf-8")
    return size


def _dispatch(page: Page, take: Callable[[str, str], None], desk: Desk) -> None:
    desk.end_all()
    desk.declare("SEH", "red")
    rides = page.get_by_role("list", name="Ritten").get_by_role("listitem")
    page.get_by_label("Regio", exact=True).select_option("MKA Amsterdam")
    expect(page.get_by_role("row").filter(has_text=OOST)).to_contain_text("Rode stop")
    expect(rides.first).to_be_visible()
    take("dispatch-overview", "The dispatch centre: status, rides, alarms, inbound")
    rides.first.get_by_role("button", name="Stel voor…").click()
    expect(rides.first.get_by_role("group").get_by_role("listitem").nth(3)).to_be_visible()
    take("dispatch-propose", "Proposing a destination")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.get_by_role("list", name="Ritten").get_by_role("button").last.click()
    with page.expect_response("**/api/v1/network/reach?*"):
        page.get_by_label("Bereik binnen 45 minuten").select_option(label=OOST)
    page.wait_for_load_state("networkidle")
    take("dispatch-map", "The map with a ride, its way, and the reach of a hospital")
    page.keyboard.press("3")
    page.get_by_role("list", name="Beoordelen").get_by_role("button").first.click()
    expect(page.get_by_role("table")).to_be_visible()
    take("dispatch-review", "Review of a choice beside the advice as the crew saw it")
    page.keyboard.press("4")
    page.get_by_role("button", name="10 min later").click()
    page.get_by_role("button", name="Toon advies").first.click()
    expect(page.get_by_role("table").nth(1)).to_be_visible()
    take("dispatch-past", "Looking back: an old advice beside what the rules say now")


def _hospital(page: Page, take: Callable[[str, str], None], desk: Desk) -> None:
    desk.end_all()
    page.get_by_role("button", name="SEH afkondigen").click()
    form = page.get_by_role("form", name="SEH afkondigen")
    expect(form.get_by_role("region")).to_be_visible()
    take("hospital-declare", "The hospital's console: before a stop")
    form.get_by_label("Reden").select_option(REASON)
    form.get_by_role("button", name="Kondig af").click()
    expect(page.get_by_role("timer")).to_be_visible()
    page.evaluate("() => scrollTo(0, 0)")
    take("hospital-running", "A stop that runs, and who comes")
    desk.end_all()


def _gp(page: Page, take: Callable[[str, str], None], desk: Desk) -> None:
    desk.end_all()
    desk.declare("SEH", "red")
    page.get_by_label("Regio", exact=True).select_option("MKA Amsterdam")
    expect(page.get_by_role("row").filter(has_text=OOST)).to_contain_text("Rode stop")
    take("gp", "The GP's page")
    desk.end_all()


WALKS: tuple[tuple[str, str, Mapping[str, ViewportSize], Walk], ...] = (
    ("/dispatch", "dispatcher", WIDE, _dispatch),
    ("/hospital", "olvg-oost", ALL, _hospital),
    ("/gp", "gp", ALL, _gp),
)


def _lines(camera: Camera, sizes: Mapping[str, ViewportSize]) -> Iterator[str]:
    for name, title in camera.taken:
        yield f"## {title}\n"
        for scheme in get_args(Scheme):
            pictures = (
                f'<img src="{name}-{size}-{scheme}.webp" height="360" alt="{title}, {size}, {scheme}">'
                for size in sizes
            )
            yield " ".join(pictures) + "\n"


def main() -> int:
    """Take the pictures of the desks' pages alone; fail when they are too large for a repository."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        try:
            size = take_desks(browser, target)
        finally:
            browser.close()
    print(f"the desks' pages {size / 1000:.0f} kB")
    return int(size > LARGEST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
