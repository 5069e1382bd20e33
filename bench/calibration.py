"""How well drive times predict those of ambulances: by distance, town or country, profile; and the interval.

What is foretold comes from speeds and routes that never saw a trip from the same origin.

Run: python -m bench.calibration [--json FILE] [--write]
"""

import argparse
import csv
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import Progress

from advisor.kernel import Position
from advisor.roads.build import BuildOptions, build_from_osm, within_box
from advisor.roads.drives import Drive, Drives, follow, put_on_roads
from advisor.roads.fit_report import by_distance, by_place, error_rows, slices, speed_rows
from advisor.roads.fitting import steps_of_fit
from advisor.roads.model import Profile
from advisor.roads.network import Network
from advisor.roads.recalibration import Recalibrated, recalibrate_by_routes
from advisor.roads.speeds import speed_table

SHARED = Path(os.environ.get("UITWIJK_SHARED", Path(__file__).parents[2] / "shared"))
TIMES = SHARED / "data" / "siren_times_utrecht.csv"
EXTRACT = SHARED / "data" / "netherlands.osm.pbf"
REPORT = Path(__file__).parents[1] / "docs" / "CALIBRATION.md"
AROUND_DEG = 0.25
"""Roads so far beyond the trips are taken along."""
GOAL_MIN, GOAL_INSIDE = 1.2, (0.70, 0.90)
"""Mean absolute error in minutes, and the share of trips in the 80 % interval."""
MARKS = ("<!-- by distance -->", "<!-- end -->")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 when the goals are missed, 2 when the material is not there."""
    parser = argparse.ArgumentParser(prog="python -m bench.calibration", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    parser.add_argument("--write", action="store_true", help="renew the tables in docs/CALIBRATION.md")
    options = parser.parse_args(arguments)
    missing = [path for path in (TIMES, EXTRACT) if not path.exists()]
    if missing:
        print(f"nothing at {', '.join(map(str, missing))}; set UITWIJK_SHARED", file=sys.stderr)
        return 2
    made = read_drives(TIMES)
    joined, _, _ = put_on_roads(network_around(made), made)
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("calibration", total=steps_of_fit())
        found = recalibrate_by_routes(joined, speed_table(Profile.SIGNALS), (), lambda: bar.advance(task))
    text = "\n".join(
        [*error_rows(found.judged), "", *speed_rows(speed_table(Profile.SIGNALS), found.table), *_slower(joined)]
    )
    print(text)
    if options.write:
        before, _, rest = REPORT.read_text("utf-8").partition(MARKS[0])
        REPORT.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{rest.partition(MARKS[1])[2]}", "utf-8")
    if options.json:
        options.json.write_text(json.dumps({"calibration": figures(found)}, indent=1))
    error, inside = figures(found)["all"]["mean_absolute_error_min"], figures(found)["all"]["inside"]
    return 0 if error <= GOAL_MIN and GOAL_INSIDE[0] <= inside <= GOAL_INSIDE[1] else 1


def read_drives(path: Path) -> list[Drive]:
    """Read `from_lat,from_lon,to_lat,to_lon,minutes`."""
    with path.open(encoding="utf-8") as file:
        return [
            Drive(
                start=Position(lat=float(row["from_lat"]), lon=float(row["from_lon"])),
                end=Position(lat=float(row["to_lat"]), lon=float(row["to_lon"])),
                seconds=float(row["minutes"]) * 60.0,
            )
            for row in csv.DictReader(file)
        ]


def network_around(drives: Sequence[Drive]) -> Network:
    """Build the network around some drives."""
    lat = [place.lat for drive in drives for place in (drive.start, drive.end)]
    lon = [place.lon for drive in drives for place in (drive.start, drive.end)]
    west, south, east, north = min(lon), min(lat), max(lon), max(lat)
    box = within_box(west - AROUND_DEG, south - AROUND_DEG, east + AROUND_DEG, north + AROUND_DEG)
    return build_from_osm(EXTRACT, BuildOptions(inside=box))


def figures(found: Recalibrated) -> dict[str, dict[str, Any]]:
    """The same as numbers, by the parts of the table."""
    judged = found.judged
    return {
        name: {
            "trips": int(chosen.sum()),
            "mean_absolute_error_min": float(np.abs(judged.now - judged.actual)[chosen].mean()) / 60.0,
            "inside": float(judged.inside_now[chosen].mean()),
        }
        for name, chosen in slices(judged)
        if chosen.any()
    }


def _slower(drives: Drives) -> Sequence[str]:
    """Lines about the profile without signals: the same trips by either table."""
    tables = [speed_table(profile) for profile in Profile]
    signals, without = (follow(drives, table, table) for table in tables)
    ratio = signals.predicted / without.predicted
    rows = ["", "| with signals ÷ without, same trips | trips | middle | 10-90 % |\n|---|---|---|---|"]
    for name, chosen in (*by_distance(signals.distance_m), *by_place(drives.built_up)):
        if chosen.any():
            low, middle, high = np.percentile(ratio[chosen], [10, 50, 90])
            rows.append(f"| {name} | {int(chosen.sum())} | {middle:.2f} | {low:.2f}-{high:.2f} |")
    return rows


if __name__ == "__main__":
    sys.exit(main())
