"""The area from which a destination is reached within some minutes."""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.roads.fields import Times
from advisor.roads.geo import METRES_PER_DEGREE
from advisor.roads.hierarchy import COST_SHIFT, NEVER, TIME_UNIT_MS, UNREACHABLE
from advisor.roads.network import Network

CELL_M = 250.0
"""The area is drawn in squares of this size: those with a road that is near enough in time, and their neighbours."""
SMOOTH = 0.75
"""Corners of squares are cut by lines that leave them by at most this share of a square."""
SMALLEST_HOLE_CELLS = 8

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachArea:
    """Polygons as rings of (longitude, latitude): the outer one, then holes. Empty when nothing is within the time."""

    polygons: tuple[tuple[Ring, ...], ...]

    def geojson(self) -> dict[str, object]:
        """A GeoJSON geometry."""
        return {"type": "MultiPolygon", "coordinates": [[list(map(list, r)) for r in rings] for rings in self.polygons]}


def reach_area(network: Network, times: Times, columns: list[int], limit_s: float) -> ReachArea:
    """Draw the area from which any destination in `columns` is within `limit_s`, the start constant included."""
    limit_ms = (limit_s - times.table.start_s) * 1000.0
    node_ms = _least(times.seconds_to(columns))
    west, south, east, north = network.bounds
    lat_step = CELL_M / METRES_PER_DEGREE
    lon_step = lat_step / math.cos(math.radians((south + north) / 2))
    corner = (west - 2 * lon_step, south - 2 * lat_step)
    filled = np.zeros((int((north - south) / lat_step) + 5, int((east - west) / lon_step) + 5), np.bool_)
    edges = (network.edge_head, network.edge_road, network.edge_forward, times.edge_cost)
    points = (
        network.first_point,
        (network.point_lon - corner[0]) / lon_step,
        (network.point_lat - corner[1]) / lat_step,
    )
    _fill(edges, points, node_ms, limit_ms, filled)
    return _outline(_without_small_holes(_grown(filled)), corner, (lon_step, lat_step))


def _least(seconds: NDArray[np.uint16]) -> Floats:
    """Milliseconds from each node to the nearest of some destinations; infinite when none is reached."""
    best = seconds.min(axis=1)
    return np.where(best == NEVER, np.inf, best.astype(float) * TIME_UNIT_MS)


@njit(cache=True, nogil=True)
def _fill(
    edges: tuple[Ints, Ints, Bools, NDArray[np.int64]],
    points: tuple[Ints, Floats, Floats],
    node_ms: Floats,
    limit_ms: float,
    filled: Bools,
) -> None:
    """Fill the squares in which a road lies from which a way within the limit leads on; points count in squares."""
    edge_head, edge_road, edge_forward, edge_cost = edges
    first_point, x, y = points
    for edge in range(len(edge_head)):
        room_ms = limit_ms - node_ms[edge_head[edge]]
        if room_ms < 0.0 or edge_cost[edge] >= UNREACHABLE:
            continue
        start, end = first_point[edge_road[edge]], first_point[edge_road[edge] + 1]
        total = 0.0
        for p in range(start, end - 1):
            total += math.hypot(x[p + 1] - x[p], y[p + 1] - y[p])
        # From the head of the edge backwards: what is nearest to the destination first.
        room = room_ms / max((edge_cost[edge] >> COST_SHIFT) / max(total, 1e-9), 1e-9)
        for i in range(end - start - 1):
            p = end - 1 - i if edge_forward[edge] else start + i
            q = p - 1 if edge_forward[edge] else p + 1
            length = math.hypot(x[q] - x[p], y[q] - y[p])
            share = min(1.0, room / length) if length > 0.0 else 1.0
            parts = int(2.0 * share * length) + 1
            for part in range(parts + 1):
                along = share * part / parts
                filled[int(y[p] + along * (y[q] - y[p])), int(x[p] + along * (x[q] - x[p]))] = True
            room -= length
            if room <= 0.0:
                break


def _grown(filled: Bools) -> Bools:
    """Add the neighbours of filled squares."""
    grown = filled.copy()
    grown[1:] |= filled[:-1]
    grown[:-1] |= filled[1:]
    grown[:, 1:] |= filled[:, :-1]
    grown[:, :-1] |= filled[:, 1:]
    return grown


def _without_small_holes(filled: Bools) -> Bools:
    """Fill what is enclosed and small."""
    from scipy.ndimage import label  # noqa: PLC0415  (slow to import)

    names, _ = label(~filled)
    small = np.bincount(names.ravel()) < SMALLEST_HOLE_CELLS
    return np.asarray(filled | small[names])


def _outline(filled: Bools, corner: tuple[float, float], step: tuple[float, float]) -> ReachArea:
    """Trace the sides between filled and empty squares into polygons with holes."""
    from shapely import get_parts, linestrings, make_valid, polygonize, simplify  # noqa: PLC0415  (slow to import)

    if not filled.any():
        return ReachArea(polygons=())
    upright = np.argwhere(np.diff(np.pad(filled, ((0, 0), (1, 1))).astype(np.int8), axis=1))
    level = np.argwhere(np.diff(np.pad(filled, ((1, 1), (0, 0))).astype(np.int8), axis=0))
    starts = np.vstack((upright, level))[:, ::-1]
    along = np.vstack((np.tile((0, 1), (len(upright), 1)), np.tile((1, 0), (len(level), 1))))
    sides = linestrings(np.stack((starts, starts + along), axis=1).astype(float))
    faces = get_parts(polygonize(sides))
    # Right and up from its first corner (leftmost, then lowest) lies a square of the face itself.
    lowest = [min(face.exterior.coords) for face in faces]
    areas = [face for face, (x, y) in zip(faces, lowest, strict=True) if filled[int(y), int(x)]]
    # Simplified without regard for its neighbours a ring may cross another one; that is mended afterwards, and much
    # quicker than simplifying with regard.
    smooth = get_parts(get_parts(make_valid(simplify(areas, SMOOTH, preserve_topology=False))))
    return ReachArea(
        polygons=tuple(
            tuple(_ring(ring.coords, corner, step) for ring in (face.exterior, *face.interiors))
            for face in smooth
            if face.geom_type == "Polygon" and not face.is_empty
        )
    )


def _ring(coordinates: object, corner: tuple[float, float], step: tuple[float, float]) -> Ring:
    points = np.round(np.array(coordinates) * step + corner, 6)
    return tuple((float(lon), float(lat)) for lon, lat in points)
