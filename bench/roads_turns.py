"""Do turn costs predict ambulance driving times better? The calibration with them and without, on the same trips.

A search over directed road pieces, so that a turn can cost something, in the area around the trips; seconds for turning
right, turning left and passing a junction are fitted along with the speeds, and judged by origins that were left out.

Run: python -m bench.roads_turns NETWORK [--csv FILE]
"""

import argparse
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from advisor.roads.drives import GROUPS, group_of_roads
from advisor.roads.fitting import least_error
from advisor.roads.network import Network, load_network
from bench.roads_calibration import (
    DEFAULT_PRIOR_KM,
    FOLDS,
    HEAD,
    PRIOR_KM,
    SHARED,
    Trips,
    folds_by_origin,
    prior,
    read_trips,
    row,
)

AROUND_DEG = 0.06
TURN_DEG = 35.0
"""From this change of direction on it is a turn."""
ROUNDS = 3
KINDS = ("turn right", "turn left", "junction passed straight on")
EXPECTED_S = 2.0
FIRM_TURNS = 10.0
"""The expectation weighs as much as some tens of turns: next to nothing among five thousand trips."""

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class TurnGraph:
    """Directed road pieces as nodes. `edge` are those of the network in the area; the other arrays are by turn.

    before, after : numbers of pieces; kind : 0 to 2 as in `KINDS`, -1 where there is no junction.
    """

    network: Network
    edge: Longs
    before: Longs
    after: Longs
    kind: Longs

    @cached_property
    def number(self) -> Longs:
        """The number of the piece of each edge, -1 outside the area."""
        number = np.full(self.network.edge_count, -1)
        number[self.edge] = np.arange(len(self.edge))
        return number

    @cached_property
    def kind_of(self) -> dict[tuple[int, int], int]:
        """The kind of each turn that counts."""
        counted = self.kind >= 0
        pairs = zip(self.before[counted].tolist(), self.after[counted].tolist(), strict=True)
        return dict(zip(pairs, self.kind[counted].tolist(), strict=True))


