"""One patient under one policy: chosen, asked for, driven, received or refused, handed over."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from advisor.kernel import Department, HospitalId, Known, Position, Status
from advisor.protocol.decide import judge
from advisor.protocol.hours import is_open
from advisor.protocol.model import Arrival, ConsultOutcome, EnRoute, Outcome, Patient, Picture, Verdict
from advisor.services.ports import Roads
from advisor.simulation.assumptions import Assumptions
from advisor.simulation.calls import Call
from advisor.simulation.chance import stream
from advisor.simulation.look import Leg, Legs, look
from advisor.simulation.policies import Choice, Policy, Question, is_time_critical, needs
from advisor.simulation.scene import Scene

MOST_CALLS = 3
"""After so many refusals by telephone the crew drives on without asking."""

MOST_DOORS = 3
"""The last of so many hospitals receives the patient."""

INBOUND_WINDOW = timedelta(minutes=30)
ORANGE = "orange"
SHUT = frozenset({Status.ORANGE, Status.RED, Status.CALAMITY, Status.GREY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What became of one patient under one policy; durations in seconds.

    `first` is the hospital driven to, `last` the one that received. `drive_s` is the expected drive to `first`,
    `nearest_s` the one to the nearest open emergency department, `total_s` from the moment the ambulance could leave
    until it stood where the patient was received. `against_stop`: came to a hospital that, as things truly
    stood, the protocol passes or wants asked first, and nobody had asked; `against_orange`: the same for a code orange.
    `suitable` is `None` where no record says what a hospital needs to have.
    """

    call: Call
    first: HospitalId
    last: HospitalId
    drive_s: float
    nearest_s: float
    total_s: float
    arrived: datetime
    left: datetime
    calls: int
    refused_by_telephone: int
    refused_at_door: int
    against_stop: bool
    against_orange: bool
    suitable: bool | None
    nothing_open: bool
    own: bool | None


@dataclass(slots=True)
class Inbound:
    """Who is under way to which hospital under one policy."""

    arrivals: dict[HospitalId, list[datetime]] = field(default_factory=dict)

    def expected(self, hospital: HospitalId, now: datetime) -> int:
        """Return how many arrive in the next half hour; those that have arrived are forgotten."""
        known = self.arrivals.get(hospital)
        if not known:
            return 0
        ahead = self.arrivals[hospital] = [moment for moment in known if moment > now]
        return sum(moment <= now + INBOUND_WINDOW for moment in ahead)

    def add(self, hospital: HospitalId, arrival: datetime) -> None:
        """Add one that is under way."""
        self.arrivals.setdefault(hospital, []).append(arrival)


class Case:
    """One call in one world; what several policies ask of it is worked out once."""

    def __init__(self, call: Call, seed: int, scene: Scene, roads: Roads, assumptions: Assumptions) -> None:
        self.call = call
        self.scene = scene
        self.assumed = assumptions
        self._seed = seed
        self._roads = roads
        self._looks: dict[tuple[Position, datetime], Legs] = {}
        self._heard: dict[tuple[datetime, bool], Picture] = {}
        self._orange: dict[datetime, bool] = {}
        self._judged: dict[tuple[object, ...], dict[HospitalId, Verdict]] = {}
        self._verdicts: dict[tuple[HospitalId, datetime, datetime, ConsultOutcome | None], Verdict] = {}

    def legs(self, position: Position, now: datetime) -> Legs:
        """Return the drives from a position."""
        key = (position, now)
        if key not in self._looks:
            self._looks[key] = look(self._roads, position, self.call.profile, now)
        return self._looks[key]

    def ask(self, policy: Policy, patient: Patient, now: datetime) -> Question:
        """Return the question of a policy; what it has in common with those of other policies is shared.

        Where nobody shows code orange, the rules for it say nothing: such questions are the same with and without.
        """
        if now not in self._orange:
            self._orange[now] = self.scene.shows_orange(now)
        orange = policy.orange or not self._orange[now]
        if (now, orange) not in self._heard:
            self._heard[now, orange] = self.scene.heard(now, orange=orange)
        facts = (now, orange, policy.at_arrival, tuple(patient.consult.items()))
        judged = self._judged.setdefault(facts, {})
        return Question(patient=patient, now=now, picture=self._heard[now, orange], judged=judged)

    def draw(self, what: str, hospital: HospitalId) -> float:
        """Draw from 0 to 1: the same for every policy that brings this patient to this point."""
        return stream(self._seed, what, self.call.key, hospital).random()

    def on_arrival(self, hospital: HospitalId, departed: datetime, arrived: datetime, patient: Patient) -> Verdict:
        """Return what the protocol truly says when the ambulance is at the door."""
        consulted = patient.consult.get(hospital)
        key = (hospital, departed, arrived, consulted)
        if key not in self._verdicts:
            under_way = replace(patient, en_route={hospital: EnRoute(departed_at=departed, announced_at=departed)})
            moment = Arrival(early=arrived, expected=arrived, late=arrived)
            site, truth = self.scene.sites[hospital], self.scene.truth(arrived)
            self._verdicts[key] = judge(under_way, site, truth, moment, arrived, self.scene.editions)
        return self._verdicts[key]


