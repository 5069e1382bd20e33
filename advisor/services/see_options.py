"""Where a ride could go now, for who proposes a destination."""

from datetime import datetime
from typing import Any

from advisor.kernel import RideId
from advisor.services.access import Actor
from advisor.services.advice_record import AdviceRecords
from advisor.services.control_room import require_supervisor
from advisor.services.refusals import NotFound
from advisor.services.report_position import find_position
from advisor.services.ride_moment import moment_of
from advisor.services.ride_options import option_document, ride_options
from advisor.services.rides import get_ride
from advisor.services.see_rides import require_sight
from advisor.services.world import World

Json = Any


def see_options(ride_id: RideId, *, actor: Actor, now: datetime, world: World) -> list[dict[str, Json]]:
    """Return the hospitals of a ride's advice as the rules rank them now, from where the ambulance was last.

    Raises
    ------
    Forbidden
        When the actor is neither dispatcher nor mma, or the ride concerns another region.
    NotFound
        When there is no such ride, or its advice or position is no longer kept.
    OffNetwork
        When the ambulance is too far from every road.
    """
    require_supervisor(actor)
    board = world.journal.board()
    ride = get_ride(board, ride_id)
    require_sight(actor, "see where a ride of another region could go", ride, world)
    record = AdviceRecords(world).find(ride.advice_id)
    if record is None:
        raise NotFound("advice", ride.advice_id)
    position = find_position(ride, world=world) or record.position
    if position is None:
        raise NotFound("position of ride", ride.id)
    at = moment_of(board, now, world)
    return [option_document(option) for option in ride_options(ride, record, position, at, world=world)]
