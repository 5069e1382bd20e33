"""WCAG 2.2 AA by axe in both themes and sizes, the size of targets, and what fits on a phone."""

from typing import get_args

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import Scheme, small_targets, violations
from tests.browser.people import OOST, PHONE, TABLET, WEST, Desk, Hospital, Line, Nurse, OpenPage, Rider

SIZES = {"phone": PHONE, "tablet": TABLET}
QUARTER_MS = 16 * 60_000
WIDTHS = (320, 390, 820, 1180)

CUT_ROWS = """
() => [...document.querySelectorAll('.row-face')].filter((row) => row.scrollWidth > row.clientWidth + 1).length
"""
CONTRASTS = """
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
    const [red, green, blue] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    const own = getComputedStyle(element).backgroundColor;
    return own !== 'rgba(0, 0, 0, 0)' ? own : ground(element.parentElement);
  };
  const parts = '.row :is(.name, .number, .unit, .chip, .reason, .meta b, .meta span)';
  const essentials = [...document.querySelectorAll(parts)];
  return Object.fromEntries(essentials.map((element) => {
    const [one, other] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
    const name = `${element.className || element.tagName} ${element.dataset.class ?? ''}`;
    return [name, Math.round(((one + 0.05) / (other + 0.05)) * 100) / 100];
  }));
}
"""
TYPE_SIZES = """
() => Object.fromEntries([...document.body.querySelectorAll('*')]
  .filter((element) => element.children.length === 0 && element.textContent.trim())
  .map((element) => [element.className || element.tagName, parseFloat(getComputedStyle(element).fontSize)]))
"""


@pytest.mark.parametrize("size", list(SIZES))
def test_nurse_page_has_no_violation_with_an_open_row(open_page: OpenPage, desk: Desk, size: str) -> None:
    desk.declare("SEH", "red")
    nurse = Nurse(open_page("/", "nurse", size=SIZES[size]))
    nurse.wait_for_list()
    nurse.choose("ABCD stabiel")
    expect(nurse.row(OOST)).to_contain_text("Uitwijken")
    nurse.choose("Huisarts")
    nurse.choose("ABCD instabiel")
    expect(nurse.row(OOST)).to_contain_text("Welkom")
    nurse.open(OOST)
    expect(nurse.row(OOST).get_by_role("table")).to_be_visible()

    assert violations(nurse.page) == []


@pytest.mark.parametrize("panel", ["Bekend…", "Menu"])
def test_panels_have_no_violation(nurse: Nurse, panel: str) -> None:
    nurse.page.get_by_role("button", name=panel).click()

    assert violations(nurse.page) == []


def test_hospital_page_has_no_violation(hospital: Hospital, desk: Desk) -> None:
    desk.declare("SEH", "red")
    hospital.page.get_by_role("button", name="SR afkondigen").click()
    expect(hospital.page.get_by_role("form", name="SR afkondigen")).to_be_visible()
    expect(hospital.page.get_by_role("button", name="Stop SEH beëindigen")).to_be_visible()

    assert violations(hospital.page) == []


def test_log_in_page_has_no_violation(open_page: OpenPage) -> None:
    page = open_page("/login", None)
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()

    assert violations(page) == []


def test_refused_position_has_no_violation(open_page: OpenPage) -> None:
    page = open_page("/", "nurse", gps=False)
    expect(page.get_by_role("heading", name="Positie onbekend")).to_be_visible()

    assert violations(page) == []


def test_ride_has_no_violation_at_any_step(rider: Rider, desk: Desk, dispatch: Line) -> None:
    rider.open(WEST)
    rider.row(WEST).get_by_role("button", name=f"Kies {WEST}").click()
    found = {"reason": violations(rider.page)}
    rider.row(WEST).get_by_role("button", name="Terug").click()
    rider.open(WEST)
    rider.pick(OOST)
    dispatch.post(f"/api/v1/rides/{rider.id}/proposal", {"hospital": "olvg-west"})
    expect(rider.page.get_by_role("alert", name="Voorstel")).to_be_visible()
    desk.declare("SEH", "red")
    expect(rider.page.get_by_role("region", name="Wijziging bij uw bestemming")).to_be_visible()
    found["breakthrough and proposal"] = violations(rider.page)
    rider.page.get_by_role("button", name="Gezien").click()
    rider.page.get_by_role("button", name="Houd mijn keuze").click()
    rider.press("Meld aan", "Vertrek met patiënt", "Meer over de rit", "Geweigerd aan de deur")
    # Where the list was left is chance, and a name half below the bar of the new order counts as too small to hit.
    rider.page.evaluate("() => document.getElementById('list').scrollTo(0, 0)")
    found["refusal"] = violations(rider.page)
    targets = {name: small_targets(rider.page, size) for name, size in SIZES.items()}

    assert {state: what for state, what in found.items() if what} == {}
    assert targets == {"phone": [], "tablet": []}


