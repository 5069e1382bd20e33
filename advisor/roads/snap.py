"""The nearest road to a position: projection onto every road line near it, through a grid of 250 m cells."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.kernel import Position
from advisor.roads.geo import METRES_PER_DEGREE, ground_distances_m
from advisor.roads.model import OffNetwork, RoadClass
from advisor.roads.network import Network

CELL_M = 250.0
NOTED_M = 300.0
"""A position farther than this from a road is answered, with a remark."""
LIMIT_M = 3_000.0
"""A position farther than this from every road is refused, unless a setting says otherwise."""
SCHEMATIC_LIMIT_M = 10_000.0
"""The same on a schematic network, which has main roads only."""
MOTORWAY_REACH_M = 50.0
"""A motorway farther than this cannot be entered from here: the position is beside it, not on it."""
SCHEMATIC_MOTORWAY_REACH_M = 200.0
"""The same on a schematic network, whose lines run straight."""
PARALLEL_M = 30.0
"""Roads at most this much farther than the nearest one compete with it when the driving direction is known."""
MOTORWAY_CLASS = int(RoadClass.MOTORWAY_LINK)
CANDIDATES = 1
SCHEMATIC_CANDIDATES = 6
"""On a schematic network the nearest road need not be the one to take, so several are weighed."""
SCHEMATIC_SPREAD_M = 4_000.0
"""Candidates at most this much farther than the nearest."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far to look for a road, how many to weigh, and from how far a motorway may be entered."""

    limit_m: float
    motorway_m: float
    candidates: int
    spread_m: float

    @classmethod
    def of(cls, network: Network, limit_m: float | None = None) -> "Reach":
        """Return what suits a network; `limit_m` takes the place of its usual limit."""
        if network.schematic:
            return cls(
                limit_m=limit_m or SCHEMATIC_LIMIT_M,
                motorway_m=SCHEMATIC_MOTORWAY_REACH_M,
                candidates=SCHEMATIC_CANDIDATES,
                spread_m=SCHEMATIC_SPREAD_M,
            )
        return cls(limit_m=limit_m or LIMIT_M, motorway_m=MOTORWAY_REACH_M, candidates=CANDIDATES, spread_m=0.0)

    @property
    def limits(self) -> Floats:
        """The fields in their order, as the compiled search takes them."""
        return np.array([self.limit_m, self.motorway_m, self.candidates, self.spread_m])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snap:
    """Roads near a position, nearest first: number, share of the way along the points (0 to 1), and distance to it."""

    road: Ints
    share: Floats
    distance_m: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class RoadGrid:
    """Which pieces of road lie in which cell.

    Cells are numbered row by row from the south-west corner. Pieces of cell c are
    piece[first_piece[c]] .. piece[first_piece[c + 1]]; a piece is the line from a point of the network to the next.
    """

    network: Network
    south: float
    west: float
    lat_step: float
    lon_step: float
    rows: int
    columns: int
    first_piece: Ints
    piece: Ints

    @cached_property
    def frame(self) -> Floats:
        return np.array([self.south, self.west, self.lat_step, self.lon_step, self.rows, self.columns], float)

    def roads_near(self, bounds: tuple[float, float, float, float]) -> Ints:
        """Roads in the cells that a box (west, south, east, north in degrees) touches, and perhaps in the box."""
        west, south, east, north = bounds
        rows = _span((south - self.south) / self.lat_step, (north - self.south) / self.lat_step, self.rows)
        columns = _span((west - self.west) / self.lon_step, (east - self.west) / self.lon_step, self.columns)
        if not len(columns):
            return np.zeros(0, np.int32)
        cells = [row * self.columns + column for row in rows for column in (columns[0], columns[-1] + 1)]
        ends = self.first_piece[cells].reshape(-1, 2)
        pieces = np.concatenate([np.zeros(0, np.int32), *(self.piece[start:end] for start, end in ends)])
        return np.unique(np.searchsorted(self.network.first_point, pieces, side="right") - 1).astype(np.int32)

    @cached_property
    def _edges_by_road(self) -> tuple[Ints, Ints]:
        return _sort_by_road(self.network.edge_road, self.network.road_count)

    def edges_of_roads(self, roads: Ints) -> Ints:
        """Edges that run along some roads, either way, in order."""
        first, edge = self._edges_by_road
        counts = first[roads + 1] - first[roads]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.sort(edge[np.repeat(first[roads], counts) + within])


