"""The bare graph of a network while it is built: forbidden turns, the largest connected part, contraction order."""

from dataclasses import dataclass, replace

import numpy as np
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
    """Number the nodes in the order of a nested dissection: node 0 is contracted first."""
    from routingkit_cch import compute_order_inertial  # noqa: PLC0415  (not needed once a network is built)

    count = len(graph.lat)
    proper = graph.tail != graph.head
    tail, head = graph.tail[proper].tolist(), graph.head[proper].tolist()
    order = np.array(compute_order_inertial(count, tail, head, graph.lat.tolist(), graph.lon.tolist()), np.int32)
    rank = np.empty(count, np.int32)
    rank[order] = np.arange(count, dtype=np.int32)
    return replace(graph, lat=graph.lat[order], lon=graph.lon[order], tail=rank[graph.tail], head=rank[graph.head])
