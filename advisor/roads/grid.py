"""Drive times on a lattice, small enough for a device to keep: one value per cell, hospital and profile."""

import json
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.roads.atlas import Atlas
from advisor.roads.device_head import device_head
from advisor.roads.fields import Report
from advisor.roads.geo import METRES_PER_DEGREE
from advisor.roads.model import Profile, RoadClass
from advisor.roads.network import Network
from advisor.roads.snap import Reach
from advisor.roads.speeds import SpeedTable, road_times_ms

STEP_S = 5
"""Drive times are kept in steps of so many seconds."""
FAR_S = 4_500
"""Longer drives are not kept: the device estimates them along the straight line, and says so."""
SPACINGS_M = (400.0, 500.0, 700.0, 1_000.0, 1_400.0, 2_000.0, 3_000.0)
MOST_VALUES = 3_400_000
"""Values kept at most, all cells, hospitals and profiles together; the finest lattice that fits is taken."""
MOST_POINTS = 24
"""Points of roads looked at in a cell, evenly out of all of it."""
BETWEEN_M = 150.0
"""Metres between two points of a road at most."""
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lattice:
    """Cells of a size, counted row by row from the south-west; steps in degrees."""

    south: float
    west: float
    lat_step: float
    lon_step: float
    rows: int
    columns: int
    spacing_m: float

    @classmethod
    def over(cls, bounds: tuple[float, float, float, float], spacing_m: float) -> "Lattice":
        """Return the lattice over west, south, east, north."""
        west, south, east, north = bounds
        lat_step = spacing_m / METRES_PER_DEGREE
        lon_step = lat_step / math.cos(math.radians((south + north) / 2))
        rows, columns = int((north - south) / lat_step) + 1, int((east - west) / lon_step) + 1
        return cls(
            south=south,
            west=west,
            lat_step=lat_step,
            lon_step=lon_step,
            rows=rows,
            columns=columns,
            spacing_m=spacing_m,
        )

    def cell_of(self, lat: Floats, lon: Floats) -> Ints:
        """Return the number of the cell that each place lies in."""
        row = ((lat - self.south) / self.lat_step).astype(np.int64).clip(0, self.rows - 1)
        column = ((lon - self.west) / self.lon_step).astype(np.int64).clip(0, self.columns - 1)
        return np.asarray(row * self.columns + column)

    def corner(self, cell: int) -> tuple[float, float]:
        """Return latitude and longitude of the south-west corner of a cell."""
        row, column = divmod(cell, self.columns)
        return self.south + row * self.lat_step, self.west + column * self.lon_step


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DriveTimeGrid:
    """Drive times by cell.

    cells : int64[c], rising; centre : float64[c, 2], latitude and longitude of what a cell speaks for.
    steps : per profile uint16[destination, c], in steps of `STEP_S`, without what every drive takes; the greatest
    value stands for "far or unreachable". off : the destinations that are estimated along the straight line.
    """

    ids: tuple[str, ...]
    lattice: Lattice
    cells: Ints
    centre: Floats
    steps: dict[Profile, NDArray[np.uint16]]
    off: NDArray[np.bool_]
    limit_m: float
    stamp: str
    tables: dict[Profile, SpeedTable]


FAR_STEP = FAR_S // STEP_S + 1


def lay_grid_of_times(atlas: Atlas, report: Report | None = None) -> DriveTimeGrid:
    """Work the drive times of an atlas out on the finest lattice that stays small; takes some seconds."""
    network = atlas.network
    lattice = _choose_lattice(atlas)
    cells, centre, steps = _ask_roads(atlas, lattice, report or _nobody)
    return DriveTimeGrid(
        ids=atlas.ids,
        lattice=lattice,
        cells=cells,
        centre=centre,
        steps=dict(zip(Profile, steps, strict=True)),
        off=atlas.joins.off,
        limit_m=Reach.of(network).limit_m,
        stamp=atlas.stamp,
        tables=atlas.tables,
    )


