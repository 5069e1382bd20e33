"""Ways to choose a hospital: three simple ones, and the product's own advice with and without two of its parts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from advisor.kernel import Department, Facility, HospitalId, Known, Status
from advisor.protocol.decide import judge_all
from advisor.protocol.edition import CODE_ORANGE, Editions
from advisor.protocol.hours import is_open
from advisor.protocol.model import (
    Arrival,
    Outcome,
    Patient,
    Picture,
    Site,
    Stability,
    Suspicion,
    TreatmentRelation,
    Verdict,
)
from advisor.protocol.rank import Option, rank
from advisor.simulation.look import Leg, Legs

NEAREST_FIRST = (3, 8)
"""So many hospitals are judged first; more, and at last all, when one farther away could still come before these."""

CLOSED = frozenset({Status.CALAMITY, Status.GREY})
STOPPED = frozenset({Status.RED, *CLOSED})
RECEIVED = frozenset({Outcome.WELCOME, Outcome.WELCOME_EXCEPTION})
DESTINATIONS = RECEIVED | {Outcome.CONSULT}
_NO_RELATION = TreatmentRelation()
_LIFE_THREATS = frozenset(
    {Suspicion.STEMI, Suspicion.STROKE, Suspicion.SEVERE_TRAUMA, Suspicion.RAAA, Suspicion.OBSTETRIC}
)


Expected = Callable[[HospitalId], int]
"""Tells how many ambulances are expected at a hospital in the next half hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a crew knows when it chooses: the patient and what the platform says.

    `judged` keeps verdicts on these very facts, for whoever asks next.
    """

    patient: Patient
    now: datetime
    picture: Picture
    judged: dict[HospitalId, Verdict] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Where the crew goes; `must_call`: the hospital is to be asked first. `open`: something open was left."""

    leg: Leg
    must_call: bool = False
    is_open: bool = True


class Policy(Protocol):
    """A way to choose."""

    @property
    def name(self) -> str:
        """Return the name in the results."""

    @property
    def orange(self) -> bool:
        """Tell whether there is a code orange for this policy."""

    @property
    def at_arrival(self) -> bool:
        """Tell whether the statuses are judged at the arrival, and not at the departure."""

    def choose(self, question: Question, legs: Legs, inbound: Expected) -> Choice:
        """Choose one of the hospitals that `legs` lead to, nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simple:
    """The nearest emergency department that is open at this hour and that a crew has no reason to pass."""

    name: str
    passes: Callable[[Patient, Site, Mapping[Department, Status]], bool]
    orange: bool = True
    at_arrival: bool = False

    def choose(self, question: Question, legs: Legs, inbound: Expected) -> Choice:
        """Choose the first that is not passed; when all are, the nearest."""
        nearest: Leg | None = None
        for leg in legs:
            site = question.picture.sites[leg.hospital]
            if site.opening is not None and not is_open(site.opening, question.now):
                continue
            nearest = nearest or leg
            states = question.picture.states[leg.hospital]
            shown = {department: state.status for department, state in states.items()}
            if not self.passes(question.patient, site, shown):
                return Choice(leg=leg)
        return Choice(leg=nearest or legs[0], is_open=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """The first of the advice, as the product gives it."""

    name: str
    editions: Editions
    at_arrival: bool = True
    orange: bool = True

    def choose(self, question: Question, legs: Legs, inbound: Expected) -> Choice:
        """Choose the first of the advice; the nearest hospitals are judged first, for speed."""
        option = self.first_option(question, legs, inbound)
        outcome = option.verdict.outcome
        leg = next(leg for leg in legs if leg.hospital == option.verdict.hospital)
        return Choice(leg=leg, must_call=outcome is Outcome.CONSULT, is_open=outcome in DESTINATIONS)

    def first_option(
        self, question: Question, legs: Legs, inbound: Expected, nearest: Sequence[int] = NEAREST_FIRST
    ) -> Option:
        """Return the first of the advice about all hospitals; `nearest` says how many are looked at first."""
        for count in nearest:
            if count < len(legs):
                option = self._first(question, legs[:count], inbound)
                if self._is_settled(option, question.patient, legs[count - 1]):
                    return option
        return self._first(question, legs, inbound)

    def _first(self, question: Question, legs: Legs, inbound: Expected) -> Option:
        """Return the first option of the advice about these hospitals."""
        now, patient = question.now, question.patient
        still = Arrival(early=now, expected=now, late=now)
        verdicts = question.judged
        arrivals = {
            leg.hospital: leg.arrival(now) if self.at_arrival else still for leg in legs if leg.hospital not in verdicts
        }
        verdicts |= judge_all(patient, question.picture, arrivals, now, self.editions)
        options = [
            Option(
                verdict=verdicts[leg.hospital],
                name=question.picture.sites[leg.hospital].name,
                drive_time_s=leg.seconds,
                inbound=inbound(leg.hospital),
                relation=patient.relation.get(leg.hospital, _NO_RELATION),
            )
            for leg in legs
        ]
        return rank(options, patient)[0]

    def _is_settled(self, option: Option, patient: Patient, farthest: Leg) -> bool:
        """Tell whether no hospital farther than the farthest of these can come before the option."""
        verdict = option.verdict
        best = Outcome.WELCOME if not verdict.order.life_threat else verdict.outcome
        prefers = self.editions.national.demands[patient.suspicion].prefers
        return (
            verdict.outcome in RECEIVED
            and verdict.outcome is best
            and (prefers is None or verdict.order.preferred or verdict.order.life_threat)
            and farthest.seconds >= option.drive_time_s + verdict.order.tie_s
            and option.drive_time_s <= verdict.order.far_s
        )


def policies(editions: Editions, protocol: str | None) -> tuple[Policy, ...]:
    """Return the policies to compare: the simple ones ("off"), the product's ("nhfl"), or all."""
    simple: tuple[Policy, ...] = (
        Simple(name="nearest", passes=lambda _patient, _site, _shown: False),
        Simple(name="board", passes=lambda _patient, _site, shown: shown.get(Department.SEH) in STOPPED),
        Simple(name="crew", passes=_crew_passes(editions)),
    )
    advised: tuple[Policy, ...] = (
        Advised(name="uitwijk", editions=editions),
        Advised(name="uitwijk_no_orange", editions=editions.with_pilot(CODE_ORANGE, active=False), orange=False),
        Advised(name="uitwijk_now", editions=editions, at_arrival=False),
    )
    return {"off": simple, "nhfl": advised}.get(protocol or "", simple + advised)


def is_time_critical(patient: Patient) -> bool:
    """Tell whether a patient has one of the five conditions for which the right hospital is a matter of minutes."""
    return patient.suspicion in _LIFE_THREATS


def needs(patient: Patient, editions: Editions) -> Facility | None:
    """Return what the suspicion asks of a hospital beyond an emergency department, or `None`."""
    demand = editions.national.demands[patient.suspicion]
    return demand.capability or (None if demand.fallback else demand.department)


def _crew_passes(editions: Editions) -> Callable[[Patient, Site, Mapping[Department, Status]], bool]:
    """Return what an experienced crew passes: no one there for this patient; red, unless life is at risk."""

    def passes(patient: Patient, site: Site, shown: Mapping[Department, Status]) -> bool:
        needed = needs(patient, editions)
        if needed is not None and site.facilities.get(needed) is Known.NO:
            return True
        status = shown.get(Department.SEH)
        in_danger = patient.abcd is Stability.UNSTABLE or is_time_critical(patient)
        if isinstance(needed, Department) and shown.get(needed) is Status.RED:
            return True
        return status in (CLOSED if in_danger else STOPPED)

    return passes
