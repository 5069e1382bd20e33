"""The road network: its map, tile by tile, and the way to a hospital."""

from flask import Blueprint, Response, request

from advisor.roads.labels import label_places
from advisor.roads.model import Profile
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import parts
from advisor.web.wire import parse_route, refuse

routes = Blueprint("network", __name__)


@routes.get("/network/map")
def show_map() -> Response:
    """Tell what the page must know to draw the network."""
    require_actor()
    network = parts().network_map
    return answer(
        {
            "id": network.id,
            "schematic": network.schematic,
            "label": network.label,
            "attribution": network.attribution,
            "bounds": network.bounds,
            "min_zoom": network.min_zoom,
            "max_zoom": network.max_zoom,
            "places": label_places(parts().places, network.bounds),
        }
    )


@routes.get("/network/tiles/<int:z>/<int:x>/<int:y>")
def tile(z: int, x: int, y: int) -> Response:
    """Give the roads of one tile; kept for ever by the client when it names the network in `v`."""
    require_actor()
    network = parts().network_map
    if not (z <= network.max_zoom and x < 2**z and y < 2**z):
        raise refuse("tile", f"no such tile; zoom goes to {network.max_zoom}")
    response = answer({"lines": network.tiles(z, x, y)})
    if request.args.get("v") == network.id:
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


@routes.get("/network/route")
def route() -> Response:
    """Give the way to a hospital as a GeoJSON line."""
    require_actor()
    world = parts().world
    asked = parse_route(request.args.to_dict(), world.registry.hospitals)
    profile = Profile.SIGNALS if asked.signals else Profile.NO_SIGNALS
    found = world.roads.route(asked.start, asked.hospital, profile=profile, heading_deg=asked.heading_deg)
    return answer(
        {
            "type": "Feature",
            "geometry": {
                "type": "LineString",
                "coordinates": [[round(lon, 6), round(lat, 6)] for lat, lon in found.points.tolist()],
            },
            "properties": {
                "hospital": asked.hospital,
                "seconds": round(found.seconds, 1),
                "metres": round(found.distance_m, 1),
                "names": list(found.names),
            },
        }
    )
