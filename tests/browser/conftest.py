"""A real Chromium against the real server; a page that throws or breaks its content policy fails its test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.people import PASSWORD, Hospital, Nurse, OpenPage
from tests.browser.server import RealServer

DAM = {"latitude": 52.3731, "longitude": 4.8926, "accuracy": 8}
PHONE = {"width": 390, "height": 844}
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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The server, shared by all tests here; a test that kills it starts it again."""
    running = RealServer(tmp_path_factory.mktemp("server"))
    try:
        running.start()
        yield running
    finally:
        running.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine; `make test` installs it")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def sessions(server: RealServer, browser: Browser) -> Callable[[str], Any]:
    """Cookies per account, each logged in once."""
    kept: dict[str, Any] = {}

    def of(account: str) -> Any:
        if account not in kept:
            kept[account] = log_in(browser.new_context(base_url=server.url), account)
        return kept[account]

    return of


@pytest.fixture
def open_page(server: RealServer, browser: Browser, sessions: Callable[[str], Any]) -> Iterator[OpenPage]:
    """Open a page as somebody: `open_page("/", "nurse")`; further keywords go to the browser context."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "preact" in message.text.lower():
            complaints.append(message.text)

    def open_one(path: str, account: str | None, *, gps: bool = True, **options: Any) -> Page:
        where = {"geolocation": DAM, "permissions": ["geolocation"]} if gps else {}
        defaults = {"viewport": PHONE, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "base_url": server.url}
        state = {"storage_state": sessions(account)} if account else {}
        context = browser.new_context(**(defaults | where | state | options))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", listen)
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def nurse(open_page: OpenPage) -> Nurse:
    """A nurse on a phone at Dam square, with the list for a stable patient before her."""
    found = Nurse(open_page("/", "nurse"))
    found.wait_for_list()
    found.choose("ABCD stabiel")
    return found


@pytest.fixture
def hospital(open_page: OpenPage) -> Iterator[Hospital]:
    """The coordinator of OLVG Oost at his desk; no stop is running there, before and after."""
    coordinator = Hospital(open_page("/hospital", "olvg-oost", viewport={"width": 1280, "height": 900}))
    coordinator.end_all()
    yield coordinator
    coordinator.end_all()


def log_in(context: BrowserContext, account: str) -> Any:
    """Log in over HTTP and return the cookies."""
    answer = context.request.post("/api/v1/session", data={"username": account, "password": PASSWORD})
    assert answer.ok, answer.text()
    state = context.storage_state()
    context.close()
    return state
