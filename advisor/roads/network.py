"""A road network as plain arrays, and its file: memory-mapped, versioned, with an identity."""

import hashlib
import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.roads.model import NetworkFileError

FORMAT_VERSION = 1
MAGIC = b"UITWIJK-NETWORK\n"
ALIGNMENT = 64

Ints = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """Junctions, the roads between them, and the directions in which they may be driven.

    A *node* is a junction or the end of a road. A *road* is a stretch between two nodes with one class and a line of
    points; an *edge* is a direction in which a road may be driven. Nodes are numbered in contraction order (a nested
    dissection: node 0 is contracted first), so that travel times to all destinations need no renumbering. All nodes lie
    in one strongly connected part.

    Arrays (n nodes, m edges, r roads, p points):

    node_lat, node_lon : float64[n], degrees WGS84.
    first_edge : int32[n + 1]; edges of node v are first_edge[v] .. first_edge[v + 1], sorted by head.
    edge_tail, edge_head, edge_road : int32[m].
    edge_forward : bool[m]; whether the edge runs along the points of its road, or against them.
    road_class : uint8[r], a RoadClass.
    road_length_m : float32[r].
    road_factor : float32[r]; multiplies the speed of the class.
    road_limit_kph : uint8[r]; the signed speed limit, 0 where none is known.
    road_density : uint8[r]; junctions per 1/4 km² around the road, a measure of how built-up it is (255 = 255 or more).
    road_flags : uint8[r], bits of RoadFlag in `assemble`.
    road_name : int32[r]; line number in the name table, -1 without a name.
    first_point : int32[r + 1]; points of road i are first_point[i] .. first_point[i + 1], ends included.
    point_lat, point_lon : float64[p], degrees.
    names_utf8 : uint8; the names, each ended by a newline.
    """

    node_lat: NDArray[np.float64]
    node_lon: NDArray[np.float64]
    first_edge: Ints
    edge_tail: Ints
    edge_head: Ints
    edge_road: Ints
    edge_forward: NDArray[np.bool_]
    road_class: NDArray[np.uint8]
    road_length_m: NDArray[np.float32]
    road_factor: NDArray[np.float32]
    road_limit_kph: NDArray[np.uint8]
    road_density: NDArray[np.uint8]
    road_flags: NDArray[np.uint8]
    road_name: Ints
    first_point: Ints
    point_lat: NDArray[np.float64]
    point_lon: NDArray[np.float64]
    names_utf8: NDArray[np.uint8]

    identity: str
    name: str
    attribution: str
    schematic: bool
    source_date: str
    dropped_nodes: int
    dropped_length_m: float
    notes: tuple[str, ...]

    @property
    def node_count(self) -> int:
        """Junctions and ends of roads: n in the shapes."""
        return len(self.node_lat)

    @property
    def edge_count(self) -> int:
        """Edges, one for each way in which a road may be driven: m in the shapes."""
        return len(self.edge_head)

    @property
    def road_count(self) -> int:
        """Roads between two junctions, whichever way they are driven: r in the shapes."""
        return len(self.road_class)

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all points, degrees."""
        lat, lon = self.point_lat, self.point_lon
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of streets, by their numbers."""
        return tuple(self.names_utf8.tobytes().decode().split("\n")[:-1])

    @cached_property
    def road_edges(self) -> NDArray[np.int32]:
        """int32[r, 2]: the edge along and the edge against the points of each road, -1 where not allowed."""
        edges = np.full((self.road_count, 2), -1, np.int32)
        edges[self.edge_road, np.where(self.edge_forward, 0, 1)] = np.arange(self.edge_count, dtype=np.int32)
        return edges


TEXTS = ("identity", "name", "attribution", "schematic", "source_date", "dropped_nodes", "dropped_length_m", "notes")
ARRAYS = tuple(field.name for field in fields(Network) if field.name not in TEXTS)


def make_network(arrays: Mapping[str, NDArray[Any]], **texts: Any) -> Network:
    """Put a network together from its arrays and its texts; raises KeyError when an array is missing."""
    parts: dict[str, Any] = {name: arrays[name] for name in ARRAYS}
    return Network(**parts, **texts)


def identity_of(arrays: Mapping[str, NDArray[Any]], *, schematic: bool) -> str:
    """Hash everything that can change a travel time, a route or a map."""
    digest = hashlib.blake2b(f"{FORMAT_VERSION} {schematic}".encode(), digest_size=10)
    for name in ARRAYS:
        digest.update(f"{name} {arrays[name].shape} {arrays[name].dtype.str}".encode())
        digest.update(np.ascontiguousarray(arrays[name]).data)
    return digest.hexdigest()


def save_network(network: Network, path: Path) -> None:
    """Write a network file, whole or not at all: it is written beside its place and moved into it."""
    arrays = {name: np.ascontiguousarray(getattr(network, name)) for name in ARRAYS}
    offset, entries = 0, []
    for name, array in arrays.items():
        entries.append({"name": name, "dtype": array.dtype.str, "length": array.size, "offset": offset})
        offset += -(-array.nbytes // ALIGNMENT) * ALIGNMENT
    header = json.dumps(
        {"version": FORMAT_VERSION, "arrays": entries, "bytes": offset, **{key: getattr(network, key) for key in TEXTS}}
    ).encode()
    header += b" " * (-(len(MAGIC) + 8 + len(header)) % ALIGNMENT)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(8, "little") + header)
        for array in arrays.values():
            file.write(array.data)
            file.write(b"\0" * (-array.nbytes % ALIGNMENT))
    partial.replace(path)


def load_network(path: Path) -> Network:
    """Open a network file; its arrays are mapped into memory and shared by all processes that open it.

    The mapping is copy-on-write: the file never changes, and compiled code sees the arrays as freshly built ones.

    Raises
    ------
    NetworkFileError
        When the file is missing, empty, truncated, of another format version, or no network file at all.
    """
    header, start = _read_header(path)
    wanted = start + int(header["bytes"])
    if path.stat().st_size < wanted:
        raise NetworkFileError(f"{path}: truncated: {path.stat().st_size} of {wanted} bytes are there; build it again")
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    arrays = {
        entry["name"]: np.frombuffer(data, np.dtype(entry["dtype"]), entry["length"], start + entry["offset"])
        for entry in header["arrays"]
    }
    texts = {key: header[key] for key in TEXTS}
    texts["notes"] = tuple(texts["notes"])
    return make_network(arrays, **texts)


def _read_header(path: Path) -> tuple[dict[str, Any], int]:
    try:
        with path.open("rb") as file:
            magic, size = file.read(len(MAGIC)), int.from_bytes(file.read(8), "little")
            text = file.read(size) if magic == MAGIC else b""
    except OSError as error:
        raise NetworkFileError(f"{path}: cannot be read: {error.strerror}") from error
    if not magic:
        raise NetworkFileError(f"{path}: the file is empty")
    if magic != MAGIC:
        hint = "; make one from it with `network build --osm`" if b"OSMHeader" in magic + path.read_bytes()[:64] else ""
        raise NetworkFileError(f"{path}: not a road network file{hint}")
    if len(text) < size:
        raise NetworkFileError(f"{path}: truncated inside its header; build it again")
    try:
        header: dict[str, Any] = json.loads(text)
        version = header["version"]
    except (ValueError, KeyError) as error:
        raise NetworkFileError(f"{path}: its header is damaged; build it again") from error
    if version != FORMAT_VERSION:
        raise NetworkFileError(f"{path}: format version {version}, this program reads {FORMAT_VERSION}; build it again")
    return header, len(MAGIC) + 8 + size
