"""Pieces of road by the 250 m cell that they pass through, each written out in full where it is looked for.

A question reads the pieces of one to three cells. They lie side by side in memory, and no other array is needed to
tell how far a piece is: what costs time here is memory that was not read lately, not arithmetic.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.roads.network import Network
from advisor.roads.shelf import Allocate

CELL_M = 250.0
DEGREES = 1e-7
"""Unit of the coordinates of pieces: that of OpenStreetMap, a centimetre."""
WHOLE = 1 << 30
"""A whole road, in the unit in which pieces tell where on their road they begin and end."""
ROAD, CLASS, LAT, LON, TO_LAT, TO_LON, BEGIN, END = range(8)
"""Columns of a piece: its road and class, the points at its ends, and which part of the road it is."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Line = tuple[float, float, float, float]


def sort_into_cells(network: Network, frame: Floats, allocate: Allocate) -> tuple[Ints, Ints]:
    """Pieces by cell: those of cell c are piece[first_piece[c]] .. piece[first_piece[c + 1]].

    `frame` is south, west, height and width of a cell in degrees, rows and columns of cells. `first_piece` is
    int32[cells + 1], `piece` int32[k, 8] with the columns above; a piece is there once for each cell that it is in.
    """
    lines = (network.first_point, network.point_lat, network.point_lon)
    counted = _count(frame, lines, int(frame[4]) * int(frame[5]))
    first_piece = allocate("first_piece", np.int32, counted.shape)
    first_piece[:] = np.cumsum(counted)
    piece = allocate("piece", np.int32, (int(first_piece[-1]), END + 1))
    _place(frame, lines, network.road_class, first_piece, piece)
    return first_piece, piece


@njit(cache=True, nogil=True)
def _count(frame: Floats, lines: tuple[Ints, Floats, Floats], cells: int) -> Ints:
    """Count the pieces of every cell."""
    first_point, lat, lon = lines
    counted = np.zeros(cells + 1, np.int32)
    nothing, values = np.zeros((0, END + 1), np.int32), np.zeros(END + 1, np.int32)
    for road in range(len(first_point) - 1):
        for p in range(first_point[road], first_point[road + 1] - 1):
            _visit_cells(frame, (lat[p], lon[p], lat[p + 1], lon[p + 1]), values, counted, nothing)
    return counted


@njit(cache=True, nogil=True)
def _place(
    frame: Floats,
    lines: tuple[Ints, Floats, Floats],
    road_class: NDArray[np.uint8],
    first_piece: Ints,
    piece: Ints,
) -> None:
    """Write the pieces, each in its cells; `first_piece` holds the ends of the cells before, their starts after."""
    first_point, lat, lon = lines
    values = np.zeros(END + 1, np.int32)
    for road in range(len(first_point) - 1):
        start, last = first_point[road], first_point[road + 1] - 1
        values[ROAD], values[CLASS] = road, road_class[road]
        east = math.cos(math.radians(lat[start]))
        total = 0.0
        for p in range(start, last):
            total += math.hypot(lat[p + 1] - lat[p], (lon[p + 1] - lon[p]) * east)
        along = 0.0
        for p in range(start, last):
            values[LAT], values[LON] = round(lat[p] / DEGREES), round(lon[p] / DEGREES)
            values[TO_LAT], values[TO_LON] = round(lat[p + 1] / DEGREES), round(lon[p + 1] / DEGREES)
            values[BEGIN] = round(along / total * WHOLE) if total > 0.0 else 0
            along += math.hypot(lat[p + 1] - lat[p], (lon[p + 1] - lon[p]) * east)
            values[END] = WHOLE if p == last - 1 else values[BEGIN]
            if total > 0.0 and p < last - 1:
                values[END] = round(along / total * WHOLE)
            _visit_cells(frame, (lat[p], lon[p], lat[p + 1], lon[p + 1]), values, first_piece, piece)


@njit(cache=True, nogil=True)
def _visit_cells(frame: Floats, line: Line, values: Ints, first_piece: Ints, piece: Ints) -> None:
    """Count (`piece` empty) or place a piece, a line by latitude and longitude, in the cells around its parts.

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
                    piece[first_piece[cell]] = values
                else:
                    first_piece[cell] += 1
        last = box
