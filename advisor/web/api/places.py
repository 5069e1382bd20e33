"""Finding a position by name, coordinates or address."""

import re

from flask import Blueprint, Response, request

from advisor.hospitals.search import search
from advisor.kernel import InvalidInput, Position
from advisor.services.free_text import check_free_text
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import parts
from advisor.web.fields import LAT_RANGE, LON_RANGE
from advisor.web.render import render_position
from advisor.web.wire import refuse

QUERY_LONGEST = 120
MOST = 8
_COORDINATES = re.compile(r"\s*(-?\d{1,3}(?:[.,]\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:[.,]\d+)?)\s*")

routes = Blueprint("places", __name__)


@routes.get("/places")
def find() -> Response:
    """List the best places for a query, best first: coordinates, then hospitals and towns, then addresses."""
    require_actor()
    query = request.args.get("q", "").strip()
    if not 2 <= len(query) <= QUERY_LONGEST:
        raise refuse("q", f"must have 2 to {QUERY_LONGEST} characters")
    return answer((_coordinates(query) or _by_words(query))[:MOST])


def _by_words(query: str) -> list[dict[str, object]]:
    """Find names and addresses; the latter may be asked elsewhere, so nobody's number may be among the words."""
    problems = check_free_text("q", query)
    if problems:
        raise InvalidInput(problems)
    return [*_by_name(query), *_by_address(query)]


def _coordinates(query: str) -> list[dict[str, object]]:
    match = _COORDINATES.fullmatch(query)
    if match is None:
        return []
    first, second = (float(text.replace(",", ".")) for text in match.groups())
    if LON_RANGE[0] <= first <= LON_RANGE[1] and LAT_RANGE[0] <= second <= LAT_RANGE[1]:
        first, second = second, first  # typed the other way round; nowhere in this country are both readings possible
    try:
        position = Position(lat=first, lon=second)
    except InvalidInput:
        return []
    return [_place(f"{position.lat:.5f}, {position.lon:.5f}", "coordinates", position)]


def _by_name(query: str) -> list[dict[str, object]]:
    wanted = query.casefold()
    towns = sorted(
        (place for place in parts().places if place[0].casefold().startswith(wanted)),
        key=lambda place: (len(place[0]), place[0]),
    )
    hospitals = search(parts().world.registry, query)
    return [
        *(_place(name, "town", position) for name, position in towns[: MOST // 2]),
        *(_place(hospital.name, "hospital", hospital.position) for hospital in hospitals[: MOST // 2]),
    ]


def _by_address(query: str) -> list[dict[str, object]]:
    return [_place(name, "address", position) for name, position in parts().geocoder(query)]


def _place(name: str, kind: str, position: Position) -> dict[str, object]:
    return {"name": name, "kind": kind, "position": render_position(position)}
