"""Reading authored nodes and roads: two villages, a junction between them, and every slip of the pen."""

import pytest

from advisor.kernel import InvalidInput, Position
from advisor.roads.model import RoadClass
from advisor.roads.schematic.authored import Kind, parse_authored

NODES = """id,name,kind,lat,lon
west,Westdorp,town,52.10,4.90
kruis,Kruispunt,junction,52.10,4.95
oost,Oostdorp,town,52.10,5.00
"""
ROADS = """road,class,speed_factor,path
N1,primary,1,west kruis 52.11/4.97 oost
"""


def problems_of(nodes: str = NODES, roads: str = ROADS, **more: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        parse_authored({"nodes_a.csv": nodes, "roads_a.csv": roads, **more})
    return [str(problem) for problem in caught.value.problems]


def test_path_becomes_a_segment_between_each_two_nodes():
    authored = parse_authored({"nodes_a.csv": NODES, "roads_a.csv": ROADS})

    assert [(s.from_node, s.to_node) for s in authored.segments] == [("west", "kruis"), ("kruis", "oost")]


def test_coordinates_in_a_path_are_bends_of_the_segment_around_them():
    first, second = parse_authored({"nodes_a.csv": NODES, "roads_a.csv": ROADS}).segments

    assert first.via == ()
    assert second.via == (Position(lat=52.11, lon=4.97),)


def test_road_carries_its_name_class_and_factor():
    roads = ROADS.replace("primary,1", "tertiary,0.9")

    segment = parse_authored({"nodes_a.csv": NODES, "roads_a.csv": roads}).segments[0]

    assert (segment.name, segment.road_class, segment.speed_factor) == ("N1", RoadClass.TERTIARY, 0.9)


def test_node_carries_its_name_and_kind():
    node = parse_authored({"nodes_a.csv": NODES, "roads_a.csv": ROADS}).nodes[0]

    assert (node.name, node.kind, node.position) == ("Westdorp", Kind.TOWN, Position(lat=52.10, lon=4.90))


def test_roads_may_use_nodes_of_any_file():
    documents = {
        "nodes_a.csv": NODES,
        "nodes_b.csv": "id,name,kind,lat,lon\nnoord,Noorddorp,town,52.20,4.95\n",
        "roads_a.csv": ROADS,
        "roads_b.csv": "road,class,speed_factor,path\nN2,primary,1,noord kruis\n",
    }

    assert len(parse_authored(documents).segments) == 3


def test_roads_of_two_classes_may_run_between_the_same_nodes():
    roads = ROADS + "Parallelweg,tertiary,1,west kruis\n"

    assert len(parse_authored({"nodes_a.csv": NODES, "roads_a.csv": roads}).segments) == 3


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("West,West,town,52.1,4.9", "nodes_a.csv:5: id 'West' must be of a-z, 0-9 and hyphens"),
        ("noord,,town,52.1,4.9", "nodes_a.csv:5: has no name"),
        ("noord,Noord,stad,52.1,4.9", "nodes_a.csv:5: kind 'stad' is none of town, district, street, junction"),
        ("noord,Noord,town,52.1", "nodes_a.csv:5: has 4 cells, not 5"),
        ("west,Westdorp,town,52.1,4.9", "west: id is given twice"),
        ("noord,Noord,town,52.2,4.9", "noord: no road leads here"),
    ],
)
def test_node_that_cannot_be_used_is_reported(row: str, problem: str):
    assert problem in problems_of(nodes=f"{NODES}{row}\n")


@pytest.mark.parametrize("position", ["48.85,2.35", "4.9,52.1", "noord,oost", "nan,4.9", ","])
def test_position_outside_the_area_or_none_at_all_is_reported(position: str):
    (problem, *_) = problems_of(nodes=f"{NODES}noord,Noord,town,{position}\n")

    assert problem.startswith(f"nodes_a.csv:5: position {', '.join(position.split(','))} is not within")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("N2,snelweg,1,west oost", "roads_a.csv:3: unknown class 'snelweg'"),
        ("N2,PRIMARY,1,west oost", "roads_a.csv:3: unknown class 'PRIMARY'"),
        ("N2,primary,0,west oost", "roads_a.csv:3: speed_factor '0' is not a number from 0.3 to 1.5"),
        ("N2,primary,snel,west oost", "roads_a.csv:3: speed_factor 'snel' is not a number from 0.3 to 1.5"),
        ("N2,primary,1,west zuid", "roads_a.csv:3: unknown node 'zuid'"),
        ("N2,primary,1,west", "roads_a.csv:3: a path leads from a node to a node"),
        ("N2,primary,1,west oost 52.1/5.1", "roads_a.csv:3: a path leads from a node to a node"),
        ("N2,primary,1,52.1/4.8 west oost", "roads_a.csv:3: the path starts with a bend, 52.1/4.8"),
        ("N2,primary,1,west 2.1/4.8 oost", "roads_a.csv:3: position 2.1, 4.8 is not within 51.4 to 53.4 north"),
        ("N2,primary,1,west kruis", "kruis-west: road is given twice"),
        ("N2,primary,1,west west", "west: leads to its own start"),
    ],
)
def test_road_that_cannot_be_used_is_reported(row: str, problem: str):
    assert any(found.startswith(problem) for found in problems_of(roads=f"{ROADS}{row}\n"))


def test_part_that_hangs_together_with_nothing_else_is_reported():
    nodes = NODES + "eiland,Eiland,town,53.0,4.8\nhaven,Haven,town,53.0,4.9\n"
    roads = ROADS + "Eilandweg,tertiary,1,eiland haven\n"

    assert problems_of(nodes, roads) == ["eiland, haven: hangs together with nothing else"]


def test_columns_and_file_names_are_fixed():
    problems = problems_of(nodes="id,name\n", **{"towns.csv": ""})

    assert "nodes_a.csv: the first line must be id,name,kind,lat,lon" in problems
    assert "towns.csv: a file name starts with nodes_ or roads_" in problems


def test_all_problems_of_all_files_are_reported_together():
    problems = problems_of(nodes=f"{NODES}Noord,,stad,1,2\n", roads=f"{ROADS}N2,pad,9,west zuid\n")

    assert len(problems) == 7
