"""What a telephone consultation with this hospital changes (section 2.3)."""

from advisor.kernel import Known
from advisor.protocol.dated import Edition
from advisor.protocol.members import GREEN, RED
from advisor.protocol.model import ConsultOutcome, Outcome, Reason
from advisor.protocol.reasons import say
from advisor.protocol.situation import Situation


def refused_after_consultation(situation: Situation, edition: Edition) -> Reason | None:
    """Divert a stable patient whom the hospital refused on the telephone; with an unknown ABCD, ask the MMA.

    Reading AMB-35: a life threat stays welcome at a stopped SEH (NAT-1) and the way is to the MMA (LAP-5).
    """
    if situation.consulted is not ConsultOutcome.REFUSED:
        return None
    triage = situation.triage
    if triage.life_threat:
        return say("AMB-35", None, life_threat=True)
    return say("AMB-35", Outcome.DIVERT if triage.stable else Outcome.CONSULT, life_threat=False)


def accepted_after_consultation(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome a patient whom the hospital accepted on the telephone, whatever is not green there.

    Rule RED-3, protocol section 2.3, and reading AMB-27 for transfers. A missing facility or a closed SEH
    goes before it.
    """
    if situation.consulted is not ConsultOutcome.ACCEPTED:
        return None
    needs = situation.needs
    unsure = bool(needs.unknown) or needs.separate_entrance is Known.UNKNOWN
    if not unsure and all(status is GREEN for status in situation.statuses.values()):
        return None
    return say("RED-3", Outcome.WELCOME_EXCEPTION, accepted=True)


def consultation_stays_possible(situation: Situation, edition: Edition) -> Reason | None:
    """Remind that a substantiated consultation is always possible on a red stop.

    Rule RED-3, protocol section 2.3. It never changes the class by itself.
    """
    if situation.status is not RED or situation.consulted is not None:
        return None
    return say("RED-3", None, accepted=False, department=situation.department)


def refused_by_stopped_department(situation: Situation, edition: Edition) -> Reason | None:
    """Divert from a stopped specific department that refused this patient on the telephone.

    Reading AMB-35 within AMB-03 and AMB-06: the life-threat rule protects against the stop of an SEH, not
    against a department that says it cannot give the care.
    """
    if situation.consulted is not ConsultOutcome.REFUSED or situation.in_seh or not situation.stopped:
        return None
    return say("AMB-35", Outcome.DIVERT, life_threat=True, department=situation.department)
