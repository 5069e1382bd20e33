"""What the rules say, with its sentences, as records in which only moments and names are left open."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import permutations

from advisor.kernel import Department, HospitalId
from advisor.protocol import wording_nl
from advisor.protocol.duties import duties_of
from advisor.protocol.explain import Language, headline, sentence
from advisor.protocol.model import Contact, Order, Outcome, Reason, Verdict
from advisor.protocol.not_encoded import judgement_of
from advisor.protocol.reasons import LIFTING, contact_for, say
from advisor.protocol.tables.explore import Term
from advisor.protocol.tables.instants import term_of
from advisor.protocol.tables.open_text import Opened, open_moments
from advisor.protocol.tables.words import outcome_words

Texts = tuple[str, str]
"""Dutch and English, with places left open; see `open_text`."""

FIRST, THEN = Outcome.DIVERT, Outcome.CLOSED
"""Two classes whose words are put in a sentence about a band, to be taken out again."""

_ORDER = Order(life_threat=False, facility_unknown=False, preferred=False, tie_s=0, far_s=0)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a rule can say: everything about it but its moments.

    `terms` names the moments; two things said are the same when record and moments are. `contact`: whom to phone when
    this decides a `consult`, and when it decides anything else. `duties` and `judgement` stand per outcome, in the
    order of the outcomes.
    """

    rule: str
    section: str
    effect: Outcome | None
    department: Department | None
    terms: tuple[Term, ...]
    sentence: Texts
    headline: Texts | None
    contact: tuple[Contact | None, Contact | None]
    duties: tuple[tuple[str, ...], ...]
    judgement: tuple[tuple[str, ...], ...]


class Sayings:
    """All records, numbered; `variants` of a note are its numbers with the effects `consult` and `welcome`."""

    def __init__(self) -> None:
        self.records: dict[Said, int] = {}
        self.variants: dict[int, tuple[int, int | None]] = {}
        self._rendered: dict[tuple[object, ...], Said] = {}

    def number(self, reason: Reason) -> int:
        """Return the number of what a rule said with named moments."""
        return self._number(self._record(reason))

    def number_note(self, note: Reason) -> int:
        """Return the number of a note, which may become the reason for a call or, when it lifts a stop, a welcome."""
        number = self.number(note)
        if number not in self.variants:
            called_for = self.number(replace(note, effect=Outcome.CONSULT))
            lifted = self.number(replace(note, effect=Outcome.WELCOME)) if note.rule in LIFTING else None
            self.variants[number] = (called_for, lifted)
        return number

    def number_band(self, reason: Reason) -> int:
        """Return the number of what decision PD-2 says when the ends of the band differ, both classes left open."""
        said = self._record(replace(reason, values={**reason.values, "early_outcome": FIRST, "late_outcome": THEN}))
        return self._number(
            replace(said, effect=None, sentence=_outcomes_out(said.sentence), headline=_band_line(said))
        )

    def _number(self, said: Said) -> int:
        return self.records.setdefault(said, len(self.records))

    def _record(self, reason: Reason) -> Said:
        key = (reason.rule, reason.effect, *((name, _plain(value)) for name, value in reason.values.items()))
        found = self._rendered.get(key)
        if found is None:
            found = self._rendered[key] = _record(reason)
        return found


def open_rows() -> dict[str, Texts]:
    """Return the words for every row of open departments that a patient can need, by their codes joined with "+"."""
    specific = [one for one in Department if one not in (Department.SEH, Department.SR)]
    kinds = [(one, Department.SR, Department.SEH) for one in specific]
    rows = {row for kind in kinds for count in range(1, len(kind) + 1) for row in permutations(kind, count)}
    return {"+".join(row): _open_row(row) for row in sorted(rows)}


def _open_row(row: tuple[Department, ...]) -> Texts:
    reasons = tuple(say("COL-1", Outcome.WELCOME, department=department) for department in row)
    return _headline(reasons, Outcome.WELCOME)


def _headline(reasons: tuple[Reason, ...], outcome: Outcome) -> Texts:
    verdict = Verdict(
        hospital=HospitalId(""), outcome=outcome, reasons=reasons, edition="", at_arrival={}, order=_ORDER
    )
    return headline(verdict, Language.NL), headline(verdict, Language.EN)


def _record(reason: Reason) -> Said:
    opened = open_moments(reason)
    department = reason.values.get("department")
    headed = reason.rule in wording_nl.HEADLINES
    return Said(
        rule=reason.rule,
        section=reason.section,
        effect=reason.effect,
        department=department if isinstance(department, Department) else None,
        terms=opened.terms,
        sentence=(_sentence(opened, Language.NL), _sentence(opened, Language.EN)),
        headline=(_line(opened, 0), _line(opened, 1)) if headed else None,
        contact=(contact_for(reason, Outcome.CONSULT), contact_for(reason, Outcome.WELCOME)),
        duties=tuple(_duties(reason, outcome) for outcome in Outcome),
        judgement=tuple(judgement_of(outcome, [reason]) for outcome in Outcome),
    )


def _sentence(opened: Opened, language: Language) -> str:
    return opened.leave_open(lambda reason: sentence(reason, language))


def _line(opened: Opened, language: int) -> str:
    return opened.leave_open(lambda reason: _headline((reason,), Outcome.DIVERT)[language])


def _duties(reason: Reason, outcome: Outcome) -> tuple[str, ...]:
    """Return the duties that follow from this reason alone, beside those that follow from the outcome."""
    call = Contact.MKA
    anyway = duties_of(outcome, (), call, departed=True)
    return tuple(duty for duty in duties_of(outcome, (reason,), call, departed=True) if duty not in anyway)


def _outcomes_out(texts: Texts) -> Texts:
    nl, en = texts
    return _words_out(nl, Language.NL), _words_out(en, Language.EN)


def _band_line(said: Said) -> Texts | None:
    return None if said.headline is None else _outcomes_out(said.headline)


def _words_out(text: str, language: Language) -> str:
    words = outcome_words(language)
    return text.replace(words[FIRST], "{first}").replace(words[THEN], "{then}")


def _plain(value: object) -> object:
    return term_of(value) if isinstance(value, datetime) else value
