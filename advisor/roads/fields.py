"""Travel times from every node to every destination: computed once, stored, mapped into memory."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from queue import SimpleQueue
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.roads.hierarchy import (
    COST_SHIFT,
    Costs,
    Hierarchy,
    Shortcuts,
    Stored,
    contract_network,
    customize,
    sweep_into,
)
from advisor.roads.join import Joins, start_costs
from advisor.roads.model import Destination, Profile
from advisor.roads.network import Network
from advisor.roads.refresh import Patch, no_patch
from advisor.roads.shelf import Allocate, Arrays
from advisor.roads.speeds import SpeedTable, road_times_ms

FIELDS_VERSION = 3
BLOCK_MOST = 48
"""Destinations in one sweep: more are quicker together, and take 8 bytes for each node meanwhile."""
STORED = ("seconds", "distance", "rest")

Report = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, and of how many."""


def _silent(label: str, done: int, total: int) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How long work is done: on how many threads, and who hears of the progress."""

    threads: int = os.cpu_count() or 1
    report: Report = _silent


@dataclass(frozen=True, kw_only=True, eq=False)
class Fields:
    """Travel times on open roads, and what they were made with, so that closed roads need not begin anew.

    stored, shortcuts : by profile, as from `sweep_into` and `customize`.
    """

    hierarchy: Hierarchy
    stored: Mapping[Profile, Stored]
    shortcuts: Mapping[Profile, Shortcuts]


@dataclass(frozen=True, kw_only=True, eq=False)
class Times:
    """Travel times of one profile.

    edge_cost : int64[m], what each edge takes, as from `edge_costs`; UNREACHABLE where closed.
    seconds : uint16[n, destinations] in units of 0.25 s; distance : uint16[n, destinations] in units of 10 m, along the
    fastest route; 65535 = unreachable. Neither includes the start constant. Rows in `patch` take the place of theirs.
    """

    table: SpeedTable
    edge_cost: Costs
    seconds: NDArray[np.uint16]
    distance: NDArray[np.uint16]
    patch: Patch

    @classmethod
    def on_open_roads(cls, table: SpeedTable, edge_cost: Costs, stored: Stored) -> "Times":
        """Take the stored values as they are."""
        seconds, distance, _ = stored
        patch = no_patch(seconds.shape[1])
        return cls(table=table, edge_cost=edge_cost, seconds=seconds, distance=distance, patch=patch)

    def seconds_to(self, columns: Iterable[int]) -> NDArray[np.uint16]:
        """Times from every node to some destinations, uint16[n, destinations], as in `seconds`."""
        columns = list(columns)
        found = self.seconds[:, columns]
        changed = np.flatnonzero(self.patch.row >= 0)
        found[changed] = self.patch.seconds[self.patch.row[changed]][:, columns]
        return found

    def units_from(self, node: int, column: int) -> int:
        """Time from a node to one destination, as in `seconds`."""
        row = int(self.patch.row[node]) if len(self.patch.row) else -1
        return int(self.patch.seconds[row, column] if row >= 0 else self.seconds[node, column])


def edge_costs(network: Network, table: SpeedTable) -> Costs:
    """Cost of every edge, int64[m]: milliseconds in the upper half, decimetres in the lower."""
    decimetres = np.rint(network.road_length_m.astype(float) * 10).astype(np.int64)
    road_cost = (road_times_ms(network, table).astype(np.int64) << COST_SHIFT) | decimetres
    return np.asarray(road_cost[network.edge_road])


def fields_key(network: Network, destinations: Sequence[Destination], tables: Mapping[Profile, SpeedTable]) -> str:
    """Name for everything that decides about the stored values."""
    parts = [f"{FIELDS_VERSION} {network.identity}"]
    parts += [f"{d.id} {d.position.lat!r} {d.position.lon!r}" for d in destinations]
    parts += [table.identity for table in tables.values()]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=10).hexdigest()


def make_fields(
    network: Network, joins: Joins, costs: Mapping[Profile, Costs], allocate: Allocate, work: Work
) -> Fields:
    """Compute the fields of all profiles, in blocks of destinations."""
    found = contract_network(network)
    arrays = {
        name: allocate(name, dtype, shape)
        for name, dtype, shape in _layout(network.node_count, len(found.up_head), joins.count, costs)
    }
    fields = read_fields(arrays, (network.node_count, joins.count), tuple(costs))
    _copy(found, fields.hierarchy)
    blocks = blocks_of(joins.count)
    total, done, lock = len(costs) * (len(blocks) + 1), 0, Lock()
    scratch: SimpleQueue[Costs] = SimpleQueue()
    for _ in range(work.threads):
        scratch.put(np.empty(network.node_count * max(map(len, blocks), default=0), np.int64))

    def step() -> None:
        nonlocal done
        with lock:
            done += 1
            work.report("travel times", done, total)

    def prepare(profile: Profile) -> None:
        _copy(customize(fields.hierarchy, network, costs[profile]), fields.shortcuts[profile])
        step()

    def fill(profile: Profile, block: range) -> None:
        seconds, distance, rest = (array[:, block.start : block.stop] for array in fields.stored[profile])
        starts, room = start_costs(network, joins, costs[profile], block), scratch.get()
        sweep_into((seconds, distance, rest), fields.hierarchy, fields.shortcuts[profile], starts, room)
        scratch.put(room)
        step()

    with ThreadPoolExecutor(work.threads) as pool:
        tuple(pool.map(prepare, costs))
        tuple(pool.map(lambda job: fill(*job), product(costs, blocks)))
    return fields


def read_fields(arrays: Arrays, shape: tuple[int, int], profiles: Iterable[Profile]) -> Fields:
    """Put fields together from their arrays by name; `shape` is that of the stored values.

    Raises
    ------
    KeyError, ValueError
        When an array is missing or does not fit.
    """
    hierarchy = Hierarchy(first_up=arrays["first_up"], up_head=arrays["up_head"])
    fields = Fields(
        hierarchy=hierarchy,
        stored={p: tuple(arrays[f"{p.value}-{part}"] for part in STORED) for p in profiles},  # type: ignore[misc]
        shortcuts={p: Shortcuts(*(arrays[f"{p.value}-{part}"] for part in Shortcuts._fields)) for p in profiles},
    )
    fits = all(array.shape == shape for stored in fields.stored.values() for array in stored)
    fits &= all(arc.shape == hierarchy.up_head.shape for arcs in fields.shortcuts.values() for arc in arcs)
    if not fits or len(hierarchy.first_up) != shape[0] + 1:
        raise ValueError("these fields are of another shape")
    return fields


def blocks_of(count: int) -> list[range]:
    """Split so many destinations into blocks of about the same size."""
    parts = -(-count // BLOCK_MOST)
    return [range(count * part // parts, count * (part + 1) // parts) for part in range(parts)]


def _layout(
    nodes: int, arcs: int, destinations: int, profiles: Iterable[Profile]
) -> Iterator[tuple[str, type[np.generic], tuple[int, ...]]]:
    """Names, types and shapes of the arrays of fields."""
    yield "first_up", np.int64, (nodes + 1,)
    yield "up_head", np.int32, (arcs,)
    for profile in profiles:
        yield from ((f"{profile.value}-{part}", np.uint16, (nodes, destinations)) for part in STORED)
        yield from ((f"{profile.value}-{part}", np.int64, (arcs,)) for part in Shortcuts._fields)


def _copy(arrays: Iterable[NDArray[Any]], into: Iterable[NDArray[Any]]) -> None:
    for array, place in zip(arrays, into, strict=True):
        place[:] = array
