"""Drive times on a lattice, as a device keeps them."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.grid import FAR_STEP, PARTS, SPACINGS_M, STEP_S, Lattice, lay_grid_of_times
from advisor.roads.model import Destination, Profile, RoadClass
from tests.offline.device_times import device_times
from tests.roads.networks import at, draw, line, road, two_carriageways

NOON = datetime(2026, 1, 14, 11, 0, tzinfo=UTC)
RUSH = datetime(2026, 1, 14, 7, 30, tzinfo=UTC)
EAST = Destination(id="east", position=at(0, 5))
FAR_AWAY = Destination(id="far-away", position=Position(lat=53.0, lon=6.0))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas.open(line(), [EAST, FAR_AWAY])


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("moment", [NOON, RUSH])
def test_device_finds_about_the_time_of_the_server(
    atlas: Atlas, profile: Profile, moment: datetime, tmp_path: Path
) -> None:
    positions = [at(0, 0.5), at(0, 1.7), at(0.05, 3.2)]

    found = device_times(atlas, positions, profile, moment, tmp_path)

    for position, device in zip(positions, found, strict=True):
        server = atlas.drive_times(position, profile=profile, at=moment)
        assert device[0][0] == pytest.approx(server.seconds[0], abs=20)
        assert device[0][1:3] == pytest.approx([server.low_s[0], server.high_s[0]], abs=25)


def test_destination_off_the_network_is_estimated_alike(atlas: Atlas, tmp_path: Path) -> None:
    ((_, (seconds, low_s, high_s, geodesic)),) = device_times(atlas, [at(0, 1)], Profile.SIGNALS, NOON, tmp_path)
    server = atlas.drive_times(at(0, 1), profile=Profile.SIGNALS, at=NOON)

    assert [seconds, low_s, high_s] == pytest.approx([server.seconds[1], server.low_s[1], server.high_s[1]], abs=0.5)
    assert geodesic


def test_position_far_from_every_road_has_no_answer_on_the_device(atlas: Atlas, tmp_path: Path) -> None:
    assert device_times(atlas, [at(9, 9)], Profile.SIGNALS, NOON, tmp_path) == [None]


def test_cell_speaks_for_the_roads_in_it(atlas: Atlas) -> None:
    grid = lay_grid_of_times(atlas)

    rows, columns = np.divmod(grid.cells, grid.lattice.columns)
    north = (np.argwhere(grid.roads)[:, 1] + 0.5) / PARTS + rows[np.argwhere(grid.roads)[:, 0]]
    middles = grid.lattice.south + north * grid.lattice.lat_step
    assert np.abs(middles - 52.0).max() <= grid.lattice.lat_step / PARTS
    assert grid.roads[1:-1].any(axis=1).all(), "the road crosses its cells from west to east"
    assert (np.diff(columns) == 1).all()
    assert (np.diff(grid.steps[Profile.SIGNALS][0].astype(int)) < 0).all()
    assert (grid.steps[Profile.SIGNALS][1] == FAR_STEP).all()


def test_motorway_beside_a_street_does_not_count() -> None:
    network = draw(
        {"west": at(0, 0), "east": at(0, 5), "ramp": at(0.1, 0), "end": at(0.1, 5)},
        road("west", "east", RoadClass.RESIDENTIAL),
        road("ramp", "end", RoadClass.MOTORWAY),
        road("west", "ramp", RoadClass.RESIDENTIAL),
        road("east", "end", RoadClass.RESIDENTIAL),
    )
    atlas = Atlas.open(network, [EAST])
    place = at(0, 4)
    cell = Lattice.over(network.bounds, SPACINGS_M[0]).cell_of(np.array([place.lat]), np.array([place.lon]))
    grid = lay_grid_of_times(atlas)

    steps = grid.steps[Profile.NO_SIGNALS][0][np.searchsorted(grid.cells, cell[0])]

    expected = atlas.drive_times(place, profile=Profile.NO_SIGNALS).seconds[0] - 45.0
    assert steps * STEP_S == pytest.approx(expected, abs=40)


@pytest.mark.parametrize("profile", Profile)
def test_motorway_counts_where_there_is_nothing_else(profile: Profile, tmp_path: Path) -> None:
    network = draw(
        {"west": at(0, 0), "dike": at(0, 1), "end": at(0, 9), "east": at(0, 10)},
        road("west", "dike", RoadClass.RESIDENTIAL),
        road("dike", "end", RoadClass.MOTORWAY),
        road("end", "east", RoadClass.RESIDENTIAL),
    )
    atlas = Atlas.open(network, [Destination(id="east", position=at(0, 10))])
    positions = [at(0, 3.1), at(0.01, 4.6), at(0.5, 5.2), at(0, 7.7)]

    found = device_times(atlas, positions, profile, NOON, tmp_path)

    for position, device in zip(positions, found, strict=True):
        assert device[0][0] == pytest.approx(atlas.drive_times(position, profile=profile, at=NOON).seconds[0], abs=15)
        assert not device[0][3]


@pytest.mark.parametrize(("heading_deg", "beside"), [(None, 0.0), (90.0, 0.01), (270.0, 0.01)])
def test_who_is_on_a_motorway_has_the_times_of_the_server(
    tmp_path: Path, heading_deg: float | None, beside: float
) -> None:
    atlas = Atlas.open(two_carriageways(), [Destination(id="end", position=at(0.01, 9))])
    headings_deg = [] if heading_deg is None else [heading_deg]

    found = device_times(atlas, [at(beside, 4)], Profile.SIGNALS, NOON, tmp_path, headings_deg=headings_deg)

    server = atlas.drive_times(at(beside, 4), profile=Profile.SIGNALS, at=NOON, heading_deg=heading_deg)
    assert found[0][0][0] == pytest.approx(server.seconds[0], abs=1)


def test_network_without_motorways_has_a_lattice_alone(atlas: Atlas) -> None:
    grid = lay_grid_of_times(atlas)

    assert (grid.motorways.times, grid.motorways.about["roads"]) == (0, 0)
