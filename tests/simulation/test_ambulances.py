"""The ambulances of the demonstration drive over the network, and where they are follows from the moment."""

from datetime import timedelta
from itertools import pairwise

from advisor.kernel import Position
from advisor.simulation.ambulances import CYCLE_S, Ambulance, Fleet
from tests.world import NOW, OneRoad, region

TOWNS = tuple(Position(lat=52.1, lon=site.position.lon + 0.03) for site in region())


def fleet(seed: int = 1, roads: OneRoad | None = None) -> Fleet:
    sites = list(region())
    return Fleet(roads or OneRoad(), sites, TOWNS, seed=seed, size=3)


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


def test_ambulance_without_a_town_near_its_hospital_is_left_out() -> None:
    sites = list(region())

    assert Fleet(OneRoad(), sites[:1], (), seed=1, size=1).at(NOW) == ()
