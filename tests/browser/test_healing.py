"""What a phone does to a page, each time ended by a fresh snapshot without a tap, or by a plain instruction."""

import re

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.people import OOST, Desk, Nurse, OpenPage
from tests.web.server import Server

LEAVE = "() => dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))"
RETURN = "() => dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
OTHER_NETWORK = "() => navigator.connection.dispatchEvent(new Event('change'))"


def test_page_that_lay_in_the_back_forward_cache_is_fresh_when_it_returns(nurse: Nurse, desk: Desk) -> None:
    expect(nurse.row(OOST)).to_contain_text("Welkom")
    nurse.page.evaluate(LEAVE)
    expect(nurse.page.get_by_text("Verbinden…")).to_be_visible()
    desk.declare("SEH", "red")
    expect(nurse.row(OOST)).to_contain_text("Welkom")

    nurse.page.evaluate(RETURN)

    expect(nurse.row(OOST)).to_contain_text("Uitwijken")


def test_way_back_to_the_page_leads_to_a_fresh_list(nurse: Nurse, desk: Desk) -> None:
    nurse.page.goto("/login")
    desk.declare("SEH", "red")

    nurse.page.go_back()

    expect(nurse.row(OOST)).to_contain_text("Uitwijken")
    expect(nurse.page.get_by_text("Verbonden")).to_be_visible()


def test_another_network_gets_a_line_of_its_own(nurse: Nurse) -> None:
    expect(nurse.page.get_by_text("Verbonden")).to_be_visible()

    with nurse.page.expect_websocket():
        nurse.page.evaluate(OTHER_NETWORK)

    expect(nurse.page.get_by_text("Verbonden")).to_be_visible()


def test_aeroplane_mode_ends_in_a_fresh_list(open_page: OpenPage, desk: Desk) -> None:
    page = open_page("/", "nurse", own=True)
    nurse = Nurse(page)
    nurse.wait_for_list()
    nurse.choose("ABCD stabiel")
    page.context.set_offline(True)
    desk.declare("SEH", "red")

    page.context.set_offline(False)

    expect(nurse.row(OOST)).to_contain_text("Uitwijken")


def test_session_that_ended_while_the_server_was_away_asks_to_log_in_again(server: Server, open_page: OpenPage) -> None:
    page = open_page("/login", None)
    token = server.log_in("nurse")
    page.context.add_cookies([{"name": "uitwijk_session", "value": token, "url": server.address}])
    page.goto("/")
    nurse = Nurse(page)
    nurse.wait_for_list()
    nurse.choose("STEMI")
    page.evaluate(LEAVE)
    server.call("DELETE", "/session", token)
    server.kill()
    server.start()

    page.evaluate(RETURN)

    expect(page.get_by_role("dialog", name="Uw sessie is verlopen")).to_contain_text(re.compile("Log opnieuw in"))
    expect(page.get_by_role("radio", name="STEMI", include_hidden=True)).to_be_checked()
    assert violations(page) == []
