"""The nearest road to a position: projection onto every road line near it, through a grid of 250 m cells."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.kernel import Position
from advisor.roads.cells import CELL_M, ROAD, sort_into_cells
from advisor.roads.geo import METRES_PER_DEGREE, ground_distances_m
from advisor.roads.model import OffNetwork
from advisor.roads.nearest import FOUND, GAP, SHARE, SearchArrays, nearest
from advisor.roads.network import Network
from advisor.roads.shelf import Allocate, Arrays, in_memory

LIMIT_M = 3_000.0
"""A position farther than this from every road is refused, unless a setting says otherwise."""
SCHEMATIC_LIMIT_M = 10_000.0
"""The same on a schematic network, which has main roads only."""
MOTORWAY_REACH_M = 50.0
"""A motorway farther than this cannot be entered from here: the position is beside it, not on it."""
SCHEMATIC_MOTORWAY_REACH_M = 200.0
"""The same on a schematic network, whose lines run straight."""
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

    Cells are numbered row by row from the south-west corner. A piece is the line from a point of a road to the next;
    `first_piece` and `piece` are as from `sort_into_cells`.
    """

    network: Network
    first_piece: Ints
    piece: Ints

    @cached_property
    def frame(self) -> Floats:
        """South, west, height and width of a cell in degrees, rows and columns of cells."""
        return _frame_of(self.network)

    def roads_near(self, bounds: tuple[float, float, float, float]) -> Ints:
        """Roads in the cells that a box (west, south, east, north in degrees) touches, and perhaps in the box."""
        west, south, east, north = bounds
        corner_lat, corner_lon, lat_step, lon_step, row_count, column_count = self.frame.tolist()
        rows = _span((south - corner_lat) / lat_step, (north - corner_lat) / lat_step, int(row_count))
        columns = _span((west - corner_lon) / lon_step, (east - corner_lon) / lon_step, int(column_count))
        if not len(columns):
            return np.zeros(0, np.int32)
        cells = [row * int(column_count) + column for row in rows for column in (columns[0], columns[-1] + 1)]
        ends = self.first_piece[cells].reshape(-1, 2)
        return np.unique(np.concatenate([np.zeros(0, np.int32), *(self.piece[start:end, ROAD] for start, end in ends)]))

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


def lay_grid(network: Network, allocate: Allocate = in_memory) -> RoadGrid:
    """Sort the pieces of all roads into cells."""
    first_piece, piece = sort_into_cells(network, _frame_of(network), allocate)
    return RoadGrid(network=network, first_piece=first_piece, piece=piece)


def read_grid(network: Network, arrays: Arrays) -> RoadGrid:
    """Return a grid that was laid before, from its arrays by name; raises KeyError when one is missing."""
    return RoadGrid(network=network, first_piece=arrays["first_piece"], piece=arrays["piece"])


def _frame_of(network: Network) -> Floats:
    west, south, east, north = network.bounds
    lat_step = CELL_M / METRES_PER_DEGREE
    lon_step = lat_step / math.cos(math.radians((south + north) / 2))
    rows, columns = int((north - south) / lat_step) + 1, int((east - west) / lon_step) + 1
    return np.array([south, west, lat_step, lon_step, rows, columns], float)


def snap(
    grid: RoadGrid,
    position: Position,
    reach: Reach,
    heading_deg: float | None = None,
    search: SearchArrays | None = None,
) -> Snap:
    """Find the roads that a vehicle at `position` can be on or can take.

    `heading_deg` (clockwise from north), when known, decides between near-parallel roads. `search` stands for the grid
    when roads are closed (see `search_arrays`).

    Raises
    ------
    OffNetwork
        When the nearest road is farther than the limit of `reach`.
    """
    spot = (position.lat, position.lon, math.nan if heading_deg is None else heading_deg)
    best = np.empty((reach.candidates, 4))
    count = nearest(spot, reach.limits, search or search_arrays(grid), best)
    if not count:
        raise off_network(grid, position, reach)
    found = best[:count]
    return Snap(road=found[:, FOUND].astype(np.int32), share=found[:, SHARE], distance_m=found[:, GAP])


def search_arrays(grid: RoadGrid, closed: Ints | None = None) -> SearchArrays:
    """Gather the arrays that the compiled search reads.

    Edges that are `closed` are left out; nothing is put on a road that has no other.
    """
    network = grid.network
    road_edges = network.road_edges
    if closed is not None and len(closed):
        road_edges = road_edges.copy()
        road_edges[network.edge_road[closed], np.where(network.edge_forward[closed], 0, 1)] = -1
    return grid.frame, grid.first_piece, grid.piece, road_edges


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
