"""Arrays on a disk: written once, whole or not at all, and mapped into memory by every process that needs them."""

import mmap
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import DTypeLike, NDArray

KEPT = 4
"""Sets of arrays that stay; those not used for longest are removed when a new one is written."""
PARTIAL = ".part"
AHEAD_BYTES = 1 << 22
"""Bytes that are fetched in one go, so that nobody waits long for whoever fetches."""

Allocate = Callable[[str, DTypeLike, tuple[int, ...]], NDArray[Any]]
"""Makes an array of a name, a type and a shape, to be filled."""
Arrays = dict[str, NDArray[Any]]
Read = TypeVar("Read")


def in_memory(name: str, dtype: DTypeLike, shape: tuple[int, ...]) -> NDArray[Any]:
    """Make an array that is kept nowhere; see `Allocate`."""
    del name
    return np.empty(shape, dtype)


def load_arrays(folder: Path, read: Callable[[Arrays], Read]) -> Read | None:
    """Map a set of arrays into memory and read it; None when it is not there or damaged.

    `read` raises KeyError or ValueError when an array is missing or does not fit.
    """
    try:
        found = read({path.stem: np.asarray(np.load(path, mmap_mode="c")) for path in folder.glob("*.npy")})
        os.utime(folder)
    except (OSError, ValueError, KeyError):
        return None
    return found


def store_arrays(folder: Path, fill: Callable[[Allocate], object], read: Callable[[Arrays], Read]) -> Read:
    """Let `fill` make new arrays and fill them, put them in `folder`, and read them from there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", suffix=PARTIAL, dir=folder.parent))
    mapped: list[np.memmap[Any, Any]] = []

    def allocate(name: str, dtype: DTypeLike, shape: tuple[int, ...]) -> NDArray[Any]:
        mapped.append(open_memmap(partial / f"{name}.npy", "w+", np.dtype(dtype), shape))
        return np.asarray(mapped[-1])

    try:
        fill(allocate)
        for array in mapped:
            array.flush()
        if load_arrays(folder, read) is None:
            shutil.rmtree(folder, ignore_errors=True)
            partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    _remove_old(folder)
    stored = load_arrays(folder, read)
    assert stored is not None  # noqa: S101  (written a moment ago)
    return stored


def read_ahead(array: NDArray[Any]) -> None:
    """Let the system fetch an array from the disk, unless it is there or was never on one."""
    owner: object = array
    while isinstance(owner, np.ndarray):
        owner = owner.base
    if isinstance(owner, mmap.mmap):
        for start in range(0, len(owner), AHEAD_BYTES):
            owner.madvise(mmap.MADV_WILLNEED, start, min(AHEAD_BYTES, len(owner) - start))


def _remove_old(newest: Path) -> None:
    folders = {file.parent for file in newest.parent.glob("*/*.npy") if file.parent.suffix != PARTIAL}
    for path in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
