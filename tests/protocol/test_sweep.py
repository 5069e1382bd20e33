"""Every combination of patient facts and statuses, against the classes that the rule text allows.

The sets below are written from the decision order and the readings, as sets and without precedence tricks,
so that an error in the engine's order shows.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from advisor.kernel import Capability, Department, HospitalId, Known, Status
from advisor.protocol.decide import judge
from advisor.protocol.model import (
    Answer,
    ConsultOutcome,
    DepartmentState,
    EnRoute,
    Origin,
    Patient,
    Stability,
    StopReason,
    Suspicion,
    TreatmentRelation,
)
from tests.protocol.hospitals import EVERYTHING, LINDE, NOW, arriving, editions, linde, open_state, picture, stopped

NEEDED = {
    Suspicion.STEMI: Department.PCI,
    Suspicion.STROKE: Department.CTT,
    Suspicion.SEVERE_TRAUMA: Department.SR,
    Suspicion.CARDIAC: Department.EHLH,
    Suspicion.CCU: Department.CCU,
}
TIME_CRITICAL = {
    Suspicion.STEMI,
    Suspicion.STROKE,
    Suspicion.SEVERE_TRAUMA,
    Suspicion.RAAA,
    Suspicion.OBSTETRIC,
}
ORIGINS = (
    (Origin.EMERGENCY_CALL, None),
    (Origin.GP, None),
    (Origin.INTERNAL, LINDE),
    (Origin.INTERNAL, HospitalId("de-wilg")),
    (Origin.SELF, None),
    (Origin.TRANSFER, None),
)
RELATIONS = {
    "none": None,
    "known": TreatmentRelation(active=Answer.YES, related=Answer.YES),
    "unrelated": TreatmentRelation(active=Answer.YES, related=Answer.NO),
    "doubt": TreatmentRelation(active=Answer.DOUBT),
}
RIDES = {
    "none": None,
    "in grace": EnRoute(departed_at=NOW - timedelta(minutes=8), announced_at=NOW - timedelta(minutes=7)),
    "not announced": EnRoute(departed_at=NOW - timedelta(minutes=8)),
    "departed later": EnRoute(departed_at=NOW - timedelta(minutes=3), announced_at=NOW - timedelta(minutes=3)),
}
DECLARED = NOW - timedelta(minutes=5)
SEH_STATES = {
    "green": open_state(),
    "orange": stopped(Status.ORANGE, since=DECLARED),
    "red": stopped(since=DECLARED),
    "calamity": stopped(Status.CALAMITY, since=DECLARED, until=None),
    "grey": open_state(status=Status.GREY),
    "unknown": open_state(status=Status.UNKNOWN),
}
DEPARTMENT_STATES = {
    "green": open_state(),
    "red": stopped(since=DECLARED),
    "technical": stopped(since=DECLARED, reason=StopReason.TECHNICAL),
    "unknown": open_state(status=Status.UNKNOWN),
}
ALL = {"welcome", "welcome_exception", "consult", "divert"}
EXCEPTION = {"welcome_exception"}


Facts = tuple[Patient, str, str, ConsultOutcome | None]


def patients(protocol: str) -> list[Facts]:
    rides = RIDES if protocol else {"none": None}
    found = []
    for abcd, suspicion, (origin, inside), relation, ride, consult in product(
        Stability, Suspicion, ORIGINS, RELATIONS, rides, (None, *ConsultOutcome)
    ):
        if consult and ride != "none":
            continue
        patient = Patient(
            abcd=abcd,
            suspicion=suspicion,
            origin=origin,
            inside=inside,
            relation={} if RELATIONS[relation] is None else {LINDE: RELATIONS[relation]},
            en_route={} if RIDES[ride] is None else {LINDE: RIDES[ride]},
            consult={} if consult is None else {LINDE: consult},
        )
        found.append((patient, relation, ride, consult))
    return found


def allowed(facts: Facts, seh: str, needed: str, protocol: str) -> set[str]:  # noqa: C901 - a table, in its order
    patient, relation, ride, consult = facts
    unstable, stable = patient.abcd is Stability.UNSTABLE, patient.abcd is Stability.STABLE
    life_threat = unstable or patient.suspicion in TIME_CRITICAL
    if seh in ("calamity", "grey"):
        return {"closed", "consult"}
    department = NEEDED.get(patient.suspicion)
    restricted = seh != "green" or (department is not None and needed != "green")
    if consult is ConsultOutcome.ACCEPTED:
        other_door = patient.suspicion is Suspicion.CARDIAC and needed == "green" and not unstable
        plainly = not restricted or (other_door and seh in ("orange", "red") and protocol != "")
        return {"welcome"} if plainly else EXCEPTION
    if consult is ConsultOutcome.REFUSED:
        if stable and not life_threat:
            return {"divert"}
        if not life_threat:
            return {"consult"}
        if (
            department is not None
            and needed in ("red", "technical")
            and patient.suspicion is not Suspicion.SEVERE_TRAUMA
        ):
            return {"divert", "consult", "welcome_exception"}
    if department is not None and needed == "unknown":
        return ALL - {"welcome", "welcome_exception"}
    if department is not None and needed in ("red", "technical"):
        sets = of_department(patient, ride, seh, needed, protocol)
        return sets if seh != "unknown" else (sets - {"welcome", "welcome_exception"}) | {"consult"}
    if seh == "unknown":
        return {"consult"}
    if seh == "green":
        return {"welcome"}
    return of_seh(patient, relation, ride, seh, protocol)


def of_department(patient: Patient, ride: str, seh: str, needed: str, protocol: str) -> set[str]:
    unstable = patient.abcd is Stability.UNSTABLE
    if patient.suspicion is Suspicion.SEVERE_TRAUMA:
        return {"welcome_exception", "consult"}
    if unstable and patient.suspicion in (Suspicion.CARDIAC, Suspicion.CCU) and seh != "unknown":
        return {"welcome_exception", "consult", *({"welcome"} if seh == "green" else set())}
    if unstable:
        return {"consult", "divert", "welcome_exception"}
    if patient.abcd is Stability.UNKNOWN:
        return {"consult", "divert", "welcome_exception"}
    if not protocol:
        return {"divert", "consult"}
    if patient.inside == LINDE:
        return {"welcome_exception", "consult"}
    if ride == "in grace":
        return EXCEPTION if needed == "red" else {"consult"}
    if ride == "not announced":
        return {"consult"}
    return {"consult"} if patient.origin is Origin.SELF else {"divert"}


def of_seh(patient: Patient, relation: str, ride: str, seh: str, protocol: str) -> set[str]:  # noqa: C901, PLR0911
    if patient.abcd is Stability.UNSTABLE or patient.suspicion in TIME_CRITICAL:
        return EXCEPTION
    if patient.suspicion is Suspicion.CARDIAC:
        return (
            {"welcome", "consult"}
            | (EXCEPTION if ride == "in grace" or patient.inside == LINDE or relation == "known" else set())
            | (EXCEPTION if patient.origin is Origin.SELF else set())
        )
    unknown_abcd = {"consult"} if patient.abcd is Stability.UNKNOWN else set()
    if not protocol:
        return {"consult"} if seh == "orange" else {"divert", "consult"}
    if patient.inside == LINDE or patient.origin is Origin.SELF or ride == "in grace":
        return EXCEPTION
    if patient.suspicion is Suspicion.CCU:
        return {"consult"} if relation != "known" or seh == "red" else {"consult", "welcome_exception"}
    if ride == "not announced" and not (seh == "orange" and relation == "known"):
        return {"consult"}
    if patient.origin is Origin.TRANSFER:
        return {"consult"}
    if patient.origin is Origin.EMERGENCY_CALL:
        if seh == "red":
            return unknown_abcd or {"divert"}
        return {"none": unknown_abcd or {"divert"}, "known": EXCEPTION, "unrelated": {"consult"}, "doubt": {"consult"}}[
            relation
        ]
    if seh == "orange":
        return EXCEPTION if relation == "known" else {"consult"}
    return {
        "none": unknown_abcd or {"divert"},
        "unrelated": unknown_abcd or {"divert"},
        "known": {"consult"},
        "doubt": {"consult"},
    }[relation]


@pytest.mark.parametrize("protocol", ["nhfl", ""])
@pytest.mark.parametrize("needed", DEPARTMENT_STATES)
@pytest.mark.parametrize("seh", SEH_STATES)
def test_every_combination_has_a_class_that_the_rules_allow(seh: str, needed: str, protocol: str) -> None:
    site = linde(protocol=protocol, facilities=EVERYTHING)
    boards = {suspicion: board(suspicion, seh, needed) for suspicion in Suspicion}
    shown = {suspicion: picture(site, states) for suspicion, states in boards.items()}
    wrong = []

    for facts in patients(protocol):
        patient = facts[0]
        if NEEDED.get(patient.suspicion) is None and needed != "green":
            continue
        outcome = judge(patient, site, shown[patient.suspicion], arriving(10), NOW, editions()).outcome
        if outcome not in allowed(facts, seh, needed, protocol):
            wrong.append((outcome.value, facts))

    assert wrong == []


def board(suspicion: Suspicion, seh: str, needed: str) -> dict[Department, DepartmentState]:
    states = {Department.SEH: SEH_STATES[seh]}
    department = NEEDED.get(suspicion)
    return states if department is None else {**states, department: DEPARTMENT_STATES[needed]}


@pytest.mark.parametrize("suspicion", Suspicion)
@pytest.mark.parametrize("abcd", Stability)
def test_a_missing_facility_goes_before_everything(suspicion: Suspicion, abcd: Stability) -> None:
    demand = editions().national.demands[suspicion]
    needed = {one for one in (demand.capability, None if demand.fallback else demand.department) if one}
    needed |= {Department.SR} if abcd is Stability.UNSTABLE else set()
    patient = Patient(abcd=abcd, suspicion=suspicion)

    for facility, seh in product(needed, SEH_STATES):
        site = linde(facilities={**EVERYTHING, facility: Known.NO})
        outcome = judge(
            patient, site, picture(site, {Department.SEH: SEH_STATES[seh]}), arriving(), NOW, editions()
        ).outcome
        assert outcome == "unsuitable"


def test_a_capability_that_is_only_preferred_excludes_nobody() -> None:
    site = linde(facilities={**EVERYTHING, Capability.BURNS: Known.NO, Capability.CHILD: Known.NO})
    patients_in_question = [
        Patient(abcd=Stability.STABLE, suspicion=suspicion) for suspicion in (Suspicion.BURNS, Suspicion.CHILD)
    ]

    outcomes = {
        judge(replace(one), site, picture(site, {}), arriving(), NOW, editions()).outcome
        for one in patients_in_question
    }

    assert outcomes == {"welcome"}
