"""Addresses to positions by an outside geocoder, for typed addresses only; never more than a few seconds."""

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from advisor.kernel import Position

TIMEOUT_S = 3.0
PAUSE_S = 30.0
"""How long the geocoder is left alone after it failed."""

MOST = 5
USER_AGENT = "uitwijk-ambulance-destination-advisor"
PDOK = "https://api.pdok.nl/bzk/locatieserver/search/v3_1/free"

Found = tuple[tuple[str, Position], ...]


def make_geocoder(choice: str) -> Callable[[str], Found]:
    """Make the geocoder of the settings: "none", "pdok", "nominatim" or the address of a Nominatim server.

    What it gives finds an address and never raises: an outside service that is slow, away or wrong means that nothing
    is found, and that it is not asked again for half a minute.
    """
    if choice == "none":
        return lambda _query: ()
    return _Patient(_pdok() if choice == "pdok" else _nominatim(choice))


class _Patient:
    """Asks the geocoder, remembers its answers, and leaves it alone for a while after a failure."""

    def __init__(self, ask: Callable[[str], Found]) -> None:
        self._ask = lru_cache(maxsize=500)(ask)
        self._not_before_s = 0.0

    def __call__(self, query: str) -> Found:
        from geopy.exc import GeopyError  # noqa: PLC0415 - slow to import, and most servers have no geocoder

        if time.monotonic() < self._not_before_s:
            return ()
        try:
            return self._ask(" ".join(query.split()))
        except (GeopyError, ValueError, KeyError, TypeError, OSError):
            self._not_before_s = time.monotonic() + PAUSE_S
            return ()


def _nominatim(choice: str) -> Callable[[str], Found]:
    from geopy.geocoders import Nominatim  # noqa: PLC0415 - as above

    where = urlsplit(choice) if choice != "nominatim" else urlsplit("https://nominatim.openstreetmap.org")
    geocoder: Any = Nominatim(
        user_agent=USER_AGENT, timeout=TIMEOUT_S, domain=f"{where.netloc}{where.path}".rstrip("/"), scheme=where.scheme
    )

    def ask(query: str) -> Found:
        answers = geocoder.geocode(query, exactly_one=False, limit=MOST, country_codes="nl", language="nl") or ()
        return tuple((answer.address, Position(lat=answer.latitude, lon=answer.longitude)) for answer in answers)

    return ask


def _pdok() -> Callable[[str], Found]:
    """Use the location server of the Dutch government; geopy has no class for it, but knows how to call one."""
    from geopy.geocoders.base import Geocoder  # noqa: PLC0415 - as above

    geocoder: Any = Geocoder(user_agent=USER_AGENT, timeout=TIMEOUT_S)

    def ask(query: str) -> Found:
        wanted = {"q": query, "rows": MOST, "fl": "weergavenaam,centroide_ll"}
        found: Found = geocoder._call_geocoder(f"{PDOK}?{urlencode(wanted)}", parse_pdok)  # noqa: SLF001 - its hook
        return found

    return ask


def parse_pdok(document: dict[str, Any]) -> Found:
    """Read an answer of the location server: display names and points "POINT(lon lat)"."""
    return tuple((entry["weergavenaam"], _point(entry["centroide_ll"])) for entry in document["response"]["docs"])


def _point(text: str) -> Position:
    lon, lat = text.removeprefix("POINT(").removesuffix(")").split()
    return Position(lat=float(lat), lon=float(lon))
