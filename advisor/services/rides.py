"""What the verbs about rides have in common: whose ride it is, which step may follow, and repeated presses."""

from collections.abc import Callable, Sequence

from advisor.journal.board import Board
from advisor.journal.events import Event
from advisor.journal.ride_events import RideEvent
from advisor.journal.rides import Ride, Step, fold_rides
from advisor.kernel import RideId
from advisor.services.access import Actor, Forbidden, Role, require_role
from advisor.services.refusals import Conflict, NotFound, Wording
from advisor.services.world import World

REQUEST_LIMIT = 100  # characters of a key that a phone gives to one press

_STEP_WORDS = {
    Step.OPEN: Wording(nl="geopend", en="open"),
    Step.CHOSEN: Wording(nl="bestemming gekozen", en="destination chosen"),
    Step.ANNOUNCED: Wording(nl="aangemeld", en="announced"),
    Step.DEPARTED: Wording(nl="vertrokken", en="departed"),
    Step.ARRIVED: Wording(nl="aangekomen", en="arrived"),
    Step.REFUSED: Wording(nl="geweigerd", en="refused"),
    Step.HANDED_OVER: Wording(nl="overgedragen", en="handed over"),
    Step.CANCELLED: Wording(nl="geannuleerd", en="cancelled"),
}


def get_ride(board: Board, ride_id: RideId) -> Ride:
    """Get a ride of the past days.

    Raises
    ------
    NotFound
        When the board has no such ride.
    """
    ride = board.rides.get(ride_id)
    if ride is None:
        raise NotFound("ride", ride_id)
    return ride


def get_past_ride(board: Board, ride_id: RideId, world: World) -> Ride:
    """Get a ride of any time, from the journal itself once the board no longer holds it; raises `NotFound`."""
    if ride_id in board.rides:
        return board.rides[ride_id]
    facts = (recorded.event for recorded in world.journal.about(ride_id))
    found = fold_rides(event for event in facts if isinstance(event, RideEvent)).get(ride_id)
    if found is None:
        raise NotFound("ride", ride_id)
    return found


def require_crew(actor: Actor, act: str, ride: Ride) -> None:
    """Let pass the crew that opened the ride.

    Raises
    ------
    Forbidden
        When it is another role, or another crew.
    """
    require_role(actor, act, Role.NURSE)
    if ride.opened_by != actor.name:
        raise Forbidden(actor, f"{act} of another crew")


def require_step(ride: Ride, *steps: Step) -> None:
    """Let pass a ride that is at one of these steps.

    Raises
    ------
    Conflict
        When it is at another: the step that was asked for is out of order.
    """
    if ride.step in steps:
        return
    now, before = _STEP_WORDS[ride.step], [_STEP_WORDS[step] for step in steps]
    detail = Wording(nl=f"Deze rit staat op: {now.nl}.", en=f"This ride is: {now.en}.")
    hint = Wording(
        nl=f"Dit kan alleen na: {', '.join(word.nl for word in before)}.",
        en=f"This is only possible after: {', '.join(word.en for word in before)}.",
    )
    raise Conflict("step_out_of_order", detail, hint)


def carry_out(ride_id: RideId, request: str, world: World, decide: Callable[[Ride], Sequence[Event]]) -> Ride:
    """Write what `decide` makes of a ride and return the ride; a press that was carried out before changes nothing.

    `request` is the key of the press, made by `scoped`; empty when the press has none.

    Raises
    ------
    NotFound
        When there is no such ride, and whatever `decide` raises.
    """

    def decision(board: Board) -> Sequence[Event]:
        ride = get_ride(board, ride_id)
        return [] if request and request in ride.requests else decide(ride)

    world.journal.transact(decision)
    return get_ride(world.journal.board(), ride_id)


def scoped(verb: str, request: str) -> str:
    """Return the key of one press of one button, so that a key used for two buttons means two presses."""
    return f"{verb}:{request[:REQUEST_LIMIT]}" if request else ""
