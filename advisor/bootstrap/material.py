"""The data that comes with the program: hospitals, editions, roads, places."""

from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.hospitals.model import Hospital
from advisor.hospitals.registry import Registry, parse_registry
from advisor.kernel import InvalidInput, Position, Problem
from advisor.protocol.edition import Editions, parse_editions
from advisor.settings import Settings

if TYPE_CHECKING:
    from advisor.roads.atlas import Atlas
    from advisor.roads.model import Destination, Profile
    from advisor.roads.network import Network
    from advisor.roads.speeds import SpeedTable

Places = tuple[tuple[str, Position], ...]
"""Towns by name."""

Report = Callable[[str, int, int], None]
"""Hears of the progress of long work: what is done, how many of how many."""


def load_registry(overlay: Path | None = None) -> Registry:
    """Read the registry of hospitals that comes with the program, and the operator's own facts over it.

    Raises
    ------
    InvalidInput
        With every problem of its data files.
    """
    return parse_registry(registry_documents(overlay))


def load_editions() -> Editions:
    """Read the dated editions of the protocol.

    Raises
    ------
    InvalidInput
        With every problem of every edition.
    """
    return parse_editions(edition_documents())


def load_network(path: Path | None) -> "Network":
    """Open a network file, or build the schematic network when there is none.

    Raises
    ------
    NetworkFileError
        When the file cannot be used.
    """
    from advisor.roads import network, schematic  # noqa: PLC0415 - numpy and numba are slow to import

    if path is not None:
        return network.load_network(path)
    return schematic.build_schematic(package_documents("advisor.roads.schematic", ".csv"))


def load_places() -> Places:
    """Read the towns that can be found by name."""
    from advisor.roads import schematic  # noqa: PLC0415 - as above

    found = schematic.places(package_documents("advisor.roads.schematic", ".csv"))
    return tuple((place.name, place.position) for place in found)


def open_atlas(settings: Settings, registry: Registry, report: Report | None = None) -> "Atlas":
    """Open the network and the drive times to all emergency departments of the registry, computed once and kept.

    Raises
    ------
    NetworkFileError
        When the network file cannot be used.
    InvalidInput
        With every problem of the calibration file.
    """
    from advisor.roads.atlas import Atlas  # noqa: PLC0415 - as above

    destinations = list_destinations(registry)
    network = load_network(settings.network)
    tables = load_speeds(settings.calibration)
    return Atlas.open(network, destinations, settings.cache, report, tables, limit_m=settings.snap_limit_m)


def list_destinations(hospitals: Iterable[Hospital]) -> "list[Destination]":
    """List the emergency departments as the road network knows them."""
    from advisor.roads.model import Destination  # noqa: PLC0415 - as above

    return [Destination(id=hospital.id, position=hospital.arrival_position) for hospital in hospitals]


def load_speeds(calibration: Path | None) -> "dict[Profile, SpeedTable]":
    """Return the speeds in force: those of the calibration, and for what it leaves out those of the program.

    Raises
    ------
    InvalidInput
        With every problem of the calibration file.
    """
    from advisor.roads.calibration import parse_calibration  # noqa: PLC0415 - as above
    from advisor.roads.model import Profile  # noqa: PLC0415
    from advisor.roads.speeds import speed_table  # noqa: PLC0415

    shipped = {profile: speed_table(profile) for profile in Profile}
    return shipped if calibration is None else {**shipped, **parse_calibration(read_text(calibration)).tables}


def read_text(file: Path) -> str:
    """Read the text of a file that the operator names.

    Raises
    ------
    InvalidInput
        When it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput([Problem(field=str(file), message=f"cannot be read: {error}")]) from error


def registry_documents(overlay: Path | None) -> dict[str, str]:
    documents = package_documents("advisor.hospitals", ".toml")
    if overlay is not None:
        documents[f"~{overlay.name}"] = overlay.read_text(encoding="utf-8")  # sorts after the program's own
    return documents


def edition_documents() -> dict[str, str]:
    return package_documents("advisor.protocol", ".toml", folder="editions")


def package_documents(package: str, suffix: str, folder: str = "data") -> dict[str, str]:
    entries = (files(package) / folder).iterdir()
    texts = {entry.name: entry.read_text(encoding="utf-8") for entry in entries if entry.name.endswith(suffix)}
    return dict(sorted(texts.items()))
