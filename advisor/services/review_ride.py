"""Review a choice afterwards, or while the ambulance drives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event
from advisor.journal.ride_events import ReviewVerdict, RideReviewed
from advisor.journal.rides import Ride
from advisor.kernel import InvalidInput, RideId
from advisor.services.access import Actor, Role, require_role
from advisor.services.free_text import check_free_text
from advisor.services.refusals import Conflict, Wording
from advisor.services.rides import get_past_ride, scoped
from advisor.services.see_rides import require_sight
from advisor.services.world import World

_NOTHING_CHOSEN = Wording(nl="Op deze rit is nog niets gekozen.", en="Nothing has been chosen on this ride yet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRide:
    """What a reviewer thinks of the choice of a ride."""

    ride_id: RideId
    verdict: ReviewVerdict
    note: str = ""
    request: str = ""


def review_ride(command: ReviewRide, *, actor: Actor, now: datetime, world: World) -> Ride:
    """Write a review; there may be several, each stays.

    Raises
    ------
    Forbidden
        When the actor is neither dispatcher nor mma, or the ride concerns another region.
    NotFound
        When there is no such ride.
    InvalidInput
        When the note is not in order.
    Conflict
        When nothing was chosen yet.
    """
    require_role(actor, "review a ride", Role.DISPATCHER, Role.MMA)
    problems = check_free_text("note", command.note)
    if problems:
        raise InvalidInput(problems)
    key = scoped("review", command.request)
    past = get_past_ride(world.journal.board(), command.ride_id, world)

    def decide(board: Board) -> Sequence[Event]:
        ride = board.rides.get(past.id, past)
        require_sight(actor, "review a ride of another region", ride, world)
        if ride.chosen_at is None:
            raise Conflict("nothing_chosen", _NOTHING_CHOSEN)
        if key and key in ride.requests:
            return []
        reviewed = RideReviewed(
            at=now, by=actor.name, ride_id=ride.id, request=key, verdict=command.verdict, note=command.note
        )
        return [reviewed]

    world.journal.transact(decide)
    return get_past_ride(world.journal.board(), past.id, world)
