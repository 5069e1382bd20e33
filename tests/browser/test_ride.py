"""A ride from the choice to the handing over, and what breaks through on the way."""

import re
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.people import OOST, OOST_ID, WEST, Crew, Desk, Line, OpenPage, Rider, at_once_ms
from tests.web.server import Server

HELD_MS = 15_000
"""What can be taken back is held for six seconds."""
FEEL = """
() => {
  window.felt = [];
  Object.defineProperty(navigator, 'vibrate', {value: (pattern) => { window.felt.push(pattern); return true; }});
  const start = OscillatorNode.prototype.start;
  window.heard = 0;
  OscillatorNode.prototype.start = function (...when) { window.heard += 1; return start.apply(this, when); };
}
"""


def test_ride_goes_from_the_choice_to_the_handing_over_with_one_tap_a_step(rider: Rider, dispatch: Line) -> None:
    rider.pick(OOST)
    expect(rider.ride).to_contain_text("Nog niet aangemeld")
    rider.press("Meld aan")
    expect(rider.ride).to_contain_text(re.compile(r"Aangemeld \d\d:\d\d"))
    identity = rider.id
    rider.press("Vertrek met patiënt")
    expect(rider.ride).to_contain_text(re.compile(r"Bij vertrek gecontroleerd: Welkom"))
    rider.press("Aangekomen", "Overgedragen")
    expect(rider.ride).to_contain_text(re.compile(r"Overgedragen \d\d:\d\d"))

    expect(rider.ride.get_by_role("button", name="Ongedaan maken")).to_have_count(0, timeout=HELD_MS)
    rider.press("Nieuwe patiënt")

    expect(rider.ride.get_by_role("region")).to_have_count(0)
    expect(rider.page.get_by_role("radio", name="ABCD stabiel")).not_to_be_checked()
    told = dispatch.get(f"/api/v1/rides/{identity}")
    assert (told["step"], told["hospital"], told["rank"]) == ("handed_over", OOST_ID, 1)


def test_reason_of_one_tap_is_asked_of_who_passes_the_first(rider: Rider, dispatch: Line) -> None:
    rider.pick(WEST, "Wens van de patiënt")

    identity = rider.id
    settled(rider.page, dispatch, identity, "chosen")
    assert dispatch.get(f"/api/v1/rides/{identity}")["reason"] == "Wens van de patiënt"
    expect(rider.row(WEST)).to_contain_text("Gekozen")


def test_choice_is_undone_without_a_trace_at_the_hospital(rider: Rider, dispatch: Line) -> None:
    rider.pick(OOST)
    identity = rider.id

    rider.press("Ongedaan maken")

    expect(rider.ride.get_by_role("region")).to_have_count(0)
    expect(rider.row(OOST)).not_to_contain_text("Gekozen")
    settled(rider.page, dispatch, identity, "cancelled")
    assert dispatch.get(f"/api/v1/rides/{identity}")["announced_at"] is None


def test_arrival_is_taken_back_before_anybody_was_told(rider: Rider, dispatch: Line) -> None:
    rider.pick(OOST)
    rider.press("Meld aan", "Vertrek met patiënt", "Aangekomen")
    expect(rider.ride).to_contain_text(re.compile(r"Aangekomen \d\d:\d\d"))

    rider.press("Ongedaan maken")

    expect(rider.ride.get_by_role("button", name="Aangekomen")).to_be_visible()
    settled(rider.page, dispatch, rider.id, "departed")


def test_answer_of_the_server_closes_nothing_under_a_finger(rider: Rider) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    rider.page.route("**/api/v1/rides", hold)
    rider.pick(OOST)
    rider.press("Meld aan", "Vertrek met patiënt", "Meer over de rit", "Geweigerd aan de deur")
    with rider.page.expect_response("**/depart"):
        held[0].continue_()
    rider.page.wait_for_timeout(300)

    rider.press("Geen plaats")

    expect(rider.ride).to_contain_text("Geweigerd")


def test_refusal_at_the_door_leads_to_another_choice(rider: Rider, dispatch: Line) -> None:
    rider.pick(OOST)
    rider.press("Meld aan", "Vertrek met patiënt", "Meer over de rit", "Geweigerd aan de deur", "Geen plaats")
    expect(rider.ride).to_contain_text("Kies een ander ziekenhuis")

    rider.pick(WEST, "Eigen oordeel")
    rider.press("Meld aan")

    expect(rider.ride.get_by_role("button", name="Vertrek met patiënt")).to_be_visible()
    identity = rider.id
    settled(rider.page, dispatch, identity, "announced", "olvg-west")
    told = dispatch.get(f"/api/v1/rides/{identity}")
    assert [refusal["reason"] for refusal in told["refused"]] == ["Geen plaats"]