def pack_grid(grid: DriveTimeGrid) -> bytes:
    """Return a grid as the device reads it, not yet compressed.

    Four bytes with the length of a JSON text, that text, and then, each as bytes: the gaps between the numbers of the
    cells (see `_packed`), the centres within their cells in 255ths (latitude, then longitude), and for every profile
    and destination the steps as differences from what the cells to the west and to the south foretell.
    """
    lattice = grid.lattice
    rows, columns = np.divmod(grid.cells, lattice.columns)
    north = (grid.centre[:, 0] - lattice.south) / lattice.lat_step - rows
    east = (grid.centre[:, 1] - lattice.west) / lattice.lon_step - columns
    on = np.flatnonzero(~grid.off)
    foretell = _neighbours(grid)
    values = b"".join(
        _packed(_differences(grid.steps[profile][place].astype(np.int64), foretell))
        for place in on
        for profile in Profile
    )
    gaps = _packed(np.diff(grid.cells, prepend=0))
    within = b"".join(np.rint(share * 255).clip(0, 255).astype(np.uint8).tobytes() for share in (north, east))
    head = json.dumps(_head(grid), separators=(",", ":")).encode()
    return len(head).to_bytes(4, "little") + head + gaps + within + values


def _head(grid: DriveTimeGrid) -> dict[str, object]:
    lattice = grid.lattice
    cells = {
        "count": len(grid.cells),
        "south": lattice.south,
        "west": lattice.west,
        "lat_step": lattice.lat_step,
        "lon_step": lattice.lon_step,
        "columns": lattice.columns,
        "spacing_m": lattice.spacing_m,
        "step_s": STEP_S,
        "far_step": FAR_STEP,
        "limit_m": grid.limit_m,
    }
    return device_head(grid.ids, grid.off, grid.stamp, grid.tables) | {"cells": cells}


def _choose_lattice(atlas: Atlas) -> Lattice:
    network = atlas.network
    near = float((atlas.field(Profile.SIGNALS) < FAR_S * 4).mean()) * len(atlas.ids) * len(Profile)
    for spacing_m in SPACINGS_M:
        lattice = Lattice.over(network.bounds, spacing_m)
        if len(np.unique(lattice.cell_of(network.node_lat, network.node_lon))) * near <= MOST_VALUES:
            return lattice
    return lattice


Laid = tuple[Ints, Floats, NDArray[np.uint16]]
"""Cells, centres, and uint16[profile, destination, cell]."""
_STEP_NAME = "drive times for devices"


def _nobody(_step: str, _done: int, _total: int) -> None:
    return


