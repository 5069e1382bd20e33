"""The patient's facts from the wire."""

from collections.abc import Mapping

from advisor.kernel import HospitalId
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
from advisor.web.fields import Fields

LETTERS = frozenset("ABCDE")


def read_patient(fields: Fields) -> Patient:
    """Read the patient's facts; every one may be absent and is then unknown or not the case."""
    return Patient(
        abcd=fields.choice("abcd", Stability, default=Stability.UNKNOWN),
        letters=_letters(fields),
        suspicion=fields.choice("suspicion", Suspicion, default=Suspicion.GENERAL),
        origin=fields.choice("origin", Origin, default=Origin.EMERGENCY_CALL),
        inside=fields.find_hospital("inside"),
        relation=fields.by_hospital("relation", _relation),
        en_route=fields.by_hospital("en_route", _en_route),
        consult=_consults(fields),
        gp_accepted=fields.by_hospital("gp_accepted", lambda inner, key: inner.flag(key, default=False)),
        shockroom=fields.flag("shockroom", default=True),
    )


def _letters(fields: Fields) -> frozenset[str]:
    letters = frozenset(fields.texts("letters", most=5, longest=1))
    if not letters <= LETTERS:
        fields.complain("letters", f"must be letters out of {', '.join(sorted(LETTERS))}")
    return letters & LETTERS


def _relation(inner: Fields, key: str) -> TreatmentRelation:
    fields = inner.child(key)
    relation = TreatmentRelation(
        active=fields.choice("active", Answer, default=Answer.NO),
        related=fields.choice("related", Answer, default=Answer.NO),
    )
    fields.finish_child()
    return relation


def _en_route(inner: Fields, key: str) -> EnRoute:
    fields = inner.child(key)
    en_route = EnRoute(departed_at=fields.find_moment("departed_at"), announced_at=fields.find_moment("announced_at"))
    fields.finish_child()
    return en_route


def _consults(fields: Fields) -> Mapping[HospitalId, ConsultOutcome]:
    # A page that takes an outcome back sends null: nothing was heard yet.
    heard = fields.by_hospital(
        "consult", lambda inner, key: inner.choice(key, ConsultOutcome) if inner.has(key) else None
    )
    return {hospital: outcome for hospital, outcome in heard.items() if outcome is not None}
