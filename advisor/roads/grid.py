"""Drive times on a lattice, small enough for a device to keep: one value per cell, hospital and profile."""

import json
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.roads.atlas import Atlas
from advisor.roads.device_head import device_head
from advisor.roads.device_numbers import pack_numbers, pack_running
from advisor.roads.device_roads import FAR_S, RoadPart, pack_motorways
from advisor.roads.fields import Report
from advisor.roads.geo import METRES_PER_DEGREE
from advisor.roads.model import Profile
from advisor.roads.nearest import MOTORWAY_CLASS
from advisor.roads.network import Network
from advisor.roads.snap import Reach
from advisor.roads.speeds import SpeedTable, road_times_ms

STEP_S = 10
"""Drive times are kept in steps of so many seconds."""
SPACINGS_M = (300.0, 400.0, 500.0, 700.0, 1_000.0, 1_400.0, 2_000.0, 3_000.0)
MOST_VALUES = 5_000_000
"""Values kept at most, of cells and motorways, all hospitals and profiles together; the finest lattice that fits is
taken.
"""
MOST_POINTS = 24
"""Points of roads looked at in a cell, evenly out of all of it."""
PARTS = 4
"""A cell is divided in so many parts each way, to tell where in it the roads are."""
ON_MOTORWAY_M = 15.0
"""Who is this close to a motorway is on it; the lattice does not know how near another road is."""
BLOCK = 128
"""Cells whose times go together: what is alike must lie close together to be compressed well."""
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

    cells : int64[c], rising; roads : bool[c, PARTS, PARTS], the parts of a cell that have a road, from the south-west.
    motorways : the roads that are no part of the cells, as they are not entered from the streets beside them.
    steps : per profile uint16[destination, c], in steps of `STEP_S`, without what every drive takes; the greatest
    value stands for "far or unreachable". off : the destinations that are estimated along the straight line.
    """

    ids: tuple[str, ...]
    lattice: Lattice
    cells: Ints
    roads: NDArray[np.bool_]
    motorways: RoadPart
    steps: dict[Profile, NDArray[np.uint16]]
    off: NDArray[np.bool_]
    reach: Reach
    stamp: str
    tables: dict[Profile, SpeedTable]


FAR_STEP = FAR_S // STEP_S + 1


def lay_grid_of_times(atlas: Atlas, report: Report | None = None) -> DriveTimeGrid:
    """Work the drive times of an atlas out on the finest lattice that stays small; takes some seconds."""
    network, motorways = atlas.network, pack_motorways(atlas)
    lattice = _choose_lattice(atlas, MOST_VALUES - motorways.times)
    cells, roads, steps = _ask_roads(atlas, lattice, report or _nobody)
    return DriveTimeGrid(
        ids=atlas.ids,
        lattice=lattice,
        cells=cells,
        roads=roads,
        motorways=motorways,
        steps=dict(zip(Profile, steps, strict=True)),
        off=atlas.joins.off,
        reach=Reach.of(network),
        stamp=atlas.stamp,
        tables=atlas.tables,
    )


def pack_grid(grid: DriveTimeGrid) -> bytes:
    """Return a grid as the device reads it, not yet compressed.

    Four bytes with the length of a JSON text, that text, and then: the numbers of the cells (`pack_running`), two bytes
    a cell with a bit for each part that has a road, for every `BLOCK` cells, each destination and profile the steps as
    differences from what the cells to the west and to the south foretell (`pack_numbers`), and the motorways as in
    `road_part`.
    """
    foretell = _neighbours(grid)
    differences = np.array(
        [
            _differences(grid.steps[profile][place].astype(np.int64), foretell)
            for place in np.flatnonzero(~grid.off)
            for profile in Profile
        ]
    ).reshape(-1, len(grid.cells))
    starts = range(0, len(grid.cells), BLOCK)
    values = b"".join(pack_numbers(differences[:, start : start + BLOCK]) for start in starts)
    gaps = pack_running(grid.cells)
    roads = np.packbits(grid.roads.reshape(-1, PARTS * PARTS), axis=1, bitorder="little").tobytes()
    head = json.dumps(_head(grid), separators=(",", ":")).encode()
    return len(head).to_bytes(4, "little") + head + gaps + roads + values + grid.motorways.content


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
        "parts": PARTS,
        "block": BLOCK,
        "step_s": STEP_S,
        "far_step": FAR_STEP,
        "limit_m": grid.reach.limit_m,
        "on_motorway_m": ON_MOTORWAY_M,
    }
    return device_head(grid.ids, grid.off, grid.stamp, grid.tables) | {"cells": cells, "roads": grid.motorways.about}


def _choose_lattice(atlas: Atlas, most_values: int) -> Lattice:
    network = atlas.network
    near = float((atlas.field(Profile.SIGNALS) < FAR_S * 4).mean()) * len(atlas.ids) * len(Profile)
    for spacing_m in SPACINGS_M:
        lattice = Lattice.over(network.bounds, spacing_m)
        if len(np.unique(lattice.cell_of(network.node_lat, network.node_lon))) * near <= most_values:
            return lattice
    return lattice


Laid = tuple[Ints, NDArray[np.bool_], NDArray[np.uint16]]
"""Cells, parts of them with a road, and uint16[profile, destination, cell]."""
_STEP_NAME = "drive times for devices"


def _nobody(_step: str, _done: int, _total: int) -> None:
    return


def _ask_roads(atlas: Atlas, lattice: Lattice, report: Report) -> Laid:
    """Take the median over points of the roads in a cell: positions lie along roads."""
    points = _road_points(atlas.network, lattice.spacing_m / PARTS / 2)
    cell = lattice.cell_of(points.lat, points.lon)
    order = np.argsort(cell, kind="stable")
    cells, first, count = np.unique(cell[order], return_index=True, return_counts=True)
    roads = _parts_with_roads(lattice, cells, points)
    taken = np.minimum(count, MOST_POINTS)
    # Evenly out of all points of a cell; the places beyond what it has repeat its last one and are not counted.
    nth = np.minimum(np.arange(MOST_POINTS)[None, :], taken[:, None] - 1)
    sample = order[first[:, None] + nth * count[:, None] // taken[:, None]]
    used = np.arange(MOST_POINTS)[None, :] < taken[:, None]
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
    return cells, roads, steps


def _parts_with_roads(lattice: Lattice, cells: Ints, points: "_RoadPoints") -> NDArray[np.bool_]:
    place = np.searchsorted(cells, lattice.cell_of(points.lat, points.lon))
    rows, columns = np.divmod(cells[place], lattice.columns)
    north = (points.lat - lattice.south) / lattice.lat_step - rows
    east = (points.lon - lattice.west) / lattice.lon_step - columns
    roads = np.zeros((len(cells), PARTS, PARTS), np.bool_)
    row, column = ((share * PARTS).astype(np.int64).clip(0, PARTS - 1) for share in (north, east))
    roads[place, row, column] = True
    return roads


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _RoadPoints:
    """Points along roads. ahead, behind : where the ways along and against the points lead, int32, -1 = no way."""

    lat: Floats
    lon: Floats
    road: Ints
    share: Floats
    ahead: Ints
    behind: Ints


def _road_points(network: Network, between_m: float) -> _RoadPoints:
    """Return points on all roads but motorways, every `between_m` at most."""
    road = np.repeat(np.arange(network.road_count), np.diff(network.first_point))
    lat, lon = network.point_lat, network.point_lon
    starts = network.first_point[:-1]
    step_m = np.zeros(len(lat))
    step_m[1:] = np.hypot(np.diff(lat), np.diff(lon) * np.cos(np.radians(lat[1:]))) * METRES_PER_DEGREE
    step_m[starts] = 0.0
    along_m = np.cumsum(step_m)
    along_m -= along_m[starts][road]
    parts = np.maximum(np.ceil(step_m / between_m).astype(np.int64), 1)
    parts[starts] = 1
    parts[network.road_class[road] <= MOTORWAY_CLASS] = 0
    place = np.repeat(np.arange(len(lat)), parts)
    nth = np.arange(len(place)) - np.repeat(np.cumsum(parts) - parts, parts)
    back = nth / parts[place]
    before = np.maximum(place - 1, 0)
    length_m = np.maximum(network.road_length_m.astype(float), 1.0)
    share = ((along_m[place] - back * step_m[place]) / length_m[road[place]]).clip(0.0, 1.0)
    edges = network.road_edges[road[place]]
    heads = np.where(edges >= 0, network.edge_head[edges], -1)
    return _RoadPoints(
        lat=(lat[place] + back * (lat[before] - lat[place])),
        lon=(lon[place] + back * (lon[before] - lon[place])),
        road=road[place],
        share=share,
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
