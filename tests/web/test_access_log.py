"""The access log: who reached what, in the terms of NEN 7513, for the person concerned and for who oversees."""

from typing import Any

import pytest
from flask import Flask

from advisor.services.ports import JournalUnavailable
from advisor.services.security import Access
from advisor.services.world import World
from advisor.web.access_log import NOT_LOGGED
from advisor.web.openapi.operations import OPERATIONS
from tests.web.apps import PASSWORD, Caller, an_app, log_in, moved
from tests.web.test_access import APP, a_caller
from tests.world import a_world, all_green

HERE = {"position": {"lat": 52.1, "lon": 5.0}}


def lines_of(caller: Caller, question: str = "") -> list[dict[str, Any]]:
    """The own lines of somebody, the latest first."""
    found: list[dict[str, Any]] = caller.get(f"/me/access{question}").get_json()["lines"]
    return found


def somebody_else(name: str) -> Caller:
    """Somebody else in the world of the last caller."""
    return log_in(APP, name)


def test_every_line_says_when_who_in_which_role_through_which_door_did_what_to_what() -> None:
    crew = a_caller("verpleegkundige")
    crew.get("/rides/r1")

    line = lines_of(crew)[0]

    assert (
        line.items()
        >= {
            "at": "2026-03-10T14:00:00.000Z",
            "event": "ride",
            "action": "read",
            "user": "verpleegkundige",
            "role": "nurse",
            "access_point": "program 127.0.0.1",
            "kind": "ride",
            "object": "r1",
            "concerns": "verpleegkundige",
            "outcome": "success",
        }.items()
    )


def test_crew_sees_who_looked_at_its_ride() -> None:
    crew = a_caller("verpleegkundige")
    somebody_else("regiomeldkamer").get("/rides/r1")
    somebody_else("mma").get("/advice/a1")

    seen = {(line["user"], line["object"]) for line in lines_of(crew)}

    assert {("regiomeldkamer", "r1"), ("mma", "a1")} <= seen


def test_nobody_sees_the_lines_of_others() -> None:
    crew = a_caller("verpleegkundige")
    crew.get("/rides/r1")

    other = somebody_else("collega")

    assert {line["user"] for line in lines_of(other)} == {"collega"}


def test_refused_look_is_written_down_too() -> None:
    a_caller("verpleegkundige")
    somebody_else("buurmeldkamer").get("/rides/r1")

    overseer = somebody_else("mma")

    [line] = overseer.get("/access?user=buurmeldkamer&object=r1").get_json()["lines"]
    assert line["outcome"] == "refused"


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", "/advice", HERE, ("giveAdvice", "execute", "advice", "success")),
        ("GET", "/advice/a1/replay", None, ("replayAdvice", "execute", "advice", "success")),
        ("GET", "/rides", None, ("rides", "read", "ride", "success")),
        ("POST", "/rides/r1/depart", None, ("depart", "update", "ride", "success")),
        ("POST", "/rides/r1/refused", {"reason": "vol"}, ("refused", "update", "ride", "failed")),
        ("GET", "/rides/never", None, ("ride", "read", "ride", "failed")),
        ("GET", "/me/access", None, ("ownAccess", "read", "", "success")),
    ],
)
def test_what_is_done_is_named(method: str, path: str, body: Any, expected: tuple[str, ...]) -> None:
    crew = a_caller("verpleegkundige")
    crew.call(method, path, body)

    line = lines_of(crew)[0]

    assert (line["event"], line["action"], line["kind"], line["outcome"]) == expected


@pytest.mark.parametrize("path", ["/rides", "/control", "/past", "/past?at=2026-03-10T14:00:00Z"])
def test_crew_sees_who_saw_its_ride_in_a_list(path: str) -> None:
    a_caller("verpleegkundige")
    somebody_else("regiomeldkamer").get(path)

    seen = {(line["user"], line["object"]) for line in lines_of(somebody_else("verpleegkundige"))}

    assert ("regiomeldkamer", "r1") in seen


