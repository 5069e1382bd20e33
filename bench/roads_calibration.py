"""Fit the speeds with signals on ambulance driving times, cross-validated by origin, and write docs/CALIBRATION.md.

Run: python -m bench.roads_calibration NETWORK [--csv FILE] [--write]
"""

import argparse
import csv
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from geopy.distance import great_circle
from numpy.typing import NDArray

from advisor.kernel import Position
from advisor.roads.drives import GROUPS, group_of_roads
from advisor.roads.fields import Times, blocks_of
from advisor.roads.fitting import least_error, quantile_line
from advisor.roads.hierarchy import COST_SHIFT, Hierarchy, contract_network, customize, sweep_into
from advisor.roads.join import Joins, join_destinations, start_costs
from advisor.roads.model import Destination, Profile
from advisor.roads.network import Network, load_network
from advisor.roads.route import best_way
from advisor.roads.snap import Reach, Snap, lay_grid, snap
from advisor.roads.speeds import APPROACH_KPH, BUILT_UP_DENSITY, road_speeds_kph, speed_table

SHARED = Path(os.environ.get("UITWIJK_SHARED", Path(__file__).parents[2] / "shared"))
REPORT = Path(__file__).parents[1] / "docs" / "CALIBRATION.md"
FOLDS = 5
ROUNDS = 4
"""Routes and speeds are fitted in turn, this many times."""

PRIOR_KPH = {
    "motorway": 107,
    "motorway and trunk links": 80,
    "trunk": 90,
    "primary, open": 80,
    "primary, built-up": 60,
    "secondary, open": 75,
    "secondary, built-up": 60,
    "tertiary and unclassified, open": 60,
    "tertiary and unclassified, built-up": 50,
    "residential, open": 45,
    "residential, built-up": 42,
    "living street": 20,
    "service and others": 30,
}
"""The speed that is expected of each group of roads before any data."""
PRIOR_START_S = 50.0
PRIOR_KM = {"living street": 300.0, "service and others": 300.0}
DEFAULT_PRIOR_KM = 30.0
"""How firmly the expectation is held, in kilometres of driving; firmer where hardly any trip drives."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Trips:
    """Pairs of places with their driving times; `start` and `goal` number the places."""

    network: Network
    places: tuple[Destination, ...]
    start: Ints
    goal: Ints
    seconds: Floats
    joins: Joins
    snaps: tuple[Snap, ...]
    hierarchy: Hierarchy

    @property
    def legs_s(self) -> Floats:
        """Seconds of the straight lines between the places and the road, both ends."""
        leg_m = np.array([found.distance_m[0] for found in self.snaps])
        return (leg_m[self.start] + leg_m[self.goal]) / APPROACH_KPH * 3.6


@dataclass(frozen=True, kw_only=True, eq=False)
class Fit:
    """Seconds per kilometre of each group, and the constant."""

    pace: Floats
    start_s: float


def read_trips(network: Network, path: Path) -> Trips:
    """Read `from_lat,from_lon,to_lat,to_lon,minutes`."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ends = [tuple((float(row[f"{end}_lat"]), float(row[f"{end}_lon"])) for end in ("from", "to")) for row in rows]
    spots = sorted({spot for pair in ends for spot in pair})
    number = {spot: i for i, spot in enumerate(spots)}
    places = tuple(Destination(id=str(i), position=Position(lat=lat, lon=lon)) for i, (lat, lon) in enumerate(spots))
    grid, reach = lay_grid(network), Reach.of(network)
    return Trips(
        network=network,
        places=places,
        start=np.array([number[pair[0]] for pair in ends]),
        goal=np.array([number[pair[1]] for pair in ends]),
        seconds=np.array([float(row["minutes"]) * 60 for row in rows]),
        joins=join_destinations(grid, places),
        snaps=tuple(snap(grid, place.position, reach) for place in places),
        hierarchy=contract_network(network),
    )


def kilometres(trips: Trips, kph: Floats) -> Floats:
    """Kilometres in each group along the fastest route of each trip, float64[trips, groups], at a speed a road."""
    network = trips.network
    times = _fields(trips, kph)
    group = group_of_roads(network)
    totals = np.zeros((len(trips.start), len(GROUPS)))
    for i, (start, goal) in enumerate(zip(trips.start, trips.goal, strict=True)):
        way = best_way(network, times, trips.joins, trips.snaps[start], int(goal))
        edges = np.array([stretch.edge for stretch in way.stretches])
        share = np.array([stretch.end - stretch.start for stretch in way.stretches])
        road = network.edge_road[edges]
        np.add.at(totals[i], group[road], network.road_length_m[road] * share / 1000)
    return totals


