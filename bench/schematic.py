"""How near the schematic road network comes to real roads: drive times to the nearest EDs, side by side."""

import argparse
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from advisor.bootstrap.material import list_destinations, load_network, load_registry
from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.build import build_from_osm
from advisor.roads.model import Destination, OffNetwork, Profile
from advisor.roads.network import Network, save_network
from advisor.roads.snap import Reach, lay_grid, snap

SHARED = Path(os.environ.get("UITWIJK_SHARED", Path(__file__).parents[2] / "shared"))
EXTRACT = SHARED / "data" / "noord-holland-flevoland.osm.pbf"
REGIONS = SHARED / "facts" / "veiligheidsregio.geojson"
CACHE = Path(__file__).parents[1] / "var" / "bench" / "schematic"

REGION_NAMES = {
    "VR09": "Utrecht",
    "VR10": "Noord-Holland Noord",
    "VR11": "Zaanstreek-Waterland",
    "VR12": "Kennemerland",
    "VR13": "Amsterdam-Amstelland",
    "VR14": "Gooi en Vechtstreek",
    "VR25": "Flevoland",
}
"""The safety regions of the network, by code."""
SEED = 20_260_101
NEAREST_COUNT = 10
POSITION_LIMIT_M = 300.0
"""Only positions at most this far from a real road are compared."""
DESTINATION_LIMIT_M = 500.0
"""Only EDs at most this far from a road of the extract: beyond, the extract lacks the streets around them."""
MARGIN_DEG = 0.005
"""Positions keep this far from the edge of the extract."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the differences may be at most, and the share of positions with the same nearest ED at least."""

    median_min: float = 2.0
    median_share: float = 0.12
    p90_min: float = 5.0
    same_nearest: float = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """Differences schematic against real: minutes unless it says otherwise; shares are 0 to 1."""

    positions: int
    median_min: float
    median_share: float
    p90_min: float
    bias_min: float
    same_nearest: float

    def meets(self, goal: Goal) -> bool:
        return (
            self.median_min <= goal.median_min
            and self.median_share <= goal.median_share
            and self.p90_min <= goal.p90_min
            and self.same_nearest >= goal.same_nearest
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """Seconds from n positions to e EDs over both networks, and the safety region of each position.

    real_s, schematic_s : float64[n, e]; region : codes of REGION_NAMES, [n].
    """

    positions: tuple[Position, ...]
    destinations: tuple[Destination, ...]
    region: NDArray[np.str_]
    real_s: NDArray[np.float64]
    schematic_s: NDArray[np.float64]

    def accuracy(self, region: str | None = None) -> Accuracy:
        """Sum up the differences to the nearest EDs (nearest by the real roads), for one region or for all."""
        chosen = np.ones(len(self.region), bool) if region is None else self.region == region
        real_s, schematic_s = self.real_s[chosen], self.schematic_s[chosen]
        nearest = np.argsort(real_s, axis=1)[:, :NEAREST_COUNT]
        real = np.take_along_axis(real_s, nearest, 1)
        difference = np.take_along_axis(schematic_s, nearest, 1) - real
        same = schematic_s.argmin(axis=1) == real_s.argmin(axis=1)
        return Accuracy(
            positions=int(chosen.sum()),
            median_min=float(np.median(np.abs(difference))) / 60,
            median_share=float(np.median(np.abs(difference) / real)),
            p90_min=float(np.percentile(np.abs(difference), 90)) / 60,
            bias_min=float(np.median(difference)) / 60,
            same_nearest=float(same.mean()),
        )


def compare(count: int, profile: Profile, progress: Progress | None = None) -> Comparison:
    """Compare drive times from `count` positions of the seeded sample."""
    network = real_network(progress)
    destinations = joined_destinations(network)
    real = Atlas.open(network, destinations, CACHE / "fields")
    schematic = Atlas.open(load_network(None), destinations)
    positions, regions, real_s, schematic_s = [], [], [], []
    for region, position in sample(network.bounds):
        try:
            times = real.drive_times(position, profile=profile)
        except OffNetwork:
            continue
        if times.snap_m > POSITION_LIMIT_M:
            continue
        positions.append(position)
        regions.append(region)
        real_s.append(times.seconds)
        schematic_s.append(schematic.drive_times(position, profile=profile).seconds)
        if len(positions) == count:
            break
    return Comparison(
        positions=tuple(positions),
        destinations=tuple(destinations),
        region=np.array(regions),
        real_s=np.array(real_s),
        schematic_s=np.array(schematic_s),
    )


def real_network(progress: Progress | None = None) -> Network:
    """Build the real network, or take it from the cache while extract and road code are what they were."""
    stat = EXTRACT.stat()
    digest = hashlib.blake2b(f"{stat.st_size} {stat.st_mtime_ns}".encode(), digest_size=8)
    for source in sorted(Path(str(files("advisor.roads"))).glob("*.py")):
        digest.update(source.read_bytes())
    path = CACHE / f"{EXTRACT.name}.{digest.hexdigest()}.net"
    if not path.exists():
        task = progress.add_task("", total=None) if progress else None

        def report(label: str, done: int, total: int) -> None:
            if progress and task is not None:
                progress.update(task, description=label, completed=done, total=total)

        shutil.rmtree(CACHE, ignore_errors=True)
        save_network(build_from_osm(EXTRACT, report=report), path)
    return load_network(path)


def joined_destinations(network: Network) -> list[Destination]:
    """List the EDs of the registry that lie by a road of the real network."""
    grid, reach = lay_grid(network), Reach.of(network)
    found = []
    for destination in list_destinations(load_registry()):
        try:
            nearest = snap(grid, destination.position, reach)
        except OffNetwork:
            continue
        if nearest.distance_m[0] <= DESTINATION_LIMIT_M:
            found.append(destination)
    return found


def sample(bounds: tuple[float, float, float, float]) -> Iterator[tuple[str, Position]]:
    """Draw positions, evenly over the area of the safety regions, without end; each with its region."""
    polygons = {
        feature["properties"]["code"]: shapely.geometry.shape(feature["geometry"])
        for feature in json.loads(REGIONS.read_text(encoding="utf-8"))["features"]
        if feature["properties"]["code"] in REGION_NAMES
    }
    box = shapely.box(*bounds).buffer(-MARGIN_DEG)
    area = shapely.union_all(list(polygons.values())).intersection(box)
    shapely.prepare([area, *polygons.values()])
    west, south, east, north = area.bounds
    generator = np.random.default_rng(SEED)
    while True:
        lon, lat = generator.uniform(west, east), generator.uniform(south, north)
        # Degrees of longitude shrink northward: draw so that every square kilometre has the same chance.
        if generator.uniform() * np.cos(np.radians(south)) > np.cos(np.radians(lat)):
            continue
        point = shapely.Point(lon, lat)
        if area.contains(point):
            region = next(code for code, polygon in polygons.items() if polygon.contains(point))
            yield region, Position(lat=lat, lon=lon)


def table_of(comparison: Comparison, title: str) -> Table:
    """Lay out the accuracy by safety region, the whole last; minutes, and shares in per cent."""
    table = Table("region", "positions", "median", "median %", "90th", "bias", "same nearest %", title=title)
    for code in (*REGION_NAMES, None):
        if code is not None and not (comparison.region == code).any():
            continue
        found = comparison.accuracy(code)
        table.add_row(
            f"{code} {REGION_NAMES[code]}" if code else "all",
            str(found.positions),
            f"{found.median_min:.2f}",
            f"{100 * found.median_share:.1f}",
            f"{found.p90_min:.2f}",
            f"{found.bias_min:+.2f}",
            f"{100 * found.same_nearest:.1f}",
        )
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the accuracy for both profiles; 0 when it meets the goal, 1 when not, 2 when the extract is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--positions", type=int, default=2_000)
    options = parser.parse_args(arguments)
    if not EXTRACT.exists():
        print(f"no extract at {EXTRACT}; set UITWIJK_SHARED", file=sys.stderr)
        return 2
    console, goal, met = Console(), Goal(), True
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for profile in Profile:
            comparison = compare(options.positions, profile, progress)
            console.print(table_of(comparison, title=profile.value))
            met = met and comparison.accuracy().meets(goal)
    console.print(f"goal {'met' if met else 'MISSED'}: {goal}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
