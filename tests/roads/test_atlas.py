"""Drive times from positions to destinations, on drawn and on random networks."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.model import Destination, OffNetwork, Profile, RoadClass
from advisor.roads.network import Network
from advisor.roads.speeds import speed_table
from tests.roads.networks import at, draw, line, networks, road, square

ROUNDING_S = 0.25
"""The unit in which times are stored."""


def to(*positions: Position) -> list[Destination]:
    return [Destination(id=f"d{i}", position=position) for i, position in enumerate(positions)]


def road_s(length_m: float, road_class: RoadClass, profile: Profile = Profile.SIGNALS) -> float:
    return length_m / 1000 / speed_table(profile).open_kph[road_class] * 3600 + speed_table(profile).start_s


def test_drive_time_is_length_over_speed():
    atlas = Atlas.open(line(), to(at(0, 5)))

    times = atlas.drive_times(at(0, 1), profile=Profile.SIGNALS)

    assert times.seconds[0] == pytest.approx(road_s(4 * 684.6, RoadClass.PRIMARY), rel=0.002)
    assert times.distance_m[0] == pytest.approx(4 * 684.6, abs=15)


def test_without_signals_takes_longer():
    atlas = Atlas.open(line(), to(at(0, 5)))

    slow = atlas.drive_times(at(0, 1), profile=Profile.NO_SIGNALS)
    quick = atlas.drive_times(at(0, 1), profile=Profile.SIGNALS)

    assert slow.seconds[0] > quick.seconds[0]


def test_one_way_road_is_taken_one_way_only():
    atlas = Atlas.open(square(), to(at(0, 0), at(1, 1)))

    there = atlas.drive_times(at(0, 0), profile=Profile.SIGNALS).seconds[1]
    back = atlas.drive_times(at(1, 1), profile=Profile.SIGNALS).seconds[0]

    assert there == pytest.approx(road_s(1_306, RoadClass.SECONDARY), rel=0.01)
    assert back == pytest.approx(road_s(1_112 + 684.6, RoadClass.PRIMARY), rel=0.01)


def test_destination_on_the_same_road_is_reached_directly():
    atlas = Atlas.open(line(), to(at(0, 1.5), at(0, 0.5)))

    times = atlas.drive_times(at(0, 1), profile=Profile.SIGNALS)

    assert times.seconds == pytest.approx([road_s(342.3, RoadClass.PRIMARY)] * 2, rel=0.01)


def test_destination_behind_on_a_one_way_road_needs_the_way_round():
    """A triangle; a → b one way. The vehicle is past the destination, so it drives b, c, a, and on."""
    nodes = {"a": at(0, 0), "b": at(0, 2), "c": at(1, 1)}
    network = draw(nodes, road("a", "b", oneway=True), road("b", "c"), road("c", "a"))
    atlas = Atlas.open(network, to(at(0, 0.5), at(0, 1.5)))

    times = atlas.drive_times(at(0, 1), profile=Profile.SIGNALS)

    assert times.distance_m[1] == pytest.approx(342, abs=15)
    assert times.distance_m[0] == pytest.approx(684.6 + 2 * 1_305.6 + 342.3, abs=25)


def test_destination_at_the_end_of_a_one_way_road_lies_on_the_other_roads_there_too():
    """a → b one way, its end at b; b - c both ways. The destination is at b, the vehicle comes from c."""
    nodes = {"a": at(0, 0), "b": at(0, 1), "c": at(0, 2), "d": at(1, 1)}
    network = draw(nodes, road("a", "b", oneway=True), road("c", "b"), road("c", "d"), road("d", "a"))
    atlas = Atlas.open(network, to(at(0, 1)))

    times = atlas.drive_times(at(0, 1.5), profile=Profile.SIGNALS)

    assert times.distance_m[0] == pytest.approx(342.3, abs=15)
    assert atlas.route(at(0, 1.5), "d0", profile=Profile.SIGNALS).distance_m == pytest.approx(342.3, abs=1)


def test_way_to_the_road_counts_at_walking_in_speed():
    atlas = Atlas.open(line(), to(at(0, 5)))

    on, beside = (atlas.drive_times(at(north, 1), profile=Profile.SIGNALS) for north in (0, 0.2))

    assert beside.snap_m == pytest.approx(222.4, abs=0.5)
    assert beside.seconds[0] - on.seconds[0] == pytest.approx(222.4 / 30 * 3.6, abs=ROUNDING_S)


def test_position_too_far_from_any_road_is_refused():
    atlas = Atlas.open(line(), to(at(0, 5)))

    with pytest.raises(OffNetwork, match=r"the limit is 3\.0 km"):
        atlas.drive_times(at(4, 1), profile=Profile.SIGNALS)


def test_destination_off_the_network_is_estimated_and_marked():
    atlas = Atlas.open(line(), to(at(0, 5), at(30, 0)))

    times = atlas.drive_times(at(0, 1), profile=Profile.SIGNALS)

    assert times.geodesic.tolist() == [False, True]
    assert 20 * 60 < times.seconds[1] < 60 * 60
    assert (times.high_s[1] - times.low_s[1]) / times.seconds[1] > (times.high_s[0] - times.low_s[0]) / times.seconds[0]


def test_destination_up_to_three_kilometres_off_is_joined():
    atlas = Atlas.open(line(), to(at(2, 2)))

    times = atlas.drive_times(at(0, 2), profile=Profile.SIGNALS)

    assert not times.geodesic[0]
    start_s = speed_table(Profile.SIGNALS).start_s
    assert times.seconds[0] == pytest.approx(start_s + 2_223.9 / 30 * 3.6, rel=0.01)


def test_stored_fields_are_used_again(tmp_path: Path):
    heard: list[str] = []
    Atlas.open(line(), to(at(0, 5)), tmp_path, report=lambda label, done, total: heard.append(label))
    first = len(heard)

    again = Atlas.open(line(), to(at(0, 5)), tmp_path, report=lambda label, done, total: heard.append(label))

    assert first > 0
    assert len(heard) == first
    assert again.drive_times(at(0, 1), profile=Profile.SIGNALS).distance_m[0] == pytest.approx(4 * 684.6, abs=15)


def test_other_destinations_are_computed_anew(tmp_path: Path):
    Atlas.open(line(), to(at(0, 5)), tmp_path)

    other = Atlas.open(line(), to(at(0, 4)), tmp_path)

    assert other.drive_times(at(0, 3), profile=Profile.SIGNALS).distance_m[0] == pytest.approx(684.6, abs=15)
    assert len(list(tmp_path.iterdir())) == 2


def test_damaged_store_is_computed_anew(tmp_path: Path):
    Atlas.open(line(), to(at(0, 5)), tmp_path)
    (stored,) = tmp_path.glob("*/signals-seconds.npy")
    stored.write_bytes(stored.read_bytes()[:60])

    atlas = Atlas.open(line(), to(at(0, 5)), tmp_path)

    assert np.isfinite(atlas.drive_times(at(0, 1), profile=Profile.SIGNALS).seconds).all()


def test_old_stores_are_cleared_away(tmp_path: Path):
    for east in range(6):
        Atlas.open(line(), to(at(0, east)), tmp_path)

    assert len(list(tmp_path.iterdir())) == 4


def test_position_may_be_refused_from_nearer_or_farther():
    near = Atlas.open(line(), to(at(0, 5)), limit_m=500)
    far = Atlas.open(line(), to(at(0, 5)), limit_m=5_000)

    with pytest.raises(OffNetwork, match=r"the limit is 0\.5 km"):
        near.drive_times(at(1, 2), profile=Profile.SIGNALS)
    assert far.drive_times(at(4, 2), profile=Profile.SIGNALS).snap_m == pytest.approx(4_448, rel=0.01)


@given(networks(), st.integers(0, 1000), st.tuples(st.integers(0, 5), st.integers(0, 5)))
@settings(max_examples=50, deadline=None)
def test_route_takes_as_long_as_the_field_says(network: Network, choice: int, offset: tuple[int, int]):
    spots = [near(network, choice, offset), near(network, choice + 1, (0, 0)), near(network, choice + 2, (3, 1))]
    atlas = Atlas.open(network, to(*spots[1:]))

    times = atlas.drive_times(spots[0], profile=Profile.SIGNALS)

    assert np.isfinite(times.seconds).all()
    for i, name in enumerate(atlas.ids):
        seconds = atlas.route(spots[0], name, profile=Profile.SIGNALS).seconds
        assert seconds == pytest.approx(times.seconds[i], abs=ROUNDING_S)


def near(network: Network, choice: int, offset: tuple[int, int]) -> Position:
    """A place up to some 500 m from a node."""
    node = choice % network.node_count
    return Position(lat=network.node_lat[node] + offset[0] / 1000, lon=network.node_lon[node] + offset[1] / 1000)


def test_band_surrounds_the_drive_time_and_grows_with_an_uncertain_position():
    atlas = Atlas.open(line(), to(at(0, 5)))

    sure = atlas.drive_times(at(0, 1), profile=Profile.SIGNALS)
    unsure = atlas.drive_times(at(0, 1), profile=Profile.SIGNALS, accuracy_m=500)

    assert sure.low_s[0] < sure.seconds[0] < sure.high_s[0]
    assert unsure.low_s[0] < sure.low_s[0]
    assert unsure.high_s[0] > sure.high_s[0]
