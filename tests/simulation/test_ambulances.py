"""The ambulances of the demonstration drive over the network, and where they are follows from the moment."""

from datetime import timedelta
from itertools import pairwise

import pytest

from advisor.protocol.model import Stability, Suspicion
from advisor.simulation.ambulances import Ambulance, Fleet
from advisor.simulation.rounds import CYCLE_S, Round, Rounds
from tests.simulation.places import near_the_road
from tests.world import NOW, OneRoad, region


def fleet(seed: int = 1, roads: OneRoad | None = None) -> Fleet:
    sites = list(region())
    return Fleet(roads or OneRoad(), sites, near_the_road(), seed=seed, size=3)


def seen(minutes: float, seed: int = 1) -> tuple[Ambulance, ...]:
    return fleet(seed).at(NOW + timedelta(minutes=minutes))


def test_two_processes_show_the_same() -> None:
    assert seen(11) == seen(11)


def test_other_seed_shows_others() -> None:
    assert seen(11) != seen(11, seed=2)


def test_each_goes_through_all_phases_within_a_round() -> None:
    drive = fleet()
    phases = {drive.at(NOW + timedelta(seconds=second))[0].phase for second in range(0, CYCLE_S, 20)}

    assert phases == {"to_scene", "on_scene", "transport", "at_hospital"}


def test_nobody_jumps() -> None:
    drive = fleet()
    positions = [drive.at(NOW + timedelta(seconds=second))[1].position for second in range(0, 2 * CYCLE_S, 5)]

    steps = [abs(after.lon - before.lon) for before, after in pairwise(positions)]
    assert max(steps) * 68_000 < 5 * 45  # metres in five seconds at 160 km/h


def test_document_says_that_it_is_a_demonstration() -> None:
    assert fleet().document(NOW)["demo"] is True


def test_ambulance_without_a_place_near_its_hospital_is_left_out() -> None:
    sites = list(region())

    assert Fleet(OneRoad(), sites[:1], near_the_road(()), seed=1, size=1).at(NOW) == ()


@pytest.fixture(scope="module")
def month() -> dict[int, Round]:
    """The rounds of one ambulance in thirty days, by the hour of the day (UTC) at which they begin."""
    rounds = Rounds(list(region())[:1], near_the_road(), OneRoad(), seed=1)
    found = {count: rounds.find(0, count) for count in range(490_000, 490_000 + 30 * 24)}
    return {count: each for count, each in found.items() if each is not None}


def test_patients_are_those_of_the_simulated_region(month: dict[int, Round]) -> None:
    patients = [each.call.patient for each in month.values()]

    assert 0.65 < sum(patient.suspicion is Suspicion.GENERAL for patient in patients) / len(patients) < 0.87
    assert {patient.abcd for patient in patients} == set(Stability)
    assert 0.2 < sum(bool(patient.relation) for patient in patients) / len(patients) < 0.4


def test_at_night_fewer_have_a_patient(month: dict[int, Round]) -> None:
    by_day = [each.has_patient for count, each in month.items() if 10 <= count % 24 < 16]
    by_night = [each.has_patient for count, each in month.items() if count % 24 < 4]

    assert sum(by_day) / len(by_day) > 1.5 * sum(by_night) / len(by_night)


def test_ambulance_tells_of_the_call_that_it_was_sent_to() -> None:
    on_scene = next(each for minute in range(60) for each in seen(minute) if each.phase == "on_scene")

    assert on_scene.position == on_scene.call.position
