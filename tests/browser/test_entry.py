"""Getting in: a second factor, a device that the dispatch centre pairs, and what is said when it fails."""

import io
import re
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from playwright.sync_api import Page, expect

from advisor.__main__ import main
from tests.browser.axe import SMALL_TARGETS, violations
from tests.browser.people import DESKTOP, PHONE, OpenPage
from tests.web.server import Server

NAME, PASSWORD = "geneesheer", "een lang wachtwoord"


@pytest.fixture(scope="module")
def app(server: Server) -> pyotp.TOTP:
    """The authenticator app of somebody whose account has a second factor."""
    told = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UITWIJK_DEMO", "1")
        patch.setenv("UITWIJK_VAR", str(server.folder))
        patch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        assert main(["user", "add", NAME, "--role", "mma"]) == 0
        patch.setattr("sys.stdout", told)
        assert main(["user", "totp", NAME]) == 0
    address = re.search(r"otpauth://\S+", told.getvalue())
    assert address is not None
    return pyotp.TOTP(parse_qs(urlsplit(address.group()).query)["secret"][0])


def enter(page: Page, password: str = PASSWORD) -> None:
    """Fill in name and password, and press the button."""
    page.get_by_label("Gebruikersnaam").fill(NAME)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Inloggen").click()


def test_code_is_asked_for_after_the_password_and_lets_in(open_page: OpenPage, app: pyotp.TOTP) -> None:
    page = open_page("/login", None)
    enter(page)
    code = page.get_by_label("Code van de tweede factor")
    expect(code).to_be_focused()

    code.fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Deze code klopt niet")).to_be_visible()
    assert violations(page) == []
    code.fill(app.now())
    page.keyboard.press("Enter")

    page.wait_for_url("**/quality")


def test_wrong_password_asks_for_no_code(open_page: OpenPage, app: pyotp.TOTP) -> None:
    del app
    page = open_page("/login", None)
    enter(page, "geraden")

    expect(page.get_by_text("Naam of wachtwoord klopt niet.")).to_be_visible()
    expect(page.get_by_label("Code van de tweede factor")).to_have_count(0)


def issue(page: Page, crew: str) -> str:
    """Let a dispatcher issue a code, and return it."""
    page.get_by_label("Ploeg of voertuig").fill(crew)
    page.get_by_label("Welk toestel").fill("iPad voorin")
    page.get_by_role("button", name="Geef een code").click()
    code = page.get_by_text(re.compile(r"^[A-Z2-9]{4}-[A-Z2-9]{4}$"))
    expect(code).to_be_visible()
    return code.inner_text()


def test_device_is_paired_by_its_code_and_ended_by_the_dispatch_centre(open_page: OpenPage) -> None:
    dispatcher = open_page("/pair", "dispatcher", size=DESKTOP)
    code = issue(dispatcher, "amb-12-101")
    device = open_page(f"/login#pair={code}", None)

    expect(device.get_by_label("Koppelcode")).to_have_value(code)
    assert code not in device.url
    device.get_by_role("button", name="Koppel dit toestel").click()
    device.wait_for_url("**/")
    row = (
        dispatcher.get_by_role("list", name="Gekoppelde toestellen")
        .get_by_role("listitem")
        .filter(has_text="amb-12-101")
    )
    expect(row.get_by_text("gekoppeld", exact=True)).to_be_visible()
    row.get_by_role("button", name="Meld af: iPad voorin van amb-12-101").click()
    row.get_by_role("button", name="Ja, meld af").click()

    expect(dispatcher.get_by_text("iPad voorin van amb-12-101 is afgemeld.")).to_be_visible()
    expect(device.get_by_role("dialog", name="Uw sessie is verlopen")).to_be_visible()


def test_code_that_was_used_says_so(open_page: OpenPage) -> None:
    code = issue(open_page("/pair", "dispatcher", size=DESKTOP), "amb-12-102")
    for answer in ("Kaart", "Deze code is onbekend, verlopen of al gebruikt."):
        device = open_page("/login", None)
        device.get_by_role("button", name="Toestel koppelen").click()
        device.get_by_label("Koppelcode").fill(code.lower())
        device.get_by_role("button", name="Koppel dit toestel").click()

        expect(device.get_by_text(answer).first).to_be_visible()


def test_page_of_the_devices_can_be_used_by_everybody(open_page: OpenPage) -> None:
    for size in (PHONE, DESKTOP):
        page = open_page("/pair", "dispatcher", size=size)
        issue(page, "amb-12-103")

        assert violations(page) == []
        assert page.evaluate(SMALL_TARGETS) == []


def test_page_of_the_devices_says_what_is_wrong_in_both_languages(open_page: OpenPage) -> None:
    page = open_page("/pair", "admin", own=True, size=DESKTOP)
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Issue a code").click()
    expect(page.get_by_text("Enter crew and device.")).to_be_visible()

    page.get_by_label("Crew or vehicle").fill("123456782")
    page.get_by_label("Which device").fill("iPad")
    page.get_by_role("button", name="Issue a code").click()

    expect(page.get_by_text("citizen service number")).to_be_visible()


def test_nurse_is_led_away_from_the_page_of_the_devices(open_page: OpenPage) -> None:
    page = open_page("/pair", "nurse")

    page.wait_for_url("**/")


def test_account_elsewhere_that_gives_no_access_is_told_so(open_page: OpenPage) -> None:
    page = open_page("/login?refused=access", None)

    expect(page.get_by_text("Dit account geeft hier geen toegang.")).to_be_visible()
