"""The nurse's tasks on a phone, each without a submit button."""

import re

from playwright.sync_api import WebSocketRoute, expect

from tests.browser.people import OOST, PASSWORD, WEST, Desk, Nurse, OpenPage, at_once_ms

INKED = """
() => {
  const canvas = document.querySelector('.leaflet-towns-pane canvas');
  const pixels = canvas?.width ? canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data : [];
  return pixels.some((value, index) => index % 4 === 3 && value > 0);
}
"""
VEHICLES_MS = 30_000
"""They are told every three seconds; the first ones after a start take their time to find their ways."""


def test_log_in_leads_to_the_ranked_list(open_page: OpenPage) -> None:
    page = open_page("/", None)

    page.get_by_label("Gebruikersnaam").fill("nurse")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()

    Nurse(page).wait_for_list()
    expect(page.get_by_text("Verbonden")).to_be_visible()


def test_wrong_password_is_said_in_plain_words(open_page: OpenPage) -> None:
    page = open_page("/login", None)

    page.get_by_label("Gebruikersnaam").fill("nurse")
    page.get_by_label("Wachtwoord").fill("something else")
    page.get_by_role("button", name="Inloggen").click()

    expect(page.get_by_role("alert")).to_have_text("Naam of wachtwoord klopt niet.")


def test_nearest_hospital_stands_first_with_its_minutes(nurse: Nurse) -> None:
    expect(nurse.ranked.get_by_role("listitem").first).to_contain_text(re.compile(r"\d+ minuten"))


def test_unstable_patient_reorders_the_list_at_once(nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "red")
    expect(nurse.row(OOST)).to_contain_text("Uitwijken")

    nurse.choose("ABCD instabiel")

    expect(nurse.row(OOST)).to_contain_text("Welkom · uitzondering", timeout=at_once_ms())
    expect(nurse.ranked.get_by_role("listitem").first).to_contain_text(OOST, timeout=at_once_ms())


def test_patient_who_needs_no_shockroom_is_judged_without_it(nurse: Nurse) -> None:
    nurse.choose("ABCD instabiel")
    expect(nurse.row(WEST)).to_contain_text("SR", timeout=at_once_ms())

    nurse.page.get_by_role("checkbox", name="Niet voor de shockroom").check()

    expect(nurse.row(WEST)).not_to_contain_text("SR", timeout=at_once_ms())
    expect(nurse.row(WEST)).to_contain_text("SEH")


def test_letters_are_asked_of_an_unstable_patient_alone_and_are_kept(nurse: Nurse) -> None:
    letters = nurse.page.get_by_role("group", name="Wat is bedreigd")
    expect(letters).to_have_count(0)

    nurse.choose("ABCD instabiel")
    letters.get_by_role("checkbox", name="C: circulatie bedreigd").check()
    nurse.page.reload()

    expect(letters.get_by_role("checkbox", name="C: circulatie bedreigd")).to_be_checked()
    expect(letters.get_by_role("checkbox", name="A: luchtweg bedreigd")).not_to_be_checked()


def test_stemi_makes_a_hospital_without_pci_unsuitable(nurse: Nurse) -> None:
    nurse.choose("STEMI")

    expect(nurse.row(WEST)).to_contain_text("Niet geschikt", timeout=at_once_ms())


def test_known_patient_is_welcome_on_orange_in_two_taps(nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "orange")
    expect(nurse.row(OOST)).to_contain_text("Uitwijken")

    nurse.page.get_by_role("button", name="Bekend…").click()
    nurse.page.get_by_role("region", name="Onder behandeling").get_by_role("button", name=OOST).click()

    expect(nurse.row(OOST)).to_contain_text("Welkom", timeout=at_once_ms())
    expect(nurse.page.get_by_role("group", name="Bijzonderheden")).to_contain_text("Zelfde klacht")


