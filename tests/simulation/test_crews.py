"""Invented crews make rides through the real services: by advice, some otherwise, and never too many at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from advisor.journal.ride_events import DestinationChosen, PositionReported, RideEvent, RideOpened
from advisor.journal.rides import Ride, Step, fold_rides
from advisor.services.proposals import ProposeDestination, propose_destination
from advisor.services.world import World
from advisor.simulation.ambulances import CREW, Fleet, trips_of
from advisor.simulation.crews import MOST_OPEN, Crews
from advisor.simulation.rounds import CYCLE_S
from tests.simulation.places import near_the_road
from tests.world import DISPATCHER, NOW, OVERKANT, a_world, all_green, region

STEP = timedelta(seconds=15)
SEED = 4


def fleet_of(world: World, size: int = 6) -> Fleet:
    return Fleet(
        world.roads,
        list(region()),
        near_the_road(),
        seed=SEED,
        size=size,
        trips=lambda: trips_of(world.journal.board()),
    )


def crews_of(world: World, size: int = 6) -> Crews:
    return Crews(world, fleet_of(world, size), seed=SEED)


def moments(hours: float, start: datetime = NOW) -> Iterator[datetime]:
    for step in range(int(hours * 3600 / STEP.total_seconds())):
        yield start + step * STEP


def facts(world: World) -> list[RideEvent]:
    read = (recorded.event for recorded in world.journal.read(0, 100_000))
    return [event for event in read if isinstance(event, RideEvent)]


def rides(world: World) -> list[Ride]:
    return list(fold_rides(facts(world)).values())


def open_rides(world: World) -> list[Ride]:
    return [ride for ride in rides(world) if not ride.is_over]


@pytest.fixture(scope="module")
def played() -> World:
    """A world in which a dozen crews drove for ten hours."""
    world = a_world(*all_green())
    crews = crews_of(world, size=12)
    for now in moments(10):
        crews.act(now)
    return world


def test_rides_end_with_the_handing_over(played: World) -> None:
    over = [ride for ride in rides(played) if ride.is_over]

    assert sum(ride.step is Step.HANDED_OVER for ride in over) > 50
    assert all(ride.arrived_at for ride in over if ride.step is Step.HANDED_OVER)


def test_most_go_to_the_first_of_the_advice_and_some_say_why_not(played: World) -> None:
    choices = [event for event in facts(played) if isinstance(event, DestinationChosen)]
    others = [choice for choice in choices if choice.rank > 1]

    assert 0 < len(others) < len(choices) / 3
    assert all(choice.reason for choice in others)


def test_some_are_refused_at_the_door_and_go_elsewhere(played: World) -> None:
    refused = [ride for ride in rides(played) if ride.refused and ride.is_over]

    assert refused
    assert all(ride.hospital != ride.refused[0].hospital for ride in refused if ride.step is Step.HANDED_OVER)


def test_some_are_cancelled(played: World) -> None:
    assert any(ride.step is Step.CANCELLED for ride in rides(played))


def test_nobody_is_called_by_the_name_of_a_person(played: World) -> None:
    assert {event.by.startswith(CREW) for event in facts(played)} == {True}


def test_ambulance_is_told_of_every_two_minutes_at_most(played: World) -> None:
    by_ride: dict[str, list[datetime]] = {}
    for event in facts(played):
        if isinstance(event, PositionReported):
            by_ride.setdefault(event.ride_id, []).append(event.at)

    gaps = [after - before for told in by_ride.values() for before, after in pairwise(told)]
    assert min(gaps) >= timedelta(minutes=2)


def test_never_more_than_a_dozen_are_open() -> None:
    world = a_world(*all_green())
    crews, most = crews_of(world, size=40), 0
    for now in moments(1):
        crews.act(now)
        most = max(most, sum(not ride.is_over for ride in world.journal.board().rides.values()))

    assert most == MOST_OPEN


def test_crew_that_phones_hears_an_answer() -> None:
    world = a_world()  # nothing is known of any department: everybody phones first
    crews = crews_of(world, size=12)
    for now in moments(3):
        crews.act(now)

    assert {outcome.value for ride in rides(world) for outcome in ride.consults.values()} == {"accepted", "refused"}


def test_two_processes_make_each_ride_once() -> None:
    world = a_world(*all_green())
    one, other = crews_of(world), crews_of(world)
    for now in moments(2):
        one.act(now)
        other.act(now)

    opened = [(event.by, event.request) for event in facts(world) if isinstance(event, RideOpened)]
    assert len(opened) == len(set(opened)) > 6


def test_ride_that_was_left_behind_is_closed() -> None:
    world = a_world(*all_green())
    before, after = crews_of(world), crews_of(world)
    for now in moments(0.4):
        before.act(now)
    left = {ride.id for ride in open_rides(world)}

    for now in moments(0.05, NOW + timedelta(seconds=3 * CYCLE_S)):
        after.act(now)

    assert left
    assert left.isdisjoint(ride.id for ride in open_rides(world))


def test_proposals_are_answered() -> None:
    world = a_world(*all_green())
    crews = crews_of(world, size=12)
    for now in moments(2):
        crews.act(now)
        for ride in world.journal.board().rides.values():
            if ride.step is Step.DEPARTED and not ride.proposals and ride.hospital != OVERKANT:
                command = ProposeDestination(ride_id=ride.id, hospital=OVERKANT)
                propose_destination(command, actor=DISPATCHER, now=now, world=world)

    answers = {ride.proposals[0].accepted for ride in rides(world) if ride.proposals and ride.is_over}
    assert answers == {True, False}


def test_ambulance_drives_to_the_hospital_of_its_ride_without_a_jump() -> None:
    world = a_world(*all_green())
    fleet = fleet_of(world)
    crews = Crews(world, fleet, seed=SEED)
    seen = []
    for now in moments(2):
        crews.act(now)
        seen.append({each.name: each for each in fleet.at(now)})

    steps = [
        abs(after[name].position.lon - before[name].position.lon) for before, after in pairwise(seen) for name in after
    ]
    assert max(steps) * 68_000 < STEP.total_seconds() * 45  # metres at 160 km/h
    there = {(each.name, each.round): each for look in seen for each in look.values() if each.phase == "at_hospital"}
    ends = {
        key: region().get_hospital(ride.hospital).position.lon
        for key, ride in trips_of(world.journal.board()).items()
        if ride.step is Step.HANDED_OVER and ride.hospital
    }
    assert len(ends) > 6
    assert all(abs(there[key].position.lon - lon) < 1e-6 for key, lon in ends.items())
