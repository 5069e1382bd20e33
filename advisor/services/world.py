"""Everything that the verbs work with, in one value that bootstrap makes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from advisor.hospitals.registry import Registry
from advisor.kernel import HospitalId
from advisor.protocol.edition import Editions
from advisor.protocol.model import Site
from advisor.services.accounts import SessionLimits
from advisor.services.ports import Accounts, Attempts, Clock, Journal, Passwords, Roads, Sessions
from advisor.services.site import site_of


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The parts behind the services. `new_id` makes ids that are never made twice, anywhere.

    `sites` is the part of the registry that the rules look at.
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
    limits: SessionLimits = field(default_factory=SessionLimits)
    sites: Mapping[HospitalId, Site] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sites", {hospital.id: site_of(hospital) for hospital in self.registry})
