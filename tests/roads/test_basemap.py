"""Vector tiles of the network."""

import math

import pytest

from advisor.kernel import Position
from advisor.roads.basemap import EXTENT, MARGIN, Line, summary, tile
from advisor.roads.model import RoadClass
from advisor.roads.network import Network
from tests.roads.networks import at, draw, road


def tile_of(position: Position, z: int) -> tuple[int, int, int]:
    lat = math.radians(position.lat)
    y = (1 - math.asinh(math.tan(lat)) / math.pi) / 2
    return z, int((position.lon + 180) / 360 * 2**z), int(y * 2**z)


def drawn(network: Network, position: Position, z: int) -> list[Line]:
    return tile(network, *tile_of(position, z))


def points(line: Line) -> list[tuple[int, int]]:
    x, y, found = 0, 0, []
    for dx, dy in zip(line[1][::2], line[1][1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return found


def test_line_is_drawn_from_end_to_end():
    network = draw({"a": at(0, 0), "b": at(0, 0.5)}, road("a", "b", RoadClass.RESIDENTIAL))
    z, x, y = tile_of(at(0, 0.25), 15)

    (line,) = tile(network, z, x, y)

    lons = [(x + px / EXTENT) / 2**z * 360 - 180 for px, _ in points(line)]
    assert line[0] == 5
    assert lons[0] == pytest.approx(5.0, abs=1e-5)
    assert (points(line)[0][0] < 0) or (points(line)[-1][0] <= EXTENT + MARGIN * 64)


@pytest.mark.parametrize(
    ("road_class", "drawn_as", "from_zoom"),
    [
        (RoadClass.MOTORWAY, 0, 6),
        (RoadClass.TRUNK, 1, 6),
        (RoadClass.PRIMARY, 2, 7),
        (RoadClass.SECONDARY, 3, 10),
        (RoadClass.TERTIARY, 4, 12),
        (RoadClass.RESIDENTIAL, 5, 13),
        (RoadClass.MOTORWAY_LINK, 0, 11),
        (RoadClass.SERVICE, 5, 15),
    ],
)
def test_class_is_drawn_from_its_zoom_on(road_class: RoadClass, drawn_as: int, from_zoom: int):
    network = draw({"a": at(0, 0), "b": at(0, 20)}, road("a", "b", road_class))

    assert [line[0] for line in drawn(network, at(0, 10), from_zoom)] == [drawn_as]
    assert drawn(network, at(0, 10), from_zoom - 1) == []


def test_main_roads_come_last_so_that_they_lie_on_top():
    nodes = {"a": at(0, 0), "b": at(0, 3), "c": at(1, 3)}
    network = draw(nodes, road("a", "b", RoadClass.MOTORWAY), road("b", "c", RoadClass.RESIDENTIAL), road("c", "a"))

    assert [line[0] for line in drawn(network, at(0, 2.9), 13)] == [5, 2, 0]


def test_point_on_a_straight_line_is_left_out_and_a_bend_kept():
    nodes = {"a": at(0, 0), "b": at(0, 1)}
    straight = draw(nodes, road("a", "b", via=[at(0, 0.5)]))
    bent = draw(nodes, road("a", "b", via=[at(0.1, 0.5)]))

    assert len(points(drawn(straight, at(0, 0.5), 12)[0])) == 2
    assert len(points(drawn(bent, at(0, 0.5), 12)[0])) == 3


def test_roads_of_a_class_are_one_line_where_no_shown_road_meets_them():
    nodes = {"a": at(0, 0), "b": at(0, 2), "c": at(0, 4), "d": at(2, 2)}
    network = draw(nodes, road("a", "b"), road("c", "b"), road("b", "d", RoadClass.RESIDENTIAL))

    (joined,) = drawn(network, at(0, 1), 12)
    assert len(points(joined)) == 2
    assert len(drawn(network, at(0, 1.9), 13)) == 3


def test_short_roads_in_a_row_leave_no_gap_on_a_small_map():
    nodes = {str(i): at(0, i / 20) for i in range(41)}
    network = draw(nodes, *(road(str(i), str(i + 1)) for i in range(40)))

    ((_, values),) = drawn(network, at(0, 1), 8)

    assert abs(values[2]) > 20


def test_long_road_is_clipped_to_its_pieces_near_the_tile():
    network = draw({"a": at(0, 0), "b": at(0, 100)}, road("a", "b", via=[at(0, i) for i in range(1, 100)]))

    (line,) = drawn(network, at(0, 50), 14)

    assert len(points(line)) <= 6


def test_tile_outside_the_network_is_empty():
    network = draw({"a": at(0, 0), "b": at(0, 1)}, road("a", "b"))

    assert drawn(network, at(100, 100), 12) == []
    assert tile(network, 12, -1, 5) == []
    assert tile(network, 5, 0, 0) == []
    assert tile(network, 17, 0, 0) == []


def test_summary_says_where_the_network_lies():
    network = draw({"a": at(0, 0), "b": at(1, 1)}, road("a", "b"), schematic=True)

    found = summary(network)

    assert found["bounds"] == pytest.approx([5.0, 52.0, 5.01, 52.01])
    assert (found["id"], found["schematic"], found["label"]) == (network.identity, True, "drawing")