def _span(low: float, high: float, count: int) -> range:
    """Whole numbers from `low` to `high` among the first `count`."""
    return range(max(math.floor(low), 0), min(math.floor(high) + 1, count))


def lay_grid(network: Network) -> RoadGrid:
    """Sort the pieces of all roads into cells."""
    west, south, east, north = network.bounds
    lat_step = CELL_M / METRES_PER_DEGREE
    lon_step = lat_step / math.cos(math.radians((south + north) / 2))
    rows, columns = int((north - south) / lat_step) + 1, int((east - west) / lon_step) + 1
    frame = np.array([south, west, lat_step, lon_step, rows, columns], float)
    first_piece, piece = _sort_into_cells(frame, network.first_point, network.point_lat, network.point_lon)
    return RoadGrid(
        network=network,
        south=south,
        west=west,
        lat_step=lat_step,
        lon_step=lon_step,
        rows=rows,
        columns=columns,
        first_piece=first_piece,
        piece=piece,
    )


def snap(
    grid: RoadGrid,
    position: Position,
    reach: Reach,
    heading_deg: float | None = None,
    search: "SearchArrays | None" = None,
) -> Snap:
    """Find the roads that a vehicle at `position` can be on or can take.

    `heading_deg` (clockwise from north), when known, decides between near-parallel roads. `search` stands for the grid
    when roads are closed (see `search_arrays`).

    Raises
    ------
    OffNetwork
        When the nearest road is farther than the limit of `reach`.
    """
    point = np.array([position.lat, position.lon, math.nan if heading_deg is None else heading_deg])
    road, share, distance_m = nearest(point, reach.limits, search or search_arrays(grid))
    if not len(road):
        raise off_network(grid, position, reach)
    return Snap(road=road, share=share, distance_m=distance_m)


SearchArrays = tuple[Floats, Ints, Ints, Ints, Floats, Floats, NDArray[np.uint8], Ints]
"""Frame, first_piece, piece, first_point, point_lat, point_lon, road_class, road_edges: what `nearest` looks at."""


def search_arrays(grid: RoadGrid, closed: Ints | None = None) -> SearchArrays:
    """Gather the arrays that the compiled search reads; a plain tuple, which is the quickest to hand over.

    Edges that are `closed` are left out; nothing is put on a road that has no other.
    """
    network = grid.network
    road_edges = network.road_edges
    if closed is not None and len(closed):
        road_edges = road_edges.copy()
        road_edges[network.edge_road[closed], np.where(network.edge_forward[closed], 0, 1)] = -1
    return (
        grid.frame,
        grid.first_piece,
        grid.piece,
        network.first_point,
        network.point_lat,
        network.point_lon,
        network.road_class,
        road_edges,
    )


