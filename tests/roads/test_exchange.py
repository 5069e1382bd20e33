"""Graphs of networkx and osmnx, there and back."""

import networkx as nx
import pytest

from advisor.kernel import Position
from advisor.roads.assemble import Origin
from advisor.roads.atlas import Atlas
from advisor.roads.exchange import from_networkx, to_networkx
from advisor.roads.model import Destination, NetworkFileError, Profile
from advisor.roads.speeds import speed_table
from tests.roads.networks import at, line, square

ORIGIN = Origin(name="graph", attribution="drawn by hand")


def osmnx_graph() -> "nx.MultiDiGraph[int]":
    """A triangle; 1-2 both ways with a bend, 2→3 one way, 3→1 one way."""
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(crs="epsg:4326")
    for node, spot in {1: at(0, 0), 2: at(0, 1), 3: at(-1, 0.5)}.items():
        graph.add_node(node, x=spot.lon, y=spot.lat)
    bend = [(at(0, 0).lon, at(0, 0).lat), (at(0.5, 0.5).lon, at(0.5, 0.5).lat), (at(0, 1).lon, at(0, 1).lat)]
    street = {"osmid": 7, "highway": "residential", "oneway": False, "length": 1_300.0, "name": "Kade"}
    graph.add_edge(1, 2, **street, reversed=False, geometry=bend)
    graph.add_edge(2, 1, **street, reversed=True, geometry=bend[::-1])
    graph.add_edge(2, 3, osmid=8, highway=["primary", "secondary"], oneway=True, length=685.0, ref="N201")
    graph.add_edge(3, 1, osmid=9, highway="primary", oneway=True, length=1_369.0)
    return graph


def test_both_directions_of_a_street_become_one_road():
    network = from_networkx(osmnx_graph(), ORIGIN)

    assert (network.node_count, network.road_count, network.edge_count) == (3, 3, 4)
    assert set(network.names) == {"Kade", "N201"}


def test_bend_of_a_street_is_kept():
    network = from_networkx(osmnx_graph(), ORIGIN)

    assert len(network.point_lat) == 7
    assert network.bounds[3] == pytest.approx(at(0.5, 0).lat)


def test_vehicle_in_a_two_way_street_can_go_either_way():
    network = from_networkx(osmnx_graph(), ORIGIN)
    goals = [Destination(id=name, position=spot) for name, spot in (("west", at(0, 0)), ("east", at(0, 1)))]

    times = Atlas.open(network, goals).drive_times(at(0.25, 0.25), profile=Profile.SIGNALS)

    assert times.distance_m == pytest.approx([326, 979], abs=25)


def test_undirected_graph_is_driven_both_ways():
    graph = nx.Graph()
    graph.add_node("a", x=5.0, y=52.0)
    graph.add_node("b", x=5.01, y=52.0)
    graph.add_edge("a", "b", highway="primary")

    assert from_networkx(graph, ORIGIN).edge_count == 2


def test_ways_for_others_are_left_out():
    graph = osmnx_graph()
    graph.add_edge(1, 3, osmid=10, highway="cycleway", length=10.0)

    assert from_networkx(graph, ORIGIN).road_count == 3


def test_node_without_a_place_is_told():
    graph = osmnx_graph()
    graph.add_node(4)

    with pytest.raises(NetworkFileError, match="every node of the graph must have numbers `x` and `y`"):
        from_networkx(graph, ORIGIN)


def test_graph_without_roads_is_told():
    graph = nx.MultiDiGraph()
    graph.add_node(1, x=5.0, y=52.0)

    with pytest.raises(NetworkFileError, match="no roads in this graph"):
        from_networkx(graph, ORIGIN)


def test_network_goes_to_networkx_and_back():
    graph = to_networkx(square())

    again = from_networkx(graph, ORIGIN)

    assert (again.node_count, again.road_count, again.edge_count) == (4, 5, 9)
    assert again.road_length_m.sum() == pytest.approx(square().road_length_m.sum(), rel=1e-6)


def test_graph_times_are_those_of_the_atlas():
    network = line()
    graph = to_networkx(network)
    west, east = (min(graph.nodes, key=lambda node: sign * graph.nodes[node]["x"]) for sign in (1, -1))
    spot = Position(lat=graph.nodes[east]["y"], lon=graph.nodes[east]["x"])
    atlas = Atlas.open(network, [Destination(id="east", position=spot)])

    searched = nx.shortest_path_length(graph, west, east, weight="signals_s")

    found = atlas.drive_times(at(0, 0), profile=Profile.SIGNALS)
    assert found.seconds[0] - speed_table(Profile.SIGNALS).start_s == pytest.approx(searched, abs=0.25)
