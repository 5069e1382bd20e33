"""Drives that were made, followed over a network: how long each takes by a table of speeds, and on which roads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import Position
from advisor.roads.fields import Times, blocks_of, edge_costs
from advisor.roads.hierarchy import (
    COST_SHIFT,
    DISTANCE_MASK,
    Costs,
    Hierarchy,
    Shortcuts,
    contract_network,
    customize,
    sweep_into,
)
from advisor.roads.join import Joins, join_destinations, start_costs
from advisor.roads.model import Destination, NoRoute, OffNetwork, RoadClass
from advisor.roads.network import Network
from advisor.roads.route import best_way
from advisor.roads.snap import Reach, Snap, lay_grid, snap
from advisor.roads.speeds import BUILT_UP_DENSITY, SpeedTable, road_times_ms

FOLDS = 5
ORIGIN_DEG = 0.02
"""Drives from the same square of this size (2 km by 1.4) stay together when some are left out."""

_LINKS = (RoadClass.MOTORWAY_LINK, RoadClass.TRUNK_LINK)
_MINOR = (RoadClass.TERTIARY, RoadClass.TERTIARY_LINK, RoadClass.UNCLASSIFIED)
GROUPS: tuple[tuple[str, tuple[RoadClass, ...], tuple[int, ...]], ...] = (
    ("motorway", (RoadClass.MOTORWAY,), (0, 1)),
    ("motorway and trunk links", _LINKS, (0, 1)),
    ("trunk", (RoadClass.TRUNK,), (0, 1)),
    ("primary, open", (RoadClass.PRIMARY, RoadClass.PRIMARY_LINK), (0,)),
    ("primary, built-up", (RoadClass.PRIMARY, RoadClass.PRIMARY_LINK), (1,)),
    ("secondary, open", (RoadClass.SECONDARY, RoadClass.SECONDARY_LINK), (0,)),
    ("secondary, built-up", (RoadClass.SECONDARY, RoadClass.SECONDARY_LINK), (1,)),
    ("tertiary and unclassified, open", _MINOR, (0,)),
    ("tertiary and unclassified, built-up", _MINOR, (1,)),
    ("residential, open", (RoadClass.RESIDENTIAL,), (0,)),
    ("residential, built-up", (RoadClass.RESIDENTIAL,), (1,)),
    ("living street", (RoadClass.LIVING_STREET,), (0, 1)),
    ("service and others", (RoadClass.SERVICE, RoadClass.BUSWAY, RoadClass.FERRY), (0, 1)),
)
"""What gets one factor: name, classes, open (0) or built-up (1)."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """A drive that was made: from where to where, how many seconds, and what the time of day multiplies them by."""

    start: Position
    end: Position
    seconds: float
    factor: float = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Drives:
    """Drives that can be followed over a network. `goal` numbers the ends; `fold` says which are left out together."""

    network: Network
    hierarchy: Hierarchy
    joins: Joins
    snaps: tuple[Snap, ...]
    goal: Ints
    seconds: Floats
    factor: Floats
    fold: Ints
    built_up: Bools

    def __len__(self) -> int:
        return len(self.seconds)


@dataclass(frozen=True, kw_only=True, eq=False)
class Followed:
    """Drives along their fastest routes by a table.

    predicted : seconds, the constant and the time of day included; distance_m along the route.
    by_group : seconds on roads of each group by the base table, float64[drives, groups]; legs_s : straight lines.
    """

    predicted: Floats
    distance_m: Floats
    by_group: Floats
    legs_s: Floats


def put_on_roads(network: Network, drives: Sequence[Drive]) -> tuple[Drives, list[int], list[tuple[int, str]]]:
    """Put drives on a network: the drives, which of those given they are, and why the others cannot be used."""
    grid, reach = lay_grid(network), Reach.of(network)
    ends = list(dict.fromkeys(drive.end for drive in drives))
    number = {end: i for i, end in enumerate(ends)}
    joins = join_destinations(grid, [Destination(id=str(i), position=end) for i, end in enumerate(ends)])
    snaps, kept, lost = [], [], []
    for place, drive in enumerate(drives):
        try:
            found = snap(grid, drive.start, reach)
        except OffNetwork as error:
            lost.append((place, f"from: {error}"))
            continue
        if joins.off[number[drive.end]]:
            lost.append((place, "to: too far from every road"))
            continue
        snaps.append(found)
        kept.append(place)
    used = [drives[place] for place in kept]
    joined = Drives(
        network=network,
        hierarchy=contract_network(network),
        joins=joins,
        snaps=tuple(snaps),
        goal=np.array([number[drive.end] for drive in used], np.int64),
        seconds=np.array([drive.seconds for drive in used], float),
        factor=np.array([drive.factor for drive in used], float),
        fold=folds([(round(d.start.lat / ORIGIN_DEG), round(d.start.lon / ORIGIN_DEG)) for d in used]),
        built_up=_built_up(network, joins, snaps, [number[drive.end] for drive in used]),
    )
    return joined, kept, lost


def some_of(drives: Drives, chosen: Bools) -> Drives:
    """Keep some of the drives."""
    return replace(
        drives,
        snaps=tuple(found for found, is_chosen in zip(drives.snaps, chosen, strict=True) if is_chosen),
        goal=drives.goal[chosen],
        seconds=drives.seconds[chosen],
        factor=drives.factor[chosen],
        fold=drives.fold[chosen],
        built_up=drives.built_up[chosen],
    )


def folds(origins: Sequence[object]) -> Ints:
    """Number the fold of each drive: those of the same origin are left out together, all folds are of like size."""
    names = list(dict.fromkeys(origins))
    place = dict(zip(names, np.random.default_rng(2022).permutation(len(names)).tolist(), strict=True))
    return np.array([place[origin] % FOLDS for origin in origins], np.int64)


def follow(drives: Drives, table: SpeedTable, base: SpeedTable) -> Followed:
    """Drive every drive by a table; one without a way has an infinite prediction."""
    network = drives.network
    cost, base_s = edge_costs(network, table), road_times_ms(network, base) / 1000.0
    shortcuts = customize(drives.hierarchy, network, cost)
    group, count = group_of_roads(network), len(drives)
    total, distance_m = np.full(count, np.inf), np.full(count, np.nan)
    by_group, legs_s = np.zeros((count, len(GROUPS))), np.zeros(count)
    for block in blocks_of(drives.joins.count):
        joins = _joins_of(drives.joins, block)
        times = _times_to(drives, joins, (table, cost, shortcuts))
        for i in np.flatnonzero((drives.goal >= block.start) & (drives.goal < block.stop)):
            try:
                way = best_way(network, times, joins, drives.snaps[i], int(drives.goal[i]) - block.start)
            except NoRoute:
                continue
            edges = np.array([stretch.edge for stretch in way.stretches], np.int64)
            share = np.array([stretch.end - stretch.start for stretch in way.stretches])
            road = network.edge_road[edges]
            np.add.at(by_group[i], group[road], base_s[road] * share)
            total[i], distance_m[i] = (way.cost >> COST_SHIFT) / 1000.0, (way.cost & DISTANCE_MASK) / 10.0
            legs_s[i] = max(total[i] - float(((cost[edges] >> COST_SHIFT) * share).sum()) / 1000.0, 0.0)
    return Followed(
        predicted=total * drives.factor + table.start_s, distance_m=distance_m, by_group=by_group, legs_s=legs_s
    )


def group_of_roads(network: Network) -> Ints:
    """The group of every road."""
    of = np.zeros((len(RoadClass), 2), np.int64)
    for number, (_, classes, places) in enumerate(GROUPS):
        for road_class in classes:
            of[road_class, list(places)] = number
    return np.asarray(of[network.road_class, (network.road_density >= BUILT_UP_DENSITY).astype(int)])


def _built_up(network: Network, joins: Joins, snaps: Sequence[Snap], goals: Sequence[int]) -> Bools:
    """Tell of each drive whether its start and its end lie in a town, bool[drives, 2]."""
    road_at = np.zeros(joins.count, np.int64)
    road_at[joins.destination[::-1]] = joins.road[::-1]  # the first join of a destination is the nearest
    roads = np.array([[found.road[0], road_at[goal]] for found, goal in zip(snaps, goals, strict=True)], np.int64)
    return np.asarray(network.road_density[roads.reshape(-1, 2)] >= BUILT_UP_DENSITY)


def _joins_of(joins: Joins, block: range) -> Joins:
    chosen = np.flatnonzero((joins.destination >= block.start) & (joins.destination < block.stop))
    return Joins(
        destination=joins.destination[chosen] - np.int32(block.start),
        road=joins.road[chosen],
        share=joins.share[chosen],
        leg_m=joins.leg_m[chosen],
        edges=tuple(joins.edges[i] for i in chosen),
        off=joins.off[block.start : block.stop],
    )


def _times_to(drives: Drives, joins: Joins, by: tuple[SpeedTable, Costs, Shortcuts]) -> Times:
    table, cost, shortcuts = by
    shape = (drives.network.node_count, joins.count)
    stored = (np.empty(shape, np.uint16), np.empty(shape, np.uint16), np.empty(shape, np.uint16))
    starts = start_costs(drives.network, joins, cost, range(joins.count))
    sweep_into(stored, drives.hierarchy, shortcuts, starts, np.empty(shape[0] * shape[1], np.int64))
    return Times.on_open_roads(table, cost, stored)
