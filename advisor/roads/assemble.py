"""From roads with end points to a network: the largest connected part, contraction order, edges, identity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import InvalidInput, Position, Problem
from advisor.roads.geo import METRES_PER_DEGREE, ground_distances_m
from advisor.roads.graph import Graph, expand_bans, largest_part, number_by_contraction
from advisor.roads.model import NetworkFileError, RoadClass
from advisor.roads.network import Network, identity_of, make_network

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

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
    its points. `name` is a line of `names`, or -1; the other columns are as in `Network`. `bans` are turns that may not
    be made, int32[b, 3]: road in, node, road out.
    """

    node_lat: NDArray[np.float64]
    node_lon: NDArray[np.float64]
    from_node: Ints
    to_node: Ints
    forward: Bools
    backward: Bools
    road_class: NDArray[np.uint8]
    factor: NDArray[np.float32]
    limit_kph: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    name: Ints
    first_point: Ints
    point_lat: NDArray[np.float64]
    point_lon: NDArray[np.float64]
    names: tuple[str, ...]
    bans: Ints = field(default_factory=lambda: np.zeros((0, 3), np.int32))


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
    graph = expand_bans(_graph(roads), roads.bans)
    whole = len(graph.lat)
    graph = largest_part(graph)
    if not len(graph.tail):
        raise NetworkFileError(f"{origin.name}: no road network: no roads that lead there and back")
    driven = np.bincount(graph.road, minlength=len(length_m)) > 0
    graph = replace(graph, road=(np.cumsum(driven, dtype=np.int32) - np.int32(1))[graph.road])
    graph = number_by_contraction(graph)
    arrays: dict[str, NDArray[Any]] = {**_edge_arrays(graph), **_road_arrays(roads, driven, length_m)}
    arrays["road_density"] = _densities(graph, arrays)
    return make_network(
        arrays,
        identity=identity_of(arrays, schematic=origin.schematic),
        name=origin.name,
        attribution=origin.attribution,
        schematic=origin.schematic,
        source_date=origin.source_date,
        dropped_nodes=whole - len(graph.lat),
        dropped_length_m=float(length_m[~driven].sum()),
        notes=origin.notes,
    )


def line_lengths_m(first_point: Ints, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Length of each line of points, metres."""
    steps = np.zeros(len(lat))
    steps[1:] = ground_distances_m(lat[:-1], lon[:-1], lat[1:], lon[1:])
    steps[first_point[:-1]] = 0.0
    total = np.concatenate(([0.0], np.cumsum(steps)))
    return np.asarray(total[first_point[1:]] - total[first_point[:-1]])


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


def _graph(roads: Roads) -> Graph:
    along, against = np.flatnonzero(roads.forward), np.flatnonzero(roads.backward)
    return Graph(
        lat=roads.node_lat,
        lon=roads.node_lon,
        tail=np.concatenate((roads.from_node[along], roads.to_node[against])),
        head=np.concatenate((roads.to_node[along], roads.from_node[against])),
        road=np.concatenate((along, against)).astype(np.int32),
        forward=np.concatenate((np.ones(len(along), np.bool_), np.zeros(len(against), np.bool_))),
    )


def _road_arrays(roads: Roads, driven: Bools, length_m: NDArray[np.float64]) -> dict[str, NDArray[Any]]:
    counts = np.diff(roads.first_point)
    of_driven = np.repeat(driven, counts)
    return {
        "road_class": roads.road_class[driven],
        "road_length_m": length_m[driven].astype(np.float32),
        "road_factor": roads.factor[driven],
        "road_limit_kph": roads.limit_kph[driven],
        "road_flags": roads.flags[driven],
        "road_name": roads.name[driven],
        "first_point": np.concatenate(([0], np.cumsum(counts[driven]))).astype(np.int32),
        "point_lat": roads.point_lat[of_driven],
        "point_lon": roads.point_lon[of_driven],
        "names_utf8": np.frombuffer("".join(f"{name}\n" for name in roads.names).encode(), np.uint8),
    }


def _edge_arrays(graph: Graph) -> dict[str, NDArray[Any]]:
    order = np.lexsort((graph.road, graph.head, graph.tail))
    counts = np.bincount(graph.tail, minlength=len(graph.lat))
    return {
        "node_lat": graph.lat,
        "node_lon": graph.lon,
        "first_edge": np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        "edge_tail": graph.tail[order],
        "edge_head": graph.head[order],
        "edge_road": graph.road[order],
        "edge_forward": graph.forward[order],
    }


def _densities(graph: Graph, arrays: Mapping[str, NDArray[Any]]) -> NDArray[np.uint8]:
    """Count the junctions (three ways out or more) in a 500 m square around the middle point of each road."""
    degree = np.bincount(graph.tail, minlength=len(graph.lat))
    first_point, lat, lon = arrays["first_point"], arrays["point_lat"], arrays["point_lon"]
    lat_step = DENSITY_CELL_M / 2 / METRES_PER_DEGREE
    lon_step = lat_step / np.cos(np.radians((lat.min() + lat.max()) / 2))
    width = int(np.ptp(lon) / lon_step) + 4

    def cell(at_lat: NDArray[np.float64], at_lon: NDArray[np.float64]) -> NDArray[np.int64]:
        """Number the quarter cells row by row, with one cell of margin on each side."""
        row, column = (at_lat - lat.min()) / lat_step, (at_lon - lon.min()) / lon_step
        return np.asarray((row.astype(np.int64) + 1) * width + column.astype(np.int64) + 1)

    middle = (first_point[:-1] + first_point[1:]) // 2
    own = cell(lat[middle], lon[middle])
    count = np.bincount(cell(graph.lat[degree >= 3], graph.lon[degree >= 3]), minlength=int(own.max()) + 2 * width)
    total = np.zeros(len(own))
    # The square of 500 m is the own quarter cell with half of each neighbour; corners count a quarter.
    for rows in (-1, 0, 1):
        for columns in (-1, 0, 1):
            total += count[own + rows * width + columns] / (1 << (abs(rows) + abs(columns)))
    return np.asarray(np.minimum(np.rint(total), 255).astype(np.uint8))
