"""Who sees which rides, and what of them."""

from collections.abc import Mapping
from typing import Any

from advisor.journal.board import Board
from advisor.journal.rides import Proposal, Review, Ride
from advisor.kernel import HospitalId, RideId
from advisor.services.access import Actor, Forbidden, Role
from advisor.services.documents import moment
from advisor.services.rides import get_ride
from advisor.services.world import World

Json = Any

Regions = Mapping[HospitalId, str]
"""The meldkamer region of each hospital."""

SUPERVISORS = (Role.DISPATCHER, Role.MMA)


def list_rides(*, actor: Actor, world: World, board: Board | None = None) -> tuple[Ride, ...]:
    """List the rides of the past days that the actor may see, the earliest first.

    A nurse sees the own ones, a dispatcher those that concern the own region, the mma all, a hospital those that go
    there; others none.
    """
    board = world.journal.board() if board is None else board
    return tuple(ride for ride in board.rides.values() if may_see(actor, ride, world.regions))


def see_ride(ride_id: RideId, *, actor: Actor, world: World) -> Ride:
    """Get one ride.

    Raises
    ------
    NotFound
        When there is no such ride.
    Forbidden
        When it is not for the eyes of the actor.
    """
    ride = get_ride(world.journal.board(), ride_id)
    require_sight(actor, "see this ride", ride, world)
    return ride


def require_sight(actor: Actor, act: str, ride: Ride, world: World) -> None:
    """Let pass whom a ride concerns; raises `Forbidden`."""
    if not may_see(actor, ride, world.regions):
        raise Forbidden(actor, act)


def may_see(actor: Actor, ride: Ride, regions: Regions) -> bool:
    """Tell whether a ride concerns the actor."""
    if actor.role is Role.DISPATCHER:
        return not actor.region or touches_region(ride, actor.region, regions)
    if actor.role is Role.MMA:
        return True
    if actor.role is Role.NURSE:
        return ride.opened_by == actor.name
    if actor.role is Role.HOSPITAL:
        return actor.hospital is not None and ride.hospital == actor.hospital and ride.announced_at is not None
    return False


def touches_region(ride: Ride, region: str, regions: Regions) -> bool:
    """Tell whether a ride concerns a meldkamer region.

    It does by its destination, by a hospital that was proposed, called or refused the patient, and as long as none was
    named: before that nobody knows which region it will be.
    """
    asked = (*(proposal.hospital for proposal in ride.proposals), *(each.hospital for each in ride.refused))
    named = {hospital for hospital in (ride.hospital, *asked, *ride.consults) if hospital is not None}
    return not named or region in {regions.get(hospital) for hospital in named}


def ride_document(ride: Ride, actor: Actor) -> dict[str, Json]:
    """Return a ride in JSON terms; a hospital does not get to see what was advised and reviewed."""
    shown = {
        "id": ride.id,
        "step": ride.step,
        "hospital": ride.hospital,
        "by": ride.opened_by,
        "opened_at": moment(ride.opened_at),
        "chosen_at": moment(ride.chosen_at),
        "announced_at": moment(ride.announced_at),
        "departed_at": moment(ride.departed_at),
        "expected_at": moment(ride.expected_at),
        "arrived_at": moment(ride.arrived_at),
        "closed_at": moment(ride.closed_at),
    }
    if actor.role is Role.HOSPITAL:
        return shown
    return {**shown, **_for_crew_and_dispatch(ride)}


def _for_crew_and_dispatch(ride: Ride) -> dict[str, Json]:
    return {
        "advice": ride.advice_id,
        "rank": ride.rank,
        "class": ride.outcome,
        "reason": ride.reason,
        "class_at_departure": ride.outcome_at_departure,
        "statuses_at_departure": {department.value: status for department, status in ride.statuses.items()},
        "refused": [{"hospital": each.hospital, "reason": each.reason} for each in ride.refused],
        "consults": dict(ride.consults),
        "proposals": [proposal_document(proposal) for proposal in ride.proposals],
        "reviews": [review_document(review) for review in ride.reviews],
        "late": [
            {"press": late.press, "happened_at": moment(late.happened_at), "heard_at": moment(late.heard_at)}
            for late in ride.late
        ],
    }


def proposal_document(proposal: Proposal) -> dict[str, Json]:
    """Return a proposal in JSON terms; `accepted` is null until it was answered."""
    return {
        "id": proposal.id,
        "hospital": proposal.hospital,
        "at": moment(proposal.proposed_at),
        "by": proposal.proposed_by,
        "accepted": proposal.accepted,
    }


def review_document(review: Review) -> dict[str, Json]:
    """Return a review in JSON terms."""
    return {"verdict": review.verdict, "note": review.note, "at": moment(review.at), "by": review.by}
