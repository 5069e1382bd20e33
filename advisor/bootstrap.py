"""Puts the program together: the only place that knows every part."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.hospitals.registry import Registry, parse_registry
from advisor.kernel import Position
from advisor.protocol.edition import Editions, parse_editions
from advisor.settings import Settings

if TYPE_CHECKING:
    from advisor.roads.atlas import Atlas
    from advisor.roads.network import Network
    from advisor.services.ports import Accounts, Clock, Journal, Passwords, Sessions
    from advisor.services.world import World

Report = Callable[[str, int, int], None]
"""Hears of the progress of long work: what is done, how many of how many."""


def load_registry(overlay: Path | None = None) -> Registry:
    """Read the registry of hospitals that comes with the program, and the operator's own facts over it.

    Raises
    ------
    InvalidInput
        With every problem of its data files.
    """
    return parse_registry(_registry_documents(overlay))


def load_editions() -> Editions:
    """Read the dated editions of the protocol.

    Raises
    ------
    InvalidInput
        With every problem of every edition.
    """
    return parse_editions(_edition_documents())


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
    return schematic.build_schematic(_documents("advisor.roads.schematic", ".csv"))


def load_places() -> tuple[tuple[str, Position], ...]:
    """Read the towns that can be found by name."""
    from advisor.roads import schematic  # noqa: PLC0415 - as above

    found = schematic.places(_documents("advisor.roads.schematic", ".csv"))
    return tuple((place.name, place.position) for place in found)


def open_atlas(network: "Network", registry: Registry, cache: Path, report: Report | None = None) -> "Atlas":
    """Open the drive times to all emergency departments of the registry; computed once and kept under `cache`."""
    from advisor.roads.atlas import Atlas  # noqa: PLC0415 - as above
    from advisor.roads.model import Destination  # noqa: PLC0415

    destinations = [Destination(id=site.id, position=site.entrance or site.position) for site in registry]
    return Atlas.open(network, destinations, cache, report)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What is kept: facts, accounts and sessions."""

    journal: "Journal"
    accounts: "Accounts"
    sessions: "Sessions"
    passwords: "Passwords"


def open_store(settings: Settings, *, gevent: bool) -> Store:
    """Open the database and bring its tables up to date; `gevent` tells what kind of program this is.

    Raises
    ------
    JournalUnavailable
        When the database cannot be reached.
    """
    from advisor.store.database import Database  # noqa: PLC0415 - SQLAlchemy is slow to import
    from advisor.store.migrate import migrate  # noqa: PLC0415
    from advisor.store.passwords import Argon2Passwords  # noqa: PLC0415
    from advisor.store.runners import GeventThreadRunner, ThreadRunner, runner_for  # noqa: PLC0415
    from advisor.store.sql_accounts import SqlAccounts, SqlSessions  # noqa: PLC0415
    from advisor.store.sql_journal import SqlJournal  # noqa: PLC0415

    database = Database(settings.database_url, runner_for(settings.database_url, gevent=gevent))
    migrate(database)
    return Store(
        journal=SqlJournal(database),
        accounts=SqlAccounts(database),
        sessions=SqlSessions(database),
        passwords=Argon2Passwords(GeventThreadRunner() if gevent else ThreadRunner()),
    )


def make_world(
    settings: Settings, store: Store, *, report: Report | None = None, journal: "Journal | None" = None
) -> "World":
    """Make what the services work with; `journal` takes the place of the store's own, for one that announces."""
    from advisor.services.world import World  # noqa: PLC0415
    from advisor.store.attempts import MemoryAttempts  # noqa: PLC0415

    registry_documents, edition_documents = _registry_documents(settings.registry), _edition_documents()
    registry = parse_registry(registry_documents)
    return World(
        journal=journal or store.journal,
        registry=registry,
        registry_documents=registry_documents,
        editions=parse_editions(edition_documents),
        edition_documents=edition_documents,
        roads=open_atlas(load_network(settings.network), registry, settings.cache, report),
        clock=make_clock(settings.protocol_at),
        new_id=lambda: uuid.uuid4().hex,
        accounts=store.accounts,
        sessions=store.sessions,
        passwords=store.passwords,
        attempts=MemoryAttempts(),
    )


def make_clock(fixed: datetime | None) -> "Clock":
    """Make the clock: the system's, or one that stands still."""
    return (lambda: datetime.now(UTC)) if fixed is None else (lambda: fixed)


def _registry_documents(overlay: Path | None) -> dict[str, str]:
    documents = _documents("advisor.hospitals", ".toml")
    if overlay is not None:
        documents[f"~{overlay.name}"] = overlay.read_text(encoding="utf-8")  # sorts after the program's own
    return documents


def _edition_documents() -> dict[str, str]:
    return _documents("advisor.protocol", ".toml", folder="editions")


def _documents(package: str, suffix: str, folder: str = "data") -> dict[str, str]:
    entries = (files(package) / folder).iterdir()
    texts = {entry.name: entry.read_text(encoding="utf-8") for entry in entries if entry.name.endswith(suffix)}
    return dict(sorted(texts.items()))
