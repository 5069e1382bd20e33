"""The way to a destination: downhill in its field of travel times."""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import Position
from advisor.roads.fields import Times
from advisor.roads.hierarchy import (
    AT_END,
    COST_SHIFT,
    DISTANCE_MASK,
    NEVER,
    TIME_UNIT_MS,
    UNREACHABLE,
    approach_cost,
    part_of,
)
from advisor.roads.join import Joins, entries_of
from advisor.roads.model import Destination, NoRoute, Route
from advisor.roads.network import Network
from advisor.roads.snap import Snap

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Part of an edge, from one share of its length to another."""

    edge: int
    start: float = 0.0
    end: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What it costs to drive some stretches one after another."""

    cost: int
    stretches: tuple[Stretch, ...]


def find_route(
    network: Network, times: Times, joins: Joins, found: Snap, position: Position, destination: tuple[int, Destination]
) -> Route:
    """Follow the field of a destination (its column, and itself) down from the roads in `found`.

    The seconds equal those of the field to the rounding of its unit; the start constant is included.

    Raises
    ------
    NoRoute
        When no way leads there.
    """
    column, goal = destination
    way = best_way(network, times, joins, found, column)
    points = np.vstack(
        [
            np.array([[position.lat, position.lon]]),
            *(_line(network, stretch) for stretch in way.stretches),
            np.array([[goal.position.lat, goal.position.lon]]),
        ]
    )
    return Route(
        points=points,
        seconds=(way.cost >> COST_SHIFT) / 1000.0 + times.table.start_s,
        distance_m=(way.cost & DISTANCE_MASK) / 10.0,
        names=_names(network, way),
    )


def best_way(network: Network, times: Times, joins: Joins, found: Snap, column: int) -> Way:
    """Find the stretches that lead from the roads in `found` to the destination of a column; both straight lines count.

    Raises
    ------
    NoRoute
        When no way leads there.
    """
    return _Search(_Downhill(network, times, joins, column)).run(found)