def test_essentials_of_a_row_stand_out_seven_to_one(nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "red")
    expect(nurse.row(OOST)).to_contain_text("Uitwijken")
    nurse.choose("STEMI")
    expect(nurse.row(WEST)).to_contain_text("Niet geschikt")

    for scheme in get_args(Scheme):
        nurse.page.emulate_media(color_scheme=scheme)
        found: dict[str, float] = nurse.page.evaluate(CONTRASTS)
        assert {name: ratio for name, ratio in found.items() if ratio < 7} == {}, scheme
        assert len(found) >= 6


def test_silence_and_the_map_have_no_violation(open_page: OpenPage) -> None:
    page = open_page("/login", "nurse")
    page.clock.install()
    page.goto("/")
    nurse = Nurse(page)
    nurse.wait_for_list()
    nurse.show("Kaart")
    found = violations(page)
    nurse.show("Lijst")
    page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    page.clock.run_for(QUARTER_MS)
    expect(page.get_by_role("alert").filter(has_text="GEEN VERBINDING")).to_contain_text("16 min oud")

    assert found + violations(page) == []


def test_every_target_is_large_enough_for_a_glove(nurse: Nurse) -> None:
    nurse.choose("ABCD instabiel")
    nurse.open(nurse.names()[0])

    assert {name: small_targets(nurse.page, size) for name, size in SIZES.items()} == {"phone": [], "tablet": []}


@pytest.mark.parametrize("abcd", ["ABCD stabiel", "ABCD instabiel"])
def test_three_full_rows_fit_on_a_phone_without_scrolling(nurse: Nurse, abcd: str) -> None:
    nurse.choose(abcd)
    tabs = nurse.page.get_by_role("navigation").bounding_box()
    third = nurse.ranked.get_by_role("listitem").nth(2).bounding_box()

    assert tabs
    assert third
    assert third["y"] + third["height"] <= tabs["y"]


def test_letters_move_nothing_that_was_just_tapped(nurse: Nurse) -> None:
    unstable = nurse.page.get_by_role("radio", name="ABCD instabiel")
    before = unstable.bounding_box()

    nurse.choose("ABCD instabiel")

    expect(nurse.page.get_by_role("group", name="Wat is bedreigd")).to_be_visible()
    assert unstable.bounding_box() == before


def test_nothing_sticks_out_sideways(nurse: Nurse) -> None:
    assert {width: sticking_out(nurse.page, width) for width in WIDTHS} == dict.fromkeys(WIDTHS, (0, 0))


def sticking_out(page: Page, width: int) -> tuple[int, int]:
    """How many px the page is too wide for a screen, and how many rows are cut."""
    page.set_viewport_size({"width": width, "height": 844})
    too_wide = page.evaluate("() => document.documentElement.scrollWidth") - width
    return max(0, too_wide), page.evaluate(CUT_ROWS)


def test_text_twice_as_large_still_fits(nurse: Nurse) -> None:
    nurse.page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    stable = nurse.page.get_by_role("radio", name="ABCD stabiel").bounding_box()
    unstable = nurse.page.get_by_role("radio", name="ABCD instabiel").bounding_box()

    assert nurse.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert nurse.page.evaluate(CUT_ROWS) == 0
    assert stable
    assert unstable
    assert stable["x"] + stable["width"] <= unstable["x"] + 1


def test_facts_stay_in_view_however_far_the_list_is_scrolled(nurse: Nurse) -> None:
    nurse.ranked.get_by_role("listitem").last.scroll_into_view_if_needed()
    nurse.ranked.get_by_role("listitem").last.evaluate("row => row.scrollIntoView()")

    expect(nurse.page.get_by_role("radio", name="ABCD instabiel")).to_be_in_viewport()
    assert nurse.page.evaluate("() => document.scrollingElement.scrollTop") == 0


def test_minutes_are_the_largest_thing_on_the_screen(nurse: Nurse) -> None:
    sizes: dict[str, float] = nurse.page.evaluate(TYPE_SIZES)

    assert max(sizes, key=lambda name: sizes[name]) == "number"
    assert min(size for name, size in sizes.items() if name not in {"unseen", "NOSCRIPT"}) >= 14
