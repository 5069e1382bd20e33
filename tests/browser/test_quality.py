"""The quality page of the medical manager: quarters, indicators and lists, on the screen and on paper."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from advisor.kernel import AMSTERDAM
from tests.browser.axe import violations
from tests.browser.people import OOST, OOST_ID, PASSWORD, Crew, Desk, OpenPage

SMALL: ViewportSize = {"width": 1280, "height": 800}
LARGE: ViewportSize = {"width": 1920, "height": 1080}
REGION = "Noord-Holland/Flevoland"
REPORTS = "**/api/v1/reports/**"
WISH = "Wens van de patiënt"
TODAY = datetime.now(AMSTERDAM)
QUARTER = (TODAY.month + 2) // 3


class Manager:
    """A medical manager with the page before him."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def see(self, part: str) -> None:
        """Go to a part, and wait for its answer."""
        self.page.get_by_role("navigation").get_by_role("link", name=part).click()
        expect(self.page.get_by_role("navigation").get_by_role("link", name=part)).to_have_attribute(
            "aria-current", "page"
        )
        expect(self.answer).to_have_attribute("aria-busy", "false")

    @property
    def answer(self) -> Locator:
        return self.page.locator(".answer")

    def card(self, title: str | re.Pattern[str]) -> Locator:
        return self.page.locator("section").filter(has=self.page.get_by_role("heading", level=3, name=title))

    def row(self, table: str | re.Pattern[str], name: str) -> Locator:
        rows = self.page.get_by_role("table", name=table).get_by_role("row")
        return rows.filter(has=self.page.get_by_role("rowheader", name=name, exact=True))


@pytest.fixture
def manager(open_page: OpenPage) -> Manager:
    """A medical manager who has just opened the page."""
    found = Manager(open_page("/quality", "mma", size=SMALL))
    expect(found.answer).to_be_visible()
    return found


@pytest.fixture
def newcomer(open_page: OpenPage) -> Manager:
    """A medical manager in a browser of his own: what he sets there nobody else finds."""
    found = Manager(open_page("/quality", "mma", own=True, size=SMALL))
    expect(found.answer).to_be_visible()
    return found


def fail(route: Route, status: int) -> None:
    """Answer as a server that does not give what was asked."""
    problem = {"title": "Storing", "title_en": "Failure", "detail": "Het journaal is onbereikbaar.", "status": status}
    route.fulfill(status=status, json=problem, content_type="application/problem+json")


def test_medical_manager_lands_here_and_goes_to_the_dispatch_centre_and_back(open_page: OpenPage) -> None:
    page = open_page("/", "mma", size=SMALL)
    expect(page).to_have_url(re.compile("/quality$"))

    page.get_by_role("link", name="Meldkamer").click()
    expect(page).to_have_url(re.compile("/dispatch$"))
    page.get_by_role("link", name="Kwaliteit").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Kwaliteit")


def test_administrator_finds_the_page_in_the_menu(open_page: OpenPage) -> None:
    page = open_page("/", "admin", size=SMALL)

    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Kwaliteit").click()

    expect(page.get_by_role("table", name=re.compile("Tabel 1"))).to_be_visible()
    expect(page.get_by_role("link", name="Advies")).to_be_visible()


def test_stop_counts_in_the_tables_of_its_quarter_with_what_must_be_read_beside_them(
    manager: Manager, desk: Desk
) -> None:
    count = manager.row(re.compile("Tabel 1"), "Noord-Holland/ Flevoland").get_by_role("cell").nth(1)
    before = int(count.inner_text())
    desk.declare("SEH", "red")

    manager.page.get_by_role("button", name="Vernieuw").click()

    expect(count).to_have_text(str(before + 1))
    expect(manager.row(re.compile("niet voor publicatie"), OOST)).to_contain_text(REGION)
    expect(manager.page.get_by_text("Dit kwartaal loopt nog")).to_be_visible()
    expect(manager.page.get_by_text("betekenen niet vanzelf")).to_be_visible()
    assert manager.page.get_by_role("table", name=re.compile("^Tabel [123]")).count() == 3


def test_quarter_is_picked_and_still_there_after_a_reload(manager: Manager) -> None:
    page = manager.page

    page.get_by_role("button", name="Kwartaal eerder").click()
    page.get_by_role("button", name="Kwartaal eerder").click()
    expect(page.get_by_role("button", name="Kwartaal later")).to_be_enabled()
    chosen = page.get_by_role("combobox", name="Kwartaal").input_value()
    page.reload()

    expect(page.get_by_text(re.compile(rf"^{chosen[-1]}e kwartaal {chosen[:4]} · stand van"))).to_be_visible()
    expect(page.get_by_role("table", name=re.compile(f"Tabel 1.*kwartaal {chosen[-1]} van"))).to_be_visible()
    expect(page.get_by_text("Dit kwartaal loopt nog")).to_have_count(0)
    assert chosen == f"{TODAY.year - (QUARTER < 3)}-Q{(QUARTER + 1) % 4 + 1}"


