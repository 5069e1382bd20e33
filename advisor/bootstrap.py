"""Puts the program together: the only place that knows every part."""

import secrets
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor import __version__
from advisor.hospitals.registry import Registry, parse_registry
from advisor.kernel import HospitalId, Position
from advisor.protocol.edition import CODE_ORANGE, Editions, parse_editions
from advisor.services.access import Role
from advisor.services.accounts import Account
from advisor.settings import Settings

if TYPE_CHECKING:
    from flask import Flask
    from flask_socketio import SocketIO

    from advisor.live.hub import Hub
    from advisor.live.loops import Loop
    from advisor.roads.atlas import Atlas
    from advisor.roads.closure import Closure
    from advisor.roads.model import DriveTimes, Route
    from advisor.roads.network import Network
    from advisor.roads.reach import ReachArea
    from advisor.services.ports import Accounts, Archive, Clock, Journal, Passwords, Roads, Sessions
    from advisor.services.world import World
    from advisor.web.context import Parts

DEMONSTRATION_PASSWORD = "uitwijk-demo"  # noqa: S105 - printed at the start; the demonstration holds nothing real
DEMONSTRATION_SEED = 2026
PLAYED_BY_HAND = HospitalId("olvg-oost")
"""The hospital whose log-in is given out: its stops are left to whoever uses that."""

FEED_EVERY_S, ACT_EVERY_S, MOVE_EVERY_S = 30.0, 5.0, 3.0
WARM_UP_EVERY_S = 5.0

