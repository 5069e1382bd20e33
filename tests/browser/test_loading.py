"""Every page loads whole: nothing that it asks for is missing or refused, and its console stays without an error."""

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from advisor.services.access import Role
from advisor.web.pages import FOR_ROLES
from tests.browser.people import DESKTOP, OOST_ID, OpenPage

ACCOUNTS = {Role.HOSPITAL: OOST_ID}
PAGES = [("/login", None), ("/", "nurse")] + [
    (path, ACCOUNTS.get(role, role.value)) for path, (_, roles) in FOR_ROLES.items() for role in tuple(roles)[:1]
]


def listen(page: Page) -> list[str]:
    """Return where everything is told from now on that goes wrong while a page loads."""
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(f"console: {message.text}")

    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", hear)
    return wrong


@pytest.mark.parametrize(("path", "account"), PAGES)
def test_page_asks_for_nothing_that_is_not_there(open_page: OpenPage, path: str, account: str | None) -> None:
    page = open_page("about:blank", account, size=DESKTOP)
    wrong = listen(page)

    page.goto(path)
    expect(page.get_by_role("heading").first).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert page.url.endswith(path)
    assert wrong == []


def test_every_part_of_the_dispatch_centre_asks_for_nothing_that_is_not_there(open_page: OpenPage) -> None:
    page = open_page("about:blank", "dispatcher", size=DESKTOP)
    wrong = listen(page)
    page.goto("/dispatch")
    expect(page.get_by_role("grid", name="Stand").get_by_role("row").nth(1)).to_be_visible()

    for part in ("Kaart", "Beoordelen", "Terugkijken"):
        page.get_by_role("navigation").get_by_role("button", name=part).click()
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
        page.wait_for_load_state("networkidle")

    assert wrong == []
