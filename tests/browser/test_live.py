"""What reaches the nurse without a reload, and what happens when nothing reaches her."""

import re

from playwright.sync_api import WebSocketRoute, expect

from tests.browser.people import OOST, PASSWORD, REASON, Desk, Hospital, Nurse, OpenPage, at_once_ms
from tests.web.server import Server

SILENCE_MS = 30_000
"""Ten seconds after the last beat; more where the machine is busy."""


def test_red_stop_reaches_the_nurse_within_a_second_and_leaves_again(nurse: Nurse, hospital: Hospital) -> None:
    expect(nurse.row(OOST)).to_contain_text("Welkom")

    hospital.declare("SEH", "Rode stop")

    expect(nurse.row(OOST)).to_contain_text("Uitwijken", timeout=at_once_ms())
    expect(nurse.row(OOST)).to_contain_text(re.compile(r"SEH .*rood|rode stop", re.IGNORECASE))
    assert nurse.names()[0] != OOST

    hospital.end("SEH")

    expect(nurse.row(OOST)).to_contain_text("Welkom", timeout=at_once_ms())
    assert nurse.names()[0] == OOST


def test_list_waits_while_a_row_is_open(nurse: Nurse, desk: Desk) -> None:
    nurse.open(OOST)

    desk.declare("SEH", "red")

    expect(nurse.row(OOST)).to_contain_text("Uitwijken", timeout=at_once_ms())
    assert nurse.names()[0] == OOST
    nurse.page.get_by_role("button", name=re.compile("Nieuwe volgorde")).click()
    assert nurse.names()[0] != OOST


def test_change_that_was_lost_on_the_way_is_asked_for_again(open_page: OpenPage, desk: Desk) -> None:
    page = open_page("/login", "nurse")
    lost: list[str] = []
    page.route_web_socket(re.compile("/socket.io/"), lambda line: lose_first_change(line, lost))
    page.goto("/")
    nurse = Nurse(page)
    nurse.wait_for_list()

    desk.declare("SEH", "red")
    while not lost:
        page.wait_for_timeout(50)
    desk.declare("SR", "red")

    expect(nurse.row(OOST)).to_contain_text("Eerst bellen", timeout=at_once_ms())


def lose_first_change(line: WebSocketRoute, lost: list[str]) -> None:
    """Let a page hear everything but the first change of its advice."""
    server = line.connect_to_server()

    def pass_on(message: str | bytes) -> None:
        if not lost and str(message).startswith('42["advice:delta"'):
            lost.append(str(message))
        else:
            line.send(message)

    server.on_message(pass_on)


def test_expired_session_keeps_the_facts(open_page: OpenPage) -> None:
    page = open_page("/login", None)
    page.get_by_label("Gebruikersnaam").fill("nurse")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    nurse = Nurse(page)
    nurse.wait_for_list()
    nurse.choose("STEMI")

    csrf = page.request.get("/api/v1/me").json()["csrf"]
    page.request.delete("/api/v1/session", headers={"X-CSRF-Token": csrf})

    dialog = page.get_by_role("dialog", name="Uw sessie is verlopen")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Gebruikersnaam").fill("nurse")
    dialog.get_by_label("Wachtwoord").fill(PASSWORD)
    dialog.get_by_role("button", name="Inloggen").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Verbonden")).to_be_visible()
    expect(page.get_by_role("radio", name="STEMI")).to_be_checked()


def test_problem_of_a_declaration_stands_at_its_field(hospital: Hospital) -> None:
    page = hospital.page
    page.get_by_role("button", name="SR afkondigen").click()
    form = page.get_by_role("form", name="SR afkondigen")
    form.get_by_label("Reden").select_option(REASON)
    form.get_by_label("Verwacht einde").fill("2020-01-01T12:00")

    form.get_by_role("button", name="Kondig af").click()

    expect(form.get_by_label("Verwacht einde")).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_role("alert").filter(has_text=re.compile(r"\w"))).to_have_count(1)


def test_stop_is_extended_on_the_screen(hospital: Hospital) -> None:
    hospital.declare("SR", "Rode stop")
    page = hospital.page
    page.get_by_role("button", name="Stop SR verlengen").click()

    page.get_by_role("button", name="Verleng tot dit tijdstip").click()

    expect(page.get_by_text(re.compile("SR: verlengd tot"))).to_be_visible()


def test_ending_asks_once_more(hospital: Hospital) -> None:
    hospital.declare("SR", "Rode stop")
    page = hospital.page

    page.get_by_role("button", name="Stop SR beëindigen").click()
    page.get_by_role("button", name="Nee, laat staan").click()

    expect(page.get_by_role("button", name="Stop SR beëindigen")).to_be_visible()


def test_killed_server_is_told_loudly_and_recovers_without_a_tap(server: Server, nurse: Nurse, desk: Desk) -> None:
    desk.declare("SEH", "red")
    expect(nurse.row(OOST)).to_contain_text("Uitwijken")

    server.kill()
    try:
        expect(nurse.page.get_by_role("alert").filter(has_text="Geen verbinding")).to_contain_text(
            re.compile(r"stand van \d\d:\d\d"), timeout=SILENCE_MS
        )
        expect(nurse.row(OOST)).to_contain_text("Uitwijken")
    finally:
        server.start()

    expect(nurse.page.get_by_text("Verbonden")).to_be_visible()
    expect(nurse.page.get_by_text(re.compile("Geen verbinding"))).to_have_count(0)
    nurse.choose("ABCD instabiel")
    expect(nurse.row(OOST)).to_contain_text("Welkom · uitzondering", timeout=2 * at_once_ms())


def test_page_starts_without_a_network(open_page: OpenPage) -> None:
    page = open_page("/", "nurse", own=True)
    Nurse(page).wait_for_list()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")

    page.context.set_offline(True)
    page.reload()

    expect(page.get_by_role("radio", name="ABCD instabiel")).to_be_visible()
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname)))).flat()"
    )
    assert kept
    assert not [path for path in kept if not path.startswith("/static/")]
