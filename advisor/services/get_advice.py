"""Fetch an advice that was given, or work it out again from its receipt and compare."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from advisor.journal.events import AdviceGiven
from advisor.journal.receipt import Receipt, read_receipt
from advisor.kernel import AdviceId, AdvisorError, Position
from advisor.services.access import Actor, Forbidden, Role, require_role
from advisor.services.advice_case import read_case
from advisor.services.advice_document import advice_document
from advisor.services.give_advice import ADVISED, Advice, advice_of, canonical
from advisor.services.reference import find_reference
from advisor.services.refusals import NotFound
from advisor.services.work_out import work_out
from advisor.services.world import World

Json = Any
DIFFERENCES_MOST = 50
OVERSEERS = (Role.DISPATCHER, Role.MMA, Role.ADMIN)
"""Who sees advices that others asked for: an advice tells where an ambulance is and what is the matter."""

_ANYWHERE = Position(lat=0.0, lon=0.0)  # the drive times of the receipt stand in for the position, which may be gone


class DamagedReceipt(AdvisorError, ValueError):
    """A stored receipt does not fit the digest in the journal: it was altered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """An advice worked out again. `differences` name each place that is not the same; none: byte-equal."""

    advice: Advice
    differences: tuple[str, ...]


def get_advice(advice_id: AdviceId, *, actor: Actor, world: World) -> Advice:
    """Get an advice as it was given.

    Raises
    ------
    Forbidden
        When the role of the actor gets no advice, or somebody else asked for this one: only who supervises sees those.
    NotFound
        When there is no such advice, or its retention period is over.
    DamagedReceipt
        When what is stored is not what was written.
    """
    require_role(actor, "see an advice", *ADVISED)
    event, receipt = _fetch(advice_id, world)
    _require_sight(actor, event)
    return advice_of(receipt, receipt.position, event.first)


def get_receipt(advice_id: AdviceId, *, actor: Actor, world: World) -> Receipt:
    """Get what an advice rested on; raises as `get_advice`."""
    require_role(actor, "see an advice", *ADVISED)
    event, receipt = _fetch(advice_id, world)
    _require_sight(actor, event)
    return receipt


def replay_advice(advice_id: AdviceId, *, actor: Actor, world: World) -> Replay:
    """Work an advice out again from its receipt, with the hospitals and editions of that time, and compare.

    Raises
    ------
    Forbidden, NotFound, DamagedReceipt
        As `get_advice`.
    ReferenceMissing
        When the registry or the editions of that time are not on record.
    """
    require_role(actor, "replay an advice", *ADVISED)
    event, receipt = _fetch(advice_id, world)
    _require_sight(actor, event)
    reference = find_reference(receipt.registry, receipt.editions, world)
    case = read_case(receipt.request, receipt.position or _ANYWHERE)
    again = advice_document(receipt, work_out(receipt, case, reference), reference)
    stored = receipt.answer
    equal = canonical(again) == canonical(stored)
    differences = () if equal else tuple(_differences(stored, orjson.loads(canonical(again)), ""))
    return Replay(advice=advice_of(receipt, receipt.position, event.first), differences=differences[:DIFFERENCES_MOST])


def who_asked(advice_id: AdviceId, world: World) -> str:
    """Return the name of the account that asked for an advice, "" when there is no such advice."""
    given = (recorded.event for recorded in world.journal.about(advice_id))
    return next((event.by for event in given if isinstance(event, AdviceGiven)), "")


def _require_sight(actor: Actor, event: AdviceGiven) -> None:
    if event.by != actor.name and actor.role not in OVERSEERS:
        raise Forbidden(actor, "see an advice of somebody else")


def fetch_receipt(advice_id: AdviceId, world: World) -> Receipt:
    """Fetch the receipt of an advice; raises as `get_advice`, but looks at no role."""
    return _fetch(advice_id, world)[1]


def fetch_document(advice_id: AdviceId, world: World) -> tuple[dict[str, Json], Position | None]:
    """Fetch the receipt of an advice as it is written, which is quicker; raises as `fetch_receipt`."""
    event, packed = _fetch_packed(advice_id, world)
    return unpack_document(packed, event.digest)


def _fetch(advice_id: AdviceId, world: World) -> tuple[AdviceGiven, Receipt]:
    event, packed = _fetch_packed(advice_id, world)
    return event, unpack(packed, event.digest)


def _fetch_packed(advice_id: AdviceId, world: World) -> tuple[AdviceGiven, bytes]:
    given = [recorded.event for recorded in world.journal.about(advice_id) if isinstance(recorded.event, AdviceGiven)]
    packed = world.journal.enclosure(advice_id) if given else None
    if packed is None:
        raise NotFound("advice", advice_id)
    return given[0], packed


def unpack(packed: bytes, digest: str) -> Receipt:
    """Return the receipt that `pack` packed.

    Raises
    ------
    DamagedReceipt
        When its content does not fit the digest.
    UnreadableReceipt
        When this version of the program cannot read it.
    """
    document, position = unpack_document(packed, digest)
    return read_receipt(document, position)


def unpack_document(packed: bytes, digest: str) -> tuple[dict[str, Json], Position | None]:
    """Return the same as it is written, which is quicker, and the position; raises `DamagedReceipt`."""
    try:
        position_line, document = zlib.decompress(packed).split(b"\n", 1)
    except (zlib.error, ValueError) as error:
        raise DamagedReceipt(f"the receipt cannot be unpacked: {error}") from error
    if hashlib.sha256(document).hexdigest() != digest:
        raise DamagedReceipt("the receipt does not fit the digest in the journal")
    place = orjson.loads(position_line)
    return orjson.loads(document), Position(**place) if place else None


def _differences(stored: Json, again: Json, where: str) -> Iterator[str]:
    if isinstance(stored, Mapping) and isinstance(again, Mapping):
        for key in sorted(stored.keys() | again.keys()):
            yield from _differences(stored.get(key), again.get(key), f"{where}.{key}" if where else key)
    elif isinstance(stored, list) and isinstance(again, list) and len(stored) == len(again):
        for index, pair in enumerate(zip(stored, again, strict=True)):
            yield from _differences(*pair, f"{where}[{index}]")
    elif stored != again:
        yield f"{where}: {_short(stored)} → {_short(again)}"


def _short(value: Json) -> str:
    text = orjson.dumps(value).decode()
    return text if len(text) <= 80 else text[:77] + "…"
