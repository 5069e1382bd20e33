"""Rides over HTTP: the steps in their order, repeated presses, proposals and reviews."""

from typing import Any

import pytest
from flask import Flask

from advisor.services.world import World
from advisor.web.context import EXTENSION
from tests.web.apps import Caller, an_app, log_in
from tests.world import all_green, declared

HERE = {"position": {"lat": 52.1, "lon": 5.0}}
CHOOSE = {"hospital": "veldstad"}
WAY = (("choose", CHOOSE), ("announce", None), ("depart", None), ("arrive", None), ("handover", None))
BODIES: dict[str, Any] = {
    "choose": CHOOSE,
    "position": {"lat": 52.1, "lon": 5.05},
    "refused": {"reason": "vol"},
    "consult": {"hospital": "hogeberg", "outcome": "accepted"},
}
FIRST_STEPS = ("choose", "position", "cancel", "consult")
OTHER_STEPS = ("announce", "depart", "arrive", "handover", "refused")


@pytest.fixture
def app() -> Flask:
    return an_app(*all_green())


@pytest.fixture
def crew(app: Flask) -> Caller:
    return log_in(app, "verpleegkundige")


def begin(crew: Caller) -> str:
    """Begin a ride from a fresh advice and return its path."""
    advice = crew.post("/advice", HERE).get_json()["id"]
    ride = crew.post("/rides", {"advice": advice})
    assert ride.status_code == 201
    return f"/rides/{ride.get_json()['id']}"


def drive(crew: Caller, steps: int = len(WAY)) -> str:
    """Begin a ride, carry out the first steps of the way to Veldstad, and return its path."""
    path = begin(crew)
    for step, body in WAY[:steps]:
        assert crew.post(f"{path}/{step}", body).status_code == 200
    return path


def head(app: Flask) -> int:
    world: World = app.extensions[EXTENSION].world
    return world.journal.head()


def errors(answer: Any) -> list[str]:
    """Which fields are wrong."""
    assert answer.status_code == 422
    return [error["field"] for error in answer.get_json()["errors"]]


def test_ride_goes_from_an_advice_to_the_handing_over(crew: Caller) -> None:
    path = begin(crew)

    steps = [crew.post(f"{path}/{step}", body).get_json()["step"] for step, body in WAY]

    assert steps == ["chosen", "announced", "departed", "arrived", "handed_over"]


def test_departure_notes_what_held_at_that_instant(crew: Caller) -> None:
    ride = crew.get(drive(crew, steps=3)).get_json()

    assert (ride["class_at_departure"], ride["statuses_at_departure"]["SEH"]) == ("welcome", "green")


@pytest.mark.parametrize("step", FIRST_STEPS)
def test_step_in_order_is_carried_out(crew: Caller, step: str) -> None:
    assert crew.post(f"{begin(crew)}/{step}", BODIES.get(step)).status_code == 200


@pytest.mark.parametrize("step", OTHER_STEPS)
def test_step_out_of_order_conflicts_and_changes_nothing(app: Flask, crew: Caller, step: str) -> None:
    path = begin(crew)
    before = head(app), crew.get(path).get_json()

    answer = crew.post(f"{path}/{step}", BODIES.get(step))

    assert (answer.status_code, answer.get_json()["code"]) == (409, "step_out_of_order")
    assert (head(app), crew.get(path).get_json()) == before


@pytest.mark.parametrize("step", FIRST_STEPS)
def test_repeated_press_is_carried_out_once(app: Flask, crew: Caller, step: str) -> None:
    path = begin(crew)
    first = crew.post(f"{path}/{step}", BODIES.get(step), key="press-1")
    after_one = head(app)

    again = crew.post(f"{path}/{step}", BODIES.get(step), key="press-1")

    assert (again.status_code, again.get_json(), head(app)) == (200, first.get_json(), after_one)


