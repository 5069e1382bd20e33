"""The real extract of Amsterdam, when it is there."""

import os
from datetime import UTC, datetime
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.basemap import tile
from advisor.roads.build import build_from_osm
from advisor.roads.exchange import to_networkx
from advisor.roads.model import Destination, NetworkFileError, Profile
from advisor.roads.network import Network
from tests.offline.device_times import device_times

SHARED = Path(os.environ.get("UITWIJK_SHARED", Path(__file__).parents[3] / "shared"))
EXTRACT = SHARED / "data" / "amsterdam.osm.pbf"

pytestmark = pytest.mark.skipif(not EXTRACT.exists(), reason=f"no extract at {EXTRACT}; set UITWIJK_SHARED")


@pytest.fixture(scope="module")
def amsterdam() -> Network:
    return build_from_osm(EXTRACT)


@pytest.fixture(scope="module")
def atlas(amsterdam: Network) -> Atlas:
    spots = {"oost": (52.3579, 4.9169), "west": (52.3715, 4.8390), "amc": (52.2945, 4.9577)}
    goals = [Destination(id=name, position=Position(lat=lat, lon=lon)) for name, (lat, lon) in spots.items()]
    return Atlas.open(amsterdam, goals)


def some_positions(network: Network, count: int) -> list[Position]:
    nodes = np.random.default_rng(7).integers(0, network.node_count, count)
    return [Position(lat=float(network.node_lat[i]), lon=float(network.node_lon[i])) for i in nodes]


def test_city_is_one_connected_network(amsterdam: Network):
    assert 25_000 < amsterdam.node_count < 40_000
    assert amsterdam.dropped_length_m < 0.05 * amsterdam.road_length_m.sum(dtype=float)


def test_fields_equal_plain_searches(amsterdam: Network, atlas: Atlas):
    graph = to_networkx(amsterdam).reverse()
    for goal in atlas.ids:
        column = atlas.ids.index(goal)
        ends = atlas.entries(goal, Profile.SIGNALS)
        graph.add_edges_from([("goal", node, {"signals_s": seconds}) for node, seconds in ends])
        searched = nx.single_source_dijkstra_path_length(graph, "goal", weight="signals_s")
        graph.remove_node("goal")
        stored = atlas.field(Profile.SIGNALS)[:, column] / 4.0
        expected = np.array([searched[node] for node in range(amsterdam.node_count)])
        assert np.abs(stored - expected).max() <= 0.126


def test_routes_are_as_long_as_the_fields_say(amsterdam: Network, atlas: Atlas):
    for position in some_positions(amsterdam, 50):
        times = atlas.drive_times(position, profile=Profile.NO_SIGNALS)
        for i, goal in enumerate(atlas.ids):
            found = atlas.route(position, goal, profile=Profile.NO_SIGNALS)
            assert found.seconds == pytest.approx(times.seconds[i], abs=0.25)
            assert found.distance_m == pytest.approx(times.distance_m[i], abs=60)


def test_city_tile_is_small(amsterdam: Network):
    lines = tile(amsterdam, 12, 2103, 1346)

    assert 200 < len(lines) < 4_000
    assert sum(len(str(number)) + 1 for _, numbers in lines for number in numbers) < 60_000


def test_extract_cut_off_in_the_middle_is_told(tmp_path: Path):
    (tmp_path / "half.osm.pbf").write_bytes(EXTRACT.read_bytes()[:400_000])

    with pytest.raises(NetworkFileError, match=r"half\.osm\.pbf: not a whole OpenStreetMap extract"):
        build_from_osm(tmp_path / "half.osm.pbf")


@pytest.mark.parametrize("profile", Profile)
def test_device_is_within_a_minute_of_the_server_for_nearly_all_positions(
    amsterdam: Network, atlas: Atlas, profile: Profile, tmp_path: Path
) -> None:
    positions = some_positions(amsterdam, 400)

    found = device_times(atlas, positions, profile, datetime(2026, 1, 14, 11, 0, tzinfo=UTC), tmp_path)

    seconds = np.array([[drive[0] for drive in drives] for drives in found])
    server = np.array([atlas.drive_times(position, profile=profile).seconds for position in positions])
    assert (np.abs(seconds - server) <= 60).mean() >= 0.95
