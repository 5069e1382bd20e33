"""From drawn roads to a network."""

import numpy as np
import pytest

from advisor.kernel import InvalidInput
from advisor.roads.assemble import Segment
from advisor.roads.model import NetworkFileError, RoadClass
from tests.roads.networks import at, draw, line, road, square


def test_two_way_road_gives_two_edges_and_a_one_way_road_one():
    network = square()

    assert (network.road_count, network.edge_count) == (5, 9)


def test_length_follows_the_points_of_the_road():
    detour = draw({"a": at(0, 0), "b": at(2, 0)}, road("a", "b", via=[at(1, 1)]))
    straight = draw({"a": at(0, 0), "b": at(2, 0)}, road("a", "b"))

    assert straight.road_length_m[0] == pytest.approx(2_223.9, abs=0.1)
    assert detour.road_length_m[0] == pytest.approx(2 * np.hypot(1_111.95, 684.6), rel=1e-3)


def test_edges_of_a_node_lie_together():
    network = square()

    for node in range(network.node_count):
        edges = slice(network.first_edge[node], network.first_edge[node + 1])
        assert (network.edge_tail[edges] == node).all()


def test_what_cannot_be_driven_to_and_fro_is_dropped_and_counted():
    nodes = {"a": at(0, 0), "b": at(0, 1), "trap": at(1, 1)}

    network = draw(nodes, road("a", "b"), road("b", "trap", oneway=True))

    assert network.node_count == 2
    assert network.dropped_nodes == 1
    assert network.dropped_length_m == pytest.approx(1_111.95, abs=0.1)


def test_only_the_largest_part_stays():
    nodes = {name: at(i, 0) for i, name in enumerate("abcde")}

    network = draw(nodes, road("a", "b"), road("c", "d"), road("d", "e"))

    assert network.node_count == 3
    assert network.bounds[1] == pytest.approx(52.02)


def test_network_without_a_way_back_is_refused():
    with pytest.raises(NetworkFileError, match="no roads that lead there and back"):
        draw({"a": at(0, 0), "b": at(0, 1)}, road("a", "b", oneway=True))


def test_every_problem_of_the_segments_is_told():
    broken = Segment(from_node="b", to_node="b", road_class=RoadClass.PRIMARY, speed_factor=0.0)

    with pytest.raises(InvalidInput) as caught:
        draw({"a": at(0, 0), "b": at(0, 1)}, road("a", "x"), broken)

    assert [problem.message for problem in caught.value.problems] == [
        "unknown node 'x'",
        "leads to its own start",
        "speed_factor must be greater than zero",
    ]


def test_same_roads_have_the_same_identity_and_other_roads_another():
    assert square().identity == square().identity
    assert square().identity != line().identity


def test_schematic_network_has_another_identity():
    nodes, segment = {"a": at(0, 0), "b": at(0, 1)}, road("a", "b")

    assert draw(nodes, segment, schematic=True).identity != draw(nodes, segment).identity


def test_roads_between_many_junctions_count_as_dense():
    """A grid of 6 x 6 streets 100 m apart, and a lonely road to the south."""
    nodes = {f"{r},{c}": at(r / 11.12, c / 6.85) for r in range(6) for c in range(6)}
    across = [road(f"{r},{c}", f"{r},{c + 1}") for r in range(6) for c in range(5)]
    along = [road(f"{r},{c}", f"{r + 1},{c}") for r in range(5) for c in range(6)]

    network = draw({**nodes, "far": at(-9, 0)}, *across, *along, road("0,0", "far"))

    lonely = int(network.road_length_m.argmax())
    assert network.road_density[lonely] == 0
    assert network.road_density.max() >= 15
