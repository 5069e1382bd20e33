"""The desks' pages by keyboard alone: each step can be reached, where one is can be seen, nothing holds one fast."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.people import DESKTOP, OOST, OOST_ID, Crew, Desk, Hospital, Line, OpenPage

HERE = {"position": {"lat": 52.3731, "lon": 4.8926}, "suspicion": "general", "abcd": "stable"}
BOARD: ViewportSize = {"width": 1280, "height": 800}
TABS_MOST = 400
FOCUSED = """
() => {
  const element = document.activeElement;
  const face = element.matches('.toggle input') ? element.nextElementSibling : element;
  const style = getComputedStyle(face);
  return {
    name: [element.getAttribute('aria-label'), ...[...(element.labels ?? [])].map(({textContent}) => textContent),
      element === document.body ? '' : element.textContent].join(' ').replace(/\\s+/g, ' '),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    nowhere: element === document.body,
  };
}
"""


AROUND = """
() => {
  const element = document.activeElement;
  if (element === document.body) return false;
  if (!window.began?.isConnected) window.began = element;
  else if (window.began === element) return true;
  return false;
}
"""
"""Whether Tab is where it began; what is no longer there, on a page that lives, was no beginning."""


class Keyboard:
    """Somebody without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str) -> None:
        """Go on with Tab until something of that name has the focus; everything on the way shows where it is."""
        for _ in range(TABS_MOST):
            focused = self._tab()
            if name in focused["name"]:
                return
        raise AssertionError(f"no {name!r} on the way")

    def press(self, name: str, key: str = "Enter") -> None:
        """Reach something and press a key on it."""
        self.reach(name)
        self.page.keyboard.press(key)

    def go_round(self) -> int:
        """Go on with Tab until the first place comes again; return how many there are."""
        self.page.evaluate("() => { window.began = null; }")
        for count in range(TABS_MOST):
            self._tab()
            if self.page.evaluate(AROUND):
                return count
        raise AssertionError("Tab never comes back")

    def _tab(self) -> Any:
        self.page.keyboard.press("Tab")
        focused = self.page.evaluate(FOCUSED)
        assert focused["outlined"] or focused["nowhere"], f"nobody sees where {focused['name']!r} is"
        return focused


def test_hospital_declares_extends_ends_and_plans(hospital: Hospital, desk: Desk) -> None:
    page, keys = hospital.page, Keyboard(hospital.page)
    expect(page.get_by_role("button", name="SEH afkondigen")).to_be_visible()
    keys.press("SEH afkondigen")
    expect(page.get_by_role("form", name="SEH afkondigen").get_by_role("region")).to_be_visible()
    keys.press("Vraag huisartsen of", "Space")
    keys.press("Uitstroom")
    keys.press("gebruikt het vastgelegde opnamemandaat", "Space")
    keys.reach("Reden")
    page.keyboard.type("Onvoldoende")
    keys.press("Kondig af")
    expect(page.get_by_text("SEH: Rode stop afgekondigd")).to_be_visible()
    [stop] = [each for each in desk.get("/api/v1/stops") if each["ended_at"] is None]
    assert stop["checklist"] == ["in-gps", "uit-mandate"]

    keys.press("Stop SEH verlengen")
    expect(page.get_by_role("form", name="Stop SEH verlengen")).to_be_visible()
    keys.press("Verleng tot dit tijdstip")
    expect(page.get_by_text("SEH: verlengd tot")).to_be_visible()
    keys.press("Stop SEH beëindigen")
    keys.press("Ja, beëindig")
    expect(page.get_by_text("SEH: stop beëindigd.")).to_be_visible()

    keys.press("Plan een lange stop")
    keys.reach("Afdeling")
    page.keyboard.type("CCU")
    keys.reach("Reden")
    page.keyboard.type("Interne")
    keys.press("Meld de geplande stop")
    expect(page.get_by_text(re.compile("CCU: stop gepland vanaf"))).to_be_visible()
    keys.press("Geplande stop CCU")
    expect(page.get_by_text("Geen stops gepland.")).to_be_visible()
    assert keys.go_round() > 10


@pytest.fixture
def board(open_page: OpenPage, desk: Desk, crew: Crew) -> Page:
    """The board of a dispatcher while a crew that phoned elsewhere chose OLVG Oost, which then declared a red stop."""
    ride: str = crew.post("/api/v1/rides", {"advice": crew.post("/api/v1/advice", HERE)["id"]})["id"]
    crew.post(f"/api/v1/rides/{ride}/consult", {"hospital": "olvg-west", "outcome": "refused"})
    crew.post(f"/api/v1/rides/{ride}/choose", {"hospital": OOST_ID, "reason": "bekend"})
    desk.declare("SEH", "red")
    page = open_page("/dispatch", "dispatcher", own=True, size=BOARD)
    expect(page.get_by_role("list", name="Ritten").get_by_role("listitem", name="nurse")).to_be_visible()
    return page


def test_dispatcher_takes_an_alarm_proposes_reviews_and_looks_back(board: Page, dispatch: Line) -> None:
    keys = Keyboard(board)
    expect(board.get_by_role("list", name="Alarmen")).to_contain_text("ontvangt deze patiënt niet meer")
    ride = board.get_by_role("list", name="Ritten").get_by_role("listitem", name="nurse")
    board.keyboard.press("a")
    keys.press("Neem over: nurse")
    expect(board.get_by_role("list", name="Alarmen")).to_contain_text(re.compile(r"dispatcher, \d\d:\d\d"))

    board.keyboard.press("r")
    keys.press("Stel voor…")
    expect(ride.get_by_role("group", name="Bestemming voorstellen").get_by_role("listitem").first).to_be_visible()
    keys.press(" min")
    expect(ride).to_contain_text("wacht op antwoord")

    board.keyboard.press("3")
    keys.press("nurse")
    keys.reach("Opmerking")
    board.keyboard.type("zonder muis")
    keys.press("akkoord")
    expect(board.get_by_label("Opmerking")).to_have_count(0)
    assert dispatch.get("/api/v1/reviews?state=agree")["items"][0]["reviews"][-1]["note"] == "zonder muis"

    board.keyboard.press("4")
    keys.press("10 min eerder")
    expect(board.get_by_role("grid", name="Stand")).to_contain_text(OOST)
    assert keys.go_round() > 10
    board.keyboard.press("1")
    assert keys.go_round() > 10


def test_gp_page_holds_nobody_fast(open_page: OpenPage) -> None:
    page = open_page("/gp", "gp", size=DESKTOP)
    expect(page.get_by_role("rowheader").first).to_be_visible()

    assert Keyboard(page).go_round() >= 2
