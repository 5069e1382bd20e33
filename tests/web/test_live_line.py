"""The live line against a real server, with real Socket.IO clients."""

import json
import queue
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import socketio

from tests.web.line import HERE, SOON_S, Client, class_of, connected, declare, seh
from tests.web.server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def coordinator(server: Server) -> Iterator[str]:
    """Token of the hospital that is left to people; its stop is ended afterwards."""
    token = server.log_in("olvg-oost")
    yield token
    for shown in server.call("GET", "/board", token).json()["hospitals"]:
        for department in shown["departments"].values():
            if shown["id"] == "olvg-oost" and department["stop_id"]:
                server.call("POST", f"/stops/{department['stop_id']}/end", token)


def test_board_comes_with_the_connection(server: Server) -> None:
    with connected(server, "nurse") as nurse:
        board = nurse.next("board")

    assert len(board["hospitals"]) > 50
    assert board["epoch"]


def test_declared_stop_reaches_the_other_page_within_a_second(server: Server, coordinator: str) -> None:
    with connected(server, "nurse") as nurse:
        board = nurse.next("board")
        declare(server, coordinator)

        delta = nurse.next_where("board:delta", seh, SOON_S)

    assert (delta["from_seq"], seh(delta)["effective"]) == (board["seq"], "red")


def test_watched_advice_follows_a_stop_within_a_second_and_says_why(server: Server, coordinator: str) -> None:
    with connected(server, "nurse") as nurse:
        before = nurse.ask("advice:watch", HERE)
        stop = declare(server, coordinator)

        after = nurse.next_where("advice", lambda advice: class_of(advice) != "welcome", SOON_S)
        server.call("POST", f"/stops/{stop['id']}/end", coordinator)
        again = nurse.next_where("advice", lambda advice: class_of(advice) == "welcome", SOON_S)

    assert (class_of(before), class_of(after), class_of(again)) == ("welcome", "divert", "welcome")
    assert any(rule["id"] == "RED-1" for rule in _rules(after))


def _rules(advice: dict[str, Any]) -> list[dict[str, str]]:
    return [rule for option in advice["options"] if option["hospital"] == "olvg-oost" for rule in option["rules"]]


def test_who_wants_changes_is_told_what_differs_and_no_more(server: Server, coordinator: str) -> None:
    with connected(server, "nurse") as nurse:
        before = nurse.ask("advice:watch", HERE | {"changes": True})
        declare(server, coordinator)
        delta = nurse.next_where("advice:delta", lambda delta: "class" in delta["options"]["olvg-oost"], SOON_S)

        with pytest.raises(queue.Empty):
            nurse.next("advice", 0.2)

    assert delta["from_version"] == before["version"]
    assert delta["options"]["olvg-oost"]["class"] == "divert"
    assert len(json.dumps(delta)) < len(json.dumps(before)) / 4


def test_changes_follow_upon_each_other(server: Server, coordinator: str) -> None:
    with connected(server, "nurse") as nurse:
        nurse.ask("advice:watch", HERE | {"changes": True})
        for longitude in (4.75, 4.91):
            nurse.ask("position", {"lat": 52.63, "lon": longitude})

        first, second = nurse.next("advice:delta", SOON_S), nurse.next("advice:delta", SOON_S)

    assert second["from_version"] == first["version"]


def test_who_asks_without_changes_is_told_the_whole_again(server: Server) -> None:
    with connected(server, "nurse") as nurse:
        nurse.ask("advice:watch", HERE | {"changes": True})
        nurse.ask("advice:watch", HERE)
        nurse.ask("position", {"lat": 52.63, "lon": 4.75})

        assert len(nurse.next("advice", SOON_S)["options"]) > 50


def test_wish_for_changes_that_is_none_is_refused(server: Server) -> None:
    with connected(server, "nurse") as nurse:
        problem = nurse.ask("advice:watch", HERE | {"changes": "please"})["problem"]

    assert [error["field"] for error in problem["errors"]] == ["changes"]


def test_watched_advice_follows_the_clock_when_a_stop_ends_by_itself(server: Server, coordinator: str) -> None:
    with connected(server, "nurse") as nurse:
        declare(server, coordinator, seconds=2.5)
        nurse.ask("advice:watch", HERE)

        after = nurse.next_where("advice", lambda advice: _shown(advice) == "green", 5)

    assert class_of(after) == "welcome"


def _shown(advice: dict[str, Any]) -> str:
    return next(
        str(option["departments"]["SEH"]["status"]) for option in advice["options"] if option["hospital"] == "olvg-oost"
    )


def test_answer_that_is_watched_follows_the_position(server: Server) -> None:
    with connected(server, "nurse") as nurse:
        nurse.ask("advice:watch", HERE)
        nurse.ask("position", {"lat": 52.63, "lon": 4.75, "accuracy_m": 10})

        after = nurse.next("advice", SOON_S)

    assert after["options"][0]["hospital"] == "noordwest-alkmaar"


def test_only_answers_that_differ_get_a_receipt(server: Server) -> None:
    with connected(server, "nurse") as nurse:
        asked = nurse.ask("advice:watch", HERE)
        nurse.ask("position", {"lat": 52.3605, "lon": 4.9105})

        moved = nurse.next("advice", SOON_S)

    assert moved["id"] == asked["id"]