DEMONSTRATION_ACCOUNTS = tuple(
    Account(
        name=name,
        role=role,
        hospital=PLAYED_BY_HAND if role is Role.HOSPITAL else None,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    for name, role in (
        ("nurse", Role.NURSE),
        ("dispatcher", Role.DISPATCHER),
        ("mma", Role.MMA),
        (PLAYED_BY_HAND, Role.HOSPITAL),
        ("gp", Role.GP),
        ("admin", Role.ADMIN),
    )
)

STATIC = Path(__file__).parent.parent / "static"

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


def load_places() -> Places:
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
    """What is kept: facts, accounts and sessions; `archive` is the journal as who forgets positions sees it."""

    journal: "Journal"
    archive: "Archive"
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
    journal = SqlJournal(database)
    return Store(
        journal=journal,
        archive=journal,
        accounts=SqlAccounts(database),
        sessions=SqlSessions(database),
        passwords=Argon2Passwords(GeventThreadRunner() if gevent else ThreadRunner()),
    )


def open_nothing() -> Store:
    """Return a store that is empty and forgets everything, for a look where there is no database."""
    from advisor.store.memory import MemoryAccounts, MemoryJournal, MemorySessions  # noqa: PLC0415 - as above
    from advisor.store.passwords import Argon2Passwords  # noqa: PLC0415
    from advisor.store.runners import ThreadRunner  # noqa: PLC0415

    journal = MemoryJournal()
    return Store(
        journal=journal,
        archive=journal,
        accounts=MemoryAccounts(),
        sessions=MemorySessions(),
        passwords=Argon2Passwords(ThreadRunner()),
    )


def make_world(
    settings: Settings,
    store: Store,
    *,
    roads: "Roads",
    registry: Registry | None = None,
    journal: "Journal | None" = None,
) -> "World":
    """Make what the services work with; `journal` takes the place of the store's own, for one that announces."""
    from advisor.services.world import World  # noqa: PLC0415
    from advisor.store.attempts import MemoryAttempts  # noqa: PLC0415

    registry_documents, edition_documents = _registry_documents(settings.registry), _edition_documents()
    return World(
        journal=journal or store.journal,
        registry=registry or parse_registry(registry_documents),
        registry_documents=registry_documents,
        editions=parse_editions(edition_documents).with_pilot(CODE_ORANGE, active=settings.code_orange),
        edition_documents=edition_documents,
        roads=roads,
        clock=make_clock(settings.protocol_at),
        new_id=lambda: uuid.uuid4().hex,
        accounts=store.accounts,
        sessions=store.sessions,
        passwords=store.passwords,
        attempts=MemoryAttempts(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that is ready to serve: the application, its live line, and what goes on beside the requests."""

    app: "Flask"
    socketio: "SocketIO"
    world: "World"
    hub: "Hub"
    loops: "tuple[Loop, ...]"

    def start(self) -> None:
        """Begin what goes on beside the requests."""
        self.hub.start()
        for loop in self.loops:
            loop.start()

    def stop(self) -> None:
        """End it."""
        for loop in self.loops:
            loop.stop()
        self.hub.stop()


def make_server(settings: Settings, report: Report | None = None) -> Server:
    """Put a server together, on gevent."""
    from advisor.live.announcing import AnnouncingJournal, Growth  # noqa: PLC0415 - commands need none of this
    from advisor.live.hints import NoHints, RedisHints  # noqa: PLC0415
    from advisor.live.hub import Hub  # noqa: PLC0415
    from advisor.live.loops import Loop  # noqa: PLC0415
    from advisor.live.roads import LOOK_EVERY_S, ClosureFollower, LiveRoads  # noqa: PLC0415
    from advisor.live.warm_up import WarmUp  # noqa: PLC0415
    from advisor.services.reference import adopt_reference  # noqa: PLC0415
    from advisor.store.runners import GeventThreadRunner  # noqa: PLC0415
    from advisor.web.factory import create_app, trust_proxies  # noqa: PLC0415
    from advisor.web.realtime import create_socketio  # noqa: PLC0415
    from advisor.web.sockets import Line, SocketOutlet  # noqa: PLC0415

    store, growth = open_store(settings, gevent=True), Growth()
    registry, places = load_registry(settings.registry), load_places()
    atlas = open_atlas(load_network(settings.network), registry, settings.cache, report)
    journal = AnnouncingJournal(store.journal, growth)
    beside = GeventThreadRunner(threads=2)
    world = make_world(settings, store, roads=LiveRoads(atlas, beside), registry=registry, journal=journal)
    adopt_reference(now=world.clock(), world=world)
    warm_up = WarmUp(world)
    parts = replace(_web_parts(settings, world, atlas.network, places), ready=warm_up.missing)
    app = create_app(parts)
    socketio = create_socketio(app, settings.origins)
    outlet = SocketOutlet(socketio, world, parts.metrics)
    hints = RedisHints(settings.redis_url) if settings.redis_url else NoHints()
    hub = Hub(outlet, world, hints)
    growth.listen(hub.grown)
    Line(socketio, outlet, hub).open(app)
    trust_proxies(app, settings.proxies)
    closures = ClosureFollower(atlas, world.journal, world.clock, beside, hub.roads_changed)
    closures.look()  # no advice is given by roads that are known to be closed
    loops = [Loop("closures", closures.look, every_s=LOOK_EVERY_S)]
    loops += [Loop("warm-up", warm_up, every_s=WARM_UP_EVERY_S, at_once=True), _forget_hourly(settings, store, world)]
    if settings.demo:
        loops += _play_demonstration(world, places, outlet.tell_ambulances)
    return Server(app=app, socketio=socketio, world=world, hub=hub, loops=tuple(loops))


def _web_parts(settings: Settings, world: "World", network: "Network", places: Places) -> "Parts":
    from advisor.feeds.addresses import make_geocoder  # noqa: PLC0415 - as above
    from advisor.roads import basemap  # noqa: PLC0415
    from advisor.services.advice_document import SCHEMATIC_LABEL  # noqa: PLC0415
    from advisor.web.context import NetworkMap, Parts  # noqa: PLC0415
    from advisor.web.throttle import make_throttle  # noqa: PLC0415

    return Parts(
        world=world,
        secret_key=settings.secret_key or _kept_secret(settings.var),
        demo=settings.demo,
        version=__version__,
        static=STATIC,
        network_map=NetworkMap(
            id=network.identity,
            schematic=network.schematic,
            label=SCHEMATIC_LABEL[0] if network.schematic else network.name,
            attribution=network.attribution,
            bounds=network.bounds,
            tiles=lambda z, x, y: basemap.tile(network, z, x, y),
            min_zoom=basemap.MIN_ZOOM,
            max_zoom=basemap.MAX_ZOOM,
        ),
        places=places,
        geocoder=make_geocoder(settings.geocoder),
        origins=settings.origins,
        metrics_token=settings.metrics_token,
        throttle=make_throttle(settings.advice_per_minute),
    )


def _forget_hourly(settings: Settings, store: Store, world: "World") -> "Loop":
    from advisor.live.forgetting import EVERY_S, make_forgetting  # noqa: PLC0415 - as above
    from advisor.live.loops import Loop  # noqa: PLC0415

    forget = make_forgetting(store.archive, world.clock, keep=timedelta(days=settings.positions_days))
    return Loop("forgetting", forget, every_s=EVERY_S, at_once=True)


def _play_demonstration(
    world: "World", places: Places, tell_ambulances: Callable[[Mapping[str, object]], None]
) -> "tuple[Loop, ...]":
    """Prepare the demonstration: its accounts, what it reports and declares, and its ambulances."""
    from advisor.live.loops import Loop  # noqa: PLC0415 - as above
    from advisor.simulation.ambulances import Fleet  # noqa: PLC0415
    from advisor.simulation.demonstration import Demonstration  # noqa: PLC0415
    from advisor.simulation.rates import parse_rates  # noqa: PLC0415

    _add_demonstration_accounts(world)
    rates = parse_rates(_documents("advisor.simulation", ".toml")["stop_rates.toml"])
    departments = Demonstration(world, rates, seed=DEMONSTRATION_SEED, unscripted=frozenset({PLAYED_BY_HAND}))
    departments.start(world.clock())
    sites = [site for site in world.registry if site.protocol]
    towns = [position for _, position in places]
    fleet = Fleet(world.roads, sites[::3], sites, towns, DEMONSTRATION_SEED)
    return (
        Loop("demonstration feed", lambda: departments.report(world.clock()), every_s=FEED_EVERY_S),
        Loop("demonstration stops", lambda: departments.act(world.clock()), every_s=ACT_EVERY_S),
        Loop("demonstration ambulances", lambda: tell_ambulances(fleet.document(world.clock())), every_s=MOVE_EVERY_S),
    )


def _add_demonstration_accounts(world: "World") -> None:
    for account in DEMONSTRATION_ACCOUNTS:
        if world.accounts.find(account.name) is None:
            world.accounts.add(account, world.passwords.hash(DEMONSTRATION_PASSWORD))


def _kept_secret(var: Path) -> str:
    """Return the secret key of the demonstration: made once, so that pages survive a restart."""
    path = var / "demonstration_key"
    var.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8")


class RoadsOnDemand:
    """Roads that are opened when somebody asks: most commands need none."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _atlas(self) -> "Atlas":
        registry = load_registry(self._settings.registry)
        return open_atlas(load_network(self._settings.network), registry, self._settings.cache)

    @property
    def network(self) -> "Network":
        """Return the network that answers."""
        return self._atlas.network

    def drive_times(self, position: Position, **how: Any) -> "DriveTimes":
        """See `Roads.drive_times`."""
        return self._atlas.drive_times(position, **how)

    def route(self, position: Position, destination_id: str, **how: Any) -> "Route":
        """See `Roads.route`."""
        return self._atlas.route(position, destination_id, **how)

    def reach(self, destination_ids: Sequence[str], minutes: float, **how: Any) -> "ReachArea":
        """See `Roads.reach`."""
        return self._atlas.reach(destination_ids, minutes, **how)

    def check_closure(self, closure: "Closure") -> None:
        """See `Roads.check_closure`."""
        self._atlas.check_closure(closure)


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
