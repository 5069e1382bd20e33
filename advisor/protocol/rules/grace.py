"""The first minutes after a stop is declared (section 2.3)."""

from advisor.protocol.dated import Edition
from advisor.protocol.model import Outcome, Reason
from advisor.protocol.reasons import say
from advisor.protocol.situation import Situation


def arrives_within_grace(situation: Situation, edition: Edition) -> Reason | None:
    """Welcome an ambulance that was under way and announced when the stop was declared and arrives within the grace.

    Rules RX-3 and RX-4, protocol section 2.3, read together (AMB-01) and measured at the arrival, the last
    second included (AMB-02). Nothing is rounded. A specific department with a technical defect cannot give
    the care, whoever is under way.
    """
    if edition.grace is None or not situation.stopped or (situation.technical and not situation.in_seh):
        return None
    under_way, announced, in_time = _grace(situation, edition)
    if not (under_way and announced and in_time):
        return None
    return _say("RX-4", Outcome.WELCOME_EXCEPTION, situation, edition, announced=True, in_time=True)


def grace_is_in_doubt(situation: Situation, edition: Edition) -> Reason | None:
    """Ask for a call when an ambulance under way at the declaration was not announced, or arrives too late.

    Reading AMB-01: one of the two conditions fails. Also when nobody knows when the stop was declared, and
    when a technical defect stands in the way of a grace that would hold.
    """
    if edition.grace is None or not situation.stopped:
        return None
    en_route = situation.en_route
    if en_route is not None and situation.declared_at is None and situation.state is not None:
        known = en_route.departed_at is not None and en_route.announced_at is not None
        return _say("AMB-01", Outcome.CONSULT, situation, edition, announced=True, in_time=False) if known else None
    under_way, announced, in_time = _grace(situation, edition)
    if not under_way or not (announced or in_time):
        return None
    if announced and in_time and (situation.in_seh or not situation.technical):
        return None
    return _say("AMB-01", Outcome.CONSULT, situation, edition, announced=announced, in_time=in_time)


def departed_after_declaration(situation: Situation, edition: Edition) -> Reason | None:
    """Say that the crew left after the declaration and so cannot rely on the grace.

    Rule RX-5, protocol section 2.3: the crew checks the platform before it leaves with a patient.
    """
    en_route, declared_at = situation.en_route, situation.declared_at
    if edition.grace is None or not situation.stopped or en_route is None or declared_at is None:
        return None
    if en_route.departed_at is None or en_route.departed_at <= declared_at:
        return None
    return say(
        "RX-5",
        None,
        department=situation.department,
        departed_at=en_route.departed_at,
        declared_at=declared_at,
        now=situation.now,
    )


def _grace(situation: Situation, edition: Edition) -> tuple[bool, bool, bool]:
    """Tell whether the ambulance was under way and announced at the declaration, and arrives within the grace."""
    en_route, declared_at = situation.en_route, situation.declared_at
    if en_route is None or declared_at is None or edition.grace is None:
        return False, False, False
    under_way = en_route.departed_at is not None and en_route.departed_at <= declared_at
    announced = en_route.announced_at is not None and en_route.announced_at <= declared_at
    return under_way, announced, situation.arrival <= declared_at + edition.grace


def _say(
    rule: str, effect: Outcome, situation: Situation, edition: Edition, *, announced: bool, in_time: bool
) -> Reason:
    declared_at = situation.declared_at
    return say(
        rule,
        effect,
        department=situation.department,
        status=situation.status,
        now=situation.now,
        declared_at=declared_at,
        grace_end=declared_at + edition.grace if declared_at is not None and edition.grace is not None else None,
        arrival=situation.arrival,
        announced=announced,
        in_time=in_time,
    )