def test_repeated_beginning_gives_the_same_ride(crew: Caller) -> None:
    advice = crew.post("/advice", HERE).get_json()["id"]

    rides = [crew.post("/rides", {"advice": advice}, key="press-1").get_json()["id"] for _ in range(2)]

    assert rides[0] == rides[1]


def test_press_without_a_key_is_another_press(app: Flask, crew: Caller) -> None:
    path = begin(crew)
    before = head(app)
    for _ in range(2):
        crew.post(f"{path}/consult", BODIES["consult"])

    assert head(app) == before + 2


@pytest.mark.parametrize("key", ["x" * 101, "é"])
def test_key_that_cannot_be_kept_whole_is_refused(crew: Caller, key: str) -> None:
    assert errors(crew.post(f"{begin(crew)}/announce", key=key)) == ["Idempotency-Key"]


def test_other_hospital_than_the_first_needs_a_reason(crew: Caller) -> None:
    path = begin(crew)

    assert errors(crew.post(f"{path}/choose", {"hospital": "oeverdam"})) == ["reason"]
    assert crew.post(f"{path}/choose", {"hospital": "oeverdam", "reason": "familie"}).status_code == 200


def test_every_mistake_is_told_at_once(crew: Caller) -> None:
    answer = crew.post(f"{begin(crew)}/choose", {"hospital": "nergens", "reason": 7, "why": "x"})

    assert errors(answer) == ["hospital", "reason", "why"]


def test_swapped_position_is_refused(crew: Caller) -> None:
    assert crew.post(f"{begin(crew)}/position", {"lat": 4.9, "lon": 52.1}).status_code == 422


def test_position_off_the_network_is_taken_all_the_same(crew: Caller) -> None:
    assert crew.post(f"{drive(crew, steps=3)}/position", {"lat": 54.0, "lon": 5.0}).status_code == 200


def test_reason_for_a_cancellation_may_be_given(crew: Caller) -> None:
    answer = crew.post(f"{begin(crew)}/cancel", {"reason": "geen vervoer nodig"})

    assert (answer.status_code, answer.get_json()["step"]) == (200, "cancelled")


def test_refused_patient_is_taken_elsewhere(crew: Caller) -> None:
    path = drive(crew, steps=4)
    crew.post(f"{path}/refused", {"reason": "geen plek"})

    ride = crew.post(f"{path}/choose", {"hospital": "oeverdam", "reason": "geweigerd"}).get_json()

    assert (ride["hospital"], ride["refused"]) == ("oeverdam", [{"hospital": "veldstad", "reason": "geen plek"}])


def test_ride_that_is_over_is_on_the_list_no_longer(crew: Caller) -> None:
    drive(crew, steps=5)
    open_one = drive(crew, steps=2)

    assert [f"/rides/{ride['id']}" for ride in crew.get("/rides").get_json()] == [open_one]


def test_hospital_does_not_see_what_was_advised(app: Flask, crew: Caller) -> None:
    drive(crew, steps=2)

    [ride] = log_in(app, "veldstad").get("/rides").get_json()

    assert ride["step"] == "announced"
    assert not {"advice", "rank", "class", "reason", "proposals", "reviews"} & ride.keys()


@pytest.mark.parametrize("path", ["/rides/none", "/rides/%00"])
def test_ride_that_does_not_exist_is_not_found(crew: Caller, path: str) -> None:
    assert crew.get(path).status_code == 404


def test_ride_from_an_advice_that_was_never_given_is_not_found(crew: Caller) -> None:
    assert crew.post("/rides", {"advice": "none"}).status_code == 404


def propose(app: Flask, path: str) -> Any:
    """Propose Oeverdam to the crew of a ride."""
    answer = log_in(app, "meldkamer").post(f"{path}/proposal", {"hospital": "oeverdam"})
    assert answer.status_code == 201
    return answer.get_json()


