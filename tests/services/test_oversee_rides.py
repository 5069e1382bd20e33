"""What the dispatch centre sees of an open ride: what the rules say now, what moved, and where it could go."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from advisor.journal.ride_events import Arrived, PositionReported, Refused
from advisor.kernel import HospitalId, Position, RideId
from advisor.protocol.model import Outcome
from advisor.services.control_room import ControlRoom
from advisor.services.report_position import report_position
from advisor.services.ride_steps import RideStep
from advisor.services.world import World
from tests.services.test_alarms import RIDE, a_ride, happen
from tests.world import DISPATCHER, HOGEBERG, NOW, NURSE, OEVERDAM, VELDSTAD, a_world, all_green, at, declared, ended


def document(world: World, minute: float = 0) -> dict[str, Any]:
    """The ride as a dispatcher sees it after some minutes."""
    view = ControlRoom(world).look(at(minute), world.journal.board()).for_actor(DISPATCHER, world)
    return view.ride_documents(DISPATCHER)[RIDE]


def test_ride_shows_what_was_advised_and_for_whom() -> None:
    seen = document(a_ride(a_world(*all_green()), hospital=OEVERDAM))

    assert seen["advised"]["hospital"] == VELDSTAD
    assert (seen["hospital"], seen["rank"]) == (OEVERDAM, 2)
    assert (seen["patient"]["abcd"], seen["patient"]["suspicion"]) == ("stable", "general")


def test_nothing_has_changed_at_first() -> None:
    seen = document(a_ride(a_world(*all_green())))

    assert (seen["class_now"], seen["changed"], seen["moved_s"], seen["best"]) == ("welcome", [], None, None)


def test_status_that_changed_since_the_choice_is_told_with_what_it_was() -> None:
    world = a_ride(a_world(*all_green()))
    happen(world, declared(when=at(1)))

    assert document(world, 2)["changed"] == [{"department": "SEH", "was": "green", "is": "red"}]


def test_red_stop_offers_the_best_hospital_that_is_free() -> None:
    world = a_ride(a_world(*all_green()), under_way=False)
    happen(world, declared(when=at(1)))

    seen = document(world, 2)

    assert seen["class_now"] == "divert"
    assert (seen["best"]["hospital"], seen["best"]["class"]) == (OEVERDAM, "welcome")


def test_stops_at_once_give_each_ride_a_hospital_that_is_free() -> None:
    world = a_ride(a_world(*all_green()), under_way=False)
    a_ride(world, hospital=OEVERDAM, under_way=False, ride="r2")
    happen(world, declared(when=at(1)), declared("s2", hospital=OEVERDAM, when=at(1)))

    view = ControlRoom(world).look(at(2), world.journal.board())

    shown = view.ride_documents(DISPATCHER).values()
    assert [(each["best"]["hospital"], each["best"]["class"]) for each in shown] == [(HOGEBERG, "welcome")] * 2


def test_best_hospital_is_gone_once_the_stop_has_ended() -> None:
    world = a_ride(a_world(*all_green()), under_way=False)
    happen(world, declared(when=at(1)), ended(when=at(3)))

    assert document(world, 4)["best"] is None


def test_hospital_that_refused_is_not_offered() -> None:
    world = a_ride(a_world(*all_green()))
    happen(world, Refused(at=at(9), by=NURSE.name, ride_id=RIDE, reason="vol"))

    seen = document(world, 10)

    assert seen["needs_another"]
    assert seen["best"]["hospital"] == OEVERDAM


def test_who_waits_arrives_later() -> None:
    world = a_ride(a_world(*all_green()), under_way=False)

    assert document(world, 1)["moved_s"] is None
    assert document(world, 10)["moved_s"] == 600


def test_who_drives_arrives_as_told() -> None:
    world = a_ride(a_world(*all_green()))
    there = NOW + timedelta(minutes=9)
    happen(world, PositionReported(at=at(1), by=NURSE.name, ride_id=RIDE, expected_at=there))

    assert document(world, 2)["expected_now"] == "2026-03-10T14:09:00.000Z"


def test_position_that_was_told_is_shown() -> None:
    world = a_ride(a_world(*all_green()))
    here = Position(lat=52.1, lon=5.07)

    report_position(RideStep(ride_id=RideId(RIDE)), here, actor=NURSE, now=at(1), world=world)

    assert document(world, 2)["position"] == {"lat": 52.1, "lon": 5.07}


def test_position_of_the_advice_is_shown_before_another_was_told() -> None:
    assert document(a_ride(a_world(*all_green())))["position"] == {"lat": 52.1, "lon": 5.0}


def test_who_is_at_the_door_is_judged_no_more() -> None:
    world = a_ride(a_world(*all_green()))
    happen(world, Arrived(at=at(6), by=NURSE.name, ride_id=RIDE), declared(when=at(7)))

    assert document(world, 8)["class_now"] is None


def test_announced_ambulance_is_judged_by_its_grace() -> None:
    world = a_ride(a_world(*all_green()))
    happen(world, declared(when=at(1)))

    assert document(world, 2)["class_now"] == Outcome.WELCOME_EXCEPTION


def test_ride_whose_advice_is_no_longer_kept_is_still_shown() -> None:
    world = a_ride(a_world(*all_green()))
    board = world.journal.board()
    [ride] = board.rides.values()
    lost = replace(board, rides={RIDE: replace(ride, advice_id="weg")})

    [seen] = ControlRoom(world).look(at(1), lost).rides

    assert (seen.record, seen.verdict, seen.ride.hospital) == (None, None, HospitalId("veldstad"))


def test_where_nobody_simply_receives_the_first_to_phone_is_offered() -> None:
    world = a_ride(a_world(), under_way=False)

    best = document(world, 1)["best"]

    assert (best["hospital"], best["class"]) == (OEVERDAM, "consult")
