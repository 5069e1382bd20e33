"""From bare reasons to plain Dutch and English; decides nothing."""

from enum import StrEnum
from types import ModuleType

from advisor.kernel import Department
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
    headlines = _WORDING[language].HEADLINES
    write = headlines.get(deciding.rule)
    line = str(write(_facts(deciding, language))) if write else sentence(deciding, language)
    open_too = _open_beside(verdict) if verdict.outcome in _LEADS_HERE else []
    if not open_too:
        return line
    names = _facts(deciding, language).enumerate(open_too)
    if deciding.rule == "COL-1":
        own = deciding.values.get("department", Department.SEH)
        return f"{_facts(deciding, language).enumerate([str(own), *open_too])} open."
    return f"{line} {names} open."


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


def _open_beside(verdict: Verdict) -> list[str]:
    """Return the specific departments that are open and did not decide themselves."""
    deciding = verdict.reasons[0]
    return [
        str(reason.values["department"])
        for reason in verdict.reasons[1:]
        if reason.rule == "COL-1"
        and reason.values["department"] is not deciding.values.get("department")
        and (deciding.rule == "COL-1" or reason.values["department"] is not Department.SEH)
    ]


def _facts(reason: Reason, language: Language) -> Facts:
    return Facts(reason.values, _WORDING[language].WORDS, reason.effect)
