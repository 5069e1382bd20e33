"""Travel times from every node to every destination: computed once, stored, mapped into memory."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from advisor.roads.hierarchy import COST_SHIFT, Costs, Hierarchy, Shortcuts, customize, sweep_into
from advisor.roads.join import Joins, start_costs
from advisor.roads.model import Destination, Profile
from advisor.roads.network import Network
from advisor.roads.speeds import SpeedTable, road_times_ms

FIELDS_VERSION = 1
BLOCK_MOST = 48
"""Destinations in one sweep: more are quicker together, and take 8 bytes for each node meanwhile."""
KEPT = 4
"""Stored sets of fields that stay; older ones are removed when a new one is written."""

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
class Times:
    """Travel times of one profile.

    edge_cost : int64[m], what each edge takes, as from `edge_costs`; UNREACHABLE where closed.
    seconds : uint16[n, destinations] in units of 0.25 s; distance : uint16[n, destinations] in units of 10 m, along the
    fastest route; 65535 = unreachable. Neither includes the start constant.
    """

    table: SpeedTable
    edge_cost: Costs
    seconds: NDArray[np.uint16]
    distance: NDArray[np.uint16]


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


def fill_fields(
    hierarchy: Hierarchy,
    network: Network,
    joins: Joins,
    costs: Mapping[Profile, Costs],
    into: "FieldArrays",
    work: "Work",
) -> None:
    """Compute the fields of all profiles into `into`, in blocks of destinations."""
    blocks = blocks_of(joins.count)
    total, done, lock = len(costs) * (len(blocks) + 1), 0, Lock()

    def step() -> None:
        nonlocal done
        with lock:
            done += 1
            work.report("travel times", done, total)

    def prepare(profile: Profile) -> tuple[Profile, Shortcuts]:
        shortcuts = customize(hierarchy, network, costs[profile])
        step()
        return profile, shortcuts

    def fill(profile: Profile, shortcuts: Shortcuts, block: range) -> None:
        seconds, distance = (array[:, block.start : block.stop] for array in into[profile])
        sweep_into(seconds, distance, hierarchy, shortcuts, start_costs(network, joins, costs[profile], block))
        step()

    if work.threads == 1:
        # One profile after the other, so that only one set of shortcuts is there at a time.
        for profile in costs:
            _, shortcuts = prepare(profile)
            for block in blocks:
                fill(profile, shortcuts, block)
        return
    with ThreadPoolExecutor(work.threads) as pool:
        prepared = tuple(pool.map(prepare, costs))
        jobs = [pool.submit(fill, profile, shortcuts, block) for profile, shortcuts in prepared for block in blocks]
        for job in jobs:
            job.result()


def blocks_of(count: int) -> list[range]:
    """Split so many destinations into blocks of about the same size."""
    parts = -(-count // BLOCK_MOST)
    return [range(count * part // parts, count * (part + 1) // parts) for part in range(parts)]


FieldArrays = Mapping[Profile, tuple[NDArray[np.uint16], NDArray[np.uint16]]]
"""Seconds and distance of each profile, as in `Times`."""


def empty_fields(shape: tuple[int, int], profiles: Iterable[Profile]) -> FieldArrays:
    """Arrays in memory, for `fill_fields` to fill."""
    return {profile: (np.empty(shape, np.uint16), np.empty(shape, np.uint16)) for profile in profiles}


def load_fields(folder: Path, shape: tuple[int, int], profiles: Sequence[Profile]) -> FieldArrays | None:
    """Map stored fields into memory, or return None when they are not there or not whole."""
    found = {}
    try:
        for profile in profiles:
            seconds, distance = (np.load(folder / name, mmap_mode="c") for name in _file_names(profile))
            if seconds.shape != shape or distance.shape != shape:
                return None
            found[profile] = (np.asarray(seconds), np.asarray(distance))
    except (OSError, ValueError):
        return None
    os.utime(folder)
    return found


def store_fields(
    folder: Path, shape: tuple[int, int], profiles: Sequence[Profile], fill: Callable[[FieldArrays], None]
) -> FieldArrays:
    """Let `fill` write new fields, and put them in `folder`, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", suffix=".part", dir=folder.parent))
    try:
        arrays = {
            profile: tuple(open_memmap(partial / name, "w+", np.uint16, shape) for name in _file_names(profile))
            for profile in profiles
        }
        fill({profile: (np.asarray(seconds), np.asarray(distance)) for profile, (seconds, distance) in arrays.items()})
        for pair in arrays.values():
            for array in pair:
                array.flush()
        if load_fields(folder, shape, profiles) is None:
            shutil.rmtree(folder, ignore_errors=True)
            partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    _remove_old(folder)
    stored = load_fields(folder, shape, profiles)
    assert stored is not None  # noqa: S101  (written a moment ago)
    return stored


def _file_names(profile: Profile) -> tuple[str, str]:
    return f"{profile.value}-seconds.npy", f"{profile.value}-distance.npy"


def _remove_old(newest: Path) -> None:
    folders = [file.parent for file in newest.parent.glob(f"*/{_file_names(Profile.SIGNALS)[0]}")]
    for path in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
