"""What is to be reviewed: other than the first of the advice, and consultations; whose review is done and whose not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advisor.journal.ride_events import HandedOver, ReviewVerdict
from advisor.kernel import Interval
from advisor.protocol.model import ConsultOutcome
from advisor.services.access import Actor, Forbidden, Role
from advisor.services.refusals import NotFound
from advisor.services.review_queue import (
    ReviewItem,
    ReviewKind,
    ReviewQuery,
    ReviewState,
    list_reviews,
)
from advisor.services.review_ride import ReviewRide, review_ride
from advisor.services.ride_steps import RideStep, hold_consult
from advisor.services.world import World
from tests.services.test_alarms import RIDE, a_ride, happen
from tests.world import DISPATCHER, GP, HOGEBERG, MMA, NOW, NURSE, OEVERDAM, VELDSTAD, a_world, all_green, at, heard

DAY = Interval(start=NOW - timedelta(hours=1), end=NOW + timedelta(hours=1))
LATER = NOW + timedelta(days=30)


def listed(world: World, query: ReviewQuery | None = None, *, actor: Actor = MMA) -> tuple[ReviewItem, ...]:
    return list_reviews(query or ReviewQuery(period=DAY), actor=actor, now=LATER, world=world)


def test_first_of_the_advice_without_a_call_is_not_reviewed() -> None:
    assert listed(a_ride(a_world(*all_green()))) == ()


def test_other_than_the_first_is_a_deviation_with_what_was_advised() -> None:
    [item] = listed(a_ride(a_world(*all_green()), hospital=OEVERDAM))

    assert (item.kinds, item.first, item.ride.hospital) == ((ReviewKind.DEVIATION,), VELDSTAD, OEVERDAM)


def test_consultation_is_reviewed() -> None:
    world = a_ride(a_world(*all_green()))
    hold_consult(RideStep(ride_id=RIDE), (HOGEBERG, ConsultOutcome.REFUSED), actor=NURSE, now=at(1), world=world)

    assert listed(world)[0].kinds == (ReviewKind.CONSULT,)


def test_hospital_that_was_to_be_phoned_is_reviewed_although_nobody_noted_a_call() -> None:
    assert listed(a_ride(a_world(heard())))[0].kinds == (ReviewKind.CONSULT,)


@pytest.mark.parametrize(("kind", "count"), [(ReviewKind.DEVIATION, 1), (ReviewKind.CONSULT, 0)])
def test_kind_is_asked_for(kind: ReviewKind, count: int) -> None:
    world = a_ride(a_world(*all_green()), hospital=OEVERDAM)

    assert len(listed(world, ReviewQuery(period=DAY, kind=kind))) == count


@pytest.mark.parametrize(("state", "count"), [(ReviewState.OPEN, 0), (ReviewState.AGREE, 0), (ReviewState.DISCUSS, 1)])
def test_last_review_counts(state: ReviewState, count: int) -> None:
    world = a_ride(a_world(*all_green()), hospital=OEVERDAM)
    for minute, verdict in enumerate((ReviewVerdict.AGREE, ReviewVerdict.DISCUSS)):
        review_ride(ReviewRide(ride_id=RIDE, verdict=verdict), actor=DISPATCHER, now=at(minute), world=world)

    assert len(listed(world, ReviewQuery(period=DAY, state=state))) == count


@pytest.mark.parametrize(("minutes", "count"), [(0, 1), (1, 0)])
def test_period_is_that_of_the_beginning_of_the_ride(minutes: int, count: int) -> None:
    world = a_ride(a_world(*all_green()), hospital=OEVERDAM)
    period = Interval(start=at(minutes), end=at(60))

    assert len(listed(world, ReviewQuery(period=period))) == count


def test_ride_is_told_as_it_ended_even_after_the_period() -> None:
    world = a_ride(a_world(*all_green()), hospital=OEVERDAM)
    happen(world, HandedOver(at=at(90), by=NURSE.name, ride_id=RIDE))

    assert listed(world, ReviewQuery(period=DAY))[0].ride.closed_at == at(90)


def test_ride_of_a_month_ago_can_still_be_reviewed() -> None:
    world = a_ride(a_world(*all_green()), hospital=OEVERDAM)
    a_ride(replace(world, new_id=lambda: "other"), when=LATER, ride="r2")

    review_ride(ReviewRide(ride_id=RIDE, verdict=ReviewVerdict.AGREE), actor=MMA, now=LATER, world=world)

    assert RIDE not in world.journal.board().rides
    assert listed(world)[0].state is ReviewState.AGREE


def test_ride_that_never_was_cannot_be_reviewed() -> None:
    with pytest.raises(NotFound):
        review_ride(ReviewRide(ride_id=RIDE, verdict=ReviewVerdict.AGREE), actor=MMA, now=NOW, world=a_world())


def test_dispatcher_of_another_region_sees_nothing_of_it() -> None:
    world = a_ride(a_world(*all_green()), hospital=OEVERDAM)

    assert listed(world, actor=Actor(name="buur", role=Role.DISPATCHER, region="MKA Overkant")) == ()


def test_gp_sees_no_reviews() -> None:
    with pytest.raises(Forbidden):
        listed(a_world(), actor=GP)
