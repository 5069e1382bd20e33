"""A stop on the specific department that the patient needs (sections 2.3 and 3.1)."""

from advisor.kernel import Capability, Department, Known
from advisor.protocol.dated import Edition
from advisor.protocol.members import GREEN, RED, SR
from advisor.protocol.model import Origin, Outcome, Reason, StopReason, Suspicion
from advisor.protocol.reasons import say
from advisor.protocol.situation import Situation, say_of

UNABLE = frozenset({StopReason.TECHNICAL, StopReason.ROSTER})
"""Reasons for which the department cannot give the care, however welcome the patient is."""

CARDIAC_CARE = frozenset({Department.EHLH, Department.CCU})


def level1_centre_stays_accessible(situation: Situation, edition: Edition) -> Reason | None:
    """Keep a level-1 trauma centre with a shockroom stop open for the severely injured, with a call ahead.

    Rule NAT-2 with reading AMB-04. With a technical defect the shockroom cannot give the care: a call first.
    """
    if not (_stopped(situation) and situation.department is SR and _severe_trauma_at_level1(situation)):
        return None
    effect = Outcome.CONSULT if situation.technical else Outcome.WELCOME_EXCEPTION
    return _say("AMB-04", effect, situation)


def shockroom_has_a_stop(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call before an unstable patient goes to a hospital whose shockroom has a stop.

    Reading AMB-03: never silently welcome, never hidden.
    """
    if not (_stopped(situation) and situation.department is SR and situation.triage.unstable):
        return None
    return _say("AMB-03", Outcome.CONSULT, situation)


def inside_at_stopped_department(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome a patient who is in this hospital already; ask for a call when the department cannot give the care.

    Rule RX-2, protocol section 2.3.
    """
    if not (_stopped(situation) and situation.inside):
        return None
    able = situation.stop_reason not in UNABLE and situation.department is not SR
    return _say("RX-2", Outcome.WELCOME_EXCEPTION if able else Outcome.CONSULT, situation)


def open_shockroom_receives(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome an unstable cardiac patient at an open shockroom although the cardiac department has a stop.

    Rule RX-1 with reading AMB-31.
    """
    if not (_stopped(situation) and situation.department in CARDIAC_CARE and situation.triage.for_shockroom):
        return None
    if situation.statuses.get(SR) is not GREEN:
        return None
    return _say("AMB-31", Outcome.WELCOME_EXCEPTION, situation, kind="shockroom")


def unstable_at_stopped_department(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call before an unstable patient goes to a hospital whose needed department has a stop.

    Reading AMB-06: the facility exists, the stop counts, and so does the life threat. For the shockroom there
    is a rule of its own.
    """
    if not (_stopped(situation) and situation.triage.unstable) or situation.department is SR:
        return None
    return _say("AMB-06", Outcome.CONSULT, situation, kind="unstable")


def abcd_unknown_at_stopped_department(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when the needed department has a stop and nobody knows yet whether the patient is stable.

    Reading AMB-32.
    """
    if not _stopped(situation) or situation.triage.unstable or situation.triage.stable:
        return None
    return _say("AMB-32", Outcome.CONSULT, situation)


def self_referral_at_stopped_department(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call for a self-referral who needs the stopped department: received, but perhaps not treated.

    Rule RX-6, protocol section 2.3, which speaks of being received and of waiting.
    """
    if not (_stopped(situation) and situation.patient.origin is Origin.SELF):
        return None
    return _say("RX-6", Outcome.CONSULT, situation)


def closed_by_roster(situation: Situation, edition: Edition) -> Reason | None:
    """Divert from a PCI department that is closed by its roster.

    Rule RSN-3 with reading AMB-06.
    """
    if not (_stopped(situation) and situation.stop_reason is StopReason.ROSTER):
        return None
    return _say("AMB-06", Outcome.DIVERT, situation, kind="roster")


def divert_from_stopped_department(situation: Situation, edition: Edition) -> Reason | None:
    """Divert to the next hospital with the facilities when the needed department has a stop.

    Rules COL-6 and LAP-1, protocol section 3.1. A treatment relation is no exception (RED-2).
    """
    if not _stopped(situation):
        return None
    return _say("COL-6", Outcome.DIVERT, situation)


def stopped_elsewhere(situation: Situation, edition: Edition) -> Reason | None:
    """Divert from a stopped department of a hospital that no regional edition speaks for; ask when inside already.

    Rule NAT-7 with reading AMB-34: no 20 minutes, no regional exceptions.
    """
    if not _stopped(situation):
        return None
    return _say("AMB-34", Outcome.CONSULT if situation.inside else Outcome.DIVERT, situation)


def shockroom_stop_and_abcd_unknown(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when the shockroom has a stop and nobody knows yet whether the patient needs it.

    Reading AMB-32: unstable would mean a call, stable a welcome.
    """
    triage = situation.triage
    if triage.unstable or triage.stable or SR in situation.needs.departments:
        return None
    if situation.statuses.get(SR) is not RED:
        return None
    return say("AMB-32", Outcome.CONSULT, department=SR, status=RED)


def _stopped(situation: Situation) -> bool:
    return not situation.in_seh and situation.status is RED


def _severe_trauma_at_level1(situation: Situation) -> bool:
    is_level1 = situation.site.facilities.get(Capability.LEVEL1) is Known.YES
    return is_level1 and situation.patient.suspicion is Suspicion.SEVERE_TRAUMA


def _say(rule: str, effect: Outcome, situation: Situation, **values: object) -> Reason:
    return say_of(situation, rule, effect, stop_reason=situation.stop_reason, **values)