def _fields(trips: Trips, kph: Floats) -> Times:
    network = trips.network
    time_ms = np.maximum(np.rint(network.road_length_m / kph * 3600), 1).astype(np.int64)
    decimetres = np.rint(network.road_length_m * 10).astype(np.int64)
    cost = ((time_ms << COST_SHIFT) | decimetres)[network.edge_road]
    shortcuts = customize(trips.hierarchy, network, cost)
    shape = (network.node_count, len(trips.places))
    stored = (np.empty(shape, np.uint16), np.empty(shape, np.uint16), np.empty(shape, np.uint16))
    blocks = blocks_of(shape[1])
    scratch = np.empty(shape[0] * max(map(len, blocks)), np.int64)
    for block in blocks:
        starts = start_costs(network, trips.joins, cost, block)
        columns = tuple(array[:, block.start : block.stop] for array in stored)
        sweep_into(columns, trips.hierarchy, shortcuts, starts, scratch)
    return Times.on_open_roads(speed_table(Profile.SIGNALS), cost, stored)


def prior() -> Fit:
    """What is expected before any data."""
    return Fit(pace=np.array([3600 / PRIOR_KPH[name] for name, *_ in GROUPS]), start_s=PRIOR_START_S)


def fit(km: Floats, seconds: Floats) -> Fit:
    """Paces and a constant that bring the absolute error down, held by the prior."""
    held = prior()
    expected = np.append(held.pace, held.start_s)
    firm = np.array([PRIOR_KM.get(name, DEFAULT_PRIOR_KM) for name, *_ in GROUPS] + [60.0]) / expected
    found = least_error(np.column_stack((km, np.ones(len(km)))), seconds, expected, firm)
    return Fit(pace=found[:-1], start_s=float(found[-1]))


def fit_with_routes(trips: Trips, chosen: NDArray[np.bool_]) -> tuple[Fit, Floats]:
    """Fit on some trips, finding routes and speeds in turn; the fit, and its kilometres for all trips."""
    group = group_of_roads(trips.network)
    found = prior()
    km = np.zeros((len(trips.start), len(GROUPS)))
    for _ in range(ROUNDS):
        km = kilometres(trips, (3600 / found.pace)[group])
        found = fit(km[chosen], (trips.seconds - trips.legs_s)[chosen])
    return found, kilometres(trips, (3600 / found.pace)[group])


def predict(trips: Trips, found: Fit, km: Floats) -> Floats:
    """Seconds of all trips."""
    return np.asarray(km @ found.pace + found.start_s + trips.legs_s)


def folds_by_origin(trips: Trips) -> Ints:
    """Number the fold of each trip; all trips from one place are in the same fold."""
    shuffled = np.random.default_rng(2022).permutation(len(trips.places))
    return np.asarray(shuffled[trips.start] % FOLDS)


def cross_validate(trips: Trips) -> Floats:
    """Seconds of every trip by speeds (and routes) that never saw a trip from its origin."""
    fold = folds_by_origin(trips)
    seconds = np.zeros(len(fold))
    for number in range(FOLDS):
        found, km = fit_with_routes(trips, fold != number)
        seconds[fold == number] = predict(trips, found, km)[fold == number]
    return seconds


def straight_line(trips: Trips) -> Floats:
    """Cross-validated comparison: a constant and a pace along the straight line."""
    ends = [(place.position.lat, place.position.lon) for place in trips.places]
    km = np.array([great_circle(ends[a], ends[b]).km for a, b in zip(trips.start, trips.goal, strict=True)])
    design, fold, seconds = np.column_stack((km, np.ones(len(km)))), folds_by_origin(trips), np.zeros(len(km))
    for number in range(FOLDS):
        chosen = fold != number
        found, *_ = np.linalg.lstsq(design[chosen], trips.seconds[chosen], rcond=None)
        seconds[~chosen] = design[~chosen] @ found
    return seconds


def in_force(trips: Trips) -> Floats:
    """Seconds by the table that the program uses."""
    table = speed_table(Profile.SIGNALS)
    kph = road_speeds_kph(trips.network, table)
    times = _fields(trips, kph)
    found = [
        best_way(trips.network, times, trips.joins, trips.snaps[start], int(goal)).cost >> COST_SHIFT
        for start, goal in zip(trips.start, trips.goal, strict=True)
    ]
    # The way contains both straight lines already.
    return np.array(found) / 1000 + table.start_s


def band_coverage(trips: Trips, predicted: Floats) -> tuple[NDArray[np.bool_], Floats]:
    """Which trips fall in a band fitted on other origins; and the band fitted on all (rows: low, high)."""
    fold, inside = folds_by_origin(trips), np.zeros(len(predicted), np.bool_)
    for number in range(FOLDS):
        train, test = fold != number, fold == number
        low, high = (quantile_line(predicted[train], trips.seconds[train], q) for q in (0.1, 0.9))
        rest = (trips.seconds - predicted)[test]
        inside[test] = (low[0] + low[1] * predicted[test] <= rest) & (rest <= high[0] + high[1] * predicted[test])
    return inside, np.array([quantile_line(predicted, trips.seconds, q) for q in (0.1, 0.9)])


def row(name: str, predicted: Floats, actual: Floats) -> str:
    """A line of a table: count, errors and ratios."""
    miss, ratio = (predicted - actual) / 60, predicted / actual
    low, high = np.percentile(ratio, [10, 90])
    return (
        f"| {name} | {len(actual)} | {np.abs(miss).mean():.2f} | {miss.mean():+.2f} | {np.median(ratio):.3f} "
        f"| {low:.2f}-{high:.2f} |"
    )


