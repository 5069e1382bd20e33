"""Vector tiles of the road network, so that the page needs no map server."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.roads.model import RoadClass
from advisor.roads.network import Network

EXTENT = 4096
"""Units along the side of a tile."""
MARGIN = 64
"""Units that lines run on beyond the edge of a tile, so that their ends are not seen."""
TOLERANCE = 6.0
"""Units by which a simplified line may leave the true one: less than half a pixel on a 256-pixel tile."""
MIN_ZOOM = 6
MAX_ZOOM = 16
LOW_ZOOMS_END = 10
INDEX_ZOOM = 12
"""Zoom of the tiles by which roads are indexed."""
TILE_CLASSES = {
    RoadClass.MOTORWAY: 0,
    RoadClass.MOTORWAY_LINK: 0,
    RoadClass.TRUNK: 1,
    RoadClass.TRUNK_LINK: 1,
    RoadClass.PRIMARY: 2,
    RoadClass.PRIMARY_LINK: 2,
    RoadClass.SECONDARY: 3,
    RoadClass.SECONDARY_LINK: 3,
    RoadClass.TERTIARY: 4,
    RoadClass.TERTIARY_LINK: 4,
}
"""Class on the map by road class; what is not named is 5, local."""
LOCAL = 5
SHOWN_FROM_ZOOM = (6, 6, 7, 10, 12, 13)
"""The zoom from which each class on the map is drawn."""
LINKS_FROM_ZOOM = 11
SERVICE_FROM_ZOOM = 15

SHORTEST = 12.0
"""Lines that stay within a square of this many units are left out: they would be a dot."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Line = tuple[int, list[int]]


@dataclass(frozen=True, kw_only=True, eq=False)
class TileIndex:
    """Roads by the tile of zoom 12 that their bounding box touches.

    shown_from : uint8[r], the zoom from which a road is drawn; tile_class : uint8[r].
    x, y : float64[p], points on the square Mercator map, 0 to 1 from the north-west.
    main, all : sorted tile (column * 4096 + row) int64[k] and road int32[k]; of the roads shown at low zooms, of all.
    """

    shown_from: NDArray[np.uint8]
    tile_class: NDArray[np.uint8]
    x: Floats
    y: Floats
    main: tuple[NDArray[np.int64], Ints]
    all: tuple[NDArray[np.int64], Ints]


@lru_cache(maxsize=4)
def index_tiles(network: Network) -> TileIndex:
    """Prepare a network for drawing, once."""
    x = (network.point_lon + 180.0) / 360.0
    sine = np.sin(np.radians(network.point_lat))
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    starts = network.first_point[:-1]
    corners = [
        np.clip(np.floor(reduce(values, starts) * 2**INDEX_ZOOM), 0, 2**INDEX_ZOOM - 1).astype(np.int32)
        for values in (x, y)
        for reduce in (np.minimum.reduceat, np.maximum.reduceat)
    ]
    key, road = _touching(np.column_stack(corners))
    order = np.argsort(key, kind="stable")
    key, road = key[order], road[order]
    classes = np.array([TILE_CLASSES.get(road_class, LOCAL) for road_class in RoadClass], np.uint8)
    shown_from = _shown_from(network, classes)
    low = shown_from[road] < LOW_ZOOMS_END
    return TileIndex(
        shown_from=shown_from,
        tile_class=classes[network.road_class],
        x=x,
        y=y,
        main=(key[low], road[low]),
        all=(key, road),
    )


def tile(network: Network, z: int, x: int, y: int) -> list[Line]:
    """Draw a tile: lines as (class on the map, [x0, y0, dx, dy, …]), main roads last.

    Coordinates run from 0 to 4096 from the north-west corner, a little beyond the edges; each point after the first is
    given by its difference. Classes: 0 motorway, 1 trunk, 2 primary, 3 secondary, 4 tertiary, 5 local. A tile outside
    the network is empty. The first tile of a network takes longer, as its roads are indexed then.
    """
    if not (MIN_ZOOM <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        return []
    index = index_tiles(network)
    roads = _roads_near(index, z, x, y)
    roads = roads[index.shown_from[roads] <= z]
    if not len(roads):
        return []
    roads = roads[np.argsort(index.tile_class[roads], kind="stable")[::-1]]
    frame = np.array([x, y, 2.0**z])
    values, ends, drawn = _draw(frame, roads.astype(np.int32), network.first_point, index.x, index.y)
    flat, classes = values.tolist(), index.tile_class[drawn].tolist()
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


def _shown_from(network: Network, classes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    shown_from = np.array(SHOWN_FROM_ZOOM, np.uint8)[classes[network.road_class]]
    if network.schematic:
        return np.minimum(shown_from, MIN_ZOOM + 2)
    is_link = np.isin(network.road_class, [c for c in RoadClass if c.name.endswith("_LINK")])
    shown_from[is_link] = np.maximum(shown_from[is_link], LINKS_FROM_ZOOM)
    shown_from[network.road_class == RoadClass.SERVICE] = SERVICE_FROM_ZOOM
    return shown_from


def _roads_near(index: TileIndex, z: int, x: int, y: int) -> Ints:
    """Roads whose bounding box may touch a tile."""
    shift = INDEX_ZOOM - z
    if shift <= 0:
        columns, rows = range(x >> -shift, (x >> -shift) + 1), (y >> -shift, (y >> -shift) + 1)
    else:
        columns, rows = range(x << shift, (x + 1) << shift), (y << shift, (y + 1) << shift)
    bounds = [(column << INDEX_ZOOM) + row for column in columns for row in rows]
    key, road = index.main if z < LOW_ZOOMS_END else index.all
    at = np.searchsorted(key, bounds)
    parts = [road[start:end] for start, end in zip(at[::2], at[1::2], strict=True) if end > start]
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, np.int32)


@njit(cache=True, nogil=True)
def _touching(corners: Ints) -> tuple[NDArray[np.int64], Ints]:
    """Tile and road for every index tile under the box of a road; `corners` are x from, x to, y from, y to."""
    total = 0
    for road in range(len(corners)):
        x0, x1, y0, y1 = corners[road]
        total += (x1 - x0 + 1) * (y1 - y0 + 1)
    key, number = np.empty(total, np.int64), np.empty(total, np.int32)
    used = 0
    for road in range(len(corners)):
        x0, x1, y0, y1 = corners[road]
        for x in range(x0, x1 + 1):
            for y in range(y0, y1 + 1):
                key[used], number[used] = (np.int64(x) << INDEX_ZOOM) + y, road
                used += 1
    return key, number


@njit(cache=True, nogil=True)
def _draw(frame: Floats, roads: Ints, first_point: Ints, x: Floats, y: Floats) -> tuple[Ints, Ints, Ints]:
    """Clip, simplify and encode roads: the numbers, the end of each line in them, and the road of each line."""
    room = 0
    for road in roads:
        room += first_point[road + 1] - first_point[road]
    values = np.empty(4 * room, np.int32)
    ends, drawn = np.empty(room, np.int32), np.empty(room, np.int32)
    used, lines = 0, 0
    for road in roads:
        start, end = first_point[road], first_point[road + 1]
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
                ends[lines], drawn[lines] = used, road
                lines += 1
            begin = stop
    return values[:used], ends[:lines], drawn[:lines]


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
