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
from advisor.roads.nearest import FOUND, GAP, SHARE, SearchArrays, Spot, nearest
from advisor.roads.network import Network

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
    """Gather what `look_up` reads of the joins: rows destination, road, share and leg_m, float64[4, joins].

    One array instead of four, as each that is handed over costs a tenth of a microsecond.
    """
    return np.stack((joins.destination, joins.road, joins.share, joins.leg_m))


@njit(cache=True, nogil=True)
def look_up(
    spot: Spot, limits: Floats, search: SearchArrays, fields: FieldTuple, joins: Floats, found: Floats
) -> float:
    """Distance to the road; negative when none is within the limit, as in `nearest`.

    Into `found`, float64[2, destinations], go the seconds to each destination (infinite = unreachable) and the metres
    (NaN).
    """
    best = np.empty((int(limits[2]), 4))
    count = nearest(spot, limits, search, best)
    if not count:
        return -1.0
    cost = np.full(found.shape[1], UNREACHABLE, np.int64)
    for i in range(count):
        road, share, approach = int(best[i, FOUND]), best[i, SHARE], approach_cost(best[i, GAP])
        edges = search[3][road]
        _by_nodes(edges, share, approach, fields, cost)
        for j in range(joins.shape[1]):
            if joins[1, j] == road:
                whole = approach + approach_cost(joins[3, j]) + _along(edges, joins[2, j] - share, fields[2])
                destination = int(joins[0, j])
                cost[destination] = min(cost[destination], whole)
    for destination in range(len(cost)):
        reached = cost[destination] < UNREACHABLE
        found[0, destination] = (cost[destination] >> COST_SHIFT) / 1000.0 if reached else np.inf
        found[1, destination] = (cost[destination] & DISTANCE_MASK) / 10.0 if reached else np.nan
    return float(best[0, GAP])


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
