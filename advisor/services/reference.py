"""Keep the registry and the editions on record, so that old advice can be worked out with those of its time."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import orjson

from advisor.hospitals.registry import Registry, parse_registry
from advisor.journal.board import Board
from advisor.journal.events import Event, ReferenceAdopted
from advisor.kernel import AdvisorError
from advisor.protocol.edition import Editions, parse_editions
from advisor.services.ports import Journal
from advisor.services.site import site_of
from advisor.services.work_out import Reference
from advisor.services.world import PILOTS, World, edition_record

REGISTRY = "registry"
EDITIONS = "editions"
PROGRAM = "uitwijk"


class ReferenceMissing(AdvisorError, LookupError):
    """The registry or the editions that an old advice was worked out with are not on record."""

    def __init__(self, kind: str, identity: str) -> None:
        self.kind = kind
        super().__init__(f"the {kind} {identity[:12]}… of that time is not on record")


def adopt_reference(*, now: datetime, world: World) -> None:
    """Write down with which registry and editions the program works from now on, unless it stands there already."""
    adopted = [
        ReferenceAdopted(at=now, by=PROGRAM, kind=kind, identity=identity, documents=_pack(documents))
        for kind, identity, documents in (
            (REGISTRY, world.registry.identity, world.registry_documents),
            (EDITIONS, world.editions_identity, edition_record(world.edition_documents, world.editions)),
        )
        if documents
    ]

    def decide(board: Board) -> Sequence[Event]:
        return [event for event in adopted if event.subject not in board.references]

    world.journal.transact(decide)


def find_reference(registry_identity: str, editions_identity: str, world: World) -> Reference:
    """Find the registry and the editions with these identities: the present ones, or those on record.

    Raises
    ------
    ReferenceMissing
        When one of them is not on record.
    """
    registry, editions = world.registry, world.editions
    if registry.identity != registry_identity:
        registry = _registry(_documents(REGISTRY, registry_identity, world.journal))
    if world.editions_identity != editions_identity:
        editions = _editions(_documents(EDITIONS, editions_identity, world.journal))
    sites = world.sites if registry is world.registry else {each.id: site_of(each) for each in registry}
    return Reference(registry=registry, sites=sites, editions=editions)


def _documents(kind: str, identity: str, journal: Journal) -> bytes:
    packed = journal.enclosure(f"{kind}/{identity}")
    if packed is None:
        raise ReferenceMissing(kind, identity)
    return packed


@lru_cache(maxsize=4)
def _registry(packed: bytes) -> Registry:
    return parse_registry(_unpack(packed))


@lru_cache(maxsize=4)
def _editions(packed: bytes) -> Editions:
    documents = _unpack(packed)
    pilots: dict[str, bool] = orjson.loads(documents.pop(PILOTS))
    editions = parse_editions(documents)
    for pilot, active in pilots.items():
        editions = editions.with_pilot(pilot, active=active)
    return editions


def _pack(documents: Mapping[str, str]) -> bytes:
    return zlib.compress(orjson.dumps(dict(documents), option=orjson.OPT_SORT_KEYS))


def _unpack(packed: bytes) -> dict[str, str]:
    documents: dict[str, str] = orjson.loads(zlib.decompress(packed))
    return documents
