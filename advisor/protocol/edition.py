"""All editions of the protocol, and which one speaks about a hospital at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from advisor.kernel import AdvisorError
from advisor.protocol.dated import CODE_ORANGE, Edition
from advisor.protocol.edition_file import parse_documents
from advisor.protocol.model import Site

__all__ = ["CODE_ORANGE", "Edition", "Editions", "NoEditionForDate", "parse_editions"]


class NoEditionForDate(AdvisorError, LookupError):
    """No edition speaks about a protocol at a moment."""

    def __init__(self, protocol: str, moment: datetime) -> None:
        self.protocol = protocol
        self.moment = moment
        super().__init__(f"no edition of protocol {protocol!r} covers {moment.isoformat()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """All editions; the national one speaks where no regional one does, at any moment."""

    national: Edition
    regional: tuple[Edition, ...]

    def speaking_for(self, site: Site, moment: datetime) -> Edition:
        """Return the edition that speaks about a site at a moment.

        Before the first edition of a regional protocol the national rules speak (VER-1). After its last one
        nothing does: a protocol that ended without a successor is an error, not a reason to guess.

        Raises
        ------
        NoEditionForDate
            When the site's protocol has no edition at all, or none at this moment.
        """
        if not site.protocol:
            return self.national
        return self._of_protocol(site.protocol, moment)

    def find(self, edition_id: str) -> Edition | None:
        """Return the edition with an id, or `None`."""
        return next((edition for edition in (self.national, *self.regional) if edition.id == edition_id), None)

    def with_pilot(self, pilot: str, *, active: bool) -> "Editions":
        """Return the same editions with a pilot switched on or off in those that know it."""
        return replace(self, regional=tuple(_switch(edition, pilot, active) for edition in self.regional))

    def _of_protocol(self, protocol: str, moment: datetime) -> Edition:
        first: datetime | None = None
        for edition in self.regional:
            if edition.protocol != protocol or edition.valid is None:
                continue
            if moment in edition.valid:
                return edition
            first = edition.valid.start if first is None else min(first, edition.valid.start)
        if first is None or moment >= first:
            raise NoEditionForDate(protocol, moment)
        return self.national


def parse_editions(documents: Mapping[str, str]) -> Editions:
    """Read editions from TOML texts, keyed by file name.

    Raises
    ------
    InvalidInput
        With every problem of every document, and of the documents together.
    """
    national, regional = parse_documents(documents)
    return Editions(national=national, regional=regional)


def _switch(edition: Edition, pilot: str, active: bool) -> Edition:  # noqa: FBT001 - a value, not a mode
    if pilot not in edition.pilots:
        return edition
    return replace(edition, pilots={**edition.pilots, pilot: active})
