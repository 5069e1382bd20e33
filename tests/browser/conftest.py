"""A real Chromium against the real server; a page that throws or breaks its content policy fails its test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from tests.browser.doors import Doors
from tests.browser.people import DESKTOP, FORGET_RIDE, OOST, PHONE, Crew, Desk, Hospital, Line, Nurse, OpenPage, Rider
from tests.web.server import Server

PATIENCE_MS = 20_000
"""How long a condition may take where a test is not about how quick it is."""
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here: it drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, shared by all tests here; a test that kills it starts it again."""
    with Server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine; `make test` installs it")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def doors(server: Server, browser: Browser) -> Iterator[Doors]:
    """Browser contexts to open pages in."""
    found = Doors(browser, server.address)
    yield found
    found.close()


@pytest.fixture
def open_page(doors: Doors) -> Iterator[OpenPage]:
    """Open a page as somebody: `open_page("/", "nurse")`; with `own=True` in a browser that nobody else used."""
    closing: list[Page | BrowserContext] = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "preact" in message.text.lower():
            complaints.append(message.text)

    def open_one(
        path: str, account: str | None, *, gps: bool = True, own: bool = False, size: ViewportSize = PHONE
    ) -> Page:
        own = own or account is None
        context = doors.make(account, gps=gps) if own else doors.find(account, gps=gps)
        page = context.new_page()
        closing.append(context if own else page)
        page.set_viewport_size(size)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", listen)
        page.goto(path)
        return page

    yield open_one
    for thing in closing:
        thing.close()
    assert complaints == []


@pytest.fixture
def nurse(open_page: OpenPage) -> Nurse:
    """A nurse on a phone at Dam square, with the list for a stable patient before her."""
    found = Nurse(open_page("/", "nurse"))
    found.wait_for_list()
    found.choose("ABCD stabiel")
    return found


@pytest.fixture
def crew(doors: Doors) -> Iterator[Crew]:
    """The nurse's account; it has no ride, before and after."""
    found = Crew(doors.find("nurse", gps=True).request)
    found.cancel_all()
    yield found
    found.cancel_all()


@pytest.fixture
def rider(open_page: OpenPage, crew: Crew) -> Iterator[Rider]:
    """A nurse with the list before her and no ride; her device forgets the one that she begins."""
    del crew  # its promise is what counts: no ride is open
    found = Rider(open_page("/", "nurse"))
    found.wait_for_list()
    found.choose("ABCD stabiel")
    expect(found.row(OOST)).to_contain_text("Welkom")
    yield found
    found.page.evaluate(FORGET_RIDE)


@pytest.fixture
def dispatch(doors: Doors) -> Line:
    """A dispatcher, without a screen."""
    return Line(doors.find("dispatcher", gps=True).request)


@pytest.fixture
def desk(doors: Doors) -> Iterator[Desk]:
    """The desk of OLVG Oost, without a screen; no stop is running there, before and after."""
    found = Desk(doors.find("olvg-oost", gps=True).request)
    found.end_all()
    yield found
    found.end_all()


@pytest.fixture
def hospital(open_page: OpenPage, desk: Desk) -> Hospital:
    """The coordinator of OLVG Oost at his screen."""
    del desk  # its promise is what counts: no stop is running
    return Hospital(open_page("/hospital", "olvg-oost", size=DESKTOP))
