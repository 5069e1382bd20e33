"""Whole stories: a crew, the dispatch centre and a hospital, each in a browser, and what one does to the others."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Geolocation, Page, expect

from advisor.__main__ import main
from tests.browser.doors import DAM, Doors
from tests.browser.people import (
    DESKTOP,
    FIRST_ANSWER_MS,
    OOST,
    PHONE,
    REASON,
    Crew,
    Hospital,
    Line,
    Nurse,
    OpenPage,
    Rider,
    at_once_ms,
)
from tests.browser.test_dispatch import BOARD, Dispatcher, soon_ms
from tests.browser.test_ride import HELD_MS
from tests.web.server import Server
from tests.web.staffed import Staff, hire, staffed_server

HOORN: Geolocation = {"latitude": 52.6424, "longitude": 5.0597, "accuracy": 8}
"""More than twenty minutes from OLVG Oost."""
AMC, AMC_ID = "Amsterdam UMC, locatie AMC", "amsterdam-umc-amc"
SOON_STALE = timedelta(minutes=14, seconds=48)
"""A status older than a quarter of an hour is unknown; what is left must do to be seen on a busy machine."""
STALE_MS = 60_000


class Source:
    """A source that gives whole snapshots: every department of every hospital is open."""

    def __init__(self, server: Server, key: str, reader: str) -> None:
        self._address, self._key = f"{server.address}/api/v1/feeds/stops", key
        self._hospitals = [
            (each["id"], [name for name, shown in each["departments"].items() if shown["status"] != "absent"])
            for each in server.call("GET", "/board", reader).json()["hospitals"]
        ]

    def speak(self, age: timedelta = timedelta()) -> None:
        """Tell how everything stands, or stood so long ago."""
        moment = (datetime.now(UTC) - age).isoformat()
        statuses = [
            {"hospital": name, "said_at": moment, "departments": {each: {"status": "green"} for each in departments}}
            for name, departments in self._hospitals
        ]
        body = {"whole": True, "as_of": moment, "statuses": statuses}
        answer = requests.post(self._address, json=body, headers={"X-API-Key": self._key}, timeout=10)
        assert answer.ok, answer.text


@pytest.fixture
def dispatcher(open_page: OpenPage) -> Dispatcher:
    """A dispatcher in a browser that nobody used before."""
    return Dispatcher(open_page("/dispatch", "dispatcher", own=True, size=BOARD))


@pytest.fixture
def other(doors: Doors) -> Iterator[None]:
    """The other hospital of the region with a PCI room has stopped; the region has two, at any hour of the day."""
    admin = Line(doors.find("admin", gps=True).request)
    until = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
    stop = {"hospital": AMC_ID, "department": "PCI", "status": "red", "reason": REASON, "until": until}
    running = admin.post("/api/v1/stops", {**stop, "peers_called": True})["id"]
    yield
    admin.post(f"/api/v1/stops/{running}/end", {})


def coming(hospital: Hospital) -> Any:
    """The ambulances under way to a hospital, on its own screen."""
    return hospital.page.get_by_role("list", name="Onderweg hierheen").get_by_role("listitem")


def breaking(rider: Rider) -> Any:
    """What breaks through on the crew's screen."""
    return rider.page.get_by_role("region", name="Wijziging bij uw bestemming")


def test_red_stop_within_twenty_minutes_of_arrival_leaves_the_patient_welcome(
    rider: Rider, dispatcher: Dispatcher, hospital: Hospital
) -> None:
    rider.pick(OOST)
    rider.press("Meld aan", "Vertrek met patiënt")
    expect(rider.ride).to_contain_text("Bij vertrek gecontroleerd: Welkom")
    expect(dispatcher.ride).to_contain_text("onderweg met patiënt", timeout=soon_ms())
    expect(coming(hospital).filter(has_text="vertrokken")).to_have_count(1, timeout=soon_ms())

    hospital.declare("SEH", "Rode stop")

    expect(breaking(rider)).to_contain_text("U bent er nog welkom.", timeout=at_once_ms())
    expect(dispatcher.row(OOST)).to_contain_text("Rode stop", timeout=at_once_ms())
    expect(dispatcher.ride).to_contain_text("SEH Open → Rode stop", timeout=soon_ms())
    expect(dispatcher.ride).to_contain_text("Welkom · uitzondering")
    expect(dispatcher.alarm("ontvangt deze patiënt niet meer")).to_have_count(0)
    breaking(rider).get_by_role("button", name="Gezien").click()
    expect(breaking(rider)).to_have_count(0)


