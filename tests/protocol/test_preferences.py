"""Hospitals that come first within their class: burn centres and hospitals that receive children (PD-3)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advisor.kernel import Capability, Known
from advisor.protocol.explain import Language, sentence
from advisor.protocol.model import Arrival, Patient, Stability, Suspicion, Verdict
from tests.protocol.hospitals import EVERYTHING, NOW, arriving, linde, verdict_of

BURNS = Patient(abcd=Stability.STABLE, suspicion=Suspicion.BURNS)
CHILD = Patient(abcd=Stability.STABLE, suspicion=Suspicion.CHILD)
LIMIT = timedelta(minutes=60)
MICROSECOND = timedelta.resolution


def after(drive: timedelta) -> Arrival:
    at = NOW + drive
    return Arrival(early=at, expected=at, late=at)


def judged(patient: Patient, known: Known = Known.YES, drive: timedelta = timedelta(minutes=10)) -> Verdict:
    facilities = {**EVERYTHING, Capability.BURNS: known, Capability.CHILD: known}
    return verdict_of(patient, {}, linde(facilities=facilities), after(drive))


@pytest.mark.parametrize("patient", [BURNS, CHILD])
@pytest.mark.parametrize(("known", "preferred"), [(Known.YES, True), (Known.NO, False), (Known.UNKNOWN, False)])
def test_only_a_hospital_known_to_have_it_is_preferred(patient: Patient, known: Known, preferred: bool) -> None:
    verdict = judged(patient, known)

    assert verdict.order.preferred is preferred
    assert any(reason.rule == "PD-3" for reason in verdict.reasons) is preferred
    assert verdict.outcome == "welcome"


@pytest.mark.parametrize(("drive", "preferred"), [(LIMIT, True), (LIMIT + MICROSECOND, False)])
def test_burn_centre_is_preferred_within_the_transport_limit(drive: timedelta, preferred: bool) -> None:
    assert judged(BURNS, drive=drive).order.preferred is preferred


def test_child_is_preferably_taken_any_distance() -> None:
    assert judged(CHILD, drive=10 * LIMIT).order.preferred
    assert judged(replace(CHILD, abcd=Stability.UNKNOWN)).order.preferred


@pytest.mark.parametrize("abcd", [Stability.UNKNOWN, Stability.UNSTABLE])
def test_burn_centre_is_for_the_stable_patient(abcd: Stability) -> None:
    assert not judged(replace(BURNS, abcd=abcd)).order.preferred


def test_life_threat_knows_no_preference() -> None:
    assert not judged(replace(CHILD, abcd=Stability.UNSTABLE)).order.preferred


def test_other_suspicions_prefer_nobody() -> None:
    assert not judged(Patient(abcd=Stability.STABLE)).order.preferred


@pytest.mark.parametrize(
    ("patient", "dutch", "english"),
    [
        (
            BURNS,
            "Heeft een brandwondencentrum en staat daarom voorop binnen deze groep.",
            "Has a burn centre and therefore comes first within this group.",
        ),
        (
            CHILD,
            "Heeft opvang van kinderen en staat daarom voorop binnen deze groep.",
            "Has care for children and therefore comes first within this group.",
        ),
    ],
)
def test_preference_is_told(patient: Patient, dutch: str, english: str) -> None:
    reason = next(one for one in judged(patient).reasons if one.rule == "PD-3")

    assert (sentence(reason, Language.NL), sentence(reason, Language.EN)) == (dutch, english)


def test_order_carries_what_the_edition_says() -> None:
    order = verdict_of(BURNS, arrival=arriving()).order

    assert (order.tie_s, order.far_s, order.life_threat, order.facility_unknown) == (60, 3600, False, False)
    assert verdict_of(Patient(abcd=Stability.UNSTABLE)).order.life_threat
    assert verdict_of(Patient(suspicion=Suspicion.RAAA)).order.life_threat
