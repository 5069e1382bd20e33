"""From roads with end points to a network: the largest connected part, contraction order, edges, identity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import InvalidInput, Position, Problem
from advisor.roads.geo import METRES_PER_DEGREE, ground_distances_m
from advisor.roads.model import NetworkFileError, RoadClass
from advisor.roads.network import Network, identity_of, make_network

DENSITY_CELL_M = 500.0
"""Side of the squares in which junctions are counted."""


class RoadFlag(IntFlag):
    """What is further known about a road."""

    ROUNDABOUT = 1
    BRIDGE = 2
    TUNNEL = 4
    AMBULANCE_ONLY = 8
    """Not open to everybody: private, bus lane, emergency access."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One road of a hand-made network, between two named nodes, by way of `via`."""

    from_node: str
    to_node: str
    road_class: RoadClass
    oneway: bool = False
    via: tuple[Position, ...] = ()
    speed_factor: float = 1.0
    name: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Roads:
    """Roads before they are a network: column arrays over roads, points in one line after another.

    Node numbers index `node_lat`/`node_lon`. `forward`/`backward` say in which directions a road may be driven along
    its points. `name` is a line of `names`, or -1; the other columns are as in `Network`.
    """

    node_lat: NDArray[np.float64]
    node_lon: NDArray[np.float64]
    from_node: NDArray[np.int32]
    to_node: NDArray[np.int32]
    forward: NDArray[np.bool_]
    backward: NDArray[np.bool_]
    road_class: NDArray[np.uint8]
    factor: NDArray[np.float32]
    limit_kph: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    name: NDArray[np.int32]
    first_point: NDArray[np.int32]
    point_lat: NDArray[np.float64]
    point_lon: NDArray[np.float64]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a network comes from."""

    name: str
    attribution: str
    schematic: bool = False
    source_date: str = ""
    notes: tuple[str, ...] = ()


def build_from_segments(
    nodes: Mapping[str, Position],
    segments: Sequence[Segment],
    *,
    attribution: str,
    name: str,
    schematic: bool = True,
) -> Network:
    """Build a network from named nodes and the roads between them.

    Raises
    ------
    InvalidInput
        With every segment that names an unknown node, leads straight to its own start, or has a factor of zero
        or less.
    NetworkFileError
        When nothing is left to drive on.
    """
    problems = list(_segment_problems(nodes, segments))
    if problems:
        raise InvalidInput(problems)
    number = {node: i for i, node in enumerate(nodes)}
    lines = [(nodes[s.from_node], *s.via, nodes[s.to_node]) for s in segments]
    road_names = sorted({s.name for s in segments if s.name})
    line_of = {road_name: i for i, road_name in enumerate(road_names)}
    roads = Roads(
        node_lat=np.array([p.lat for p in nodes.values()], float),
        node_lon=np.array([p.lon for p in nodes.values()], float),
        from_node=np.array([number[s.from_node] for s in segments], np.int32),
        to_node=np.array([number[s.to_node] for s in segments], np.int32),
        forward=np.ones(len(segments), np.bool_),
        backward=np.array([not s.oneway for s in segments], np.bool_),
        road_class=np.array([s.road_class for s in segments], np.uint8),
        factor=np.array([s.speed_factor for s in segments], np.float32),
        limit_kph=np.zeros(len(segments), np.uint8),
        flags=np.zeros(len(segments), np.uint8),
        name=np.array([line_of.get(s.name, -1) for s in segments], np.int32),
        first_point=np.concatenate(([0], np.cumsum([len(line) for line in lines]))).astype(np.int32),
        point_lat=np.array([p.lat for line in lines for p in line], float),
        point_lon=np.array([p.lon for line in lines for p in line], float),
        names=tuple(road_names),
    )
    return assemble(roads, Origin(name=name, attribution=attribution, schematic=schematic))


def assemble(roads: Roads, origin: Origin) -> Network:
    """Make a network of the largest strongly connected part of `roads`; what is dropped is counted in the network.

    Raises
    ------
    NetworkFileError
        When there is no road with two ends that can be driven to and fro.
    """
    length_m = line_lengths_m(roads.first_point, roads.point_lat, roads.point_lon)
    kept_node = _largest_part(roads)
    kept = kept_node[roads.from_node] & kept_node[roads.to_node] & (roads.forward | roads.backward)
    if not kept.any():
        raise NetworkFileError(f"{origin.name}: no road network: no roads that lead there and back")
    used = np.zeros(len(kept_node), np.bool_)
    used[roads.from_node] = used[roads.to_node] = True
    part, length_kept_m = _select(roads, kept, kept_node), length_m[kept]
    part = _renumber(part, contraction_order(part))
    arrays: dict[str, NDArray[Any]] = {**_edges(part), **_road_arrays(part, length_kept_m)}
    return make_network(
        arrays,
        identity=identity_of(arrays, schematic=origin.schematic),
        name=origin.name,
        attribution=origin.attribution,
        schematic=origin.schematic,
        source_date=origin.source_date,
        dropped_nodes=int((used & ~kept_node).sum()),
        dropped_length_m=float(length_m[~kept].sum()),
        notes=origin.notes,
    )


def line_lengths_m(
    first_point: NDArray[np.int32], lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Length of each line of points, metres."""
    steps = np.zeros(len(lat))
    steps[1:] = ground_distances_m(lat[:-1], lon[:-1], lat[1:], lon[1:])
    steps[first_point[:-1]] = 0.0
    total = np.concatenate(([0.0], np.cumsum(steps)))
    return np.asarray(total[first_point[1:]] - total[first_point[:-1]])