def test_red_stop_farther_than_twenty_minutes_from_arrival_asks_for_a_call(
    open_page: OpenPage, crew: Crew, dispatcher: Dispatcher, hospital: Hospital
) -> None:
    rider = Rider(open_page("/", "nurse", own=True))
    rider.page.context.set_geolocation(HOORN)
    expect(rider.ranked.get_by_role("listitem").first).to_contain_text("Hoorn", timeout=FIRST_ANSWER_MS)
    rider.choose("ABCD stabiel")
    rider.page.get_by_role("button", name="Toon alles").click()
    rider.pick(OOST)
    rider.press("Meld aan", "Vertrek met patiënt")
    expect(rider.ride).to_contain_text("Bij vertrek gecontroleerd: Welkom")
    expect(coming(hospital).filter(has_text="vertrokken")).to_have_count(1, timeout=soon_ms())
    called_off = coming(hospital).filter(has_text="Komt niet meer")
    earlier = called_off.count()

    hospital.declare("SEH", "Rode stop")

    expect(breaking(rider)).to_contain_text("bel eerst", ignore_case=True, timeout=at_once_ms())
    expect(breaking(rider)).to_contain_text(re.compile(r"Anders: .+, \d+ min \(\d+ min korter\)"))
    expect(dispatcher.ride).to_contain_text("Eerst bellen", timeout=soon_ms())
    expect(dispatcher.ride).to_contain_text("SEH Open → Rode stop")

    dispatcher.ride.get_by_role("button", name=re.compile(r"^Stel .+ voor \(\d+ min\)")).click()
    card = rider.page.get_by_role("alert", name="Voorstel van de meldkamer")
    card.get_by_role("button", name="Ga mee").click(timeout=soon_ms())

    expect(dispatcher.ride).to_contain_text("geaccepteerd", timeout=soon_ms())
    expect(called_off).to_have_count(earlier + 1, timeout=soon_ms())


@pytest.mark.usefixtures("other")
def test_stop_of_the_last_hospital_lapses_with_all_others_once_the_dispatch_centre_confirms(
    rider: Rider, dispatcher: Dispatcher, hospital: Hospital
) -> None:
    rider.choose("STEMI")
    expect(dispatcher.alarm("nog één PCI zonder stop of code")).to_be_visible(timeout=soon_ms())
    hospital.page.get_by_role("button", name="PCI afkondigen").click()
    form = hospital.page.get_by_role("form", name="PCI afkondigen")
    expect(form.get_by_role("note")).to_contain_text("laatste open ziekenhuis van de regio voor PCI")

    form.get_by_label("Reden").select_option(REASON)
    form.get_by_role("radio", name="Collega’s gebeld").check()
    form.get_by_role("button", name="Kondig af").click()

    met = dispatcher.alarm("alle PCI een stop of code; bevestig het vervallen (3.1)")
    expect(met.get_by_role("listitem")).to_contain_text([AMC, OOST], timeout=soon_ms())
    expect(rider.row(OOST)).to_contain_text("PCI rood vervallen volgens 3.1, bevestig bij MKA", timeout=soon_ms())
    expect(rider.row(OOST)).to_contain_text("Welkom")
    met.get_by_role("button", name="Bevestig vervallen PCI").click()

    lapsed = dispatcher.alarm("Vervallen, maar nog niet verwijderd door:")
    expect(lapsed.get_by_role("listitem")).to_contain_text([AMC, OOST], timeout=soon_ms())
    expect(rider.row(OOST)).not_to_contain_text("bevestig bij MKA", timeout=soon_ms())
    expect(rider.row(OOST)).to_contain_text("Welkom")
    expect(hospital.page.get_by_role("alert").filter(has_text="Beëindig deze stop")).to_be_visible(timeout=soon_ms())
    hospital.end("PCI")
    expect(lapsed.get_by_role("listitem")).to_contain_text([AMC], timeout=soon_ms())


def test_refusal_at_the_door_is_an_alarm_that_a_dispatcher_takes(
    rider: Rider, dispatcher: Dispatcher, hospital: Hospital
) -> None:
    rider.pick(OOST)
    rider.press("Meld aan", "Vertrek met patiënt")
    expect(coming(hospital).filter(has_text="vertrokken")).to_have_count(1, timeout=soon_ms())

    rider.press("Meer over de rit", "Geweigerd aan de deur", "Zorg hier niet mogelijk")

    expect(rider.ride).to_contain_text("Kies een ander ziekenhuis")
    refused = dispatcher.alarm("nurse is aan de deur geweigerd (Zorg hier niet mogelijk)")
    expect(refused).to_be_visible(timeout=2 * HELD_MS)
    expect(dispatcher.ride).to_contain_text(f"Geweigerd bij {OOST}: Zorg hier niet mogelijk")
    expect(hospital.page.get_by_text("Ambulances onderweg: 0")).to_be_attached(timeout=soon_ms())
    refused.get_by_role("button", name="Neem over").click()
    expect(refused).to_contain_text(re.compile(r"dispatcher, \d\d:\d\d"), timeout=soon_ms())
    dispatcher.page.reload()
    expect(refused).to_contain_text(re.compile(r"dispatcher, \d\d:\d\d"), timeout=soon_ms())

    dispatcher.ride.get_by_role("button", name=re.compile(r"^Stel .+ voor \(\d+ min\)")).click()
    card = rider.page.get_by_role("alert", name="Voorstel van de meldkamer")
    card.get_by_role("button", name="Ga mee").click(timeout=soon_ms())
    expect(rider.ride.get_by_role("button", name="Meld aan")).to_be_visible()
    expect(dispatcher.ride).to_contain_text("geaccepteerd", timeout=soon_ms())


