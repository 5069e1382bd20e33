"""Roads with the drive times at their ends: on them a device finds the times of the server.

A small network goes along whole; of a larger one the motorways do, beside the lattice of `grid`.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.roads.atlas import Atlas
from advisor.roads.device_head import device_head
from advisor.roads.device_numbers import pack_running
from advisor.roads.geo import METRES_PER_DEGREE
from advisor.roads.hierarchy import COST_SHIFT, NEVER, TIME_UNIT_MS, UNREACHABLE
from advisor.roads.model import Profile
from advisor.roads.nearest import MOTORWAY_CLASS, PARALLEL_M
from advisor.roads.network import Network
from advisor.roads.snap import Reach

MOST_TIMES = 300_000
"""Times kept at most: all nodes, destinations and profiles together."""
MOST_POINTS = 20_000
"""Points of roads kept at most; the device looks at each of them at every tap."""
WHOLE_PARTS, MOTORWAY_PARTS = 10_000_000, 1_000_000
"""Parts of a degree in which points are told: a centimetre, and a decimetre."""
DRAWN_WITHIN_M = 2.0
FAR_S = 4_500
"""Longer drives are not kept beside a lattice: the device estimates them along the straight line, and says so."""

Numbers = NDArray[np.int64]
Degrees = NDArray[np.float64]


def fits_whole(atlas: Atlas) -> bool:
    """Tell whether a network is small enough to go along whole; for others there is the lattice of `grid`."""
    network = atlas.network
    times = network.node_count * int((~atlas.joins.off).sum()) * len(Profile)
    return times <= MOST_TIMES and len(network.point_lat) <= MOST_POINTS


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadPart:
    """Roads as a device reads them.

    `about` says how many there are of everything, `content` is the arrays, and `times` is the number of drive times.
    """

    about: Mapping[str, object]
    content: bytes
    times: int


def pack_roads(atlas: Atlas) -> bytes:
    """Return all roads as the device reads them, not yet compressed.

    Four bytes with the length of a JSON text, that text, and then the arrays of `road_part`.
    """
    part = road_part(atlas, np.arange(atlas.network.road_count), parts=WHOLE_PARTS)
    head = device_head(atlas.ids, atlas.joins.off, atlas.stamp, atlas.tables) | {"roads": part.about}
    text = json.dumps(head, separators=(",", ":")).encode()
    return len(text).to_bytes(4, "little") + text + part.content


def pack_motorways(atlas: Atlas) -> RoadPart:
    """Return the motorways of a network, drawn no finer than a device needs to tell the carriageways apart."""
    motorways = np.flatnonzero(atlas.network.road_class <= MOTORWAY_CLASS)
    return road_part(atlas, motorways, parts=MOTORWAY_PARTS, within_m=DRAWN_WITHIN_M, far_s=FAR_S)


def road_part(atlas: Atlas, roads: Numbers, *, parts: int, within_m: float = 0.0, far_s: float = math.inf) -> RoadPart:
    """Return some roads of a network, int64[r], rising, with the drive times at their ends.

    Every array is one of whole numbers (`pack_running`): the points of the roads (first_point [r + 1], latitudes and
    longitudes [p] in `parts` of a degree), motorways [r], the nodes from which and to which each road leads along
    and against its points ([2, r] each, -1 = not allowed), the joins of destinations (row, road, millionths of the road
    and centimetres beside it [j]), and for every profile the milliseconds along and against each road ([2, r], -1 = not
    allowed) and the time units from each node to each destination [d, n]. Lines are drawn with fewer points, up to
    `within_m` beside where they are; drives of more than `far_s` are left out, as if no way led there.
    """
    network, reach, joins = atlas.network, Reach.of(atlas.network), atlas.joins
    on = np.flatnonzero(~joins.off)
    edges = network.road_edges[roads].T
    tails, heads = (np.where(edges >= 0, ends[edges], -1) for ends in (network.edge_tail, network.edge_head))
    nodes = np.unique(np.concatenate([tails[tails >= 0], heads[heads >= 0]]))
    nodes = nodes[_along_z(network.node_lat[nodes], network.node_lon[nodes])]
    place = np.full(network.node_count + 1, -1)  # the last one stands for no node
    place[nodes] = np.arange(len(nodes))
    first_point, lat, lon = _lines(network, roads, within_m)
    joined = np.flatnonzero(np.isin(joins.road, roads))
    content = [
        first_point,
        lat * parts,
        lon * parts,
        network.road_class[roads] <= MOTORWAY_CLASS,
        place[tails],
        place[heads],
        np.searchsorted(on, joins.destination[joined]),
        np.searchsorted(roads, joins.road[joined]),
        joins.share[joined] * 1e6,
        joins.leg_m[joined] * 1e2,
    ]
    for profile in atlas.tables:
        units = atlas.field(profile)[nodes][:, on].T.astype(np.int64)
        content += [_along_ms(atlas, profile, edges), np.where(units * TIME_UNIT_MS > far_s * 1000, NEVER, units)]
    about = {
        "nodes": len(nodes),
        "roads": len(roads),
        "points": len(lat),
        "joins": len(joined),
        "degree_parts": parts,
        "unit_ms": TIME_UNIT_MS,
        "never": NEVER,
        "limit_m": reach.limit_m,
        "motorway_m": reach.motorway_m,
        "candidates": reach.candidates,
        "spread_m": reach.spread_m,
        "parallel_m": PARALLEL_M,
    }
    packed = b"".join(pack_running(np.rint(numbers).astype(np.int64)) for numbers in content)
    return RoadPart(about=about, content=packed, times=len(nodes) * len(on) * len(atlas.tables))


def _lines(network: Network, roads: Numbers, within_m: float) -> tuple[Numbers, Degrees, Degrees]:
    """Return first_point, latitudes and longitudes of the lines of some roads."""
    from shapely import get_coordinates, linestrings, simplify  # noqa: PLC0415  (slow to import)

    counts = np.diff(network.first_point)[roads]
    line = np.repeat(np.arange(len(roads)), counts)
    nth = np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts)
    points = network.first_point[roads][line] + nth
    lat, lon = network.point_lat[points], network.point_lon[points]
    if within_m > 0.0 and len(roads):
        east_m = METRES_PER_DEGREE * np.cos(np.radians(lat.mean()))
        drawn = simplify(linestrings(lon * east_m, lat * METRES_PER_DEGREE, indices=line), within_m)
        (x, y), line = (found.T for found in get_coordinates(drawn, return_index=True))
        lat, lon = y / METRES_PER_DEGREE, x / east_m
    first_point = np.searchsorted(line, np.arange(len(roads) + 1))
    return first_point, lat, lon


def _along_z(lat: Degrees, lon: Degrees) -> Numbers:
    """Return the order of places along a Z-curve: times of places that lie together are alike, and pack well."""
    row, column = ((degrees * 256).astype(np.int64) for degrees in (lat, lon))
    bits = [(row >> bit & 1) << (2 * bit + 1) | (column >> bit & 1) << (2 * bit) for bit in range(16)]
    return np.argsort(np.sum(bits, axis=0), kind="stable")


def _along_ms(atlas: Atlas, profile: Profile, edges: NDArray[np.int32]) -> Numbers:
    cost = atlas.look_up_arrays(profile)[2][edges].astype(np.int64)
    return np.where((edges >= 0) & (cost < UNREACHABLE), cost >> COST_SHIFT, -1)