def test_advice_that_is_no_longer_watched_stays_silent(server: Server, coordinator: str) -> None:
    with connected(server, "nurse") as nurse:
        nurse.ask("advice:watch", HERE)
        nurse.ask("advice:unwatch", {})
        declare(server, coordinator)
        nurse.next_where("board:delta", seh, SOON_S)

        with pytest.raises(queue.Empty):
            nurse.next("advice", 0.5)


def test_heartbeat_carries_the_number_that_the_page_holds(server: Server) -> None:
    with connected(server, "gp") as gp:
        board = gp.next("board")

        beat = gp.next("heartbeat", 6)

    assert (beat["epoch"], beat["seq"] >= board["seq"]) == (board["epoch"], True)


def test_board_is_sent_again_when_it_is_asked_for(server: Server) -> None:
    with connected(server, "gp") as gp:
        gp.next("board")
        gp.ask("board:get", {})

        assert gp.next("board")["hospitals"]


def test_ambulances_are_marked_as_demonstration(server: Server) -> None:
    with connected(server, "dispatcher") as dispatcher:
        told = dispatcher.next("ambulances", 20)

    assert told["demo"] is True
    assert len(told["ambulances"]) > 2


def test_announced_ride_reaches_its_hospital_within_a_second_and_nobody_else(server: Server) -> None:
    nurse = server.log_in("nurse")
    advice = server.call("POST", "/advice", nurse, HERE).json()["id"]
    ride = server.call("POST", "/rides", nurse, {"advice": advice}).json()["id"]
    choice = {"hospital": "olvg-oost", "reason": "bekend"}
    with connected(server, "olvg-oost") as hospital, connected(server, "gp") as gp:
        before = hospital.next("inbound")
        server.call("POST", f"/rides/{ride}/choose", nurse, choice)
        server.call("POST", f"/rides/{ride}/announce", nurse)

        inbound = hospital.next("inbound", SOON_S)
        server.call("POST", f"/rides/{ride}/cancel", nurse)
        after = hospital.next("inbound", SOON_S)

        with pytest.raises(queue.Empty):
            gp.next("ride", 0.2)

    assert [len(told["rides"]) for told in (before, inbound, after)] == [0, 1, 0]


def test_position_that_cannot_be_used_is_acknowledged_with_its_problem(server: Server) -> None:
    with connected(server, "nurse") as nurse:
        nurse.ask("advice:watch", HERE)

        refused = nurse.ask("position", {"lat": 54.9, "lon": 2.1})
        taken = nurse.ask("position", {"lat": 52.63, "lon": 4.75})

    assert (refused["problem"]["type"], taken) == ("urn:uitwijk:problem:off-network", {"watching": True})


def test_gp_gets_no_advice_on_the_line_either(server: Server) -> None:
    with connected(server, "gp") as gp:
        assert gp.ask("advice:watch", HERE)["problem"]["status"] == 403


@pytest.mark.parametrize("payload", [None, [], "x", {"position": {"lat": 4.9, "lon": 52.4}}, {"position": 1, "y": 2}])
def test_question_that_cannot_be_understood_is_acknowledged_with_its_problem(server: Server, payload: object) -> None:
    with connected(server, "nurse") as nurse:
        assert nurse.ask("advice:watch", payload)["problem"]["status"] == 422


def test_event_that_does_not_exist_is_acknowledged_with_a_problem(server: Server) -> None:
    with connected(server, "nurse") as nurse:
        assert nurse.ask("advice:guess", {})["problem"]["status"] == 404


def test_who_is_not_logged_in_gets_no_line(server: Server) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        Client(server, "no such token")


def test_line_dies_with_its_session(server: Server) -> None:
    token = server.log_in("nurse")
    with connected(server, "nurse", token) as nurse:
        nurse.next("board")
        server.call("DELETE", "/session", token)

        nurse.next("disconnect", 2)


def test_killed_server_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        coordinator = server.log_in("olvg-oost")
        declare(server, coordinator)
        before = own_stops(server.call("GET", "/board", coordinator).json())
        server.kill()
        server.start()

        assert list(before) == ["SEH"]
        assert own_stops(server.call("GET", "/board", coordinator).json()) == before


def own_stops(board: dict[str, Any]) -> dict[str, str]:
    """The running stops of OLVG Oost; those of others are played and end by themselves."""
    [own] = [shown for shown in board["hospitals"] if shown["id"] == "olvg-oost"]
    return {department: state["stop_id"] for department, state in own["departments"].items() if state["stop_id"]}


def test_demonstration_shows_something_at_its_first_start(server: Server) -> None:
    board = server.call("GET", "/board", server.log_in("nurse")).json()

    assert {state["effective"] for shown in board["hospitals"] for state in shown["departments"].values()} >= {
        "green", "red", "orange"
    }  # fmt: skip


def test_server_that_is_asked_to_stop_stops_soon(tmp_path: Path) -> None:
    with Server(tmp_path) as server, connected(server, "nurse") as nurse:
        nurse.next("board")
        asked = time.monotonic()

        status = server.terminate()

        assert (status, time.monotonic() - asked < 5) == (0, True)


def test_start_without_a_secret_key_is_refused_with_every_mistake(tmp_path: Path) -> None:
    server = Server(tmp_path, UITWIJK_DEMO="0", UITWIJK_REDIS_URL="nonsense", PORT="no port")

    with pytest.raises(AssertionError) as caught:
        server.start()

    assert all(name in str(caught.value) for name in ("UITWIJK_SECRET_KEY", "UITWIJK_REDIS_URL", "PORT"))
