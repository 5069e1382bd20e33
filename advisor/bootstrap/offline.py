"""The package for devices without a connection: worked out once, beside the server, and kept with the travel times."""

import hashlib
import logging
import subprocess
import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.bootstrap.material import Report

if TYPE_CHECKING:
    from advisor.roads.atlas import Atlas
    from advisor.services.offline_package import OfflinePackage, Part
    from advisor.services.world import World

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
FOLDER = "package"
BUILD = (sys.executable, "-m", "advisor", "package", "build")
TIMES_CODE = ("device_head.py", "device_numbers.py", "device_roads.py", "grid.py")
_JSON, _BYTES = "application/json", "application/octet-stream"


class PackageKeeper:
    """Gives the package as far as it is worked out, and has what is missing worked out by a process of its own.

    That takes some seconds to a minute of a processor, once for every network and version of the rules; nobody who asks
    for advice waits for it.
    """

    def __init__(self, world: "World", atlas: "Atlas", cache: Path) -> None:
        from advisor.services.offline_package import OfflinePackage  # noqa: PLC0415 - commands need none of this

        self._files = PackageFiles(cache, world.editions_identity, atlas.stamp)
        self._hospitals = hospitals_part(world, atlas)
        self._package = OfflinePackage()
        self._builder: subprocess.Popen[bytes] | None = None
        self._is_tried = False

    def __call__(self) -> "OfflinePackage":
        """Return the parts that there are; none until all are there."""
        return self._package

    def look(self) -> None:
        """Take the package up once it is there; have it made when it is not."""
        if self._package.parts:
            return
        parts = self._files.read()
        if parts is not None:
            from advisor.services.offline_package import HOSPITALS, OfflinePackage  # noqa: PLC0415 - as above

            self._package = OfflinePackage(parts={**parts, HOSPITALS: self._hospitals})
        elif not self._is_tried:
            self._is_tried = True
            self._builder = subprocess.Popen(BUILD, stdout=subprocess.DEVNULL)
        elif self._builder is not None and self._builder.poll():
            log.error("the package for devices was not made: status %d", self._builder.returncode)
            self._builder = None

    def stop(self) -> None:
        """End what is being worked out."""
        if self._builder is not None and self._builder.poll() is None:
            self._builder.terminate()


class PackageFiles:
    """The parts that take time, in files that are named after all they are made of."""

    def __init__(self, cache: Path, editions: str, stamp: str) -> None:
        self.rules = cache / FOLDER / f"rules-{_hash(_sources('advisor.protocol'), editions)}.json.gz"
        code = "".join(_source("advisor.roads", name) for name in TIMES_CODE)
        self.grid = cache / FOLDER / f"grid-{_hash(code, stamp)}.gz"

    def read(self) -> "dict[str, Part] | None":
        """Return the parts, or `None` as long as one is missing."""
        from advisor.services.offline_package import GRID, RULES, Part  # noqa: PLC0415 - as above

        if not (self.rules.exists() and self.grid.exists()):
            return None
        return {
            RULES: Part(packed=self.rules.read_bytes(), media_type=_JSON),
            GRID: Part(packed=self.grid.read_bytes(), media_type=_BYTES),
        }


def build_package(world: "World", atlas: "Atlas", cache: Path, report: Report) -> "OfflinePackage":
    """Work out what is missing of the package, keep it, and return all of it."""
    from advisor.protocol.tables.document import tables_document  # noqa: PLC0415 - as above
    from advisor.roads.device_roads import fits_whole, pack_roads  # noqa: PLC0415
    from advisor.roads.grid import lay_grid_of_times, pack_grid  # noqa: PLC0415
    from advisor.services.offline_package import (  # noqa: PLC0415
        HOSPITALS,
        OfflinePackage,
        binary_part,
        json_part,
    )

    kept = PackageFiles(cache, world.editions_identity, atlas.stamp)
    if not kept.rules.exists():
        report("rules for devices", 0, 1)
        _keep(kept.rules, json_part(tables_document(world.editions)))
        report("rules for devices", 1, 1)
    if not kept.grid.exists():
        times = pack_roads(atlas) if fits_whole(atlas) else pack_grid(lay_grid_of_times(atlas, report))
        _keep(kept.grid, binary_part(times))
    return OfflinePackage(parts={**(kept.read() or {}), HOSPITALS: hospitals_part(world, atlas)})


def hospitals_part(world: "World", atlas: "Atlas") -> "Part":
    """Return the part that is quickly made: the hospitals, and what is said of the network."""
    from advisor.services.advice_document import SCHEMATIC_LABEL  # noqa: PLC0415 - as above
    from advisor.services.offline_package import hospitals_document, json_part  # noqa: PLC0415

    network = atlas.network
    nl, en = SCHEMATIC_LABEL if network.schematic else ("", "")
    about = {"id": network.identity, "schematic": network.schematic, "label": nl, "label_en": en}
    return json_part(hospitals_document(world.registry, world.sites, about))


def _keep(file: Path, part: "Part") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(part.packed)
    fresh.replace(file)


def _source(package: str, name: str) -> str:
    return (files(package) / name).read_text(encoding="utf-8")


def _sources(package: str) -> str:
    """Return all that a package is made of, so that a change of it is seen."""
    return "".join(f"{name}\0{text}\0" for name, text in sorted(_texts(files(package), "")))


def _texts(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _texts(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".toml")):
            found.append((prefix + entry.name, entry.read_text(encoding="utf-8")))
    return found


def _hash(sources: str, identity: str) -> str:
    return hashlib.sha256(f"{sources}\0{identity}".encode()).hexdigest()[:20]
