"""Is the SEH closed when the ambulance arrives: calamity and opening hours (section 2.2)."""

from datetime import datetime

from advisor.protocol.dated import Edition
from advisor.protocol.hours import last_closing
from advisor.protocol.members import CALAMITY, GREEN, GREY, SEH
from advisor.protocol.model import Outcome, Reason
from advisor.protocol.reasons import say
from advisor.protocol.situation import Situation


def closed_by_calamity(situation: Situation, edition: Edition) -> Reason | None:
    """Close a hospital whose SEH declared a calamity.

    Rule COL-4, protocol section 2.2. The exceptions of section 2.3 are written for the stop and code orange,
    not for a calamity, so none of them is asked; a lapse by 3.1 does not reopen it either.
    """
    if situation.statuses[SEH] is not CALAMITY:
        return None
    return say("COL-4", Outcome.CLOSED, department=SEH, until=situation.until, now=situation.now)


def under_way_before_closing(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when the ambulance left and was announced before closing time but arrives after it.

    Reading AMB-17: no 20 minutes are written for opening hours, so this is not a welcome.
    """
    en_route = situation.en_route
    closed_at = _closed_at(situation)
    if closed_at is None or en_route is None or en_route.departed_at is None or en_route.announced_at is None:
        return None
    if en_route.departed_at > closed_at or en_route.announced_at > closed_at:
        return None
    return say("AMB-17", Outcome.CONSULT, department=SEH, closed_at=closed_at, now=situation.now, under_way=True)


def closed_outside_hours(situation: Situation, edition: Edition) -> Reason | None:
    """Close a hospital whose SEH is outside its opening hours at the arrival.

    Rule COL-5, protocol section 2.2; reading AMB-17: judged at the arrival, closing time itself is closed.
    """
    if situation.statuses[SEH] is not GREY:
        return None
    return say("COL-5", Outcome.CLOSED, department=SEH, closed_at=_closed_at(situation), now=situation.now)


def hours_are_not_known(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call at a hospital with limited hours that are not on record, unless it is known to be open now.

    Rule COL-5 where its times are missing: with a fresh green status this only informs.
    """
    site = situation.site
    if not site.limited_hours or site.opening is not None:
        return None
    is_open = situation.statuses[SEH] is GREEN
    return say("AMB-17", None if is_open else Outcome.CONSULT, department=SEH, hours_known=False)


def _closed_at(situation: Situation) -> datetime | None:
    if situation.statuses[SEH] is not GREY:
        return None
    if situation.site.opening is not None:
        return last_closing(situation.site.opening, situation.arrival)
    return situation.declared_at