def test_accepted_proposal_becomes_the_destination(app: Flask, crew: Caller) -> None:
    proposal = propose(app, drive(crew, steps=1))

    ride = crew.post(f"/proposals/{proposal['id']}/accept").get_json()

    assert (proposal["accepted"], ride["hospital"], ride["proposals"][0]["accepted"]) == (None, "oeverdam", True)


def test_declined_proposal_leaves_the_destination(app: Flask, crew: Caller) -> None:
    proposal = propose(app, drive(crew, steps=1))

    ride = crew.post(f"/proposals/{proposal['id']}/decline").get_json()

    assert (ride["hospital"], ride["proposals"][0]["accepted"]) == ("veldstad", False)


def test_proposal_is_answered_once(app: Flask, crew: Caller) -> None:
    proposal = propose(app, drive(crew, steps=1))
    crew.post(f"/proposals/{proposal['id']}/decline")

    assert crew.post(f"/proposals/{proposal['id']}/accept").status_code == 409


def test_review_stays_with_the_ride(app: Flask, crew: Caller) -> None:
    path = drive(crew)
    mma = log_in(app, "mma")

    review = mma.post("/reviews", {"ride": path.split("/")[-1], "verdict": "discuss", "note": "waarom?"})

    assert (review.status_code, review.get_json()["by"]) == (201, "mma")
    assert [each["note"] for each in mma.get(path).get_json()["reviews"]] == ["waarom?"]


def test_review_before_a_choice_conflicts(app: Flask, crew: Caller) -> None:
    ride = begin(crew).split("/")[-1]

    assert log_in(app, "mma").post("/reviews", {"ride": ride, "verdict": "agree"}).status_code == 409


def test_stop_that_never_was_is_taken_off_the_board() -> None:
    admin = log_in(an_app(*all_green(), declared()), "beheer")

    stop = admin.post("/stops/s1/correct", {"why": "verkeerd ziekenhuis", "void": True}).get_json()
    board = {shown["id"]: shown for shown in admin.get("/board").get_json()["hospitals"]}

    assert stop["void"] is True
    assert board["veldstad"]["departments"]["SEH"]["status"] == "green"


def test_correction_says_why() -> None:
    admin = log_in(an_app(*all_green(), declared()), "beheer")

    assert errors(admin.post("/stops/s1/correct", {"void": True, "status": "purple"})) == ["why", "status"]


def test_late_presses_tell_when_they_were_made(crew: Caller) -> None:
    advice = crew.post("/advice", HERE).get_json()["id"]
    ride = crew.post("/rides", {"advice": advice, "at": "2026-03-10T13:20:00Z"}).get_json()

    for minute, (step, body) in enumerate(WAY, start=21):
        told = (body or {}) | {"at": f"2026-03-10T14:{minute}:00+01:00"}
        assert crew.post(f"/rides/{ride['id']}/{step}", told).status_code == 200

    shown = crew.get(f"/rides/{ride['id']}").get_json()
    assert (shown["opened_at"], shown["departed_at"]) == ("2026-03-10T13:20:00.000Z", "2026-03-10T13:23:00.000Z")
    assert [late["press"] for late in shown["late"]] == ["open", *(step for step, _ in WAY)]


@pytest.mark.parametrize("when", ["soon", "2026-03-10T13:00:00", 5, "2031-03-10T13:00:00Z", "2026-03-08T13:00:00Z"])
def test_press_at_a_time_that_cannot_be_is_refused(crew: Caller, when: Any) -> None:
    path = begin(crew)

    assert errors(crew.post(f"{path}/cancel", {"at": when})) == ["at"]
    assert errors(crew.post(f"{path}/choose", CHOOSE | {"at": when})) == ["at"]
    assert errors(crew.post(f"{path}/consult", BODIES["consult"] | {"at": when})) == ["at"]


def test_press_before_the_last_step_is_refused(crew: Caller) -> None:
    path = drive(crew, steps=2)

    assert errors(crew.post(f"{path}/depart", {"at": "2026-03-10T13:00:00Z"})) == ["at"]