def test_list_without_rides_leaves_a_line_too() -> None:
    dispatcher = a_caller("buurmeldkamer")
    dispatcher.get("/rides")

    assert (lines_of(dispatcher)[0]["event"], lines_of(dispatcher)[1]["object"]) == ("rides", "")


def test_log_in_is_written_down_whether_it_succeeds_or_not() -> None:
    app = an_app()
    client = app.test_client()
    for password in ("geraden", PASSWORD):
        client.post("/api/v1/session", json={"username": "mma", "password": password})
    client.post("/api/v1/session", json={"username": "mijn wachtwoord per ongeluk", "password": "x"})

    lines = log_in(app, "beheer").get("/access").get_json()["lines"]

    assert [(line["user"], line["event"], line["outcome"]) for line in reversed(lines)] == [
        ("mma", "logIn", "refused"),
        ("mma", "logIn", "success"),
        ("", "logIn", "refused"),
        ("beheer", "logIn", "success"),
    ]


def test_who_has_not_logged_in_leaves_no_line() -> None:
    app = an_app()
    app.test_client().get("/api/v1/rides/r1")

    lines = log_in(app, "beheer").get("/access").get_json()["lines"]

    assert [line["event"] for line in lines] == ["logIn"]


@pytest.mark.parametrize("path", ["/board", "/hospitals", "/network/map", "/closures", "/me", "/healthz"])
def test_what_everybody_may_see_leaves_no_line(path: str) -> None:
    caller = log_in(an_app(*all_green()), "mma")
    caller.get(path)

    assert [line["event"] for line in lines_of(caller)] == ["logIn"]


def test_every_operation_is_logged_or_left_out_on_purpose() -> None:
    """A new one is logged; only reading may be left out."""
    names = {operation.name: method for (method, _), operation in OPERATIONS.items()}

    assert set(names) >= NOT_LOGGED
    assert {names[name] for name in NOT_LOGGED} == {"GET"}


def test_earlier_lines_can_be_asked_for() -> None:
    caller = log_in(an_app(), "mma")
    for _ in range(5):
        caller.get("/rides")

    first = caller.get("/me/access?limit=2").get_json()
    rest = caller.get(f"/me/access?limit=2&before={first['next']}").get_json()

    assert [line["seq"] for line in first["lines"] + rest["lines"]] == [6, 5, 4, 3]


@pytest.mark.parametrize("question", ["?limit=0", "?limit=501", "?limit=x", "?before=-1", "?before=x", "?colour=red"])
def test_question_that_makes_no_sense_is_refused(question: str) -> None:
    assert log_in(an_app(), "mma").get(f"/me/access{question}").status_code == 422


class BrokenLog:
    """An access log that cannot be written."""

    def note(self, *_: Access) -> None:
        raise JournalUnavailable("the disk is full")

    def note_soon(self, _: Access) -> None:
        """Nobody hears of it yet."""


def broken(world: World) -> World:
    """The same world with an access log that cannot be written."""
    object.__setattr__(world.security, "access_log", BrokenLog())
    return world


@pytest.fixture
def crew() -> Caller:
    """A crew in a world whose access log breaks after the log-in."""
    caller = a_caller("verpleegkundige")
    broken(APP.extensions["uitwijk"].world)
    return caller


def test_what_cannot_be_written_down_is_not_shown(crew: Caller) -> None:
    answer = crew.get("/rides/r1")

    assert answer.status_code == 503
    assert b"r1" not in answer.data


def test_advice_is_given_all_the_same(crew: Caller) -> None:
    assert crew.post("/advice", HERE).status_code == 200


def test_what_needs_no_line_is_shown_all_the_same(crew: Caller) -> None:
    assert crew.get("/board").status_code == 200


def test_advice_of_a_real_application_is_written_down_soon() -> None:
    app: Flask = moved(APP, a_world(*all_green()))
    crew = log_in(app, "verpleegkundige")
    identity = crew.post("/advice", HERE).get_json()["id"]

    assert lines_of(crew)[0]["object"] == identity
