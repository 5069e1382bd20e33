"""The words that the device puts in open places itself: classes, weekdays, people to phone, duties, passages."""

from collections.abc import Mapping

from advisor.protocol import wording_en, wording_nl
from advisor.protocol.explain import Language
from advisor.protocol.facts import Vocabulary
from advisor.protocol.model import Outcome

_VOCABULARIES: Mapping[Language, Vocabulary] = {Language.NL: wording_nl.WORDS, Language.EN: wording_en.WORDS}


def outcome_words(language: Language) -> Mapping[Outcome, str]:
    """Return the classes in words."""
    return _VOCABULARIES[language].outcomes


def weekday_words(language: Language) -> tuple[str, ...]:
    """Return the days of the week in short, Monday first."""
    return _VOCABULARIES[language].weekdays
