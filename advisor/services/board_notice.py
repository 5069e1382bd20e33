"""What a notice of the board is."""

from dataclasses import dataclass
from datetime import datetime

from advisor.kernel import AMSTERDAM, Department, HospitalId
from advisor.services.refusals import Wording

LEVELS = {"alarm": 0, "warning": 1, "info": 2}
"""The levels in their order, the gravest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardNotice:
    """One thing to be told; `level` is info, warning or alarm, `since` when it began to hold, if known.

    `id` stays the same as long as it is the same thing, and comes never again.
    """

    id: str
    code: str
    level: str
    section: str
    text: Wording
    since: datetime | None
    hospital: HospitalId | None = None
    department: Department | None = None
    mka: str = ""


def clock_text(moment: datetime) -> str:
    """Return a moment as people in the Netherlands read it, without its day."""
    return moment.astimezone(AMSTERDAM).strftime("%H:%M")
