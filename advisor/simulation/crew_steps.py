"""The steps of one ride of an invented crew, each at its time, through the same services as a real one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from advisor.journal.rides import Ride, Step
from advisor.kernel import HospitalId
from advisor.protocol.model import ConsultOutcome, Outcome
from advisor.roads.model import OffNetwork, Profile
from advisor.services.access import Actor, Role
from advisor.services.advice_case import AdviceCase
from advisor.services.choose_destination import ChooseDestination, choose_destination
from advisor.services.depart import depart
from advisor.services.get_advice import get_advice
from advisor.services.give_advice import Advice, give_advice
from advisor.services.proposals import accept_proposal, decline_proposal
from advisor.services.report_position import report_position
from advisor.services.ride_steps import (
    RideStep,
    announce_ride,
    arrive,
    cancel_ride,
    hand_over,
    hold_consult,
    refuse_patient,
)
from advisor.services.world import World
from advisor.simulation.ambulances import ON_SCENE_S, Ambulance
from advisor.simulation.tempers import Temper

Json = Any

CHOOSES_AFTER = timedelta(seconds=40)
ANNOUNCES_AFTER = timedelta(seconds=45)
ANSWERS_AFTER = timedelta(seconds=15)
REPORTS_EVERY = timedelta(minutes=2)
CANCELS_AFTER = timedelta(minutes=3)
REFUSED_AFTER = timedelta(minutes=1)
CHOOSES_AGAIN_AFTER = timedelta(minutes=1)
HANDS_OVER_AFTER = timedelta(minutes=8)

WHY_NOT_THE_FIRST = ("Wens van de patiënt", "Bekend in dit ziekenhuis", "Verkeer of wegafsluiting", "Eigen oordeel")
WHY_AFTER_PHONING = "Afgesproken met de arts"
WHY_REFUSED = ("Geen plaats", "Niet aangemeld volgens SEH", "Zorg hier niet mogelijk")
WHY_CANCELLED = ("Patiënt blijft thuis", "Andere ambulance neemt over")
MAY_RECEIVE = (Outcome.WELCOME, Outcome.WELCOME_EXCEPTION, Outcome.CONSULT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One crew at one moment of its ride."""

    ambulance: Ambulance
    temper: Temper
    ride: Ride
    now: datetime
    world: World

    @property
    def actor(self) -> Actor:
        return actor_of(self.ride.opened_by)

    @property
    def step(self) -> RideStep:
        return RideStep(ride_id=self.ride.id)

    @property
    def is_on_the_road(self) -> bool:
        """Tell whether the ambulance drives to a hospital already; then nothing has to wait."""
        return self.ambulance.phase == "transport"

    def is_past(self, since: datetime | None, wait: timedelta) -> bool:
        """Tell whether it is time for what follows so long after a moment."""
        return since is not None and (self.is_on_the_road or self.now >= since + wait)

    def one_of(self, words: Sequence[str]) -> str:
        """Return the words that were drawn."""
        return words[self.temper.pick % len(words)]


def actor_of(crew: str) -> Actor:
    """Return a crew as who acts."""
    return Actor(name=crew, role=Role.NURSE)


def ask_advice(ambulance: Ambulance, *, now: datetime, world: World) -> Advice | None:
    """Ask for advice about the patient of a crew, where its ambulance is; None where there is no road."""
    call = ambulance.call
    case = AdviceCase(position=ambulance.position, patient=call.patient, signals=call.profile is Profile.SIGNALS)
    try:
        return give_advice(case, actor=actor_of(ambulance.name), now=now, world=world)
    except OffNetwork:
        return None


def go_on(turn: Turn) -> None:
    """Do the one thing that it is time for, if any; raises `Conflict` when somebody else was first."""
    if not _answer(turn):
        _STEPS[turn.ride.step](turn)


def close(ride: Ride, *, now: datetime, world: World) -> None:
    """Bring a ride that was left behind one step nearer to its end."""
    actor, step = actor_of(ride.opened_by), RideStep(ride_id=ride.id)
    if ride.step is Step.DEPARTED:
        arrive(step, actor=actor, now=now, world=world)
    elif ride.step is Step.ARRIVED:
        hand_over(step, actor=actor, now=now, world=world)
    else:
        cancel_ride(step, actor=actor, now=now, world=world, reason=WHY_CANCELLED[-1])


def _answer(turn: Turn) -> bool:
    """Answer a proposal of the dispatch centre; tells whether there was one to answer."""
    waiting = next((each for each in turn.ride.proposals if each.accepted is None), None)
    if waiting is None or turn.now < waiting.proposed_at + ANSWERS_AFTER:
        return False
    answer = accept_proposal if turn.temper.goes_along and turn.ride.step is not Step.ARRIVED else decline_proposal
    answer(waiting.id, actor=turn.actor, now=turn.now, world=turn.world)
    return True


