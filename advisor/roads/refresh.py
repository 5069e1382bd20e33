"""Travel times under other road costs, worked out from those that hold: only what differs is touched.

An arc of the hierarchy is looked at again when a road or an arc below it has changed, and a row of the travel times
when an arc out of its node or a row above it has. What comes out equals a computation of the whole.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from advisor.roads.hierarchy import (
    UNREACHABLE,
    Costs,
    Hierarchy,
    Shortcuts,
    Stored,
    Units,
    customize_all,
    store_costs,
    take_stored,
)

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]

MANY = 40_000
"""So many changed edges are the whole country: doing everything is quicker than finding out what is to be done."""


class Lower(NamedTuple):
    """The arcs of a hierarchy by their upper end: those of node v are first[v] .. first[v + 1], by rising lower end.

    first : int64[n + 1]; arc, tail : int32[k], number and lower end of each arc.
    """

    first: Longs
    arc: Ints
    tail: Ints


class Edges(NamedTuple):
    """Directed edges by their tail, as in `Network`, and what they cost, int64[m]."""

    first: Ints
    tail: Ints
    head: Ints
    cost: Costs


class Patch(NamedTuple):
    """Rows that take the place of stored ones.

    row : int32[n], the row of each node in the arrays that follow, -1 where the stored one stays; empty when all stay.
    seconds, distance : uint16[rows, destinations], as in `Times`.
    """

    row: Ints
    seconds: Units
    distance: Units


def no_patch(width: int) -> Patch:
    """Leave every row as it is."""
    nothing = np.empty((0, width), np.uint16)
    return Patch(row=np.empty(0, np.int32), seconds=nothing, distance=nothing)


def lower_arcs(hierarchy: Hierarchy) -> Lower:
    """Sort the arcs of a hierarchy by their upper end."""
    return Lower(*_lower_arcs(*hierarchy))


def customize_anew(
    hierarchy: Hierarchy, lower: Lower, shortcuts: Shortcuts, edges: Edges, changed: Ints, many: int = MANY
) -> tuple[Shortcuts, Bools]:
    """Shortcuts after the edges in `changed` have got the costs in `edges`, and which arcs differ, bool[k].

    `shortcuts` are those before; they stay as they are. All arcs are looked at when over `many` edges changed.
    """
    if len(changed) > many:
        whole = Shortcuts(*customize_all(hierarchy, edges.tail, edges.head, edges.cost))
        return whole, (whole.up != shortcuts.up) | (whole.down != shortcuts.down)
    anew = Shortcuts(up=shortcuts.up.copy(), down=shortcuts.down.copy())
    differs = _customize_anew(hierarchy, lower, anew, edges, changed)
    return anew, differs


def sweep_anew(
    hierarchy: Hierarchy,
    before: tuple[Shortcuts, Costs, Stored],
    after: tuple[Shortcuts, Costs],
    differs: Bools,
    room: Units,
) -> Patch:
    """Rows of the travel times that other shortcuts or starts change.

    `before` are shortcuts, starts (as for `sweep`) and what was stored then; `after` shortcuts and starts now, and
    `differs` as from `customize_anew`. `room` is uint16[n, destinations], to work in.
    """
    width = before[2][0].shape[1]
    climbed = _climb_twice(hierarchy, (before[0].down, before[1]), (after[0].down, after[1]), width)
    # Made here and not by the compiled code: numpy asks for large pages, and those that are not filled take no memory.
    seconds, distance = (np.empty(array.shape, np.uint16) for array in before[2][:2])
    row, used = _sweep_anew(hierarchy, (after[0].up, differs), before[2], climbed, (seconds, distance, room))
    return Patch(row=row, seconds=seconds[:used], distance=distance[:used])


@njit(cache=True, nogil=True)
def _lower_arcs(first_up: Longs, up_head: Ints) -> tuple[Longs, Ints, Ints]:
    count = len(first_up) - 1
    first = np.zeros(count + 1, np.int64)
    for head in up_head:
        first[head + 1] += 1
    first = np.cumsum(first)
    used = first[:-1].copy()
    arc, tail = np.empty(len(up_head), np.int32), np.empty(len(up_head), np.int32)
    for node in range(count):
        for up in range(first_up[node], first_up[node + 1]):
            at = used[up_head[up]]
            arc[at], tail[at] = up, node
            used[up_head[up]] += 1
    return first, arc, tail


@njit(cache=True, nogil=True)
def _customize_anew(hierarchy: Hierarchy, lower: Lower, shortcuts: Shortcuts, edges: Edges, changed: Ints) -> Bools:
    """Look at arcs from low to high, so that all that is below an arc is settled when its turn comes."""
    first_up, up_head = hierarchy
    waiting = np.zeros(len(up_head), np.bool_)
    differs = np.zeros(len(up_head), np.bool_)
    for edge in changed:
        tail, head = edges.tail[edge], edges.head[edge]
        if tail != head:
            waiting[_arc_between(hierarchy, min(tail, head), max(tail, head))] = True
    for node in range(len(first_up) - 1):
        for arc in range(first_up[node], first_up[node + 1]):
            if not waiting[arc]:
                continue
            up, down = _cost_of_arc(hierarchy, lower, shortcuts, edges, (node, up_head[arc]))
            if up == shortcuts.up[arc] and down == shortcuts.down[arc]:
                continue
            shortcuts.up[arc], shortcuts.down[arc] = up, down
            differs[arc] = True
            for other in range(first_up[node], first_up[node + 1]):
                if other != arc:
                    low, high = up_head[min(arc, other)], up_head[max(arc, other)]
                    waiting[_arc_between(hierarchy, low, high)] = True
    return differs


@njit(cache=True, nogil=True)
def _arc_between(hierarchy: Hierarchy, low: int, high: int) -> int:
    start, end = hierarchy.first_up[low], hierarchy.first_up[low + 1]
    return int(start + np.searchsorted(hierarchy.up_head[start:end], high))


@njit(cache=True, nogil=True)
def _cost_of_arc(
    hierarchy: Hierarchy, lower: Lower, shortcuts: Shortcuts, edges: Edges, ends: tuple[int, int]
) -> tuple[int, int]:
    """Cheapest of the edges between two nodes and the ways over the nodes below both, up and down."""
    first_up, up_head = hierarchy
    low, high = ends
    up, down = _edge_cost(edges, low, high), _edge_cost(edges, high, low)
    for i in range(lower.first[low], lower.first[low + 1]):
        to_low = lower.arc[i]
        to_high, end = to_low + 1, first_up[lower.tail[i] + 1]
        while to_high < end and up_head[to_high] < high:
            to_high += 1
        if to_high < end and up_head[to_high] == high:
            up = min(up, shortcuts.down[to_low] + shortcuts.up[to_high])
            down = min(down, shortcuts.down[to_high] + shortcuts.up[to_low])
    return up, down


@njit(cache=True, nogil=True)
def _edge_cost(edges: Edges, tail: int, head: int) -> int:
    best = UNREACHABLE
    for edge in range(edges.first[tail], edges.first[tail + 1]):
        if edges.head[edge] == head:
            best = min(best, edges.cost[edge])
    return best


@njit(cache=True, nogil=True)
def _climb_twice(
    hierarchy: Hierarchy, before: tuple[Costs, Costs], after: tuple[Costs, Costs], width: int
) -> tuple[Ints, Costs, Costs]:
    """Costs from the ancestors of the starts, before and after: the place of each node in both tables, -1 = none."""
    first_up, up_head = hierarchy
    place = np.full(len(first_up) - 1, -1, np.int32)
    count = 0
    for starts in (before[1], after[1]):
        for i in range(len(starts)):
            node = starts[i, 1]
            while place[node] < 0:
                place[node] = count
                count += 1
                if first_up[node] == first_up[node + 1]:
                    break
                node = up_head[first_up[node]]
    old, new = np.full((count, width), UNREACHABLE, np.int64), np.full((count, width), UNREACHABLE, np.int64)
    _climb_placed(hierarchy, before[0], before[1], place, old)
    _climb_placed(hierarchy, after[0], after[1], place, new)
    return place, old, new


@njit(cache=True, nogil=True)
def _climb_placed(hierarchy: Hierarchy, down: Costs, starts: Costs, place: Ints, cost: Costs) -> None:
    first_up, up_head = hierarchy
    for i in range(len(starts)):
        column, node = starts[i, 0], starts[i, 1]
        cost[place[node], column] = min(cost[place[node], column], starts[i, 2])
        while first_up[node] < first_up[node + 1]:
            here = cost[place[node], column]
            for arc in range(first_up[node], first_up[node + 1]):
                other = place[up_head[arc]]
                cost[other, column] = min(cost[other, column], here + down[arc])
            node = up_head[first_up[node]]


@njit(cache=True, nogil=True)
def _sweep_anew(
    hierarchy: Hierarchy,
    arcs: tuple[Costs, Bools],
    stored: Stored,
    climbed: tuple[Ints, Costs, Costs],
    into: Stored,
) -> tuple[Ints, int]:
    """Make the rows that differ, from the highest node down."""
    first_up, up_head = hierarchy
    up, differs = arcs
    place, old, new = climbed
    patched = np.full(len(place), -1, np.int32)
    row = np.empty(stored[0].shape[1], np.int64)
    used = 0
    for node in range(len(place) - 1, -1, -1):
        at = place[node]
        touched = at >= 0 and not np.array_equal(old[at], new[at])
        for arc in range(first_up[node], first_up[node + 1]):
            touched |= differs[arc] or patched[up_head[arc]] >= 0
        if not touched:
            continue
        row[:] = UNREACHABLE
        if at >= 0:
            row[:] = new[at]
        for arc in range(first_up[node], first_up[node + 1]):
            above, by = up_head[arc], patched[up_head[arc]]
            if by >= 0:
                take_stored(row, into, by, up[arc])
            else:
                take_stored(row, stored, above, up[arc])
        store_costs(row, into, used)
        if _differ(into, used, stored, node):
            patched[node] = used
            used += 1
    return patched, used


@njit(cache=True, nogil=True)
def _differ(into: Stored, used: int, stored: Stored, node: int) -> bool:
    found = 0
    for column in range(stored[0].shape[1]):
        found |= into[0][used, column] ^ stored[0][node, column]
        found |= into[1][used, column] ^ stored[1][node, column]
        found |= into[2][used, column] ^ stored[2][node, column]
    return found != 0
