"""A server that is ready to serve."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from advisor import __version__
from advisor.bootstrap.demonstration import play_demonstration
from advisor.bootstrap.feeds import feed_loops, load_feeds, make_formats
from advisor.bootstrap.keeping import Store, open_store
from advisor.bootstrap.material import Places, Report, load_places, load_registry, open_atlas
from advisor.bootstrap.offline import LOOK_EVERY_S as LOOK_FOR_PACKAGE_EVERY_S
from advisor.bootstrap.offline import PackageKeeper
from advisor.bootstrap.secret import secret_key_of
from advisor.bootstrap.security import tend_access_log
from advisor.bootstrap.world import make_world
from advisor.settings import Settings

if TYPE_CHECKING:
    from flask import Flask
    from flask_socketio import SocketIO

    from advisor.live.hub import Hub
    from advisor.live.loops import Loop
    from advisor.roads.network import Network
    from advisor.services.world import World
    from advisor.web.context import Parts
    from advisor.web.formats import Formats
    from advisor.web.throttle import Throttle

STATIC = Path(__file__).parents[2] / "static"
WARM_UP_EVERY_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that is ready to serve: the application, its live line, and what goes on beside the requests."""

    app: "Flask"
    socketio: "SocketIO"
    world: "World"
    hub: "Hub"
    loops: "tuple[Loop, ...]"
    package: PackageKeeper

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
        self.package.stop()
        self.world.security.access_log.close()


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
    feeds = load_feeds(settings, registry.hospitals)
    atlas = open_atlas(settings, registry, report)
    journal = AnnouncingJournal(store.journal, growth)
    beside = GeventThreadRunner(threads=2)
    world = make_world(settings, store, roads=LiveRoads(atlas, beside), registry=registry, journal=journal)
    adopt_reference(now=world.clock(), world=world)
    warm_up, package = WarmUp(world), PackageKeeper(world, atlas, settings.cache)
    parts = replace(
        _web_parts(settings, world, atlas.network, places, make_formats(feeds, registry.hospitals, beside)),
        throttle=_throttle(settings, store),
        ready=warm_up.missing,
        package=package,
    )
    app = create_app(parts)
    socketio = create_socketio(app, settings.origins)
    outlet = SocketOutlet(socketio, world, parts.metrics)
    hints = RedisHints(settings.redis_url) if settings.redis_url else NoHints()
    hub = Hub(outlet, world, hints)
    growth.listen(hub.grown)
    Line(socketio, outlet, hub).open(app)
    trust_proxies(app, settings.proxies)
    closures = ClosureFollower(atlas, world.journal, world.clock, beside, hub.roads_changed)
    closures.start()
    loops = [Loop("closures", closures.look, every_s=LOOK_EVERY_S)]
    loops += [Loop("warm-up", warm_up, every_s=WARM_UP_EVERY_S, at_once=True), _forget_hourly(settings, store, world)]
    loops += [Loop("package", package.look, every_s=LOOK_FOR_PACKAGE_EVERY_S, at_once=True)]
    loops += feed_loops(settings, feeds, world, store.leases)
    loops += tend_access_log(settings, world)
    if settings.demo:
        loops += play_demonstration(world, outlet.tell_ambulances, rides=settings.demo_rides)
    return Server(app=app, socketio=socketio, world=world, hub=hub, loops=tuple(loops), package=package)


def _web_parts(settings: Settings, world: "World", network: "Network", places: Places, formats: "Formats") -> "Parts":
    from advisor.feeds.addresses import make_geocoder  # noqa: PLC0415 - as above
    from advisor.reports.desk import ReportDesk  # noqa: PLC0415
    from advisor.roads import basemap  # noqa: PLC0415
    from advisor.services.advice_document import SCHEMATIC_LABEL  # noqa: PLC0415
    from advisor.web.context import NetworkMap, Parts  # noqa: PLC0415

    return Parts(
        world=world,
        secret_key=secret_key_of(settings),
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
        formats=formats,
        reports=ReportDesk(),
        origins=settings.origins,
        metrics_token=settings.metrics_token,
        openid=settings.openid,
    )


def _throttle(settings: Settings, store: Store) -> "Throttle":
    from advisor.web.throttle import make_throttle  # noqa: PLC0415 - as above

    return make_throttle(settings.advice_per_minute, store.counts)


def _forget_hourly(settings: Settings, store: Store, world: "World") -> "Loop":
    from advisor.live.forgetting import EVERY_S, make_forgetting  # noqa: PLC0415 - as above
    from advisor.live.loops import Loop  # noqa: PLC0415

    forget = make_forgetting(store.archive, world.clock, keep=timedelta(days=settings.positions_days))
    return Loop("forgetting", forget, every_s=EVERY_S, at_once=True)
