"""What the registry says about a hospital: plain frozen facts, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from advisor.kernel import AdvisorError, Capability, Department, Facility, HospitalId, Known, Position

PHONE_ROLES = frozenset({"seh_physician", "seh_coordinator", "duty_physician", "stip_nurse", *Department})
MKA_PHONE_ROLES = frozenset({"mka", "mma"})


class UnknownHospital(AdvisorError, LookupError):
    """No hospital of the registry has this id."""

    def __init__(self, hospital: str) -> None:
        self.hospital = hospital
        super().__init__(f"no hospital with id {hospital!r} in the registry")


class Policy(StrEnum):
    """How a hospital takes part in the national platform that publishes stops."""

    LPZ = "lpz"
    NEVER_STOPS = "never_stops"
    NOT_IN_LPZ = "not_in_lpz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Whether a hospital has a facility, and the key of the source that says so (`Registry.sources`)."""

    value: Known
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """Daily opening hours of an SEH in Europe/Amsterdam; `closes` before `opens` runs past midnight."""

    opens: time
    closes: time
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hospital:
    """One hospital site with an SEH that receives ambulances.

    `mka` and `subregion` are "" where the meldkamer region is not on record, `protocol` is "nhfl" for the
    sites of the regional protocol's table 4 and "" for all others. `limited_hours` with `opening=None`
    means: closed at times that are not on record. `facilities` holds all departments and capabilities.
    `phones` maps a role of `PHONE_ROLES` to a number and stays empty until an operator fills it.
    `also` lists other names under which people look for the site. `sources` gives the source key of
    the fields "position", "entrance", "roaz", "mka", "policy" and "hours", as far as they are on record.
    """

    id: HospitalId
    name: str
    city: str
    address: str
    postcode: str
    position: Position
    veiligheidsregio: str
    mka: str
    subregion: str
    roaz: str
    protocol: str
    policy: Policy
    facilities: Mapping[Facility, Fact]
    entrance: Position | None = None
    opening: OpeningHours | None = None
    limited_hours: bool = False
    phones: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    note: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def arrival_position(self) -> Position:
        """Return where ambulances arrive: at the entrance, where it is on record."""
        return self.entrance or self.position

    @property
    def known(self) -> dict[Facility, Known]:
        """Give every facility its bare value, without the source."""
        return {facility: fact.value for facility, fact in self.facilities.items()}

    @property
    def departments(self) -> dict[Department, Known]:
        """Give the six departments their bare values."""
        return {department: self.facilities[department].value for department in Department}

    @property
    def capabilities(self) -> dict[Capability, Known]:
        """Give the capabilities their bare values."""
        return {capability: self.facilities[capability].value for capability in Capability}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedSite:
    """A hospital site that is no destination: it has no SEH (any more); kept so that nobody adds it again."""

    name: str
    city: str
    position: Position
    reason: str
    reason_en: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mka:
    """A meldkamer region: its subregions, and whether all its hospitals are known to be in the registry."""

    name: str
    subregions: tuple[str, ...]
    complete: bool
    source: str
    phones: Mapping[str, str] = field(default_factory=dict)