def test_clinic_patient_is_asked_for_the_hospital(nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "red")

    nurse.choose("Poli/HAP")
    nurse.page.get_by_role("region", name="In welk ziekenhuis").get_by_role("button", name=OOST).click()

    expect(nurse.row(OOST)).to_contain_text("Welkom · uitzondering", timeout=at_once_ms())


def test_opened_row_tells_every_rule_and_six_departments(nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "red")
    expect(nurse.row(OOST)).to_contain_text("Uitwijken")

    nurse.open(OOST)

    row = nurse.row(OOST)
    expect(row).to_contain_text("RED-1")
    expect(row).to_contain_text("§2.3")
    expect(row.get_by_role("row")).to_have_count(7)
    expect(row.get_by_role("row", name="SEH")).to_contain_text("Rode stop")


def test_accepted_consultation_is_told_in_the_opened_row(nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "red")
    expect(nurse.row(OOST)).to_contain_text("Uitwijken")

    nurse.open(OOST)
    nurse.row(OOST).get_by_role("radio", name="Akkoord").check()

    expect(nurse.row(OOST)).to_contain_text("Welkom · uitzondering", timeout=at_once_ms())


def test_signals_off_takes_longer(nurse: Nurse) -> None:
    far = nurse.ranked.get_by_role("listitem").filter(has_text="Tergooi").first
    before = minutes_of(far.text_content() or "")

    nurse.page.get_by_role("switch", name="Signalen").uncheck()

    expect(far).not_to_contain_text(re.compile(rf"{before} minuten"), timeout=at_once_ms())
    assert minutes_of(far.text_content() or "") > before


def test_refused_position_is_replaced_by_a_typed_one(open_page: OpenPage) -> None:
    nurse = Nurse(open_page("/", "nurse", gps=False))
    expect(nurse.page.get_by_role("heading", name="Positie onbekend")).to_be_visible()

    nurse.page.get_by_role("searchbox").fill("Purmerend")
    nurse.page.get_by_role("button", name=re.compile("Purmerend")).first.click()

    nurse.wait_for_list()
    expect(nurse.page.get_by_role("button", name="Purmerend. Positie wijzigen")).to_be_visible()


def test_position_outside_the_network_says_what_to_do(nurse: Nurse) -> None:
    nurse.page.get_by_role("button", name=re.compile("Positie wijzigen")).click()
    nurse.page.get_by_role("region", name="Waar is de ambulance?").get_by_role("searchbox").fill("50.9000, 3.5000")
    nurse.page.get_by_role("button", name=re.compile("coördinaten$")).click()

    expect(nurse.page.get_by_role("alert").filter(has_text="Geen advies")).to_contain_text("Kies een andere positie")


def test_course_of_the_ambulance_is_told_with_its_position(open_page: OpenPage) -> None:
    page = open_page("/login", "nurse", own=True)
    sent: list[str] = []
    page.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame))))
    device = page.context.new_cdp_session(page)
    place = {"latitude": 52.3731, "longitude": 4.8926, "accuracy": 8}
    device.send("Emulation.setGeolocationOverride", {**place, "heading": 90.4, "speed": 22})
    page.goto("/")
    Nurse(page).wait_for_list()
    device.send("Emulation.setGeolocationOverride", {**place, "longitude": 4.90, "heading": 270, "speed": 22})

    while not any('"position",' in frame and '"heading_deg":270' in frame for frame in sent):
        page.wait_for_timeout(50)
    assert any('"advice:watch"' in frame and '"heading_deg":90,' in frame for frame in sent)


def test_hospital_that_no_road_leads_to_is_named_at_the_end(open_page: OpenPage) -> None:
    page = open_page("/login", "nurse")
    page.route_web_socket(re.compile("socket"), without_a_road_to_texel)
    page.goto("/")
    nurse = Nurse(page)
    nurse.wait_for_list()

    page.get_by_role("button", name=re.compile(r"Toon alles .*1 zonder weg")).click()

    last = page.get_by_role("region", name="Geen weg bekend over dit wegennet")
    expect(last).to_contain_text("texel")
    row = nurse.ranked.get_by_role("listitem").last.bounding_box()
    box = last.bounding_box()
    assert row
    assert box
    assert box["y"] >= row["y"] + row["height"]


