"""What a device keeps for a time without a connection: rules as tables, hospitals, drive times."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

import orjson

from advisor.hospitals.model import Hospital
from advisor.hospitals.registry import Registry
from advisor.kernel import HospitalId
from advisor.protocol.model import Site
from advisor.services.access import Actor, require_role
from advisor.services.documents import position_document
from advisor.services.give_advice import ADVISED
from advisor.services.refusals import NotFound

Json = Any
RULES, HOSPITALS, GRID = "rules", "hospitals", "grid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the package, compressed with gzip; `identity` (hex) changes with its content."""

    packed: bytes
    media_type: str
    identity: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "identity", hashlib.sha256(self.packed).hexdigest()[:20])


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflinePackage:
    """The parts by name; without any there is nothing to keep."""

    parts: Mapping[str, Part] = field(default_factory=dict)


def json_part(document: Json) -> Part:
    """Return a part that is JSON."""
    return Part(packed=compress(orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS)), media_type="application/json")


def binary_part(content: bytes) -> Part:
    """Return a part that is bytes."""
    return Part(packed=compress(content), media_type="application/octet-stream")


def compress(content: bytes) -> bytes:
    """Compress; the same content always gives the same bytes."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def package_overview(package: OfflinePackage, *, actor: Actor) -> dict[str, Json]:
    """Return which parts there are, each with its identity and its size as it goes over the line.

    Raises
    ------
    Forbidden
        When the role of the actor gets no advice.
    """
    require_role(actor, "keep the offline package", *ADVISED)
    return {
        "parts": {name: {"id": part.identity, "bytes": len(part.packed)} for name, part in package.parts.items()},
    }


def get_part(package: OfflinePackage, name: str, identity: str, *, actor: Actor) -> Part:
    """Get one part of the package.

    Raises
    ------
    Forbidden
        When the role of the actor gets no advice.
    NotFound
        When there is no such part, or not any more with this identity.
    """
    require_role(actor, "keep the offline package", *ADVISED)
    part = package.parts.get(name)
    if part is None or part.identity != identity:
        raise NotFound("package part", f"{name}/{identity}")
    return part


def hospitals_document(registry: Registry, sites: Mapping[HospitalId, Site], network: Mapping[str, Json]) -> Json:
    """Return the hospitals as the rules and the list look at them, and what is said of the network."""
    return {
        "sites": [_site(hospital, sites[hospital.id], registry) for hospital in registry],
        "complete": sorted(registry.mka_complete),
        "network": network,
    }


def _site(hospital: Hospital, site: Site, registry: Registry) -> dict[str, Json]:
    mka = registry.mkas.get(hospital.mka)
    return {
        "id": hospital.id,
        "name": hospital.name,
        "city": hospital.city,
        "position": position_document(hospital.arrival_position),
        "protocol": site.protocol,
        "mka": site.mka,
        "subregion": site.subregion,
        "facilities": dict(site.facilities),
        "opening": site.opening and {"opens": _of_day(site.opening.opens), "closes": _of_day(site.opening.closes)},
        "policy": site.policy,
        "limited_hours": site.limited_hours,
        "phones": dict(hospital.phones),
        "mka_phones": dict(mka.phones) if mka else {},
    }


def _of_day(clock: time) -> int:
    """Return milliseconds since midnight."""
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1000
