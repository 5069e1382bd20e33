"""What the safety file asks to be proven and no other test proves."""

import pytest

from advisor.kernel import Department, Status
from advisor.protocol.dated import CODE_ORANGE
from advisor.protocol.decide import judge
from advisor.protocol.model import Answer, Outcome, Patient, Stability, TreatmentRelation
from tests.protocol.hospitals import LINDE, NOW, arriving, editions, linde, picture, stopped

KNOWN_THERE = TreatmentRelation(active=Answer.YES, related=Answer.YES)


@pytest.mark.parametrize(("pilot", "outcome"), [(True, Outcome.WELCOME_EXCEPTION), (False, Outcome.CONSULT)])
def test_without_the_pilot_a_known_patient_is_called_about_on_orange(*, pilot: bool, outcome: Outcome) -> None:
    known = Patient(abcd=Stability.STABLE, relation={LINDE: KNOWN_THERE})
    orange = picture(linde(), {Department.SEH: stopped(Status.ORANGE)})
    in_use = editions().with_pilot(CODE_ORANGE, active=pilot)

    assert judge(known, orange.sites[LINDE], orange, arriving(), NOW, in_use).outcome is outcome
