"""Drive times of a device without a connection beside those of the server: `python -m bench.offline_times`."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from advisor.bootstrap.material import list_destinations, load_registry
from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.grid import lay_grid_of_times, pack_grid
from advisor.roads.model import OffNetwork, Profile
from advisor.roads.nearest import MOTORWAY_CLASS
from advisor.roads.network import Network, load_network
from advisor.services.offline_package import compress
from bench.offline import PACKAGE_LIMIT_BYTES, SKIPPED
from bench.roads import FOLDER
from tests.offline.device_times import device_times

POSITIONS = 3_000
NEAR_S, LONGEST_S = 60.0, 3_600.0
GOAL_SHARE = 0.95
NOON = datetime(2026, 1, 14, 11, 0, tzinfo=UTC)
EVENLY = "evenly over the ground"

Figures = dict[str, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when a goal is missed, 2 without the network, which `python -m bench.roads` builds."""
    parser = argparse.ArgumentParser(prog="python -m bench.offline_times", description=__doc__)
    parser.add_argument("label", nargs="?", default="region", help="a network that was measured; default: region")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--json", type=Path, help="also write the figures to a file")
    options = parser.parse_args(arguments)
    file = FOLDER / f"{options.label}.net"
    if not file.exists():
        return SKIPPED
    figures = measure(load_network(file), np.random.default_rng(options.seed))
    table = Table("what", "found", title=f"Drive times without a connection, {options.label}")
    for name, figure in figures.items():
        table.add_row(name, f"{figure:,.0f}" if name.endswith("bytes") else f"{figure:.1%}")
    Console().print(table)
    if options.json:
        options.json.write_text(json.dumps({"offline_times": {options.label: figures}}))
    missed = [share for name, share in figures.items() if EVENLY in name and share < GOAL_SHARE]
    return int(bool(missed) or figures["package, bytes"] > PACKAGE_LIMIT_BYTES)


def measure(network: Network, random: np.random.Generator) -> Figures:
    """Return the share of drives within an hour that the device tells within a minute, by kind of position."""
    with tempfile.TemporaryDirectory() as folder:
        atlas = Atlas.open(network, list_destinations(load_registry()), Path(folder))
        packed = pack_grid(lay_grid_of_times(atlas))
        figures: Figures = {"package, bytes": len(compress(packed))}
        is_motorway = np.repeat(network.road_class <= MOTORWAY_CLASS, np.diff(network.first_point))
        kinds = {
            "along roads": _along(network, ~is_motorway, random),
            EVENLY: _evenly(atlas, random),
            "along motorways": _along(network, is_motorway, random),
        }
        for kind, positions in kinds.items():
            for profile in Profile:
                told = device_times(atlas, positions, profile, NOON, Path(folder), lambda _: packed)
                figures[f"{kind}, {profile}"] = _share_near(atlas, positions, profile, told)
    return figures


def _along(network: Network, which: NDArray[np.bool_], random: np.random.Generator) -> list[Position]:
    points = random.choice(np.flatnonzero(which), POSITIONS)
    return [Position(lat=float(network.point_lat[point]), lon=float(network.point_lon[point])) for point in points]


def _evenly(atlas: Atlas, random: np.random.Generator) -> list[Position]:
    west, south, east, north = atlas.network.bounds
    found: list[Position] = []
    while len(found) < POSITIONS:
        position = Position(lat=float(random.uniform(south, north)), lon=float(random.uniform(west, east)))
        try:
            atlas.drive_times(position, profile=Profile.SIGNALS, at=NOON)
        except OffNetwork:
            continue
        found.append(position)
    return found


def _share_near(atlas: Atlas, positions: Sequence[Position], profile: Profile, told: Sequence[object]) -> float:
    """Drives that the device estimates along the straight line, or does not tell at all, count as wrong."""
    near = total = 0
    for position, drives in zip(positions, told, strict=True):
        server = atlas.drive_times(position, profile=profile, at=NOON)
        counted = ~server.geodesic & (server.seconds < LONGEST_S)
        total += int(counted.sum())
        if drives is not None:
            seconds, _, _, geodesic = np.array(drives, dtype=float).T
            near += int((np.abs(seconds - server.seconds)[counted & (geodesic == 0)] <= NEAR_S).sum())
    return near / total


if __name__ == "__main__":
    sys.exit(main())
