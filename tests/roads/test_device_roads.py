"""Small networks go along whole: a device finds the drive times of the server."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pytest

from advisor.bootstrap.material import list_destinations, load_network, load_registry
from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.device_roads import fits_whole, pack_motorways, pack_roads
from advisor.roads.model import Destination, OffNetwork, Profile, RoadClass
from tests.offline.device_times import device_times
from tests.roads.networks import at, draw, line, road, two_carriageways

RUSH = datetime(2026, 1, 14, 7, 30, tzinfo=UTC)
FAR_AWAY = Destination(id="far-away", position=Position(lat=53.0, lon=6.0))


def check_alike(atlas: Atlas, positions: list[Position], folder: Path, headings_deg: Sequence[float] = ()) -> None:
    """Check that the device gives the seconds and the bands of the server, and estimates the same destinations."""
    for profile in Profile:
        found = device_times(atlas, positions, profile, RUSH, folder, pack_roads, headings_deg=headings_deg)
        for position, heading_deg, device in zip_longest(positions, headings_deg, found):
            server = atlas.drive_times(position, profile=profile, at=RUSH, heading_deg=heading_deg)
            expected = np.column_stack([server.seconds, server.low_s, server.high_s])
            assert [each[:3] for each in device] == [pytest.approx(row, abs=0.5) for row in expected]
            assert [each[3] for each in device] == server.geodesic.tolist()


def test_device_finds_the_times_of_the_server_on_the_built_in_network(tmp_path: Path) -> None:
    destinations = list_destinations(load_registry(None))
    atlas = Atlas.open(load_network(None), destinations)
    west, south, east, north = atlas.network.bounds
    chance = np.random.default_rng(5)
    positions = []
    while len(positions) < 60:
        place = Position(lat=float(chance.uniform(south, north)), lon=float(chance.uniform(west, east)))
        try:
            atlas.drive_times(place, profile=Profile.SIGNALS)
        except OffNetwork:
            continue
        positions.append(place)

    assert fits_whole(atlas)
    check_alike(atlas, positions, tmp_path)
    check_alike(atlas, positions, tmp_path, [float(chance.uniform(0, 360)) for _ in positions])


@pytest.mark.parametrize("heading_deg", [0.0, 90.0, 270.0])
def test_course_tells_carriageways_apart_on_the_device_too(tmp_path: Path, heading_deg: float) -> None:
    atlas = Atlas.open(two_carriageways(), [Destination(id="end", position=at(0.01, 9))])

    check_alike(atlas, [at(0.01, 2.5)], tmp_path, [heading_deg])


def test_one_way_streets_are_driven_their_way_alone(tmp_path: Path) -> None:
    network = draw(
        {"west": at(0, 0), "east": at(0, 5), "north": at(2, 2)},
        road("west", "east", RoadClass.RESIDENTIAL, oneway=True),
        road("east", "north", RoadClass.RESIDENTIAL),
        road("north", "west", RoadClass.RESIDENTIAL),
    )
    atlas = Atlas.open(
        network, [Destination(id="behind", position=at(0, 1)), Destination(id="before", position=at(0, 4))]
    )

    check_alike(atlas, [at(0.01, 2), at(0.01, 4.5), at(0, 0), at(0, 5), at(1.5, 2)], tmp_path)


def test_motorway_nearby_counts_only_where_there_is_nothing_else(tmp_path: Path) -> None:
    network = draw(
        {"west": at(0, 0), "east": at(0, 5), "ramp": at(1, 0), "end": at(1, 5)},
        road("west", "east", RoadClass.RESIDENTIAL),
        road("ramp", "end", RoadClass.MOTORWAY),
        road("west", "ramp", RoadClass.RESIDENTIAL),
        road("east", "end", RoadClass.RESIDENTIAL),
    )
    atlas = Atlas.open(network, [Destination(id="east", position=at(0, 5)), FAR_AWAY])

    check_alike(atlas, [at(0.9, 2.5), at(1.02, 2.5), at(2.7, 2.5)], tmp_path)


def test_line_of_a_motorway_keeps_its_bends_and_not_the_points_between() -> None:
    straight, bent = [at(0, 1), at(0, 2), at(0, 3)], [at(1, 1), at(1.05, 2), at(1, 3)]
    network = draw(
        {"west": at(0, 0), "east": at(0, 4), "north": at(1, 0), "bend": at(1, 4)},
        road("west", "east", RoadClass.MOTORWAY, via=straight),
        road("north", "bend", RoadClass.MOTORWAY, via=bent),
        road("west", "north", RoadClass.RESIDENTIAL),
    )
    atlas = Atlas.open(network, [Destination(id="end", position=at(0, 4))])

    part = pack_motorways(atlas)

    assert (part.about["roads"], part.about["points"]) == (2, 2 + 5)
    assert part.times == 4 * len(Profile)


def test_position_far_from_every_road_has_no_answer_on_the_device(tmp_path: Path) -> None:
    atlas = Atlas.open(line(), [FAR_AWAY])

    assert device_times(atlas, [at(9, 9)], Profile.SIGNALS, RUSH, tmp_path, pack_roads) == [None]
