"""What an invented crew meets and does in one ride: drawn from a seed, the same in every process."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from advisor.protocol.model import ConsultOutcome, Origin, Patient, Stability, Suspicion

DEVIATES, REFUSED_AT_DOOR, CANCELS, HEARS_NO, GOES_ALONG = 0.15, 0.06, 0.05, 0.25, 0.7
"""How often a crew passes the first of its advice, is refused at the door, gives its ride up, hears no when it phones,
and goes along with a proposal. Assumptions: nothing is published."""
UNSTABLE, SENT_BY_GP = 0.12, 0.3  # assumed too
PHONES_AFTER_MIN = (1, 5)

SUSPICIONS: Mapping[Suspicion, int] = {
    Suspicion.GENERAL: 60,
    Suspicion.CARDIAC: 11,
    Suspicion.STROKE: 8,
    Suspicion.CHILD: 6,
    Suspicion.STEMI: 5,
    Suspicion.SEVERE_TRAUMA: 3,
    Suspicion.OBSTETRIC: 3,
    Suspicion.CCU: 3,
    Suspicion.RAAA: 1,
}
"""Parts of a hundred, assumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """One ride as it was drawn. `hears` is what the first hospital says that is phoned, `pick` chooses among words."""

    patient: Patient
    signals: bool
    deviates: bool
    is_refused: bool
    cancels: bool
    hears: ConsultOutcome
    phones_after: timedelta
    goes_along: bool
    pick: int


def draw_temper(seed: int, crew: str, count: int) -> Temper:
    """Draw the ride of a crew in one of its rounds."""
    chance = random.Random(f"{seed}/{crew}/{count}/crew")  # noqa: S311 - a script, not a secret
    patient = _patient(chance)
    return Temper(
        patient=patient,
        signals=patient.abcd is Stability.UNSTABLE or patient.suspicion is not Suspicion.GENERAL,
        deviates=chance.random() < DEVIATES,
        is_refused=chance.random() < REFUSED_AT_DOOR,
        cancels=chance.random() < CANCELS,
        hears=ConsultOutcome.REFUSED if chance.random() < HEARS_NO else ConsultOutcome.ACCEPTED,
        phones_after=timedelta(minutes=chance.uniform(*PHONES_AFTER_MIN)),
        goes_along=chance.random() < GOES_ALONG,
        pick=chance.randrange(1000),
    )


def _patient(chance: random.Random) -> Patient:
    suspicion = chance.choices(tuple(SUSPICIONS), weights=tuple(SUSPICIONS.values()))[0]
    is_unstable = chance.random() < UNSTABLE
    return Patient(
        abcd=Stability.UNSTABLE if is_unstable else Stability.STABLE,
        letters=frozenset(chance.sample("ABCD", chance.randint(1, 2))) if is_unstable else frozenset(),
        suspicion=suspicion,
        origin=Origin.GP if chance.random() < SENT_BY_GP else Origin.EMERGENCY_CALL,
    )
