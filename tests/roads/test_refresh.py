"""Travel times under closures, of which only what differs is worked out, against times worked out from nothing."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.roads.closures import costs_under, edges_among
from advisor.roads.fields import Times, Work, edge_costs, make_fields
from advisor.roads.hierarchy import Stored, contract_network, customize, sweep_into
from advisor.roads.join import join_destinations, start_costs
from advisor.roads.model import Destination, Profile
from advisor.roads.network import Network
from advisor.roads.refresh import Edges, customize_anew, lower_arcs
from advisor.roads.refresher import Refresher
from advisor.roads.shelf import in_memory
from advisor.roads.snap import RoadGrid, lay_grid
from advisor.roads.speeds import speed_table
from tests.roads.networks import at, line, networks

EXAMPLES = 150
"""Some six changes each."""

Change = list[tuple[list[int], float]]
changes = st.lists(
    st.lists(st.tuples(st.lists(st.integers(0, 400), max_size=6), st.sampled_from([0.0, 0.2, 0.7])), max_size=4),
    min_size=1,
    max_size=12,
)
goals = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=5)


class Country:
    """A network with destinations, its times on open roads, and what works out the times under closures."""

    def __init__(self, network: Network, spots: list[tuple[int, int]]) -> None:
        self.grid: RoadGrid = lay_grid(network)
        destinations = [Destination(id=str(i), position=at(n / 10, e / 10)) for i, (n, e) in enumerate(spots)]
        self.joins = join_destinations(self.grid, destinations)
        table = speed_table(Profile.SIGNALS)
        self.cost = edge_costs(network, table)
        self.fields = make_fields(network, self.joins, {Profile.SIGNALS: self.cost}, in_memory, Work(threads=1))
        times = Times.on_open_roads(table, self.cost, self.fields.stored[Profile.SIGNALS])
        self.refresher = Refresher(self.grid, self.joins, self.fields, {Profile.SIGNALS: times})

    def affected(self, change: Change) -> list[tuple[np.ndarray, float]]:
        count = self.grid.network.edge_count
        return [(np.unique(np.array(edges, np.int32) % count), factor) for edges, factor in change]

    def anew(self, change: Change) -> Stored:
        network, hierarchy = self.grid.network, self.fields.hierarchy
        cost = costs_under(self.cost, self.affected(change))
        stored = tuple(np.empty_like(array) for array in self.fields.stored[Profile.SIGNALS])
        starts = start_costs(network, self.joins, cost, range(self.joins.count))
        sweep_into(stored, hierarchy, customize(hierarchy, network, cost), starts, np.empty(stored[0].size, np.int64))
        return stored


def values(times: Times) -> tuple[np.ndarray, np.ndarray]:
    """Seconds and distance with the patch in place."""
    seconds, distance = times.seconds.copy(), times.distance.copy()
    for node, row in enumerate(times.patch.row.tolist()):
        if row >= 0:
            seconds[node], distance[node] = times.patch.seconds[row], times.patch.distance[row]
    return seconds, distance


@given(networks(most=20), goals, changes)
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_differs_is_all_that_differs(network: Network, spots: list[tuple[int, int]], drawn: list[Change]):
    """Closures, openings, slowdowns and overlaps, one after another."""
    country = Country(network, spots)

    for change in drawn:
        times = country.refresher.times_under(country.affected(change))[Profile.SIGNALS]

        np.testing.assert_array_equal(values(times), country.anew(change)[:2])


def test_rows_that_stay_are_not_made_again():
    """A road in the west of a line is closed: who is east of it drives to the east as before."""
    country = Country(line(), [(0, 50)])
    west = country.grid.network.names.index("A9")
    edges = np.flatnonzero(country.grid.network.road_name[country.grid.network.edge_road] == west).astype(np.int32)

    times = country.refresher.times_under([(edges, 0.0)])[Profile.SIGNALS]

    assert len(times.patch.seconds) == 1


@given(networks(), changes)
@settings(max_examples=50, deadline=None)
def test_many_changes_are_worked_out_as_a_whole_to_the_same_end(network: Network, drawn: list[Change]):
    cost = edge_costs(network, speed_table(Profile.SIGNALS))
    hierarchy = contract_network(network)
    lower, before = lower_arcs(hierarchy), customize(hierarchy, network, cost)
    affected = [
        (np.unique(np.array(edges, np.int32) % network.edge_count), factor) for edges, factor in drawn[0] if edges
    ]
    edges = Edges(network.first_edge, network.edge_tail, network.edge_head, costs_under(cost, affected))

    changed = edges_among(affected, network.edge_count)
    one, other = (customize_anew(hierarchy, lower, before, edges, changed, many) for many in (0, 10_000))

    np.testing.assert_array_equal(one[0], other[0])
    np.testing.assert_array_equal(one[1], other[1])
