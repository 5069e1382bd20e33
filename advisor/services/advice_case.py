"""The question that an advice answers: a patient somewhere; and its form in a receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from advisor.journal.structure import moment_text
from advisor.kernel import HospitalId, Position
from advisor.protocol.model import (
    Answer,
    ConsultOutcome,
    EnRoute,
    Origin,
    Patient,
    Stability,
    Suspicion,
    TreatmentRelation,
)

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceCase:
    """A patient, where the ambulance is, and how it drives.

    `accuracy_m` is the radius that the device gives for its position, `heading_deg` its course clockwise from
    north; both may be unknown.
    """

    position: Position
    patient: Patient = field(default_factory=Patient)
    signals: bool = True
    accuracy_m: float | None = None
    heading_deg: float | None = None


def case_document(case: AdviceCase) -> dict[str, Json]:
    """Return a case in JSON terms, without its position."""
    patient = case.patient
    return {
        "abcd": patient.abcd.value,
        "letters": sorted(patient.letters),
        "suspicion": patient.suspicion.value,
        "origin": patient.origin.value,
        "inside": patient.inside,
        "relation": {
            hospital: [relation.active.value, relation.related.value] for hospital, relation in patient.relation.items()
        },
        "en_route": {
            hospital: [_text(en_route.departed_at), _text(en_route.announced_at)]
            for hospital, en_route in patient.en_route.items()
        },
        "consult": {hospital: outcome.value for hospital, outcome in patient.consult.items()},
        "gp_accepted": dict(patient.gp_accepted),
        "shockroom": patient.shockroom,
        "signals": case.signals,
        "accuracy_m": case.accuracy_m,
        "heading_deg": case.heading_deg,
    }


def read_case(document: Mapping[str, Json], position: Position) -> AdviceCase:
    """Return the case that `case_document` wrote."""
    patient = Patient(
        abcd=Stability(document["abcd"]),
        letters=frozenset(document["letters"]),
        suspicion=Suspicion(document["suspicion"]),
        origin=Origin(document["origin"]),
        inside=HospitalId(document["inside"]) if document["inside"] else None,
        relation={
            HospitalId(hospital): TreatmentRelation(active=Answer(active), related=Answer(related))
            for hospital, (active, related) in document["relation"].items()
        },
        en_route={
            HospitalId(hospital): EnRoute(departed_at=_moment(departed), announced_at=_moment(announced))
            for hospital, (departed, announced) in document["en_route"].items()
        },
        consult={HospitalId(hospital): ConsultOutcome(outcome) for hospital, outcome in document["consult"].items()},
        gp_accepted={HospitalId(hospital): accepted for hospital, accepted in document["gp_accepted"].items()},
        shockroom=document["shockroom"],
    )
    return AdviceCase(
        position=position,
        patient=patient,
        signals=document["signals"],
        accuracy_m=document["accuracy_m"],
        heading_deg=document["heading_deg"],
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment_text(moment)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
