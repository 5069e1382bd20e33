"""Drive times of positions against a plain search by scipy, which shares nothing with the hierarchy."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.hierarchy import AT_END
from advisor.roads.model import Profile
from advisor.roads.snap import Reach, snap
from advisor.roads.speeds import APPROACH_KPH, speed_table, time_factor
from bench.roads_peers import edges_of, matrix_of

PAIRS = 10_000
DESTINATIONS = 10
ROUNDING_S = 0.13
"""Half of the unit of stored times, and a few roundings to the millisecond."""

Floats = NDArray[np.float64]


def largest_difference_s(atlas: Atlas, spots: list[Position]) -> tuple[float, int]:
    """Largest difference in seconds over random position-destination pairs, and how many there were."""
    draw = np.random.default_rng(4)
    reachable = [name for name in atlas.ids if atlas.entries(name, Profile.SIGNALS)]
    chosen = draw.choice(reachable, min(DESTINATIONS, len(reachable)), replace=False).tolist()
    columns = [atlas.ids.index(name) for name in chosen]
    searched = np.array([_to_destination(atlas, name) for name in chosen])
    spots = spots[: -(-PAIRS // len(chosen))]
    _, _, edge_s = edges_of(atlas.network)
    factor, start_s = time_factor(Profile.SIGNALS, None), speed_table(Profile.SIGNALS).start_s
    worst = 0.0
    for spot in spots:
        found = (atlas.drive_times(spot, profile=Profile.SIGNALS).seconds[columns] - start_s) / factor
        expected = _expected(atlas, spot, edge_s, searched, columns)
        both = np.isfinite(expected) | np.isfinite(found)
        worst = max(worst, float(np.abs(found - expected)[both].max(initial=0.0)))
    return worst, len(spots) * len(chosen)


def _expected(atlas: Atlas, spot: Position, edge_s: Floats, searched: Floats, columns: list[int]) -> Floats:
    """The quickest way over any road near the position, by its nodes or straight along the road."""
    network, joins = atlas.network, atlas.joins
    put = snap(atlas.grid, spot, Reach.of(network))
    best = np.full(len(columns), np.inf)
    for road, share, gap_m in zip(put.road.tolist(), put.share.tolist(), put.distance_m.tolist(), strict=True):
        approach_s = gap_m * 3.6 / APPROACH_KPH
        for way, edge in enumerate(network.road_edges[road].tolist()):
            if edge < 0:
                continue
            ahead = 1.0 - share if way == 0 else share
            best = np.minimum(best, approach_s + ahead * edge_s[edge] + searched[:, network.edge_head[edge]])
            if ahead >= 1.0 - AT_END:
                best = np.minimum(best, approach_s + searched[:, network.edge_tail[edge]])
            for i, column in enumerate(columns):
                for join in np.flatnonzero((joins.destination == column) & (joins.road == road)).tolist():
                    on = joins.share[join] - share if way == 0 else share - joins.share[join]
                    if on >= 0.0:
                        leg_s = joins.leg_m[join] * 3.6 / APPROACH_KPH
                        best[i] = min(best[i], approach_s + on * edge_s[edge] + leg_s)
    return best


def _to_destination(atlas: Atlas, name: str) -> Floats:
    """Seconds from every node, by a search backwards from a node that stands for the destination."""
    tail, head, seconds = edges_of(atlas.network)
    node, rest = zip(*atlas.entries(name, Profile.SIGNALS), strict=True)
    goal = atlas.network.node_count
    tail, head = np.append(tail, node), np.append(head, [goal] * len(node))
    seconds = np.append(seconds, np.maximum(rest, 1e-9))
    return np.asarray(dijkstra(matrix_of(head, tail, seconds, goal + 1), indices=goal))[:-1]
