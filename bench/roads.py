"""Drive times to all emergency departments beside the peers, exactness, closures and reach; from a city to the country.

Run: python -m bench.roads [amsterdam] [region] [netherlands] [--json FILE] [--write]
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from rich.console import Console

from advisor.bootstrap.material import list_destinations, load_registry
from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.lookup import join_rows, look_up
from advisor.roads.model import OffNetwork, Profile
from advisor.roads.network import Network, load_network
from advisor.roads.snap import Reach, search_arrays
from bench import roads_closures, roads_exact
from bench.figures import Asked, as_row, ask_all, clocked, machine, median_s, show
from bench.roads_peers import Case, peers, valhalla
from bench.roads_table import PAGE, write_page

SHARED = Path(os.environ.get("UITWIJK_SHARED", Path(__file__).parents[2] / "shared"))
EXTRACTS = {
    "amsterdam": SHARED / "data" / "amsterdam.osm.pbf",
    "region": SHARED / "data" / "noord-holland-flevoland.osm.pbf",
    "netherlands": SHARED / "data" / "netherlands.osm.pbf",
}
ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "var" / "bench" / "roads"
QUESTIONS = 3_000
NEAR_DEG = 0.0005
REACH_MIN = 45.0

Figures = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 0 when every time is exact, 1 when not, 2 when an extract is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.roads", description=__doc__)
    parser.add_argument("extracts", nargs="*", default=list(EXTRACTS), help=f"out of {', '.join(EXTRACTS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures there, beside others")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name} from what was measured or kept")
    options = parser.parse_args(arguments)
    missing = [EXTRACTS[label] for label in options.extracts if not EXTRACTS[label].exists()]
    if missing:
        print(f"no extract at {', '.join(map(str, missing))}; set UITWIJK_SHARED", file=sys.stderr)
        return 2
    found = {label: measure(label) for label in options.extracts}
    _print(found)
    kept = json.loads(options.json.read_text()) if options.json and options.json.exists() else {}
    kept = {label: figures for label in EXTRACTS if (figures := found.get(label) or kept.get(label))}
    if options.json:
        options.json.write_text(json.dumps(kept, indent=1))
    if options.write:
        write_page(kept, machine())
    exact = all(figures["exact"]["largest_difference_s"] <= roads_exact.ROUNDING_S for figures in found.values())
    return 0 if exact else 1


def measure(label: str) -> Figures:
    """Everything about one extract; its network is built once and kept under var/bench."""
    built = _build(label)
    network = load_network(FOLDER / f"{label}.net")
    sites = tuple(load_registry())
    goals = list_destinations(sites)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        first_s, _ = clocked(lambda: Atlas.open(network, goals, Path(folder)))

        def open_again() -> Atlas:
            return Atlas.open(load_network(FOLDER / f"{label}.net"), goals, Path(folder))

        next_s, next_cpu_s = median_s(open_again), median_s(open_again, clock=process_time)
        atlas = Atlas.open(network, goals, Path(folder))
        nodes, spots = _places(network, atlas)
        case = Case(network=network, atlas=atlas, extract=EXTRACTS[label], nodes=nodes, spots=spots)
        answers = [*_ours(atlas, spots)]
        worst_s, pairs = roads_exact.largest_difference_s(atlas, spots)
        closures = roads_closures.measure(atlas, spots)
        region = [site.id for site in sites if site.protocol]
        atlas.reach(region, REACH_MIN, profile=Profile.SIGNALS)
        reach_s = median_s(lambda: atlas.reach(region, REACH_MIN, profile=Profile.SIGNALS))
        answers += peers(case)
    if other := valhalla(case, FOLDER / f"valhalla-{label}"):
        answers.append(other[0])
        built["valhalla_tiles_s"] = other[1]
    return {
        "nodes": network.node_count,
        "edges": network.edge_count,
        "destinations": len(goals),
        "joined": int((~atlas.joins.off).sum()),
        **built,
        "first_open_s": first_s,
        "next_open_s": next_s,
        "next_open_processor_s": next_cpu_s,
        "answers": [as_row(asked, answers[0]) for asked in answers],
        "exact": {"pairs": pairs, "largest_difference_s": worst_s},
        "closures": closures,
        "reach_45_min_s": reach_s,
    }


def _build(label: str) -> Figures:
    """Build the network by the command, in a process of its own, unless it is there; what it took is kept beside it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    network, record = FOLDER / f"{label}.net", FOLDER / f"{label}.json"
    if not (network.exists() and record.exists()):
        program = (
            "import resource, sys, time; from advisor.__main__ import main; main(sys.argv[1:]);"
            "print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        command = [sys.executable, "-c", program, "network", "build", "--osm", EXTRACTS[label], "--out", network]
        took_s, done = clocked(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True))
        processor_s, peak_kb = done.stdout.split()[-2:]
        record.write_text(
            json.dumps(
                {"build_s": took_s, "build_processor_s": float(processor_s), "build_peak_mb": int(peak_kb) / 1e3}
            )
        )
    figures: Figures = json.loads(record.read_text())
    return figures


