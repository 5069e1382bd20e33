"""The demonstration plays its script through the real services, and playing it again changes nothing."""

from datetime import datetime, timedelta
from importlib.resources import files

import pytest

from advisor.journal.events import StopDeclared
from advisor.journal.stop import Stop
from advisor.kernel import Department, HospitalId, Status
from advisor.services.world import World
from advisor.simulation.demonstration import NAME, SOURCE, Demonstration
from advisor.simulation.rates import Rates, RegionRate, parse_rates
from tests.world import NOW, VELDSTAD, a_world, at, declared

STEP = timedelta(minutes=6)


@pytest.fixture(scope="module")
def rates() -> Rates:
    """Rates by which the invented region is busy."""
    published = parse_rates((files("advisor.simulation") / "data" / "stop_rates.toml").read_text("utf-8"))
    regions = {name: RegionRate(per_day=12, mean_min=130) for name in ("Verzinregio", "Overkant")}
    return Rates(
        quarter=published.quarter,
        regions=regions,
        orange_regions=frozenset({"Verzinregio"}),
        orange_per_red=published.orange_per_red,
        orange_mean_min=published.orange_mean_min,
        other_per_red=published.other_per_red,
        other_mean_min=published.other_mean_min,
        other_departments=published.other_departments,
        hours=published.hours,
    )


def demonstration(world: World, rates: Rates, unscripted: str = "") -> Demonstration:
    return Demonstration(world, rates, seed=3, unscripted=frozenset({HospitalId(unscripted)}))


def play(world: World, rates: Rates, hours: float, start: datetime = NOW) -> None:
    """Play for so many hours, looking every six minutes."""
    played = demonstration(world, rates)
    played.start(start)
    for step in range(1, int(hours * 10) + 1):
        played.act(start + step * STEP)


def declarations(world: World) -> list[StopDeclared]:
    """All stops that were ever declared."""
    facts = world.journal.read(0, 10_000)
    return [recorded.event for recorded in facts if isinstance(recorded.event, StopDeclared)]


def running(world: World, now: datetime = NOW) -> list[Stop]:
    return [stop for stop in world.journal.board().stops.values() if stop.is_running(now)]


def test_first_start_has_red_and_orange_to_show(rates: Rates) -> None:
    world = a_world()

    demonstration(world, rates).start(NOW)

    assert {stop.status for stop in running(world)} == {Status.RED, Status.ORANGE}


def test_every_department_is_reported(rates: Rates) -> None:
    world = a_world()

    demonstration(world, rates).start(NOW)

    assert world.journal.board().find_word(SOURCE, VELDSTAD, Department.SEH) is not None


def test_starting_again_doubles_nothing(rates: Rates) -> None:
    world = a_world()
    demonstration(world, rates).start(NOW)
    before = running(world)

    demonstration(world, rates).start(NOW + timedelta(seconds=7))

    assert running(world) == before


def test_two_processes_play_the_same_stops_once(rates: Rates) -> None:
    alone, together = a_world(), a_world()
    play(alone, rates, 24)

    first, second = demonstration(together, rates), demonstration(together, rates)
    first.start(NOW)
    second.start(NOW)
    for step in range(1, 241):
        first.act(NOW + step * STEP)
        second.act(NOW + step * STEP)

    assert len(declarations(together)) == len(declarations(alone))


def test_day_of_the_script_is_played_about_whole(rates: Rates) -> None:
    world = a_world()

    play(world, rates, 24)

    assert 20 < len(declarations(world)) < 70


def test_stops_get_shorter_and_longer_than_the_norm(rates: Rates) -> None:
    world = a_world()

    play(world, rates, 24)

    stops = [stop for stop in world.journal.board().stops.values() if not stop.is_running(at(24 * 60))]
    assert any(stop.ended_at for stop in stops)
    assert any(stop.extensions for stop in stops)


def test_stop_of_a_person_is_never_ended(rates: Rates) -> None:
    own = [declared(f"own-{site}", hospital=site, until=at(48 * 60)) for site in ("veldstad", "oeverdam", "hogeberg")]
    world = a_world(*own)

    play(world, rates, 24)

    assert all(not stop.ended_at for stop in world.journal.board().stops.values() if stop.declared_by != NAME)


def test_hospital_that_is_left_to_people_declares_nothing(rates: Rates) -> None:
    world = a_world()
    played = demonstration(world, rates, unscripted="veldstad")

    played.start(NOW)
    for step in range(240):
        played.act(NOW + step * STEP)

    assert VELDSTAD not in {event.hospital for event in declarations(world)}
