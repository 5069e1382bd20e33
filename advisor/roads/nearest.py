"""The compiled search for the nearest roads: outward from the cell of the position, ring by ring."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.roads.cells import BEGIN, CLASS, DEGREES, END, LAT, LON, ROAD, TO_LAT, TO_LON, WHOLE
from advisor.roads.geo import METRES_PER_DEGREE
from advisor.roads.model import RoadClass

PARALLEL_M = 30.0
"""Roads at most this much farther than the nearest one compete with it when the driving direction is known."""
MOTORWAY_CLASS = int(RoadClass.MOTORWAY_LINK)
FOUND, RANK, GAP, SHARE = range(4)
"""Columns of what is found: the road, its rank (infinite = none), its distance in metres, and the share of the road."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Spot = tuple[float, float, float]
"""Latitude, longitude, heading in degrees (NaN = unknown)."""
SearchArrays = tuple[Floats, Ints, Ints, Ints]
"""Frame, first_piece and piece as in `cells`, and the edges of each road: what the search reads."""


@njit(cache=True, nogil=True)
def nearest(spot: Spot, limits: Floats, search: SearchArrays, best: Floats) -> int:
    """Find roads, best first, into `best`, float64[most, 4]; return how many, 0 when none is within the limit.

    `limits` are the fields of `Reach` in their order. A motorway out of reach is taken when there is nothing else.
    """
    count = _search(spot, limits, limits[1], search, best)
    return count if count else _search(spot, limits, limits[0], search, best)


@njit(cache=True, nogil=True)
def _search(spot: Spot, limits: Floats, motorway_m: float, search: SearchArrays, best: Floats) -> int:
    frame, first_piece = search[0], search[1]
    rows, columns = int(frame[4]), int(frame[5])
    north, east = (spot[0] - frame[0]) / frame[2], (spot[1] - frame[1]) / frame[3]
    row, column = math.floor(north), math.floor(east)
    high_m = METRES_PER_DEGREE * frame[2]
    wide_m = METRES_PER_DEGREE * frame[3] * math.cos(math.radians(spot[0]))
    for i in range(len(best)):
        best[i, FOUND], best[i, RANK] = -1.0, np.inf
    ring = 0
    while (ring - 1) * min(high_m, wide_m) <= _worst(limits, best):
        for r in range(max(row - ring, 0), min(row + ring + 1, rows)):
            # Only the outline of the ring: whole rows at its top and bottom, two cells in between.
            stride = 1 if abs(r - row) == ring else 2 * ring
            away_m = max(north - r - 1.0, r - north, 0.0) * high_m
            for c in range(column - ring, column + ring + 1, stride):
                aside_m = max(east - c - 1.0, c - east, 0.0) * wide_m
                if 0 <= c < columns and math.hypot(away_m, aside_m) <= _worst(limits, best):
                    cell = r * columns + c
                    _scan(spot, limits, motorway_m, search, (first_piece[cell], first_piece[cell + 1]), best)
        ring += 1
    most_m = min(best[0, RANK] + limits[3], limits[0] + PARALLEL_M)
    return int(np.searchsorted(best[:, RANK], most_m, side="right"))


@njit(cache=True, nogil=True)
def _worst(limits: Floats, best: Floats) -> float:
    """Distance beyond which a road can no longer be among the best."""
    return float(min(limits[0], best[-1, RANK], best[0, RANK] + limits[3]))


@njit(cache=True, nogil=True)
def _scan(
    spot: Spot, limits: Floats, motorway_m: float, search: SearchArrays, cell: tuple[int, int], best: Floats
) -> None:
    """Look at the pieces of a cell, those from one number up to the other."""
    piece, road_edges = search[2], search[3]
    north_m = METRES_PER_DEGREE
    east_m = METRES_PER_DEGREE * math.cos(math.radians(spot[0]))
    worst = _worst(limits, best)
    for i in range(cell[0], cell[1]):
        x, y = (piece[i, LON] * DEGREES - spot[1]) * east_m, (piece[i, LAT] * DEGREES - spot[0]) * north_m
        dx = (piece[i, TO_LON] - piece[i, LON]) * DEGREES * east_m
        dy = (piece[i, TO_LAT] - piece[i, LAT]) * DEGREES * north_m
        share = _projection(x, y, dx, dy)
        gap_x, gap_y = x + share * dx, y + share * dy
        if gap_x * gap_x + gap_y * gap_y > worst * worst:
            continue
        gap = math.hypot(gap_x, gap_y)
        road = piece[i, ROAD]
        if (piece[i, CLASS] <= MOTORWAY_CLASS and gap > motorway_m) or road_edges[road].max() < 0:
            continue
        rank = gap + _misfit_m(spot[2], dx, dy, road_edges[road])
        if rank < best[-1, RANK]:
            # Right at the end of a piece it is that very end, so that the end of a road is found as such.
            along = piece[i, END] if share == 1.0 else piece[i, BEGIN] + share * (piece[i, END] - piece[i, BEGIN])
            _insert(best, road, rank, gap, along / WHOLE)
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
def _insert(best: Floats, road: int, rank: float, gap: float, share: float) -> None:
    """Put a road in its place among the best, once, dropping the last."""
    slot = len(best) - 1
    for i in range(len(best)):
        if best[i, FOUND] == road:
            if best[i, RANK] <= rank:
                return
            slot = i
            break
    while slot > 0 and best[slot - 1, RANK] > rank:
        best[slot] = best[slot - 1]
        slot -= 1
    best[slot, FOUND], best[slot, RANK], best[slot, GAP], best[slot, SHARE] = road, rank, gap, share