class _Ride:
    """A trip while it happens."""

    def __init__(
        self, case: Case, policy: Policy, inbound: Inbound, positions: Callable[[HospitalId], Position]
    ) -> None:
        self.case = case
        self.policy = policy
        self.inbound = inbound
        self.positions = positions
        self.patient = case.call.patient
        self.now = case.call.departs
        self.place = case.call.position
        self.refused: list[HospitalId] = []
        self.calls = 0
        self.refused_by_telephone = 0

    def choose(self) -> Choice:
        """Choose, and telephone where the choice asks for it, until a hospital does not say no."""
        for _ in range(MOST_CALLS):
            choice = self._choose_once()
            if not choice.must_call:
                return choice
            self._telephone(choice.leg.hospital)
            if self.patient.consult[choice.leg.hospital] is ConsultOutcome.ACCEPTED:
                return choice
        return self._choose_once()

    def drive(self, leg: Leg) -> datetime:
        """Drive to a hospital and return when the ambulance left for it."""
        departed = self.now
        self.now = departed + timedelta(seconds=leg.really_s(self.case.call.trip_luck))
        self.place = self.positions(leg.hospital)
        self.inbound.add(leg.hospital, self.now)
        return departed

    def is_refused(self, hospital: HospitalId, verdict: Verdict) -> bool:
        """Tell whether the hospital sends the ambulance away; never when life is at risk."""
        against = _against(verdict)
        if against is None or verdict.order.life_threat or len(self.refused) + 1 >= MOST_DOORS:
            return False
        return self.case.draw("door", hospital) < self.case.assumed.door[against]

    def send_away(self, hospital: HospitalId) -> None:
        """Lose the time that a refusal at the door takes."""
        self.refused.append(hospital)
        self.now += timedelta(minutes=self.case.assumed.door["lost_min"])

    def _choose_once(self) -> Choice:
        now, legs = self.now, self.case.legs(self.place, self.now)
        if self.refused:
            legs = tuple(leg for leg in legs if leg.hospital not in self.refused)
        question = self.case.ask(self.policy, self.patient, now)
        return self.policy.choose(question, legs, lambda hospital: self.inbound.expected(hospital, now))

    def _telephone(self, hospital: HospitalId) -> None:
        assumed = self.case.assumed.consultation
        self.calls += 1
        self.now += timedelta(minutes=assumed["delay_min"])
        status = self.case.scene.status(hospital, self.now)
        chance = {Status.GREEN: "accepted_green", Status.ORANGE: "accepted_orange"}.get(status, "accepted_red")
        accepted = self.case.draw("telephone", hospital) < assumed[chance]
        self.refused_by_telephone += not accepted
        outcome = ConsultOutcome.ACCEPTED if accepted else ConsultOutcome.REFUSED
        self.patient = replace(self.patient, consult={**self.patient.consult, hospital: outcome})


def make_trip(case: Case, policy: Policy, inbound: Inbound, positions: Callable[[HospitalId], Position]) -> Trip:
    """Bring the patient of a call to a hospital by a policy."""
    ride = _Ride(case, policy, inbound, positions)
    first: tuple[Leg, Verdict, bool] | None = None
    while True:
        choice = ride.choose()
        hospital = choice.leg.hospital
        departed = ride.drive(choice.leg)
        verdict = case.on_arrival(hospital, departed, ride.now, ride.patient)
        first = first or (choice.leg, verdict, not choice.is_open)
        if not ride.is_refused(hospital, verdict):
            return _trip(ride, first, hospital)
        ride.send_away(hospital)


def _trip(ride: _Ride, first: tuple[Leg, Verdict, bool], last: HospitalId) -> Trip:
    case, call = ride.case, ride.case.call
    leg, verdict, nothing_open = first
    against = _against(verdict)
    own = [hospital for hospital, relation in call.patient.relation.items() if relation.active == "yes"]
    return Trip(
        call=call,
        first=leg.hospital,
        last=last,
        drive_s=leg.seconds,
        nearest_s=_nearest_s(case),
        total_s=(ride.now - call.departs).total_seconds(),
        arrived=ride.now,
        left=ride.now + timedelta(seconds=round(60 * call.handover_min)),
        calls=ride.calls,
        refused_by_telephone=ride.refused_by_telephone,
        refused_at_door=len(ride.refused),
        against_stop=against is not None and against != ORANGE,
        against_orange=against == ORANGE,
        suitable=_suits(case, leg.hospital),
        nothing_open=nothing_open,
        own=last in own if own else None,
    )


def _against(verdict: Verdict) -> str | None:
    """Return in which way coming here is against the protocol, as the shares of refusals name it; `None`: it is not.

    A call that is asked for because nobody knows what the hospital has is another matter.
    """
    if verdict.outcome in (Outcome.WELCOME, Outcome.WELCOME_EXCEPTION, Outcome.UNSUITABLE):
        return None
    if verdict.outcome is Outcome.CLOSED:
        return "closed"
    statuses = verdict.at_arrival
    if verdict.outcome is Outcome.CONSULT and (verdict.order.facility_unknown or SHUT.isdisjoint(statuses.values())):
        return None
    if statuses.get(Department.SEH) is Status.ORANGE:
        return ORANGE
    return "divert" if verdict.outcome is Outcome.DIVERT else "consult"


def _suits(case: Case, hospital: HospitalId) -> bool | None:
    patient = case.call.patient
    needed = needs(patient, case.scene.editions) if is_time_critical(patient) else None
    known = case.scene.sites[hospital].facilities.get(needed, Known.UNKNOWN) if needed else Known.UNKNOWN
    return None if known is Known.UNKNOWN else known is Known.YES


def _nearest_s(case: Case) -> float:
    """Return the drive to the nearest emergency department that is open at this hour."""
    call, sites = case.call, case.scene.sites
    for leg in case.legs(call.position, call.departs):
        opening = sites[leg.hospital].opening
        if opening is None or is_open(opening, call.departs):
            return leg.seconds
    raise LookupError(f"no emergency department is open for call {call.key}")
