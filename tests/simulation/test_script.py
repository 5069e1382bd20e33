"""The demonstration's script: as many stops and minutes as were published, the same for the same seed."""

from collections import Counter
from datetime import date, timedelta
from importlib.resources import files

import pytest

from advisor.bootstrap.material import load_registry
from advisor.hospitals.registry import Registry
from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.model import StopReason
from advisor.simulation.rates import Rates, parse_rates
from advisor.simulation.script import ScriptedStop, script_day

FIRST = date(2026, 2, 1)
QUARTERS = 12
DAYS = 90 * QUARTERS
NHFL = "Noord-Holland/Flevoland"


@pytest.fixture(scope="module")
def rates() -> Rates:
    return parse_rates((files("advisor.simulation") / "data" / "stop_rates.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def play(rates: Rates, registry: Registry, days: int, seed: int = 7, left_out: str = "") -> list[ScriptedStop]:
    """All stops of so many days."""
    unscripted = frozenset({HospitalId(left_out)})
    return [
        stop
        for day in range(days)
        for stop in script_day(seed, FIRST + timedelta(days=day), rates, registry, unscripted)
    ]


@pytest.fixture(scope="module")
def years(rates: Rates, registry: Registry) -> list[ScriptedStop]:
    """Three years of stops: enough for the averages to settle."""
    return play(rates, registry, DAYS)


def red(stops: list[ScriptedStop], registry: Registry, region: str) -> list[ScriptedStop]:
    return [
        stop
        for stop in stops
        if stop.department is Department.SEH
        and stop.status is Status.RED
        and registry.get_hospital(stop.hospital).roaz == region
    ]


def test_every_region_of_the_figures_is_one_of_the_registry(rates: Rates, registry: Registry) -> None:
    assert set(rates.regions) == set(registry.roaz)


def test_region_has_the_published_number_of_red_stops(years: list[ScriptedStop], registry: Registry) -> None:
    a_quarter = len(red(years, registry, NHFL)) / QUARTERS

    assert a_quarter == pytest.approx(438, rel=0.05)


def test_region_has_the_published_minutes_of_red_stops(years: list[ScriptedStop], registry: Registry) -> None:
    minutes = sum((stop.end - stop.start).total_seconds() / 60 for stop in red(years, registry, NHFL))

    assert minutes / QUARTERS == pytest.approx(59815, rel=0.06)


def test_region_that_agreed_to_have_no_stops_has_none(years: list[ScriptedStop], registry: Registry) -> None:
    assert red(years, registry, "Euregio") == []


def test_code_orange_is_declared_only_where_it_is_on_trial(years: list[ScriptedStop], registry: Registry) -> None:
    regions = {registry.get_hospital(stop.hospital).roaz for stop in years if stop.status is Status.ORANGE}

    assert regions == {NHFL}


def test_evening_is_busier_than_night(years: list[ScriptedStop]) -> None:
    hours = Counter(stop.start.hour for stop in years)

    assert sum(hours[hour] for hour in range(14, 19)) > 4 * sum(hours[hour] for hour in range(1, 6))


def test_roster_is_never_the_reason_outside_pci(years: list[ScriptedStop]) -> None:
    assert not [stop for stop in years if stop.reason is StopReason.ROSTER and stop.department is not Department.PCI]


def test_same_seed_gives_the_same_script(rates: Rates, registry: Registry) -> None:
    assert play(rates, registry, 5) == play(rates, registry, 5)


def test_other_seed_gives_another_script(rates: Rates, registry: Registry) -> None:
    assert play(rates, registry, 5) != play(rates, registry, 5, seed=8)


def test_hospital_that_is_left_to_people_is_not_in_the_script(rates: Rates, registry: Registry) -> None:
    hospitals = {stop.hospital for stop in play(rates, registry, 60, left_out="olvg-oost")}

    assert "olvg-oost" not in hospitals
