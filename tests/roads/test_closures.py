"""Closed and slowed roads."""

from datetime import UTC, datetime, timedelta

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon

from advisor.kernel import Interval, InvalidInput, Position
from advisor.roads.atlas import Atlas
from advisor.roads.closure import Closure, ClosureShape
from advisor.roads.closures import NoSuchRoad, costs_under, edges_of
from advisor.roads.drawing import ROADS_MOST, draw_roads
from advisor.roads.fields import edge_costs
from advisor.roads.hierarchy import COST_SHIFT, UNREACHABLE, contract_network, customize, sweep
from advisor.roads.model import Destination, NoRoute, Profile, RoadClass
from advisor.roads.network import Network
from advisor.roads.snap import lay_grid
from advisor.roads.speeds import speed_table
from tests.roads.networks import at, draw, line, networks, road, square

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ALWAYS = Interval(start=NOON - timedelta(days=1), end=None)


def bridge(position: Position, factor: float = 0.0, interval: Interval = ALWAYS) -> Closure:
    return Closure(id="bridge", shape=ClosureShape.POINT, points=(position,), interval=interval, factor=factor)


def atlas_of(network: Network, *goals: Position) -> Atlas:
    return Atlas.open(network, [Destination(id=f"d{i}", position=goal) for i, goal in enumerate(goals)])


def seconds(atlas: Atlas, start: Position) -> float:
    return float(atlas.drive_times(start, profile=Profile.SIGNALS).seconds[0])


def test_closed_road_is_driven_round():
    """The square: from a to b the side a-b is closed, so it goes by c and d."""
    atlas = atlas_of(square(), at(0, 1))
    before = atlas.drive_times(at(0.3, 0), profile=Profile.SIGNALS).distance_m[0]

    atlas.close_roads([bridge(at(0, 0.5))], NOON)

    after = atlas.drive_times(at(0.3, 0), profile=Profile.SIGNALS).distance_m[0]
    assert before == pytest.approx(0.3 * 1_112 + 685, abs=15)
    assert after == pytest.approx(0.7 * 1_112 + 685 + 1_112, abs=15)
    assert atlas.route(at(0.3, 0), "d0", profile=Profile.SIGNALS).distance_m == pytest.approx(after, abs=15)


def test_slowed_road_takes_longer_by_its_factor():
    atlas = atlas_of(line(), at(0, 5))
    start_s = speed_table(Profile.SIGNALS).start_s
    before = seconds(atlas, at(0, 2)) - start_s

    atlas.close_roads([bridge(at(0, 3), factor=0.25)], NOON)

    assert seconds(atlas, at(0, 2)) - start_s == pytest.approx(4 * before, rel=0.01)


def test_destination_cut_off_is_unreachable():
    atlas = atlas_of(line(), at(0, 5))

    atlas.close_roads([bridge(at(0, 3))], NOON)

    assert seconds(atlas, at(0, 1)) == np.inf
    with pytest.raises(NoRoute):
        atlas.route(at(0, 1), "d0", profile=Profile.SIGNALS)


def test_vehicle_is_not_put_on_a_closed_road():
    """On the line, its eastern road closed: a vehicle just east of the middle starts from the western road."""
    atlas = atlas_of(line(), at(0, 0))

    atlas.close_roads([bridge(at(0, 3))], NOON)

    times = atlas.drive_times(at(0.1, 2.2), profile=Profile.SIGNALS)
    assert times.snap_m == pytest.approx(np.hypot(111.2, 136.9), rel=0.01)
    assert np.isfinite(times.seconds[0])


@pytest.mark.parametrize(("hours", "closed"), [(-3, False), (-2, True), (-1, True), (0, False)])
def test_closure_holds_from_its_begin_until_its_end(hours: int, closed: bool):
    interval = Interval(start=NOON - timedelta(hours=2), end=NOON)
    atlas = atlas_of(line(), at(0, 5))

    atlas.close_roads([bridge(at(0, 3), interval=interval)], NOON + timedelta(hours=hours))

    assert (seconds(atlas, at(0, 1)) == np.inf) == closed


