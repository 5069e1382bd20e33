"""Networks from extracts that are written here, tag by tag."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
import pytest
from osmium.osm import mutable

from advisor.roads.atlas import Atlas
from advisor.roads.build import ATTRIBUTION, BuildOptions, build_from_osm, within_box
from advisor.roads.model import Destination, NetworkFileError, Profile, RoadClass
from advisor.roads.network import Network
from advisor.roads.speeds import speed_table
from tests.roads.networks import at

Ways = Mapping[str, Mapping[str, str]]
STREET = {"highway": "primary"}


def extract(
    path: Path,
    nodes: Mapping[str, tuple[float, float]],
    ways: Ways,
    *,
    node_tags: Mapping[str, Mapping[str, str]] | None = None,
    restrictions: Sequence[tuple[Mapping[str, str], str, str, str]] = (),
) -> Path:
    """Write an extract; way "abc" passes nodes a, b and c; restrictions are (tags, from, via, to)."""
    number = {name: i + 1 for i, name in enumerate(nodes)}
    way_number = {name: i + 1 for i, name in enumerate(ways)}
    file = path / "drawn.osm.pbf"
    with osmium.SimpleWriter(str(file), overwrite=True) as writer:
        for name, (north, east) in nodes.items():
            spot = at(north, east)
            tags = dict((node_tags or {}).get(name, {}))
            writer.add_node(mutable.Node(id=number[name], location=(spot.lon, spot.lat), tags=tags))
        for name, way_tags in ways.items():
            refs = [number.get(node, 1_000) for node in name]
            writer.add_way(mutable.Way(id=way_number[name], nodes=refs, tags=dict(way_tags)))
        for i, (tags, into, via, out_of) in enumerate(restrictions):
            members = [("w", way_number[into], "from"), ("n", number[via], "via"), ("w", way_number[out_of], "to")]
            writer.add_relation(mutable.Relation(id=i + 1, members=members, tags={"type": "restriction", **tags}))
    return file


def metres(network: Network, start: tuple[float, float], goal: tuple[float, float]) -> float:
    tables = {Profile.SIGNALS: speed_table(Profile.SIGNALS)}
    atlas = Atlas.open(network, [Destination(id="goal", position=at(*goal))], tables=tables)
    return atlas.route(at(*start), "goal", profile=Profile.SIGNALS).distance_m


CROSS = {"c": (0, 0), "n": (1, 0), "e": (0, 1.6), "s": (-1, 0), "w": (0, -1.6)}
"""A crossing c with arms to the north, east, south and west, 1.1 km each."""
ARMS: Ways = {"cn": STREET, "ce": STREET, "sc": STREET, "wc": STREET}


def test_ways_are_cut_where_they_cross(tmp_path: Path):
    """Way n-c-s crosses way w-c-e."""
    network = build_from_osm(extract(tmp_path, CROSS, {"ncs": STREET, "wce": STREET}))

    assert (network.node_count, network.road_count, network.edge_count) == (5, 4, 8)
    assert network.attribution == ATTRIBUTION


def test_points_that_only_bend_a_road_are_no_nodes(tmp_path: Path):
    network = build_from_osm(extract(tmp_path, CROSS, {"ncs": STREET, "se": STREET}))

    assert (network.node_count, network.road_count) == (2, 1)
    assert len(network.point_lat) == 4


def test_parts_of_a_road_in_opposite_order_are_strung_together(tmp_path: Path):
    network = build_from_osm(extract(tmp_path, CROSS, {"nc": STREET, "sc": STREET}))

    assert (network.node_count, network.road_count) == (2, 1)
    assert network.road_length_m[0] == pytest.approx(2 * 1_111.95, abs=0.5)


def test_road_that_changes_its_class_is_cut(tmp_path: Path):
    network = build_from_osm(extract(tmp_path, CROSS, {"nc": STREET, "cs": {"highway": "secondary"}}))

    assert sorted(network.road_class.tolist()) == [RoadClass.PRIMARY, RoadClass.SECONDARY]


def test_oneway_against_its_points_is_turned_round(tmp_path: Path):
    """c→n→e→c would be the way round; the first side is tagged -1, so it is n→c and the round goes c→e→n→c."""
    ways: Ways = {"cn": {**STREET, "oneway": "-1"}, "en": {**STREET, "oneway": "yes"}, "ce": STREET}
    network = build_from_osm(extract(tmp_path, CROSS, ways))

    assert metres(network, (0.9, 0), (0.1, 0)) == pytest.approx(0.8 * 1_112, rel=0.01)
    assert metres(network, (0.1, 0), (0.9, 0)) > 2_800


def test_roundabout_is_driven_one_way(tmp_path: Path):
    """A ring c-e-n with two arms; to go from c to n one must pass e."""
    nodes = {**CROSS, "x": (1, 1)}
    ways: Ways = {"cenc": {**STREET, "junction": "roundabout"}, "nx": STREET, "cs": STREET}
    network = build_from_osm(extract(tmp_path, nodes, ways))

    assert metres(network, (-0.5, 0), (1, 0.5)) > 556 + 1_100 + 1_500 + 300
    assert metres(network, (1, 0.5), (-0.5, 0)) == pytest.approx(342 + 1_112 + 556, rel=0.02)


def test_names_and_limits_come_along(tmp_path: Path):
    tags = {**STREET, "ref": "N201", "name": "Dorpsstraat", "maxspeed": "80"}
    network = build_from_osm(extract(tmp_path, CROSS, {"nc": tags, "cs": {**STREET, "name": "Kade"}}))

    limits = zip(network.road_name.tolist(), network.road_limit_kph.tolist(), strict=True)
    assert {network.names[i]: limit for i, limit in limits} == {"Kade": 0, "N201": 80}


def test_barrier_on_a_road_cannot_be_passed(tmp_path: Path):
    """Two ways from n to s: straight past a bollard at c, or round by e."""
    ways: Ways = {"ncs": STREET, "nes": {"highway": "residential"}}
    blocked = extract(tmp_path, CROSS, ways, node_tags={"c": {"barrier": "bollard"}})
    network = build_from_osm(blocked)

    assert metres(network, (0.5, 0), (-0.5, 0)) > 3_000


def test_gate_can_be_passed(tmp_path: Path):
    ways: Ways = {"ncs": STREET, "nes": {"highway": "residential"}}
    network = build_from_osm(extract(tmp_path, CROSS, ways, node_tags={"c": {"barrier": "gate"}}))

    assert metres(network, (0.5, 0), (-0.5, 0)) == pytest.approx(1_112, rel=0.01)


RING: Ways = {**ARMS, "ne": STREET, "es": STREET, "sw": STREET, "wn": STREET}
"""The crossing with a ring road round it."""


def test_forbidden_turn_is_not_made(tmp_path: Path):
    ban = [({"restriction": "no_left_turn"}, "sc", "c", "wc")]
    free = build_from_osm(extract(tmp_path, CROSS, RING))
    bound = build_from_osm(extract(tmp_path, CROSS, RING, restrictions=ban))

    assert metres(free, (-0.1, 0), (0, -0.2)) == pytest.approx(248, rel=0.02)
    assert metres(bound, (-0.1, 0), (0, -0.2)) > 2_000
    assert metres(bound, (0, -0.2), (-0.1, 0)) == pytest.approx(248, rel=0.02)
    assert metres(bound, (-0.1, 0), (0.1, 0)) == pytest.approx(222, rel=0.02)


def test_only_turn_rules_out_the_others(tmp_path: Path):
    rule = [({"restriction": "only_straight_on"}, "sc", "c", "cn")]
    network = build_from_osm(extract(tmp_path, CROSS, RING, restrictions=rule))

    assert metres(network, (-0.1, 0), (0.1, 0)) == pytest.approx(222, rel=0.02)
    assert metres(network, (-0.1, 0), (0, 0.2)) > 2_000


@pytest.mark.parametrize(
    "tags", [{"restriction": "no_left_turn", "except": "emergency"}, {"restriction:hgv": "no_left_turn"}]
)
def test_restriction_that_excepts_ambulances_does_not_bind(tmp_path: Path, tags: dict[str, str]):
    network = build_from_osm(extract(tmp_path, CROSS, RING, restrictions=[(tags, "sc", "c", "wc")]))

    assert metres(network, (-0.1, 0), (0, -0.2)) == pytest.approx(248, rel=0.02)


def test_restrictions_can_be_left_to_the_signals(tmp_path: Path):
    ban = [({"restriction": "no_left_turn"}, "sc", "c", "wc")]
    network = build_from_osm(extract(tmp_path, CROSS, RING, restrictions=ban), BuildOptions(obey_restrictions=False))

    assert metres(network, (-0.1, 0), (0, -0.2)) == pytest.approx(248, rel=0.02)


def test_restriction_between_roads_that_do_not_meet_is_counted(tmp_path: Path):
    ban = [({"restriction": "no_left_turn"}, "ne", "c", "wc")]
    network = build_from_osm(extract(tmp_path, CROSS, RING, restrictions=ban))

    assert network.notes == ("1 turn restrictions could not be placed",)


def test_missing_nodes_are_survived_and_counted(tmp_path: Path):
    network = build_from_osm(extract(tmp_path, CROSS, {**ARMS, "nex": STREET}))

    assert network.notes == ("1 points of roads are not in the extract",)
    assert network.node_count == 3


def test_only_what_lies_in_the_box_is_taken(tmp_path: Path):
    west, south, east, north = at(0, -1).lon, at(-0.5, 0).lat, at(0, 2).lon, at(2, 0).lat
    network = build_from_osm(extract(tmp_path, CROSS, ARMS), BuildOptions(inside=within_box(west, south, east, north)))

    assert network.bounds == pytest.approx((at(0, 0).lon, at(0, 0).lat, at(0, 1.6).lon, at(1, 0).lat))


def test_box_without_roads_is_told(tmp_path: Path):
    with pytest.raises(NetworkFileError, match="no roads in this extract within the area"):
        build_from_osm(extract(tmp_path, CROSS, ARMS), BuildOptions(inside=within_box(6.0, 53.0, 6.1, 53.1)))


def test_extract_without_roads_is_told(tmp_path: Path):
    with pytest.raises(NetworkFileError, match=r"drawn\.osm\.pbf: no roads in this extract"):
        build_from_osm(extract(tmp_path, CROSS, {"nc": {"waterway": "river"}}))


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_truncated_extract_is_told(tmp_path: Path, share: float):
    file = extract(tmp_path, CROSS, ARMS)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])

    with pytest.raises(NetworkFileError, match=r"drawn\.osm\.pbf: not a whole OpenStreetMap extract"):
        build_from_osm(file)


def test_empty_extract_is_told(tmp_path: Path):
    (tmp_path / "empty.osm.pbf").touch()

    with pytest.raises(NetworkFileError, match=r"empty\.osm\.pbf: the file is empty"):
        build_from_osm(tmp_path / "empty.osm.pbf")


def test_missing_extract_is_told(tmp_path: Path):
    with pytest.raises(NetworkFileError, match=r"none\.osm\.pbf: cannot be read: No such file"):
        build_from_osm(tmp_path / "none.osm.pbf")


def test_file_that_is_no_extract_is_told(tmp_path: Path):
    (tmp_path / "noise.osm.pbf").write_bytes(b"this is not it" * 100)

    with pytest.raises(NetworkFileError, match="not a whole OpenStreetMap extract"):
        build_from_osm(tmp_path / "noise.osm.pbf")


def test_progress_is_told_step_by_step(tmp_path: Path):
    heard: list[str] = []
    build_from_osm(extract(tmp_path, CROSS, ARMS), report=lambda label, done, total: heard.append(label))

    assert list(dict.fromkeys(heard)) == ["roads", "junctions", "contraction order"]


def test_same_extract_gives_the_same_identity(tmp_path: Path):
    file = extract(tmp_path, CROSS, RING)

    assert build_from_osm(file).identity == build_from_osm(file).identity


def test_extracts_that_overlap_are_one_network(tmp_path: Path):
    """The same way in both, with the same node ids; the second extract goes on where the first one ends."""
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
    nodes = {"n": (1, 0), "c": (0, 0), "s": (-1, 0), "e": (0, 1.6)}
    one = extract(tmp_path / "one", nodes, {"ncs": STREET})
    other = extract(tmp_path / "other", nodes, {"ncs": STREET, "ce": STREET})

    merged = build_from_osm([one, other])

    assert merged.identity == build_from_osm(other).identity
    assert merged.name == "drawn.osm.pbf + drawn.osm.pbf"


def test_node_that_one_extract_lacks_comes_from_another(tmp_path: Path):
    for folder in ("cut", "whole"):
        (tmp_path / folder).mkdir()
    nodes = {"n": (1, 0), "c": (0, 0), "s": (-1, 0)}
    cut = extract(tmp_path / "cut", {"n": nodes["n"], "c": nodes["c"]}, {"ncs": STREET})
    with osmium.SimpleWriter(str(cut), overwrite=True) as writer:
        for number, name in ((1, "n"), (2, "c")):
            writer.add_node(mutable.Node(id=number, location=(at(*nodes[name]).lon, at(*nodes[name]).lat)))
        writer.add_way(mutable.Way(id=1, nodes=[1, 2, 3], tags=STREET))
    whole = extract(tmp_path / "whole", nodes, {"ncs": STREET})

    merged = build_from_osm([cut, whole])

    assert merged.road_length_m.sum() == pytest.approx(2 * 1_111.95, abs=0.5)
    assert merged.notes == ()


def test_extracts_that_number_their_nodes_differently_are_refused(tmp_path: Path):
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
    one = extract(tmp_path / "one", CROSS, ARMS)
    other = extract(tmp_path / "other", {name: (north + 9, east) for name, (north, east) in CROSS.items()}, ARMS)

    with pytest.raises(NetworkFileError, match="do not belong together: 8 nodes"):
        build_from_osm([one, other])
