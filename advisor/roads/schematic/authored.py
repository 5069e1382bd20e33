"""Read the authored files of the schematic network: CSV texts of nodes and of roads, checked as a whole."""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from advisor.kernel import InvalidInput, Position, Problem
from advisor.roads.assemble import Segment
from advisor.roads.model import RoadClass

NODE_COLUMNS = ("id", "name", "kind", "lat", "lon")
ROAD_COLUMNS = ("road", "class", "speed_factor", "path")
SOUTH, NORTH, WEST, EAST = 51.4, 53.4, 4.0, 6.5
"""The area in which a coordinate is believed, degrees: outside it, it is a slip of the pen."""
FACTORS = (0.3, 1.5)
"""The least and the most that a road may differ from the speed of its class."""
VIA = re.compile(r"(\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)")
"""A bend in a path: latitude/longitude in degrees."""


class Kind(StrEnum):
    """What a node stands for."""

    TOWN = "town"
    DISTRICT = "district"
    STREET = "street"
    JUNCTION = "junction"


NAMED_KINDS = frozenset({Kind.TOWN, Kind.DISTRICT})
"""Kinds whose names people look for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A point of the schematic network where roads meet or a place lies."""

    id: str
    name: str
    kind: Kind
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Authored:
    """All nodes and all segments, in the order of the files."""

    nodes: tuple[Node, ...]
    segments: tuple[Segment, ...]


def parse_authored(documents: Mapping[str, str]) -> Authored:
    """Parse the texts of the data files, by file name; `nodes_….csv` hold nodes, `roads_….csv` hold roads.

    A road's path is a row of node ids; `latitude/longitude` between two of them is a bend.

    Raises
    ------
    InvalidInput
        With every problem: columns, numbers, kinds, classes, unknown or repeated ids, coordinates outside the area,
        roads that are given twice, nodes that no road touches, and parts that hang together with no other.
    """
    problems: list[Problem] = []
    nodes: list[Node] = []
    segments: list[Segment] = []
    for name in sorted(documents):
        if not name.startswith(("nodes_", "roads_")):
            problems.append(Problem(field=name, message="a file name starts with nodes_ or roads_"))
        elif name.startswith("nodes_"):
            nodes += [n for row in _rows(name, documents[name], NODE_COLUMNS, problems) if (n := _node(row, problems))]
    known = {node.id for node in nodes}
    for name in sorted(documents):
        if name.startswith("roads_"):
            for row in _rows(name, documents[name], ROAD_COLUMNS, problems):
                segments += _segments(row, known, problems)
    problems += _whole_problems(nodes, segments)
    if problems:
        raise InvalidInput(problems)
    return Authored(nodes=tuple(nodes), segments=tuple(segments))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    where: str
    cells: dict[str, str]


def _rows(name: str, text: str, columns: Sequence[str], problems: list[Problem]) -> Iterator[_Row]:
    lines = csv.reader(text.splitlines())
    if tuple(next(lines, ())) != tuple(columns):
        problems.append(Problem(field=name, message=f"the first line must be {','.join(columns)}"))
        return
    for cells in lines:
        where = f"{name}:{lines.line_num}"
        if len(cells) != len(columns):
            problems.append(Problem(field=where, message=f"has {len(cells)} cells, not {len(columns)}"))
        else:
            yield _Row(where=where, cells=dict(zip(columns, (cell.strip() for cell in cells), strict=True)))


def _node(row: _Row, problems: list[Problem]) -> Node | None:
    cells, before = row.cells, len(problems)
    if not re.fullmatch(r"[a-z0-9-]+", cells["id"]):
        problems.append(Problem(field=row.where, message=f"id {cells['id']!r} must be of a-z, 0-9 and hyphens"))
    if not cells["name"]:
        problems.append(Problem(field=row.where, message="has no name"))
    if cells["kind"] not in tuple(Kind):
        problems.append(Problem(field=row.where, message=f"kind {cells['kind']!r} is none of {', '.join(Kind)}"))
    position = _position(row.where, cells["lat"], cells["lon"], problems)
    if position is None or len(problems) > before:
        return None
    return Node(id=cells["id"], name=cells["name"], kind=Kind(cells["kind"]), position=position)


