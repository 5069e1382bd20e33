"""The calls of the simulated region: as many, where and what for as the figures say."""

import math
from collections import Counter
from datetime import date

import pytest

from advisor.protocol.model import Answer, Stability
from advisor.roads.model import Profile
from advisor.simulation.assumptions import Complexity, Urgency
from advisor.simulation.calls import KM_PER_DEGREE, Call, calls_of_day, local_days
from advisor.simulation.run import Region
from tests.simulation.straight import straight_region

MONDAY = date(2026, 2, 2)
DAYS = 8
SIGMAS = 4.5


@pytest.fixture(scope="module")
def region() -> Region:
    return straight_region()


@pytest.fixture(scope="module")
def calls(region: Region) -> list[Call]:
    """A week and a day."""
    return [call for day in local_days(MONDAY, DAYS) for call in calls_of_day(3, day, region.assumptions, region.roads)]


def assert_share(count: int, total: int, share: float) -> None:
    """A count is what a share leads to expect, within the error of sampling."""
    assert abs(count - total * share) < SIGMAS * math.sqrt(total * share * (1 - share))


def test_as_many_calls_as_the_inhabitants_lead_to_expect(calls: list[Call], region: Region) -> None:
    expected = DAYS * region.assumptions.calls_per_day

    assert 550 < region.assumptions.calls_per_day < 580
    assert abs(len(calls) - expected) < SIGMAS * math.sqrt(expected)


@pytest.mark.parametrize("complexity", Complexity)
def test_complexity_has_its_published_share(calls: list[Call], region: Region, complexity: Complexity) -> None:
    counted = Counter(call.complexity for call in calls)

    assert_share(counted[complexity], len(calls), region.assumptions.patients.complexity[complexity])


@pytest.mark.parametrize("urgency", Urgency)
def test_urgency_has_its_published_share(calls: list[Call], region: Region, urgency: Urgency) -> None:
    counts = region.assumptions.calls.urgency

    assert_share(Counter(call.urgency for call in calls)[urgency], len(calls), counts[urgency] / sum(counts.values()))


@pytest.mark.parametrize("municipality", ["Amsterdam", "Almere", "Zaanstad", "Den Helder", "Urk"])
def test_municipality_has_the_share_of_its_inhabitants(calls: list[Call], region: Region, municipality: str) -> None:
    places = region.assumptions.places
    here = {place.name for place in places if place.municipality == municipality}
    share = sum(place.inhabitants for place in places if place.name in here) / sum(p.inhabitants for p in places)

    assert_share(sum(call.place in here for call in calls), len(calls), share)


def test_transported_share_is_the_published_one(calls: list[Call], region: Region) -> None:
    assert_share(sum(call.transported for call in calls), len(calls), region.assumptions.times.transported_share)


def test_handover_and_scene_last_as_long_as_published_on_average(calls: list[Call], region: Region) -> None:
    times = region.assumptions.times
    handover_min = sum(call.handover_min for call in calls) / len(calls)
    before_min = sum((call.departs - call.at).total_seconds() / 60 for call in calls if call.urgency is Urgency.A1)
    urgent = sum(call.urgency is Urgency.A1 for call in calls)

    assert handover_min == pytest.approx(times.handover_scale_min * math.gamma(1 + 1 / times.handover_shape), rel=0.05)
    assert before_min / urgent == pytest.approx(times.response_mean_min[Urgency.A1] + times.on_scene_mean_min, rel=0.05)


def test_highly_complex_patients_are_among_the_urgent_calls(calls: list[Call]) -> None:
    assert {call.urgency for call in calls if call.complexity is Complexity.HIGH} == {Urgency.A0, Urgency.A1}


def test_position_lies_within_its_place(calls: list[Call], region: Region) -> None:
    places = {place.name: place for place in region.assumptions.places}

    for call in calls:
        place = places[call.place]
        north = (call.position.lat - place.centre.lat) * KM_PER_DEGREE
        east = (call.position.lon - place.centre.lon) * KM_PER_DEGREE * math.cos(math.radians(place.centre.lat))
        assert math.hypot(north, east) <= place.radius_km + 0.01


def test_more_people_call_by_day_than_by_night(calls: list[Call]) -> None:
    hours = Counter(call.at.hour for call in calls)

    assert sum(hours[hour] for hour in range(9, 17)) > 2 * sum(hours[hour] for hour in range(8))


def test_calls_stand_in_order_of_departure(region: Region) -> None:
    today = calls_of_day(3, MONDAY, region.assumptions, region.roads)

    assert [call.departs for call in today] == sorted(call.departs for call in today)
    assert len({call.key for call in today}) == len(today)


def test_unstable_patients_mostly_go_with_signals_and_others_mostly_without(calls: list[Call]) -> None:
    def share(unstable: bool) -> float:
        chosen = [
            call.profile is Profile.SIGNALS for call in calls if (call.patient.abcd is Stability.UNSTABLE) == unstable
        ]
        return sum(chosen) / len(chosen)

    assert share(True) > 0.8
    assert share(False) < 0.25


def test_one_call_in_four_has_a_hospital_of_its_own(calls: list[Call], region: Region) -> None:
    own = sum(any(one.active is Answer.YES for one in call.patient.relation.values()) for call in calls)

    assert_share(own, len(calls), region.assumptions.patients.relation["active"])


def test_published_figures_name_their_source(region: Region) -> None:
    assert {"urgent_rides_nl", "on_scene_mean_min", "handover_scale_min", "complexity", "stops"} <= set(
        region.assumptions.sources
    )
