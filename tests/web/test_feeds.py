"""Other systems over HTTP: with a key, for what it is for, all problems at once, and never twice."""

import gzip
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from advisor.services.access import Role
from advisor.services.api_keys import Scope
from advisor.services.manage_keys import revoke_key
from advisor.services.world import World
from advisor.web.context import EXTENSION
from tests.feeds.documents import DATEX_DOCUMENT, HAVE_DOCUMENT, datex, have, hospital, situation
from tests.web.apps import Caller, an_app, log_in, with_key
from tests.world import ADMIN, NOW, all_green, at, declared

RED = {"status": "red", "until": "2026-03-10T16:00:00Z", "reason": "Onvoldoende behandelcapaciteit", "note": "vol"}
CUT_OFF = gzip.compress(b"<a/>", mtime=0)[:12]


def world_of(app: Flask) -> World:
    world: World = app.extensions[EXTENSION].world
    return world


def push(hospital: str = "veldstad", said_at: str = "2026-03-10T14:00:00Z", **departments: Any) -> dict[str, Any]:
    """A body with news about one hospital."""
    return {"statuses": [{"hospital": hospital, "said_at": said_at, "departments": departments or {"SEH": RED}}]}


def seh(app: Flask, name: str = "veldstad") -> dict[str, Any]:
    """How the board shows an SEH."""
    hospitals = log_in(app, "verpleegkundige").get("/board").get_json()["hospitals"]
    [found] = [each["departments"]["SEH"] for each in hospitals if each["id"] == name]
    return dict(found)


def fields(answer: TestResponse) -> list[str]:
    return [each["field"] for each in answer.get_json()["errors"]]


def test_status_that_is_pushed_is_on_the_board_with_source_and_age() -> None:
    app = an_app()

    taken = with_key(app, Scope.STOPS, source="epd").post("/feeds/stops", push())

    shown = seh(app)
    assert (taken.status_code, taken.get_json()) == (200, {"changed": 1, "unchanged": 0, "seq": 1})
    assert (shown["status"], shown["source"], shown["age_s"], shown["note"]) == ("red", "epd", 0, "vol")


def test_same_push_again_changes_nothing() -> None:
    caller = with_key(an_app())
    caller.post("/feeds/stops", push())

    assert caller.post("/feeds/stops", push()).get_json() == {"changed": 0, "unchanged": 1, "seq": 1}


def test_older_push_changes_nothing() -> None:
    app = an_app()
    caller = with_key(app)
    caller.post("/feeds/stops", push())

    caller.post("/feeds/stops", push(said_at="2026-03-10T13:00:00Z", SEH={"status": "green"}))

    assert seh(app)["status"] == "red"


def test_whole_push_makes_what_it_leaves_out_unknown() -> None:
    app = an_app()
    caller = with_key(app)
    caller.post("/feeds/stops", push(SEH={"status": "green"}, CCU={"status": "green"}))

    caller.post("/feeds/stops", {**push(SEH={"status": "green"}), "whole": True, "as_of": "2026-03-10T14:00:00Z"})

    states = world_of(app).journal.board().states(NOW)["veldstad"]  # type: ignore[index]
    assert {department.value: state.status.value for department, state in states.items()} == {
        "SEH": "green", "CCU": "unknown"
    }  # fmt: skip


def test_all_problems_of_a_push_are_told_at_once() -> None:
    body = {
        "statuses": [
            {"hospital": "nergens", "said_at": "nu", "departments": {"SEH": {"status": "purple", "colour": "red"}}},
            {"hospital": "veldstad", "said_at": "2026-03-10T14:02:01Z", "departments": {"OK": {"status": "red"}}},
            "veldstad",
        ],
        "whole": "ja",
        "patient": "x",
    }

    answer = with_key(an_app()).post("/feeds/stops", body)

    assert (answer.status_code, sorted(set(fields(answer)))) == (422, sorted({
        "statuses[0].hospital", "statuses[0].said_at", "statuses[0].departments.SEH.status",
        "statuses[0].departments.SEH.colour", "statuses[1].said_at", "statuses[1].departments.OK", "statuses[2]",
        "statuses[2].hospital", "statuses[2].said_at", "statuses[2].departments", "whole", "patient",
    }))  # fmt: skip


def test_push_that_is_refused_changes_nothing() -> None:
    app = an_app()

    with_key(app).post("/feeds/stops", {"statuses": [*push()["statuses"], *push("nergens")["statuses"]]})

    assert world_of(app).journal.head() == 0


@pytest.mark.parametrize("many", [501, 5_000])
def test_push_of_too_many_is_refused(many: int) -> None:
    assert with_key(an_app()).post("/feeds/stops", {"statuses": push()["statuses"] * many}).status_code == 422


def test_number_of_a_citizen_in_a_note_is_withheld() -> None:
    app = an_app()

    with_key(app).post("/feeds/stops", push(SEH={"status": "red", "note": "mw. 123456782"}))

    assert seh(app)["note"] == "[…]"


def test_key_of_a_hospital_says_nothing_about_another() -> None:
    caller = with_key(an_app(), Scope.STOPS, Scope.HAVE, hospitals=["veldstad"])

    codes = [
        caller.post("/feeds/stops", push()).status_code,
        caller.post("/feeds/stops", push("oeverdam")).status_code,
        caller.post("/feeds/have", have(hospital("oeverdam"))).status_code,
    ]

    assert codes == [200, 403, 403]


POSTS = {"stops": push(), "have": HAVE_DOCUMENT, "ndw": DATEX_DOCUMENT}


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("route", POSTS)
def test_key_opens_the_route_that_it_is_for(route: str, scope: Scope) -> None:
    answer = with_key(an_app(), scope).post(f"/feeds/{route}", POSTS[route])

    assert answer.status_code == (200 if scope == route else 403)


