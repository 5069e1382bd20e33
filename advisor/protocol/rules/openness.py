"""What an open or a silent department says (sections 2.2 and 3.1)."""

from advisor.kernel import Department
from advisor.protocol.dated import Edition
from advisor.protocol.members import GREEN, RED, UNKNOWN
from advisor.protocol.model import Outcome, Reason
from advisor.protocol.reasons import say
from advisor.protocol.situation import Situation


def open_department(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome the patient at a department without a stop or code.

    Rule COL-1, protocol section 2.2.
    """
    if situation.status is not GREEN:
        return None
    return _IS_OPEN[situation.department]


def status_is_unknown(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when the status of a needed department is not known.

    Rule NAT-8 and decision PD-4: missing, stale or impossible is not green. A calamity or closing time of
    another department than the SEH does not exist and is read as unknown.
    """
    if situation.department in situation.needs.missing:
        return None
    if situation.status is UNKNOWN or (not situation.in_seh and situation.status not in (GREEN, RED)):
        return say("NAT-8", Outcome.CONSULT, department=situation.department)
    return None


_IS_OPEN = {department: say("COL-1", Outcome.WELCOME, department=department) for department in Department}
