"""Weigh what all rules say about a hospital into one verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from advisor.kernel import Department, HospitalId, Known, Status
from advisor.protocol.band import boundary_within, changes_within
from advisor.protocol.dated import Edition
from advisor.protocol.duties import duties_of
from advisor.protocol.edition import Editions
from advisor.protocol.model import (
    Arrival,
    ConsultOutcome,
    Contact,
    DepartmentState,
    EnRoute,
    Order,
    Outcome,
    Patient,
    Picture,
    Reason,
    Site,
    Stability,
    TreatmentRelation,
    Verdict,
)
from advisor.protocol.not_encoded import judgement_of
from advisor.protocol.reasons import ABOUT_DATA, LIFTING, contact_for, say
from advisor.protocol.rules.catalogue import RULE_BOOKS, Rule, RuleBook
from advisor.protocol.situation import NO_RELATION, Needs, Situation, Triage, needs_of, triage
from advisor.protocol.standing import Lapses, Standing, View, settled_statuses, stand

RECEIVED = frozenset({Outcome.WELCOME, Outcome.WELCOME_EXCEPTION})

_SEVERITY = {Outcome.WELCOME: 0, Outcome.WELCOME_EXCEPTION: 1, Outcome.CONSULT: 2, Outcome.DIVERT: 3}
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


def carefullest(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the one class that stands for several readings of the same facts, the likeliest reading first.

    Equal readings keep their class; a patient who is welcome under every reading stays so (AMB-38). With a
    way to be received in one of them: `consult`. Without: `unsuitable`, else `closed`.
    """
    first = outcomes[0]
    kinds = set(outcomes)
    if len(kinds) == 1 or kinds <= RECEIVED:
        return first
    if Outcome.UNSUITABLE in kinds:
        return Outcome.UNSUITABLE
    if kinds == {Outcome.DIVERT, Outcome.CLOSED}:
        return Outcome.CLOSED
    return Outcome.CONSULT


class _Question:
    """One patient and one picture at one moment, with what does not depend on the hospital."""

    def __init__(self, patient: Patient, picture: Picture, now: datetime, editions: Editions) -> None:
        self.patient = patient
        self.picture = picture
        self.now = now
        self.editions = editions
        self.lapses = Lapses(picture, now, editions)
        self.open_findings: dict[str, _Finding] = {}
        self._triages: dict[str, Triage] = {}
        self._orders: dict[tuple[str, bool, bool], Order] = {}

    def triage(self, edition: Edition) -> Triage:
        found = self._triages.get(edition.id)
        if found is None:
            found = self._triages[edition.id] = triage(self.patient, edition)
        return found

    def order(self, edition: Edition, triaged: Triage, *, facility_unknown: bool, preferred: bool) -> Order:
        key = (edition.id, facility_unknown, preferred)
        found = self._orders.get(key)
        if found is None:
            found = self._orders[key] = Order(
                life_threat=triaged.life_threat,
                facility_unknown=facility_unknown,
                preferred=preferred,
                tie_s=edition.tie_s,
                far_s=edition.far_s,
            )
        return found


@dataclass(frozen=True, slots=True)
class _Finding:
    outcome: Outcome
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """One hospital in one question; `counted` are the departments whose status is looked at.

    `ordinary`: known to have all that is needed, with known hours, and not consulted.
    """

    question: _Question
    view: View
    triage: Triage
    needs: Needs
    counted: tuple[Department, ...]
    relation: TreatmentRelation
    en_route: EnRoute | None
    consulted: ConsultOutcome | None
    ordinary: bool


def _judge(question: _Question, site: Site, arrival: Arrival) -> Verdict:
    shown = question.lapses.shown
    edition = shown.edition(site)
    shown.of(site)  # every department is asked for below
    states = question.picture.states.get(site.id, _NO_STATES)
    triaged = question.triage(edition)
    needs = needs_of(triaged, site, states)
    view = View(site=site, states=states, edition=edition, now=question.now, lapses=question.lapses)
    watched = () if triaged.stable or triaged.unstable or Department.SR in needs.departments else (Department.SR,)
    patient = question.patient
    en_route = patient.en_route.get(site.id)
    consulted = patient.consult.get(site.id)
    case = _Case(
        question,
        view,
        triaged,
        needs,
        watched + needs.departments,
        patient.relation.get(site.id, NO_RELATION),
        en_route,
        consulted,
        needs is triaged.needs and consulted is None and not site.limited_hours,
    )
    finding = _over_band(case, arrival)
    preferred = _is_preferred(case, arrival)
    reasons = finding.reasons
    if preferred:
        reasons += (say("PD-3", None, facility=triaged.demand.prefers),)
    call = _call(finding)
    return Verdict(
        hospital=site.id,
        outcome=finding.outcome,
        reasons=reasons,
        edition=edition.id,
        at_arrival=settled_statuses(view, arrival.expected),
        call=call,
        duties=duties_of(
            finding.outcome, reasons, call, departed=en_route is not None and en_route.departed_at is not None
        ),
        judgement=judgement_of(finding.outcome, reasons),
        order=question.order(edition, triaged, facility_unknown=bool(needs.unknown), preferred=preferred),
    )