@pytest.fixture
def staffed(tmp_path: Path) -> Iterator[tuple[Server, Staff]]:
    """A server where no statuses come but those that are pushed to it."""
    staff = hire(tmp_path, 1)
    with staffed_server(tmp_path, staff) as server:
        yield server, staff


@pytest.fixture
def source(
    staffed: tuple[Server, Staff], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Source:
    """A source with a key, that speaks for the whole board."""
    server, staff = staffed
    monkeypatch.setenv("UITWIJK_VAR", str(server.folder))
    monkeypatch.setenv("UITWIJK_DATABASE_URL", f"sqlite:///{staff.database}")
    monkeypatch.setenv("UITWIJK_SECRET_KEY", "for the command line alone, which signs nothing")
    assert main(["key", "add", "regio", "--scope", "stops"]) == 0
    return Source(server, capsys.readouterr().out.splitlines()[-1], staff.gp)


@pytest.fixture
def screens(browser: Browser, staffed: tuple[Server, Staff]) -> Iterator[tuple[Page, Page, Page]]:
    """The pages of a nurse, a dispatcher and a hospital, before any status was told."""
    server, staff = staffed
    pages = []
    for path, token, size in (
        ("/", staff.nurses[0], PHONE),
        ("/dispatch", staff.dispatcher, BOARD),
        ("/hospital", staff.coordinator, DESKTOP),
    ):
        context = browser.new_context(
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            geolocation=Geolocation(**DAM),
            permissions=["geolocation"],
            viewport=size,
        )
        context.add_cookies([{"name": "uitwijk_session", "value": token, "url": server.address}])
        pages.append(context.new_page())
        pages[-1].goto(f"{server.address}{path}")
    crew, dispatch, hospital = pages
    yield crew, dispatch, hospital
    for page in pages:
        page.context.close()


def test_source_that_dies_is_told_on_every_screen_until_it_speaks_again(
    screens: tuple[Page, Page, Page], source: Source
) -> None:
    nurse, dispatcher, desk = Nurse(screens[0]), Dispatcher(screens[1]), screens[2]
    nurse.wait_for_list()
    nurse.choose("ABCD stabiel")
    expect(nurse.row(OOST)).to_contain_text("Eerst bellen")
    expect(dispatcher.row(OOST)).not_to_contain_text("Open")

    source.speak(SOON_STALE)
    expect(nurse.row(OOST)).to_contain_text("Welkom", timeout=soon_ms())

    expect(nurse.row(OOST)).to_contain_text("Eerst bellen", timeout=STALE_MS)
    expect(nurse.page.get_by_text(re.compile("stand verouderd: 15 min"))).to_be_visible()
    expect(dispatcher.row(OOST)).to_contain_text("Onbekend", timeout=soon_ms())
    expect(dispatcher.row(OOST)).not_to_contain_text("Open")
    expect(dispatcher.alarm(re.compile(r"Bron regio zwijgt sinds \d\d:\d\d; de standen zijn onbekend"))).to_be_visible()
    expect(desk.get_by_text(re.compile("stand verouderd: 15 min"))).to_be_visible()
    expect(desk.get_by_text(re.compile(r"SEH: 0 van \d rood, 0 oranje — nog 0 open, .*\d onbekend"))).to_be_visible()
    expect(desk.get_by_role("button", name="SEH afkondigen")).to_be_enabled()

    source.speak()

    expect(nurse.row(OOST)).to_contain_text("Welkom", timeout=soon_ms())
    expect(dispatcher.row(OOST)).to_contain_text("Open", timeout=soon_ms())
    expect(dispatcher.alarm("zwijgt sinds")).to_have_count(0, timeout=soon_ms())
    expect(desk.get_by_text(re.compile("stand verouderd"))).to_have_count(0, timeout=soon_ms())
