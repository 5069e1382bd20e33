"""The sweep over the contraction hierarchy against plain Dijkstra searches."""

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.roads.fields import edge_costs
from advisor.roads.hierarchy import (
    COST_SHIFT,
    DISTANCE_MASK,
    NEVER,
    UNREACHABLE,
    Costs,
    approach_cost,
    contract_network,
    customize,
    part_of,
    store_costs,
    sweep,
    sweep_into,
    take_stored,
)
from advisor.roads.model import Profile
from advisor.roads.network import Network
from advisor.roads.speeds import speed_table
from tests.roads.networks import at, draw, line, networks, road, square


def swept(network: Network, cost: Costs, goals: list[int]) -> Costs:
    hierarchy = contract_network(network)
    starts = np.array([[i, goal, 0] for i, goal in enumerate(goals)], np.int64)
    return sweep(hierarchy, customize(hierarchy, network, cost), starts, len(goals))


def searched(network: Network, cost: Costs, goal: int) -> dict[int, int]:
    """Cost from every node to a goal, by Dijkstra on the reversed graph; parallel edges stay apart."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(network.node_count))
    for edge in np.flatnonzero(cost < UNREACHABLE):
        graph.add_edge(int(network.edge_head[edge]), int(network.edge_tail[edge]), weight=int(cost[edge]))
    return dict(nx.single_source_dijkstra_path_length(graph, goal))


@given(networks(most=25), st.data())
@settings(max_examples=80, deadline=None)
def test_sweep_equals_dijkstra_also_when_edges_are_closed(network: Network, data: st.DataObject):
    cost = edge_costs(network, speed_table(Profile.SIGNALS))
    closed = data.draw(st.lists(st.integers(0, network.edge_count - 1), max_size=network.edge_count // 2))
    cost[closed] = UNREACHABLE
    goals = data.draw(st.lists(st.integers(0, network.node_count - 1), min_size=1, max_size=4))

    found = swept(network, cost, goals)

    for column, goal in enumerate(goals):
        oracle = searched(network, cost, goal)
        expected = [oracle.get(node, UNREACHABLE) for node in range(network.node_count)]
        np.testing.assert_array_equal(np.minimum(found[:, column], UNREACHABLE), expected)


@given(networks(), st.integers(0, 1000), st.floats(0.1, 0.9))
@settings(max_examples=40, deadline=None)
def test_raising_a_speed_never_lengthens_a_time(network: Network, choice: int, factor: float):
    cost = edge_costs(network, speed_table(Profile.SIGNALS))
    faster = cost.copy()
    edge = choice % network.edge_count
    faster[edge] = int((cost[edge] >> COST_SHIFT) * factor) << COST_SHIFT | (cost[edge] & DISTANCE_MASK)
    goals = list(range(network.node_count))

    before, after = swept(network, cost, goals) >> COST_SHIFT, swept(network, faster, goals) >> COST_SHIFT

    assert (after <= before).all()


@given(networks(), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_closing_an_edge_never_shortens_a_time(network: Network, choice: int):
    cost = edge_costs(network, speed_table(Profile.SIGNALS))
    closed = cost.copy()
    closed[choice % network.edge_count] = UNREACHABLE
    goals = list(range(network.node_count))

    assert (swept(network, closed, goals) >= swept(network, cost, goals)).all()


def test_among_equally_fast_ways_the_shortest_counts():
    network = square()
    cost = np.array([(10_000 << COST_SHIFT) + 1_000 + i for i in range(network.edge_count)], np.int64)

    found = swept(network, cost, [0])

    assert [int(c) for c in found[:, 0]] == [searched(network, cost, 0)[node] for node in range(network.node_count)]


def test_dead_ends_and_what_lies_between_two_others_are_contracted_first():
    """Four junctions that are all joined to each other stay to the end; a dead end and a corner go before."""
    corners = {"a": at(0, 0), "b": at(0, 9), "c": at(9, 0), "d": at(8, 8)}
    nodes = corners | {"dead end": at(-1, -1), "corner": at(0.5, 4)}
    pairs = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")]
    network = draw(
        nodes, *(road(*pair) for pair in pairs), road("dead end", "a"), road("a", "corner"), road("corner", "b")
    )

    places = list(zip(network.node_lat.round(6).tolist(), network.node_lon.round(6).tolist(), strict=True))

    first = {(round(nodes[name].lat, 6), round(nodes[name].lon, 6)) for name in ("dead end", "corner")}
    assert len(set(places)) == len(nodes)
    assert set(places[:2]) == first


def stored(*costs: int) -> tuple[list[int], list[int]]:
    """Seconds and distance as they are stored for destinations that lie at these costs from the first node."""
    network = line()
    hierarchy = contract_network(network)
    shortcuts = customize(hierarchy, network, np.full(network.edge_count, UNREACHABLE))
    starts = np.array([(column, 0, cost) for column, cost in enumerate(costs)], np.int64)
    into = tuple(np.zeros((network.node_count, len(costs)), np.uint16) for _ in range(3))
    sweep_into(into, hierarchy, shortcuts, starts, np.empty(into[0].size, np.int64))
    return into[0][0].tolist(), into[1][0].tolist()


def test_stored_times_are_rounded_to_quarter_seconds_and_tens_of_metres():
    found = stored((1_124 << COST_SHIFT) | 549, (1_125 << COST_SHIFT) | 550)

    assert found == ([4, 5], [5, 6])


def test_what_takes_over_four_and_a_half_hours_is_stored_as_unreachable():
    found = stored(16_383_500 << COST_SHIFT, 16_383_700 << COST_SHIFT, UNREACHABLE)

    assert found == ([65_534, NEVER, NEVER], [0, NEVER, NEVER])


def test_part_of_an_edge_costs_its_share_of_time_and_length():
    assert part_of((8_000 << COST_SHIFT) | 1_000, 0.25) == (2_000 << COST_SHIFT) | 250


def test_approach_counts_at_thirty_kilometres_an_hour():
    assert approach_cost(250.0) == (30_000 << COST_SHIFT) | 2_500


@given(st.lists(st.tuples(st.integers(0, 16_383_000), st.integers(0, 6_553_000)), min_size=1, max_size=9))
@settings(deadline=None)
def test_what_was_stored_is_exact_with_what_rounding_took_away(drawn: list[tuple[int, int]]):
    costs = np.array([(time_ms << COST_SHIFT) | length_dm for time_ms, length_dm in drawn], np.int64)
    into = tuple(np.zeros((1, len(drawn)), np.uint16) for _ in range(3))
    found = np.full(len(drawn), UNREACHABLE, np.int64)

    store_costs(costs, into, 0)
    take_stored(found, into, 0, 0)

    np.testing.assert_array_equal(found, costs)
