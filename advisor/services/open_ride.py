"""Begin a ride from an advice."""

from collections.abc import Sequence
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event
from advisor.journal.ride_events import RideOpened
from advisor.journal.rides import Ride
from advisor.kernel import AdviceId, RideId
from advisor.services.access import Actor, Role, require_role
from advisor.services.get_advice import get_advice
from advisor.services.ride_time import happened
from advisor.services.rides import get_ride, scoped
from advisor.services.world import World


def open_ride(
    advice_id: AdviceId, *, actor: Actor, now: datetime, world: World, request: str = "", at: datetime | None = None
) -> Ride:
    """Open a ride; the same press again gives the same ride. `at` is when, where it is told later than it was.

    Raises
    ------
    Forbidden
        When the actor is no nurse.
    NotFound
        When there is no such advice.
    InvalidInput
        When `at` cannot be.
    """
    require_role(actor, "open a ride", Role.NURSE)
    get_advice(advice_id, actor=actor, world=world)
    ride_id = RideId(world.new_id())
    key = scoped("open", request)

    def decide(board: Board) -> Sequence[Event]:
        if find_opened(board, actor, key):
            return []
        when = happened(at, now=now)
        return [RideOpened(at=now, by=actor.name, ride_id=ride_id, advice_id=advice_id, request=key, happened_at=when)]

    recorded = world.journal.transact(decide)
    board = world.journal.board()
    return get_ride(board, ride_id) if recorded else find_opened(board, actor, key) or get_ride(board, ride_id)


def find_opened(board: Board, actor: Actor, key: str) -> Ride | None:
    """Find the ride that a press opened before."""
    rides = (ride for ride in board.rides.values() if ride.opened_by == actor.name and key in ride.requests)
    return next(rides, None) if key else None