def test_tap_on_the_map_sets_the_position_after_a_question(nurse: Nurse) -> None:
    nurse.show("Kaart")
    expect(nurse.page.locator(".leaflet-container")).to_be_visible()
    nurse.page.mouse.click(60, 640)
    nurse.page.get_by_role("button", name="Positie hier").click()

    expect(nurse.page.get_by_role("button", name="Terug naar GPS")).to_be_visible()
    nurse.page.get_by_role("button", name="Terug naar GPS").click()
    expect(nurse.page.get_by_role("button", name=re.compile("GPS ±8 m"))).to_be_visible()


def test_invented_ambulances_are_marked_as_a_demonstration(nurse: Nurse) -> None:
    nurse.show("Kaart")

    region = nurse.page.get_by_role("region", name="Kaart")
    expect(region.get_by_text("demonstratie", exact=True)).to_be_visible(timeout=VEHICLES_MS)
    expect(nurse.page.locator(".leaflet-vehicles-pane .vehicle-face").first).to_be_visible()


def test_towns_are_named_on_the_map(nurse: Nurse) -> None:
    nurse.show("Kaart")

    nurse.page.wait_for_function(INKED)


def test_new_patient_wipes_the_facts_and_can_be_undone(nurse: Nurse) -> None:
    nurse.choose("CVA")
    nurse.page.get_by_role("button", name="Nieuwe patiënt").click()
    expect(nurse.page.get_by_role("radio", name="Algemeen")).to_be_checked()

    nurse.page.get_by_role("button", name="Ongedaan maken").click()

    expect(nurse.page.get_by_role("radio", name="CVA")).to_be_checked()


def test_reload_keeps_the_facts_of_the_patient(nurse: Nurse) -> None:
    nurse.choose("STEMI")

    nurse.page.reload()

    nurse.wait_for_list()
    expect(nurse.page.get_by_role("radio", name="STEMI")).to_be_checked()


def test_english_is_one_switch_away(open_page: OpenPage) -> None:
    nurse = Nurse(open_page("/", "nurse", own=True))
    nurse.wait_for_list()
    nurse.page.get_by_role("button", name="Menu").click()
    nurse.page.get_by_role("radio", name="English").check()
    nurse.page.get_by_role("button", name="Menu").click()

    expect(nurse.page.get_by_role("radio", name="ABCD unstable")).to_be_visible()
    expect(nurse.page.get_by_role("list", name="Hospitals in order")).to_contain_text("Welcome")


def test_everything_is_reached_by_keyboard(nurse: Nurse) -> None:
    page = nurse.page
    page.get_by_role("radio", name="ABCD stabiel").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="ABCD instabiel")).to_be_checked()

    page.keyboard.press("Tab")
    expect(page.get_by_role("switch", name="Signalen")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="A: luchtweg bedreigd")).to_be_checked()
    for _ in ("B", "C", "D", "shockroom"):
        page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="Niet voor de shockroom")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="STEMI")).to_be_checked()

    first = nurse.ranked.get_by_role("listitem").first.get_by_role("button").first
    presses = 0
    while not first.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
        presses += 1
        assert presses < 12, "the list is too far away"
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-expanded", "true")


def without_a_road_to_texel(line: WebSocketRoute) -> None:
    """Let the server's answers name a hospital to which there is no road."""
    server = line.connect_to_server()
    server.on_message(lambda text: line.send(str(text).replace('"unreachable":[]', '"unreachable":["texel"]')))


def minutes_of(text: str) -> int:
    """The minutes that a row tells a screen reader."""
    match = re.search(r"(\d+) minuten", text)
    assert match, text
    return int(match[1])
