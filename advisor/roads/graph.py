"""The bare graph of a network while it is built: forbidden turns, the largest connected part, contraction order."""

from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Graph:
    """Nodes (degrees) and directed edges; `forward` edges run along the points of their road, others against."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    tail: Ints
    head: Ints
    road: Ints
    forward: Bools


def expand_bans(graph: Graph, bans: Ints) -> Graph:
    """Forbid turns by doubling nodes: who comes from the road in arrives at a twin that lacks the roads out.

    `bans` is int32[b, 3]: road in, node, road out. Only nodes with a ban get twins, one for each set of roads out.
    """
    lat, lon = graph.lat.tolist(), graph.lon.tolist()
    head = graph.head.copy()
    tails, origin = [graph.tail], [np.arange(len(graph.tail))]
    by_head, by_tail = index_by(graph.head), index_by(graph.tail)
    for node in np.unique(bans[:, 1]):
        twins: dict[frozenset[int], int] = {}
        into = entries(by_head, node)
        out_of = entries(by_tail, node)
        here = bans[bans[:, 1] == node]
        for edge in into:
            refused = frozenset(here[here[:, 0] == graph.road[edge], 2].tolist())
            if not refused:
                continue
            if refused not in twins:
                twins[refused] = len(lat)
                lat.append(float(graph.lat[node]))
                lon.append(float(graph.lon[node]))
            head[edge] = twins[refused]
        for refused, twin in twins.items():
            left = out_of[~np.isin(graph.road[out_of], list(refused))]
            tails.append(np.full(len(left), twin, np.int32))
            origin.append(left)
    # Heads last: an edge may arrive at a twin and be doubled itself.
    copied = np.concatenate(origin)
    return Graph(
        lat=np.array(lat),
        lon=np.array(lon),
        tail=np.concatenate(tails),
        head=head[copied],
        road=graph.road[copied],
        forward=graph.forward[copied],
    )


def index_by(column: Ints) -> tuple[NDArray[np.intp], Ints]:
    """Row numbers sorted by a column, and that column in the same order; see `entries`."""
    order = np.argsort(column, kind="stable")
    return order, column[order]


def entries(index: tuple[NDArray[np.intp], Ints], value: int) -> NDArray[np.intp]:
    """Row numbers whose column has a value."""
    order, column = index
    return order[np.searchsorted(column, value, "left") : np.searchsorted(column, value, "right")]


def largest_part(graph: Graph) -> Graph:
    """Keep the nodes of the largest strongly connected part, and the edges between them; roads keep their numbers."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  (slow to import, and only builders need it)
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    count = len(graph.lat)
    if not len(graph.tail):
        return replace(graph, lat=graph.lat[:0], lon=graph.lon[:0])
    matrix = csr_matrix((np.ones(len(graph.tail), np.int8), (graph.tail, graph.head)), shape=(count, count))
    _, label = connected_components(matrix, directed=True, connection="strong")
    node = label == np.bincount(label).argmax()
    edge = node[graph.tail] & node[graph.head]
    number = np.cumsum(node, dtype=np.int32) - np.int32(1)
    return Graph(
        lat=graph.lat[node],
        lon=graph.lon[node],
        tail=number[graph.tail[edge]],
        head=number[graph.head[edge]],
        road=graph.road[edge],
        forward=graph.forward[edge],
    )


def number_by_contraction(graph: Graph) -> Graph:
    """Number the nodes in the order of their contraction: node 0 is contracted first.

    Dead ends and nodes between two others go first, as they leave no more edges behind than there were; what remains
    follows in the order of a nested dissection.
    """
    count = len(graph.lat)
    peeled, ends = _peel(count, *_neighbours(graph))
    left = np.ones(count, np.bool_)
    left[peeled] = False
    kept = np.flatnonzero(left)
    order = np.concatenate((peeled, kept[_dissect(graph.lat[kept], graph.lon[kept], np.searchsorted(kept, ends))]))
    rank = np.empty(count, np.int32)
    rank[order] = np.arange(count, dtype=np.int32)
    return replace(graph, lat=graph.lat[order], lon=graph.lon[order], tail=rank[graph.tail], head=rank[graph.head])


def _dissect(lat: NDArray[np.float64], lon: NDArray[np.float64], ends: NDArray[np.intp]) -> NDArray[np.intp]:
    from routingkit_cch import compute_order_inertial  # noqa: PLC0415  (not needed once a network is built)

    if len(lat) < 2:
        return np.arange(len(lat))
    tail, head = ends[:, 0].tolist(), ends[:, 1].tolist()
    return np.array(compute_order_inertial(len(lat), tail, head, lat.tolist(), lon.tolist()), np.intp)


def _neighbours(graph: Graph) -> tuple[NDArray[np.int64], Ints]:
    """Neighbours of each node, whichever way the edges run: those of node v are from first[v] to first[v + 1]."""
    proper = graph.tail != graph.head
    low, high = np.minimum(graph.tail, graph.head)[proper], np.maximum(graph.tail, graph.head)[proper]
    pairs = np.unique(low.astype(np.int64) * len(graph.lat) + high)
    low, high = pairs // max(len(graph.lat), 1), pairs % max(len(graph.lat), 1)
    node, other = np.concatenate((low, high)), np.concatenate((high, low))
    first = np.concatenate(([0], np.cumsum(np.bincount(node, minlength=len(graph.lat)))))
    return first, other[np.argsort(node, kind="stable")].astype(np.int32)


@njit(cache=True, nogil=True)
def _peel(count: int, first: NDArray[np.int64], neighbour: Ints) -> tuple[Ints, Ints]:
    """Contract nodes of degree two or less until there are none: these nodes in order, and the edges that are left.

    No node gets more neighbours than it had, so their lists are changed in place.
    """
    degree = np.empty(count, np.int64)
    order, queued = np.empty(count, np.int32), np.zeros(count, np.bool_)
    filled = 0
    for node in range(count):
        degree[node] = first[node + 1] - first[node]
        if degree[node] <= 2:
            order[filled], queued[node] = node, True
            filled += 1
    done = 0
    while done < filled:
        node = order[done]
        done += 1
        start, size = first[node], degree[node]
        for i in range(start, start + size):
            other = neighbour[i]
            over = neighbour[2 * start + 1 - i] if size == 2 else -1
            _replace(neighbour, first[other], degree, (other, node, over))
            if degree[other] <= 2 and not queued[other]:
                order[filled], queued[other] = other, True
                filled += 1
        degree[node] = 0
    return order[:filled].copy(), _edges_left(count, first, neighbour, degree)


@njit(cache=True, nogil=True)
def _replace(neighbour: Ints, start: int, degree: NDArray[np.int64], which: tuple[int, int, int]) -> None:
    """Put `over` (-1 = nothing) in the place of `gone` among the neighbours of a node, unless it is there already."""
    node, gone, over = which
    at, known = start, over < 0
    for i in range(start, start + degree[node]):
        if neighbour[i] == gone:
            at = i
        elif neighbour[i] == over:
            known = True
    if known:
        degree[node] -= 1
        neighbour[at] = neighbour[start + degree[node]]
    else:
        neighbour[at] = over


@njit(cache=True, nogil=True)
def _edges_left(count: int, first: NDArray[np.int64], neighbour: Ints, degree: NDArray[np.int64]) -> Ints:
    """Each pair of neighbours, int32[edges, 2], both ways."""
    edges = np.empty((degree.sum(), 2), np.int32)
    used = 0
    for node in range(count):
        for i in range(first[node], first[node] + degree[node]):
            edges[used, 0], edges[used, 1] = node, neighbour[i]
            used += 1
    return edges
