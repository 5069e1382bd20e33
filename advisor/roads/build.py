"""Road networks from OpenStreetMap extracts, and from the graphs of osmnx and networkx."""

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from advisor.kernel import InvalidInput, Problem
from advisor.roads.assemble import Origin, assemble
from advisor.roads.exchange import from_networkx
from advisor.roads.fields import Report
from advisor.roads.model import NetworkFileError
from advisor.roads.network import Network
from advisor.roads.tags import (
    NAME_KEYS,
    NODE_KEYS,
    USE_KEYS,
    WayUse,
    is_closed_barrier,
    is_for_ambulances,
    name_of_way,
    use_of_way,
)
from advisor.roads.ways import Inside, Restriction, StrangeExtracts, WayTable, merge_ways, roads_from_ways

ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"
REPORT_EVERY = 20_000
"""Ways between two reports of progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What to take from an extract.

    `inside` says which points are wanted (see `within_box`, `within_polygon`); `ferries` counts ferries as roads;
    `obey_restrictions` makes turn restrictions binding, also those from which signals would exempt an ambulance.
    """

    inside: Inside | None = None
    ferries: bool = False
    obey_restrictions: bool = True


def build_from_osm(
    paths: Path | Sequence[Path], options: BuildOptions | None = None, report: Report | None = None
) -> Network:
    """Build a network from one or more OpenStreetMap extracts (`.osm.pbf`, or any format that osmium reads).

    Where extracts overlap, every way and node counts once. Ways whose nodes are missing lose those points only; how
    many is told in the notes of the network.

    Raises
    ------
    NetworkFileError
        When a file is missing, empty, damaged or cut off, or there are no roads; the message names the file.
    """
    options = options or BuildOptions()
    tell = report or _silent
    paths = (paths,) if isinstance(paths, Path) else tuple(paths)
    table, source_date = _read(paths, options, tell)
    tell("junctions", 0, 1)
    cut = roads_from_ways(table, options.inside)
    tell("junctions", 1, 1)
    notes = []
    if cut.missing_points:
        notes.append(f"{cut.missing_points} points of roads are not in the extract")
    if cut.lost_restrictions:
        notes.append(f"{cut.lost_restrictions} turn restrictions could not be placed")
    if not len(cut.roads.road_class):
        names = ", ".join(map(str, paths))
        raise NetworkFileError(f"{names}: no roads in this extract" + (" within the area" if options.inside else ""))
    tell("contraction order", 0, 1)
    name = " + ".join(path.name for path in paths)
    origin = Origin(name=name, attribution=ATTRIBUTION, source_date=source_date, notes=tuple(notes))
    network = assemble(cut.roads, origin)
    tell("contraction order", 1, 1)
    return network


def within_box(west: float, south: float, east: float, north: float) -> Inside:
    """Select what lies in a box; degrees."""
    return lambda lat, lon: (south <= lat) & (lat <= north) & (west <= lon) & (lon <= east)


def within_polygon(text: str) -> Inside:
    """Select what lies in the polygons of a GeoJSON document.

    Raises
    ------
    InvalidInput
        When it is no GeoJSON, or has no valid polygon.
    """
    from shapely import GEOSException, contains_xy, is_valid_reason, prepare, union_all  # noqa: PLC0415  (slow)
    from shapely.geometry import shape  # noqa: PLC0415

    try:
        area = union_all([shape(geometry) for geometry in _polygons(json.loads(text))])
    except (ValueError, TypeError, KeyError, AttributeError, GEOSException) as error:
        raise InvalidInput([Problem(field="polygon", message=f"is no GeoJSON with polygons: {error}")]) from error
    if area.is_empty:
        raise InvalidInput([Problem(field="polygon", message="holds no polygon")])
    if not area.is_valid:
        raise InvalidInput([Problem(field="polygon", message=f"is no area: {is_valid_reason(area)}")])
    prepare(area)
    return lambda lat, lon: np.asarray(contains_xy(area, lon, lat))


