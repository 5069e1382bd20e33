"""The order of the hospitals: class first, then minutes, then ties (PD-1, PD-3, PD-5, PD-6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from advisor.protocol.members import CONSULT, WELCOME, WELCOME_EXCEPTION
from advisor.protocol.model import Answer, Outcome, Patient, Stability, TreatmentRelation, Verdict

NO_RELATION = TreatmentRelation()

_CLASSES = {
    Outcome.WELCOME: 0,
    Outcome.WELCOME_EXCEPTION: 1,
    Outcome.CONSULT: 2,
    Outcome.DIVERT: 3,
    Outcome.UNSUITABLE: 4,
    Outcome.CLOSED: 5,
}
_DESTINATIONS = frozenset({Outcome.WELCOME, Outcome.WELCOME_EXCEPTION, Outcome.CONSULT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One hospital of an advice, before it has a rank.

    `drive_time_s` is the point estimate (inf: unreachable), `inbound` the ambulances expected there in the
    next 30 minutes, `relation` the patient's treatment relation there; an active one counts, related or not.
    """

    verdict: Verdict
    name: str
    drive_time_s: float
    inbound: int = 0
    relation: TreatmentRelation = NO_RELATION


def rank(options: Iterable[Option], patient: Patient) -> tuple[Option, ...]:
    """Return all options in the order of the answer; none is left out.

    Classes in the order welcome, welcome by exception, consult, divert, unsuitable, closed; for a life threat
    the first two are one class (NAT-1). Within `consult` the hospitals come last of which nobody knows whether
    they have what the patient needs (PD-1). A destination beyond the edition's limit of far hospitals comes
    after the nearer destinations that are known to have it, also when those ask for a call (PD-5). Within a
    class: the preferred ones (PD-3), then drive time in groups of ties (PD-6); for a life threat drive time
    alone. The answer does not depend on the order given.
    """
    listed = list(options)
    life_threat = patient.abcd is Stability.UNSTABLE or any(one.verdict.order.life_threat for one in listed)

    def place(option: Option) -> tuple[bool, bool, bool, int, bool]:
        outcome, order = option.verdict.outcome, option.verdict.order
        level = _CLASSES[WELCOME if life_threat and outcome is WELCOME_EXCEPTION else outcome]
        refers = outcome not in _DESTINATIONS
        unsure = outcome is CONSULT and order.facility_unknown
        far = not refers and option.drive_time_s > order.far_s
        return refers, unsure, far, level, not (order.preferred or life_threat)

    listed.sort(key=lambda option: (place(option), option.drive_time_s, option.name, option.verdict.hospital))
    if life_threat:
        return tuple(listed)
    return tuple(option for _, members in groupby(listed, key=place) for option in _within_ties(list(members)))


def far_ones(ranked: Sequence[Option]) -> frozenset[int]:
    """Return the indices of the options that a screen may fold away (PD-5); the answer itself keeps them.

    An option is far beyond its edition's limit, and folds only when a nearer one is welcome, welcome by
    exception or asks for a call.
    """
    near = any(
        option.verdict.outcome in _DESTINATIONS and option.drive_time_s <= option.verdict.order.far_s
        for option in ranked
    )
    if not near:
        return frozenset()
    return frozenset(index for index, option in enumerate(ranked) if option.drive_time_s > option.verdict.order.far_s)


def _within_ties(members: list[Option]) -> Iterator[Option]:
    """Yield options of one class, sorted by drive time, with each group of near-equal times put in PD-6 order."""
    while members:
        fastest = members[0]
        limit_s = fastest.drive_time_s + fastest.verdict.order.tie_s
        group = [one for one in members if one is fastest or one.drive_time_s < limit_s]
        yield from sorted(
            group,
            key=lambda one: (
                one.relation.active is not Answer.YES,
                one.inbound,
                one.drive_time_s,
                one.name,
                one.verdict.hospital,
            ),
        )
        members = members[len(group) :]