def _position(where: str, lat_text: str, lon_text: str, problems: list[Problem]) -> Position | None:
    lat, lon = _number(lat_text), _number(lon_text)
    if not (SOUTH <= lat <= NORTH and WEST <= lon <= EAST):
        area = f"{SOUTH} to {NORTH} north, {WEST} to {EAST} east"
        problems.append(Problem(field=where, message=f"position {lat_text}, {lon_text} is not within {area}"))
        return None
    return Position(lat=lat, lon=lon)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _segments(row: _Row, known: set[str], problems: list[Problem]) -> list[Segment]:
    road_class, factor = _class(row, problems), _number(row.cells["speed_factor"])
    if not FACTORS[0] <= factor <= FACTORS[1]:
        text = f"speed_factor {row.cells['speed_factor']!r} is not a number from {FACTORS[0]} to {FACTORS[1]}"
        problems.append(Problem(field=row.where, message=text))
    stretches = list(_stretches(row, known, problems))
    if road_class is None:
        return []
    name = row.cells["road"]
    return [
        Segment(from_node=start, to_node=end, road_class=road_class, via=via, speed_factor=factor, name=name)
        for start, via, end in stretches
    ]


def _class(row: _Row, problems: list[Problem]) -> RoadClass | None:
    name = row.cells["class"]
    if name.upper() in RoadClass.__members__ and name == name.lower():
        return RoadClass[name.upper()]
    problems.append(Problem(field=row.where, message=f"unknown class {name!r}"))
    return None


def _stretches(row: _Row, known: set[str], problems: list[Problem]) -> Iterator[tuple[str, tuple[Position, ...], str]]:
    """Cut a path into stretches between nodes that exist, each with its bends."""
    start, via, ends = "", list[Position](), 0
    for word in row.cells["path"].split():
        bend = VIA.fullmatch(word)
        if bend:
            position = _position(row.where, bend[1], bend[2], problems)
            via += [position] if position else []
            if not ends:
                problems.append(Problem(field=row.where, message=f"the path starts with a bend, {word}"))
            continue
        if word not in known:
            problems.append(Problem(field=row.where, message=f"unknown node {word!r}"))
        elif start:
            yield start, tuple(via), word
        start, via, ends = (word if word in known else ""), [], ends + 1
    if ends < 2 or via:
        problems.append(Problem(field=row.where, message="a path leads from a node to a node"))


def _whole_problems(nodes: Sequence[Node], segments: Sequence[Segment]) -> list[Problem]:
    """Find what is wrong between rows, whichever files they stand in."""
    ids = [node.id for node in nodes]
    roads = Counter((frozenset((s.from_node, s.to_node)), s.road_class) for s in segments)
    ways = dict.fromkeys(way for way, _ in roads)
    problems = [Problem(field=node, message="id is given twice") for node, count in Counter(ids).items() if count > 1]
    twice = (way for (way, _), count in roads.items() if count > 1)
    problems += [Problem(field="-".join(sorted(way)), message="road is given twice") for way in twice]
    problems += [Problem(field="-".join(way), message="leads to its own start") for way in ways if len(way) == 1]
    used = {node for way in ways for node in way}
    problems += [Problem(field=node, message="no road leads here") for node in dict.fromkeys(ids) if node not in used]
    parts = sorted(_parts(ways), key=len, reverse=True)
    for part in parts[1:]:
        problems.append(Problem(field=", ".join(sorted(part)), message="hangs together with nothing else"))
    return problems


def _parts(ways: Iterable[frozenset[str]]) -> list[set[str]]:
    """Gather the nodes that hang together."""
    part_of: dict[str, set[str]] = {}
    for way in ways:
        merged = set[str]().union(way, *(part_of[node] for node in way if node in part_of))
        part_of.update(dict.fromkeys(merged, merged))
    return [set(part) for part in {frozenset(part) for part in part_of.values()}]
