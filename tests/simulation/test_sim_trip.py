"""One patient at a time: asked, driven, refused and received."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from advisor.kernel import Department, HospitalId, Known, Position, Status
from advisor.protocol.model import Origin, Patient, Stability, StopReason, Suspicion
from advisor.roads.model import Profile
from advisor.simulation.assumptions import Complexity, Urgency
from advisor.simulation.calls import Call
from advisor.simulation.policies import policies
from advisor.simulation.run import Region
from advisor.simulation.scene import Scene
from advisor.simulation.spells import Spell
from advisor.simulation.trip import Case, Inbound, Trip, make_trip
from tests.simulation.straight import straight_region

NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)
OOST = HospitalId("olvg-oost")
AMSTELLAND = HospitalId("amstelland")
ALWAYS = {"closed": 1.0, "divert": 1.0, "consult": 1.0, "orange": 1.0, "lost_min": 5.0}
NEVER = dict.fromkeys(ALWAYS, 0.0)
STABLE = Patient(abcd=Stability.STABLE, origin=Origin.EMERGENCY_CALL)


@pytest.fixture(scope="module")
def region() -> Region:
    return straight_region()


def stop(hospital: HospitalId, status: Status, start: datetime = NOON - timedelta(minutes=30)) -> Spell:
    """A stop of three hours."""
    end = start + timedelta(hours=3)
    return Spell(
        hospital=hospital,
        department=Department.SEH,
        status=status,
        reason=StopReason.PATIENT_PEAK,
        start=start,
        end=end,
        entered=((start, end),),
    )


def call_beside(region: Region, hospital: HospitalId, patient: Patient, departs: datetime) -> Call:
    """A call two kilometres south of a hospital."""
    site = region.position(hospital)
    return Call(
        key="one",
        place="here",
        at=departs - timedelta(minutes=20),
        departs=departs,
        position=Position(lat=site.lat - 0.02, lon=site.lon),
        urgency=Urgency.A1,
        complexity=Complexity.MIDDLE,
        patient=patient,
        profile=Profile.NO_SIGNALS,
        transported=True,
        trip_luck=0.0,
        handover_min=18.0,
    )


def trips(
    region: Region,
    spells: Sequence[Spell],
    patient: Patient = STABLE,
    *,
    beside: HospitalId = OOST,
    departs: datetime = NOON,
    door: Mapping[str, float] = ALWAYS,
    accepted: float | None = None,
) -> dict[str, Trip]:
    """The trip of one patient under every policy."""
    assumed = replace(region.assumptions, door=door)
    if accepted is not None:
        shares = dict.fromkeys(("accepted_green", "accepted_orange", "accepted_red"), accepted)
        assumed = replace(assumed, consultation={"delay_min": 2.0, **shares})
    scene = Scene(region.registry, region.editions, spells, ())
    case = Case(call_beside(region, beside, patient, departs), 1, scene, region.roads, assumed)
    return {
        policy.name: make_trip(case, policy, Inbound(), region.position) for policy in policies(region.editions, None)
    }


def test_without_any_stop_everybody_goes_to_the_nearest(region: Region) -> None:
    made = trips(region, [])

    assert {trip.first for trip in made.values()} == {OOST}
    assert not any(trip.against_stop or trip.against_orange or trip.refused_at_door for trip in made.values())


def test_red_stop_is_met_by_who_looks_at_no_board(region: Region) -> None:
    made = trips(region, [stop(OOST, Status.RED)])

    assert made["nearest"].first == OOST
    assert made["nearest"].against_stop
    assert OOST not in {made[name].first for name in ("board", "crew", "uitwijk", "uitwijk_now")}


def test_refused_patient_loses_time_and_is_received_elsewhere(region: Region) -> None:
    refused, received = (trips(region, [stop(OOST, Status.RED)], door=door)["nearest"] for door in (ALWAYS, NEVER))

    assert (refused.refused_at_door, received.refused_at_door) == (1, 0)
    assert received.last == OOST
    assert refused.last != OOST
    assert refused.total_s > received.total_s + 5 * 60


def test_life_at_risk_is_received_at_a_red_stop(region: Region) -> None:
    made = trips(region, [stop(OOST, Status.RED)], Patient(abcd=Stability.UNSTABLE))

    assert {name: trip.last for name, trip in made.items()}["uitwijk"] == OOST
    assert made["nearest"].last == OOST
    assert not made["uitwijk"].against_stop


def test_code_orange_is_passed_by_the_advice_alone(region: Region) -> None:
    made = trips(region, [stop(OOST, Status.ORANGE)], door=NEVER)
    at_orange = {name for name, trip in made.items() if trip.first == OOST}

    assert at_orange == {"nearest", "board", "crew", "uitwijk_no_orange"}
    assert {name for name, trip in made.items() if trip.against_orange} == at_orange
    assert not any(trip.against_stop for trip in made.values())


def test_closing_time_on_the_way_is_seen_by_who_judges_the_arrival(region: Region) -> None:
    before_ten = datetime(2026, 2, 3, 20, 58, tzinfo=UTC)  # 21:58 in Amsterdam
    made = trips(region, [], beside=AMSTELLAND, departs=before_ten)

    assert {name for name, trip in made.items() if trip.first == AMSTELLAND} == {
        "nearest",
        "board",
        "crew",
        "uitwijk_now",
    }
    assert made["nearest"].against_stop
    assert not made["uitwijk"].against_stop


def test_closed_department_is_no_destination_for_anybody(region: Region) -> None:
    midnight = datetime(2026, 2, 3, 23, tzinfo=UTC)

    assert AMSTELLAND not in {trip.first for trip in trips(region, [], beside=AMSTELLAND, departs=midnight).values()}


def test_stop_declared_under_way_within_the_grace_is_not_against_the_protocol(region: Region) -> None:
    made = trips(region, [stop(OOST, Status.RED, NOON + timedelta(minutes=1))])

    assert {trip.first for trip in made.values()} == {OOST}
    assert not any(trip.against_stop for trip in made.values())


def test_patient_for_a_specialty_passes_who_does_not_have_it(region: Region) -> None:
    made = trips(region, [], Patient(suspicion=Suspicion.STEMI, abcd=Stability.STABLE), beside=HospitalId("zaans-mc"))

    assert made["nearest"].suitable is False
    assert made["board"].suitable is False
    assert made["crew"].suitable is made["uitwijk"].suitable is True
    assert region.registry.hospitals[made["uitwijk"].first].known[Department.PCI] is Known.YES


def test_telephone_calls_take_time_and_end(region: Region) -> None:
    stroke = Patient(suspicion=Suspicion.STROKE, abcd=Stability.STABLE)
    yes, no = (trips(region, [], stroke, accepted=accepted)["uitwijk"] for accepted in (1.0, 0.0))

    assert (yes.calls, yes.refused_by_telephone) == (1, 0)
    assert (no.calls, no.refused_by_telephone) == (3, 3)
    assert no.total_s > yes.total_s + 3 * 60


def test_simple_policy_never_telephones(region: Region) -> None:
    made = trips(region, [stop(OOST, Status.ORANGE)], accepted=0.0)

    assert made["nearest"].calls == made["board"].calls == made["crew"].calls == 0
