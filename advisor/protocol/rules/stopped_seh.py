"""Who is received and who is not by an SEH with a red stop (section 2.3)."""

from advisor.kernel import Department, Known
from advisor.protocol.dated import Edition
from advisor.protocol.members import GREEN, RED
from advisor.protocol.model import Origin, Outcome, Reason
from advisor.protocol.situation import Situation, say_of


def inside_this_hospital(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome a patient who is in this hospital already, from its clinic or the GP post in it.

    Rule RX-2, protocol section 2.3, on orange by ORA-6. Another hospital's clinic does not count.
    """
    if not (situation.in_seh and situation.stopped and situation.inside):
        return None
    return say_of(situation, "RX-2", Outcome.WELCOME_EXCEPTION)


def self_referral(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome a self-referral, who hears the waiting time at triage.

    Rule RX-6, protocol section 2.3, on orange by ORA-6.
    """
    if not (situation.in_seh and situation.stopped and situation.patient.origin is Origin.SELF):
        return None
    return say_of(situation, "RX-6", Outcome.WELCOME_EXCEPTION)


def known_patient_of_gp(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome a patient referred for a complaint related to the treatment here, once the call was accepted.

    Rule RED-5, protocol section 2.3, with reading AMB-07: transport by ambulance asks for that acceptance.
    """
    if not (_red(situation) and situation.referred and situation.known_here):
        return None
    if situation.patient.gp_accepted.get(situation.site.id) is not True:
        return None
    return say_of(situation, "RED-5", Outcome.WELCOME_EXCEPTION)


def acceptance_of_gp_call(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when it turns on whether the hospital accepted the referring physician's call.

    Reading AMB-07: a known patient whose acceptance is not on record, or an acceptance of a patient who is
    not known here.
    """
    if not (_red(situation) and situation.referred):
        return None
    accepted = situation.patient.gp_accepted.get(situation.site.id)
    if not situation.known_here and accepted is not True:
        return None
    return say_of(situation, "AMB-07", Outcome.CONSULT, accepted=accepted, known=situation.known_here)


def referral_with_relation_in_doubt(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when it is in doubt whether a referred patient is known here.

    Rule RED-5, protocol section 2.3, with the call of ORA-3 by analogy.
    """
    if not (_red(situation) and situation.referred and situation.relation_in_doubt):
        return None
    return say_of(situation, "RED-5", Outcome.CONSULT)


def cardiac_entrance_is_open(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome a cardiac patient at an open EHLH although the SEH has a stop or code.

    Rule COL-6 with reading AMB-31: a stop is specific to its department.
    """
    if not _beside_seh(situation, Department.EHLH):
        return None
    return say_of(situation, "AMB-31", Outcome.WELCOME, kind="entrance")


def coronary_care_is_open(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call for a patient of an open CCU at a hospital whose SEH has a stop or code.

    Rule COL-6 with reading AMB-31; the sources do not say by which door a CCU patient comes in.
    """
    if not _beside_seh(situation, Department.CCU):
        return None
    return say_of(situation, "AMB-31", Outcome.CONSULT, kind="ccu")


def abcd_is_unknown(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when the SEH has a stop or code and nobody knows yet whether the patient is stable.

    Reading AMB-32.
    """
    triage = situation.triage
    if not (situation.in_seh and situation.stopped) or triage.unstable or triage.stable:
        return None
    return say_of(situation, "AMB-32", Outcome.CONSULT)


def transfer_to_stopped_seh(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call for an inter-hospital transfer to an SEH with a stop or code.

    Reading AMB-27: section 2.3 does not speak of transfers.
    """
    if not (situation.in_seh and situation.stopped and situation.patient.origin is Origin.TRANSFER):
        return None
    return say_of(situation, "AMB-27", Outcome.CONSULT)


def known_patient_on_red(situation: Situation, edition: Edition) -> Reason | None:
    """Divert a patient from an SEH with a stop although that hospital knows the patient.

    Rule RED-2, protocol section 2.3: a treatment relation is no exception for ambulance patients.
    """
    if not (_red(situation) and situation.patient.origin is Origin.EMERGENCY_CALL and situation.known_here):
        return None
    return say_of(situation, "RED-2", Outcome.DIVERT)


def gp_patient_on_red(situation: Situation, edition: Edition) -> Reason | None:
    """Divert a patient for whom a referring physician calls from an SEH with a stop.

    Rule RED-4, protocol section 2.3. Patients known here for this complaint are excepted (RED-5).
    """
    if not (_red(situation) and situation.referred) or situation.known_here:
        return None
    return say_of(situation, "RED-4", Outcome.DIVERT)


def divert_from_red_seh(situation: Situation, edition: Edition) -> Reason | None:
    """Divert from a hospital whose SEH declared a red stop.

    Rule RED-1, protocol section 2.3. Does not look at exceptions: they are rules of their own and stand
    before this one.
    """
    if not _red(situation):
        return None
    return say_of(situation, "RED-1", Outcome.DIVERT)


def _red(situation: Situation) -> bool:
    return situation.in_seh and situation.status is RED


def _beside_seh(situation: Situation, department: Department) -> bool:
    if not (situation.in_seh and situation.stopped) or situation.triage.unstable:
        return False
    demand = situation.triage.demand
    if demand.department is not department or situation.statuses.get(department) is not GREEN:
        return False
    return situation.site.facilities.get(department) is Known.YES