class _Downhill:
    """One destination's field, as it is walked from node to node."""

    def __init__(self, network: Network, times: Times, joins: Joins, column: int) -> None:
        self.network = network
        self.edge_cost = times.edge_cost
        self.times = times
        self.column = column
        self.joins = [int(join) for join in np.flatnonzero(joins.destination == column)]
        self.ways: dict[int, list[Way]] = {}
        self.places = joins
        for join in self.joins:
            for entry in entries_of(network, joins, times.edge_cost, join):
                stretches = (Stretch(edge=entry.edge, end=entry.share),) if entry.edge >= 0 else ()
                self.ways.setdefault(entry.node, []).append(Way(cost=entry.cost, stretches=stretches))

    def rest_ms(self, node: int) -> int | None:
        """A time that the way from a node certainly takes, tight to the rounding; None when there is no way."""
        units = self.times.units_from(node, self.column)
        return None if units == NEVER else max(units * TIME_UNIT_MS - TIME_UNIT_MS // 2, 0)

    def steps(self, node: int) -> Iterator[tuple[int, int]]:
        """Edges that leave a node, with their costs."""
        for edge in range(int(self.network.first_edge[node]), int(self.network.first_edge[node + 1])):
            if self.edge_cost[edge] < UNREACHABLE:
                yield edge, int(self.edge_cost[edge])

    def direct(self, road: int, share: float) -> Iterator[Way]:
        """Ways to the destination that never leave the road."""
        for join in self.joins:
            if self.places.road[join] != road:
                continue
            goal = float(self.places.share[join])
            for way in (0, 1):
                edge = int(self.network.road_edges[road, way])
                ahead = goal - share if way == 0 else share - goal
                if edge >= 0 and ahead >= 0 and self.edge_cost[edge] < UNREACHABLE:
                    cost = part_of(int(self.edge_cost[edge]), ahead) + approach_cost(float(self.places.leg_m[join]))
                    start = share if way == 0 else 1.0 - share
                    yield Way(cost=cost, stretches=(Stretch(edge=edge, start=start, end=start + ahead),))


class _Search:
    """Walks on from wherever the field promises least; as stored times are rounded, near-ties are followed up too."""

    def __init__(self, downhill: _Downhill) -> None:
        self.downhill = downhill
        self.network = downhill.network
        self.best: Way | None = None
        self.heap: list[tuple[int, int, int]] = []
        self.reached: dict[int, int] = {}
        self.came: dict[int, tuple[int, Stretch]] = {}

    def run(self, found: Snap) -> Way:
        """Return the cheapest way from any of the roads in `found`."""
        for road, share, gap in zip(found.road.tolist(), found.share.tolist(), found.distance_m.tolist(), strict=True):
            self._set_out(road, share, approach_cost(gap))
        while self.heap and self.heap[0][0] < self._bound():
            _, node, cost = heapq.heappop(self.heap)
            if cost == self.reached[node]:
                self._go_on(node, cost)
        if self.best is None:
            raise NoRoute("no way leads from here to the destination")
        return self.best

    def _set_out(self, road: int, share: float, approach: int) -> None:
        for way in self.downhill.direct(road, share):
            if approach + way.cost < self._bound():
                self.best = Way(cost=approach + way.cost, stretches=way.stretches)
        for edge in self.network.road_edges[road].tolist():
            if edge >= 0 and self.downhill.edge_cost[edge] < UNREACHABLE:
                start = share if self.network.edge_forward[edge] else 1.0 - share
                cost = approach + part_of(int(self.downhill.edge_cost[edge]), 1.0 - start)
                self._reach(int(self.network.edge_head[edge]), cost, -1, Stretch(edge=edge, start=start))
                if start <= AT_END:
                    self._reach(int(self.network.edge_tail[edge]), approach, -1, Stretch(edge=edge, end=0.0))

    def _go_on(self, node: int, cost: int) -> None:
        for way in self.downhill.ways.get(node, ()):
            if cost + way.cost < self._bound():
                self.best = Way(cost=cost + way.cost, stretches=(*self._back(node), *way.stretches))
        for edge, step in self.downhill.steps(node):
            self._reach(int(self.network.edge_head[edge]), cost + step, node, Stretch(edge=edge))

    def _reach(self, node: int, cost: int, origin: int, stretch: Stretch) -> None:
        rest = self.downhill.rest_ms(node)
        if rest is not None and cost < self.reached.get(node, UNREACHABLE):
            self.reached[node] = cost
            self.came[node] = (origin, stretch)
            heapq.heappush(self.heap, (cost + (rest << COST_SHIFT), node, cost))

    def _bound(self) -> int:
        return UNREACHABLE if self.best is None else self.best.cost

    def _back(self, node: int) -> Iterator[Stretch]:
        """Stretches from the first road to a node."""
        stretches = []
        while node >= 0:
            node, stretch = self.came[node]
            stretches.append(stretch)
        return reversed(stretches)


def _line(network: Network, stretch: Stretch) -> Floats:
    """Points of a stretch, float64[k, 2], in driving direction."""
    road = network.edge_road[stretch.edge]
    span = slice(int(network.first_point[road]), int(network.first_point[road + 1]))
    points = np.column_stack((network.point_lat[span], network.point_lon[span]))
    if not network.edge_forward[stretch.edge]:
        points = points[::-1]
    if stretch.start == 0.0 and stretch.end == 1.0:
        return points
    east = math.cos(math.radians(float(points[0, 0])))
    steps = np.hypot(np.diff(points[:, 0]), np.diff(points[:, 1]) * east)
    along = np.concatenate(([0.0], np.cumsum(steps))) / max(float(steps.sum()), 1e-12)
    inside = points[(along > stretch.start) & (along < stretch.end)]
    ends = [
        [np.interp(share, along, points[:, 0]), np.interp(share, along, points[:, 1])]
        for share in (stretch.start, stretch.end)
    ]
    return np.vstack((ends[:1], inside, ends[1:]))


def _names(network: Network, way: Way) -> tuple[str, ...]:
    """Names of the roads driven, each once in a row."""
    names: list[str] = []
    for stretch in way.stretches:
        if stretch.start == stretch.end:
            continue
        line = int(network.road_name[network.edge_road[stretch.edge]])
        if line >= 0 and (not names or names[-1] != network.names[line]):
            names.append(network.names[line])
    return tuple(names)
