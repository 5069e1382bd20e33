"""To and from the graphs of networkx and osmnx."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from advisor.roads.assemble import Origin, Roads, assemble
from advisor.roads.model import NetworkFileError, Profile, RoadClass
from advisor.roads.network import Network
from advisor.roads.speeds import road_times_ms, speed_table
from advisor.roads.tags import NAME_KEYS, USE_KEYS, WayUse, name_of_way, use_of_way

if TYPE_CHECKING:
    import networkx as nx

Floats = NDArray[np.float64]
Row = tuple[int, int, WayUse, str, Floats]
"""From node, to node, use, name, points (k, 2) as latitude and longitude."""


def from_networkx(graph: "nx.Graph[Any]", origin: Origin) -> Network:
    """Build a network from a graph in the form of osmnx.

    Nodes have `x` and `y` (degrees). Edges have the tags of their way; `geometry`, when present, is a line of
    (longitude, latitude). Both directions of a street come as two edges with the same `osmid` and `length`; in an
    undirected graph one edge stands for both. Edges that an ambulance may not drive on are left out.

    Raises
    ------
    NetworkFileError
        When a node lacks its place, or nothing is left to drive on.
    """
    lat, lon, number = _places(graph, origin)
    rows = list(_rows(graph, number, np.column_stack((lat, lon))))
    if not rows:
        raise NetworkFileError(f"{origin.name}: no roads in this graph")
    names = {name: i for i, name in enumerate(dict.fromkeys(row[3] for row in rows if row[3]))}
    points = np.vstack([row[4] for row in rows])
    roads = Roads(
        node_lat=lat,
        node_lon=lon,
        from_node=np.array([row[0] for row in rows], np.int32),
        to_node=np.array([row[1] for row in rows], np.int32),
        forward=np.array([row[2].forward for row in rows], np.bool_),
        backward=np.array([row[2].backward for row in rows], np.bool_),
        road_class=np.array([row[2].road_class for row in rows], np.uint8),
        factor=np.ones(len(rows), np.float32),
        limit_kph=np.array([row[2].limit_kph for row in rows], np.uint8),
        flags=np.array([row[2].flags for row in rows], np.uint8),
        name=np.array([names.get(row[3], -1) for row in rows], np.int32),
        first_point=np.concatenate(([0], np.cumsum([len(row[4]) for row in rows]))).astype(np.int32),
        point_lat=points[:, 0].copy(),
        point_lon=points[:, 1].copy(),
        names=tuple(names),
    )
    return assemble(roads, origin)


def to_networkx(network: Network) -> "nx.MultiDiGraph[Any]":
    """Give the network as a graph in the form of osmnx: every edge with `length`, `highway`, `name` and two times.

    `geometry` is a list of (longitude, latitude); `signals_s` and `no_signals_s` are seconds. The graph has what osmnx
    and networkx need to show and to search it.
    """
    import networkx as nx  # noqa: PLC0415  (slow to import)

    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(crs="epsg:4326", name=network.name, attribution=network.attribution)
    for node, (lat, lon) in enumerate(zip(network.node_lat.tolist(), network.node_lon.tolist(), strict=True)):
        graph.add_node(node, y=lat, x=lon)
    times = {profile: road_times_ms(network, speed_table(profile)) for profile in Profile}
    for edge in range(network.edge_count):
        road, line = int(network.edge_road[edge]), int(network.road_name[network.edge_road[edge]])
        span = slice(int(network.first_point[road]), int(network.first_point[road + 1]))
        points = list(zip(network.point_lon[span].tolist(), network.point_lat[span].tolist(), strict=True))
        graph.add_edge(
            int(network.edge_tail[edge]),
            int(network.edge_head[edge]),
            highway=RoadClass(int(network.road_class[road])).name.lower(),
            name=network.names[line] if line >= 0 else "",
            length=float(network.road_length_m[road]),
            reversed=not network.edge_forward[edge],
            geometry=points if network.edge_forward[edge] else points[::-1],
            **{f"{profile.value}_s": float(ms[road]) / 1000 for profile, ms in times.items()},
        )
    return graph


def _places(graph: "nx.Graph[Any]", origin: Origin) -> tuple[Floats, Floats, dict[Hashable, int]]:
    try:
        pairs = [(float(data["y"]), float(data["x"])) for _, data in graph.nodes(data=True)]
    except (KeyError, TypeError, ValueError) as error:
        raise NetworkFileError(
            f"{origin.name}: every node of the graph must have numbers `x` and `y`: {error}"
        ) from error
    places = np.array(pairs, float).reshape(-1, 2)
    return places[:, 0].copy(), places[:, 1].copy(), {node: i for i, node in enumerate(graph.nodes)}


def _rows(graph: "nx.Graph[Any]", number: Mapping[Hashable, int], places: Floats) -> Iterable[Row]:
    twins: dict[tuple[int, int, str, int], int] = {}
    rows: list[Row] = []
    for start, end, data in graph.edges(data=True):
        tail, head = number[start], number[end]
        tags = _tags(data)
        oneway = graph.is_directed()
        use = use_of_way({**tags, "oneway": "yes" if oneway else tags.get("oneway", "no")})
        if use is None:
            continue
        line = _line(data, places[[tail, head]])
        # The two directions of a street become one road, so that a vehicle on it can go either way.
        twin = (head, tail, str(data.get("osmid")), round(float(data.get("length", 0.0))))
        if twin in twins:
            i = twins.pop(twin)
            both = WayUse(
                road_class=use.road_class, forward=True, backward=True, limit_kph=use.limit_kph, flags=use.flags
            )
            rows[i] = (*rows[i][:2], both, *rows[i][3:])
            continue
        twins[tail, head, twin[2], twin[3]] = len(rows)
        rows.append((tail, head, use, name_of_way(tags), line))
    return rows


def _tags(data: Mapping[str, Any]) -> dict[str, str]:
    """Tags of an edge as text; where simplification gathered several values, the first."""
    tags = {}
    for key in (*USE_KEYS, *NAME_KEYS):
        value = data.get(key)
        value = value[0] if isinstance(value, list | tuple) and value else value
        if isinstance(value, str):
            tags[key] = value
    return tags


def _line(data: Mapping[str, Any], ends: Floats) -> Floats:
    geometry = data.get("geometry")
    if geometry is None:
        return ends
    points = np.array(getattr(geometry, "coords", geometry), float)[:, :2]
    return points[:, ::-1]
