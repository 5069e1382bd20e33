"""The nearest road to a position."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.kernel import Position
from advisor.roads.geo import METRES_PER_DEGREE
from advisor.roads.model import OffNetwork, RoadClass
from advisor.roads.network import Network
from advisor.roads.snap import Reach, Snap, lay_grid, snap
from tests.roads.networks import at, draw, line, networks, road, square

ONE = Reach(limit_m=3_000, motorway_m=50, candidates=1, spread_m=0)


def found(network: Network, position: Position, reach: Reach = ONE, heading_deg: float | None = None) -> Snap:
    return snap(lay_grid(network), position, reach, heading_deg)


def middle_lat(network: Network, road_number: int) -> float:
    span = slice(network.first_point[road_number], network.first_point[road_number + 1])
    return float(network.point_lat[span].mean())


def test_position_is_projected_onto_the_road():
    hit = found(line(), at(0.1, 1))

    assert hit.distance_m[0] == pytest.approx(111.2, abs=0.5)
    assert hit.share[0] == pytest.approx(0.5, abs=0.001)


def test_position_beyond_the_end_of_a_road_is_put_on_its_end():
    hit = found(line(), at(0, 5.5))

    assert hit.share[0] == pytest.approx(1.0)
    assert hit.distance_m[0] == pytest.approx(342.3, abs=1)


def test_share_counts_the_length_of_all_points_of_a_road():
    """A road that bends: one step east, then three north; the position lies on its second leg, one step up."""
    network = draw({"a": at(0, 0), "b": at(3, 1)}, road("a", "b", via=(at(0, 1),)))
    east = math.cos(math.radians(52))

    hit = found(network, at(1, 1))

    from_a = (east + 1) / (east + 3)
    forward = network.point_lat[0] == network.point_lat[1]
    assert hit.share[0] == pytest.approx(from_a if forward else 1 - from_a, abs=1e-6)
    assert hit.distance_m[0] == pytest.approx(0, abs=0.01)


def test_position_off_the_network_is_refused_with_the_distance():
    with pytest.raises(OffNetwork) as caught:
        found(line(), at(5, 2))

    assert caught.value.limit_m == 3_000
    assert caught.value.distance_m == pytest.approx(5_560, rel=0.01)


def test_swapped_coordinates_are_told_as_such():
    with pytest.raises(OffNetwork, match="latitude and longitude seem to be swapped") as caught:
        found(line(), Position(lat=5.02, lon=52.0))

    assert caught.value.swapped


def test_position_beside_a_motorway_is_put_on_the_street_behind_it():
    """A motorway at 200 m, a street at 400 m on the other side."""
    nodes = {"m1": at(0.2, 0), "m2": at(0.2, 4), "s1": at(-0.4, 0), "s2": at(-0.4, 4)}
    ends = [road("m1", "s1"), road("m2", "s2")]
    network = draw(nodes, road("m1", "m2", RoadClass.MOTORWAY), road("s1", "s2", RoadClass.RESIDENTIAL), *ends)

    beside, on = found(network, at(0, 2)), found(network, at(0.19, 2))

    assert network.road_class[beside.road[0]] == RoadClass.RESIDENTIAL
    assert network.road_class[on.road[0]] == RoadClass.MOTORWAY


def test_motorway_is_taken_when_there_is_nothing_else():
    network = draw({"a": at(0, 0), "b": at(0, 4)}, road("a", "b", RoadClass.MOTORWAY))

    assert found(network, at(0.5, 2)).distance_m[0] == pytest.approx(556, rel=0.01)


@pytest.mark.parametrize(("heading_deg", "carriageway_lat"), [(90, 52.0), (270, 52.0002), (80, 52.0), (None, 52.0002)])
def test_heading_tells_carriageways_apart(heading_deg: float | None, carriageway_lat: float):
    """Two one-way carriageways 22 m apart, the southern one eastward; the vehicle is nearer to the northern one."""
    nodes = {"sw": at(0, 0), "se": at(0, 2), "nw": at(0.02, 0), "ne": at(0.02, 2)}
    ends = [road("sw", "nw"), road("se", "ne")]
    network = draw(nodes, road("sw", "se", oneway=True), road("ne", "nw", oneway=True), *ends)

    hit = found(network, at(0.012, 1), heading_deg=heading_deg)

    assert middle_lat(network, int(hit.road[0])) == pytest.approx(carriageway_lat, abs=1e-6)


def test_several_roads_come_nearest_first():
    several = Reach(limit_m=3_000, motorway_m=50, candidates=3, spread_m=2_000)

    hit = found(square(), at(0.2, 0.5), several)

    assert len(set(hit.road.tolist())) == 3
    assert (np.diff(hit.distance_m) >= 0).all()


def test_roads_much_farther_than_the_nearest_are_no_candidates():
    several = Reach(limit_m=3_000, motorway_m=50, candidates=5, spread_m=100)

    assert len(found(square(), at(0.0, 0.8), several).road) == 1


@given(networks(), st.integers(-5, 45), st.integers(-5, 45))
@settings(max_examples=60, deadline=None)
def test_nearest_road_is_the_nearest_of_all(network: Network, north: int, east: int):
    position = at(north / 10 + 0.03, east / 10 + 0.04)
    reach = Reach(limit_m=20_000, motorway_m=20_000, candidates=1, spread_m=0)

    hit = found(network, position, reach)

    assert hit.distance_m[0] == pytest.approx(min(_distances(network, position)), abs=1e-6)


def _distances(network: Network, position: Position) -> list[float]:
    """Distance from a position to every piece of road, one by one."""
    east_m = METRES_PER_DEGREE * math.cos(math.radians(position.lat))
    distances = []
    for number in range(network.road_count):
        for p in range(network.first_point[number], network.first_point[number + 1] - 1):
            x, y = (
                (network.point_lon[p] - position.lon) * east_m,
                (network.point_lat[p] - position.lat) * METRES_PER_DEGREE,
            )
            dx = (network.point_lon[p + 1] - network.point_lon[p]) * east_m
            dy = (network.point_lat[p + 1] - network.point_lat[p]) * METRES_PER_DEGREE
            along = min(max(-(x * dx + y * dy) / (dx * dx + dy * dy), 0), 1)
            distances.append(math.hypot(x + along * dx, y + along * dy))
    return distances
