"""What people do on the pages, by role and accessible name."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import APIRequestContext, Locator, Page, ViewportSize, expect

PHONE: ViewportSize = {"width": 390, "height": 844}
TABLET: ViewportSize = {"width": 820, "height": 1180}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PASSWORD = "uitwijk-demo"
OOST = "OLVG, locatie Oost"
WEST = "OLVG, locatie West"
OOST_ID = "olvg-oost"
FIRST_ANSWER_MS = 30_000
"""The first answer after a start compiles what the later ones use."""
PANES = {"Kaart": "Kaart", "Lijst": "Ziekenhuizen op volgorde"}
REASON = "Onvoldoende behandelcapaciteit"

OpenPage = Callable[..., Page]
"""`open_page("/", "nurse")`: a page as somebody, or as nobody (None)."""


def at_once_ms() -> float:
    """How long "at once" may take: a second, and more on a machine that others keep busy."""
    return 1000 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class Nurse:
    """A nurse with the page in front of her."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def ranked(self) -> Locator:
        """The ranked list."""
        return self.page.get_by_role("list", name="Ziekenhuizen op volgorde")

    def wait_for_list(self) -> None:
        """Wait until there is an answer."""
        expect(self.ranked.get_by_role("listitem").first).to_be_visible(timeout=FIRST_ANSWER_MS)

    def row(self, hospital: str) -> Locator:
        """The row of a hospital."""
        button = self.page.get_by_role("button", name=hospital, exact=True)
        return self.ranked.get_by_role("listitem").filter(has=button)

    def open(self, hospital: str) -> None:
        """Open or close the row of a hospital."""
        self.row(hospital).get_by_role("button", name=hospital, exact=True).click()

    def names(self) -> list[str]:
        """The hospitals in the order of the list."""
        return [heading.strip() for heading in self.ranked.get_by_role("heading", level=3).all_text_contents()]

    def choose(self, fact: str) -> None:
        """Tap one of the patient's facts."""
        self.page.get_by_role("region", name="Patiënt").get_by_role("radio", name=fact, exact=True).check()

    def show(self, tab: str) -> None:
        """Go to the list or the map, and wait until it is there."""
        self.page.get_by_role("navigation").get_by_role("button", name=tab).click()
        expect(self.page.get_by_role("region", name=PANES[tab])).to_be_in_viewport(ratio=0.95)


class Rider(Nurse):
    """A nurse with a ride."""

    @property
    def ride(self) -> Locator:
        """What the screen says of the ride."""
        return self.page.get_by_role("complementary", name="Rit")

    @property
    def id(self) -> str:
        """The ride's id, once the server has given one."""
        kept = "() => JSON.parse(localStorage.getItem('uitwijk.ride') || '{}').id"
        self.page.wait_for_function(kept)
        return str(self.page.evaluate(kept))

    def pick(self, hospital: str, reason: str = "Eigen oordeel") -> None:
        """Choose a hospital in its row, with a reason where it is not the first."""
        self.open(hospital)
        row = self.row(hospital)
        row.get_by_role("region", name="Bestemming").get_by_role("button", name=hospital).click()
        why, bar = row.get_by_role("group", name="Waarom niet"), self.ride.get_by_role("region", name=hospital)
        expect(why.or_(bar)).to_be_visible()
        if why.is_visible():
            why.get_by_role("button", name=reason).click()
        expect(bar).to_be_visible()

    def press(self, *buttons: str) -> None:
        """Press buttons of the ride, one after the other."""
        for button in buttons:
            self.ride.get_by_role("button", name=button, exact=True).click()


FORGET_RIDE = "() => { localStorage.removeItem('uitwijk.ride'); indexedDB.deleteDatabase('uitwijk'); }"


class Line:
    """Somebody's requests to the server, without a screen, for where a test is about something else."""

    def __init__(self, request: APIRequestContext) -> None:
        self._request = request
        self._csrf = str(self.get("/api/v1/me")["csrf"])

    def get(self, path: str) -> Any:
        """Ask for something."""
        answer = self._request.get(path)
        assert answer.ok, answer.text()
        return answer.json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Change something."""
        answer = self._request.post(path, data=body, headers={"X-CSRF-Token": self._csrf})
        assert answer.ok, answer.text()
        return answer.json()


class Crew(Line):
    """The nurse's own account."""

    def cancel_all(self) -> None:
        """End the rides that are not over."""
        for ride in self.get("/api/v1/rides"):
            self.post(f"/api/v1/rides/{ride['id']}/cancel", {})


class Desk(Line):
    """The desk of OLVG Oost."""

    def declare(self, department: str, status: str) -> None:
        """Declare a stop of three quarters of an hour."""
        until = (datetime.now(UTC) + timedelta(minutes=45)).isoformat()
        stop = {"hospital": OOST_ID, "department": department, "status": status, "reason": REASON, "until": until}
        self.post("/api/v1/stops", stop)

    def end_all(self) -> None:
        """End whatever runs here."""
        board = self.get("/api/v1/board")
        own = next(entry for entry in board["hospitals"] if entry["id"] == OOST_ID)
        for department in own["departments"].values():
            if department.get("stop_id"):
                self.post(f"/api/v1/stops/{department['stop_id']}/end", {})


class Hospital:
    """A coordinator with the hospital's page in front of him, once all of it is there: until then it moves."""

    def __init__(self, page: Page) -> None:
        self.page = page
        expect(page.get_by_role("region", name="Eigen stops")).to_be_visible()
        expect(page.get_by_text("Stand wordt opgehaald…")).to_have_count(0)

    def declare(self, department: str, status: str) -> None:
        """Declare a stop on the screen."""
        self.page.get_by_role("button", name=f"{department} afkondigen", exact=True).click()
        form = self.page.get_by_role("form", name=f"{department} afkondigen")
        if department == "SEH":
            form.get_by_role("radio", name=status).check()
        form.get_by_label("Reden").select_option(REASON)
        form.get_by_role("button", name="Kondig af").click()
        expect(self.page.get_by_text(f"{department}: {status} afgekondigd")).to_be_visible()

    def end(self, department: str) -> None:
        """End a stop on the screen, and confirm it."""
        self.page.get_by_role("button", name=f"Stop {department} beëindigen").click()
        self.page.get_by_role("button", name="Ja, beëindig").click()
        expect(self.page.get_by_text(f"{department}: stop beëindigd.")).to_be_visible()
