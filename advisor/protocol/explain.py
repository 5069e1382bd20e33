"""From bare reasons to plain Dutch and English; decides nothing."""

from enum import StrEnum
from types import ModuleType

from advisor.kernel import Department, Status
from advisor.protocol import wording_en, wording_nl
from advisor.protocol.facts import Facts
from advisor.protocol.model import Contact, Outcome, Reason, StopReason, Verdict
from advisor.protocol.not_encoded import NOT_ENCODED
from advisor.protocol.wording_duties import CONTACTS, DUTIES, STOP_REASONS


class Language(StrEnum):
    """The languages that people read."""

    NL = "nl"
    EN = "en"


_WORDING: dict[Language, ModuleType] = {Language.NL: wording_nl, Language.EN: wording_en}
_LEADS_HERE = frozenset({Outcome.WELCOME, Outcome.WELCOME_EXCEPTION, Outcome.CONSULT})
_PASSAGES = {passage.code: passage for passage in NOT_ENCODED}


def sentence(reason: Reason, language: Language) -> str:
    """Return one plain sentence for a reason, with numbers and times filled in."""
    return str(_WORDING[language].SENTENCES[reason.rule](_facts(reason, language)))


def headline(verdict: Verdict, language: Language) -> str:
    """Return one line for the row of a hospital: what decided, and which other needed departments are open."""
    deciding = verdict.reasons[0]
    line = str(_WORDING[language].HEADLINES[deciding.rule](_facts(deciding, language)))
    names = _facts(deciding, language).enumerate(_open_departments(verdict))
    if deciding.rule == "COL-1":
        return f"{names} open."
    return f"{line} {names} open." if names else line


def contact_name(contact: Contact, language: Language) -> str:
    """Return whom to phone, in words."""
    return CONTACTS[language.value][contact]


def duty_sentence(code: str, language: Language) -> str:
    """Return what somebody must do, as one sentence."""
    return DUTIES[language.value][code]


def judgement_sentence(code: str, language: Language) -> str:
    """Return a passage that is left to people's own judgement, as one sentence."""
    passage = _PASSAGES[code]
    return passage.nl if language is Language.NL else passage.en


def stop_reason_name(reason: StopReason, language: Language) -> str:
    """Return a reason of the menu, in words."""
    return STOP_REASONS[language.value][reason]


def status_name(status: Status, language: Language) -> str:
    """Return a status, in a word or two."""
    return str(_WORDING[language].WORDS.statuses[status])


def outcome_name(outcome: Outcome, language: Language) -> str:
    """Return a class of the advice, in a word or two."""
    return str(_WORDING[language].WORDS.outcomes[outcome])


def _open_departments(verdict: Verdict) -> list[str]:
    """Return the open departments worth a word: the specific ones beside what decided, all when they decided."""
    if verdict.outcome not in _LEADS_HERE:
        return []
    deciding = verdict.reasons[0]
    unworthy = set() if deciding.rule == "COL-1" else {Department.SEH, deciding.values.get("department")}
    departments = [reason.values["department"] for reason in verdict.reasons if reason.rule == "COL-1"]
    return [str(one) for one in departments if one not in unworthy]


def _facts(reason: Reason, language: Language) -> Facts:
    return Facts(reason.values, _WORDING[language].WORDS, reason.effect)