def _call(finding: _Finding) -> Contact | None:
    if any(reason.rule == "AMB-35" for reason in finding.reasons):
        return Contact.MMA
    return contact_for(finding.reasons[0], finding.outcome)


def _is_preferred(case: _Case, arrival: Arrival) -> bool:
    """Tell whether PD-3 puts the hospital first within its class: known to have what the suspicion prefers."""
    prefers = case.triage.demand.prefers
    if prefers is None or case.triage.life_threat or case.view.site.facilities.get(prefers) is not Known.YES:
        return False
    limit_min = case.view.edition.transport_limit_min(prefers)
    if limit_min is None:
        return True
    minutes = (arrival.expected - case.question.now).total_seconds() / 60
    return case.question.patient.abcd is Stability.STABLE and minutes <= limit_min


def _over_band(case: _Case, arrival: Arrival) -> _Finding:
    early = tuple(stand(case.view, department, arrival.early) for department in case.counted)
    finding = _weigh(case, early, arrival.early)
    if arrival.late == arrival.early:
        return finding
    if case.en_route is None and not changes_within(case.view, case.counted, arrival):
        return finding
    late = tuple(stand(case.view, department, arrival.late) for department in case.counted)
    return _across(case, arrival, finding, _weigh(case, late, arrival.late))


def _across(case: _Case, arrival: Arrival, early: _Finding, late: _Finding) -> _Finding:
    """Weigh the two ends of the arrival band (PD-2)."""
    if early.outcome is late.outcome:
        return _Finding(early.outcome, _merge(early.reasons, late.reasons))
    outcome = carefullest((early.outcome, late.outcome))
    boundary = boundary_within(case.view, case.counted, arrival)
    note = say(
        "PD-2",
        outcome,
        early=arrival.early,
        late=arrival.late,
        early_outcome=early.outcome,
        late_outcome=late.outcome,
        now=case.question.now,
        **boundary,
    )
    return _Finding(outcome, (note, *_merge(early.reasons, late.reasons)))


