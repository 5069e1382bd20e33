"""Every state of the nurse's page in three sizes, by day and by night, on one page: part of `make screenshots`."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal, get_args

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.doors import Doors
from tests.browser.people import OOST, PHONE, TABLET, WEST, Crew, Desk, Line, Nurse, Rider
from tests.web.server import Server

Scheme = Literal["light", "dark"]
Take = Callable[[str, str], None]
"""`take("opened", "An opened row")`: a picture of the page as it stands, in every size and scheme."""

LYING: ViewportSize = {"width": 1180, "height": 820}
SIZES = {"phone": PHONE, "tablet": TABLET, "lying": LYING}
QUALITY = 62
LARGEST_BYTES = 7_000_000
"""Of all these pictures together."""
QUARTER_MS = 16 * 60_000
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))"
PAGE = """# The nurse's page, state by state

Made by `make screenshots` from a real server; phone 390×844, tablet 820×1180 and lying 1180×820, by day and by night.
"""


class Camera:
    """Takes a page in every size and scheme, and remembers what for."""

    def __init__(self, page: Page, folder: Path, sizes: Mapping[str, ViewportSize] = SIZES) -> None:
        self._page = page
        self._folder = folder
        self._sizes = sizes
        self._size = page.viewport_size or TABLET
        self._lens = page.context.new_cdp_session(page)
        self.taken: list[tuple[str, str]] = []
        self.bytes = 0

    def take(self, name: str, title: str) -> None:
        """Take the page as it stands."""
        self.taken.append((name, title))
        for size, viewport in self._sizes.items():
            self._page.set_viewport_size(viewport)
            for scheme in get_args(Scheme):
                self._page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                self._page.evaluate(FRAMES)
                self._shoot(self._folder / f"{name}-{size}-{scheme}.webp")
        self._page.set_viewport_size(self._size)

    def _shoot(self, path: Path) -> None:
        shot = self._lens.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
        self.bytes += path.write_bytes(base64.b64decode(shot["data"]))


def take_overview(server: Server, doors: Doors, target: Path) -> int:
    """Walk through every state; return the size of all pictures in bytes."""
    folder = target / "nurse"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.webp"):
        old.unlink()
    taken: list[tuple[str, str]] = []
    size = 0
    for walk in (_advice, _ride, _trouble):
        page = _open(doors, gps=walk is not _trouble)
        camera = Camera(page, folder)
        walk(page, camera.take, doors, server)
        page.context.close()
        taken += camera.taken
        size += camera.bytes
    (target / "README.md").write_text("\n".join(_lines(taken)), "utf-8")
    return size


def _open(doors: Doors, *, gps: bool) -> Page:
    page = doors.make("nurse", gps=gps, viewport=TABLET, service_workers="block").new_page()
    page.clock.install()
    page.goto("/")
    return page


def _advice(page: Page, take: Take, doors: Doors, server: Server) -> None:
    del server
    desk = Desk(doors.find("olvg-oost", gps=True).request)
    desk.declare("SEH", "red")
    nurse = Nurse(page)
    nurse.wait_for_list()
    nurse.choose("ABCD stabiel")
    expect(nurse.row(OOST)).to_contain_text("Uitwijken")
    take("list", "The list, with a red stop nearby")
    nurse.choose("ABCD instabiel")
    expect(nurse.row(OOST)).to_contain_text("Welkom · uitzondering")
    take("unstable", "An unstable patient")
    nurse.choose("STEMI")
    expect(nurse.row(WEST)).to_contain_text("Niet geschikt")
    take("stemi", "A heart attack")
    nurse.choose("Algemeen")
    nurse.open(OOST)
    expect(nurse.row(OOST).get_by_role("table")).to_be_visible()
    take("opened", "An opened row")
    nurse.open(OOST)
    nurse.choose("ABCD stabiel")
    nurse.open(WEST)
    desk.end_all()
    expect(page.get_by_role("button", name="Nieuwe volgorde")).to_be_visible()
    take("new-order", "Another order waits while a row is open")
    nurse.open(WEST)
    desk.declare("SEH", "orange")
    expect(nurse.row(OOST)).to_contain_text("oranje")
    _panels(page, take, nurse)
    desk.end_all()


def _panels(page: Page, take: Take, nurse: Nurse) -> None:
    page.get_by_role("button", name="Bekend…").click()
    take("known", "Where the patient is known")
    page.get_by_role("region", name="Onder behandeling").get_by_role("button", name=OOST).click()
    expect(nurse.row(OOST)).to_contain_text("Welkom")
    take("known-orange", "A known patient under code orange")
    page.get_by_role("button", name=re.compile("Positie wijzigen")).click()
    page.get_by_role("region", name="Waar is de ambulance?").get_by_role("searchbox").fill("Purm")
    expect(page.get_by_role("button", name=re.compile("Purmerend")).first).to_be_visible()
    take("position", "Saying where one is")
    page.get_by_role("button", name="Klaar").click()
    page.get_by_role("button", name="Menu").click()
    take("menu", "The menu")
    page.get_by_role("button", name="Menu").click()
    page.set_viewport_size(PHONE)
    nurse.show("Kaart")
    take("map", "The map")


def _ride(page: Page, take: Take, doors: Doors, server: Server) -> None:
    del server
    desk, crew = Desk(doors.find("olvg-oost", gps=True).request), Crew(doors.find("nurse", gps=True).request)
    dispatch = Line(doors.find("dispatcher", gps=True).request)
    desk.end_all()
    crew.cancel_all()
    rider = Rider(page)
    rider.wait_for_list()
    rider.choose("ABCD stabiel")
    rider.open(WEST)
    rider.row(WEST).get_by_role("button", name=f"Kies {WEST}").click()
    take("reason", "Why not the first?")
    rider.open(WEST)
    rider.pick(OOST)
    take("chosen", "Chosen; can be undone")
    dispatch.post(f"/api/v1/rides/{rider.id}/proposal", {"hospital": "olvg-west"})
    card = page.get_by_role("alert", name="Voorstel van de meldkamer")
    expect(card).to_be_visible()
    take("proposal", "The dispatch centre proposes another destination")
    card.get_by_role("button", name="Houd mijn keuze").click()
    broken = page.get_by_role("region", name="Wijziging bij uw bestemming")
    desk.declare("SEH", "red")
    expect(broken).to_contain_text("niet meer welkom")
    take("diverted", "A stop at the destination, before announcing")
    broken.get_by_role("button", name="Gezien").click()
    desk.end_all()
    expect(broken).to_be_visible()
    broken.get_by_role("button", name="Gezien").click()
    _under_way(page, take, desk, rider)
    desk.end_all()
    crew.cancel_all()


def _under_way(page: Page, take: Take, desk: Desk, rider: Rider) -> None:
    broken = page.get_by_role("region", name="Wijziging bij uw bestemming")
    rider.press("Meld aan")
    expect(rider.ride).to_contain_text("Aangemeld")
    take("announced", "Announced")
    rider.press("Vertrek met patiënt")
    expect(rider.ride).to_contain_text("Bij vertrek gecontroleerd")
    take("departed", "Departed, checked at that instant")
    desk.declare("SEH", "red")
    expect(broken).to_contain_text("nog welkom")
    take("still-welcome", "A stop at the destination, under way")
    broken.get_by_role("button", name="Gezien").click()
    rider.press("Meer over de rit")
    take("more", "More about the ride")
    rider.press("Geweigerd aan de deur")
    take("refused", "Why refused?")
    rider.press("Terug", "Aangekomen")
    take("arrived", "Arrived; can be taken back for a moment")
    rider.press("Overgedragen")
    page.clock.run_for(8000)
    expect(rider.ride.get_by_role("button", name="Zelfde patiënt")).to_be_visible()
    take("handed-over", "Handed over")


def _trouble(page: Page, take: Take, doors: Doors, server: Server) -> None:
    del doors
    expect(page.get_by_role("heading", name="Positie onbekend")).to_be_visible()
    take("no-position", "The device tells no position")
    page.get_by_role("searchbox").fill("50.9000, 3.5000")
    page.get_by_role("button", name=re.compile("coördinaten$")).click()
    expect(page.get_by_role("alert").filter(has_text="Geen advies")).to_be_visible()
    take("off-network", "A position outside the road network")
    page.get_by_role("searchbox").fill("Purmerend")
    page.get_by_role("button", name=re.compile("Purmerend")).first.click()
    rider = Rider(page)
    rider.wait_for_list()
    server.kill()
    page.clock.run_for(15_000)
    expect(page.get_by_role("alert").filter(has_text="GEEN VERBINDING")).to_be_visible()
    take("silent", "No connection")
    rider.pick(rider.names()[0])
    rider.press("Meld aan")
    page.clock.run_for(QUARTER_MS)
    expect(rider.ride).to_contain_text("wachten op verbinding")
    take("long-silent", "No connection for a quarter, steps of the ride wait")


def _lines(taken: list[tuple[str, str]]) -> Iterator[str]:
    yield PAGE
    for name, title in taken:
        yield f"## {title}\n"
        for scheme in get_args(Scheme):
            pictures = (
                f'<img src="nurse/{name}-{size}-{scheme}.webp" height="420" alt="{title}, {size}, {scheme}">'
                for size in SIZES
            )
            yield " ".join(pictures) + "\n"
