"""Depart with the patient; the status of the destination is checked again at that instant (RX-5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from advisor.journal.board import Board
from advisor.journal.events import Event
from advisor.journal.ride_events import Departed
from advisor.journal.rides import Ride, Step
from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.model import EnRoute, Outcome
from advisor.services.access import Actor
from advisor.services.advice_case import read_case
from advisor.services.get_advice import fetch_receipt
from advisor.services.give_advice import consider_advice
from advisor.services.past_board import PastBoards
from advisor.services.refusals import Conflict, NotFound, Wording
from advisor.services.ride_steps import RideStep
from advisor.services.ride_time import happened, told
from advisor.services.rides import carry_out, get_ride, require_crew, require_step, scoped
from advisor.services.world import World

_CHANGED = Wording(nl="De bestemming is intussen gewijzigd.", en="The destination was changed meanwhile.")
_CHECK_AGAIN = Wording(nl="Bekijk de bestemming en vertrek opnieuw.", en="Look at the destination and depart again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What held for the chosen hospital at the instant of departure."""

    outcome: Outcome
    expected_at: datetime
    statuses: Mapping[Department, Status]


def depart(
    step: RideStep,
    *,
    actor: Actor,
    now: datetime,
    world: World,
    past: Callable[[datetime], Board] | None = None,
) -> Ride:
    """Depart to the chosen and announced hospital; what held for it at this instant is part of the fact.

    Nothing is blocked: what the check brought to light stands in the ride, the crew decides. A departure that is told
    later than it was is checked against what was known then; `past` gives the board of a moment.

    Raises
    ------
    NotFound, Forbidden
        When there is no such ride, or it is another crew's.
    Conflict
        When the destination was not announced, or the ambulance has departed.
    InvalidInput
        When the time of the press cannot be.
    """
    key = scoped("depart", step.request)
    ride = get_ride(world.journal.board(), step.ride_id)
    require_crew(actor, "depart", ride)
    if key and key in ride.requests:
        return ride
    require_step(ride, Step.ANNOUNCED)
    when, board = happened(step.at, now=now, ride=ride), None
    if when is not None:
        board = (past or _past(world))(when)
    destination, check = ride.hospital, check_destination(ride, actor=actor, now=when or now, world=world, board=board)

    def decide(ride: Ride) -> Sequence[Event]:
        require_step(ride, Step.ANNOUNCED)
        if ride.hospital != destination:
            raise Conflict("destination_changed", _CHANGED, _CHECK_AGAIN)
        common = told(ride, step.at, actor=actor, now=now)
        return [
            Departed(
                **common, request=key, outcome=check.outcome, expected_at=check.expected_at, statuses=check.statuses
            )
        ]

    return carry_out(step.ride_id, key, world, decide)


def check_destination(ride: Ride, *, actor: Actor, now: datetime, world: World, board: Board | None = None) -> Check:
    """Return what the rules say at `now`, by the present board or another one, about the destination of a ride whose
    patient is on board.

    Raises
    ------
    NotFound
        When the advice of the ride, or the position where it was asked, is not kept any more.
    """
    receipt = fetch_receipt(ride.advice_id, world)
    hospital = HospitalId(ride.hospital or "")
    if receipt.position is None:
        raise NotFound("position of advice", ride.advice_id)
    case = read_case(receipt.request, receipt.position)
    leaving = {hospital: EnRoute(departed_at=now, announced_at=ride.announced_at)}
    patient = replace(
        case.patient, en_route={**case.patient.en_route, **leaving}, consult={**case.patient.consult, **ride.consults}
    )
    considered = consider_advice(replace(case, patient=patient), actor=actor, now=now, world=world, board=board)
    option = next(each for each in considered.advice.document["options"] if each["hospital"] == hospital)
    return Check(
        outcome=Outcome(option["class"]),
        expected_at=now + timedelta(seconds=option["eta_s"]),
        statuses={Department(name): Status(each["status"]) for name, each in option["departments"].items()},
    )


def _past(world: World) -> Callable[[datetime], Board]:
    boards = PastBoards(world)
    return lambda moment: boards.at(moment, lambda: None)
