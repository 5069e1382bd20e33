"""What an invented crew meets and does on its way: drawn from a seed, the same in every process."""

import random
from dataclasses import dataclass
from datetime import timedelta

from advisor.protocol.model import ConsultOutcome

DEVIATES, REFUSED_AT_DOOR, CANCELS, HEARS_NO, GOES_ALONG = 0.15, 0.06, 0.05, 0.25, 0.7
"""How often a crew passes the first of its advice, is refused at the door, gives its ride up, hears no when it phones,
and goes along with a proposal. Assumptions: nothing is published."""
PHONES_AFTER_MIN = (1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """One ride as it was drawn. `hears` is what the first hospital says that is phoned, `pick` chooses among words."""

    deviates: bool
    is_refused: bool
    cancels: bool
    hears: ConsultOutcome
    phones_after: timedelta
    goes_along: bool
    pick: int


def draw_temper(seed: int, crew: str, count: int) -> Temper:
    """Draw the ride of a crew in one of its rounds."""
    chance = random.Random(f"{seed}/{crew}/{count}/crew")  # noqa: S311 - a script, not a secret
    return Temper(
        deviates=chance.random() < DEVIATES,
        is_refused=chance.random() < REFUSED_AT_DOOR,
        cancels=chance.random() < CANCELS,
        hears=ConsultOutcome.REFUSED if chance.random() < HEARS_NO else ConsultOutcome.ACCEPTED,
        phones_after=timedelta(minutes=chance.uniform(*PHONES_AFTER_MIN)),
        goes_along=chance.random() < GOES_ALONG,
        pick=chance.randrange(1000),
    )
