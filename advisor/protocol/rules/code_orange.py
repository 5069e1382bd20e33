"""Who is received and who is not by an SEH with code orange (section 2.3)."""

from advisor.protocol.dated import Edition
from advisor.protocol.members import ORANGE
from advisor.protocol.model import Answer, Origin, Outcome, Reason
from advisor.protocol.situation import Situation, say_of


def known_patient_on_orange(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome a patient under treatment here for a related complaint, from a 112 call or a referral alike.

    Rule ORA-7, protocol section 2.3.
    """
    if not (_orange(situation, edition) and situation.known_here):
        return None
    if situation.patient.origin is not Origin.EMERGENCY_CALL and not situation.referred:
        return None
    return say_of(situation, "ORA-7", Outcome.WELCOME_EXCEPTION, referred=situation.referred)


def relation_in_doubt_on_orange(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call to the SEH physician when the treatment relation of a 112 patient is in doubt.

    Rule ORA-3, protocol section 2.3; by analogy when the relatedness of the complaint is in doubt (AMB-08).
    """
    if not (_orange(situation, edition) and _emergency(situation) and situation.relation_in_doubt):
        return None
    return say_of(situation, "ORA-3", Outcome.CONSULT)


def unrelated_complaint_on_orange(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call for a 112 patient under treatment here whose complaint is not related to it.

    Rules ORA-2 and ORA-7 with reading AMB-08.
    """
    relation = situation.relation
    if not (_orange(situation, edition) and _emergency(situation)):
        return None
    if relation.active is not Answer.YES or relation.related is not Answer.NO:
        return None
    return say_of(situation, "AMB-08", Outcome.CONSULT)


def referral_on_orange(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call for a referred patient who is not known here for this complaint.

    Rules ORA-1, ESC-IN-1 and ESC-IN-4 with reading AMB-10: presented by agreement.
    """
    if not (_orange(situation, edition) and situation.referred):
        return None
    return say_of(situation, "AMB-10", Outcome.CONSULT)


def divert_from_orange_seh(situation: Situation, edition: Edition) -> Reason | None:
    """Divert a 112 patient without a treatment relation to a hospital that is neither red nor orange.

    Rule ORA-2, protocol section 2.3.
    """
    if not (_orange(situation, edition) and _emergency(situation)):
        return None
    if situation.relation.active is not Answer.NO:
        return None
    return say_of(situation, "ORA-2", Outcome.DIVERT)


def orange_without_agreement(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call at an orange SEH where the rules for code orange are not in use.

    Reading AMB-34, and VER-3 when the pilot is switched off.
    """
    if not situation.in_seh or situation.status is not ORANGE or edition.code_orange:
        return None
    return say_of(situation, "AMB-34", Outcome.CONSULT)


def _orange(situation: Situation, edition: Edition) -> bool:
    return situation.in_seh and situation.status is ORANGE and edition.code_orange


def _emergency(situation: Situation) -> bool:
    return situation.patient.origin is Origin.EMERGENCY_CALL