def _merge(first: tuple[Reason, ...], second: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return first + tuple(reason for reason in second if reason not in first)


def _weigh(case: _Case, standings: tuple[Standing, ...], arrival: datetime) -> _Finding:
    """Ask the rules under every reading of the statuses and weigh the answers (AMB-38)."""
    notes = tuple(note for standing in standings for note in standing.notes)
    if all(len(standing.readings) == 1 for standing in standings):
        return _with_notes(_read(case, tuple(standing.readings[0] for standing in standings), arrival), notes)
    combinations = list(product(*(standing.readings for standing in standings)))
    findings = [_read(case, statuses, arrival) for statuses in combinations]
    outcomes = tuple(one.outcome for one in findings)
    outcome = carefullest(outcomes)
    if outcome is outcomes[0]:
        return _with_notes(findings[0], notes)
    if outcome is not Outcome.CONSULT:
        return _with_notes(next(one for one in findings if one.outcome is outcome), notes)
    decisive = replace(_decisive(standings, combinations, outcomes), effect=Outcome.CONSULT)
    rest = tuple(note for note in notes if note.values is not decisive.values)
    return _Finding(outcome, (decisive, *rest, *findings[0].reasons))


def _with_notes(finding: _Finding, notes: tuple[Reason, ...]) -> _Finding:
    """Put what lifted a stop before the welcome that follows from it, and all other notes behind."""
    if not notes:
        return finding
    if finding.outcome is not Outcome.WELCOME:
        return _Finding(finding.outcome, finding.reasons + notes)
    lifted = tuple(replace(note, effect=Outcome.WELCOME) for note in notes if note.rule in LIFTING)
    others = tuple(note for note in notes if note.rule not in LIFTING)
    return _Finding(finding.outcome, lifted + finding.reasons + others)


def _decisive(
    standings: tuple[Standing, ...], combinations: Sequence[tuple[Status, ...]], outcomes: Sequence[Outcome]
) -> Reason:
    """Return the note of the department whose doubt changes the answer, the first that does."""
    first = combinations[0]
    for index, standing in enumerate(standings):
        for statuses, outcome in zip(combinations, outcomes, strict=True):
            alone = all(
                one is other for at, (one, other) in enumerate(zip(statuses, first, strict=True)) if at != index
            )
            if alone and outcome is not outcomes[0]:
                return _doubt(standing)
    return next(_doubt(standing) for standing in standings if len(standing.readings) > 1)


def _doubt(standing: Standing) -> Reason:
    """Return the first note that brought in another reading; what is the matter with the data never decides."""
    return next(note for note in standing.notes if note.rule not in ABOUT_DATA)


def _read(case: _Case, statuses: tuple[Status, ...], arrival: datetime) -> _Finding:
    """Ask the rules under one reading of the statuses.

    An open hospital that is known to have all this patient needs, and that nobody spoke with, says the same
    as the one before it: what the rules said there is kept for the rest of the question.
    """
    if case.ordinary and all(status is Status.GREEN for status in statuses):
        kept = case.question.open_findings
        finding = kept.get(case.view.edition.id)
        if finding is None:
            finding = kept[case.view.edition.id] = _ask_everything(case, statuses, arrival)
        return finding
    return _ask_everything(case, statuses, arrival)


def _ask_everything(case: _Case, statuses: tuple[Status, ...], arrival: datetime) -> _Finding:
    book = RULE_BOOKS[case.view.edition.rules]
    by_department = dict(zip(case.counted, statuses, strict=True))
    whole = _situation(case, Department.SEH, by_department, arrival)
    spoken = _ask(book.site, whole, case.view.edition)
    decided = next((reason for reason in spoken if reason.effect is not None), None)
    beside = _ask(book.beside, whole, case.view.edition)
    per_department = [
        _ask_about(
            book, whole if department is Department.SEH else _situation(case, department, by_department, arrival), case
        )
        for department in case.needs.departments
    ]
    if decided is None or decided.effect is Outcome.WELCOME_EXCEPTION:
        heaviest = _heaviest(beside, per_department)
        if decided is None or heaviest.effect is Outcome.WELCOME:  # an exception never takes a plain welcome away
            decided = heaviest
    everything = [*spoken, *beside, *(reason for one in per_department for reason in one)]
    rest = tuple(reason for reason in everything if reason is not decided and not _is_idle(reason, decided))
    return _Finding(decided.effect or Outcome.CONSULT, (decided, *rest))


def _is_idle(reason: Reason, decided: Reason) -> bool:
    """Tell whether a reason only points at a call that nobody needs: the patient is received."""
    return reason.rule == "RED-3" and reason.effect is None and decided.effect in RECEIVED


def _heaviest(beside: list[Reason], per_department: list[list[Reason]]) -> Reason:
    """Return the reason that weighs most: of each department the first with an effect, of the rest all.

    Of equals the first, but one that says more than "open".
    """
    voices = [reason for reason in beside if reason.effect is not None]
    for spoken in per_department:
        voices += [reason for reason in spoken if reason.effect is not None][:1]
    return max(voices, key=lambda reason: (_SEVERITY[reason.effect or Outcome.CONSULT], reason.rule != "COL-1"))


def _ask_about(book: RuleBook, situation: Situation, case: _Case) -> list[Reason]:
    """Ask the rules about one department: of its colour, and of its stop when it has one."""
    spoken = _ask(book.colour, situation, case.view.edition)
    if situation.stopped:
        spoken += _ask(book.stopped_seh if situation.in_seh else book.stopped_department, situation, case.view.edition)
    return spoken


def _ask(rules: tuple[Rule, ...], situation: Situation, edition: Edition) -> list[Reason]:
    return [reason for rule in rules if (reason := rule(situation, edition)) is not None]


def _situation(
    case: _Case, department: Department, statuses: Mapping[Department, Status], arrival: datetime
) -> Situation:
    status = statuses[department]
    in_seh = department is Department.SEH
    return Situation(
        patient=case.question.patient,
        triage=case.triage,
        site=case.view.site,
        needs=case.needs,
        now=case.question.now,
        arrival=arrival,
        department=department,
        status=status,
        state=case.view.states.get(department),
        statuses=statuses,
        relation=case.relation,
        en_route=case.en_route,
        consulted=case.consulted,
        in_seh=in_seh,
        stopped=status is Status.RED or (in_seh and status is Status.ORANGE),
    )