def _polygons(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    match document["type"]:
        case "FeatureCollection":
            for feature in document["features"]:
                yield from _polygons(feature)
        case "Feature":
            yield from _polygons(document["geometry"])
        case "GeometryCollection":
            for geometry in document["geometries"]:
                yield from _polygons(geometry)
        case "Polygon" | "MultiPolygon":
            yield document


@dataclass(slots=True)
class _Columns:
    """The columns of a way table while it is read."""

    way_id: "array[int]" = field(default_factory=lambda: array("q"))
    first_ref: "array[int]" = field(default_factory=lambda: array("i", [0]))
    ref: "array[int]" = field(default_factory=lambda: array("q"))
    points: bytearray = field(default_factory=bytearray)
    oneway: bytearray = field(default_factory=bytearray)
    road_class: bytearray = field(default_factory=bytearray)
    limit_kph: bytearray = field(default_factory=bytearray)
    flags: bytearray = field(default_factory=bytearray)
    name: "array[int]" = field(default_factory=lambda: array("i"))
    names: dict[str, int] = field(default_factory=dict)
    barriers: "array[int]" = field(default_factory=lambda: array("q"))
    restrictions: list[Restriction] = field(default_factory=list)

    def table(self) -> WayTable:
        """Turn the columns into arrays, ways against their points turned round."""
        points = np.frombuffer(self.points, np.float64).reshape(-1, 2)
        return WayTable(
            way_id=np.array(self.way_id, np.int64),
            first_ref=np.array(self.first_ref, np.int32),
            ref=np.array(self.ref, np.int64),
            lat=points[:, 1].copy(),
            lon=points[:, 0].copy(),
            oneway=np.frombuffer(self.oneway, np.uint8) > 0,
            road_class=np.frombuffer(self.road_class, np.uint8),
            limit_kph=np.frombuffer(self.limit_kph, np.uint8),
            flags=np.frombuffer(self.flags, np.uint8),
            name=np.array(self.name, np.int32),
            names=tuple(self.names),
            barriers=np.array(self.barriers, np.int64),
            restrictions=tuple(self.restrictions),
        )


def _read(paths: Sequence[Path], options: BuildOptions, tell: Report) -> tuple[WayTable, str]:
    """Read all that is needed, each file in one pass; also the date of the oldest extract, where headers have one."""
    columns = _Columns()
    dates = [_read_file(path, columns, options, tell) for path in paths]
    tell("roads", len(columns.way_id), len(columns.way_id))
    table = columns.table()
    if len(paths) > 1:
        try:
            table = merge_ways(table)
        except StrangeExtracts as error:
            names = ", ".join(map(str, paths))
            raise NetworkFileError(f"{names}: these extracts do not belong together: {error}") from error
    return table, min(dates)


def _read_file(path: Path, columns: _Columns, options: BuildOptions, tell: Report) -> str:
    import osmium  # noqa: PLC0415  (slow to import)

    _check_readable(path)
    wanted = osmium.filter.KeyFilter("highway", "route", "barrier", "restriction")
    try:
        with osmium.io.Reader(str(path)) as reader:
            source_date = reader.header().get("osmosis_replication_timestamp", "")
        entity: Any
        for entity in osmium.FileProcessor(str(path)).with_locations().with_filter(wanted):
            if entity.is_way():
                _take_way(columns, entity, options)
                if len(columns.way_id) % REPORT_EVERY == 0:
                    tell("roads", len(columns.way_id), 0)
            elif entity.is_node():
                _take_node(columns, entity)
            elif options.obey_restrictions:
                _take_restriction(columns, entity)
    except (RuntimeError, OSError, ValueError) as error:
        raise NetworkFileError(f"{path}: not a whole OpenStreetMap extract: {error}") from error
    return str(source_date)


def _check_readable(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(1)
    except OSError as error:
        raise NetworkFileError(f"{path}: cannot be read: {error.strerror}") from error
    if not start:
        raise NetworkFileError(f"{path}: the file is empty")


def _take_way(columns: _Columns, way: Any, options: BuildOptions) -> None:
    get = way.tags.get
    use = _use_of(tuple([get(key) for key in USE_KEYS]), ferries=options.ferries)
    if use is None or len(way.nodes) < 2:
        return
    refs, points = [node.ref for node in way.nodes], _points(way)
    if not use.forward:
        refs.reverse()
        points = np.frombuffer(points, np.float64).reshape(-1, 2)[::-1].tobytes()
    columns.way_id.append(way.id)
    columns.ref.extend(refs)
    columns.first_ref.append(len(columns.ref))
    columns.points += points
    columns.oneway.append(not (use.forward and use.backward))
    columns.road_class.append(use.road_class)
    columns.limit_kph.append(use.limit_kph)
    columns.flags.append(use.flags)
    name = name_of_way({key: value for key in NAME_KEYS if (value := get(key))})
    columns.name.append(columns.names.setdefault(name, len(columns.names)) if name else -1)


@lru_cache(maxsize=1 << 16)
def _use_of(values: tuple[str | None, ...], *, ferries: bool) -> WayUse | None:
    """As `use_of_way`; a country has a million ways, but few combinations of these tags."""
    tags = {key: value for key, value in zip(USE_KEYS, values, strict=True) if value is not None}
    return use_of_way(tags, ferries=ferries)


def _points(way: Any) -> bytes:
    """Longitude and latitude of every point, float64 pairs; NaN where the extract lacks the node."""
    import osmium  # noqa: PLC0415  (slow to import)

    try:
        line = osmium.geom.WKBFactory().create_linestring(way, osmium.geom.use_nodes.ALL)
    except osmium.InvalidLocationError:
        pairs = [(node.lon, node.lat) if node.location.valid() else (np.nan, np.nan) for node in way.nodes]
        return np.array(pairs, np.float64).tobytes()
    # One byte of byte order, four of type, four of count; then the points.
    return bytes.fromhex(line)[9:]


def _take_node(columns: _Columns, node: Any) -> None:
    get = node.tags.get
    if is_closed_barrier({key: value for key in NODE_KEYS if (value := get(key)) is not None}):
        columns.barriers.append(node.id)


def _take_restriction(columns: _Columns, relation: Any) -> None:
    """Note a restriction from one way over a node to another; those over ways are counted as lost when placed."""
    tags = dict(relation.tags)
    kind = tags.get("restriction", "").partition("_")[0]
    if kind not in {"no", "only"} or not is_for_ambulances(tags):
        return
    members = [(member.role, member.type, member.ref) for member in relation.members]
    via = [ref for role, type_, ref in members if role == "via" and type_ == "n"]
    into = [ref for role, type_, ref in members if role == "from" and type_ == "w"]
    out_of = [ref for role, type_, ref in members if role == "to" and type_ == "w"]
    columns.restrictions += [
        Restriction(kind=kind, from_way=from_way, via_node=via[0] if via else 0, to_way=to_way)
        for from_way in into
        for to_way in out_of
    ]


def _silent(label: str, done: int, total: int) -> None:
    """Report nothing."""


def fetch_places(places: Sequence[str]) -> Network:
    """Download the roads of named places from OpenStreetMap, through osmnx, and build a network of them.

    Raises
    ------
    NetworkFileError
        When the download fails, a place is not found, or it has no roads.
    """
    import osmnx  # noqa: PLC0415  (slow to import)
    import requests  # noqa: PLC0415  (as above)

    try:
        graph = osmnx.graph_from_place(list(places), network_type="drive_service", retain_all=True)
    except (requests.RequestException, ValueError, TypeError) as error:
        raise NetworkFileError(f"{', '.join(places)}: cannot be downloaded: {error}") from error
    return from_networkx(graph, Origin(name=", ".join(places), attribution=ATTRIBUTION))
