"""Hospitals that no regional edition speaks for: the national statements alone."""

from advisor.protocol.dated import Edition
from advisor.protocol.members import GREEN, RED
from advisor.protocol.model import Origin, Outcome, Reason
from advisor.protocol.situation import Situation, say_of

PRESENT_ANYWAY = frozenset({Origin.SELF, Origin.TRANSFER})


def inside_or_self_elsewhere(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call for a patient who is in this hospital already, comes by himself or is transferred.

    Rule NAT-7 with reading AMB-34: the regional exceptions are not projected on this hospital.
    """
    if not (situation.in_seh and situation.stopped):
        return None
    if not situation.inside and situation.patient.origin not in PRESENT_ANYWAY:
        return None
    return say_of(situation, "AMB-34", Outcome.CONSULT)


def cardiac_entrance_elsewhere(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when the SEH has a stop but the cardiac department that the patient needs is open.

    Rule NAT-7 with readings AMB-31 and AMB-34.
    """
    if not (situation.in_seh and situation.stopped):
        return None
    department = situation.triage.demand.department
    if department is None or situation.statuses.get(department) is not GREEN:
        return None
    return say_of(situation, "AMB-34", Outcome.CONSULT)


def divert_from_red_seh_elsewhere(situation: Situation, edition: Edition) -> Reason | None:
    """Divert from a hospital of another region whose SEH has a stop.

    Rules NAT-5 and NAT-7 with reading AMB-34.
    """
    if not situation.in_seh or situation.status is not RED:
        return None
    return say_of(situation, "AMB-34", Outcome.DIVERT)
