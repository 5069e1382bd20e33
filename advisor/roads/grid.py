"""Drive times on a lattice, small enough for a device to keep: one value per cell, hospital and profile."""

import json
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.band import GEODESIC_HIGH_SHARE, GEODESIC_LOW_SHARE, GPS_KPH, HIGH, LOW
from advisor.roads.fields import Report
from advisor.roads.geo import EARTH_RADIUS_M, METRES_PER_DEGREE
from advisor.roads.model import OffNetwork, Profile
from advisor.roads.network import Network
from advisor.roads.snap import Reach
from advisor.roads.speeds import APPROACH_KPH, NIGHT_HOURS, RUSH_HOURS, START_S, TIME_FACTORS
from advisor.roads.straight import CONSTANT_S, DETOUR, KPH

VERSION = 1
STEP_S = 4
"""Drive times are kept in steps of so many seconds."""
FAR_S = 4_500
"""Longer drives are not kept: the device estimates them along the straight line, and says so."""
SPACINGS_M = (500.0, 700.0, 1_000.0, 1_400.0, 2_000.0, 3_000.0)
MOST_VALUES = 2_500_000
"""Values kept at most, all cells, hospitals and profiles together; the finest lattice that fits is taken."""
SCHEMATIC_SPACING_M = 3_000.0
MOST_NODES = 24
"""Junctions looked at in a cell, evenly out of all of it."""
SIDE = 2
"""Places looked at in a cell beside its junctions: so many a side."""
REPORT_EVERY = 500
"""Cells between two reports of the progress."""
BESIDE_ROAD_M = 300.0
"""A place counts when it lies at most this far from a road, unless the cell has no other."""

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
    schematic: bool
    stamp: str


FAR_STEP = FAR_S // STEP_S + 1


