"""The steps of a ride that only need to be in order: announce, arrive, hand over, cancel, refused, consult."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.journal.events import Event
from advisor.journal.ride_events import Announced, Arrived, Cancelled, ConsultHeld, HandedOver, Refused
from advisor.journal.rides import OVER, Ride, Step
from advisor.kernel import HospitalId, InvalidInput, Problem, RideId
from advisor.protocol.model import ConsultOutcome
from advisor.services.access import Actor
from advisor.services.free_text import check_free_text
from advisor.services.refusals import Conflict, Wording
from advisor.services.ride_time import told
from advisor.services.rides import carry_out, require_crew, require_step, scoped
from advisor.services.world import World

NOT_OVER = tuple(step for step in Step if step not in OVER)

_ALREADY_ANNOUNCED = Wording(nl="Deze rit is al aangemeld bij dit ziekenhuis.", en="This ride was announced already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RideStep:
    """One press of a button on a ride; `at` is when, where it is told later than it was.

    Every verb here raises `NotFound`, `Forbidden` and `Conflict`, and `InvalidInput` for a time that cannot be.
    """

    ride_id: RideId
    request: str = ""
    at: datetime | None = None


def announce_ride(step: RideStep, *, actor: Actor, now: datetime, world: World) -> Ride:
    """Note that the chosen hospital was told; also after choosing another one under way."""
    key = scoped("announce", step.request)

    def decide(ride: Ride) -> Sequence[Event]:
        require_crew(actor, "announce a ride", ride)
        require_step(ride, Step.CHOSEN, Step.DEPARTED)
        if ride.announced_at is not None:
            raise Conflict("already_announced", _ALREADY_ANNOUNCED)
        return [Announced(**told(ride, step.at, actor=actor, now=now), request=key)]

    return carry_out(step.ride_id, key, world, decide)


def arrive(step: RideStep, *, actor: Actor, now: datetime, world: World) -> Ride:
    """Note that the ambulance is at the chosen hospital."""
    key = scoped("arrive", step.request)

    def decide(ride: Ride) -> Sequence[Event]:
        require_crew(actor, "arrive", ride)
        require_step(ride, Step.DEPARTED)
        return [Arrived(**told(ride, step.at, actor=actor, now=now), request=key)]

    return carry_out(step.ride_id, key, world, decide)


def hand_over(step: RideStep, *, actor: Actor, now: datetime, world: World) -> Ride:
    """Note that the hospital took the patient over; the ride is over."""
    key = scoped("hand_over", step.request)

    def decide(ride: Ride) -> Sequence[Event]:
        require_crew(actor, "hand over", ride)
        require_step(ride, Step.ARRIVED)
        return [HandedOver(**told(ride, step.at, actor=actor, now=now), request=key)]

    return carry_out(step.ride_id, key, world, decide)


def cancel_ride(step: RideStep, *, actor: Actor, now: datetime, world: World, reason: str = "") -> Ride:
    """End a ride without a handing over; raises `InvalidInput` for a reason that is not in order."""
    key = scoped("cancel", step.request)
    _check("reason", reason)

    def decide(ride: Ride) -> Sequence[Event]:
        require_crew(actor, "cancel a ride", ride)
        require_step(ride, *NOT_OVER)
        return [Cancelled(**told(ride, step.at, actor=actor, now=now), request=key, reason=reason)]

    return carry_out(step.ride_id, key, world, decide)


def refuse_patient(step: RideStep, *, reason: str, actor: Actor, now: datetime, world: World) -> Ride:
    """Note that the chosen hospital did not take the patient, and why; the crew chooses again."""
    key = scoped("refuse", step.request)
    _check("reason", reason, needed=True)

    def decide(ride: Ride) -> Sequence[Event]:
        require_crew(actor, "note a refusal", ride)
        require_step(ride, Step.DEPARTED, Step.ARRIVED)
        return [Refused(**told(ride, step.at, actor=actor, now=now), request=key, reason=reason)]

    return carry_out(step.ride_id, key, world, decide)


def hold_consult(
    step: RideStep,
    consulted: tuple[HospitalId, ConsultOutcome],
    *,
    actor: Actor,
    now: datetime,
    world: World,
) -> Ride:
    """Note how the telephone consultation with a hospital ended; raises `InvalidInput` for an unknown one."""
    key = scoped("consult", step.request)
    hospital, outcome = consulted
    if hospital not in world.sites:
        raise InvalidInput([Problem(field="hospital", message=f"no hospital with id {hospital!r}")])

    def decide(ride: Ride) -> Sequence[Event]:
        require_crew(actor, "note a consultation", ride)
        require_step(ride, *NOT_OVER)
        held = ConsultHeld(**told(ride, step.at, actor=actor, now=now), request=key, hospital=hospital, outcome=outcome)
        return [held]

    return carry_out(step.ride_id, key, world, decide)


def _check(field: str, text: str, *, needed: bool = False) -> None:
    problems = check_free_text(field, text)
    if needed and not text.strip():
        problems.append(Problem(field=field, message="must not be empty"))
    if problems:
        raise InvalidInput(problems)