HEAD = (
    "| | trips | mean absolute error, min | mean error, min | median ratio | 10-90 % of ratios |\n" + "|---" * 6 + "|"
)


def report(trips: Trips, cross: Floats, whole: Fit) -> Iterator[str]:
    """The pages of docs/CALIBRATION.md."""
    actual, table = trips.seconds, in_force(trips)
    inside, band = band_coverage(trips, cross)
    yield INTRODUCTION.format(folds=FOLDS, rounds=ROUNDS)
    yield "## How well it predicts\n\n" + HEAD
    yield row("cross-validated by origin", cross, actual)
    yield row("table in force (rounded), same trips", table, actual)
    yield row("straight line, cross-validated", straight_line(trips), actual)
    yield "\n## What was fitted\n\n| roads | km/h |\n|---|---|"
    for (name, *_), pace in zip(GROUPS, whole.pace, strict=True):
        yield f"| {name} | {3600 / pace:.0f} |"
    yield f"\nConstant: {whole.start_s:.0f} s.\n"
    yield "## Where it errs (cross-validated)\n\n" + HEAD
    for name, chosen in _slices(trips, cross):
        yield row(name, cross[chosen], actual[chosen])
    yield BAND_TEXT.format(
        covered=100 * inside.mean(),
        worst=min(100 * inside[chosen].mean() for chosen in _deciles(actual)),
        low=f"{band[0, 0]:+.0f} s {100 * band[0, 1]:+.1f} %",
        high=f"{band[1, 0]:+.0f} s {100 * band[1, 1]:+.1f} %",
    )
    yield "| decile by time | minutes | covered, % |\n|---|---|---|"
    for number, chosen in enumerate(_deciles(actual), 1):
        minutes = f"{actual[chosen].min() / 60:.0f}-{actual[chosen].max() / 60:.0f}"
        yield f"| {number} | {minutes} | {100 * inside[chosen].mean():.0f} |"


def _deciles(actual: Floats) -> Sequence[NDArray[np.bool_]]:
    rank = np.argsort(np.argsort(actual)) * 10 // len(actual)
    return [rank == number for number in range(10)]


def _slices(trips: Trips, predicted: Floats) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    actual = trips.seconds
    for number, chosen in enumerate(_deciles(actual), 1):
        yield f"time, decile {number} ({actual[chosen].min() / 60:.0f}-{actual[chosen].max() / 60:.0f} min)", chosen
    roads = np.array([found.road[0] for found in trips.snaps])
    built_up = trips.network.road_density[roads] >= BUILT_UP_DENSITY
    for name, at_start, at_goal in (
        ("town to town", True, True),
        ("town to country", True, False),
        ("country to town", False, True),
        ("country to country", False, False),
    ):
        yield name, (built_up[trips.start] == at_start) & (built_up[trips.goal] == at_goal)
    lat = np.array([place.position.lat for place in trips.places])
    lon = np.array([place.position.lon for place in trips.places])
    north, east = lat[trips.goal] - lat[trips.start], (lon[trips.goal] - lon[trips.start]) * np.cos(np.radians(52))
    bearing = np.degrees(np.arctan2(east, north)) % 360
    for name, low in (("northward", 315), ("eastward", 45), ("southward", 135), ("westward", 225)):
        yield name, (bearing - low) % 360 < 90


INTRODUCTION = """# Calibration of drive times

*Made by `python -m bench.roads_calibration NETWORK --write`; the figures down to "The band" are what it printed.*

**Data.** 5,000 ambulance driving times with signals between 116 places (postcode areas) in and around the province of
Utrecht, 2022, derived from the national ambulance driving-time model. Road network: OpenStreetMap, August 2021.

**What is fitted.** One speed for each group of roads below, some apart inside and outside built-up areas, and one
constant for every trip. Built-up means fifteen junctions or more per quarter square kilometre around the road. The
straight line between a place and its road counts at 30 km/h and is not fitted. Routes depend on speeds, so both are
found in turn ({rounds} times). The absolute error is brought down; speeds are held to an expectation where few trips
drive.

**How it is judged.** Places are split into {folds} groups; the trips from each group are predicted by speeds *and
routes* that were found without any trip from that group.
"""
BAND_TEXT = """
## The band

The 80 % interval is the 10 % and the 90 % quantile of the cross-validated error as a constant and a share of the drive
time: low {low}, high {high}. Judged on origins that were left out it covers **{covered:.1f} %**, the worst decile
{worst:.0f} %.
"""
KEPT = "## By distance, by place, by profile"
"""From this heading on the page is written elsewhere."""


def main() -> int:
    """Fit, judge, and print or write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path)
    parser.add_argument("--csv", type=Path, default=SHARED / "data" / "siren_times_utrecht.csv")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    trips = read_trips(load_network(options.network), options.csv)
    whole, _ = fit_with_routes(trips, np.ones(len(trips.start), np.bool_))
    text = "\n".join(report(trips, cross_validate(trips), whole)) + "\n"
    if options.write:
        page = REPORT.read_text(encoding="utf-8")
        REPORT.write_text(f"{text}\n{page[page.index(KEPT) :]}", encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
