"""A threatened life goes before the stop of an SEH (section 2.3 and the national statements)."""

from advisor.kernel import Capability, Known
from advisor.protocol.dated import Edition
from advisor.protocol.model import Outcome, Reason, Suspicion
from advisor.protocol.situation import Situation, say_of


def unstable_for_shockroom(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome an ABCD-unstable patient in spite of a stop or code of the SEH.

    Rule RX-1, protocol section 2.3, on orange by ORA-6. The words about the shockroom describe and do not
    restrict (AMB-32). The shockroom's own stop is another rule.
    """
    if not (situation.in_seh and situation.stopped and situation.triage.unstable):
        return None
    return say_of(situation, "RX-1", Outcome.WELCOME_EXCEPTION, shockroom=situation.triage.for_shockroom)


def level1_centre_for_severe_trauma(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome a severely injured patient at a level-1 trauma centre in spite of a stop or code of its SEH.

    Rule NAT-2.
    """
    if not (situation.in_seh and situation.stopped):
        return None
    if situation.patient.suspicion is not Suspicion.SEVERE_TRAUMA:
        return None
    if situation.site.facilities.get(Capability.LEVEL1) is not Known.YES:
        return None
    return say_of(situation, "NAT-2", Outcome.WELCOME_EXCEPTION)


def life_threat_at_stopped_seh(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome a patient with a life threat in spite of a stop or code of the SEH.

    Rule NAT-1 with reading AMB-05: a time-critical suspicion counts as a life threat, also when stable. The
    status of the department that it needs is another rule.
    """
    if not (situation.in_seh and situation.stopped and situation.triage.life_threat):
        return None
    return say_of(
        situation,
        "NAT-1",
        Outcome.WELCOME_EXCEPTION,
        suspicion=situation.patient.suspicion,
        unstable=situation.triage.unstable,
    )
