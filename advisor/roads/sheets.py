"""What the map shows of a network from which zoom on, as lines by the tile that they pass through."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.roads.chains import Chains, chain_points, string_together
from advisor.roads.model import RoadClass
from advisor.roads.network import Network

INDEX_ZOOM = 12
"""Zoom of the tiles by which lines are indexed."""
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
SCHEMATIC_FROM_ZOOM = 8
"""The zoom from which every road of a schematic network is drawn."""
LINKS_FROM_ZOOM = 11
SERVICE_FROM_ZOOM = 15
ZOOMS = (6, 7, 8, 10, 11, 12, 13, 15)
"""Zooms at which something is added."""
JOINED_BELOW = 13
"""At smaller zooms roads are joined into lines from crossing to crossing of what is shown; so there is less to send."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """The lines that are drawn at some zooms.

    tile_class : uint8[lines]; points of line i are first_point[i] .. first_point[i + 1].
    x, y : float64[points], on the square Mercator map, 0 to 1 from the north-west.
    key, line : a tile of the index (column * 4096 + row, int64, rising) and a line whose box touches it, int32.
    """

    tile_class: NDArray[np.uint8]
    first_point: Ints
    x: Floats
    y: Floats
    key: NDArray[np.int64]
    line: Ints

    def lines_near(self, z: int, x: int, y: int) -> Ints:
        """Lines whose box may touch a tile, those of the lowest classes first."""
        shift = INDEX_ZOOM - z
        if shift <= 0:
            columns, rows = range(x >> -shift, (x >> -shift) + 1), (y >> -shift, (y >> -shift) + 1)
        else:
            columns, rows = range(x << shift, (x + 1) << shift), (y << shift, (y + 1) << shift)
        at = np.searchsorted(self.key, [(column << INDEX_ZOOM) + row for column in columns for row in rows])
        parts = [self.line[start:end] for start, end in zip(at[::2], at[1::2], strict=True) if end > start]
        lines = np.unique(np.concatenate([np.zeros(0, np.int32), *parts]))
        return np.asarray(lines[np.argsort(self.tile_class[lines], kind="stable")[::-1]])


def sheet_of(network: Network, z: int) -> Sheet:
    """Return what is drawn at a zoom; made once for all zooms that show the same."""
    return _make_sheet(network, max(zoom for zoom in ZOOMS if zoom <= z))


@lru_cache(maxsize=2 * len(ZOOMS))
def _make_sheet(network: Network, z: int) -> Sheet:
    classes = np.array([TILE_CLASSES.get(road_class, LOCAL) for road_class in RoadClass], np.uint8)
    roads = np.flatnonzero(_shown_from(network, classes) <= z).astype(np.int32)
    first, last = network.first_point[roads], network.first_point[roads + 1] - 1
    tile_class = classes[network.road_class[roads]]
    if z < JOINED_BELOW:
        chains = _join(network, (first, last), tile_class)
    else:
        own = np.arange(len(roads) + 1, dtype=np.int32)
        unturned = np.zeros(len(roads), np.bool_)
        chains = Chains(first=first, last=last, way=roads, first_piece=own, order=own[:-1], flipped=unturned)
    first_point, point = chain_points(chains)
    x = (network.point_lon[point] + 180.0) / 360.0
    sine = np.sin(np.radians(network.point_lat[point]))
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    key, line = _index(first_point, x, y)
    of_line = tile_class[chains.order[chains.first_piece[:-1]]]
    return Sheet(tile_class=of_line, first_point=first_point, x=x, y=y, key=key, line=line)


def _join(network: Network, ends: tuple[Ints, Ints], tile_class: NDArray[np.uint8]) -> Chains:
    """String roads of one class together where exactly two of them meet; the direction does not matter to a map."""
    first, last = ends
    place = network.point_lat[np.concatenate(ends)] + 1j * network.point_lon[np.concatenate(ends)]
    _, number = np.unique(place, return_inverse=True)
    meeting = number.astype(np.int32)
    pieces = (np.arange(len(first), dtype=np.int32), np.arange(len(first), 2 * len(first), dtype=np.int32), first)
    both_ways, kept = np.zeros(len(first), np.bool_), np.zeros(len(meeting), np.bool_)
    strung = string_together(pieces, meeting, tile_class.astype(np.int64), both_ways, kept)
    return Chains(
        first=first, last=last, way=first, first_piece=strung.first_piece, order=strung.order, flipped=strung.flipped
    )


def _shown_from(network: Network, classes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    shown_from = np.array(SHOWN_FROM_ZOOM, np.uint8)[classes[network.road_class]]
    if network.schematic:
        return np.minimum(shown_from, SCHEMATIC_FROM_ZOOM)
    is_link = np.isin(network.road_class, [c for c in RoadClass if c.name.endswith("_LINK")])
    shown_from[is_link] = np.maximum(shown_from[is_link], LINKS_FROM_ZOOM)
    shown_from[network.road_class == RoadClass.SERVICE] = SERVICE_FROM_ZOOM
    return shown_from


def _index(first_point: Ints, x: Floats, y: Floats) -> tuple[NDArray[np.int64], Ints]:
    if len(first_point) == 1:
        return np.zeros(0, np.int64), np.zeros(0, np.int32)
    corners = [
        np.clip(np.floor(reduce(values, first_point[:-1]) * 2**INDEX_ZOOM), 0, 2**INDEX_ZOOM - 1).astype(np.int32)
        for values in (x, y)
        for reduce in (np.minimum.reduceat, np.maximum.reduceat)
    ]
    key, line = _touching(np.column_stack(corners))
    order = np.argsort(key, kind="stable")
    return key[order], line[order]


@njit(cache=True, nogil=True)
def _touching(corners: Ints) -> tuple[NDArray[np.int64], Ints]:
    """Tile and line for every index tile under the box of a line; `corners` are x from, x to, y from, y to."""
    total = 0
    for line in range(len(corners)):
        x0, x1, y0, y1 = corners[line]
        total += (x1 - x0 + 1) * (y1 - y0 + 1)
    key, number = np.empty(total, np.int64), np.empty(total, np.int32)
    used = 0
    for line in range(len(corners)):
        x0, x1, y0, y1 = corners[line]
        for x in range(x0, x1 + 1):
            for y in range(y0, y1 + 1):
                key[used], number[used] = (np.int64(x) << INDEX_ZOOM) + y, line
                used += 1
    return key, number
