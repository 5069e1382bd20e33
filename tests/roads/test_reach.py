"""Areas within some minutes of a destination."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point
from shapely.geometry import shape

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.model import Destination, Profile
from advisor.roads.network import Network
from tests.roads.networks import at, draw, line, networks, road


def area(atlas: Atlas, minutes: float, *names: str) -> object:
    return shape(atlas.reach(names, minutes, profile=Profile.SIGNALS).geojson())


def holds(found: object, position: Position) -> bool:
    return bool(found.covers(Point(position.lon, position.lat)))  # type: ignore[attr-defined]


def test_area_ends_where_the_minutes_end():
    """Two minutes with signals: 46 s to start, then 74 s at 85 km/h is 1,747 m or 2.6 steps."""
    atlas = Atlas.open(line(), [Destination(id="west", position=at(0, 0))])
    network_minutes = 2.0

    found = area(atlas, network_minutes, "west")

    assert holds(found, at(0, 1.9))
    assert not holds(found, at(0, 4))


def test_area_of_several_destinations_is_all_of_theirs():
    atlas = Atlas.open(line(), [Destination(id="west", position=at(0, 0)), Destination(id="east", position=at(0, 5))])

    both, west = area(atlas, 1.2, "west", "east"), area(atlas, 1.2, "west")

    assert holds(both, at(0, 4.9))
    assert not holds(west, at(0, 4.9))


def test_one_way_road_counts_in_the_direction_of_the_destination():
    """A loop: from goal to far one way, back by a long way round; far is not within reach although near."""
    nodes = {"goal": at(0, 0), "far": at(0, 2), "x": at(8, 2), "y": at(8, 0)}
    network = draw(nodes, road("goal", "far", oneway=True), road("far", "x"), road("x", "y"), road("y", "goal"))
    atlas = Atlas.open(network, [Destination(id="goal", position=at(0, 0))])

    found = area(atlas, 3.0, "goal")

    assert holds(found, at(1, 0))
    assert not holds(found, at(0, 2))


def test_nothing_is_within_no_time():
    atlas = Atlas.open(line(), [Destination(id="west", position=at(0, 0))])

    assert atlas.reach(["west"], 0.1, profile=Profile.SIGNALS).polygons == ()


def test_unknown_destination_is_an_error():
    atlas = Atlas.open(line(), [Destination(id="west", position=at(0, 0))])

    with pytest.raises(KeyError):
        atlas.reach(["nowhere"], 10, profile=Profile.SIGNALS)


@given(networks(), st.floats(1.0, 12.0))
@settings(max_examples=40, deadline=None)
def test_area_is_valid_geometry_with_the_destination_in_it(network: Network, minutes: float):
    goal = Position(lat=float(network.node_lat[0]), lon=float(network.node_lon[0]))
    atlas = Atlas.open(network, [Destination(id="goal", position=goal)])

    found = area(atlas, minutes, "goal")

    assert found.is_valid  # type: ignore[attr-defined]
    assert holds(found, goal)
