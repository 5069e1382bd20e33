"""All roads of a small network with the drive times at their ends: a device then finds the times of the server."""

import json

import numpy as np
from numpy.typing import NDArray

from advisor.roads.atlas import Atlas
from advisor.roads.device_head import device_head
from advisor.roads.hierarchy import COST_SHIFT, NEVER, TIME_UNIT_MS, UNREACHABLE
from advisor.roads.model import Profile
from advisor.roads.nearest import MOTORWAY_CLASS, PARALLEL_M
from advisor.roads.snap import Reach

MOST_TIMES = 300_000
"""Times kept at most: all nodes, destinations and profiles together."""
MOST_POINTS = 20_000
"""Points of roads kept at most; the device looks at each of them at every tap."""
DEGREE_PARTS = 10_000_000


def fits_whole(atlas: Atlas) -> bool:
    """Tell whether a network is small enough to go along whole; for others there is the lattice of `grid`."""
    network = atlas.network
    times = network.node_count * int((~atlas.joins.off).sum()) * len(Profile)
    return times <= MOST_TIMES and len(network.point_lat) <= MOST_POINTS


def pack_roads(atlas: Atlas) -> bytes:
    """Return the roads as the device reads them, not yet compressed.

    Four bytes with the length of a JSON text, that text, and then in little-endian order: the points of the roads
    (first_point int32[r + 1], latitudes and longitudes int32[p] in parts of a degree), motorways uint8[r], the nodes
    from which and to which each road leads along and against its points (int32[2, r] each, -1 = not allowed), the
    joins of destinations (row and road int32[j], share and metres float32[j]), and for every profile the milliseconds
    along and against each road (uint32[2, r]) and the time units from each node to each destination (uint16[d, n]).
    """
    network, reach, joins = atlas.network, Reach.of(atlas.network), atlas.joins
    on = np.flatnonzero(~joins.off)
    edges = network.road_edges.T
    content = [
        network.first_point.astype("<i4"),
        *(np.rint(degrees * DEGREE_PARTS).astype("<i4") for degrees in (network.point_lat, network.point_lon)),
        (network.road_class <= MOTORWAY_CLASS).astype(np.uint8),
        *(np.where(edges >= 0, ends[edges], -1).astype("<i4") for ends in (network.edge_tail, network.edge_head)),
        np.searchsorted(on, joins.destination).astype("<i4"),
        joins.road.astype("<i4"),
        *(values.astype("<f4") for values in (joins.share, joins.leg_m)),
    ]
    for profile in atlas.tables:
        content += [_along_ms(atlas, profile, edges), atlas.field(profile)[:, on].T.astype("<u2")]
    about = {
        "nodes": network.node_count,
        "roads": network.road_count,
        "points": len(network.point_lat),
        "joins": len(joins.road),
        "degree_parts": DEGREE_PARTS,
        "unit_ms": TIME_UNIT_MS,
        "never": NEVER,
        "limit_m": reach.limit_m,
        "motorway_m": reach.motorway_m,
        "candidates": reach.candidates,
        "spread_m": reach.spread_m,
        "parallel_m": PARALLEL_M,
    }
    head = device_head(atlas.ids, joins.off, atlas.stamp, atlas.tables) | {"roads": about}
    text = json.dumps(head, separators=(",", ":")).encode()
    return len(text).to_bytes(4, "little") + text + b"".join(values.tobytes() for values in content)


def _along_ms(atlas: Atlas, profile: Profile, edges: NDArray[np.int32]) -> NDArray[np.uint32]:
    cost = atlas.look_up_arrays(profile)[2][edges]
    allowed = (edges >= 0) & (cost < UNREACHABLE)
    return np.where(allowed, cost >> COST_SHIFT, np.iinfo(np.uint32).max).astype("<u4")
