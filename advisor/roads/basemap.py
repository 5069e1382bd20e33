"""Vector tiles of the road network, so that the page needs no map server."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.roads.network import Network
from advisor.roads.sheets import sheet_of

EXTENT = 4096
"""Units along the side of a tile."""
MARGIN = 64
"""Units that lines run on beyond the edge of a tile, so that their ends are not seen."""
TOLERANCE = 6.0
"""Units by which a simplified line may leave the true one: less than half a pixel on a 256-pixel tile."""
MIN_ZOOM = 6
MAX_ZOOM = 16
SHORTEST = 12.0
"""Lines that stay within a square of this many units are left out: they would be a dot."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Line = tuple[int, list[int]]


def tile(network: Network, z: int, x: int, y: int) -> list[Line]:
    """Draw a tile: lines as (class on the map, [x0, y0, dx, dy, …]), main roads last.

    Coordinates run from 0 to 4096 from the north-west corner, a little beyond the edges; each point after the first is
    given by its difference. Classes: 0 motorway, 1 trunk, 2 primary, 3 secondary, 4 tertiary, 5 local. A tile outside
    the network is empty. The first tile of a network takes longer, as what its zoom shows is sorted then.
    """
    if not (MIN_ZOOM <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        return []
    sheet = sheet_of(network, z)
    lines = sheet.lines_near(z, x, y)
    if not len(lines):
        return []
    frame = np.array([x, y, 2.0**z])
    values, ends, drawn = _draw(frame, lines, sheet.first_point, sheet.x, sheet.y)
    flat, classes = values.tolist(), sheet.tile_class[drawn].tolist()
    starts = [0, *ends[:-1].tolist()]
    return [(c, flat[start:end]) for c, start, end in zip(classes, starts, ends.tolist(), strict=True)]


def summary(network: Network) -> dict[str, object]:
    """Describe the network for a map: id, label, attribution, bounds (west, south, east, north), zooms."""
    return {
        "id": network.identity,
        "schematic": network.schematic,
        "label": network.name,
        "attribution": network.attribution,
        "bounds": list(network.bounds),
        "min_zoom": MIN_ZOOM,
        "max_zoom": MAX_ZOOM,
    }


@njit(cache=True, nogil=True)
def _draw(frame: Floats, lines: Ints, first_point: Ints, x: Floats, y: Floats) -> tuple[Ints, Ints, Ints]:
    """Clip, simplify and encode lines: the numbers, the end of each stretch in them, and the line of each stretch."""
    room = 0
    for line in lines:
        room += first_point[line + 1] - first_point[line]
    values = np.empty(4 * room, np.int32)
    ends, drawn = np.empty(room, np.int32), np.empty(room, np.int32)
    used, stretches = 0, 0
    for line in lines:
        start, end = first_point[line], first_point[line + 1]
        px, py = (x[start:end] * frame[2] - frame[0]) * EXTENT, (y[start:end] * frame[2] - frame[1]) * EXTENT
        begin = 0
        while begin < len(px) - 1:
            if not _visible(px, py, begin):
                begin += 1
                continue
            stop = begin + 1
            while stop < len(px) - 1 and _visible(px, py, stop):
                stop += 1
            after = _encode(px[begin : stop + 1], py[begin : stop + 1], values, used)
            if after > used:
                used = after
                ends[stretches], drawn[stretches] = used, line
                stretches += 1
            begin = stop
    return values[:used], ends[:stretches], drawn[:stretches]


@njit(cache=True, nogil=True)
def _visible(px: Floats, py: Floats, i: int) -> bool:
    """Whether the box of piece i touches the tile with its margin."""
    low, high = -MARGIN, EXTENT + MARGIN
    across = max(px[i], px[i + 1]) >= low and min(px[i], px[i + 1]) <= high
    return bool(across and max(py[i], py[i + 1]) >= low and min(py[i], py[i + 1]) <= high)


@njit(cache=True, nogil=True)
def _encode(px: Floats, py: Floats, values: Ints, used: int) -> int:
    """Append a line, simplified (Douglas-Peucker), as differences; return the new length, the old one if too short."""
    if px.max() - px.min() < SHORTEST and py.max() - py.min() < SHORTEST:
        return used
    keep = simplified(px, py, TOLERANCE)
    last_x, last_y, points = 0, 0, 0
    after = used
    for i in range(len(px)):
        if not keep[i]:
            continue
        at_x, at_y = round(px[i]), round(py[i])
        if points > 0 and at_x == last_x and at_y == last_y:
            continue
        values[after], values[after + 1] = at_x - last_x, at_y - last_y
        last_x, last_y = at_x, at_y
        after += 2
        points += 1
    return after if points > 1 else used


@njit(cache=True, nogil=True)
def simplified(px: Floats, py: Floats, tolerance: float) -> NDArray[np.bool_]:
    """Points of a line to keep so that it is left by no more than `tolerance` (Douglas-Peucker), bool[points]."""
    keep = np.zeros(len(px), np.bool_)
    keep[0] = keep[-1] = True
    stack = [(0, len(px) - 1)]
    while stack:
        first, last = stack.pop()
        dx, dy = px[last] - px[first], py[last] - py[first]
        length = math.hypot(dx, dy)
        worst, at = tolerance, -1
        for i in range(first + 1, last):
            x, y = px[i] - px[first], py[i] - py[first]
            off = abs(x * dy - y * dx) / length if length > 0.0 else math.hypot(x, y)
            if off > worst:
                worst, at = off, i
        if at >= 0:
            keep[at] = True
            stack.append((first, at))
            stack.append((at, last))
    return keep
