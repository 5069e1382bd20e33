"""Compare what two editions of the protocol make of the advices that were given."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from advisor.journal.events import AdviceGiven
from advisor.journal.receipt import Receipt
from advisor.kernel import AdviceId, HospitalId, Interval, Position
from advisor.protocol.edition import Edition, Editions
from advisor.protocol.model import Outcome
from advisor.services.advice_case import read_case
from advisor.services.get_advice import unpack
from advisor.services.reference import find_reference
from advisor.services.work_out import Reference, work_out
from advisor.services.world import World

PAGE = 1_000
ALWAYS = Interval(start=datetime.min.replace(tzinfo=UTC), end=None)

_ANYWHERE = Position(lat=0.0, lon=0.0)  # the drive times of the receipt stand in for the position, which may be gone


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedAdvice:
    """One advice under two editions: the hospital at the top, and every hospital whose class differs."""

    id: AdviceId
    as_of: datetime
    top: tuple[HospitalId | None, HospitalId | None]
    classes: tuple[tuple[HospitalId, Outcome, Outcome], ...]

    @property
    def differs(self) -> bool:
        """Tell whether the two editions give another top or another class."""
        return self.top[0] != self.top[1] or bool(self.classes)


def compare_advices(before: Edition, after: Edition, *, world: World) -> Iterator[ComparedAdvice]:
    """Yield every stored advice, worked out as if either edition spoke for the region; its facts stay the same.

    An advice whose receipt is no longer kept is left out.

    Raises
    ------
    DamagedReceipt
        When a stored receipt is not what was written.
    ReferenceMissing
        When the registry of the time of an advice is not on record.
    """
    for event in _given(world):
        packed = world.journal.enclosure(event.advice_id)
        if packed is not None:
            yield _compare(unpack(packed, event.digest), before, after, world)


def _given(world: World) -> Iterator[AdviceGiven]:
    after_seq = 0
    while page := world.journal.read(after_seq, PAGE):
        yield from (recorded.event for recorded in page if isinstance(recorded.event, AdviceGiven))
        after_seq = page[-1].seq


def _compare(receipt: Receipt, before: Edition, after: Edition, world: World) -> ComparedAdvice:
    reference = find_reference(receipt.registry, receipt.editions, world)
    first, second = (_classes(receipt, edition, reference) for edition in (before, after))
    return ComparedAdvice(
        id=receipt.advice_id,
        as_of=receipt.as_of,
        top=(next(iter(first), None), next(iter(second), None)),
        classes=tuple((one, first[one], second[one]) for one in first if first[one] is not second[one]),
    )


def _classes(receipt: Receipt, edition: Edition, reference: Reference) -> dict[HospitalId, Outcome]:
    """Return the class of every hospital, in the order of the advice."""
    editions = _speaking(edition, reference.editions)
    case = read_case(receipt.request, receipt.position or _ANYWHERE)
    worked_out = work_out(receipt, case, replace(reference, editions=editions))
    return {option.verdict.hospital: option.verdict.outcome for option in worked_out.options}


def _speaking(edition: Edition, editions: Editions) -> Editions:
    protocols = sorted({one.protocol for one in editions.regional})
    return replace(editions, regional=tuple(replace(edition, protocol=one, valid=ALWAYS) for one in protocols))