def test_cancelled_ride_says_why(rider: Rider, dispatch: Line) -> None:
    rider.pick(OOST)
    identity = rider.id

    rider.press("Meer over de rit", "Annuleer rit", "Patiënt blijft thuis")
    expect(rider.ride).to_contain_text("Rit geannuleerd")
    rider.press("Nieuwe patiënt")

    settled(rider.page, dispatch, identity, "cancelled")


def test_accepted_proposal_of_the_dispatch_centre_is_the_destination(rider: Rider, dispatch: Line) -> None:
    rider.pick(OOST)
    identity = rider.id

    dispatch.post(f"/api/v1/rides/{identity}/proposal", {"hospital": "olvg-west"})
    card = rider.page.get_by_role("alert", name="Voorstel van de meldkamer")
    expect(card).to_contain_text(re.compile(rf"{WEST}, \d+ min: "), timeout=at_once_ms())
    card.get_by_role("button", name="Ga mee").click()

    expect(rider.ride.get_by_role("region", name=f"Bestemming {WEST}")).to_be_visible()
    settled(rider.page, dispatch, identity, "chosen")


def test_consultation_told_in_the_row_belongs_to_the_ride(rider: Rider, dispatch: Line) -> None:
    rider.pick(OOST)
    identity = rider.id

    rider.open(WEST)
    with rider.page.expect_response(re.compile(r"/consult$")) as answered:
        rider.row(WEST).get_by_role("radio", name="Geweigerd").check()

    assert answered.value.ok
    assert dispatch.get(f"/api/v1/rides/{identity}")["consults"] == {"olvg-west": "refused"}


def test_stop_at_the_destination_breaks_through_and_tells_what_the_alternative_costs(rider: Rider, desk: Desk) -> None:
    rider.page.evaluate(FEEL)
    rider.pick(OOST)

    desk.declare("SEH", "red")

    broken = rider.page.get_by_role("region", name="Wijziging bij uw bestemming")
    expect(broken).to_contain_text("U bent er niet meer welkom.", timeout=at_once_ms())
    expect(broken).to_contain_text("SEH: Rode stop")
    expect(broken).to_contain_text(re.compile(r"Anders: .+, \d+ min \((\d+ min (langer|korter)|even lang)\)"))
    felt: Any = rider.page.evaluate("() => [window.felt.length, window.heard]")
    assert felt[0] >= 1
    assert felt[1] >= 1
    broken.get_by_role("button", name="Gezien").click()
    expect(broken).to_have_count(0)
    assert rider.names()[0] == OOST or "Gekozen" in (rider.row(OOST).text_content() or "")


def test_announced_patient_under_way_stays_welcome_and_hears_so(rider: Rider, desk: Desk) -> None:
    rider.pick(OOST)
    rider.press("Meld aan", "Vertrek met patiënt")
    expect(rider.ride).to_contain_text("Bij vertrek gecontroleerd")

    desk.declare("SEH", "red")

    broken = rider.page.get_by_role("region", name="Wijziging bij uw bestemming")
    expect(broken).to_contain_text("U bent er nog welkom.", timeout=at_once_ms())


def test_ride_is_found_again_after_a_reload(rider: Rider) -> None:
    rider.pick(OOST)
    rider.press("Meld aan")
    assert rider.id

    rider.page.reload()

    expect(rider.ride.get_by_role("button", name="Vertrek met patiënt")).to_be_visible()


def test_steps_pressed_without_a_server_wait_in_sight_and_are_sent_once(
    server: Server, open_page: OpenPage, crew: Crew
) -> None:
    rider = Rider(open_page("/", "nurse", own=True))
    rider.wait_for_list()
    rider.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    mine = {ride["id"] for ride in crew.get("/api/v1/rides")}
    server.kill()
    try:
        rider.pick(OOST)
        rider.press("Meld aan")
        expect(rider.ride).to_contain_text("3 stappen wachten op verbinding")
        rider.page.reload()
        expect(rider.ride.get_by_role("button", name="Vertrek met patiënt")).to_be_visible()
    finally:
        server.start()

    expect(rider.ride).to_contain_text(re.compile(r"Aangemeld \d\d:\d\d"))
    expect(rider.ride).not_to_contain_text("wacht")
    assert [ride["step"] for ride in crew.get("/api/v1/rides") if ride["id"] not in mine] == ["announced"]


def settled(page: Page, dispatch: Line, ride: str, step: str, hospital: str = "") -> None:
    """Wait until the server knows of a step, and of the hospital where one is named."""
    for _ in range(HELD_MS // 200):
        told = dispatch.get(f"/api/v1/rides/{ride}")
        if told["step"] == step and hospital in ("", told["hospital"]):
            return
        page.wait_for_timeout(200)
    assert told["step"] == step, told
    assert hospital in ("", told["hospital"])
