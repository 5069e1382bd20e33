"""What the routes work with: one value that belongs to the application, never a global."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import current_app

from advisor.kernel import Position
from advisor.services.control_room import ControlRoom
from advisor.services.offline_package import OfflinePackage
from advisor.services.openid_provider import OpenIdProvider
from advisor.services.past_board import PastBoards
from advisor.services.reporting import Reports
from advisor.services.world import World
from advisor.web.formats import Formats
from advisor.web.metrics import Metrics
from advisor.web.throttle import Throttle

EXTENSION = "uitwijk"
LINE = "uitwijk-line"
BODY_LONGEST_BYTES = 64 * 1024


NamedPosition = tuple[str, Position]


Geocoder = Callable[[str], Sequence[NamedPosition]]
"""Finds addresses with an outside service, best first; finds nothing when it cannot be reached in time."""


MapTiles = Callable[[int, int, int], Sequence[tuple[int, Sequence[int]]]]
"""The road network as lines of tile z, x, y: each its class and its delta-encoded coordinates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkMap:
    """What the page must know to draw the road network; `bounds` are west, south, east, north in degrees."""

    id: str
    schematic: bool
    label: str
    attribution: str
    bounds: tuple[float, float, float, float]
    tiles: MapTiles
    min_zoom: int = 6
    max_zoom: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything behind the web: the services' world and what only the web needs.

    `places` are towns by name. `ready` lists what is missing for work, `throttle` counts who asks too often;
    `package` gives what devices keep for a time without a connection, as far as it is made;
    `metrics_token` is needed to read the `metrics`, by anybody when it is empty.
    """

    world: World
    secret_key: str
    demo: bool
    version: str
    static: Path
    network_map: NetworkMap
    places: Sequence[NamedPosition]
    geocoder: Geocoder
    formats: Formats
    reports: Reports
    origins: tuple[str, ...] = ()
    ready: Callable[[], Sequence[str]] = tuple
    throttle: Throttle = field(default_factory=Throttle)
    package: Callable[[], OfflinePackage] = OfflinePackage
    metrics: Metrics = field(default_factory=Metrics)
    metrics_token: str = ""
    openid: OpenIdProvider | None = None
    room: ControlRoom = field(init=False)
    past: PastBoards = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "room", ControlRoom(self.world))
        object.__setattr__(self, "past", PastBoards(self.world))


def parts() -> Parts:
    """Return the parts of the application that answers this request."""
    found = current_app.extensions[EXTENSION]
    if not isinstance(found, Parts):
        raise TypeError("the application was not made by create_app")
    return found


def end_sockets(session: str) -> None:
    """Close the sockets of a session, by the digest of its token, where there is a live line at all."""
    line = current_app.extensions.get(LINE)
    if line is not None:
        line.end_session(session)


def live_figures() -> dict[str, int]:
    """Return how many sockets and watches there are, and up to which number the journal was followed."""
    line = current_app.extensions.get(LINE)
    if line is None:
        return {"sockets": 0, "watches": 0, "followed": parts().world.journal.head()}
    figures: dict[str, int] = line.figures()
    return figures


def now() -> datetime:
    """Return the moment of this request, by the clock that the application was given."""
    return parts().world.clock()
