"""The same question to other engines: seconds from one place to all emergency departments."""

import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from routingkit_cch import CCH, CCHMetric, CCHOneToMany
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.fields import edge_costs
from advisor.roads.hierarchy import COST_SHIFT
from advisor.roads.model import Profile
from advisor.roads.network import Network
from advisor.roads.speeds import speed_table
from bench.figures import Asked, ask_all, clocked, grown_mb

SLOW_QUESTIONS = 5
FEW, MANY = 30, 300

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A network with its atlas, and the same places as nodes and as positions."""

    network: Network
    atlas: Atlas
    extract: Path
    nodes: list[int]
    spots: list[Position]


def peers(case: Case) -> Iterator[Asked]:
    """Ask the peers one after the other; they start from a node, Valhalla from a position."""
    goals = sorted({node for name in case.atlas.ids for node, _ in case.atlas.entries(name, Profile.SIGNALS)[:1]})
    tail, head, seconds = edges_of(case.network)
    memory_mb, one_to_many = grown_mb(lambda: _contraction(case.network, goals))
    name = "contraction hierarchy in process (routingkit-cch)"
    yield ask_all(name, one_to_many, case.nodes[:MANY], memory_mb=memory_mb)
    memory_mb, matrix = grown_mb(lambda: matrix_of(tail, head, seconds, case.network.node_count))
    slow = case.nodes[:SLOW_QUESTIONS]
    yield ask_all(
        "scipy Dijkstra", lambda node: dijkstra(matrix, indices=node)[goals], slow, rounds=1, memory_mb=memory_mb
    )
    memory_mb, graph = grown_mb(lambda: _networkx(tail, head, seconds))
    yield ask_all(
        "networkx Dijkstra",
        lambda node: nx.single_source_dijkstra_path_length(graph, node, weight="weight"),
        slow,
        rounds=1,
        memory_mb=memory_mb,
    )


def valhalla(case: Case, folder: Path) -> tuple[Asked, float] | None:
    """Ask Valhalla for a row of its matrix; also how long its tiles took to build. None when it is not installed."""
    if find_spec("valhalla") is None:
        return None
    from valhalla import PYVALHALLA_DIR, Actor, get_config  # noqa: PLC0415  (only when it is there)

    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    config = get_config(tile_extract="", tile_dir=str(folder))
    config["mjolnir"] |= {"tile_extract": "", "concurrency": 2}
    config["mjolnir"]["logging"]["type"] = ""
    config["service_limits"]["auto"] |= {"max_matrix_distance": 1e7, "max_matrix_location_pairs": 100_000}
    settings = folder.with_suffix(".json")
    settings.write_text(json.dumps(config))
    build = [Path(PYVALHALLA_DIR) / "bin" / "valhalla_build_tiles", "-c", settings, case.extract.resolve()]
    # The builder leaves a list of its own in the folder that it runs in.
    built_s, _ = clocked(lambda: subprocess.run(build, cwd=folder, check=True, capture_output=True))
    memory_mb, actor = grown_mb(lambda: Actor(config))
    goals = [_place(goal.position) for goal in _joined(case.atlas)]

    def matrix(spot: Position) -> object:
        return actor.matrix({"sources": [_place(spot)], "targets": goals, "costing": "auto"})

    spots = [spot for spot in case.spots[:FEW] if _answers(matrix, spot)]
    grown, asked = grown_mb(lambda: ask_all("Valhalla matrix", matrix, spots, rounds=1, memory_mb=0.0))
    return Asked(
        name="Valhalla matrix (snapping and times)",
        p50_us=asked.p50_us,
        p99_us=asked.p99_us,
        questions=asked.questions,
        memory_mb=memory_mb + grown,
    ), built_s


def edges_of(network: Network) -> tuple[Longs, Longs, Floats]:
    """Tail, head and seconds of all edges."""
    cost = edge_costs(network, speed_table(Profile.SIGNALS)) >> COST_SHIFT
    return network.edge_tail.astype(np.int64), network.edge_head.astype(np.int64), cost / 1000.0


def matrix_of(tail: Longs, head: Longs, seconds: Floats, count: int) -> csr_matrix:
    """A matrix of the quickest of parallel edges; made plainly, it would hold their sum."""
    order = np.lexsort((seconds, head, tail))
    tail, head, seconds = tail[order], head[order], seconds[order]
    first = np.append(True, (np.diff(tail) != 0) | (np.diff(head) != 0))
    return csr_matrix((seconds[first], (tail[first], head[first])), shape=(count, count))


def _contraction(network: Network, goals: Sequence[int]) -> Callable[[int], object]:
    tail, head, seconds = edges_of(network)
    order = list(range(network.node_count))
    hierarchy = CCH(order, tail.tolist(), head.tolist(), False)  # noqa: FBT003  (the library's own signature)
    metric = CCHMetric(hierarchy, np.rint(seconds * 1000).astype(np.int64).tolist())
    ask: Callable[[int], object] = CCHOneToMany(metric, list(goals)).distances_from
    return ask


def _networkx(tail: Longs, head: Longs, seconds: Floats) -> Any:
    graph = nx.MultiDiGraph()
    graph.add_weighted_edges_from(zip(tail.tolist(), head.tolist(), seconds.tolist(), strict=True))
    return graph


def _joined(atlas: Atlas) -> list[Any]:
    return [goal for goal, is_off in zip(atlas.destinations, atlas.joins.off.tolist(), strict=True) if not is_off]


def _place(position: Position) -> dict[str, float]:
    return {"lat": position.lat, "lon": position.lon}


def _answers(matrix: Callable[[Position], object], spot: Position) -> bool:
    try:
        matrix(spot)
    except RuntimeError:
        return False
    return True
