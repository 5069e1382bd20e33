"""The sentences and the truth table, in text files that a medical owner can read and sign.

`UPDATE_GOLDEN=1` writes the files anew; their difference is part of the review.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

import pytest

from advisor.kernel import AMSTERDAM, Department, HospitalId, Status
from advisor.protocol import wording_en, wording_nl
from advisor.protocol.explain import (
    Language,
    contact_name,
    duty_sentence,
    headline,
    judgement_sentence,
    sentence,
    stop_reason_name,
)
from advisor.protocol.model import (
    Answer,
    Contact,
    Origin,
    Patient,
    Reason,
    Stability,
    StopReason,
    Suspicion,
    TreatmentRelation,
)
from advisor.protocol.reasons import SECTIONS, say
from advisor.protocol.wording_duties import CONTACTS, STOP_REASONS
from tests.protocol.golden_files import check_golden
from tests.protocol.hospitals import EVERYTHING, LINDE, NOW, arriving, linde, open_state, stopped, verdict_of
from tests.protocol.scenario import Scenario, load


def test_sentences_are_the_signed_ones() -> None:
    spoken: dict[tuple[str, str], str] = {}
    for scenario in load():
        for reason in scenario.verdict().reasons:
            spoken.setdefault((reason.rule, sentence(reason, Language.NL)), sentence(reason, Language.EN))
    lines = []
    for (rule, dutch), english in sorted(spoken.items()):
        lines += [f"{rule} [{SECTIONS[rule]}]", f"  {dutch}", f"  {english}"]

    check_golden("sentences.txt", lines)


def test_headlines_are_the_signed_ones() -> None:
    lines = []
    for scenario in load():
        verdict = scenario.verdict()
        lines += [
            f"{scenario.title}  ->  {verdict.outcome}",
            f"  {headline(verdict, Language.NL)}",
            f"  {headline(verdict, Language.EN)}",
        ]

    check_golden("headlines.txt", lines)


def test_every_rule_says_the_signed_facts() -> None:
    lines = []
    for scenario in load():
        verdict = scenario.verdict()
        lines.append(f"{scenario.title}  ->  {verdict.outcome}, call {verdict.call or '-'}, {verdict.edition}")
        lines += [f"  {told(reason)}" for reason in verdict.reasons]

    check_golden("verdicts.txt", lines)


def told(reason: Reason) -> str:
    facts = ", ".join(f"{name} {plain(value)}" for name, value in sorted(reason.values.items()) if name != "now")
    return f"{reason.rule} [{reason.section}] {reason.effect or 'informs'}: {facts}"


def plain(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(AMSTERDAM):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, tuple):
        return "+".join(str(one) for one in value)
    return str(value)


@pytest.mark.parametrize("scenario", load(), ids=str)
def test_every_reason_with_a_moment_knows_what_day_it_is(scenario: Scenario) -> None:
    for reason in scenario.verdict().reasons:
        moments = [value for value in reason.values.values() if isinstance(value, datetime)]
        assert not moments or reason.values["now"] == scenario.now


ORIGINS = {
    "112": (Origin.EMERGENCY_CALL, None),
    "huisarts": (Origin.GP, None),
    "al hier": (Origin.INTERNAL, LINDE),
    "ander ziekenhuis": (Origin.INTERNAL, HospitalId("de-wilg")),
    "zelfverwijzer": (Origin.SELF, None),
    "overplaatsing": (Origin.TRANSFER, None),
}
RELATIONS = {
    "geen": TreatmentRelation(),
    "bekend, verwant": TreatmentRelation(active=Answer.YES, related=Answer.YES),
    "bekend, anders": TreatmentRelation(active=Answer.YES, related=Answer.NO),
    "verwant twijfel": TreatmentRelation(active=Answer.YES, related=Answer.DOUBT),
    "twijfel": TreatmentRelation(active=Answer.DOUBT),
}
SEH = {
    "open": open_state(),
    "oranje": stopped(Status.ORANGE),
    "rood": stopped(),
    "calamiteit": stopped(Status.CALAMITY),
    "grijs": open_state(status=Status.GREY),
    "onbekend": open_state(status=Status.UNKNOWN),
}
NEEDED = {
    "open": open_state(),
    "rood": stopped(),
    "technisch": stopped(reason=StopReason.TECHNICAL),
    "rooster": stopped(reason=StopReason.ROSTER),
    "onbekend": open_state(status=Status.UNKNOWN),
}
DEPARTMENTS = {
    Suspicion.STEMI: Department.PCI,
    Suspicion.STROKE: Department.CTT,
    Suspicion.SEVERE_TRAUMA: Department.SR,
    Suspicion.CARDIAC: Department.EHLH,
    Suspicion.CCU: Department.CCU,
}


def rows_by_origin(protocol: str) -> Iterator[list[str]]:
    for abcd, (origin_name, (origin, inside)), (relation_name, relation) in product(
        Stability, ORIGINS.items(), RELATIONS.items()
    ):
        patient = Patient(abcd=abcd, origin=origin, inside=inside, relation={LINDE: relation})
        site = linde(protocol=protocol)
        yield [abcd, origin_name, relation_name, *(cell(patient, {Department.SEH: seh}, site) for seh in SEH.values())]


def rows_by_department(protocol: str) -> Iterator[list[str]]:
    site = linde(protocol=protocol, facilities=EVERYTHING)
    for (suspicion, department), abcd, (needed_name, needed) in product(DEPARTMENTS.items(), Stability, NEEDED.items()):
        if needed_name == "rooster" and department is not Department.PCI:
            continue
        patient = Patient(abcd=abcd, suspicion=suspicion)
        cells = [cell(patient, {department: needed, Department.SEH: seh}, site) for seh in SEH.values()]
        yield [abcd, suspicion, f"{department} {needed_name}", *cells]


def cell(patient: Patient, states: dict, site) -> str:
    verdict = verdict_of(patient, states, site)
    return f"{verdict.outcome} {verdict.reasons[0].rule}"


def table(title: str, heads: list[str], rows: Iterator[list[str]]) -> list[str]:
    cells = [heads, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return [title, "", *lines, ""]


def test_truth_table_is_the_signed_one() -> None:
    seh = [f"SEH {name}" for name in SEH]
    lines = []
    for protocol, name in (("nhfl", "Stopprotocol NH/FL v2.0"), ("", "Landelijke afspraken")):
        by_origin = ["abcd", "herkomst", "behandelrelatie", *seh]
        by_department = ["abcd", "verdenking", "afdeling", *seh]
        lines += table(f"{name}: algemene patiënt", by_origin, rows_by_origin(protocol))
        lines += table(f"{name}: patiënt met een afdeling, 112", by_department, rows_by_department(protocol))

    check_golden("truth_table.txt", lines)


NEVER_DECIDE = {"RX-5", "NAT-6", "AMB-23", "PD-3", "PD-4"}
"""Reasons that inform and never argue for a class."""


def test_every_rule_that_can_speak_has_a_sentence_in_both_languages() -> None:
    assert wording_nl.SENTENCES.keys() == wording_en.SENTENCES.keys() == SECTIONS.keys()
    assert wording_nl.HEADLINES.keys() == wording_en.HEADLINES.keys()
    assert SECTIONS.keys() - wording_nl.HEADLINES.keys() == NEVER_DECIDE


@pytest.mark.parametrize("language", Language)
def test_every_contact_and_reason_has_a_name(language: Language) -> None:
    assert {contact for contact in Contact if contact_name(contact, language)} == set(Contact)
    assert {reason for reason in StopReason if stop_reason_name(reason, language)} == set(StopReason)
    assert CONTACTS[language.value].keys() == set(Contact)
    assert STOP_REASONS[language.value].keys() == set(StopReason)


def test_reasons_of_the_menu_keep_their_own_words_in_dutch() -> None:
    assert all(stop_reason_name(reason, Language.NL) == reason.value for reason in StopReason)


def test_row_says_until_when_why_and_what_is_open() -> None:
    unstable_stemi = Patient(abcd=Stability.UNSTABLE, suspicion=Suspicion.STEMI)

    verdict = verdict_of(unstable_stemi, {Department.SEH: stopped(until=NOW + timedelta(minutes=160))})

    assert headline(verdict, Language.NL) == ("SEH rood tot 14:40, maar instabiel voor de shockroom. PCI en SR open.")
    assert headline(verdict, Language.EN) == "SEH red until 14:40, but unstable for the shockroom. PCI and SR open."


def test_band_names_the_boundary_and_both_moments() -> None:
    stop = stopped(until=NOW + timedelta(minutes=160))
    verdict = verdict_of(Patient(abcd=Stability.STABLE), {Department.SEH: stop}, arrival=arriving(160, band_s=240))

    assert sentence(verdict.reasons[0], Language.NL) == (
        "SEH rood tot 14:40, u bent er tussen 14:36 en 14:44: eerst uitwijken, later overleggen."
    )


def test_moment_on_another_day_names_the_day() -> None:
    reason = say("RED-1", None, department=Department.SEH, status=Status.RED, until=NOW + timedelta(days=1), now=NOW)

    assert sentence(reason, Language.NL) == "De SEH heeft een rode stop tot wo 4-2 12:00: ambulances wijken uit."
    assert sentence(reason, Language.EN) == "The SEH has a red stop until Wed 4-2 12:00: ambulances go elsewhere."


def test_moment_is_told_on_the_local_clock_in_summer_too() -> None:
    summer = NOW + timedelta(days=150)
    reason = say("RED-1", None, department=Department.SEH, status=Status.RED, until=summer, now=summer)

    assert sentence(reason, Language.NL) == "De SEH heeft een rode stop tot 13:00: ambulances wijken uit."


def test_boundary_of_the_grace_is_told_to_the_second() -> None:
    reason = say(
        "AMB-01",
        None,
        department=Department.SEH,
        declared_at=NOW,
        grace_end=NOW + timedelta(minutes=20),
        arrival=NOW + timedelta(minutes=20, seconds=1),
        announced=True,
        in_time=False,
        now=NOW,
    )

    assert "komt om 12:20:01 aan, na de 20 minuten (tot 12:20)" in sentence(reason, Language.NL)


def test_facilities_are_enumerated() -> None:
    reason = Reason(
        rule="LAP-1", section="3.1", effect=None, values={"facilities": (Department.PCI, Department.SR, Department.CCU)}
    )

    assert sentence(reason, Language.NL) == "Dit ziekenhuis heeft niet wat nodig is: PCI, een shockroom en een CCU."


def test_stop_without_an_end_is_told_without_an_end() -> None:
    verdict = verdict_of(Patient(abcd=Stability.STABLE), {Department.SEH: stopped(until=None)})

    assert headline(verdict, Language.NL) == "SEH rood: uitwijken."


def test_duties_and_judgements_have_sentences() -> None:
    assert duty_sentence("nurse_decides", Language.NL) == "U kiest de bestemming; dit advies houdt niets tegen."
    assert judgement_sentence("best_choice", Language.EN).startswith("You choose the destination")
    assert judgement_sentence("best_choice", Language.NL).startswith("U bepaalt de bestemming")
