"""From the page as it opens to the right list: never more than three taps, for the four tasks that matter most."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import OOST, WEST, Desk, Nurse, OpenPage, at_once_ms

MOST = 3
COUNT = "() => { window.taps = 0; addEventListener('pointerdown', () => { window.taps += 1; }, {capture: true}); }"


@pytest.fixture
def page(open_page: OpenPage) -> Iterator[Page]:
    """The page as it opens; what was tapped is counted, and must not be too much."""
    opened = open_page("/", "nurse")
    opened.evaluate(COUNT)
    Nurse(opened).wait_for_list()
    yield opened
    assert opened.evaluate("() => window.taps") <= MOST


@pytest.fixture
def nurse(page: Page) -> Nurse:
    """Who has that page in front of her."""
    return Nurse(page)


def test_unstable_patient_goes_to_the_nearest_shock_room_although_it_is_red(nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "red")

    nurse.choose("ABCD instabiel")

    expect(nurse.ranked.get_by_role("listitem").first).to_contain_text(
        re.compile(rf"{OOST}.*Welkom · uitzondering", re.DOTALL), timeout=at_once_ms()
    )


def test_heart_attack_passes_hospitals_without_an_intervention_room(nurse: Nurse) -> None:
    nurse.choose("ABCD stabiel")
    nurse.choose("STEMI")

    expect(nurse.row(WEST)).to_contain_text("Niet geschikt", timeout=at_once_ms())
    expect(nurse.ranked.get_by_role("listitem").first).to_contain_text("PCI")


def test_known_patient_of_an_emergency_call_is_welcome_under_orange(nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "orange")
    nurse.choose("ABCD stabiel")
    expect(nurse.row(OOST)).to_contain_text("Uitwijken")

    nurse.page.get_by_role("button", name="Bekend…").click()
    nurse.page.get_by_role("region", name="Onder behandeling").get_by_role("button", name=OOST).click()

    expect(nurse.row(OOST)).to_contain_text("Welkom", timeout=at_once_ms())


def test_patient_whom_a_doctor_sends_is_called_about_first_under_orange(nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "orange")
    nurse.choose("ABCD stabiel")
    expect(nurse.row(OOST)).to_contain_text("Uitwijken")

    nurse.choose("Huisarts")

    expect(nurse.row(OOST)).to_contain_text("Eerst bellen", timeout=at_once_ms())


def test_known_patient_whom_a_doctor_sends_is_welcome_under_orange(nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "orange")
    nurse.choose("Huisarts")
    expect(nurse.row(OOST)).to_contain_text("Eerst bellen")

    nurse.page.get_by_role("button", name="Bekend…").click()
    nurse.page.get_by_role("region", name="Onder behandeling").get_by_role("button", name=OOST).click()

    expect(nurse.row(OOST)).to_contain_text("Welkom · uitzondering", timeout=at_once_ms())