def off_network(grid: RoadGrid, position: Position, reach: Reach) -> OffNetwork:
    """Make the refusal of a position, with its distance to the nearest of some ten thousand points of the network."""
    network = grid.network
    stride = max(1, len(network.point_lat) // 10_000)
    lat, lon = network.point_lat[::stride], network.point_lon[::stride]
    distance_m = float(ground_distances_m(position.lat, position.lon, lat, lon).min())
    west, south, east, north = network.bounds
    swapped = west <= position.lat <= east and south <= position.lon <= north
    return OffNetwork(distance_m, reach.limit_m, swapped=swapped)


@njit(cache=True, nogil=True)
def nearest(point: Floats, limits: Floats, search: SearchArrays) -> tuple[Ints, Floats, Floats]:
    """Find roads, shares and distances as in `Snap`; empty when none is within the limit.

    `point` is latitude, longitude, heading (NaN = unknown); `limits` are the fields of `Reach` in their order.
    """
    found = _search(point, limits, search)
    if not len(found[0]):
        limits = limits.copy()
        limits[1] = limits[0]
        found = _search(point, limits, search)
    return found


Best = tuple[Ints, Ints, Floats, Floats, Floats]
"""The best roads so far, best first: road, its piece, rank (infinite = none), distance, share."""


@njit(cache=True, nogil=True)
def _search(point: Floats, limits: Floats, search: SearchArrays) -> tuple[Ints, Floats, Floats]:
    frame = search[0]
    most = int(limits[2])
    best = (np.zeros(most, np.int32), np.zeros(most, np.int32), np.full(most, np.inf), np.zeros(most), np.zeros(most))
    row, column = math.floor((point[0] - frame[0]) / frame[2]), math.floor((point[1] - frame[1]) / frame[3])
    cell_m = METRES_PER_DEGREE * min(frame[2], frame[3] * math.cos(math.radians(point[0])))
    ring = 0
    while (ring - 1) * cell_m <= _worst(limits, best):
        for r in range(max(row - ring, 0), min(row + ring + 1, int(frame[4]))):
            # Only the outline of the ring: whole rows at its top and bottom, two cells in between.
            stride = 1 if abs(r - row) == ring else 2 * ring
            for c in range(column - ring, column + ring + 1, stride):
                if 0 <= c < frame[5] and _cell_distance_m(point, frame, r, c) <= _worst(limits, best):
                    _scan_cell(point, limits, search, r * int(frame[5]) + c, best)
        ring += 1
    road, piece, rank, distance, share = best
    count = np.searchsorted(rank, min(rank[0] + limits[3], limits[0] + PARALLEL_M), side="right")
    for i in range(count):
        share[i] = _share_of_road(search, road[i], piece[i], share[i])
    return road[:count], share[:count], distance[:count]


@njit(cache=True, nogil=True)
def _worst(limits: Floats, best: Best) -> float:
    """Distance beyond which a road can no longer be among the best."""
    rank = best[2]
    return float(min(limits[0], rank[-1], rank[0] + limits[3]))


@njit(cache=True, nogil=True)
def _cell_distance_m(point: Floats, frame: Floats, r: int, c: int) -> float:
    """Distance from the point to the nearest side of a cell; 0 inside."""
    north, east = (point[0] - frame[0]) / frame[2] - r, (point[1] - frame[1]) / frame[3] - c
    high, wide = max(north - 1.0, -north, 0.0) * frame[2], max(east - 1.0, -east, 0.0) * frame[3]
    return METRES_PER_DEGREE * math.hypot(high, wide * math.cos(math.radians(point[0])))


@njit(cache=True, nogil=True)
def _scan_cell(point: Floats, limits: Floats, search: SearchArrays, cell: int, best: Best) -> None:
    _, first_piece, piece, first_point, point_lat, point_lon, road_class, road_edges = search
    north_m = METRES_PER_DEGREE
    east_m = METRES_PER_DEGREE * math.cos(math.radians(point[0]))
    worst = _worst(limits, best)
    for i in range(first_piece[cell], first_piece[cell + 1]):
        p = piece[i]
        x, y = (point_lon[p] - point[1]) * east_m, (point_lat[p] - point[0]) * north_m
        dx, dy = (point_lon[p + 1] - point_lon[p]) * east_m, (point_lat[p + 1] - point_lat[p]) * north_m
        share = _projection(x, y, dx, dy)
        gap_x, gap_y = x + share * dx, y + share * dy
        if gap_x * gap_x + gap_y * gap_y > worst * worst:
            continue
        gap = math.hypot(gap_x, gap_y)
        road = np.searchsorted(first_point, p, side="right") - 1
        if (road_class[road] <= MOTORWAY_CLASS and gap > limits[1]) or road_edges[road].max() < 0:
            continue
        rank = gap + _misfit_m(point[2], dx, dy, road_edges[road])
        if rank < best[2][-1]:
            _insert(best, road, p, rank, gap, share)
            worst = _worst(limits, best)


@njit(cache=True, nogil=True)
def _projection(x: float, y: float, dx: float, dy: float) -> float:
    """Share (0 to 1) along the piece from (x, y) with direction (dx, dy) that lies nearest to the origin."""
    square = dx * dx + dy * dy
    if square == 0.0:
        return 0.0
    return min(max(-(x * dx + y * dy) / square, 0.0), 1.0)


@njit(cache=True, nogil=True)
def _misfit_m(heading_deg: float, dx: float, dy: float, edges: Ints) -> float:
    """Metres to add for a piece that cannot be driven in the heading: 0 along it, `PARALLEL_M` right against it."""
    length = math.hypot(dx, dy)
    if math.isnan(heading_deg) or length == 0.0:
        return 0.0
    heading = math.radians(heading_deg)
    along = (dx * math.sin(heading) + dy * math.cos(heading)) / length
    if edges[0] >= 0 and edges[1] >= 0:
        along = abs(along)
    elif edges[0] < 0:
        along = -along
    return PARALLEL_M * (1.0 - along) / 2.0


@njit(cache=True, nogil=True)
def _insert(best: Best, road: int, piece: int, rank: float, gap: float, share: float) -> None:
    """Put a road in its place among the best, once, dropping the last."""
    roads, pieces, ranks, gaps, shares = best
    slot = len(ranks) - 1
    for i in range(len(ranks)):
        if ranks[i] < np.inf and roads[i] == road:
            if ranks[i] <= rank:
                return
            slot = i
            break
    while slot > 0 and ranks[slot - 1] > rank:
        roads[slot], pieces[slot], ranks[slot] = roads[slot - 1], pieces[slot - 1], ranks[slot - 1]
        gaps[slot], shares[slot] = gaps[slot - 1], shares[slot - 1]
        slot -= 1
    roads[slot], pieces[slot], ranks[slot], gaps[slot], shares[slot] = road, piece, rank, gap, share


@njit(cache=True, nogil=True)
def _share_of_road(search: SearchArrays, road: int, piece: int, share: float) -> float:
    """Turn a share of a piece into a share of its road, by length."""
    first_point, point_lat, point_lon = search[3], search[4], search[5]
    before, total = 0.0, 0.0
    east = math.cos(math.radians(point_lat[piece]))
    for p in range(first_point[road], first_point[road + 1] - 1):
        length = math.hypot(point_lat[p + 1] - point_lat[p], (point_lon[p + 1] - point_lon[p]) * east)
        total += length
        if p < piece:
            before += length
        elif p == piece:
            before += share * length
    return before / total if total > 0.0 else 0.0


@njit(cache=True, nogil=True)
def _sort_by_road(edge_road: Ints, roads: int) -> tuple[Ints, Ints]:
    """Edges by road: those of road r are edge[first[r]] .. edge[first[r + 1]], in order."""
    first = np.zeros(roads + 1, np.int32)
    for road in edge_road:
        first[road + 1] += 1
    for road in range(roads):
        first[road + 1] += first[road]
    used, edge = first[:-1].copy(), np.empty(len(edge_road), np.int32)
    for i in range(len(edge_road)):
        edge[used[edge_road[i]]] = i
        used[edge_road[i]] += 1
    return first, edge


@njit(cache=True, nogil=True)
def _sort_into_cells(frame: Floats, first_point: Ints, lat: Floats, lon: Floats) -> tuple[Ints, Ints]:
    """Counting sort of pieces by the cells they pass through: once to count, once to place."""
    cells = int(frame[4]) * int(frame[5])
    first_piece = np.zeros(cells + 1, np.int32)
    piece = np.zeros(0, np.int32)
    for placing in (False, True):
        for road in range(len(first_point) - 1):
            for p in range(first_point[road], first_point[road + 1] - 1):
                line = (lat[p], lon[p], lat[p + 1], lon[p + 1])
                _visit_cells(frame, line, p, first_piece, piece)
        if not placing:
            first_piece = np.cumsum(first_piece).astype(np.int32)
            piece = np.zeros(first_piece[-1], np.int32)
    return first_piece, piece


@njit(cache=True, nogil=True)
def _visit_cells(
    frame: Floats, line: tuple[float, float, float, float], p: int, first_piece: Ints, piece: Ints
) -> None:
    """Count (`piece` empty) or place piece `p`, a line by latitude and longitude, in the cells around its parts.

    Each part is at most a cell long. While placing, `first_piece[c]` runs down from the end of cell c to its start.
    """
    row, rows = (line[0] - frame[0]) / frame[2], (line[2] - line[0]) / frame[2]
    column, columns = (line[1] - frame[1]) / frame[3], (line[3] - line[1]) / frame[3]
    parts = int(max(abs(rows), abs(columns))) + 1
    last = (-1, -1, -1, -1)
    for part in range(parts):
        r0, r1 = row + rows * part / parts, row + rows * (part + 1) / parts
        c0, c1 = column + columns * part / parts, column + columns * (part + 1) / parts
        box = (int(min(r0, r1)), int(max(r0, r1)), int(min(c0, c1)), int(max(c0, c1)))
        for r in range(box[0], min(box[1] + 1, int(frame[4]))):
            for c in range(box[2], min(box[3] + 1, int(frame[5]))):
                if last[0] <= r <= last[1] and last[2] <= c <= last[3]:
                    continue
                cell = r * int(frame[5]) + c
                if len(piece):
                    first_piece[cell] -= 1
                    piece[first_piece[cell]] = p
                else:
                    first_piece[cell] += 1
        last = box
