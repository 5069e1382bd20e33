"""Where destinations are joined to the network."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.roads.hierarchy import AT_END, UNREACHABLE, Costs, approach_cost, part_of
from advisor.roads.model import Destination, OffNetwork
from advisor.roads.network import Network
from advisor.roads.snap import Reach, RoadGrid, snap


@dataclass(frozen=True, kw_only=True, eq=False)
class Joins:
    """Points on roads from which a destination is reached in a straight line; one or more for each destination.

    destination, road : int32[j]; share : float64[j], of the road along its points; leg_m : float64[j], straight.
    edges : the edges of each road; where turns are forbidden, one direction can have several.
    off : bool[destinations]; those too far from every road, which have no join.
    """

    destination: NDArray[np.int32]
    road: NDArray[np.int32]
    share: NDArray[np.float64]
    leg_m: NDArray[np.float64]
    edges: tuple[tuple[int, ...], ...]
    off: NDArray[np.bool_]

    @property
    def count(self) -> int:
        """The number of destinations, those that are off the network included."""
        return len(self.off)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A node from which a destination is near: over a share of an edge (-1 = it lies at the node), at this cost."""

    node: int
    edge: int
    share: float
    cost: int


def join_destinations(grid: RoadGrid, destinations: Sequence[Destination]) -> Joins:
    """Put every destination on the nearest road; those beyond the limit are marked as off the network."""
    reach = Reach.of(grid.network)
    rows: list[tuple[int, int, float, float]] = []
    off = np.zeros(len(destinations), np.bool_)
    for i, destination in enumerate(destinations):
        try:
            found = snap(grid, destination.position, reach)
        except OffNetwork:
            off[i] = True
            continue
        rows += [(i, *row) for row in zip(found.road, found.share, found.distance_m, strict=True)]
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    road = np.array(columns[1], np.int32)
    return Joins(
        destination=np.array(columns[0], np.int32),
        road=road,
        share=np.array(columns[2], np.float64),
        leg_m=np.array(columns[3], np.float64),
        edges=tuple(tuple(grid.edges_of_roads(road[i : i + 1]).tolist()) for i in range(len(road))),
        off=off,
    )


def start_costs(network: Network, joins: Joins, edge_cost: Costs, block: range) -> Costs:
    """Rows (destination within `block`, node, cost) from which the sweep sets out; closed edges give none."""
    rows = [
        (int(joins.destination[i]) - block.start, entry.node, entry.cost)
        for i in np.flatnonzero((joins.destination >= block.start) & (joins.destination < block.stop))
        for entry in entries_of(network, joins, edge_cost, int(i))
    ]
    return np.array(rows, np.int64).reshape(-1, 3)


def entries_of(network: Network, joins: Joins, edge_cost: Costs, join: int) -> list[Entry]:
    """Nodes from which a join is reached over one open edge, or at which it lies."""
    leg, share = approach_cost(joins.leg_m[join]), float(joins.share[join])
    entries = []
    for edge in joins.edges[join]:
        if edge_cost[edge] < UNREACHABLE:
            part = share if network.edge_forward[edge] else 1.0 - share
            cost = leg + part_of(int(edge_cost[edge]), part)
            entries.append(Entry(node=int(network.edge_tail[edge]), edge=edge, share=part, cost=cost))
            if part >= 1.0 - AT_END:
                entries.append(Entry(node=int(network.edge_head[edge]), edge=-1, share=0.0, cost=leg))
    return entries