def _places(network: Network, atlas: Atlas) -> tuple[list[int], list[Position]]:
    """Random nodes, and positions some tens of metres from them that are not off the network."""
    draw = np.random.default_rng(1)
    nodes = draw.integers(0, network.node_count, QUESTIONS).tolist()
    offsets = draw.normal(0, NEAR_DEG, (QUESTIONS, 2)).tolist()
    spots = []
    for node, (north, east) in zip(nodes, offsets, strict=True):
        spot = Position(lat=float(network.node_lat[node]) + north, lon=float(network.node_lon[node]) + east)
        try:
            atlas.drive_times(spot, profile=Profile.SIGNALS)
        except OffNetwork:
            continue
        spots.append(spot)
    return nodes, spots


def _ours(atlas: Atlas, spots: list[Position]) -> list[Asked]:
    search, limits, joins = search_arrays(atlas.grid), Reach.of(atlas.network).limits, atlas.joins
    fields = atlas.look_up_arrays(Profile.SIGNALS)
    at = join_rows(joins)
    places = [(spot.lat, spot.lon, math.nan) for spot in spots]
    memory_mb = (2 * sum(array.nbytes for array in fields[3:5]) + sum(array.nbytes for array in search)) / 1e6
    return [
        ask_all(
            "Uitwijk, snapping and times",
            lambda place: look_up(place, limits, search, fields, at, np.empty((2, len(atlas.ids)))),
            places,
            memory_mb=memory_mb,
        ),
        ask_all(
            "Uitwijk, with bands, arrival and distance",
            lambda spot: atlas.drive_times(spot, profile=Profile.SIGNALS),
            spots,
            memory_mb=memory_mb,
        ),
    ]


def _print(found: dict[str, Figures]) -> None:
    console = Console(width=150)
    for label, figures in found.items():
        show(console, f"{label}: one position to all {figures['destinations']} EDs", figures["answers"])
    plain = ("nodes", "edges", "joined", "build_s", "build_processor_s", "build_peak_mb")
    plain += ("first_open_s", "next_open_s", "next_open_processor_s", "reach_45_min_s")
    show(
        console,
        "Growth",
        [{"network": label} | {name: figures[name] for name in plain} for label, figures in found.items()],
    )
    closures = {label: figures["closures"] for label, figures in found.items()}
    show(
        console,
        "Closures",
        [
            {"figure": name} | {label: figures[name] for label, figures in closures.items()}
            for name in next(iter(closures.values()), {})
        ],
    )
    show(
        console,
        "Exactness against Dijkstra",
        [{"network": label} | figures["exact"] for label, figures in found.items()],
    )


if __name__ == "__main__":
    sys.exit(main())
