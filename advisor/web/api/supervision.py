"""What the dispatch centre does with rides: propose another destination, and review a choice."""

from flask import Blueprint, Response

from advisor.journal.ride_events import ProposalId
from advisor.services.proposals import accept_proposal, decline_proposal, propose_destination
from advisor.services.review_ride import review_ride
from advisor.services.see_rides import proposal_document, review_document, ride_document
from advisor.web.access_log import note_access
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.ride_wire import parse_press, parse_proposal, parse_review, request_key

routes = Blueprint("supervision", __name__)


@routes.post("/rides/<ride_id>/proposal")
def propose(ride_id: str) -> Response:
    """Propose a destination to the crew of a ride."""
    actor, world, moment = require_actor(), parts().world, now()
    ride, proposal = propose_destination(parse_proposal(ride_id), actor=actor, now=moment, world=world)
    note_access("ride", ride.id, ride.opened_by)
    return answer({"ride": ride.id, **proposal_document(proposal)}, 201)


@routes.post("/proposals/<proposal_id>/accept")
def accept(proposal_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    ride = accept_proposal(
        ProposalId(proposal_id), actor=actor, now=moment, world=world, request=request_key(), at=parse_press()
    )
    return answer(ride_document(ride, actor))


@routes.post("/proposals/<proposal_id>/decline")
def decline(proposal_id: str) -> Response:
    actor, world, moment = require_actor(), parts().world, now()
    ride = decline_proposal(
        ProposalId(proposal_id), actor=actor, now=moment, world=world, request=request_key(), at=parse_press()
    )
    return answer(ride_document(ride, actor))


@routes.post("/reviews")
def review() -> Response:
    """Review the choice of a ride."""
    actor, world, moment = require_actor(), parts().world, now()
    ride = review_ride(parse_review(), actor=actor, now=moment, world=world)
    note_access("ride", ride.id, ride.opened_by)
    written = next(each for each in reversed(ride.reviews) if each.by == actor.name)
    return answer({"ride": ride.id, **review_document(written)}, 201)