def turn_graph(trips: Trips) -> TurnGraph:
    """Take the roads around the trips; nobody turns back on a road."""
    network = trips.network
    lat = np.array([place.position.lat for place in trips.places])
    lon = np.array([place.position.lon for place in trips.places])
    inside = (network.node_lat > lat.min() - AROUND_DEG) & (network.node_lat < lat.max() + AROUND_DEG)
    inside &= (network.node_lon > lon.min() - AROUND_DEG) & (network.node_lon < lon.max() + AROUND_DEG)
    edge = np.flatnonzero(inside[network.edge_tail] & inside[network.edge_head])
    head, tail = network.edge_head[edge], network.edge_tail[edge]
    order = np.argsort(tail, kind="stable")
    low, high = np.searchsorted(tail[order], head, "left"), np.searchsorted(tail[order], head, "right")
    counts = high - low
    before = np.repeat(np.arange(len(edge)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    after = order[np.repeat(low, counts) + within]
    on = network.edge_road[edge[before]] != network.edge_road[edge[after]]
    before, after = before[on], after[on]
    start, end = _bearings(network, edge)
    turned = (start[after] - end[before] + 180.0) % 360.0 - 180.0
    kind = np.where(np.abs(turned) < TURN_DEG, 2, np.where(turned > 0, 0, 1))
    roads_at = np.bincount(np.concatenate((head, tail)), minlength=network.node_count)
    kind[roads_at[head[before]] <= 4] = -1  # a bend between two roads of two directions each, or less
    return TurnGraph(network=network, edge=edge, before=before, after=after, kind=kind)


def _bearings(network: Network, edge: Longs) -> tuple[Floats, Floats]:
    """Direction of the first and of the last piece of each edge, degrees clockwise from north."""
    road, forward = network.edge_road[edge], network.edge_forward[edge]
    first, last = network.first_point[road], network.first_point[road + 1] - 1

    def bearing(a: Longs, b: Longs) -> Floats:
        north = network.point_lat[b] - network.point_lat[a]
        east = (network.point_lon[b] - network.point_lon[a]) * np.cos(np.radians(network.point_lat[a]))
        return np.asarray(np.degrees(np.arctan2(east, north)))

    along_first, along_last = bearing(first, first + 1), bearing(last - 1, last)
    return np.where(forward, along_first, along_last + 180.0), np.where(forward, along_last, along_first + 180.0)


def features(trips: Trips, graph: TurnGraph, pace: Floats, turn_s: Floats) -> Floats:
    """Kilometres in each group and turns of each kind along the fastest route of each trip."""
    network, pieces = graph.network, len(graph.edge)
    group = group_of_roads(network)
    road = network.edge_road[graph.edge]
    seconds = network.road_length_m[road] / 1000 * pace[group[road]]
    price = np.append(turn_s, 0.0)[graph.kind]
    # A node more for each place, from which the pieces are reached on which one sets out.
    set_out = [(pieces + i, piece, (1 - share) * seconds[piece]) for i, piece, share in _ends(trips, graph)]
    tail = np.concatenate((graph.before, [each[0] for each in set_out]))
    head = np.concatenate((graph.after, [each[1] for each in set_out]))
    weight = np.concatenate((seconds[graph.after] + price, [max(each[2], 1e-3) for each in set_out]))
    size = pieces + len(trips.places)
    matrix = csr_matrix((weight, (tail, head)), shape=(size, size))
    goals = _by_place(trips, graph)
    shares = {(i, piece): share for i, piece, share in _ends(trips, graph)}
    totals = np.zeros((len(trips.start), len(GROUPS) + len(KINDS)))
    for place in np.unique(trips.start).tolist():
        reached, came = dijkstra(matrix, indices=pieces + place, return_predecessors=True)
        for trip in np.flatnonzero(trips.start == place).tolist():
            ends = goals[int(trips.goal[trip])]
            piece, share = min(ends, key=lambda end: reached[end[0]] - (1 - end[1]) * seconds[end[0]])
            left = share
            while piece < pieces:
                before = int(came[piece])
                if before >= pieces:
                    left -= shares[place, piece]
                totals[trip, group[road[piece]]] += network.road_length_m[road[piece]] / 1000 * left
                kind = graph.kind_of.get((before, piece), -1)
                if kind >= 0:
                    totals[trip, len(GROUPS) + kind] += 1
                piece, left = before, 1.0
    return totals


def _ends(trips: Trips, graph: TurnGraph) -> list[tuple[int, int, float]]:
    """Place, piece of road that it lies on, and the share of that piece before it; each direction."""
    found = []
    for i, where in enumerate(trips.snaps):
        for way, edge in enumerate(graph.network.road_edges[where.road[0]].tolist()):
            if edge >= 0 and graph.number[edge] >= 0:
                share = float(where.share[0])
                found.append((i, int(graph.number[edge]), share if way == 0 else 1.0 - share))
    return found


def _by_place(trips: Trips, graph: TurnGraph) -> dict[int, list[tuple[int, float]]]:
    found: dict[int, list[tuple[int, float]]] = {}
    for i, piece, share in _ends(trips, graph):
        found.setdefault(i, []).append((piece, share))
    return found


def judged(trips: Trips, graph: TurnGraph, *, turns: bool) -> tuple[Floats, Floats]:
    """What is fitted on all trips, with routes found anew, and the seconds of each trip by a fit on other origins.

    The routes are those of the fit on all trips; both comparisons have this in common.
    """
    expected = np.concatenate((prior().pace, np.full(len(KINDS), EXPECTED_S if turns else 0.0), [prior().start_s]))
    by_km = [PRIOR_KM.get(name, DEFAULT_PRIOR_KM) for name, *_ in GROUPS]
    firm = np.array([*by_km, *[FIRM_TURNS] * len(KINDS), 60.0]) / np.maximum(expected, 1.0)
    used = np.array([True] * len(GROUPS) + [turns] * len(KINDS) + [True])
    target = trips.seconds - trips.legs_s

    def fit(design: Floats, chosen: NDArray[np.bool_]) -> Floats:
        found = np.zeros(len(expected))
        found[used] = least_error(design[chosen][:, used], target[chosen], expected[used], firm[used])
        return found

    found, fold = expected, folds_by_origin(trips)
    for _ in range(ROUNDS):
        drawn = features(trips, graph, found[: len(GROUPS)], found[len(GROUPS) : -1])
        design = np.column_stack((drawn, np.ones(len(drawn))))
        found = fit(design, np.ones(len(fold), np.bool_))
    seconds = np.zeros(len(fold))
    for number in range(FOLDS):
        seconds[fold == number] = (design @ fit(design, fold != number) + trips.legs_s)[fold == number]
    return found, seconds


def main() -> int:
    """Print both, cross-validated by origin, and what was found on all trips."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path)
    parser.add_argument("--csv", type=Path, default=SHARED / "data" / "siren_times_utrecht.csv")
    options = parser.parse_args()
    trips = read_trips(load_network(options.network), options.csv)
    graph = turn_graph(trips)
    print(HEAD, flush=True)
    for turns in (False, True):
        found, seconds = judged(trips, graph, turns=turns)
        print(row("with turn costs" if turns else "without turn costs", seconds, trips.seconds), flush=True)
    names = [name for name, *_ in GROUPS]
    print("\n".join(f"{name}: {3600 / pace:.0f} km/h" for name, pace in zip(names, found, strict=False)))
    turn_s = found[len(GROUPS) : -1]
    print("\n".join(f"{kind}: {seconds:.1f} s" for kind, seconds in zip(KINDS, turn_s, strict=True)))
    print(f"constant: {found[-1]:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
