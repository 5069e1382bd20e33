"""Find hospitals by what a person types: a name, a city, an id or a postcode."""

import re
import unicodedata

from advisor.hospitals.model import Hospital
from advisor.hospitals.registry import Registry

# Words that say nothing about which hospital is meant.
_FILLERS = frozenset({"seh", "ziekenhuis", "hospital", "locatie", "de", "het", "te", "in"})


def search(registry: Registry, query: str) -> tuple[Hospital, ...]:
    """Give the hospitals in which every typed word begins a word of name, city, id, postcode or other name.

    Accents, case and punctuation do not count. Best first: the words are exactly its id or name; they are
    exactly its city; more of them are whole words; then by name. A query without a word finds nothing.
    """
    typed = _words(query)
    if not typed:
        return ()
    scored = [(score, hospital.name, hospital) for hospital in registry if (score := _score(hospital, typed))]
    return tuple(hospital for *_, hospital in sorted(scored, key=lambda found: (-found[0], found[1])))


def _score(hospital: Hospital, typed: list[str]) -> int:
    words = [word for word in typed if word not in _FILLERS] or typed
    name, city, identity = _words(hospital.name), _words(hospital.city), _words(hospital.id)
    others = [word for other in hospital.also for word in _words(other)]
    all_words = {
        *name,
        *city,
        *identity,
        *others,
        *_words(hospital.postcode),
        hospital.postcode.replace(" ", "").lower(),
    }
    if not all(any(candidate.startswith(word) for candidate in all_words) for word in words):
        return 0
    exact = 400 if typed in (name, identity) else 200 if words == city else 0
    return 1 + exact + sum(word in all_words for word in words)


def _words(text: str) -> list[str]:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return re.findall(r"[a-z0-9]+", plain.casefold())
