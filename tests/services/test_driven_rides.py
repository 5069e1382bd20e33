"""The drives of rides that arrived, as the journal tells them."""

from dataclasses import replace
from datetime import datetime

import pytest

from advisor.kernel import Interval
from advisor.roads.model import Profile
from advisor.services.choose_destination import ChooseDestination, choose_destination
from advisor.services.depart import depart
from advisor.services.driven_rides import DrivenRide, read_driven_rides
from advisor.services.give_advice import give_advice
from advisor.services.open_ride import open_ride
from advisor.services.ride_steps import RideStep, announce_ride, arrive, refuse_patient
from advisor.services.world import World
from tests.world import HOGEBERG, NOW, NURSE, VELDSTAD, a_case, a_world, all_green, at

ALL_DAY = Interval(start=at(-60), end=None)


@pytest.fixture
def world() -> World:
    return a_world(*all_green())


def a_departure(world: World, *, signals: bool = True) -> RideStep:
    """A ride to Veldstad that departs at 14:02."""
    advice = give_advice(a_case(signals=signals), actor=NURSE, now=NOW, world=world)
    step = RideStep(ride_id=open_ride(advice.id, actor=NURSE, now=NOW, world=world).id)
    choice = ChooseDestination(ride_id=step.ride_id, hospital=VELDSTAD, reason="dichtbij")
    choose_destination(choice, actor=NURSE, now=at(1), world=world)
    announce_ride(step, actor=NURSE, now=at(1), world=world)
    depart(step, actor=NURSE, now=at(2), world=world)
    return step


def driven(world: World, period: Interval = ALL_DAY) -> list[DrivenRide]:
    return list(read_driven_rides(period, world=world))


def test_ride_tells_what_was_foretold_and_what_it_took(world: World) -> None:
    arrive(a_departure(world), actor=NURSE, now=at(15), world=world)

    (ride,) = driven(world)

    departed = world.journal.board().rides[ride.ride_id]
    assert departed.expected_at is not None
    assert ride.took_s == 13 * 60
    assert ride.foretold_s == (departed.expected_at - at(2)).total_seconds()
    assert ride.distance_m == pytest.approx(ride.foretold_s * 20.0, rel=0.01)
    assert ride.low_s == pytest.approx(ride.foretold_s * 0.1, rel=0.01)


@pytest.mark.parametrize(("signals", "profile"), [(True, Profile.SIGNALS), (False, Profile.NO_SIGNALS)])
def test_ride_tells_how_it_was_driven(world: World, signals: bool, profile: Profile) -> None:
    arrive(a_departure(world, signals=signals), actor=NURSE, now=at(15), world=world)

    assert [ride.profile for ride in driven(world)] == [profile]


def test_press_that_was_told_late_counts_from_when_it_was_made(world: World) -> None:
    arrive(replace(a_departure(world), at=at(14)), actor=NURSE, now=at(40), world=world)

    assert [ride.took_s for ride in driven(world)] == [12 * 60]


def test_ride_under_way_is_not_yet_there(world: World) -> None:
    a_departure(world)

    assert driven(world) == []


def test_ride_that_chose_elsewhere_on_its_way_is_left_out(world: World) -> None:
    step = a_departure(world)
    choice = ChooseDestination(ride_id=step.ride_id, hospital=HOGEBERG, reason="vol")
    choose_destination(choice, actor=NURSE, now=at(5), world=world)
    arrive(step, actor=NURSE, now=at(20), world=world)

    assert driven(world) == []


def test_ride_that_was_refused_and_never_left_again_counts_once(world: World) -> None:
    step = a_departure(world)
    arrive(step, actor=NURSE, now=at(15), world=world)
    refuse_patient(step, reason="vol", actor=NURSE, now=at(16), world=world)

    assert len(driven(world)) == 1


@pytest.mark.parametrize(("start", "count"), [(at(-60), 1), (at(30), 0)])
def test_only_rides_of_the_period_count(world: World, start: datetime, count: int) -> None:
    arrive(a_departure(world), actor=NURSE, now=at(15), world=world)

    assert len(driven(world, Interval(start=start, end=None))) == count
