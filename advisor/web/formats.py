"""The formats of other systems, as the routes see them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from advisor.services.hear_feed import FeedReport
from advisor.services.hear_roads import RoadNews
from advisor.services.publish_statuses import PublishedHospital

XML = "application/xml"
FHIR = "application/fhir+json"
STATUSES_MOST = 500

Json = dict[str, Any]
Published = Sequence[PublishedHospital]


class Fhir(Protocol):
    """Writes resources of FHIR R4."""

    def search(self, kind: str, hospitals: Published, asked: Mapping[str, str], base: str, now: datetime) -> Json:
        """Return the bundle of what fits; raises `InvalidInput` for what cannot be searched by."""
        ...

    def capability(self, version: str, base: str, now: datetime) -> Json:
        """Return what this server can do."""
        ...

    def outcome(self, code: str, diagnostics: str) -> Json:
        """Return why something could not be done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """Readers raise `UnreadableFeed`, or `InvalidInput` with every problem; long documents do not hold up others.

    `unpack` gives a body that may be compressed as it was before, up to so many bytes.
    """

    unpack: Callable[[bytes, int], bytes]
    read_have: Callable[[bytes, datetime], Sequence[FeedReport]]
    render_have: Callable[[Published, datetime], bytes]
    read_datex: Callable[[bytes], RoadNews]
    fhir: Fhir
