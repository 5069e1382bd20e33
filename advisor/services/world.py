"""Everything that the verbs work with, in one value that bootstrap makes."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from advisor.hospitals.registry import Registry
from advisor.kernel import HospitalId
from advisor.protocol.edition import Editions
from advisor.protocol.model import Site
from advisor.services.accounts import SessionLimits
from advisor.services.api_keys import Keys
from advisor.services.ports import Accounts, Attempts, Clock, Journal, Passwords, Roads, Sessions
from advisor.services.security import Security
from advisor.services.site import site_of

PILOTS = "~pilots"  # no file is named like this


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The parts behind the services. `new_id` makes ids that are never made twice, anywhere.

    `registry_documents` and `edition_documents` are the texts that registry and editions were read from, for the
    record. `sites` is the part of the registry that the rules look at, `regions` the meldkamer region of each hospital,
    `editions_identity` a hash of the editions.
    """

    journal: Journal
    registry: Registry
    editions: Editions
    roads: Roads
    clock: Clock
    new_id: Callable[[], str]
    accounts: Accounts
    sessions: Sessions
    passwords: Passwords
    attempts: Attempts
    security: Security
    keys: Keys
    limits: SessionLimits = field(default_factory=SessionLimits)
    registry_documents: Mapping[str, str] = field(default_factory=dict)
    edition_documents: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[HospitalId, Site] = field(init=False)
    regions: Mapping[HospitalId, str] = field(init=False)
    editions_identity: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sites", {hospital.id: site_of(hospital) for hospital in self.registry})
        object.__setattr__(self, "regions", {hospital.id: hospital.mka for hospital in self.registry})
        object.__setattr__(
            self, "editions_identity", identity_of(edition_record(self.edition_documents, self.editions))
        )


def edition_record(documents: Mapping[str, str], editions: Editions) -> dict[str, str]:
    """Return what the editions are kept on record with: their texts, and which pilots are switched on."""
    pilots = {name: active for edition in editions.regional for name, active in edition.pilots.items()}
    return {**documents, PILOTS: json.dumps(pilots, sort_keys=True)}


def identity_of(documents: Mapping[str, str]) -> str:
    """Return the SHA-256 (hex) over documents by name."""
    return hashlib.sha256(repr(sorted(documents.items())).encode()).hexdigest()