def test_stamp_changes_with_closures_and_comes_back_without():
    atlas = atlas_of(line(), at(0, 5))
    open_stamp, open_s = atlas.stamp, seconds(atlas, at(0, 1))

    closed = atlas.close_roads([bridge(at(0, 3))], NOON)
    stamp_of_answer = atlas.drive_times(at(0, 1), profile=Profile.SIGNALS).stamp
    reopened = atlas.close_roads([], NOON)

    assert open_stamp != closed.stamp == stamp_of_answer
    assert reopened.stamp == open_stamp
    assert seconds(atlas, at(0, 1)) == open_s


def test_closure_that_lies_on_no_road_is_told():
    atlas = atlas_of(line(), at(0, 5))

    refreshed = atlas.close_roads([bridge(at(3, 3))], NOON)

    assert refreshed.unmatched == ("bridge",)
    with pytest.raises(NoSuchRoad, match="closure bridge lies on no road"):
        edges_of(lay_grid(line()), bridge(at(3, 3)))


def test_line_closes_one_carriageway_in_its_direction():
    """Two one-way carriageways 22 m apart; a line eastward closes only the eastward one."""
    nodes = {"sw": at(0, 0), "se": at(0, 2), "nw": at(0.02, 0), "ne": at(0.02, 2)}
    ends = [road("sw", "nw"), road("se", "ne")]
    network = draw(nodes, road("sw", "se", oneway=True), road("ne", "nw", oneway=True), *ends)
    points = (at(0.008, 0.5), at(0.008, 1.5))
    closure = Closure(id="works", shape=ClosureShape.LINE, points=points, interval=ALWAYS, both_ways=False)

    (edge,) = edges_of(lay_grid(network), closure).tolist()

    assert network.node_lat[network.edge_tail[edge]] == pytest.approx(52.0)


def test_line_one_way_closes_one_direction_of_a_road():
    points = (at(0, 3), at(0, 4))
    eastward = Closure(id="works", shape=ClosureShape.LINE, points=points, interval=ALWAYS, both_ways=False)
    atlas = atlas_of(line(), at(0, 5), at(0, 0))

    atlas.close_roads([eastward], NOON)

    assert seconds(atlas, at(0, 1)) == np.inf
    assert np.isfinite(atlas.drive_times(at(0, 4.5), profile=Profile.SIGNALS).seconds[1])


def test_area_closes_the_roads_that_touch_it():
    corners = (at(-0.1, 2.5), at(0.1, 2.5), at(0.1, 3.5), at(-0.1, 3.5))
    flood = Closure(id="flood", shape=ClosureShape.AREA, points=corners, interval=ALWAYS)

    edges = edges_of(lay_grid(line()), flood)

    assert len(edges) == 2
    assert {line().names[line().road_name[line().edge_road[edge]]] for edge in edges} == {"N201"}


@given(networks(), st.tuples(*[st.integers(-5, 45)] * 4))
@settings(max_examples=60, deadline=None)
def test_area_touches_what_lies_in_it_or_passes_through(network: Network, sides: tuple[int, int, int, int]):
    south, north, west, east = (side / 10 for side in (*sorted(sides[:2]), *sorted(sides[2:])))
    corners = (at(south, west), at(south, east + 0.03), at(north + 0.03, east + 0.03), at(north + 0.03, west))
    closure = Closure(id="area", shape=ClosureShape.AREA, points=corners, interval=ALWAYS)
    area = Polygon([(corner.lon, corner.lat) for corner in corners])

    touched = set(network.edge_road[edges_among_roads(network, closure)].tolist())

    spans = [slice(*network.first_point[i : i + 2]) for i in range(network.road_count)]
    lines = [LineString(np.column_stack((network.point_lon[span], network.point_lat[span]))) for span in spans]
    assert touched == {number for number, line in enumerate(lines) if line.intersects(area)}


def edges_among_roads(network: Network, closure: Closure) -> np.ndarray:
    """Edges that a closure touches; none when it lies on no road."""
    try:
        return edges_of(lay_grid(network), closure)
    except NoSuchRoad:
        return np.zeros(0, np.int32)