def lay_grid_of_times(atlas: Atlas, report: Report | None = None) -> DriveTimeGrid:
    """Work the drive times of an atlas out on the finest lattice that stays small; takes seconds to a minute."""
    network = atlas.network
    lattice = _choose_lattice(atlas)
    members = _members(lattice, network)
    cells, centres, columns = [], [], []
    for done, (cell, nodes) in enumerate(sorted(members.items())):
        if report and done % REPORT_EVERY == 0:
            report("drive times for devices", done, len(members))
        spoken = _cell_times(atlas, lattice, cell, nodes)
        if spoken is not None:
            cells.append(cell)
            centres.append(spoken[0])
            columns.append(spoken[1])
    steps = np.stack(columns, axis=-1)
    return DriveTimeGrid(
        ids=atlas.ids,
        lattice=lattice,
        cells=np.array(cells, np.int64),
        centre=np.array(centres),
        steps={profile: steps[place] for place, profile in enumerate(Profile)},
        off=atlas.joins.off,
        limit_m=Reach.of(network).limit_m,
        schematic=network.schematic,
        stamp=atlas.stamp,
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
    on = [place for place, is_off in enumerate(grid.off) if not is_off]
    foretell = _neighbours(grid)
    values = b"".join(
        _packed(_differences(grid.steps[profile][place].astype(np.int64), foretell))
        for place in on
        for profile in Profile
    )
    gaps = _packed(np.diff(grid.cells, prepend=0))
    within = b"".join(np.rint(share * 255).clip(0, 255).astype(np.uint8).tobytes() for share in (north, east))
    head = json.dumps({**_head(grid), "on": on, "gaps": len(gaps)}, separators=(",", ":")).encode()
    return len(head).to_bytes(4, "little") + head + gaps + within + values


def _head(grid: DriveTimeGrid) -> dict[str, object]:
    lattice = grid.lattice
    return {
        "version": VERSION,
        "stamp": grid.stamp,
        "schematic": grid.schematic,
        "ids": grid.ids,
        "cells": len(grid.cells),
        "south": lattice.south,
        "west": lattice.west,
        "lat_step": lattice.lat_step,
        "lon_step": lattice.lon_step,
        "columns": lattice.columns,
        "spacing_m": lattice.spacing_m,
        "step_s": STEP_S,
        "far_step": FAR_STEP,
        "limit_m": grid.limit_m,
        "profiles": [
            {
                "name": profile,
                "start_s": START_S[profile],
                "factors": TIME_FACTORS[profile],
                "low": LOW[profile],
                "high": HIGH[profile],
                "straight_s": CONSTANT_S[profile],
                "straight_kph": KPH[profile],
            }
            for profile in Profile
        ],
        "rush_hours": RUSH_HOURS,
        "night_hours": NIGHT_HOURS,
        "straight_low": GEODESIC_LOW_SHARE,
        "straight_high": GEODESIC_HIGH_SHARE,
        "gps_kph": GPS_KPH,
        "approach_kph": APPROACH_KPH,
        "detour": DETOUR,
        "earth_m": EARTH_RADIUS_M,
    }


def _choose_lattice(atlas: Atlas) -> Lattice:
    network = atlas.network
    if network.schematic:
        return Lattice.over(network.bounds, SCHEMATIC_SPACING_M)
    near = float((atlas.field(Profile.SIGNALS) < FAR_S * 4).mean()) * len(atlas.ids) * len(Profile)
    for spacing_m in SPACINGS_M:
        lattice = Lattice.over(network.bounds, spacing_m)
        if len(np.unique(lattice.cell_of(network.node_lat, network.node_lon))) * near <= MOST_VALUES:
            return lattice
    return lattice


def _members(lattice: Lattice, network: Network) -> dict[int, Ints]:
    """Return the junctions in each cell that is looked at: those with junctions and the ones around them."""
    cell = lattice.cell_of(network.node_lat.astype(float), network.node_lon.astype(float))
    order = np.argsort(cell, kind="stable")
    found, first = np.unique(cell[order], return_index=True)
    members = dict(zip(found.tolist(), np.split(order, first[1:]), strict=True))
    none = np.zeros(0, np.int64)
    reach = math.ceil(Reach.of(network).limit_m / lattice.spacing_m) if network.schematic else 1
    for here in found.tolist():
        row, column = divmod(here, lattice.columns)
        for r in range(max(row - reach, 0), min(row + reach + 1, lattice.rows)):
            for c in range(max(column - reach, 0), min(column + reach + 1, lattice.columns)):
                members.setdefault(r * lattice.columns + c, none)
    return members


def _cell_times(
    atlas: Atlas, lattice: Lattice, cell: int, nodes: Ints
) -> tuple[tuple[float, float], NDArray[np.uint16]] | None:
    """Return the place that a cell speaks for and its steps, uint16[profile, destination]; `None` off the network."""
    nodes = nodes[:: max(1, len(nodes) // MOST_NODES)]
    south, west = lattice.corner(cell)
    places = [
        Position(lat=south + (i + 0.5) / SIDE * lattice.lat_step, lon=west + (j + 0.5) / SIDE * lattice.lon_step)
        for i in range(SIDE)
        for j in range(SIDE)
    ]
    seen = [(place, times) for place in places if (times := _times_at(atlas, place)) is not None]
    limit_m = math.inf if atlas.network.schematic else BESIDE_ROAD_M
    beside = [one for one in seen if one[1][0] <= limit_m] or ([] if len(nodes) else seen)
    if not beside and not len(nodes):
        return None
    network = atlas.network
    lat = [*network.node_lat[nodes].tolist(), *(place.lat for place, _ in beside)]
    lon = [*network.node_lon[nodes].tolist(), *(place.lon for place, _ in beside)]
    steps = [
        _median_steps(atlas, profile, nodes, [times[1][number] for _, times in beside])
        for number, profile in enumerate(Profile)
    ]
    return (float(np.mean(lat)), float(np.mean(lon))), np.stack(steps)


def _times_at(atlas: Atlas, place: Position) -> tuple[float, list[Floats]] | None:
    """Return how far a place is from the road, and per profile the seconds without what every drive takes."""
    try:
        asked = [atlas.drive_times(place, profile=profile) for profile in Profile]
    except OffNetwork:
        return None
    return asked[0].snap_m, [times.seconds - START_S[profile] for times, profile in zip(asked, Profile, strict=True)]


def _median_steps(atlas: Atlas, profile: Profile, nodes: Ints, beside: list[Floats]) -> NDArray[np.uint16]:
    field = atlas.field(profile)[nodes].astype(float)
    field[field == np.iinfo(np.uint16).max] = math.inf
    seconds = np.median(np.vstack([field / 4.0, *beside]), axis=0)
    return np.asarray(np.minimum(np.rint(np.minimum(seconds, 1e6) / STEP_S), FAR_STEP).astype(np.uint16))


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
