"""Roads that are closed or slowed for a while: which edges they are, and what those cost then."""

import hashlib
import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import AdvisorError, Position
from advisor.roads.closure import Closure, ClosureShape
from advisor.roads.geo import METRES_PER_DEGREE
from advisor.roads.hierarchy import COST_SHIFT, DISTANCE_MASK, UNREACHABLE, Costs
from advisor.roads.model import OffNetwork
from advisor.roads.snap import Reach, RoadGrid, snap

MATCH_M = 30.0
"""A closure farther than this from every road matches none."""
STEP_M = 10.0
"""Distance between the points at which a line is put on the roads."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class NoSuchRoad(AdvisorError, ValueError):
    """A closure that lies on no road of the network."""


def edges_of(grid: RoadGrid, closure: Closure) -> Ints:
    """Edges that a closure touches, in order.

    Raises
    ------
    NoSuchRoad
        When there is none.
    """
    match closure.shape:
        case ClosureShape.POINT:
            edges = _both_ways(grid, _roads_along(grid, closure.points, step_m=math.inf))
        case ClosureShape.LINE if closure.both_ways:
            edges = _both_ways(grid, _roads_along(grid, closure.points, STEP_M))
        case ClosureShape.LINE:
            edges = _one_way(grid, closure.points)
        case ClosureShape.AREA:
            edges = _both_ways(grid, _roads_in(grid, closure.points))
    if not len(edges):
        raise NoSuchRoad(f"closure {closure.id} lies on no road of this network")
    return edges


def prepare_areas(grid: RoadGrid) -> None:
    """Do what the first area would lose time with: load what it is laid over the roads with, sort edges by road."""
    west, south, _, _ = grid.network.bounds
    corner = [Position(lat=south + north, lon=west + east) for north, east in ((0.0, 0.0), (1e-6, 0.0), (0.0, 1e-6))]
    _both_ways(grid, _roads_in(grid, corner))


def costs_under(edge_cost: Costs, affected: Sequence[tuple[Ints, float]]) -> Costs:
    """Costs of all edges under closures: factors of overlapping ones multiply, closed edges cost UNREACHABLE.

    `affected` are edges and their factor, one pair for each closure; `edge_cost` is not changed.
    """
    cost = edge_cost.copy()
    factors = np.ones(len(edge_cost))
    for edges, share in affected:
        factors[edges] *= share
    changed = edges_among(affected, len(edge_cost))
    factor = factors[changed]
    slowed, by = changed[factor > 0.0], factor[factor > 0.0]
    time_ms = np.minimum(np.rint((edge_cost[slowed] >> COST_SHIFT) / by), UNREACHABLE >> COST_SHIFT).astype(np.int64)
    cost[slowed] = np.minimum((time_ms << COST_SHIFT) | (edge_cost[slowed] & DISTANCE_MASK), UNREACHABLE)
    cost[changed[factor == 0.0]] = UNREACHABLE
    return cost


def edges_among(affected: Sequence[tuple[Ints, float]], count: int) -> Ints:
    """Edges, out of so many (`count`), that any closure touches, each once, in order."""
    touched = np.zeros(count, np.bool_)
    for edges, _ in affected:
        touched[edges] = True
    return np.flatnonzero(touched).astype(np.int32)


def stamp_of(base: str, affected: Sequence[tuple[Ints, float]]) -> str:
    """Name of the travel times under closures; `base` when there are none."""
    if not affected:
        return base
    digest = hashlib.blake2b(base.encode(), digest_size=10)
    for edges, factor in sorted((edges.tobytes(), factor) for edges, factor in affected):
        digest.update(f"{len(edges)} {factor!r} ".encode() + edges)
    return digest.hexdigest()


def _roads_along(grid: RoadGrid, points: Sequence[Position], step_m: float) -> Ints:
    found: dict[int, None] = {}
    for position, heading_deg in _stations(points, step_m):
        road = _road_at(grid, position, heading_deg)
        if road is not None:
            found[road] = None
    return np.array(sorted(found), np.int32)


def _one_way(grid: RoadGrid, points: Sequence[Position]) -> Ints:
    """Edges along a line that run in its direction."""
    network = grid.network
    edges: set[int] = set()
    for position, heading_deg in _stations(points, STEP_M):
        road = _road_at(grid, position, heading_deg)
        if road is not None and heading_deg is not None:
            span = slice(int(network.first_point[road]), int(network.first_point[road + 1]))
            lat, lon = network.point_lat[span], network.point_lon[span]
            near = int(np.argmin(np.hypot(lat - position.lat, lon - position.lon)[:-1])) if len(lat) > 1 else 0
            bearing = _bearing_deg((lat[near], lon[near]), (lat[near + 1], lon[near + 1]))
            along = math.cos(math.radians(bearing - heading_deg)) > 0
            of_road = grid.edges_of_roads(np.array([road]))
            edges.update(of_road[network.edge_forward[of_road] == along].tolist())
    return np.array(sorted(edges), np.int32)


def _roads_in(grid: RoadGrid, points: Sequence[Position]) -> Ints:
    from shapely import intersects, intersects_xy, linestrings, polygons, prepare  # noqa: PLC0415  (slow to import)

    network = grid.network
    area = polygons([(p.lon, p.lat) for p in points])
    roads = grid.roads_near(area.bounds)
    if not len(roads):
        return roads
    counts = network.first_point[roads + 1] - network.first_point[roads]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    point = np.repeat(network.first_point[roads], counts) + within
    lon, lat = network.point_lon[point], network.point_lat[point]
    prepare(area)
    touched = np.logical_or.reduceat(intersects_xy(area, lon, lat), np.cumsum(counts) - counts)
    # Lines are dear to make: only for roads that have no point inside, which can still pass through.
    left = np.flatnonzero(~touched)
    of_left = ~np.repeat(touched, counts)
    places = np.column_stack((lon[of_left], lat[of_left]))
    touched[left] = intersects(area, linestrings(places, indices=np.repeat(np.arange(len(left)), counts[left])))
    return np.asarray(roads[touched])


def _both_ways(grid: RoadGrid, roads: Ints) -> Ints:
    return grid.edges_of_roads(roads)


def _road_at(grid: RoadGrid, position: Position, heading_deg: float | None) -> int | None:
    reach = Reach(limit_m=MATCH_M, motorway_m=MATCH_M, candidates=1, spread_m=0.0)
    try:
        return int(snap(grid, position, reach, heading_deg).road[0])
    except OffNetwork:
        return None


def _stations(points: Sequence[Position], step_m: float) -> list[tuple[Position, float | None]]:
    """Points along a line with the direction there; not its very ends, which lie on the roads next to it as well."""
    if len(points) == 1:
        return [(points[0], None)]
    stations: list[tuple[Position, float | None]] = []
    for a, b in pairwise(points):
        north_m = (b.lat - a.lat) * METRES_PER_DEGREE
        east_m = (b.lon - a.lon) * METRES_PER_DEGREE * math.cos(math.radians(a.lat))
        parts = max(1, math.ceil(math.hypot(north_m, east_m) / step_m))
        heading_deg = math.degrees(math.atan2(east_m, north_m)) % 360
        for part in range(parts):
            share = (part + 0.5) / parts
            spot = Position(lat=a.lat + share * (b.lat - a.lat), lon=a.lon + share * (b.lon - a.lon))
            stations.append((spot, heading_deg))
    return stations


def _bearing_deg(start: tuple[float, float], end: tuple[float, float]) -> float:
    east = (end[1] - start[1]) * math.cos(math.radians(start[0]))
    return math.degrees(math.atan2(east, end[0] - start[0])) % 360
