"""The dispatch centre beside a crew: what it sees, hears and proposes, and what it finds afterwards."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, WebSocketRoute, expect

from tests.browser.axe import violations
from tests.browser.people import OOST, REASON, WEST, Desk, Line, OpenPage, Rider, at_once_ms
from tests.browser.test_ride import settled

BOARD: ViewportSize = {"width": 1280, "height": 800}
AMSTERDAM = "MKA Amsterdam"
ROOM_MS = 4.0
"""What the dispatch centre is told is gathered for a second; twice that is soon enough."""
SILENCE_MS = 30_000
PRESS_MS = 400
"""How long a finger may stay on a button."""
SET_BACK = "() => { const before = Date.now; Date.now = () => before() - 10_000; }"
HEAR = """
() => {
  window.heard = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { window.heard += 1; return start.apply(this, when); };
}
"""


def soon_ms() -> float:
    """How long a change of a ride may take to be seen."""
    return ROOM_MS * at_once_ms()


class Dispatcher:
    """A dispatcher with the board before him."""

    def __init__(self, page: Page) -> None:
        self.page = page
        expect(self.matrix.get_by_role("row").nth(1)).to_be_visible()
        self.look_at(AMSTERDAM)

    @property
    def matrix(self) -> Locator:
        return self.page.get_by_role("grid", name="Stand")

    @property
    def ride(self) -> Locator:
        return self.page.get_by_role("list", name="Ritten").get_by_role("listitem", name="nurse")

    def look_at(self, mka: str) -> None:
        self.page.get_by_label("Regio", exact=True).select_option(mka)
        expect(self.row(OOST)).to_be_visible()

    def row(self, hospital: str) -> Locator:
        return self.matrix.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=hospital))

    def alarm(self, text: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("list", name="Alarmen").get_by_role("listitem").filter(has_text=text)

    def go_to(self, part: str) -> None:
        self.page.get_by_role("navigation").get_by_role("button", name=part).click()


@pytest.fixture
def dispatcher(open_page: OpenPage) -> Dispatcher:
    """A dispatcher in a browser that nobody used before."""
    return Dispatcher(open_page("/dispatch", "dispatcher", own=True, size=BOARD))


@pytest.fixture
def driving(rider: Rider, dispatch: Line) -> Rider:
    """A crew on its way to OLVG Oost, not announced yet."""
    rider.pick(OOST)
    settled(rider.page, dispatch, rider.id, "chosen")
    return rider


def test_dispatcher_lands_on_the_board(open_page: OpenPage) -> None:
    page = open_page("/", "dispatcher", size=BOARD)

    expect(page).to_have_url(re.compile("/dispatch$"))


def test_red_stop_under_way_leads_to_proposals_that_the_crew_answers(
    dispatcher: Dispatcher, driving: Rider, desk: Desk
) -> None:
    expect(dispatcher.ride).to_contain_text(OOST, timeout=soon_ms())
    expect(dispatcher.ride.get_by_text("Welkom").first).to_be_visible()

    desk.declare("SEH", "red")

    expect(dispatcher.row(OOST)).to_contain_text("Rode stop", timeout=at_once_ms())
    expect(dispatcher.row(OOST)).to_contain_text(re.compile(r"nog 4\d min"))
    expect(dispatcher.page.get_by_text(re.compile(r"SEH: \d van \d+ rood, \d oranje — nog \d+ open"))).to_be_visible()
    expect(dispatcher.ride).to_contain_text("Uitwijken", timeout=soon_ms())
    expect(dispatcher.ride).to_contain_text("SEH Open → Rode stop")
    expect(dispatcher.alarm(f"{OOST} ontvangt deze patiënt niet meer")).to_be_visible()

    dispatcher.ride.get_by_role("button", name="Stel voor…").click()
    options = dispatcher.ride.get_by_role("group", name="Bestemming voorstellen")
    another = options.get_by_role("listitem").nth(1)
    name = another.locator(".option-name").inner_text()
    another.get_by_role("button").click()
    card = driving.page.get_by_role("alert", name="Voorstel van de meldkamer")
    card.get_by_role("button", name="Houd mijn keuze").click(timeout=soon_ms())
    expect(dispatcher.ride).to_contain_text(f"{name} afgewezen", timeout=soon_ms())

    dispatcher.ride.get_by_role("button", name=re.compile(r"^Stel .+ voor \(\d+ min\)")).click()
    card.get_by_role("button", name="Ga mee").click(timeout=soon_ms())
    expect(dispatcher.ride).to_contain_text("geaccepteerd", timeout=soon_ms())
    expect(dispatcher.alarm("ontvangt deze patiënt niet meer")).to_have_count(0, timeout=soon_ms())


def test_alarm_sounds_is_taken_by_keyboard_and_is_still_there_after_a_reload(
    dispatcher: Dispatcher, driving: Rider, desk: Desk
) -> None:
    page = dispatcher.page
    page.evaluate(HEAR)
    page.get_by_role("heading", name="Alarmen").click()
    desk.declare("SEH", "red")
    closed = dispatcher.alarm("ontvangt deze patiënt niet meer")
    expect(closed).to_be_visible(timeout=soon_ms())
    page.wait_for_function("() => window.heard > 0")

    page.keyboard.press("a")
    page.keyboard.press("Tab")
    while "Neem over: nurse" not in str(page.evaluate("() => document.activeElement.textContent")):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(closed).to_contain_text(re.compile(r"dispatcher, \d\d:\d\d"), timeout=soon_ms())
    page.reload()
    expect(closed).to_contain_text(re.compile(r"dispatcher, \d\d:\d\d"), timeout=soon_ms())
    expect(closed.get_by_role("button", name="Neem over")).to_have_count(0)


def test_matrix_is_walked_by_keyboard_and_its_filters_survive_a_reload(dispatcher: Dispatcher, desk: Desk) -> None:
    desk.declare("SEH", "red")
    page = dispatcher.page
    page.get_by_role("button", name="Alleen met stop").click()
    expect(dispatcher.matrix.get_by_role("columnheader", name=re.compile("PCI"))).to_have_count(1)
    page.get_by_role("button", name="PCI, Dotterkamer").click()
    expect(dispatcher.row(OOST)).to_contain_text("Rode stop")

    page.reload()

    expect(page.get_by_label("Regio", exact=True)).to_have_value(AMSTERDAM)
    expect(page.get_by_role("button", name="Alleen met stop")).to_have_attribute("aria-pressed", "true")
    expect(dispatcher.matrix.get_by_role("columnheader", name=re.compile("PCI"))).to_have_count(0)
    expect(dispatcher.row(OOST)).to_be_visible()
    page.keyboard.press("s")
    while OOST not in page.get_by_role("status").filter(has_text="SEH").first.inner_text():
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status").filter(has_text=f"{OOST}, SEH")).to_contain_text(f"reden: {REASON}")


def test_first_press_on_a_page_that_was_silent_is_not_lost(dispatcher: Dispatcher, driving: Rider, desk: Desk) -> None:
    mouse = dispatcher.page.mouse
    desk.declare("SEH", "red")
    closed = dispatcher.alarm("ontvangt deze patiënt niet meer")
    expect(closed).to_be_visible(timeout=soon_ms())
    silent = dispatcher.page.get_by_text("De browser laat nog geen geluid toe")
    expect(silent).to_be_visible()
    box = closed.get_by_role("button", name="Neem over").bounding_box()
    assert box is not None

    mouse.move(box["x"] + box["width"] / 2, box["y"] + 3)
    mouse.down()
    dispatcher.page.wait_for_timeout(PRESS_MS)
    mouse.up()

    expect(closed).to_contain_text(re.compile(r"dispatcher, \d\d:\d\d"), timeout=soon_ms())
    expect(silent).to_have_count(0)


def test_deviation_is_reviewed_with_the_advice_as_the_crew_saw_it(
    dispatcher: Dispatcher, rider: Rider, dispatch: Line
) -> None:
    rider.pick(WEST, "Wens van de patiënt")
    settled(rider.page, dispatch, rider.id, "chosen")
    page = dispatcher.page
    expect(dispatcher.ride).to_contain_text("stond op", timeout=soon_ms())

    page.keyboard.press("3")
    page.get_by_role("list", name="Beoordelen").get_by_role("button").first.click()
    expect(page.get_by_role("table")).to_contain_text(OOST)
    expect(page.get_by_text("reden: Wens van de patiënt")).to_be_visible()
    page.get_by_label("Opmerking").fill("logisch")
    page.get_by_role("button", name="akkoord").click()

    page.get_by_label("Stand van de beoordeling").select_option("agree")
    expect(page.get_by_text(re.compile("dispatcher, .*: logisch"))).to_have_count(0)
    page.get_by_role("list", name="Beoordelen").get_by_role("button").first.click()
    expect(page.get_by_text(re.compile("dispatcher, .*: logisch"))).to_be_visible()
    with page.expect_download() as table:
        page.get_by_role("link", name="Download CSV").click()
    assert "logisch" in table.value.path().read_text("utf-8")


def test_past_is_looked_at_and_an_old_advice_beside_the_rules_of_now(dispatcher: Dispatcher, driving: Rider) -> None:
    page = dispatcher.page
    expect(dispatcher.ride).to_be_visible(timeout=soon_ms())
    page.keyboard.press("4")
    expect(page.get_by_role("list", name="Ritten").get_by_role("listitem")).to_have_count(0)

    page.get_by_role("button", name="1 u later").click()
    page.get_by_role("button", name="Toon advies nurse").click()

    expect(page.get_by_text("Opnieuw uitgerekend: gelijk, tot op de letter.")).to_be_visible()
    expect(page.get_by_text("De regels van nu geven hetzelfde oordeel.")).to_be_visible()
    expect(page.get_by_role("table").filter(has_text=OOST)).to_have_count(2)


def test_past_that_is_now_is_so_by_the_servers_clock(dispatcher: Dispatcher, driving: Rider) -> None:
    page = dispatcher.page
    expect(dispatcher.ride).to_be_visible(timeout=soon_ms())
    page.evaluate(SET_BACK)
    page.keyboard.press("4")

    page.get_by_role("button", name="1 u later").click()

    expect(page.get_by_role("button", name="Toon advies nurse")).to_be_visible()


def test_map_shows_the_ride_with_its_way_and_what_is_within_reach(dispatcher: Dispatcher, driving: Rider) -> None:
    page = dispatcher.page
    expect(dispatcher.ride).to_be_visible(timeout=soon_ms())
    dispatcher.go_to("Kaart")
    expect(page.get_by_title(f"{OOST}: Open")).to_be_attached()
    with page.expect_response("**/api/v1/network/route?*") as way:
        page.get_by_role("list", name="Ritten").get_by_role("button", name="nurse").click()
    with page.expect_response("**/api/v1/network/reach?minutes=45&hospital=olvg-oost") as reach:
        page.get_by_label("Bereik binnen 45 minuten").select_option(label=OOST)

    assert (way.value.ok, reach.value.ok) == (True, True)
    expect(page.get_by_title("nurse", exact=True)).to_be_attached()


def test_no_part_has_a_violation(dispatcher: Dispatcher, driving: Rider, desk: Desk) -> None:
    desk.declare("SEH", "red")
    page = dispatcher.page
    expect(dispatcher.alarm("ontvangt deze patiënt niet meer")).to_be_visible(timeout=soon_ms())
    dispatcher.ride.get_by_role("button", name="Stel voor…").click()
    expect(dispatcher.ride.get_by_role("group").get_by_role("listitem").first).to_be_visible()
    found = {"Overzicht": violations(page)}
    for part in ("Kaart", "Beoordelen", "Terugkijken"):
        dispatcher.go_to(part)
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
        found[part] = violations(page)

    assert found == {"Overzicht": [], "Kaart": [], "Beoordelen": [], "Terugkijken": []}


def test_silent_line_is_told_loudly_and_what_was_known_stays(open_page: OpenPage) -> None:
    page = open_page("/login", "dispatcher", own=True, size=BOARD)
    lines: list[WebSocketRoute] = []

    def through_or_not(line: WebSocketRoute) -> None:
        if lines:
            line.close()
        else:
            line.connect_to_server()
        lines.append(line)

    page.route_web_socket(re.compile("/socket.io/"), through_or_not)
    page.goto("/dispatch")
    dispatcher = Dispatcher(page)
    expect(dispatcher.row(OOST)).to_contain_text("Open")

    lines[0].close()

    lost = page.get_by_role("alert").filter(has_text="Geen verbinding")
    expect(lost).to_contain_text(re.compile(r"stand van \d\d:\d\d"), timeout=SILENCE_MS)
    expect(dispatcher.row(OOST)).to_be_visible()