def test_overlapping_closures_multiply_and_closed_wins():
    cost = np.full(4, 1_000 << COST_SHIFT, np.int64)
    edges = np.array([0, 1], np.int32)

    found = costs_under(cost, [(edges, 0.5), (np.array([1, 2], np.int32), 0.5), (np.array([2], np.int32), 0.0)])

    assert [int(c >> COST_SHIFT) for c in found[[0, 1, 3]]] == [2_000, 4_000, 1_000]
    assert found[2] == UNREACHABLE


def test_road_that_many_closures_slow_down_is_closed_in_the_end():
    cost = np.full(2, 1_000 << COST_SHIFT)

    found = costs_under(cost, [(np.array([1], np.int32), 0.1)] * 25)

    assert found.tolist() == [1_000 << COST_SHIFT, UNREACHABLE]


def test_wrong_closure_is_refused_with_every_problem():
    with pytest.raises(InvalidInput) as caught:
        Closure(id="x", shape=ClosureShape.AREA, points=(at(0, 0),), interval=ALWAYS, factor=1.5)

    assert [problem.field for problem in caught.value.problems] == ["points", "factor"]


def test_lines_of_a_closure_are_the_roads_that_it_closes():
    atlas = atlas_of(line(), at(0, 5))

    found = atlas.lines_of([bridge(at(0, 3)), bridge(at(3, 3))])

    assert found == [(((5.02, 52.0), (5.05, 52.0)),), ()]


def test_of_very_many_closed_roads_the_main_ones_are_drawn():
    nodes = {str(i): at(0, i) for i in range(ROADS_MOST + 2)}
    side = [road(str(i), str(i + 1), RoadClass.RESIDENTIAL) for i in range(ROADS_MOST)]
    network = draw(nodes, *side, road(str(ROADS_MOST), str(ROADS_MOST + 1), RoadClass.MOTORWAY))

    found = draw_roads(network, np.arange(network.edge_count, dtype=np.int32))

    last = round(5 + (ROADS_MOST + 1) / 100, 2)
    assert len(found) == ROADS_MOST
    assert any(last in {point[0] for point in drawn} for drawn in found)


def test_another_process_arrives_at_the_same_times_under_the_same_name():
    one, other = (atlas_of(line(), at(0, 5)) for _ in range(2))

    stamps = {atlas.close_roads([bridge(at(0, 3), factor=0.5)], NOON).stamp for atlas in (one, other)}

    assert len(stamps) == 1
    assert seconds(one, at(0, 1)) == seconds(other, at(0, 1))


def test_old_times_answer_until_the_new_ones_are_whole():
    """The snapshot that a question has begun with stays as it is, whatever closes meanwhile."""
    atlas = atlas_of(line(), at(0, 5))
    before = atlas._snapshot

    atlas.close_roads([bridge(at(0, 3))], NOON)

    assert before.times[Profile.SIGNALS].seconds_to([0]).max() < 65535
    assert atlas._snapshot.times[Profile.SIGNALS].seconds_to([0]).max() == 65535


changes = st.lists(st.tuples(st.lists(st.integers(0, 400), min_size=1, max_size=6), st.sampled_from([0.0, 0.2, 0.7])))


@given(networks(most=15), changes)
@settings(max_examples=150, deadline=None)
def test_refreshed_times_equal_a_full_search(network: Network, drawn: list[tuple[list[int], float]]):
    affected = [(np.array([e % network.edge_count for e in edges], np.int32), factor) for edges, factor in drawn]
    cost = costs_under(edge_costs(network, speed_table(Profile.SIGNALS)), affected)
    hierarchy = contract_network(network)

    found = sweep(hierarchy, customize(hierarchy, network, cost), np.array([[0, 0, 0]], np.int64), 1)[:, 0]

    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(network.node_count))
    for edge in np.flatnonzero(cost < UNREACHABLE):
        graph.add_edge(int(network.edge_head[edge]), int(network.edge_tail[edge]), weight=int(cost[edge]))
    oracle = nx.single_source_dijkstra_path_length(graph, 0)
    assert [min(int(c), UNREACHABLE) for c in found] == [oracle.get(v, UNREACHABLE) for v in range(network.node_count)]
