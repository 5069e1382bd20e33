"""What the services work with."""

import logging
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from advisor.bootstrap.keeping import Store
from advisor.bootstrap.material import edition_documents, load_registry, open_atlas, registry_documents
from advisor.hospitals.registry import Registry, parse_registry
from advisor.kernel import Position
from advisor.protocol.edition import CODE_ORANGE, parse_editions
from advisor.settings import Settings

if TYPE_CHECKING:
    from advisor.roads.atlas import Atlas
    from advisor.roads.closure import Closure
    from advisor.roads.model import DriveTimes, Lines, Route
    from advisor.roads.network import Network
    from advisor.roads.reach import ReachArea
    from advisor.services.ports import Clock, Journal, Roads
    from advisor.services.world import World

log = logging.getLogger(__name__)


def make_world(
    settings: Settings,
    store: Store,
    *,
    roads: "Roads",
    registry: Registry | None = None,
    journal: "Journal | None" = None,
) -> "World":
    """Make what the services work with; `journal` takes the place of the store's own, for one that announces."""
    from advisor.services.accounts import SessionLimits  # noqa: PLC0415
    from advisor.services.world import World  # noqa: PLC0415
    from advisor.store.attempts import CountedAttempts  # noqa: PLC0415

    of_hospitals, of_editions = registry_documents(settings.registry), edition_documents()
    return World(
        journal=journal or store.journal,
        registry=registry or parse_registry(of_hospitals),
        registry_documents=of_hospitals,
        editions=parse_editions(of_editions).with_pilot(CODE_ORANGE, active=settings.code_orange),
        edition_documents=of_editions,
        roads=roads,
        clock=make_clock(settings.protocol_at),
        new_id=lambda: uuid.uuid4().hex,
        accounts=store.accounts,
        sessions=store.sessions,
        passwords=store.passwords,
        attempts=CountedAttempts(store.counts),
        security=store.security,
        limits=SessionLimits(
            idle=timedelta(hours=settings.session_idle_h), absolute=timedelta(hours=settings.session_h)
        ),
        keys=store.keys,
    )


def make_clock(fixed: datetime | None) -> "Clock":
    """Make the clock: the system's, or one that stands still, which is said aloud: everything looks fresh by it."""
    if fixed is None:
        return lambda: datetime.now(UTC)
    log.warning("NOT FOR USE ON DUTY: the clock stands still at %s", fixed.isoformat())
    return lambda: fixed


class RoadsOnDemand:
    """Roads that are opened when somebody asks: most commands need none."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _atlas(self) -> "Atlas":
        registry = load_registry(self._settings.registry)
        return open_atlas(self._settings, registry)

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

    def lines_of(self, closures: "Sequence[Closure]") -> "Sequence[Lines]":
        """See `Roads.lines_of`."""
        return self._atlas.lines_of(closures)
