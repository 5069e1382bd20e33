"""Measures, intervals and charts of simulated runs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from advisor.kernel import HospitalId
from advisor.simulation.calls import calls_of_day
from advisor.simulation.charts import CHARTS, LABELS, bars, draw_charts
from advisor.simulation.measures import policy_measures
from advisor.simulation.policies import policies
from advisor.simulation.summary import interval, summarise
from advisor.simulation.trip import Trip
from tests.simulation.straight import straight_region

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def trip() -> Trip:
    """A drive of twelve minutes, two more than to the nearest, with ten minutes at the door."""
    region = straight_region()
    call = calls_of_day(1, date(2026, 2, 2), region.assumptions, region.roads)[0]
    arrived = call.departs + timedelta(minutes=14)
    return Trip(
        call=call,
        first=HospitalId("olvg-oost"),
        last=HospitalId("olvg-oost"),
        drive_s=720.0,
        nearest_s=600.0,
        total_s=840.0,
        arrived=arrived,
        left=arrived + timedelta(minutes=10),
        calls=1,
        refused_by_telephone=0,
        refused_at_door=0,
        against_stop=False,
        against_orange=False,
        suitable=None,
        nothing_open=False,
        own=None,
    )


def at(trip: Trip, minute: int, hospital: str = "olvg-oost") -> Trip:
    """The same trip, so many minutes later."""
    later = timedelta(minutes=minute)
    return replace(trip, last=HospitalId(hospital), arrived=trip.arrived + later, left=trip.left + later)


def test_minutes_are_measured_from_departure_to_reception(trip: Trip) -> None:
    measured = policy_measures([trip], 1)

    assert (measured["drive_mean_min"], measured["detour_mean_min"], measured["received_mean_min"]) == (12.0, 2.0, 14.0)
    assert measured["consult_calls_per_1000"] == 1000


def test_nine_in_ten_drive_no_longer_than_the_ninetieth_percentile(trip: Trip) -> None:
    trips = [replace(trip, drive_s=60.0 * minutes) for minutes in range(1, 101)]

    assert policy_measures(trips, 1)["drive_p90_min"] == 90.0


def test_peak_counts_the_ambulances_at_one_door_at_once(trip: Trip) -> None:
    trips = [at(trip, 0), at(trip, 5), at(trip, 9), at(trip, 10), at(trip, 0, "bovenij")]
    load = policy_measures(trips, 2)["load"]

    assert load == {"bovenij": {"per_day": 0.5, "peak": 1}, "olvg-oost": {"per_day": 2.0, "peak": 3}}


def test_nobody_transported_is_measured_as_nothing() -> None:
    measured = policy_measures([], 1)

    assert measured["patients"] == 0
    assert measured["detour_p90_min"] == 0.0
    assert measured["load"] == {}


def test_interval_is_that_of_student() -> None:
    # Mean 3, standard deviation sqrt(2.5), five values: 2.776 * 1.5811 / sqrt(5).
    assert interval([1, 2, 3, 4, 5]) == {"mean": 3.0, "low": 1.037, "high": 4.963}


def test_one_run_has_no_interval() -> None:
    assert interval([2.5]) == {"mean": 2.5, "low": 2.5, "high": 2.5}


def runs(trip: Trip, minutes: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """Runs of two policies that drive so many minutes."""
    return [
        {
            "policies": {
                name: policy_measures([replace(trip, drive_s=60.0 * drive)], 1)
                for name, drive in (("nearest", nearest), ("uitwijk", advised))
            }
        }
        for nearest, advised in minutes
    ]


def test_differences_are_taken_per_seed(trip: Trip) -> None:
    summary = summarise(runs(trip, [(10, 12), (20, 22), (30, 32)]))

    assert summary["policies"]["nearest"]["drive_mean_min"]["low"] < 0
    assert summary["differences"]["uitwijk - nearest"]["drive_mean_min"] == {"mean": 2.0, "low": 2.0, "high": 2.0}


def test_charts_are_well_formed_and_show_every_policy(trip: Trip) -> None:
    charts = draw_charts(summarise(runs(trip, [(10, 12), (20, 22)])))

    assert set(charts) == {*(f"{name}.svg" for name in CHARTS), "load.svg"}
    for drawing in charts.values():
        texts = [text.text for text in ET.fromstring(drawing).iter(f"{SVG}text")]
        assert texts[0]
    assert {LABELS["nearest"], LABELS["uitwijk"]} <= {
        text.text for text in ET.fromstring(charts["detour.svg"]).iter(f"{SVG}text")
    }


def test_longer_bar_is_the_larger_value() -> None:
    drawing = bars("T", [("a", interval([1, 2])), ("b", interval([4, 5]))])
    widths = [float(bar.attrib["width"]) for bar in ET.fromstring(drawing).iter(f"{SVG}rect")][1:]

    assert widths[1] == pytest.approx(3 * widths[0], abs=0.2)


def test_every_policy_has_a_label() -> None:
    assert {policy.name for policy in policies(straight_region().editions, None)} == set(LABELS)
