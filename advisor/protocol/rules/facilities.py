"""Does the hospital have what this patient needs (sections 3.1 and 4.1)."""

from advisor.kernel import Capability, Known
from advisor.protocol.dated import Edition
from advisor.protocol.model import Outcome, Reason
from advisor.protocol.reasons import say
from advisor.protocol.situation import Situation


def lacks_needed_facility(situation: Situation, edition: Edition) -> Reason | None:
    """Rule out a hospital that is known not to have a facility this patient needs.

    Rule LAP-1, protocol section 3.1: the next nearest hospital "with the needed facilities". Goes before
    every status and every exception. The level of a trauma centre is a rule of its own.
    """
    missing = tuple(one for one in situation.needs.missing if one is not Capability.LEVEL1)
    if not missing:
        return None
    return say("LAP-1", Outcome.UNSUITABLE, facilities=missing)


def lacks_trauma_level(situation: Situation, edition: Edition) -> Reason | None:
    """Rule out a hospital that is no level-1 trauma centre for a severely injured patient.

    Reading AMB-31: the sources do not forbid such a hospital, a medical owner must confirm.
    """
    if Capability.LEVEL1 not in situation.needs.missing:
        return None
    return say("AMB-31", Outcome.UNSUITABLE, facilities=(Capability.LEVEL1,), kind="no_level1")


def facility_is_unknown(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when nobody knows whether the hospital has what this patient needs.

    Decision PD-1: unknown never counts as present or absent, for a life threat neither.
    """
    if not situation.needs.unknown:
        return None
    return say("PD-1", Outcome.CONSULT, facilities=situation.needs.unknown)


def entrance_is_unknown(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when a separate cardiac entrance would receive a patient whom the stopped SEH does not.

    Decision PD-1 with reading AMB-31: nobody knows whether the EHLH that reports "open" is really there.
    """
    needs = situation.needs
    if not (situation.in_seh and situation.stopped and needs.separate_entrance is Known.UNKNOWN):
        return None
    department = situation.triage.demand.department
    if department is None or department in needs.departments:
        return None
    return say("PD-1", Outcome.CONSULT, facilities=(department,))
