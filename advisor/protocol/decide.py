"""Judge a patient at a hospital: what the rules say, whom to call, what to do, and what ranking must know."""

from collections.abc import Mapping
from datetime import datetime

from advisor.kernel import Department, HospitalId, Known
from advisor.protocol.dated import Edition
from advisor.protocol.duties import duties_of
from advisor.protocol.edition import Editions
from advisor.protocol.members import SR
from advisor.protocol.model import (
    Arrival,
    Contact,
    DepartmentState,
    Order,
    Patient,
    Picture,
    Site,
    Stability,
    Verdict,
)
from advisor.protocol.not_encoded import judgement_of
from advisor.protocol.reasons import contact_for, say
from advisor.protocol.situation import NO_RELATION, Triage, needs_of, triage
from advisor.protocol.standing import Lapses, settled_statuses
from advisor.protocol.weigh import RECEIVED, Case, Finding, carefullest, weigh

__all__ = ["RECEIVED", "carefullest", "judge", "judge_all"]

_NO_STATES: Mapping[Department, DepartmentState] = {}


def judge(
    patient: Patient, site: Site, picture: Picture, arrival: Arrival, now: datetime, editions: Editions
) -> Verdict:
    """Return what the rules say about one patient at one hospital, seen at `now`, for an arrival band.

    Total: gives a verdict for every combination of valid facts.

    Raises
    ------
    NoEditionForDate
        When no edition speaks about the hospital at `now`.
    """
    return _judge(_Question(patient, picture, now, editions), site, arrival)


def judge_all(
    patient: Patient,
    picture: Picture,
    arrivals: Mapping[HospitalId, Arrival],
    now: datetime,
    editions: Editions,
) -> dict[HospitalId, Verdict]:
    """Judge every hospital that has an arrival; the same as `judge` for each, with the shared work done once.

    Raises
    ------
    NoEditionForDate
        When no edition speaks about one of the hospitals at `now`.
    """
    question = _Question(patient, picture, now, editions)
    return {hospital: _judge(question, picture.sites[hospital], arrival) for hospital, arrival in arrivals.items()}


class _Question:
    """One patient and one picture at one moment, with what does not depend on the hospital."""

    def __init__(self, patient: Patient, picture: Picture, now: datetime, editions: Editions) -> None:
        self.patient = patient
        self.picture = picture
        self.now = now
        self.lapses = Lapses(picture, now, editions)
        self.open_findings: dict[str, Finding] = {}
        self._triages: dict[str, Triage] = {}
        self._orders: dict[tuple[str, bool, bool], Order] = {}

    def triage(self, edition: Edition) -> Triage:
        found = self._triages.get(edition.id)
        if found is None:
            found = self._triages[edition.id] = triage(self.patient, edition)
        return found

    def order(self, case: Case, *, preferred: bool) -> Order:
        edition, facility_unknown = case.edition, bool(case.needs.unknown)
        key = (edition.id, facility_unknown, preferred)
        found = self._orders.get(key)
        if found is None:
            found = self._orders[key] = Order(
                life_threat=case.triage.life_threat,
                facility_unknown=facility_unknown,
                preferred=preferred,
                tie_s=edition.tie_s,
                far_s=edition.far_s,
            )
        return found


def _judge(question: _Question, site: Site, arrival: Arrival) -> Verdict:
    case = _case(question, site)
    finding = weigh(case, arrival)
    outcome, reasons = finding.outcome, finding.reasons
    call = _call(finding)
    preferred = _is_preferred(case, arrival)
    if preferred:
        reasons += (say("PD-3", None, facility=case.triage.demand.prefers),)
    departed = case.en_route is not None and case.en_route.departed_at is not None
    return Verdict(
        hospital=site.id,
        outcome=outcome,
        reasons=reasons,
        edition=case.edition.id,
        at_arrival=settled_statuses(case, arrival.expected),
        call=call,
        duties=duties_of(outcome, reasons, call, departed=departed),
        judgement=judgement_of(outcome, reasons),
        order=question.order(case, preferred=preferred),
    )


def _case(question: _Question, site: Site) -> Case:
    patient, shown = question.patient, question.lapses.shown
    edition = shown.edition(site)
    shown.of(site)  # every department is asked for
    states = question.picture.states.get(site.id, _NO_STATES)
    triaged = question.triage(edition)
    needs = needs_of(triaged, site, states)
    watched = () if triaged.stable or triaged.unstable or SR in needs.departments else (SR,)
    consulted = patient.consult.get(site.id)
    return Case(
        site=site,
        states=states,
        edition=edition,
        now=question.now,
        lapses=question.lapses,
        patient=patient,
        triage=triaged,
        needs=needs,
        counted=watched + needs.departments,
        relation=patient.relation.get(site.id, NO_RELATION),
        en_route=patient.en_route.get(site.id),
        consulted=consulted,
        ordinary=needs is triaged.needs and consulted is None and not site.limited_hours,
        open_findings=question.open_findings,
    )


def _call(finding: Finding) -> Contact | None:
    for reason in finding.reasons:
        if reason.rule == "AMB-35":
            return Contact.MMA
    return contact_for(finding.reasons[0], finding.outcome)


def _is_preferred(case: Case, arrival: Arrival) -> bool:
    """Tell whether PD-3 puts the hospital first within its class: known to have what the suspicion prefers."""
    prefers = case.triage.demand.prefers
    if prefers is None or case.triage.life_threat or case.site.facilities.get(prefers) is not Known.YES:
        return False
    limit_min = case.edition.transport_limit_min(prefers)
    if limit_min is None:
        return True
    minutes = (arrival.expected - case.now).total_seconds() / 60
    return case.patient.abcd is Stability.STABLE and minutes <= limit_min
