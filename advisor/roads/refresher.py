"""Works out the travel times under closures from those on open roads."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from advisor.roads.closure import Closure
from advisor.roads.closures import Ints, NoSuchRoad, costs_under, edges_among, edges_of, prepare_areas
from advisor.roads.fields import Fields, Times
from advisor.roads.hierarchy import Costs, Units
from advisor.roads.join import Joins, start_costs
from advisor.roads.model import Profile
from advisor.roads.refresh import Edges, Lower, Patch, customize_anew, lower_arcs, sweep_anew
from advisor.roads.shelf import read_ahead
from advisor.roads.snap import RoadGrid

MATCHED_MOST = 2_000
"""So many closures are remembered with the edges that they touch."""

Affected = Sequence[tuple[Ints, float]]
"""Edges and the factor of their speed, a pair for each closure."""


class Refresher:
    """Knows the fields on open roads; every refresh begins from there, so nothing of an earlier one remains."""

    def __init__(self, grid: RoadGrid, joins: Joins, fields: Fields, times: Mapping[Profile, Times]) -> None:
        self._grid = grid
        self._network = grid.network
        self._joins = joins
        self._fields = fields
        self._times = times
        self.edges_of = lru_cache(MATCHED_MOST)(self._edges_of)

    def match(self, closures: Iterable[Closure]) -> tuple[list[tuple[Ints, float]], tuple[str, ...]]:
        """Find the edges that each closure touches, with its factor; and the ids of those that lie on no road."""
        affected, lost = [], []
        for closure in closures:
            edges = self.edges_of(closure)
            if len(edges):
                affected.append((edges, closure.factor))
            else:
                lost.append(closure.id)
        return affected, tuple(lost)

    def times_under(self, affected: Affected) -> dict[Profile, Times]:
        """Travel times of every profile, one profile after the other: a core is left to who asks for drive times."""
        changed = edges_among(affected, self._network.edge_count)
        room = np.empty(next(iter(self._times.values())).seconds.shape, np.uint16)
        return {profile: self._times_of(profile, affected, changed, room) for profile in self._times}

    def prepare(self) -> None:
        """Do what the first refresh would lose time with: load code, sort arcs and edges, and fetch what is stored.

        What is fetched from the disk goes where the system keeps files, not into the memory of this process.
        """
        prepare_areas(self._grid)
        self.times_under([])
        for profile in self._times:
            for array in (*self._fields.stored[profile], *self._fields.shortcuts[profile]):
                read_ahead(array)

    def _times_of(self, profile: Profile, affected: Affected, changed: Ints, room: Units) -> Times:
        base = self._times[profile]
        cost = costs_under(base.edge_cost, affected)
        return Times(
            table=base.table,
            edge_cost=cost,
            seconds=base.seconds,
            distance=base.distance,
            patch=self._patch(profile, cost, changed, room),
        )

    def _patch(self, profile: Profile, cost: Costs, changed: Ints, room: Units) -> Patch:
        network, hierarchy, shortcuts = self._network, self._fields.hierarchy, self._fields.shortcuts[profile]
        edges = Edges(first=network.first_edge, tail=network.edge_tail, head=network.edge_head, cost=cost)
        anew, differs = customize_anew(hierarchy, self._lower, shortcuts, edges, changed)
        before, after = self._starts(self._times[profile].edge_cost), self._starts(cost)
        stored = self._fields.stored[profile]
        return sweep_anew(hierarchy, (shortcuts, before, stored), (anew, after), differs, room)

    def _starts(self, cost: Costs) -> Costs:
        return start_costs(self._network, self._joins, cost, range(self._joins.count))

    @cached_property
    def _lower(self) -> Lower:
        return lower_arcs(self._fields.hierarchy)

    def _edges_of(self, closure: Closure) -> Ints:
        """Edges that a closure touches; none when it lies on no road."""
        try:
            return edges_of(self._grid, closure)
        except NoSuchRoad:
            return np.zeros(0, np.int32)