def _ask_roads(atlas: Atlas, lattice: Lattice, report: Report) -> Laid:
    """Take the median over points of the roads in a cell: positions lie along roads."""
    points = _road_points(atlas.network)
    cell = lattice.cell_of(points.lat, points.lon)
    order = np.argsort(cell, kind="stable")
    cells, first, count = np.unique(cell[order], return_index=True, return_counts=True)
    taken = np.minimum(count, MOST_POINTS)
    # Evenly out of all points of a cell; the places beyond what it has repeat its last one and are not counted.
    nth = np.minimum(np.arange(MOST_POINTS)[None, :], taken[:, None] - 1)
    sample = order[first[:, None] + nth * count[:, None] // taken[:, None]]
    used = np.arange(MOST_POINTS)[None, :] < taken[:, None]
    centre = np.column_stack([_mean(points.lat[sample], used), _mean(points.lon[sample], used)])
    off = atlas.joins.off
    steps = np.full((len(Profile), len(atlas.ids), len(cells)), FAR_STEP, np.uint16)
    for number, profile in enumerate(Profile):
        road_s = road_times_ms(atlas.network, atlas.tables[profile]) / 1000.0
        field = atlas.field(profile)
        for place in np.flatnonzero(~off):
            report(_STEP_NAME, number * len(off) + int(place), len(Profile) * len(off))
            seconds = _seconds_at(points, field[:, place], road_s)[sample]
            seconds[~used] = np.inf
            steps[number, place] = _to_steps(_median(seconds, taken))
    return cells, centre, steps


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _RoadPoints:
    """Points along roads. ahead, behind : where the ways along and against the points lead, int32, -1 = no way."""

    lat: Floats
    lon: Floats
    road: Ints
    share: Floats
    ahead: Ints
    behind: Ints


def _road_points(network: Network) -> _RoadPoints:
    """Return points on all roads but motorways, every `BETWEEN_M` at most."""
    road = np.repeat(np.arange(network.road_count), np.diff(network.first_point))
    lat, lon = network.point_lat, network.point_lon
    starts = network.first_point[:-1]
    step_m = np.zeros(len(lat))
    step_m[1:] = np.hypot(np.diff(lat), np.diff(lon) * np.cos(np.radians(lat[1:]))) * METRES_PER_DEGREE
    step_m[starts] = 0.0
    along_m = np.cumsum(step_m)
    along_m -= along_m[starts][road]
    parts = np.maximum(np.ceil(step_m / BETWEEN_M).astype(np.int64), 1)
    parts[starts] = 1
    place = np.repeat(np.arange(len(lat)), parts)
    nth = np.arange(len(place)) - np.repeat(np.cumsum(parts) - parts, parts)
    back = nth / parts[place]
    before = np.maximum(place - 1, 0)
    length_m = np.maximum(network.road_length_m.astype(float), 1.0)
    share = ((along_m[place] - back * step_m[place]) / length_m[road[place]]).clip(0.0, 1.0)
    slow = network.road_class[road[place]] > RoadClass.MOTORWAY_LINK
    kept = np.flatnonzero(slow) if slow.any() else np.arange(len(place))
    edges = network.road_edges[road[place[kept]]]
    heads = np.where(edges >= 0, network.edge_head[edges], -1)
    return _RoadPoints(
        lat=(lat[place] + back * (lat[before] - lat[place]))[kept],
        lon=(lon[place] + back * (lon[before] - lon[place]))[kept],
        road=road[place[kept]],
        share=share[kept],
        ahead=heads[:, 0],
        behind=heads[:, 1],
    )


def _seconds_at(points: _RoadPoints, field: NDArray[np.uint16], road_s: Floats) -> Floats:
    """Return the seconds from each point to one destination; infinite when unreachable."""
    at_node = np.where(field == np.iinfo(np.uint16).max, np.inf, field / 4.0)
    whole = road_s[points.road]
    ahead = np.where(points.ahead >= 0, at_node[points.ahead] + (1.0 - points.share) * whole, np.inf)
    behind = np.where(points.behind >= 0, at_node[points.behind] + points.share * whole, np.inf)
    return np.asarray(np.minimum(ahead, behind))


def _median(seconds: Floats, taken: Ints) -> Floats:
    ordered = np.sort(seconds, axis=1)
    rows = np.arange(len(ordered))
    low, high = ordered[rows, (taken - 1) // 2], ordered[rows, taken // 2]
    return np.asarray(np.where(np.isfinite(high), (low + high) / 2, low))


def _mean(values: Floats, used: NDArray[np.bool_]) -> Floats:
    return np.asarray((values * used).sum(axis=1) / used.sum(axis=1))


def _to_steps(seconds: Floats) -> NDArray[np.uint16]:
    return np.asarray(np.rint(np.minimum(seconds / STEP_S, FAR_STEP)).astype(np.uint16))


Neighbours = tuple[Ints, Ints, Ints]
"""Per cell the place of the one to the west, to the south and to the south-west; -1 where there is none."""


def _neighbours(grid: DriveTimeGrid) -> Neighbours:
    place = {int(cell): at for at, cell in enumerate(grid.cells)}
    columns = grid.lattice.columns
    west, south, corner = (
        np.array([place.get(int(cell) - less, -1) for cell in grid.cells]) for less in (1, columns, columns + 1)
    )
    return west, south, corner


def _differences(values: Ints, neighbours: Neighbours) -> Ints:
    west, south, corner = neighbours
    before = np.concatenate([[0], values[:-1]])
    plane = values[west] + values[south] - values[corner]
    foretold = np.where(west >= 0, values[west], np.where(south >= 0, values[south], before))
    foretold = np.where((west >= 0) & (south >= 0) & (corner >= 0), plane, foretold)
    return np.asarray(values - foretold)


def _packed(numbers: Ints) -> bytes:
    """Return whole numbers as bytes: 0, -1, 1, -2, … as 0, 1, 2, 3, …; from 255 on as 255 and two bytes."""
    folded = np.where(numbers < 0, -2 * numbers - 1, 2 * numbers)
    big = folded >= 255
    places = np.repeat(np.arange(len(folded)), np.where(big, 3, 1))
    nth = np.arange(len(places)) - np.concatenate([[0], np.cumsum(np.where(big, 3, 1))[:-1]])[places]
    of = folded[places]
    parts = np.where(nth == 0, np.where(of >= 255, 255, of), np.where(nth == 1, of & 255, of >> 8))
    return parts.astype(np.uint8).tobytes()
