"""Drive times to all emergency departments, side by side with the peers, and exactness against a plain Dijkstra search.

Run: python -m bench.roads NETWORK [NETWORK …]
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from routingkit_cch import CCH, CCHMetric, CCHOneToMany
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from advisor.bootstrap import load_registry
from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.fields import edge_costs
from advisor.roads.hierarchy import COST_SHIFT
from advisor.roads.model import Destination, OffNetwork, Profile
from advisor.roads.network import Network, load_network
from advisor.roads.speeds import speed_table

QUERIES = 3_000
SLOW_QUERIES = 3
PAIRS = 10_000
ROUNDING_S = 0.126
"""Half of the unit of stored times, and a millisecond."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One way of answering: median and 99th percentile of a question, in microseconds."""

    name: str
    median_us: float
    worst_us: float
    count: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each network; 1 when a time is not exact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("networks", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    return max(bench(load_network(path), path.name) for path in options.networks)


def bench(network: Network, name: str) -> int:
    """Measure one network and print its table."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        goals = [Destination(id=site.id, position=site.entrance or site.position) for site in load_registry()]
        cold_s, atlas = _timed(lambda: Atlas.open(network, goals, Path(folder)))
        again_s, atlas = _timed(lambda: Atlas.open(network, goals, Path(folder)))
        rows = [_ours(atlas, network), *_peers(network, atlas)]
        worst_s, pairs = exactness(network, atlas)
    table = Table(title=f"{name}: {network.node_count:,} nodes, {len(goals)} destinations", box=None)
    for column in ("one position to all", "median", "p99", "questions", "ratio"):
        table.add_column(column, justify="left" if column.startswith("one") else "right")
    for row in rows:
        ratio = row.median_us / rows[0].median_us
        table.add_row(row.name, f"{row.median_us:,.0f} µs", f"{row.worst_us:,.0f} µs", str(row.count), f"{ratio:,.0f}")
    console.print(table)
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    console.print(f"first open {cold_s:.1f} s, next open {again_s:.1f} s, peak memory with all peers {peak_gb:.1f} GB")
    console.print(f"{pairs:,} random pairs against Dijkstra: largest difference {worst_s:.3f} s")
    return 0 if worst_s <= ROUNDING_S else 1


def exactness(network: Network, atlas: Atlas) -> tuple[float, int]:
    """Largest difference in seconds between stored times and scipy's Dijkstra over random node-destination pairs."""
    draw = np.random.default_rng(4)
    reachable = [name for name in atlas.ids if atlas.entries(name, Profile.SIGNALS)]
    chosen = draw.choice(reachable, min(10, len(reachable)), replace=False)
    each = PAIRS // len(chosen)
    worst = 0.0
    for name in chosen:
        nodes = draw.integers(0, network.node_count, each)
        expected = _to_destination(network, atlas, str(name))[nodes]
        stored = atlas.field(Profile.SIGNALS)[nodes, atlas.ids.index(name)] / 4.0
        worst = max(worst, float(np.abs(stored - expected).max()))
    return worst, each * len(chosen)


def _to_destination(network: Network, atlas: Atlas, name: str) -> Floats:
    """Seconds from every node, by a search backwards from a node that stands for the destination."""
    tail, head, seconds = _edges(network)
    node, rest = zip(*atlas.entries(name, Profile.SIGNALS), strict=True)
    goal = network.node_count
    tail, head = np.append(tail, node), np.append(head, [goal] * len(node))
    seconds = np.append(seconds, np.maximum(rest, 1e-9))
    return np.asarray(dijkstra(_matrix(head, tail, seconds, goal + 1), indices=goal))[:-1]


def _edges(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    cost = edge_costs(network, speed_table(Profile.SIGNALS)) >> COST_SHIFT
    return network.edge_tail.astype(np.int64), network.edge_head.astype(np.int64), cost / 1000.0


def _matrix(tail: NDArray[np.int64], head: NDArray[np.int64], seconds: Floats, count: int) -> csr_matrix:
    """A matrix of the quickest of parallel edges; made plainly, it would hold their sum."""
    order = np.lexsort((seconds, head, tail))
    tail, head, seconds = tail[order], head[order], seconds[order]
    first = np.append(True, (np.diff(tail) != 0) | (np.diff(head) != 0))
    return csr_matrix((seconds[first], (tail[first], head[first])), shape=(count, count))


def _ours(atlas: Atlas, network: Network) -> Measured:
    draw = np.random.default_rng(1)
    nodes = draw.integers(0, network.node_count, QUERIES)
    offsets = draw.normal(0, 0.0005, (QUERIES, 2))
    spots = [
        Position(lat=float(network.node_lat[i] + a), lon=float(network.node_lon[i] + b))
        for i, (a, b) in zip(nodes, offsets, strict=True)
    ]
    atlas.drive_times(spots[0], profile=Profile.SIGNALS)
    taken = []
    for spot in spots:
        start = time.perf_counter()
        try:
            atlas.drive_times(spot, profile=Profile.SIGNALS)
        except OffNetwork:
            continue
        taken.append(time.perf_counter() - start)
    return _measured("Uitwijk: snapping, times, bands, distances", taken)


def _peers(network: Network, atlas: Atlas) -> list[Measured]:
    """The same question without snapping: from a node to the nodes of the destinations."""
    nodes = np.random.default_rng(1).integers(0, network.node_count, QUERIES)
    goals = sorted({node for name in atlas.ids for node, _ in atlas.entries(name, Profile.SIGNALS)[:1]})
    tail, head, seconds = _edges(network)
    matrix = _matrix(tail, head, seconds, network.node_count)
    one_to_many = _contraction(network, goals)
    graph = nx.MultiDiGraph()
    graph.add_weighted_edges_from(zip(tail.tolist(), head.tolist(), seconds.tolist(), strict=True))
    return [
        _repeat("contraction hierarchy in process (routingkit-cch)", one_to_many, nodes[:300]),
        _repeat("scipy Dijkstra", lambda node: dijkstra(matrix, indices=node)[goals], nodes[:SLOW_QUERIES]),
        _repeat(
            "networkx Dijkstra",
            lambda node: nx.single_source_dijkstra_path_length(graph, node, weight="weight"),
            nodes[:SLOW_QUERIES],
        ),
    ]


def _contraction(network: Network, goals: list[int]) -> Callable[[int], object]:
    tail, head, seconds = _edges(network)
    order = list(range(network.node_count))
    hierarchy = CCH(order, tail.tolist(), head.tolist(), False)  # noqa: FBT003  (the library's own signature)
    metric = CCHMetric(hierarchy, np.rint(seconds * 1000).astype(np.int64).tolist())
    return CCHOneToMany(metric, goals).distances_from


def _repeat(name: str, ask: Callable[[int], object], nodes: NDArray[np.int64]) -> Measured:
    taken = []
    for node in nodes.tolist():
        start = time.perf_counter()
        ask(node)
        taken.append(time.perf_counter() - start)
    return _measured(name, taken)


def _measured(name: str, taken: list[float]) -> Measured:
    median, worst = np.percentile(taken, [50, 99]) * 1e6
    return Measured(name=name, median_us=float(median), worst_us=float(worst), count=len(taken))


def _timed(work: Callable[[], Atlas]) -> tuple[float, Atlas]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    sys.exit(main())
