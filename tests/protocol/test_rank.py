"""The order of the answer: class, unknown facilities, preference, drive time, ties."""

from dataclasses import replace
from itertools import permutations
from math import inf

import pytest

from advisor.kernel import HospitalId
from advisor.protocol.model import Answer, Order, Outcome, Patient, Stability, TreatmentRelation, Verdict
from advisor.protocol.rank import Option, far_ones, rank
from tests.protocol.hospitals import STABLE, UNSTABLE

ORDER = Order(life_threat=False, facility_unknown=False, preferred=False, tie_s=60, far_s=3600)
KNOWN = TreatmentRelation(active=Answer.YES)


def option(name: str, seconds: float, outcome: Outcome = Outcome.WELCOME, **changes: object) -> Option:
    order = {key: changes.pop(key) for key in tuple(changes) if key in Order.__dataclass_fields__}
    verdict = Verdict(
        hospital=HospitalId(name),
        outcome=outcome,
        reasons=(),
        edition="x",
        at_arrival={},
        order=replace(ORDER, **order),
    )
    return Option(verdict=verdict, name=name, drive_time_s=seconds, **changes)  # type: ignore[arg-type]


def names(options: list[Option], patient: Patient = STABLE) -> str:
    return "".join(one.name for one in rank(options, patient))


def test_classes_stand_in_their_order_whatever_the_minutes() -> None:
    classes = list(reversed(Outcome))
    options = [option(outcome[0] + outcome[-1], 60.0 * place, outcome) for place, outcome in enumerate(classes)]

    assert [one.verdict.outcome for one in rank(options, STABLE)] == list(Outcome)


def test_within_a_class_the_fastest_comes_first() -> None:
    assert names([option("c", 1200), option("a", 480), option("b", 720)]) == "abc"


def test_life_threat_makes_one_class_of_both_welcomes() -> None:
    options = [option("a", 900), option("b", 300, Outcome.WELCOME_EXCEPTION), option("c", 60, Outcome.CONSULT)]

    assert names(options, STABLE) == "abc"
    assert names(options, UNSTABLE) == "bac"


def test_life_threat_with_a_preferred_hospital_still_goes_by_time() -> None:
    options = [option("a", 900, preferred=True), option("b", 300), option("c", 600, Outcome.CONSULT, preferred=True)]

    assert names(options, UNSTABLE) == "bac"


def test_time_critical_suspicion_counts_as_a_life_threat() -> None:
    options = [
        option("a", 900, life_threat=True),
        option("b", 300, Outcome.WELCOME_EXCEPTION, life_threat=True),
    ]

    assert names(options, STABLE) == "ba"


def test_life_threat_goes_by_drive_time_alone() -> None:
    options = [option("a", 600), option("b", 590, inbound=3), option("c", 601, relation=KNOWN, preferred=True)]

    assert names(options, UNSTABLE) == "bac"


@pytest.mark.parametrize(("behind_s", "order"), [(59.9, "ba"), (60, "ab")])
def test_less_than_a_minute_apart_the_hospital_that_knows_the_patient_goes_first(behind_s: float, order: str) -> None:
    assert names([option("a", 600), option("b", 600 + behind_s, relation=KNOWN)]) == order


def test_relation_counts_although_the_complaint_is_another_and_not_when_in_doubt() -> None:
    in_doubt = TreatmentRelation(active=Answer.DOUBT)

    assert names([option("a", 600, relation=in_doubt), option("b", 600, relation=KNOWN)]) == "ba"
    assert names([option("a", 600), option("b", 610, relation=in_doubt)]) == "ab"


def test_fewer_ambulances_inbound_go_first_within_a_tie() -> None:
    assert names([option("a", 600, inbound=2), option("b", 630, inbound=1)]) == "ba"
    assert names([option("a", 600, inbound=2), option("b", 630, inbound=3, relation=KNOWN)]) == "ba"


def test_groups_of_ties_start_from_their_fastest() -> None:
    chain = [option("a", 600), option("b", 650, relation=KNOWN), option("c", 700, relation=KNOWN), option("d", 709)]

    assert names(chain) == "bacd"


