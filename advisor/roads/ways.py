"""From the ways of an extract, as arrays, to roads."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import AdvisorError
from advisor.roads.assemble import Roads
from advisor.roads.chains import Chains, chain_points, cut_into_pieces, string_together
from advisor.roads.graph import entries, index_by

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOVED_DEG = 0.01
MOVED_SHARE = 0.001
"""Some nodes may have been put elsewhere between the dates of two extracts, but not many and not over a kilometre."""

ONLY = "only"
NOT = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A turn restriction as OpenStreetMap has it: kind `no` or `only`, ids of way in, node and way out."""

    kind: str
    from_way: int
    via_node: int
    to_way: int


@dataclass(frozen=True, kw_only=True, eq=False)
class WayTable:
    """Ways in columns. One-way ways run along their points.

    way_id : int64[w]; first_ref : int32[w + 1]; points of way i are first_ref[i] .. first_ref[i + 1].
    ref : int64[k], node ids; lat, lon : float64[k], degrees, NaN where the extract lacks the node.
    The other columns are as in `Roads`.
    """

    way_id: Longs
    first_ref: Ints
    ref: Longs
    lat: Floats
    lon: Floats
    oneway: Bools
    road_class: NDArray[np.uint8]
    limit_kph: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    name: Ints
    names: tuple[str, ...]
    barriers: Longs
    restrictions: tuple[Restriction, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Cut:
    """Roads cut from a table, and how many turn restrictions could not be placed."""

    roads: Roads
    lost_restrictions: int
    missing_points: int


class StrangeExtracts(AdvisorError, ValueError):
    """Extracts that do not come from the same numbering of nodes and ways."""


def merge_ways(table: WayTable) -> WayTable:
    """Put the ways of overlapping extracts together: each way once, a node that one of them lacks from another.

    Raises
    ------
    StrangeExtracts
        When the same numbers mean different nodes in them.
    """
    missing = np.isnan(table.lat)
    known = np.flatnonzero(~missing)
    refs, first = np.unique(table.ref[known], return_index=True)
    at = np.minimum(np.searchsorted(refs, table.ref), max(len(refs) - 1, 0))
    if len(refs):
        twin = known[first[at[known]]]
        moved = np.abs(table.lat[known] - table.lat[twin]) + np.abs(table.lon[known] - table.lon[twin]) > MOVED_DEG
        if moved.mean() > MOVED_SHARE:
            raise StrangeExtracts(f"{int(moved.sum())} nodes of the same number lie far apart")
    fill = missing & (refs[at] == table.ref) if len(refs) else np.zeros_like(missing)
    lat, lon = table.lat.copy(), table.lon.copy()
    lat[fill], lon[fill] = table.lat[known[first[at[fill]]]], table.lon[known[first[at[fill]]]]
    once = np.zeros(len(table.way_id), np.bool_)
    once[np.unique(table.way_id, return_index=True)[1]] = True
    sizes = np.diff(table.first_ref)
    point = np.repeat(once, sizes)
    columns = {name: getattr(table, name)[once] for name in ("oneway", "road_class", "limit_kph", "flags", "name")}
    return replace(
        table,
        way_id=table.way_id[once],
        first_ref=np.concatenate(([0], np.cumsum(sizes[once]))).astype(np.int32),
        ref=table.ref[point],
        lat=lat[point],
        lon=lon[point],
        restrictions=tuple(dict.fromkeys(table.restrictions)),
        **columns,
    )


Inside = Callable[[Floats, Floats], Bools]
"""Says of points (latitudes, longitudes) which belong to the area wanted."""


def roads_from_ways(table: WayTable, inside: Inside | None = None) -> Cut:
    """Cut ways at junctions and barriers and string together what only passes through; keep what is `inside`."""
    table = _doubled_at_barriers(table)
    missing = np.isnan(table.lat)
    outside = missing if inside is None else missing | ~inside(table.lat, table.lon)
    gap = outside.copy()
    gap[:-1] |= outside[1:]
    gap[:-1] |= (table.ref[:-1] == table.ref[1:]) & np.isin(table.ref[:-1], table.barriers)
    node = _node_numbers(table)
    kept = np.zeros(int(node.max(initial=-1)) + 1, np.bool_)
    kept[node[np.isin(table.ref, np.array([r.via_node for r in table.restrictions], np.int64))]] = True
    pieces = cut_into_pieces(node, table.first_ref, gap, kept)
    way = pieces[2]
    columns = np.column_stack(
        [getattr(table, name)[way] for name in ("oneway", "road_class", "limit_kph", "flags", "name")]
    )
    alike = _kinds(columns.astype(np.int64))
    chains = string_together(pieces, node, alike, table.oneway[way], kept)
    roads, ends = _roads(table, chains, node)
    bans, lost = _bans(table, chains, node, ends)
    return Cut(roads=replace(roads, bans=bans), lost_restrictions=lost, missing_points=int(missing.sum()))


def _doubled_at_barriers(table: WayTable) -> WayTable:
    """Write every point at a barrier twice, so that the way ends before it and begins again behind it."""
    times = 1 + np.isin(table.ref, table.barriers)
    if int(times.sum()) == len(times):
        return table
    total = np.concatenate(([0], np.cumsum(times)))
    return replace(
        table,
        first_ref=total[table.first_ref].astype(np.int32),
        ref=np.repeat(table.ref, times),
        lat=np.repeat(table.lat, times),
        lon=np.repeat(table.lon, times),
    )


def _node_numbers(table: WayTable) -> Ints:
    """Number the nodes; at a barrier every point is a node of its own, as nobody passes there."""
    _, number = np.unique(table.ref, return_inverse=True)
    node = number.astype(np.int32)
    blocked = np.flatnonzero(np.isin(table.ref, table.barriers))
    node[blocked] = node.max(initial=-1) + 1 + np.arange(len(blocked), dtype=np.int32)
    return node


def _kinds(columns: Longs) -> Longs:
    """Number the distinct rows."""
    packed = np.zeros(len(columns), np.int64)
    for column in columns.T:
        _, number = np.unique(column, return_inverse=True)
        packed = packed * (int(number.max(initial=0)) + 1) + number
    return packed


def _roads(table: WayTable, chains: Chains, node: Ints) -> tuple[Roads, tuple[Ints, Ints]]:
    first_point, point = chain_points(chains)
    way = chains.way[chains.order[chains.first_piece[:-1]]]
    starts, ends = point[first_point[:-1]], point[first_point[1:] - 1]
    used, number = np.unique(np.concatenate((node[starts], node[ends])), return_inverse=True)
    sample = np.zeros(int(node.max(initial=-1)) + 1, np.int32)
    sample[node[starts]], sample[node[ends]] = starts, ends
    roads = Roads(
        node_lat=table.lat[sample[used]],
        node_lon=table.lon[sample[used]],
        from_node=number[: len(starts)].astype(np.int32),
        to_node=number[len(starts) :].astype(np.int32),
        forward=np.ones(len(way), np.bool_),
        backward=~table.oneway[way],
        road_class=table.road_class[way],
        factor=np.ones(len(way), np.float32),
        limit_kph=table.limit_kph[way],
        flags=table.flags[way],
        name=table.name[way],
        first_point=first_point,
        point_lat=table.lat[point],
        point_lon=table.lon[point],
        names=table.names,
    )
    return roads, (node[starts], node[ends])


def _bans(table: WayTable, chains: Chains, node: Ints, ends: tuple[Ints, Ints]) -> tuple[Ints, int]:
    """Turn restrictions into rows (road in, node, road out), nodes numbered as in the roads; and count those lost."""
    if not table.restrictions:
        return np.zeros((0, 3), np.int32), 0
    via = np.isin(table.ref, np.array([rule.via_node for rule in table.restrictions], np.int64))
    number = dict(zip(table.ref[via].tolist(), node[via].tolist(), strict=True))
    used = np.unique(np.concatenate(ends))
    meets = _Meetings(table, chains, ends)
    rows: list[tuple[int, int, int]] = []
    lost = 0
    for rule in table.restrictions:
        at = number.get(rule.via_node, -1)
        into, out_of = meets.roads(rule.from_way, at, arriving=True), meets.roads(rule.to_way, at, arriving=False)
        if len(into) != 1 or not out_of or (rule.kind == ONLY and len(out_of) != 1):
            lost += 1
            continue
        banned = out_of if rule.kind == NOT else [road for road in meets.leaving(at) if road not in out_of]
        rows += [(into[0], int(np.searchsorted(used, at)), road) for road in banned]
    return np.array(rows, np.int32).reshape(-1, 3), lost


class _Meetings:
    """Which roads meet at the nodes of restrictions, and by which ways."""

    def __init__(self, table: WayTable, chains: Chains, ends: tuple[Ints, Ints]) -> None:
        head, tail = chains.order[chains.first_piece[:-1]], chains.order[chains.first_piece[1:] - 1]
        self.start_way, self.end_way = table.way_id[chains.way[head]], table.way_id[chains.way[tail]]
        self.oneway = table.oneway[chains.way[head]]
        self.by_start, self.by_end = index_by(ends[0]), index_by(ends[1])

    def roads(self, way_id: int, node: int, *, arriving: bool) -> list[int]:
        """Roads by which one can arrive at a node over a way, or leave from it."""
        starting = [road for road in entries(self.by_start, node).tolist() if self.start_way[road] == way_id]
        ending = [road for road in entries(self.by_end, node).tolist() if self.end_way[road] == way_id]
        sure, either = (ending, starting) if arriving else (starting, ending)
        return sure + [road for road in either if not self.oneway[road]]

    def leaving(self, node: int) -> list[int]:
        """All roads by which one can leave a node."""
        back = [road for road in entries(self.by_end, node).tolist() if not self.oneway[road]]
        return [*entries(self.by_start, node).tolist(), *back]