@pytest.mark.parametrize("path", ["/feeds/have", "/fhir/Location", "/fhir/HealthcareService/veldstad.SEH"])
@pytest.mark.parametrize("scope", Scope)
def test_key_for_reading_reads(path: str, scope: Scope) -> None:
    assert with_key(an_app(), scope).get(path).status_code == (200 if scope is Scope.READ else 403)


def test_key_may_stand_in_a_header_of_its_own() -> None:
    caller = with_key(an_app())

    answer = caller.client.post("/api/v1/feeds/stops", json=push(), headers={"X-API-Key": caller.token})

    assert answer.status_code == 200


def test_key_that_was_revoked_opens_nothing() -> None:
    app = an_app()
    caller = with_key(app)
    [key] = world_of(app).keys.list_all()
    revoke_key(key.id, actor=ADMIN, now=NOW, world=world_of(app))

    assert caller.post("/feeds/stops", push()).status_code == 401


@pytest.mark.parametrize("token", ["", "uwk_", "uwk_x", "uwk_a_b", "uwk_" + "x" * 5_000])
def test_anything_but_a_key_opens_nothing(token: str) -> None:
    assert Caller(an_app().test_client(), token).post("/feeds/stops", push()).status_code == 401


def test_use_of_a_key_is_in_the_access_log_by_its_source() -> None:
    app = an_app()
    with_key(app, source="epd").post("/feeds/stops", push())

    lines = log_in(app, "beheer").get("/access").get_json()["lines"]

    assert [(each["user"], each["role"]) for each in lines if each["event"] == "pushStatuses"] == [("epd", Role.FEED)]


def test_document_of_have_is_taken_in() -> None:
    app = an_app()

    taken = with_key(app, source="epd").post("/feeds/have", have(hospital(status="Closed"), hospital("oeverdam")))

    assert (taken.get_json()["changed"], seh(app)["status"], seh(app, "oeverdam")["status"]) == (2, "red", "green")


def test_all_problems_of_a_document_are_told_at_once() -> None:
    answer = with_key(an_app()).post("/feeds/have", have(hospital("nergens"), hospital("elders")))

    assert (answer.status_code, fields(answer)) == (422, ["Hospital[1]", "Hospital[2]"])


@pytest.mark.parametrize("route", ["have", "ndw"])
@pytest.mark.parametrize(
    "body",
    [b"", b"<a", b"{}", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', b"\x1f\x8bnothing", CUT_OFF],
)
def test_document_that_cannot_be_read_is_a_problem(route: str, body: bytes) -> None:
    answer = with_key(an_app()).post(f"/feeds/{route}", body)

    assert (answer.status_code, answer.get_json()["type"]) == (400, "urn:uitwijk:problem:unreadable")


@pytest.mark.parametrize("route", ["have", "ndw"])
def test_document_may_be_compressed(route: str) -> None:
    assert with_key(an_app()).post(f"/feeds/{route}", gzip.compress(POSTS[route])).status_code == 200  # type: ignore[arg-type]


def test_document_that_unpacks_without_end_is_refused() -> None:
    assert with_key(an_app()).post("/feeds/ndw", gzip.compress(b" " * 20_000_000)).status_code == 400


@pytest.mark.parametrize(("route", "size"), [("stops", 1_100_000), ("have", 17_000_000)])
def test_huge_body_is_refused(route: str, size: int) -> None:
    assert with_key(an_app()).post(f"/feeds/{route}", b" " * size).status_code == 413


def test_board_is_given_as_have() -> None:
    app = an_app(*all_green(at(-1)), declared())

    answer = log_in(app, "huisarts").get("/feeds/have")

    assert (answer.mimetype, answer.get_data(as_text=True).count("EMSTrafficStatus>Closed<")) == ("application/xml", 1)


def test_bridge_is_closed_and_opened_again() -> None:
    app = an_app()
    caller = with_key(app, source="ndw")

    closed = caller.post("/feeds/ndw", datex(situation())).get_json()
    shown = log_in(app, "meldkamer").get("/closures").get_json()["closures"]
    opened = caller.post("/feeds/ndw", datex(situation(version_at="2026-03-10T14:00:00Z", life="end"))).get_json()

    assert closed == {"closed": 1, "reopened": 0, "elsewhere": 0}
    assert [(each["id"], each["source"], each["running"]) for each in shown] == [("ndw:brug1", "ndw", True)]
    assert opened == {"closed": 0, "reopened": 1, "elsewhere": 0}


def test_closure_of_a_source_can_be_lifted_by_a_dispatcher() -> None:
    app = an_app()
    with_key(app, source="ndw").post("/feeds/ndw", datex(situation()))

    answer = log_in(app, "meldkamer").call("DELETE", "/closures/ndw:brug1")

    assert (answer.status_code, dict(world_of(app).journal.board().roadworks)) == (204, {})


def test_fhir_tells_what_is_wrong_in_its_own_form() -> None:
    caller = log_in(an_app(), "mma")

    found = [caller.get(path) for path in ("/fhir/Location/nergens", "/fhir/Location?colour=red")]

    assert [(each.status_code, each.get_json()["resourceType"]) for each in found] == [
        (404, "OperationOutcome"), (400, "OperationOutcome")
    ]  # fmt: skip


def test_fhir_says_what_it_can_do_to_anybody() -> None:
    answer = an_app().test_client().get("/api/v1/fhir/metadata")

    assert (answer.mimetype, answer.get_json()["fhirVersion"]) == ("application/fhir+json", "4.0.1")
