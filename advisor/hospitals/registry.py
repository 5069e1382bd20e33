"""The registry of hospitals: read from TOML documents, checked completely, looked up by id."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import time

from advisor.hospitals.documents import (
    Content,
    Entry,
    check_top_fields,
    join_lists,
    join_names,
    join_tables,
    join_texts,
    load_documents,
    override,
    unique,
)
from advisor.hospitals.model import ClosedSite, Fact, Hospital, Mka, OpeningHours, Policy, UnknownHospital
from advisor.hospitals.site import Vocabulary, parse_closed, parse_facilities, parse_hospital, parse_mka
from advisor.hospitals.table import Findings, Table
from advisor.kernel import HospitalId, InvalidInput

__all__ = [
    "ClosedSite",
    "Fact",
    "Hospital",
    "Mka",
    "OpeningHours",
    "Policy",
    "Registry",
    "UnknownHospital",
    "parse_registry",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """All hospitals in the order of their ids, and what surrounds them.

    `closed` holds the sites that are left out, with the reason. `sources` explains every source key.
    `identity` is the SHA-256 (hex) over the content, whatever documents it was spread over.
    """

    hospitals: Mapping[HospitalId, Hospital]
    closed: tuple[ClosedSite, ...]
    mkas: Mapping[str, Mka]
    roaz: tuple[str, ...]
    veiligheidsregios: Mapping[str, str]
    sources: Mapping[str, str]
    identity: str = ""

    def __iter__(self) -> Iterator[Hospital]:
        return iter(self.hospitals.values())

    def __len__(self) -> int:
        return len(self.hospitals)

    @property
    def mka_complete(self) -> frozenset[str]:
        """Name the meldkamer regions of which every hospital is known to be here (rule 3.1 needs that)."""
        return frozenset(mka.name for mka in self.mkas.values() if mka.complete)

    def get_hospital(self, hospital: str) -> Hospital:
        """Give the hospital with this id.

        Raises
        ------
        UnknownHospital
            When there is none.
        """
        try:
            return self.hospitals[HospitalId(hospital)]
        except KeyError:
            raise UnknownHospital(hospital) from None


def parse_registry(documents: Mapping[str, str]) -> Registry:
    """Read the registry from TOML texts by document name.

    A hospital is defined once; `[override.ID]` in any document, later ones last, replaces single facts.

    Raises
    ------
    InvalidInput
        With every problem of every document; with the syntax errors alone when a document is not TOML.
    """
    contents = load_documents(documents)
    findings = Findings(problems=[], sources={})
    check_top_fields(contents, findings)
    findings.sources = join_texts(contents, "sources", findings)
    vocabulary = _vocabulary(contents, findings)
    entries = _entries(contents, findings)
    parsed = [parse_hospital(Table(entry.content, entry.where, findings), vocabulary) for entry in entries]
    hospitals = sorted((hospital for hospital in parsed if hospital), key=lambda hospital: hospital.id)
    closed_entries = join_lists(contents, "closed", "name", findings)
    closed = [parse_closed(Table(entry.content, entry.where, findings)) for entry in closed_entries]
    if not entries:
        findings.add("hospital", "no hospital in any document")
    if findings.problems:
        raise InvalidInput(findings.problems)
    registry = Registry(
        hospitals={hospital.id: hospital for hospital in hospitals},
        closed=tuple(sorted((site for site in closed if site), key=lambda site: site.name)),
        mkas=vocabulary.mkas,
        roaz=vocabulary.roaz,
        veiligheidsregios=vocabulary.veiligheidsregios,
        sources=findings.sources,
    )
    return replace(registry, identity=_identity(registry))


def _entries(contents: Mapping[str, Content], findings: Findings) -> list[Entry]:
    entries = unique(join_lists(contents, "hospital", "id", findings), "id", findings)
    return override(entries, "id", contents, "override", findings)


def _vocabulary(contents: Mapping[str, Content], findings: Findings) -> Vocabulary:
    entries = unique(join_lists(contents, "mka", "name", findings), "name", findings)
    entries = override(entries, "name", contents, "override_mka", findings)
    mkas = [parse_mka(Table(entry.content, entry.where, findings)) for entry in entries]
    defaults = Table(join_tables(contents, "defaults", findings), "defaults", findings)
    defaults.allow("policy", "facilities")
    return Vocabulary(
        veiligheidsregios=join_texts(contents, "veiligheidsregio", findings),
        roaz=join_names(contents, "roaz", findings),
        protocols=join_names(contents, "protocols", findings),
        mkas={mka.name: mka for mka in mkas},
        policy=defaults.sourced("policy"),
        facilities=parse_facilities(defaults.inner("facilities")),
    )


def _identity(registry: Registry) -> str:
    content = json.dumps(asdict(registry), sort_keys=True, ensure_ascii=False, default=time.isoformat)
    return hashlib.sha256(content.encode()).hexdigest()
