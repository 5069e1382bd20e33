"""A hospital's console: the procedure before a stop, its last minutes, plans, who comes; and the GP's page."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.doors import Doors
from tests.browser.people import DESKTOP, OOST, OOST_ID, PHONE, REASON, Crew, Desk, Hospital, Line, OpenPage
from tests.browser.test_dispatch import HEAR

AMSTERDAM = "MKA Amsterdam"
OTHERS = ("amstelland", "amsterdam-umc-amc", "bovenij", "olvg-west")
HERE = {"position": {"lat": 52.3702, "lon": 4.8952}, "suspicion": "stroke", "abcd": "unstable"}


def soon(minutes: float) -> str:
    """So many minutes from now."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


def running(desk: Desk, department: str) -> Any:
    """The stop that runs for a department, as the server keeps it."""
    stops = desk.get("/api/v1/stops")
    return next(stop for stop in stops if stop["department"] == department and stop["ended_at"] is None)


def announce(crew: Crew) -> str:
    """Let an ambulance come."""
    ride: str = crew.post("/api/v1/rides", {"advice": crew.post("/api/v1/advice", HERE)["id"]})["id"]
    crew.post(f"/api/v1/rides/{ride}/choose", {"hospital": OOST_ID, "reason": "bekend"})
    crew.post(f"/api/v1/rides/{ride}/announce", {})
    return ride


@pytest.fixture
def others(doors: Doors) -> Iterator[None]:
    """All other hospitals of the region have a CTT stop."""
    admin = Line(doors.find("admin", gps=True).request)
    stops = [
        admin.post("/api/v1/stops", {
            "hospital": each, "department": "CTT", "status": "red", "reason": REASON, "until": soon(30),
        })["id"]
        for each in OTHERS
    ]  # fmt: skip
    yield
    for stop in stops:
        admin.post(f"/api/v1/stops/{stop}/end", {})


def test_stop_is_declared_with_its_checklist_and_stands_in_the_history(hospital: Hospital, desk: Desk) -> None:
    page = hospital.page
    page.get_by_role("button", name="SEH afkondigen").click()
    form = page.get_by_role("form", name="SEH afkondigen")
    expect(form.get_by_text(re.compile(r"SEH: \d van 5 rood, .* Na deze stop blijven er \d open"))).to_be_visible()
    form.get_by_text(re.compile("^Uitstroom")).click()
    form.get_by_role("checkbox", name="De SEH-arts gebruikt het vastgelegde opnamemandaat.").check()
    form.get_by_role("checkbox", name="Vraag huisartsen of").check()
    expect(form.get_by_text("2 van 24 afgevinkt")).to_be_visible()
    form.get_by_label("Reden").select_option(REASON)

    form.get_by_role("button", name="Kondig af").click()

    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="SEH"))
    expect(card.get_by_role("timer")).to_have_text(re.compile(r"^(2:00:00|1:59:\d\d)$"))
    assert running(desk, "SEH")["checklist"] == ["in-gps", "uit-mandate"]
    card.get_by_text("Maatregelen vooraf: 2").click()
    expect(card).to_contain_text(re.compile("afgekondigd door olvg-oost"))
    hospital.end("SEH")
    expect(page.get_by_role("region", name="Eigen stops")).to_contain_text("beëindigd door olvg-oost")


def test_scarce_care_asks_whether_the_peers_were_called(hospital: Hospital, desk: Desk) -> None:
    page = hospital.page
    page.get_by_role("button", name="PCI afkondigen").click()
    form = page.get_by_role("form", name="PCI afkondigen")
    expect(form.get_by_role("region", name="Collega’s met dezelfde schaarse zorg")).to_contain_text("AMC")
    form.get_by_label("Reden").select_option(REASON)
    form.get_by_role("button", name="Kondig af").click()
    expect(form.get_by_text("Geef aan of de collega’s zijn gebeld.")).to_be_visible()

    form.get_by_role("radio", name="Collega’s gebeld").check()
    form.get_by_role("button", name="Kondig af").click()

    expect(page.get_by_text(re.compile("PCI: Rode stop afgekondigd"))).to_be_visible()
    assert running(desk, "PCI")["peers_called"] is True


@pytest.mark.usefixtures("others")
def test_last_hospital_is_told_its_duty(hospital: Hospital) -> None:
    hospital.page.get_by_role("button", name="CTT afkondigen").click()

    form = hospital.page.get_by_role("form", name="CTT afkondigen")
    expect(form.get_by_role("note")).to_contain_text("laatste open ziekenhuis van de regio voor CTT")
    expect(form.get_by_role("note").get_by_role("listitem").first).to_be_visible()
    expect(form).to_contain_text("Na deze stop blijven er 0 open.")


