"""The customizable contraction hierarchy: shortcuts for any speeds, one sweep from all nodes to many destinations.

After J. Dibbelt, B. Strasser and D. Wagner, "Customizable contraction hierarchies" (2016). Nodes are numbered in
contraction order, so "up" means to a higher number. Costs are int64: milliseconds in the upper half, decimetres in the
lower, so that one comparison finds the fastest way and, among equally fast ones, the shortest. All kernels release the
interpreter lock.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.roads.network import Network
from advisor.roads.speeds import APPROACH_KPH

COST_SHIFT = 32
UNREACHABLE = 1 << 61
"""A cost that no way has (6 days); two of them can be added without overflow."""
DISTANCE_MASK = (1 << COST_SHIFT) - 1
TIME_UNIT_MS = 250
"""Unit of the stored travel times."""
DISTANCE_UNIT_DM = 100
"""Unit of the stored distances: 10 m."""
NEVER = 65535
"""The stored travel time (and distance) of a destination that cannot be reached, or not within 16,383 s."""

REST_SHIFT = 8
REST_MASK = (1 << REST_SHIFT) - 1
"""What rounding took away is kept beside the stored values: milliseconds in the upper byte, decimetres in the lower."""

AT_END = 1e-6
"""A place whose share of its road is this close to an end is at the node there, and so on all roads that meet there."""

Costs = NDArray[np.int64]
Ints = NDArray[np.int32]
Units = NDArray[np.uint16]
Stored = tuple[Units, Units, Units]
"""Seconds, distance, and what rounding took away from both, uint16[n, destinations] each."""


class Hierarchy(NamedTuple):
    """The contracted graph, without costs: valid for any speeds and closures.

    first_up : int64[n + 1]; upward arcs of node v are first_up[v] .. first_up[v + 1], sorted by head.
    up_head : int32[k].
    """

    first_up: NDArray[np.int64]
    up_head: Ints


class Shortcuts(NamedTuple):
    """Costs of the arcs of a hierarchy, int64[k]: `up` from the lower node to the higher, `down` back."""

    up: Costs
    down: Costs


def contract_network(network: Network) -> Hierarchy:
    """Contract all nodes in their order."""
    first_up, up_head = _contract(network.first_edge, network.edge_tail, network.edge_head)
    return Hierarchy(first_up=first_up, up_head=up_head)


def customize(hierarchy: Hierarchy, network: Network, edge_cost: Costs) -> Shortcuts:
    """Give every arc of the hierarchy the cost of its best way; `edge_cost` is int64[m]."""
    return Shortcuts(*customize_all(hierarchy, network.edge_tail, network.edge_head, edge_cost))


def sweep(hierarchy: Hierarchy, shortcuts: Shortcuts, starts: Costs, width: int) -> Costs:
    """Cost from every node to a number (`width`) of destinations, int64[n, width].

    `starts` has rows (destination, node, cost): where a destination is joined to the network, and what is left there.
    """
    count = len(hierarchy.first_up) - 1
    nothing = np.empty((count, 0), np.uint16)
    cost = np.empty((count, width), np.int64)
    _sweep(hierarchy, shortcuts, starts, cost, (nothing, nothing, nothing))
    return cost


def sweep_into(stored: Stored, hierarchy: Hierarchy, shortcuts: Shortcuts, starts: Costs, scratch: Costs) -> None:
    """Write what `sweep` finds into columns of stored values, uint16[n, width] each; 65535 = unreachable.

    `scratch` is int64[at least n * width], to work in.
    """
    cost = scratch[: stored[0].size].reshape(stored[0].shape)
    _sweep(hierarchy, shortcuts, starts, cost, stored)


@njit(cache=True, nogil=True)
def part_of(cost: int, share: float) -> int:
    """Cost of a share (0 to 1) of an edge, to the millisecond and the decimetre."""
    time_ms = round((cost >> COST_SHIFT) * share)
    return (time_ms << COST_SHIFT) | round((cost & DISTANCE_MASK) * share)


@njit(cache=True, nogil=True)
def approach_cost(distance_m: float) -> int:
    """Cost of the straight line between a position and the road it was put on."""
    time_ms = round(distance_m * 3_600.0 / APPROACH_KPH)
    return (time_ms << COST_SHIFT) | round(distance_m * 10.0)


@njit(cache=True, nogil=True)
def _contract(first_edge: Ints, edge_tail: Ints, edge_head: Ints) -> tuple[NDArray[np.int64], Ints]:
    """Eliminate nodes from low to high: what is above a node becomes a clique, kept through its lowest neighbour."""
    count = len(first_edge) - 1
    newest, older = _upward_edges(count, edge_tail, edge_head)
    first_up = np.zeros(count + 1, np.int64)
    up_head = np.empty(2 * len(edge_head), np.int32)
    seen = np.full(count, -1, np.int32)
    youngest = np.full(count, -1, np.int32)
    sibling = np.full(count, -1, np.int32)
    used = 0
    for node in range(count):
        start = used
        if len(up_head) < used + count - node:
            up_head = _grown(up_head, used + count - node)
        edge = newest[node]
        while edge >= 0:
            used = _add_once(up_head, used, seen, node, max(edge_tail[edge], edge_head[edge]))
            edge = older[edge]
        child = youngest[node]
        while child >= 0:
            for arc in range(first_up[child], first_up[child + 1]):
                used = _add_once(up_head, used, seen, node, up_head[arc])
            child = sibling[child]
        if used > start:
            up_head[start:used].sort()
            parent = up_head[start]
            sibling[node] = youngest[parent]
            youngest[parent] = node
        first_up[node + 1] = used
    return first_up, up_head[:used].copy()


@njit(cache=True, nogil=True)
def _upward_edges(count: int, edge_tail: Ints, edge_head: Ints) -> tuple[Ints, Ints]:
    """Chain the edges of each lower end: the newest edge of a node, and the next older one of each edge (-1 = none)."""
    newest = np.full(count, -1, np.int32)
    older = np.full(len(edge_head), -1, np.int32)
    for edge in range(len(edge_head)):
        low = min(edge_tail[edge], edge_head[edge])
        older[edge] = newest[low]
        newest[low] = edge
    return newest, older


@njit(cache=True, nogil=True)
def _grown(array: Ints, least: int) -> Ints:
    grown = np.empty(max(least, 2 * len(array)), np.int32)
    grown[: len(array)] = array
    return grown


@njit(cache=True, nogil=True)
def _add_once(up_head: Ints, used: int, seen: Ints, node: int, other: int) -> int:
    """Append `other` to the neighbours of `node` unless it is there or is `node` itself; return the new length."""
    if other == node or seen[other] == node:
        return used
    seen[other] = node
    up_head[used] = other
    return used + 1


@njit(cache=True, nogil=True)
def customize_all(hierarchy: Hierarchy, edge_tail: Ints, edge_head: Ints, edge_cost: Costs) -> tuple[Costs, Costs]:
    """Costs of all arcs, up and down; see `customize`."""
    first_up, up_head = hierarchy
    up = np.full(len(up_head), UNREACHABLE, np.int64)
    down = np.full(len(up_head), UNREACHABLE, np.int64)
    for edge in range(len(edge_head)):
        tail, head = edge_tail[edge], edge_head[edge]
        if tail == head:
            continue
        low, high = min(tail, head), max(tail, head)
        start = first_up[low]
        arc = start + np.searchsorted(up_head[start : first_up[low + 1]], high)
        if tail < head:
            up[arc] = min(up[arc], edge_cost[edge])
        else:
            down[arc] = min(down[arc], edge_cost[edge])
    for node in range(len(first_up) - 1):
        end = first_up[node + 1]
        for low_arc in range(first_up[node], end):
            low = up_head[low_arc]
            arc = first_up[low]
            to_low, from_low = up[low_arc], down[low_arc]
            for high_arc in range(low_arc + 1, end):
                high = up_head[high_arc]
                while up_head[arc] != high:
                    arc += 1
                up[arc] = min(up[arc], from_low + up[high_arc])
                down[arc] = min(down[arc], down[high_arc] + to_low)
    return up, down


@njit(cache=True, nogil=True)
def _sweep(hierarchy: Hierarchy, shortcuts: Shortcuts, starts: Costs, cost: Costs, stored: Stored) -> None:
    first_up, up_head = hierarchy
    up, down = shortcuts
    count, width = cost.shape
    # Rows are made when they are first looked at, while they are in the cache anyway.
    made = np.zeros(count, np.bool_)
    _climb(first_up, up_head, down, starts, cost, made)
    for node in range(count - 1, -1, -1):
        row = cost[node]
        if not made[node]:
            row[:] = UNREACHABLE
        for arc in range(first_up[node], first_up[node + 1]):
            above = cost[up_head[arc]]
            step = up[arc]
            for column in range(width):
                row[column] = min(row[column], above[column] + step)
        if stored[0].shape[1] == width:
            store_costs(row, stored, node)


@njit(cache=True, nogil=True)
def _climb(
    first_up: NDArray[np.int64], up_head: Ints, down: Costs, starts: Costs, cost: Costs, made: NDArray[np.bool_]
) -> None:
    """Cost from the ancestors of the starts in the elimination tree, whose parent is the lowest upward neighbour."""
    for i in range(len(starts)):
        column, node = starts[i, 0], starts[i, 1]
        _make(cost, made, node)
        cost[node, column] = min(cost[node, column], starts[i, 2])
        while first_up[node] < first_up[node + 1]:
            for arc in range(first_up[node], first_up[node + 1]):
                other = up_head[arc]
                _make(cost, made, other)
                cost[other, column] = min(cost[other, column], cost[node, column] + down[arc])
            node = up_head[first_up[node]]


@njit(cache=True, nogil=True)
def _make(cost: Costs, made: NDArray[np.bool_], node: int) -> None:
    if not made[node]:
        made[node] = True
        cost[node] = UNREACHABLE


@njit(cache=True, nogil=True)
def store_costs(row: Costs, stored: Stored, node: int) -> None:
    """Round one row to the stored units, and keep what that takes away; see `take_stored`."""
    seconds, distance, rest = stored
    for column in range(len(row)):
        # In 32 bits, so that it runs on several destinations at a time.
        time_ms = np.uint32(row[column] >> COST_SHIFT) + np.uint32(TIME_UNIT_MS // 2)
        length_dm = np.uint32(row[column] & DISTANCE_MASK) + np.uint32(DISTANCE_UNIT_DM // 2)
        units = np.uint32(time_ms) // np.uint32(TIME_UNIT_MS)
        tens = np.uint32(length_dm) // np.uint32(DISTANCE_UNIT_DM)
        left = (np.uint32(time_ms) - units * np.uint32(TIME_UNIT_MS)) << np.uint32(REST_SHIFT)
        left += np.uint32(length_dm) - tens * np.uint32(DISTANCE_UNIT_DM)
        never = units >= NEVER
        seconds[node, column] = NEVER if never else units
        distance[node, column] = NEVER if never else min(tens, np.uint32(NEVER))
        rest[node, column] = 0 if never else left


@njit(cache=True, nogil=True)
def take_stored(row: Costs, stored: Stored, node: int, step: int) -> None:
    """Take the ways by a node with these stored values where they are cheaper; `step` is the cost of getting there.

    Exact to the millisecond and the decimetre for whatever is within the range of the stored units.
    """
    seconds, distance, rest = stored
    offset = step - ((TIME_UNIT_MS // 2) << COST_SHIFT) - DISTANCE_UNIT_DM // 2
    for column in range(len(row)):
        # No branch and no slice in this loop, so that it runs on several destinations at a time.
        left = np.int64(rest[node, column])
        time_ms = np.int64(seconds[node, column]) * TIME_UNIT_MS + (left >> REST_SHIFT)
        length_dm = np.int64(distance[node, column]) * DISTANCE_UNIT_DM + (left & REST_MASK)
        way = (time_ms << COST_SHIFT) + length_dm + offset
        row[column] = min(row[column], way if seconds[node, column] != NEVER else UNREACHABLE)
