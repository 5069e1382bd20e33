"""Tell where the ambulance of a ride is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson

from advisor.journal.events import Event
from advisor.journal.ride_events import PositionReported
from advisor.journal.rides import Ride
from advisor.kernel import HospitalId, Position
from advisor.roads.model import OffNetwork, Profile
from advisor.services.access import Actor
from advisor.services.documents import position_document
from advisor.services.ride_steps import NOT_OVER, RideStep
from advisor.services.rides import carry_out, get_ride, require_crew, require_step, scoped
from advisor.services.world import World


def report_position(step: RideStep, position: Position, *, actor: Actor, now: datetime, world: World) -> Ride:
    """Note a position and, with it, when the ambulance will be at the chosen hospital.

    Off the network the expected arrival stays as it was.

    Raises
    ------
    NotFound, Forbidden
        When there is no such ride, or it is another crew's.
    Conflict
        When the ride is over.
    """
    key = scoped("position", step.request)
    ride = get_ride(world.journal.board(), step.ride_id)
    require_crew(actor, "report a position", ride)
    expected_at = None if ride.hospital is None else _expected_at(position, ride.hospital, now, world)

    def decide(ride: Ride) -> Sequence[Event]:
        require_step(ride, *NOT_OVER)
        reported = PositionReported(
            at=now,
            by=actor.name,
            ride_id=ride.id,
            request=key,
            expected_at=expected_at,
            position=orjson.dumps(position_document(position)),
        )
        return [reported]

    return carry_out(step.ride_id, key, world, decide)


def find_position(ride: Ride, *, world: World) -> Position | None:
    """Find the last position that a ride told, as far as it is still kept."""
    packed = world.journal.enclosure(ride.id)
    return Position(**orjson.loads(packed)) if packed else None


def _expected_at(position: Position, hospital: HospitalId, now: datetime, world: World) -> datetime | None:
    try:
        times = world.roads.drive_times(position, profile=Profile.SIGNALS, at=now)
    except OffNetwork:
        return None
    seconds = dict(zip(times.ids, times.seconds.tolist(), strict=True)).get(hospital, float("inf"))
    return now + timedelta(seconds=seconds) if seconds != float("inf") else None