def test_filters_of_the_indicators_survive_a_reload(manager: Manager) -> None:
    page = manager.page
    manager.see("Indicatoren")

    page.get_by_role("button", name="7 dagen").click()
    page.get_by_role("combobox", name="Regio").select_option(REGION)
    page.get_by_role("combobox", name="Ziekenhuis").select_option(label=OOST)
    expect(page.get_by_text(re.compile(f"tot en met .* · {OOST} · stand van"))).to_be_visible()
    page.reload()

    expect(page.get_by_role("button", name="7 dagen")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("combobox", name="Regio")).to_have_value(REGION)
    expect(page.get_by_role("combobox", name="Ziekenhuis")).to_have_value(OOST_ID)
    expect(page.get_by_text(re.compile(f"tot en met .* · {OOST} · stand van"))).to_be_visible()
    page.get_by_role("button", name="Wis filters").click()
    expect(page.get_by_text(re.compile("Alle regio’s · stand van"))).to_be_visible()


def test_every_indicator_has_its_definition_and_a_stop_its_place_in_the_plot(manager: Manager, desk: Desk) -> None:
    desk.declare("SEH", "red")
    manager.see("Indicatoren")
    cards = manager.page.locator(".indicators > section")
    hours = manager.card("per weekdag en uur")

    expect(hours.get_by_role("img")).to_be_visible()
    assert cards.count() > 1
    assert cards.filter(has_text="Definitie.").count() == cards.count()
    hours.get_by_text("Tabel", exact=True).click()
    cells = hours.get_by_role("table").get_by_role("cell").all_inner_texts()
    drawn = [text for text in hours.get_by_role("img").locator(".cell text").all_text_contents() if text != "·"]
    assert [int(text) for text in drawn] == [int(cell) for cell in cells if cell != "0"]


def test_planned_stop_and_deviation_are_listed(manager: Manager, desk: Desk, crew: Crew) -> None:
    start = datetime.now(UTC) + timedelta(minutes=5)
    plan = {"hospital": OOST_ID, "department": "SEH", "reason": "Onvoldoende behandelcapaciteit"}
    desk.post("/api/v1/plans", {**plan, "from": start.isoformat(), "until": (start + timedelta(hours=3)).isoformat()})
    options = crew.post("/api/v1/advice", {"position": {"lat": 52.3731, "lon": 4.8926}, "abcd": "stable"})
    ride = crew.post("/api/v1/rides", {"advice": options["id"]})
    second = options["options"][1]
    crew.post(f"/api/v1/rides/{ride['id']}/choose", {"hospital": second["hospital"], "reason": WISH})

    manager.see("Lijsten")
    manager.page.get_by_role("button", name="Geplande stops").click()
    expect(manager.page.get_by_role("table", name="Geplande langdurige stops")).to_contain_text(OOST)
    manager.page.get_by_role("button", name="Afwijkingen").click()

    row = manager.page.get_by_role("table").get_by_role("row").filter(has_text=ride["id"][:8])
    expect(row).to_contain_text(WISH)
    expect(row).to_contain_text(str(second["name"]))
    manager.page.reload()
    expect(manager.page.get_by_role("button", name="Afwijkingen")).to_have_attribute("aria-pressed", "true")
    expect(row).to_contain_text(WISH)


def test_what_is_shown_is_downloaded_as_csv(manager: Manager) -> None:
    page = manager.page
    with page.expect_download() as tables:
        page.get_by_role("link", name="CSV: tabel 1–3").click()
    assert REGION in tables.value.path().read_text("utf-8-sig")

    manager.see("Indicatoren")
    with page.expect_download() as hours:
        manager.card("per weekdag en uur").get_by_role("link", name="CSV").click()
    assert "maandag" in hours.value.path().read_text("utf-8-sig")

    manager.see("Lijsten")
    with page.expect_download() as breaches:
        page.get_by_role("link", name="CSV").click()
    assert "Ziekenhuis" in breaches.value.path().read_text("utf-8-sig")


def test_server_that_fails_is_told_and_asked_again(manager: Manager) -> None:
    page = manager.page
    page.route(REPORTS, lambda route: fail(route, 503))
    page.get_by_role("button", name="Vernieuw").click()
    expect(page.get_by_role("alert").filter(has_text="Het journaal is onbereikbaar.")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)

    page.unroute(REPORTS)
    page.get_by_role("button", name="Probeer opnieuw").click()

    expect(page.get_by_role("table", name=re.compile("Tabel 1"))).to_be_visible()
    expect(page.get_by_role("button", name="Probeer opnieuw")).to_have_count(0)


