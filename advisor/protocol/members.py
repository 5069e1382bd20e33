"""Members by their bare names: Python 3.11 takes longer to find one in its enum than to compare with it."""

from typing import Final

from advisor.kernel import Department, Known, Status
from advisor.protocol.dated import RuleSet
from advisor.protocol.model import Outcome, StopPolicy, StopReason

SEH: Final = Department.SEH
SR: Final = Department.SR

GREEN: Final = Status.GREEN
ORANGE: Final = Status.ORANGE
RED: Final = Status.RED
CALAMITY: Final = Status.CALAMITY
GREY: Final = Status.GREY
UNKNOWN: Final = Status.UNKNOWN

LPZ: Final = StopPolicy.LPZ
NEVER_STOPS: Final = StopPolicy.NEVER_STOPS
NOT_IN_LPZ: Final = StopPolicy.NOT_IN_LPZ

YES: Final = Known.YES
NO: Final = Known.NO

WELCOME: Final = Outcome.WELCOME
WELCOME_EXCEPTION: Final = Outcome.WELCOME_EXCEPTION
CONSULT: Final = Outcome.CONSULT
DIVERT: Final = Outcome.DIVERT

ROSTER: Final = StopReason.ROSTER
TECHNICAL: Final = StopReason.TECHNICAL

NATIONAL: Final = RuleSet.NATIONAL
