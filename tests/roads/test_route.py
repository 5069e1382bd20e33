"""Routes: geometry, names, and both ends."""

import numpy as np
import pytest

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.geo import ground_distances_m
from advisor.roads.model import Destination, NoRoute, Profile, Route
from advisor.roads.network import Network
from tests.roads.networks import at, draw, line, road, square


def route(network: Network, start: Position, goal: Position) -> Route:
    atlas = Atlas.open(network, [Destination(id="goal", position=goal)])
    return atlas.route(start, "goal", profile=Profile.SIGNALS)


def length_m(found: Route) -> float:
    lat, lon = found.points[:, 0], found.points[:, 1]
    return float(ground_distances_m(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum())


def test_route_begins_at_the_position_and_ends_at_the_destination():
    found = route(line(), at(0.1, 1), at(0.2, 4))

    assert found.points[0].tolist() == [at(0.1, 1).lat, at(0.1, 1).lon]
    assert found.points[-1].tolist() == [at(0.2, 4).lat, at(0.2, 4).lon]


def test_route_is_as_long_as_its_line():
    found = route(line(), at(0.1, 1), at(0.2, 4))

    assert found.distance_m == pytest.approx(length_m(found), rel=0.002)
    assert found.distance_m == pytest.approx(111.2 + 3 * 684.6 + 222.4, rel=0.002)


def test_route_names_the_roads_in_order():
    assert route(line(), at(0, 1), at(0, 4)).names == ("A9", "N201")


def test_route_follows_the_bends_of_a_road():
    network = draw({"a": at(0, 0), "b": at(0, 2)}, road("a", "b", via=[at(1, 1)]))

    found = route(network, at(0, 0), at(0, 2))

    assert [at(1, 1).lat, at(1, 1).lon] in found.points.tolist()


def test_route_against_the_points_of_a_road_runs_backwards():
    there, back = route(line(), at(0, 1), at(0, 4)), route(line(), at(0, 4), at(0, 1))

    np.testing.assert_allclose(there.points, back.points[::-1], atol=1e-12)
    assert there.seconds == pytest.approx(back.seconds, abs=0.01)


def test_route_along_one_road_stays_on_it():
    found = route(line(), at(0, 3), at(0, 4))

    assert found.names == ("N201",)
    assert found.distance_m == pytest.approx(684.6, rel=0.002)


def test_route_takes_the_quickest_way():
    """From a to d the one-way short cut is longer in time per metre, but still quicker."""
    found = route(square(), at(0, 0), at(1, 1))

    assert found.distance_m == pytest.approx(1_305.6, rel=0.01)


def test_route_to_a_destination_off_the_network_is_the_straight_line():
    found = route(line(), at(0, 1), at(40, 1))

    assert len(found.points) == 2
    assert found.distance_m == pytest.approx(40 * 1_111.95 * 1.3, rel=0.01)


def test_unknown_destination_is_an_error():
    atlas = Atlas.open(line(), [Destination(id="goal", position=at(0, 4))])

    with pytest.raises(KeyError):
        atlas.route(at(0, 1), "elsewhere", profile=Profile.SIGNALS)


def test_destination_out_of_reach_in_time_has_no_route():
    """A path of 200 km at walking pace takes longer than the fields can hold."""
    nodes = {f"n{i}": at(0, 15 * i) for i in range(21)}
    roads = [road(f"n{i}", f"n{i + 1}") for i in range(20)]
    network = draw(nodes, *roads)
    slow = Network(**{**network.__dict__, "road_factor": np.full(network.road_count, 0.1, np.float32)})

    with pytest.raises(NoRoute):
        route(slow, at(0, 0), at(0, 300))
