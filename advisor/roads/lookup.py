"""One question answered: from a position, over the roads near it, through one row of the fields."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.roads.fields import Times
from advisor.roads.hierarchy import (
    AT_END,
    COST_SHIFT,
    DISTANCE_MASK,
    DISTANCE_UNIT_DM,
    NEVER,
    TIME_UNIT_MS,
    UNREACHABLE,
    Costs,
    approach_cost,
    part_of,
)
from advisor.roads.join import Joins
from advisor.roads.network import Network
from advisor.roads.snap import SearchArrays, nearest

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Units = NDArray[np.uint16]
FieldTuple = tuple[Ints, Ints, Costs, Units, Units, Ints, Units, Units]
"""edge_tail, edge_head, edge_cost, seconds, distance, and the row, seconds and distance of the patch; see `Times`."""


def field_tuple(network: Network, times: Times) -> FieldTuple:
    """Gather the arrays that `look_up` reads for one profile."""
    edges = (network.edge_tail, network.edge_head, times.edge_cost)
    return (*edges, times.seconds, times.distance, *times.patch)


def join_rows(joins: Joins) -> Floats:
    """Gather what `look_up` reads of the joins: destination, road, share and leg_m, float64[joins, 4].

    One array instead of four, as each that is handed over costs a tenth of a microsecond.
    """
    return np.column_stack((joins.destination, joins.road, joins.share, joins.leg_m))


@njit(cache=True, nogil=True)
def look_up(
    point: Floats, limits: Floats, search: SearchArrays, fields: FieldTuple, joins: Floats
) -> tuple[float, Floats]:
    """Distance to the road, and per destination the seconds (infinite = unreachable) and the metres (NaN), in two rows.

    `point` and `limits` as in `snap.nearest`; the distance to the road is negative when none is within the limit.
    """
    road, share, gap = nearest(point, limits, search)
    count = fields[3].shape[1]
    cost = np.full(count, UNREACHABLE, np.int64)
    for i in range(len(road)):
        approach = approach_cost(gap[i])
        edges = search[7][road[i]]
        _by_nodes(edges, share[i], approach, fields, cost)
        for j in range(len(joins)):
            if joins[j, 1] == road[i]:
                whole = approach + approach_cost(joins[j, 3]) + _along(edges, joins[j, 2] - share[i], fields[2])
                destination = int(joins[j, 0])
                cost[destination] = min(cost[destination], whole)
    found = np.empty((2, count))
    for destination in range(count):
        reached = cost[destination] < UNREACHABLE
        found[0, destination] = (cost[destination] >> COST_SHIFT) / 1000.0 if reached else np.inf
        found[1, destination] = (cost[destination] & DISTANCE_MASK) / 10.0 if reached else np.nan
    return gap[0] if len(gap) else -1.0, found


@njit(cache=True, nogil=True)
def _by_nodes(edges: Ints, share: float, approach: int, fields: FieldTuple, cost: Costs) -> None:
    edge_tail, edge_head, edge_cost = fields[0], fields[1], fields[2]
    for way in range(2):
        edge = edges[way]
        if edge < 0 or edge_cost[edge] >= UNREACHABLE:
            continue
        ahead = 1.0 - share if way == 0 else share
        _take_row(fields, edge_head[edge], approach + part_of(edge_cost[edge], ahead), cost)
        if ahead >= 1.0 - AT_END:
            _take_row(fields, edge_tail[edge], approach, cost)


@njit(cache=True, nogil=True)
def _take_row(fields: FieldTuple, node: int, base: int, cost: Costs) -> None:
    """Take the way by a node where it is cheaper."""
    seconds, distance = fields[3][node], fields[4][node]
    if len(fields[5]) and fields[5][node] >= 0:
        seconds, distance = fields[6][fields[5][node]], fields[7][fields[5][node]]
    for destination in range(len(seconds)):
        # No branch in this loop, so that it runs on several destinations at a time.
        time_ms = np.int64(seconds[destination]) * TIME_UNIT_MS
        rest = (time_ms << COST_SHIFT) + np.int64(distance[destination]) * DISTANCE_UNIT_DM
        way = base + rest if seconds[destination] != NEVER else UNREACHABLE
        cost[destination] = min(cost[destination], way)


@njit(cache=True, nogil=True)
def _along(edges: Ints, ahead: float, edge_cost: Costs) -> int:
    """Cost of going straight on (`ahead` > 0) or back along one road, by a share of its length; where it is allowed."""
    for way in range(2):
        edge = edges[way]
        if (ahead >= 0.0 if way == 0 else ahead <= 0.0) and edge >= 0 and edge_cost[edge] < UNREACHABLE:
            return part_of(edge_cost[edge], abs(ahead))
    return UNREACHABLE
