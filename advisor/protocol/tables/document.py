"""All tables of all editions in JSON terms, with everything that the device fills in beside them."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from advisor.kernel import AMSTERDAM, Capability, HospitalId
from advisor.protocol.dated import Edition
from advisor.protocol.decide import carefullest
from advisor.protocol.duties import duties_of
from advisor.protocol.edition import Editions, NoEditionForDate
from advisor.protocol.explain import Language, contact_name, duty_sentence, judgement_sentence
from advisor.protocol.model import Contact, Outcome, Site
from advisor.protocol.reasons import say
from advisor.protocol.tables.compiler import Compiler, Needed, band_reason
from advisor.protocol.tables.recorded_facts import ANY_REASON, REASONS
from advisor.protocol.tables.regions import region_kinds, stopped_subregion
from advisor.protocol.tables.spoken import Said, open_rows
from advisor.protocol.tables.words import outcome_words, weekday_words

Json = Any
VERSION = 1
YEARS = range(2020, 2046)
"""Years of which the clock changes are told."""


def tables_document(editions: Editions) -> dict[str, Json]:
    """Compile all editions into one document, which holds for every hospital, board and moment.

    Takes some seconds of processor time; the same editions always give the same document.

    Raises
    ------
    Untraceable, Unreadable
        When a rule does with a moment what a table cannot say.
    """
    compiler = Compiler()
    listed = (editions.national, *editions.regional)
    compiled = [_edition(edition, compiler) for edition in listed]
    no_boundary = compiler.sayings.number_band(band_reason({}))
    preferred = {
        one.value: compiler.sayings.number(say("PD-3", None, facility=one))
        for one in (Capability.BURNS, Capability.CHILD)
    }
    return {
        "version": VERSION,
        "editions": compiled,
        "speaking": _speaking(editions, [edition.id for edition in listed]),
        **_forest(compiler),
        "said": [_said(said) for said in compiler.sayings.records],
        "variants": {str(number): list(both) for number, both in compiler.sayings.variants.items()},
        "no_boundary": no_boundary,
        "preferred": preferred,
        "rows": open_rows(),
        "reasons": {"told_apart": [one for one in REASONS if one], "any": ANY_REASON},
        "region_kinds": region_kinds(editions.national),
        "stopped_subregion": stopped_subregion(editions.national),
        "outcomes": list(Outcome),
        "carefullest": _carefullest(),
        "duties": _duties(),
        "words": {language.value: _words(language, compiler.sayings.records) for language in Language},
        "zone": _zone(),
    }


def _edition(edition: Edition, compiler: Compiler) -> dict[str, Json]:
    return {
        "id": edition.id,
        "label": edition.label,
        "label_en": edition.label_en,
        "freshness_s": edition.freshness_min * 60,
        "tie_s": edition.tie_s,
        "far_s": edition.far_s,
        "prefers": {
            suspicion.value: [demand.prefers, edition.transport_limit_min(demand.prefers)]
            for suspicion, demand in edition.demands.items()
            if demand.prefers
        },
        "tables": asdict(compiler.compile(edition)),
    }


def _speaking(editions: Editions, order: list[str]) -> dict[str, Json]:
    """Return per protocol from when (ms) which edition speaks, by its place; `None` where none does."""
    protocols: dict[str, list[datetime]] = {"": []}
    for edition in editions.regional:
        bounds = protocols.setdefault(edition.protocol, [])
        if edition.valid is not None:
            bounds += [bound for bound in (edition.valid.start, edition.valid.end) if bound is not None]
    always = datetime(1970, 1, 1, tzinfo=UTC)
    return {
        protocol: [[_ms(bound), _speaks(editions, protocol, bound, order)] for bound in sorted({always, *bounds})]
        for protocol, bounds in protocols.items()
    }


def _speaks(editions: Editions, protocol: str, at: datetime, order: list[str]) -> int | None:
    site = Site(id=HospitalId(""), name="", protocol=protocol, mka="", subregion="", facilities={})
    try:
        return order.index(editions.speaking_for(site, at).id)
    except NoEditionForDate:
        return None


def _forest(compiler: Compiler) -> dict[str, Json]:
    """Return questions, nodes and leaves; a node is a question and, for each answer, a place or `-1 - leaf`."""
    forest = compiler.forest
    places, place = [], 0
    for node in forest.nodes:
        places.append(place)
        place += len(node)
    flat = [
        number if at == 0 or number < 0 else places[number] for node in forest.nodes for at, number in enumerate(node)
    ]
    return {
        "questions": list(forest.questions),
        "nodes": flat,
        "roots": places,
        "leaves": list(map(_leaf, forest.leaves)),
    }


def _leaf(leaf: Hashable) -> Json:
    return asdict(leaf) if isinstance(leaf, Needed) else leaf


def _said(said: Said) -> dict[str, Json]:
    return {
        "rule": said.rule,
        "section": said.section,
        "effect": said.effect,
        "department": said.department,
        "terms": said.terms,
        "text": said.sentence,
        "headline": said.headline,
        "contact": said.contact,
        "duties": {outcome: codes for outcome, codes in zip(Outcome, said.duties, strict=True) if codes},
        "judgement": {outcome: codes for outcome, codes in zip(Outcome, said.judgement, strict=True) if codes},
    }


def _carefullest() -> dict[str, Json]:
    """Return the class that stands for several: by the first, then by the others, joined with "+"."""
    table: dict[str, dict[str, str]] = {}
    for first in Outcome:
        others = [one for one in Outcome if one is not first]
        for count in range(len(others) + 1):
            for rest in combinations(others, count):
                table.setdefault(first, {})["+".join(rest)] = carefullest((first, *rest))
    return table


def _duties() -> dict[str, Json]:
    """Return what follows from class and call alone: first of all, and last of all before a departure."""
    calls: Sequence[Contact | None] = (None, *Contact)
    first = {
        outcome: {call or "": duties_of(outcome, (), call, departed=True) for call in calls} for outcome in Outcome
    }
    return {
        "first": first,
        "last": {
            outcome: [one for one in duties_of(outcome, (), None, departed=False) if one not in first[outcome][""]]
            for outcome in Outcome
        },
    }


def _words(language: Language, records: Mapping[Said, int]) -> dict[str, Json]:
    duties = {code for said in records for codes in said.duties for code in codes}
    for outcome in Outcome:
        for call in Contact:
            duties.update(duties_of(outcome, (), call, departed=False))
    judgement = {code for said in records for codes in said.judgement for code in codes}
    return {
        "outcomes": outcome_words(language),
        "weekdays": weekday_words(language),
        "contacts": {contact: contact_name(contact, language) for contact in Contact},
        "duties": {code: duty_sentence(code, language) for code in sorted(duties)},
        "judgement": {code: judgement_sentence(code, language) for code in sorted(judgement)},
    }


def _zone() -> list[list[int]]:
    """Return from when (ms) the clock of Europe/Amsterdam is how far (ms) ahead of UTC."""
    changes = [[0, _offset_ms(datetime(YEARS[0], 1, 1, tzinfo=UTC))]]
    for year in YEARS:
        for month in range(1, 13):
            for day in range(1, 32 if month in (3, 10) else 1):
                at = datetime(year, month, day, 1, tzinfo=UTC)
                if _offset_ms(at) != changes[-1][1]:
                    changes.append([_ms(at), _offset_ms(at)])
    return changes


def _offset_ms(at: datetime) -> int:
    offset = at.astimezone(AMSTERDAM).utcoffset()
    return 0 if offset is None else int(offset.total_seconds() * 1000)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