def _choose(turn: Turn) -> None:
    if not turn.is_past(turn.ride.opened_at, CHOOSES_AFTER):
        return
    advice = get_advice(turn.ride.advice_id, actor=turn.actor, world=turn.world)
    options = _open_to(turn.ride, advice)
    others = [option for option in options[1:4] if option["class"] in MAY_RECEIVE]
    if turn.temper.deviates and others:
        _pick(turn, others[turn.temper.pick % len(others)], advice, turn.one_of(WHY_NOT_THE_FIRST))
    elif options:
        _pick(turn, options[0], advice, turn.one_of(WHY_NOT_THE_FIRST))


def _phone_or_announce(turn: Turn) -> None:
    ride = turn.ride
    hospital = ride.hospital or HospitalId("")
    if ride.outcome is Outcome.CONSULT and hospital not in ride.consults:
        if turn.is_past(ride.chosen_at, turn.temper.phones_after):
            _phone(turn, hospital)
    elif ride.consults.get(hospital) is ConsultOutcome.REFUSED:
        advice = get_advice(ride.advice_id, actor=turn.actor, world=turn.world)
        _pick_first(turn, advice, WHY_AFTER_PHONING)
    elif turn.is_past(ride.chosen_at, ANNOUNCES_AFTER):
        announce_ride(turn.step, actor=turn.actor, now=turn.now, world=turn.world)


def _phone(turn: Turn, hospital: HospitalId) -> None:
    # Only the first that is phoned may say no: nobody goes on phoning.
    heard = ConsultOutcome.ACCEPTED if turn.ride.consults else turn.temper.hears
    hold_consult(turn.step, (hospital, heard), actor=turn.actor, now=turn.now, world=turn.world)


def _depart_or_give_up(turn: Turn) -> None:
    ride = turn.ride
    if turn.temper.cancels and ride.departed_at is None:
        if turn.is_past(ride.announced_at, CANCELS_AFTER):
            reason = turn.one_of(WHY_CANCELLED)
            cancel_ride(turn.step, actor=turn.actor, now=turn.now, world=turn.world, reason=reason)
    elif turn.is_on_the_road or turn.ambulance.at_scene_s >= ON_SCENE_S:
        depart(turn.step, actor=turn.actor, now=turn.now, world=turn.world)


def _drive(turn: Turn) -> None:
    if turn.ride.announced_at is None:
        announce_ride(turn.step, actor=turn.actor, now=turn.now, world=turn.world)
    elif turn.ambulance.phase == "at_hospital":
        arrive(turn.step, actor=turn.actor, now=turn.now, world=turn.world)
    elif turn.now >= turn.ride.changed_at + REPORTS_EVERY:
        report_position(turn.step, turn.ambulance.position, actor=turn.actor, now=turn.now, world=turn.world)


def _hand_over_or_be_refused(turn: Turn) -> None:
    if turn.temper.is_refused and not turn.ride.refused:
        if turn.is_past(turn.ride.arrived_at, REFUSED_AFTER):
            reason = turn.one_of(WHY_REFUSED)
            refuse_patient(turn.step, reason=reason, actor=turn.actor, now=turn.now, world=turn.world)
    elif turn.is_past(turn.ride.arrived_at, HANDS_OVER_AFTER):
        hand_over(turn.step, actor=turn.actor, now=turn.now, world=turn.world)


def _choose_again(turn: Turn) -> None:
    if not turn.is_past(turn.ride.changed_at, CHOOSES_AGAIN_AFTER):
        return
    advice = ask_advice(turn.ambulance, now=turn.now, world=turn.world)
    if advice is not None:
        _pick_first(turn, advice, turn.one_of(WHY_NOT_THE_FIRST))


def _pick_first(turn: Turn, advice: Advice, reason: str) -> None:
    options = _open_to(turn.ride, advice)
    if options:
        _pick(turn, options[0], advice, reason)


def _pick(turn: Turn, option: Mapping[str, Json], advice: Advice, reason: str) -> None:
    command = ChooseDestination(
        ride_id=turn.ride.id,
        hospital=HospitalId(option["hospital"]),
        reason="" if option["rank"] == 1 else reason,
        advice_id=advice.id,
    )
    choose_destination(command, actor=turn.actor, now=turn.now, world=turn.world)


def _open_to(ride: Ride, advice: Advice) -> list[Mapping[str, Json]]:
    """Return the options of an advice that did not say no to this crew, in order."""
    no = {each.hospital for each in ride.refused}
    no |= {hospital for hospital, outcome in ride.consults.items() if outcome is ConsultOutcome.REFUSED}
    return [option for option in advice.document["options"] if option["hospital"] not in no]


_STEPS: Mapping[Step, Callable[[Turn], None]] = {
    Step.OPEN: _choose,
    Step.CHOSEN: _phone_or_announce,
    Step.ANNOUNCED: _depart_or_give_up,
    Step.DEPARTED: _drive,
    Step.ARRIVED: _hand_over_or_be_refused,
    Step.REFUSED: _choose_again,
}
