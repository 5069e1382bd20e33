"""Weigh what the rules say about one hospital: departments, readings of their statuses, the arrival band."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from advisor.kernel import Department, Status
from advisor.protocol.band import boundary_within, changes_within
from advisor.protocol.dated import Edition
from advisor.protocol.members import CONSULT, DIVERT, GREEN, ORANGE, RED, SEH, WELCOME, WELCOME_EXCEPTION
from advisor.protocol.model import Arrival, ConsultOutcome, EnRoute, Outcome, Patient, Reason, TreatmentRelation
from advisor.protocol.reasons import ABOUT_DATA, LIFTING, arguing, say
from advisor.protocol.rules.catalogue import RULE_BOOKS, Rule, RuleBook
from advisor.protocol.situation import Needs, Situation, Triage
from advisor.protocol.standing import Standing, View, stand

RECEIVED = frozenset({WELCOME, WELCOME_EXCEPTION})

_SEVERITY = {WELCOME: 0, WELCOME_EXCEPTION: 1, CONSULT: 2, DIVERT: 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """A class and the reasons for it, the deciding one first."""

    outcome: Outcome
    reasons: tuple[Reason, ...]


@dataclass(slots=True, kw_only=True)
class Case(View):
    """One patient at one hospital; `counted` are the departments whose status is looked at.

    `ordinary`: known to have all that is needed, with known hours, and not consulted. `open_findings` keeps per
    edition what the rules say about such a hospital when it is open, for all cases of one question.
    """

    patient: Patient
    triage: Triage
    needs: Needs
    counted: tuple[Department, ...]
    relation: TreatmentRelation
    en_route: EnRoute | None
    consulted: ConsultOutcome | None
    ordinary: bool
    open_findings: dict[str, Finding]


def weigh(case: Case, arrival: Arrival) -> Finding:
    """Return what all rules together say about a case, over the arrival band (PD-2)."""
    early = [stand(case, department, arrival.early) for department in case.counted]
    finding = _weigh(case, early, arrival.early)
    if arrival.late == arrival.early:
        return finding
    if case.en_route is None and not changes_within(case, case.counted, arrival):
        return finding
    late = [stand(case, department, arrival.late) for department in case.counted]
    return _across(case, arrival, finding, _weigh(case, late, arrival.late))


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
    if kinds == {DIVERT, Outcome.CLOSED}:
        return Outcome.CLOSED
    return CONSULT


def _across(case: Case, arrival: Arrival, early: Finding, late: Finding) -> Finding:
    """Weigh the two ends of the arrival band."""
    reasons = early.reasons + tuple(reason for reason in late.reasons if reason not in early.reasons)
    if early.outcome is late.outcome:
        return Finding(early.outcome, reasons)
    outcome = carefullest((early.outcome, late.outcome))
    note = say(
        "PD-2",
        outcome,
        early=arrival.early,
        late=arrival.late,
        early_outcome=early.outcome,
        late_outcome=late.outcome,
        now=case.now,
        **boundary_within(case, case.counted, arrival),
    )
    return Finding(outcome, (note, *reasons))


def _weigh(case: Case, standings: Sequence[Standing], arrival: datetime) -> Finding:
    """Ask the rules under every reading of the statuses and weigh the answers (AMB-38)."""
    notes: list[Reason] = []
    doubtful = False
    for standing in standings:
        notes += standing.notes
        doubtful = doubtful or len(standing.readings) > 1
    likeliest = _read(case, tuple([standing.readings[0] for standing in standings]), arrival)
    if not doubtful:
        return _with_notes(likeliest, notes) if notes else likeliest
    combinations = list(product(*[standing.readings for standing in standings]))
    findings = [likeliest, *[_read(case, statuses, arrival) for statuses in combinations[1:]]]
    outcomes = [one.outcome for one in findings]
    outcome = carefullest(outcomes)
    if outcome is likeliest.outcome:
        return _with_notes(likeliest, notes)
    if outcome is not CONSULT:
        return _with_notes(next(one for one in findings if one.outcome is outcome), notes)
    decisive = _decisive(standings, combinations, outcomes)
    rest = [note for note in notes if note.values is not decisive.values]
    return Finding(outcome, (arguing(decisive, CONSULT), *rest, *likeliest.reasons))


def _with_notes(finding: Finding, notes: list[Reason]) -> Finding:
    """Put what lifted a stop before the welcome that follows from it, and all other notes behind."""
    if finding.outcome is not WELCOME:
        return Finding(finding.outcome, (*finding.reasons, *notes))
    lifted = [arguing(note, WELCOME) for note in notes if note.rule in LIFTING]
    others = [note for note in notes if note.rule not in LIFTING]
    return Finding(finding.outcome, (*lifted, *finding.reasons, *others))


def _decisive(
    standings: Sequence[Standing], combinations: Sequence[tuple[Status, ...]], outcomes: Sequence[Outcome]
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


def _read(case: Case, statuses: tuple[Status, ...], arrival: datetime) -> Finding:
    """Ask the rules under one reading of the statuses.

    An open hospital that is known to have all this patient needs, and that nobody spoke with, says the same
    as the one before it: what the rules said there is kept for the rest of the question.
    """
    if not case.ordinary or statuses.count(GREEN) < len(statuses):
        return _ask_everything(case, statuses, arrival)
    kept = case.open_findings
    finding = kept.get(case.edition.id)
    if finding is None:
        finding = kept[case.edition.id] = _ask_everything(case, statuses, arrival)
    return finding


def _ask_everything(case: Case, statuses: tuple[Status, ...], arrival: datetime) -> Finding:
    book, edition = RULE_BOOKS[case.edition.rules], case.edition
    by_department = dict(zip(case.counted, statuses, strict=True))
    whole = _situation(case, SEH, by_department, arrival)
    spoken = _ask(book.site, whole, edition)
    decided = _first_with_effect(spoken)
    beside = _ask(book.beside, whole, edition)
    per_department = [
        _ask_about(book, whole if department is SEH else _situation(case, department, by_department, arrival), edition)
        for department in case.needs.departments
    ]
    if decided is None or decided.effect is WELCOME_EXCEPTION:
        heaviest = _heaviest(beside, per_department)
        if decided is None or heaviest.effect is WELCOME:  # an exception never takes a plain welcome away
            decided = heaviest
    for one in (beside, *per_department):
        spoken += one
    rest = [reason for reason in spoken if reason is not decided and not _is_idle(reason, decided)]
    return Finding(decided.effect or CONSULT, (decided, *rest))


def _is_idle(reason: Reason, decided: Reason) -> bool:
    """Tell whether a reason only points at a call that nobody needs: the patient is received."""
    return reason.rule == "RED-3" and reason.effect is None and decided.effect in RECEIVED


def _first_with_effect(spoken: list[Reason]) -> Reason | None:
    for reason in spoken:
        if reason.effect is not None:
            return reason
    return None


def _heaviest(beside: list[Reason], per_department: list[list[Reason]]) -> Reason:
    """Return the reason that weighs most: of each department the first with an effect, of the rest all.

    Of equals the first, but one that says more than "open".
    """
    voices = [reason for reason in beside if reason.effect is not None]
    voices += [first for spoken in per_department if (first := _first_with_effect(spoken)) is not None]
    return max(voices, key=_weight)


def _weight(reason: Reason) -> tuple[int, bool]:
    return _SEVERITY[reason.effect or CONSULT], reason.rule != "COL-1"


def _ask_about(book: RuleBook, situation: Situation, edition: Edition) -> list[Reason]:
    """Ask the rules about one department: of its stop when it has one, else of its colour."""
    if not situation.stopped:
        return _ask(book.colour, situation, edition)
    return _ask(book.stopped_seh if situation.in_seh else book.stopped_department, situation, edition)


def _ask(rules: tuple[Rule, ...], situation: Situation, edition: Edition) -> list[Reason]:
    return [reason for rule in rules if (reason := rule(situation, edition)) is not None]


def _situation(
    case: Case, department: Department, statuses: Mapping[Department, Status], arrival: datetime
) -> Situation:
    status = statuses[department]
    in_seh = department is SEH
    return Situation(
        patient=case.patient,
        triage=case.triage,
        site=case.site,
        needs=case.needs,
        now=case.now,
        arrival=arrival,
        department=department,
        status=status,
        state=case.states.get(department),
        statuses=statuses,
        relation=case.relation,
        en_route=case.en_route,
        consulted=case.consulted,
        in_seh=in_seh,
        stopped=status is RED or (in_seh and status is ORANGE),
    )