def contraction_order(roads: Roads) -> NDArray[np.int32]:
    """Node numbers in the order of a nested dissection: the first is contracted first."""
    from routingkit_cch import compute_order_inertial  # noqa: PLC0415  (not needed once a network is built)

    count = len(roads.node_lat)
    proper = roads.from_node != roads.to_node
    tail, head = roads.from_node[proper], roads.to_node[proper]
    order = compute_order_inertial(
        count, tail.tolist(), head.tolist(), roads.node_lat.tolist(), roads.node_lon.tolist()
    )
    return np.array(order, np.int32)


def _segment_problems(nodes: Mapping[str, Position], segments: Sequence[Segment]) -> list[Problem]:
    problems = []
    for i, segment in enumerate(segments):
        where = f"segments[{i}] {segment.from_node}-{segment.to_node}"
        for node in (segment.from_node, segment.to_node):
            if node not in nodes:
                problems.append(Problem(field=where, message=f"unknown node {node!r}"))
        if segment.from_node == segment.to_node and not segment.via:
            problems.append(Problem(field=where, message="leads to its own start"))
        if not segment.speed_factor > 0:
            problems.append(Problem(field=where, message="speed_factor must be greater than zero"))
    return problems


def _largest_part(roads: Roads) -> NDArray[np.bool_]:
    """Mark the nodes of the largest strongly connected part."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  (slow to import, and only builders need it)
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    count = len(roads.node_lat)
    tail = np.concatenate((roads.from_node[roads.forward], roads.to_node[roads.backward]))
    head = np.concatenate((roads.to_node[roads.forward], roads.from_node[roads.backward]))
    graph = csr_matrix((np.ones(len(tail), np.int8), (tail, head)), shape=(count, count))
    _, label = connected_components(graph, directed=True, connection="strong")
    return np.asarray(label == np.bincount(label).argmax()) if count else np.zeros(0, np.bool_)


def _select(roads: Roads, kept: NDArray[np.bool_], kept_node: NDArray[np.bool_]) -> Roads:
    number = np.cumsum(kept_node, dtype=np.int32) - np.int32(1)
    counts = np.diff(roads.first_point)
    of_kept = np.repeat(kept, counts)
    return replace(
        roads,
        node_lat=roads.node_lat[kept_node],
        node_lon=roads.node_lon[kept_node],
        from_node=number[roads.from_node[kept]],
        to_node=number[roads.to_node[kept]],
        forward=roads.forward[kept],
        backward=roads.backward[kept],
        road_class=roads.road_class[kept],
        factor=roads.factor[kept],
        limit_kph=roads.limit_kph[kept],
        flags=roads.flags[kept],
        name=roads.name[kept],
        first_point=np.concatenate(([0], np.cumsum(counts[kept]))).astype(np.int32),
        point_lat=roads.point_lat[of_kept],
        point_lon=roads.point_lon[of_kept],
    )


def _renumber(roads: Roads, order: NDArray[np.int32]) -> Roads:
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return replace(
        roads,
        node_lat=roads.node_lat[order],
        node_lon=roads.node_lon[order],
        from_node=rank[roads.from_node],
        to_node=rank[roads.to_node],
    )


def _edges(roads: Roads) -> dict[str, NDArray[Any]]:
    along, against = np.flatnonzero(roads.forward), np.flatnonzero(roads.backward)
    tail = np.concatenate((roads.from_node[along], roads.to_node[against]))
    head = np.concatenate((roads.to_node[along], roads.from_node[against]))
    road = np.concatenate((along, against)).astype(np.int32)
    forward = np.concatenate((np.ones(len(along), np.bool_), np.zeros(len(against), np.bool_)))
    order = np.lexsort((road, head, tail))
    counts = np.bincount(tail, minlength=len(roads.node_lat))
    return {
        "node_lat": roads.node_lat,
        "node_lon": roads.node_lon,
        "first_edge": np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        "edge_tail": tail[order],
        "edge_head": head[order],
        "edge_road": road[order],
        "edge_forward": forward[order],
    }


def _road_arrays(roads: Roads, length_m: NDArray[np.float64]) -> dict[str, NDArray[Any]]:
    return {
        "road_class": roads.road_class,
        "road_length_m": length_m.astype(np.float32),
        "road_factor": roads.factor,
        "road_limit_kph": roads.limit_kph,
        "road_density": _densities(roads),
        "road_flags": roads.flags,
        "road_name": roads.name,
        "first_point": roads.first_point,
        "point_lat": roads.point_lat,
        "point_lon": roads.point_lon,
        "names_utf8": np.frombuffer("".join(f"{name}\n" for name in roads.names).encode(), np.uint8),
    }


def _densities(roads: Roads) -> NDArray[np.uint8]:
    """Count the junctions (three roads or more) in the 500 m square around the middle point of each road."""
    degree = np.bincount(np.concatenate((roads.from_node, roads.to_node)), minlength=len(roads.node_lat))
    lat_step = DENSITY_CELL_M / METRES_PER_DEGREE
    south, west = roads.node_lat.min(), roads.node_lon.min()
    lon_step = lat_step / np.cos(np.radians((south + roads.node_lat.max()) / 2))
    width = int((roads.node_lon.max() - west) / lon_step) + 3

    def cell(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int64]:
        """Number the half-size cells, one cell of margin on each side, row by row."""
        row, column = (lat - south) / (lat_step / 2), (lon - west) / (lon_step / 2)
        number = (np.maximum(row, 0).astype(np.int64) + 1) * (2 * width) + np.maximum(column, 0).astype(np.int64) + 1
        return np.asarray(number)

    cells = cell(roads.node_lat[degree >= 3], roads.node_lon[degree >= 3])
    middle = (roads.first_point[:-1] + roads.first_point[1:]) // 2
    own = cell(roads.point_lat[middle], roads.point_lon[middle])
    size = int(max(cells.max(initial=0), own.max(initial=0))) + 4 * width
    count = np.bincount(cells, minlength=size)
    total = np.zeros(len(own))
    # The square of 500 m is the own quarter cell (weight 1) with half of its neighbours; corners count a quarter.
    for rows in (-1, 0, 1):
        for columns in (-1, 0, 1):
            weight = 1.0 / (1 << (abs(rows) + abs(columns)))
            total += weight * count[np.maximum(own + rows * 2 * width + columns, 0)]
    return np.asarray(np.minimum(np.rint(total), 255).astype(np.uint8))