def test_equal_in_everything_goes_by_name_and_then_by_id() -> None:
    twin = replace(option("b", 600), name="a")

    assert names([option("b", 600), option("a", 600)]) == "ab"
    assert [one.verdict.hospital for one in rank([twin, option("a", 600)], STABLE)] == ["a", "b"]


def test_preferred_hospitals_come_first_within_their_class() -> None:
    options = [option("a", 300), option("b", 1500, preferred=True), option("c", 60, Outcome.CONSULT, preferred=True)]

    assert names(options) == "bac"


def test_unknown_facility_comes_last_among_those_to_call() -> None:
    unsure = [
        option("a", 60, Outcome.CONSULT, facility_unknown=True),
        option("b", 1500, Outcome.CONSULT),
        option("c", 30, Outcome.DIVERT),
    ]

    assert names(unsure, STABLE) == "bac"
    assert names(unsure, UNSTABLE) == "bac"


def test_unknown_facility_changes_no_other_class() -> None:
    diverted = [option("a", 60, Outcome.DIVERT, facility_unknown=True), option("b", 1500, Outcome.DIVERT)]

    assert names(diverted) == "ab"
    assert names(diverted, UNSTABLE) == "ab"


def test_far_welcome_comes_after_a_near_hospital_that_asks_for_a_call() -> None:
    near, far = option("near", 300, Outcome.CONSULT), option("far", 3601, Outcome.WELCOME)

    assert [one.name for one in rank([far, near], STABLE)] == ["near", "far"]


def test_welcome_at_the_limit_of_far_hospitals_still_comes_before_a_call() -> None:
    near, at_limit = option("near", 300, Outcome.CONSULT), option("limit", 3600, Outcome.WELCOME)

    assert [one.name for one in rank([near, at_limit], STABLE)] == ["limit", "near"]


def test_far_welcome_comes_before_a_near_hospital_of_which_the_facility_is_unknown() -> None:
    near, far = option("near", 300, Outcome.CONSULT, facility_unknown=True), option("far", 3601, Outcome.WELCOME)

    assert [one.name for one in rank([near, far], STABLE)] == ["far", "near"]


@pytest.mark.parametrize("outcome", [Outcome.DIVERT, Outcome.UNSUITABLE, Outcome.CLOSED])
def test_far_welcome_comes_before_a_near_hospital_that_is_no_destination(outcome: Outcome) -> None:
    near, far = option("near", 300, outcome), option("far", 3601, Outcome.WELCOME)

    assert [one.name for one in rank([near, far], STABLE)] == ["far", "near"]


def test_unreachable_hospitals_keep_their_place_at_the_end_of_their_class() -> None:
    options = [option("b", inf), option("a", inf, relation=KNOWN), option("c", 600), option("d", 1, Outcome.DIVERT)]

    assert names(options) == "cabd"


def test_order_given_does_not_matter() -> None:
    options = [
        option("a", 600),
        option("b", 650, relation=KNOWN),
        option("c", 640, Outcome.WELCOME_EXCEPTION),
        option("d", 600, Outcome.CONSULT, facility_unknown=True),
        option("e", 600, Outcome.CONSULT),
    ]

    assert {names(list(some)) for some in permutations(options)} == {"baced"}


def test_empty_list_stays_empty() -> None:
    assert rank([], Patient(abcd=Stability.STABLE)) == ()


@pytest.mark.parametrize("outcome", [Outcome.WELCOME, Outcome.WELCOME_EXCEPTION, Outcome.CONSULT])
def test_far_hospitals_fold_away_when_a_nearer_one_may_receive(outcome: Outcome) -> None:
    ranked = [option("a", 3600, outcome), option("b", 3601), option("c", 9000, Outcome.DIVERT)]

    assert far_ones(ranked) == {1, 2}


@pytest.mark.parametrize("outcome", [Outcome.DIVERT, Outcome.UNSUITABLE, Outcome.CLOSED])
def test_far_hospitals_stay_when_nothing_nearer_may_receive(outcome: Outcome) -> None:
    assert far_ones([option("a", 3601), option("b", 60, outcome)]) == frozenset()
