"""Presses that a phone kept while it had no connection: when they were made, and when they were heard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from advisor.journal.rides import Late, Ride
from advisor.kernel import Department, InvalidInput, Status
from advisor.protocol.model import ConsultOutcome, Outcome
from advisor.services.choose_destination import ChooseDestination, choose_destination
from advisor.services.depart import depart
from advisor.services.give_advice import give_advice
from advisor.services.open_ride import open_ride
from advisor.services.proposals import ProposeDestination, accept_proposal, propose_destination
from advisor.services.ride_steps import (
    RideStep,
    announce_ride,
    arrive,
    cancel_ride,
    hand_over,
    hold_consult,
    refuse_patient,
)
from advisor.services.see_rides import ride_document
from advisor.services.world import World
from tests.world import DISPATCHER, HOGEBERG, NOW, NURSE, VELDSTAD, a_case, a_world, all_green, at, declared

HEARD = at(40)

Press = Callable[[World, RideStep], Ride]

LATE: dict[str, tuple[Press, int]] = {
    "announce": (lambda world, step: announce_ride(step, actor=NURSE, now=HEARD, world=world), 2),
    "depart": (lambda world, step: depart(step, actor=NURSE, now=HEARD, world=world), 3),
    "arrive": (lambda world, step: arrive(step, actor=NURSE, now=HEARD, world=world), 12),
    "handover": (lambda world, step: hand_over(step, actor=NURSE, now=HEARD, world=world), 20),
}
ASIDE: dict[str, Press] = {
    "cancel": lambda world, step: cancel_ride(step, actor=NURSE, now=HEARD, world=world),
    "refused": lambda world, step: refuse_patient(step, reason="vol", actor=NURSE, now=HEARD, world=world),
    "consult": lambda world, step: hold_consult(
        step, (HOGEBERG, ConsultOutcome.ACCEPTED), actor=NURSE, now=HEARD, world=world
    ),
}


def a_ride(world: World, *presses: str) -> RideStep:
    """Choose Veldstad at 14:01, and press these buttons without a connection; all of it is heard at 14:40."""
    advice = give_advice(a_case(), actor=NURSE, now=NOW, world=world)
    step = RideStep(ride_id=open_ride(advice.id, actor=NURSE, now=HEARD, world=world, at=NOW).id)
    choice = ChooseDestination(ride_id=step.ride_id, hospital=VELDSTAD, reason="zonder verbinding", at=at(1))
    choose_destination(choice, actor=NURSE, now=HEARD, world=world)
    for name in presses:
        press, minute = LATE[name]
        press(world, replace(step, at=at(minute)))
    return step


def seen(world: World, step: RideStep) -> Ride:
    return world.journal.board().rides[step.ride_id]


def test_late_presses_count_from_when_they_were_made() -> None:
    world = a_world(*all_green())

    ride = seen(world, a_ride(world, *LATE))

    moments = (ride.opened_at, ride.chosen_at, ride.announced_at, ride.departed_at, ride.arrived_at, ride.closed_at)
    assert moments == (NOW, at(1), at(2), at(3), at(12), at(20))


def test_late_press_tells_when_it_was_heard_too() -> None:
    world = a_world(*all_green())

    ride = seen(world, a_ride(world, "announce"))

    assert ride.changed_at == HEARD
    assert ride.late[-1] == Late(press="announce", happened_at=at(2), heard_at=HEARD)
    assert ride_document(ride, NURSE)["late"][-1] == {
        "press": "announce",
        "happened_at": "2026-03-10T14:02:00.000Z",
        "heard_at": "2026-03-10T14:40:00.000Z",
    }


def test_press_that_is_told_at_once_is_not_late() -> None:
    world = a_world(*all_green())
    step = a_ride(world)

    ride = announce_ride(step, actor=NURSE, now=HEARD, world=world)

    assert (ride.announced_at, [late.press for late in ride.late]) == (HEARD, ["open", "choose"])


@pytest.mark.parametrize("name", ASIDE)
def test_other_presses_count_from_when_they_were_made(name: str) -> None:
    world = a_world(*all_green())
    step = a_ride(world, "announce", "depart")

    ride = ASIDE[name](world, replace(step, at=at(15)))

    assert (ride.late[-1].press, ride.stepped_at) == (name, at(15))


def test_proposal_is_accepted_when_it_was_pressed() -> None:
    world = a_world(*all_green())
    step = a_ride(world, "announce", "depart")
    proposing = ProposeDestination(ride_id=step.ride_id, hospital=HOGEBERG)
    _, proposal = propose_destination(proposing, actor=DISPATCHER, now=HEARD, world=world)

    ride = accept_proposal(proposal.id, actor=NURSE, now=HEARD, world=world, at=at(5))

    assert (ride.hospital, ride.chosen_at) == (HOGEBERG, at(5))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (HEARD + timedelta(minutes=1, seconds=1), "future"),
        (HEARD - timedelta(hours=24, seconds=1), "24 hours"),
        (at(1) - timedelta(seconds=1), "before the last step"),
    ],
)
def test_time_that_cannot_be_is_refused_and_changes_nothing(wrong: datetime, why: str) -> None:
    world = a_world(*all_green())
    step = a_ride(world)
    head = world.journal.head()

    with pytest.raises(InvalidInput) as refused:
        announce_ride(replace(step, at=wrong), actor=NURSE, now=HEARD, world=world)

    assert [problem.field for problem in refused.value.problems] == ["at"]
    assert why in refused.value.problems[0].message
    assert world.journal.head() == head


def test_phone_that_is_a_little_ahead_pressed_now() -> None:
    world = a_world(*all_green())
    step = replace(a_ride(world), at=HEARD + timedelta(seconds=50))

    assert announce_ride(step, actor=NURSE, now=HEARD, world=world).announced_at == HEARD


def test_repeated_late_press_is_carried_out_once_however_late_it_is_repeated() -> None:
    world = a_world(*all_green())
    step = replace(a_ride(world), at=at(2), request="key-1")
    first = announce_ride(step, actor=NURSE, now=HEARD, world=world)
    head = world.journal.head()

    again = announce_ride(step, actor=NURSE, now=HEARD + timedelta(hours=25), world=world)

    assert (again, world.journal.head()) == (first, head)


def test_late_departure_is_checked_against_what_was_known_when_it_was() -> None:
    world = a_world(*all_green(), declared("s1", hospital=VELDSTAD, status=Status.RED, when=at(20), until=at(90)))

    ride = seen(world, a_ride(world, "announce", "depart"))

    assert (ride.outcome_at_departure, ride.statuses[Department.SEH]) == (Outcome.WELCOME, Status.GREEN)


def test_late_departure_after_a_stop_was_declared_tells_the_stop() -> None:
    stop = declared("s1", hospital=VELDSTAD, status=Status.RED, when=NOW - timedelta(minutes=30), until=at(90))
    world = a_world(*all_green(), stop)

    ride = seen(world, a_ride(world, "announce", "depart"))

    assert ride.statuses[Department.SEH] is Status.RED


def test_late_departure_is_expected_when_it_would_be_there() -> None:
    world, other = a_world(*all_green()), a_world(*all_green())
    step = a_ride(other, "announce")

    late = seen(world, a_ride(world, "announce", "depart"))
    at_once = depart(step, actor=NURSE, now=HEARD, world=other)

    assert late.expected_at is not None
    assert at_once.expected_at is not None
    assert late.expected_at - at(3) == at_once.expected_at - HEARD
