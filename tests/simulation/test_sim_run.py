"""A simulated period: repeatable, complete, and the same world for every policy."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor.protocol.rank import Option
from advisor.simulation.calls import Call, calls_of_day
from advisor.simulation.look import look
from advisor.simulation.measures import measure
from advisor.simulation.policies import Advised, Question, is_time_critical, policies
from advisor.simulation.run import Period, Played, Region, play
from advisor.simulation.scene import Scene
from advisor.simulation.trip import Trip
from tests.simulation.straight import straight_region

ROOT = Path(__file__).parents[2]
START = date(2026, 2, 2)
PERIOD = Period(seed=7, start=START, days=2)
ALL = ("nearest", "board", "crew", "uitwijk", "uitwijk_no_orange", "uitwijk_now")

GOLDEN = "0063e17448e45792"
"""Digest of a day under the simple policies. When hospitals, figures or the simulation change on purpose, renew it."""

PRINT_DAY = """
import sys
from datetime import date
from tests.simulation.test_sim_run import digest
from tests.simulation.straight import straight_region
from advisor.simulation.run import Period
sys.stdout.write(digest(Period(seed=7, start=date(2026, 2, 2), days=1, protocol="off"), straight_region()))
"""


def digest(period: Period, region: Region) -> str:
    """Everything that was measured, as one short text."""
    document = json.dumps(measure(play(period, region), region.registry), sort_keys=True)
    return hashlib.sha256(document.encode()).hexdigest()[:16]


@pytest.fixture(scope="module")
def region() -> Region:
    return straight_region()


@pytest.fixture(scope="module")
def played(region: Region) -> Played:
    """Two days under all policies."""
    return play(PERIOD, region)


def keys(trips: list[Trip]) -> list[str]:
    """Whose trips they are."""
    return [trip.call.key for trip in trips]


def test_same_seed_gives_the_same_output_in_every_process(region: Region) -> None:
    elsewhere = subprocess.run(
        [sys.executable, "-c", PRINT_DAY],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "12345"},
        text=True,
    ).stdout

    assert digest(replace(PERIOD, days=1, protocol="off"), region) == elsewhere == GOLDEN


def test_other_seed_gives_another_world(region: Region, played: Played) -> None:
    other = play(replace(PERIOD, seed=8, days=1, protocol="off"), region)

    assert [call.at for call in other.calls[:20]] != [call.at for call in played.calls[:20]]
    assert other.scene.spells != played.scene.spells


def test_every_transported_patient_is_received_once_under_every_policy(played: Played) -> None:
    transported = [call.key for call in played.calls if call.transported]

    assert len(transported) == len(set(transported))
    assert {name: keys(trips) == transported for name, trips in played.trips.items()} == dict.fromkeys(ALL, True)


def test_measures_count_every_call_once(played: Played, region: Region) -> None:
    document = measure(played, region.registry)
    world = document["world"]

    assert world["calls"] == world["transported"] + world["treated_on_scene"] == len(played.calls)
    for of_policy in document["policies"].values():
        received = sum(of_site["per_day"] for of_site in of_policy["load"].values()) * PERIOD.days
        assert received == pytest.approx(world["transported"], abs=0.1)


def test_policy_plays_alike_with_and_without_others_beside_it(played: Played, region: Region) -> None:
    alone = play(replace(PERIOD, protocol="nhfl"), region)

    assert alone.trips == {name: played.trips[name] for name in ALL[3:]}
    assert alone.scene.spells == played.scene.spells


def test_nearest_policy_never_drives_farther_than_the_nearest_open_department(played: Played) -> None:
    assert all(trip.drive_s == trip.nearest_s for trip in played.trips["nearest"])
    assert all(trip.drive_s >= trip.nearest_s for name in ALL for trip in played.trips[name])


def test_no_patient_is_received_before_the_drive_is_over(played: Played) -> None:
    for name in ALL:
        for trip in played.trips[name]:
            assert trip.total_s >= 30
            assert trip.left > trip.arrived > trip.call.departs


def test_simple_policies_never_telephone(played: Played) -> None:
    assert sum(trip.calls for name in ALL[:3] for trip in played.trips[name]) == 0
    assert sum(trip.calls for trip in played.trips["uitwijk"]) > 0


def test_the_more_a_policy_looks_at_the_fewer_patients_come_against_the_protocol(played: Played) -> None:
    against = {name: sum(trip.against_stop + trip.against_orange for trip in played.trips[name]) for name in ALL}

    assert against["nearest"] > against["board"] >= against["uitwijk_no_orange"] >= against["uitwijk"]


def test_advice_takes_time_critical_patients_where_they_can_be_treated(played: Played) -> None:
    first = [trip.suitable for trip in played.trips["uitwijk"] if is_time_critical(trip.call.patient)]

    assert False not in first
    assert False in [trip.suitable for trip in played.trips["nearest"]]


def test_nobody_whose_life_is_at_risk_is_refused_at_the_door(played: Played) -> None:
    refused = [trip for name in ALL for trip in played.trips[name] if trip.refused_at_door]

    assert refused
    assert not [trip for trip in refused if is_time_critical(trip.call.patient) or trip.call.patient.abcd == "unstable"]


def test_refusal_at_the_door_leads_to_another_hospital(played: Played) -> None:
    for name in ALL:
        for trip in played.trips[name]:
            assert (trip.first != trip.last) == (trip.refused_at_door > 0)


def first_options(region: Region, scene: Scene, calls: list[Call], advised: Advised) -> dict[str, Option]:
    """The first of the advice by call, when all hospitals are looked at in one go."""
    options = {}
    for call in calls:
        legs = look(region.roads, call.position, call.profile, call.departs)
        picture = scene.heard(call.departs, orange=advised.orange)
        question = Question(patient=call.patient, now=call.departs, picture=picture)
        options[call.key] = advised.first_option(question, legs, lambda _: 0, nearest=())
    return options


@pytest.fixture(scope="module")
def afternoon(region: Region) -> list[Call]:
    """Calls of one day, from noon on."""
    return calls_of_day(PERIOD.seed, START, region.assumptions, region.roads)[250:400]


def test_looking_at_the_nearest_hospitals_first_changes_no_advice(
    region: Region, played: Played, afternoon: list[Call]
) -> None:
    advised = Advised(name="uitwijk", editions=region.editions)
    whole = first_options(region, played.scene, afternoon, advised)

    for call in afternoon:
        legs = look(region.roads, call.position, call.profile, call.departs)
        question = Question(patient=call.patient, now=call.departs, picture=played.scene.heard(call.departs))
        assert advised.first_option(question, legs, lambda _: 0) == whole[call.key]


def test_advice_is_the_same_with_and_without_the_rules_for_orange_where_nobody_shows_it(
    region: Region, played: Played, afternoon: list[Call]
) -> None:
    with_orange, without_orange, _ = policies(region.editions, "nhfl")
    assert isinstance(with_orange, Advised)
    assert isinstance(without_orange, Advised)
    quiet = [call for call in afternoon if not played.scene.shows_orange(call.departs)]

    assert quiet
    assert first_options(region, played.scene, quiet, with_orange) == first_options(
        region, played.scene, quiet, without_orange
    )