def test_last_minutes_are_told_and_one_click_gives_more(hospital: Hospital, desk: Desk) -> None:
    page = hospital.page
    page.evaluate(HEAR)
    page.get_by_role("heading", name="Uitwijk").click()
    stop = {"hospital": OOST_ID, "department": "SEH", "status": "red", "reason": REASON, "until": soon(8)}
    desk.post("/api/v1/stops", stop)
    alarm = page.get_by_role("region", name="Stop SEH loopt af")
    expect(alarm).to_contain_text("nog 8 min")
    page.wait_for_function("() => window.heard > 0")
    alarm.get_by_role("button", name="Gezien, stil").click()
    expect(alarm.get_by_role("button", name="Gezien, stil")).to_have_count(0)
    page.reload()
    expect(alarm).to_be_visible()
    expect(alarm.get_by_role("button", name="Gezien, stil")).to_have_count(0)

    alarm.get_by_role("button", name=re.compile(r"^\+30 min")).click()

    expect(alarm).to_have_count(0)
    expect(page.get_by_text(re.compile("SEH: verlengd tot"))).to_be_visible()
    assert running(desk, "SEH")["extensions"] == 1


def test_long_stop_is_planned_and_withdrawn(hospital: Hospital, desk: Desk) -> None:
    plans = hospital.page.get_by_role("region", name="Geplande langdurige stops")
    plans.get_by_role("button", name="Plan een lange stop").click()
    plans.get_by_label("Afdeling", exact=True).select_option("CCU")
    plans.get_by_label("Reden").select_option("Interne calamiteit/technisch probleem")
    begin = plans.get_by_label("Begin")
    in_time = begin.input_value()
    begin.fill((datetime.now(UTC) + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M"))
    expect(plans.get_by_text("Minder dan 24 uur vooraf gemeld.")).to_be_visible()
    begin.fill(in_time)
    expect(plans.get_by_text("Minder dan 24 uur vooraf gemeld.")).to_have_count(0)

    plans.get_by_role("button", name="Meld de geplande stop").click()

    expect(plans.get_by_role("listitem").filter(has_text="CCU")).to_contain_text("aangekondigd door olvg-oost")
    assert [plan["late"] for plan in desk.get("/api/v1/plans")] == [False]
    plans.get_by_role("button", name=re.compile("Geplande stop CCU .* intrekken")).click()
    expect(plans.get_by_text("Geen stops gepland.")).to_be_visible()


def test_announced_ambulance_is_seen_and_heard_and_struck_through_when_it_comes_no_more(
    hospital: Hospital, crew: Crew
) -> None:
    page = hospital.page
    coming = page.get_by_role("list", name="Onderweg hierheen")
    expect(page.get_by_text(re.compile("Ambulances onderweg: 0"))).to_be_attached()
    page.evaluate(HEAR)
    page.get_by_role("heading", name="Uitwijk").click()

    ride = announce(crew)

    entry = coming.get_by_role("listitem").filter(has_text="CVA · ABCD instabiel")
    for part in (re.compile(r"^\d\d:\d\dover \d+ min"), "met signalen · 112 · nurse", "Eerst bellen", "aangemeld"):
        expect(entry.first).to_contain_text(part)
    page.wait_for_function("() => window.heard > 0")
    crew.post(f"/api/v1/rides/{ride}/cancel", {})
    expect(entry.filter(has_text="Komt niet meer").locator("s").first).to_contain_text("CVA")
    page.reload()
    expect(entry.filter(has_text="Komt niet meer").first).to_be_visible()


def test_console_has_no_violation_with_everything_open(hospital: Hospital, desk: Desk, crew: Crew) -> None:
    desk.post(
        "/api/v1/stops",
        {"hospital": OOST_ID, "department": "SR", "status": "red", "reason": REASON, "until": soon(8)},
    )
    announce(crew)
    page = hospital.page
    page.get_by_role("button", name="PCI afkondigen").click()
    expect(page.get_by_role("radio", name="Collega’s gebeld")).to_be_visible()
    expect(page.get_by_role("list", name="Onderweg hierheen")).to_contain_text("CVA")
    found = violations(page)
    page.get_by_role("button", name="SEH afkondigen").click()
    page.set_viewport_size(PHONE)
    expect(page.get_by_role("region", name="Capaciteit in de regio")).to_be_visible()
    found += violations(page)
    page.get_by_role("button", name="Plan een lange stop").click()

    assert found + violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


def test_gp_sees_the_region_and_the_words_for_referrers_and_nothing_else(open_page: OpenPage, desk: Desk) -> None:
    page: Page = open_page("/", "gp", size=DESKTOP)
    page.get_by_label("Regio", exact=True).select_option(AMSTERDAM)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=OOST))
    expect(row).to_contain_text("Open")
    desk.declare("SEH", "red")

    expect(row).to_contain_text("Rode stop")
    expect(row).to_contain_text(re.compile(r"(console|demo) \d+ s"))
    expect(page.get_by_role("region", name="Rode stop")).to_contain_text("voor wie een huisarts belt")
    expect(page.get_by_role("region", name="Code oranje")).to_contain_text("bel de SEH")
    assert page.url.endswith("/gp")
    assert page.get_by_role("button").all_inner_texts() == ["Uitloggen"]
    page.reload()
    expect(row).to_contain_text("Rode stop")
    found = violations(page)
    page.set_viewport_size(PHONE)
    assert found + violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
