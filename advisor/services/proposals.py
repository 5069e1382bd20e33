"""The dispatch centre proposes a destination; the crew accepts or declines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event
from advisor.journal.ride_events import DestinationProposed, ProposalAccepted, ProposalDeclined, ProposalId
from advisor.journal.rides import Proposal, Ride
from advisor.kernel import HospitalId, RideId
from advisor.services.access import Actor, Role, require_role
from advisor.services.choose_destination import CHOOSABLE, ChooseDestination, advised_option, chosen
from advisor.services.refusals import Conflict, NotFound, Wording
from advisor.services.ride_steps import NOT_OVER
from advisor.services.ride_time import told
from advisor.services.rides import carry_out, get_ride, require_crew, require_step, scoped
from advisor.services.see_rides import require_sight
from advisor.services.world import World

ACCEPTED_REASON = "Voorstel van de meldkamer"

_ANSWERED = Wording(nl="Dit voorstel is al beantwoord.", en="This proposal was answered already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeDestination:
    """A hospital for a ride; it must be one of the ride's advice."""

    ride_id: RideId
    hospital: HospitalId
    request: str = ""


def propose_destination(
    command: ProposeDestination, *, actor: Actor, now: datetime, world: World
) -> tuple[Ride, Proposal]:
    """Propose a destination to a crew; returns the ride with the proposal.

    Raises
    ------
    Forbidden
        When the actor is no dispatcher, or the ride concerns another region.
    NotFound
        When there is no such ride.
    InvalidInput
        When the advice of the ride does not have the hospital.
    Conflict
        When the ride is over.
    """
    require_role(actor, "propose a destination", Role.DISPATCHER)
    ride = get_ride(world.journal.board(), command.ride_id)
    require_sight(actor, "propose a destination in another region", ride, world)
    advised_option(ride.advice_id, command.hospital, actor=actor, world=world)
    proposal_id = ProposalId(world.new_id())
    key = scoped("propose", command.request)

    def decide(ride: Ride) -> Sequence[Event]:
        require_step(ride, *NOT_OVER)
        proposed = DestinationProposed(
            at=now, by=actor.name, ride_id=ride.id, request=key, proposal_id=proposal_id, hospital=command.hospital
        )
        return [proposed]

    after = carry_out(command.ride_id, key, world, decide)
    proposal = after.find_proposal(proposal_id)
    return after, proposal or next(each for each in after.proposals if each.hospital == command.hospital)


def accept_proposal(
    proposal_id: ProposalId,
    *,
    actor: Actor,
    now: datetime,
    world: World,
    request: str = "",
    at: datetime | None = None,
) -> Ride:
    """Go along with a proposal: the hospital becomes the destination of the ride.

    `at` is when, where it is told later than it was.

    Raises
    ------
    NotFound, Forbidden
        When there is no such proposal, or it was made to another crew.
    Conflict
        When it was answered before, or the ride is at the door or over.
    InvalidInput
        When `at` cannot be.
    """
    ride, proposal = find_proposal(world.journal.board(), proposal_id)
    require_crew(actor, "answer a proposal", ride)
    option = advised_option(ride.advice_id, proposal.hospital, actor=actor, world=world)
    key = scoped("answer", request)
    reason = "" if option["rank"] == 1 else ACCEPTED_REASON
    command = ChooseDestination(ride_id=ride.id, hospital=proposal.hospital, reason=reason, at=at)

    def decide(ride: Ride) -> Sequence[Event]:
        _require_unanswered(ride, proposal_id)
        require_step(ride, *CHOOSABLE)
        common = told(ride, at, actor=actor, now=now)
        accepted = ProposalAccepted(**common, request=key, proposal_id=proposal_id)
        return [accepted, chosen(command, option, actor, now, ride)]

    return carry_out(ride.id, key, world, decide)


def decline_proposal(
    proposal_id: ProposalId,
    *,
    actor: Actor,
    now: datetime,
    world: World,
    request: str = "",
    at: datetime | None = None,
) -> Ride:
    """Keep to the own choice; raises as `accept_proposal`, but for a ride that is over."""
    ride, _ = find_proposal(world.journal.board(), proposal_id)
    require_crew(actor, "answer a proposal", ride)
    key = scoped("answer", request)

    def decide(ride: Ride) -> Sequence[Event]:
        _require_unanswered(ride, proposal_id)
        common = told(ride, at, actor=actor, now=now)
        return [ProposalDeclined(**common, request=key, proposal_id=proposal_id)]

    return carry_out(ride.id, key, world, decide)


def find_proposal(board: Board, proposal_id: ProposalId) -> tuple[Ride, Proposal]:
    """Get a proposal and its ride; raises `NotFound`."""
    for ride in board.rides.values():
        proposal = ride.find_proposal(proposal_id)
        if proposal is not None:
            return ride, proposal
    raise NotFound("proposal", proposal_id)


def _require_unanswered(ride: Ride, proposal_id: ProposalId) -> None:
    proposal = ride.find_proposal(proposal_id)
    if proposal is None or proposal.accepted is not None:
        raise Conflict("already_answered", _ANSWERED)