def test_no_answer_at_all_is_told_and_waiting_is_shown(manager: Manager) -> None:
    page = manager.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(REPORTS, hold)
    page.get_by_role("button", name="Vernieuw").click()
    expect(page.get_by_role("status").filter(has_text="Wordt opgehaald…")).to_be_visible()
    expect(manager.answer).to_have_attribute("aria-busy", "true")

    held[0].abort()

    expect(page.get_by_role("alert").filter(has_text="geen verbinding met de server")).to_be_visible()


def test_account_that_may_not_see_it_is_told_so(manager: Manager) -> None:
    manager.page.route(REPORTS, lambda route: fail(route, 403))

    manager.page.get_by_role("button", name="Vernieuw").click()

    expect(manager.page.get_by_text("Uw account geeft hier geen toegang.")).to_be_visible()
    expect(manager.page.get_by_role("button", name="Probeer opnieuw")).to_have_count(0)


def test_who_logs_in_again_goes_on_where_he_was(newcomer: Manager) -> None:
    page = newcomer.page
    newcomer.see("Lijsten")
    page.get_by_role("button", name="Geplande stops").click()
    page.get_by_text("Geplande langdurige stops").wait_for()
    page.context.clear_cookies()
    page.get_by_role("button", name="Vernieuw").click()
    dialog = page.get_by_role("dialog", name="Uw sessie is verlopen")

    dialog.get_by_label("Gebruikersnaam").fill("mma")
    dialog.get_by_label("Wachtwoord").fill(PASSWORD)
    dialog.get_by_role("button", name="Inloggen").click()

    expect(dialog).to_have_count(0)
    expect(page.get_by_role("heading", level=3, name="Geplande langdurige stops")).to_be_visible()


def test_tables_are_opened_and_ordered_by_keyboard(manager: Manager, desk: Desk) -> None:
    desk.declare("SEH", "red")
    page = manager.page
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("view=indicators"))
    summary = manager.card("per weekdag en uur").locator("summary")
    expect(summary).to_be_visible()

    press_until(page, "Tabel")
    page.keyboard.press("Enter")

    expect(manager.card("per weekdag en uur").get_by_role("table")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("table", name=re.compile("niet voor publicatie"))).to_be_visible()
    press_until(page, "Ziekenhuis")
    page.keyboard.press("Enter")
    header = page.get_by_role("columnheader", name="Ziekenhuis")
    expect(header).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")


def press_until(page: Page, words: str) -> None:
    """Go on by tab to what says this, from where one is."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if str(page.evaluate("() => document.activeElement.textContent")).strip() == words:
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def test_whole_page_speaks_english_after_a_reload_too(newcomer: Manager) -> None:
    page = newcomer.page
    page.get_by_text("Menu", exact=True).click()
    page.get_by_label("Taal", exact=True).select_option("en")
    expect(page.get_by_role("heading", level=2, name="Quarterly figures")).to_be_visible()
    page.reload()

    expect(page.get_by_text("This quarter is still running")).to_be_visible()
    newcomer.see("Indicators")
    assert page.get_by_text("Definition.").count() == page.locator(".indicators > section").count()
    newcomer.see("Lists")
    expect(page.get_by_role("group", name="Period")).to_contain_text("Last quarter")
    assert page.title() == "Quality — Uitwijk"


def test_paper_shows_the_figures_and_nothing_to_press(manager: Manager, desk: Desk) -> None:
    desk.declare("SEH", "red")
    page = manager.page
    manager.see("Indicatoren")
    page.get_by_role("button", name="Alle tabellen openen").click()
    page.emulate_media(media="print", color_scheme="dark")

    assert [button for button in page.locator("button, select, input, summary, a").all() if button.is_visible()] == []
    expect(manager.card("per weekdag en uur").get_by_role("img")).to_be_visible()
    expect(manager.card("per weekdag en uur").get_by_role("table")).to_be_visible()
    expect(page.get_by_text(re.compile("tot en met .* · Alle regio’s · stand van"))).to_be_visible()
    assert (
        page.evaluate("() => getComputedStyle(document.querySelector('.quality-card h3')).color") == "rgb(13, 24, 32)"
    )
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000


def test_no_part_has_a_violation_or_sticks_out(manager: Manager, desk: Desk) -> None:
    desk.declare("SEH", "red")
    found: dict[str, Any] = {}
    for part in ("Kwartaalcijfers", "Indicatoren", "Lijsten"):
        manager.see(part)
        if part == "Indicatoren":
            manager.page.get_by_role("button", name="Alle tabellen openen").click()
        found[part] = [sticking_out(manager.page, size) for size in (LARGE, SMALL)], violations(manager.page)

    assert found == dict.fromkeys(found, ([0, 0], []))


def sticking_out(page: Page, size: ViewportSize) -> int:
    """How many px the page is too wide for a screen."""
    page.set_viewport_size(size)
    return max(0, int(page.evaluate("() => document.documentElement.scrollWidth")) - size["width"])
