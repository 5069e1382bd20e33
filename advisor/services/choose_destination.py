"""Choose the hospital that a ride goes to; the crew decides, the advice only says at which place it stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from advisor.journal.events import Event
from advisor.journal.ride_events import DestinationChosen
from advisor.journal.rides import Ride, Step
from advisor.kernel import AdviceId, HospitalId, InvalidInput, Problem, RideId
from advisor.protocol.model import Outcome
from advisor.services.access import Actor
from advisor.services.free_text import check_free_text
from advisor.services.get_advice import get_advice
from advisor.services.ride_time import told
from advisor.services.rides import carry_out, get_ride, require_crew, require_step, scoped
from advisor.services.world import World

CHOOSABLE = (Step.OPEN, Step.CHOSEN, Step.ANNOUNCED, Step.DEPARTED, Step.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseDestination:
    """A choice; `reason` says why it is not the first of the advice, `advice_id` names a newer one than the ride's.

    `at` is when, where it is told later than it was.
    """

    ride_id: RideId
    hospital: HospitalId
    reason: str = ""
    advice_id: AdviceId | None = None
    request: str = ""
    at: datetime | None = None


def choose_destination(command: ChooseDestination, *, actor: Actor, now: datetime, world: World) -> Ride:
    """Choose a hospital, also another one later on; with the patient on board the ambulance is then on its way there.

    Raises
    ------
    NotFound
        When there is no such ride or advice.
    Forbidden
        When it is the ride of another crew.
    InvalidInput
        When the advice does not have the hospital, or it is not the first and no reason is given, or `at` cannot be.
    Conflict
        When the ride is at the door or over.
    """
    ride = get_ride(world.journal.board(), command.ride_id)
    require_crew(actor, "choose a destination", ride)
    option = advised_option(command.advice_id or ride.advice_id, command.hospital, actor=actor, world=world)
    problems = check_free_text("reason", command.reason)
    if option["rank"] != 1 and not command.reason.strip():
        problems.append(Problem(field="reason", message="must say why another hospital than the first is chosen"))
    if problems:
        raise InvalidInput(problems)

    def decide(ride: Ride) -> Sequence[Event]:
        require_step(ride, *CHOOSABLE)
        return [chosen(command, option, actor, now, ride)]

    return carry_out(command.ride_id, scoped("choose", command.request), world, decide)


def advised_option(advice_id: AdviceId, hospital: HospitalId, *, actor: Actor, world: World) -> dict[str, Any]:
    """Return what an advice said about a hospital.

    Raises
    ------
    InvalidInput
        When it does not have the hospital.
    """
    advice = get_advice(advice_id, actor=actor, world=world)
    found = next((option for option in advice.document["options"] if option["hospital"] == hospital), None)
    if found is None:
        raise InvalidInput([Problem(field="hospital", message=f"the advice has no hospital {hospital!r}")])
    option: dict[str, Any] = found
    return option


def chosen(
    command: ChooseDestination, option: dict[str, Any], actor: Actor, now: datetime, ride: Ride
) -> DestinationChosen:
    """Return the fact of a choice; raises `InvalidInput` for a time that cannot be."""
    common = told(ride, command.at, actor=actor, now=now)
    return DestinationChosen(
        **common,
        request=scoped("choose", command.request),
        hospital=command.hospital,
        rank=option["rank"],
        outcome=Outcome(option["class"]),
        expected_at=(common["happened_at"] or now) + timedelta(seconds=option["eta_s"]),
        reason=command.reason.strip(),
    )
