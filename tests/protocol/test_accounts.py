"""Every rule of the sources is accounted for: by a rule, a figure, a behaviour, a duty, a measure or by people."""

import os
import re
import tomllib
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest

from advisor.kernel import Department
from advisor.protocol.duties import DUTIES
from advisor.protocol.escalation import MEASURES, Area, measures_for
from advisor.protocol.not_encoded import NOT_ENCODED
from advisor.protocol.reasons import SECTIONS
from advisor.protocol.rules.catalogue import RULE_BOOKS
from tests.protocol.test_scenarios import name_of, rule_named

ACCOUNTS = tomllib.loads((Path(__file__).parent / "accounts.toml").read_text(encoding="utf-8"))
RULES = Path(os.environ.get("UITWIJK_SHARED", "../shared")) / "protocol" / "RULES.md"
DOCUMENT = Path(__file__).parents[2] / "docs" / "PROTOCOL.md"
PEOPLE = {passage.code: passage for passage in NOT_ENCODED}
MEASURE = {measure.code: measure for measure in MEASURES}


def of_kind(kind: str) -> list[tuple[str, str]]:
    return [(rule, where) for rule, (found, where) in ACCOUNTS.items() if found == kind]


def ids_of_the_sources() -> set[str]:
    if not RULES.exists():
        pytest.skip(f"{RULES} is not there; set UITWIJK_SHARED to the folder that holds it")
    text = RULES.read_text(encoding="utf-8")
    in_tables = re.findall(r"^\| ([A-Z]{2,3}-\d+) \|", text, re.MULTILINE)
    ambiguities = re.findall(r"^\*\*(AMB-\d+)", text, re.MULTILINE)
    annex = re.findall(r"ESC-(?:0[a-d]|(?:SR|IN|DO|UIT)-\d+)", text)
    return {*in_tables, *ambiguities, *annex}


def test_every_rule_id_of_the_sources_is_accounted_for() -> None:
    assert ids_of_the_sources() - ACCOUNTS.keys() == set()


def test_no_account_is_of_a_rule_that_does_not_exist() -> None:
    assert ACCOUNTS.keys() - ids_of_the_sources() <= {"ESC-0"}


def test_kinds_are_known() -> None:
    assert {kind for kind, _ in ACCOUNTS.values()} == {
        "rule",
        "edition",
        "behaviour",
        "duty",
        "measure",
        "people",
        "source",
    }


@pytest.mark.parametrize(("rule", "where"), of_kind("rule"))
def test_rule_is_a_function_of_the_catalogue_that_names_it(rule: str, where: str) -> None:
    catalogue = {name_of(one) for book in RULE_BOOKS.values() for one in book.rules}

    assert where in catalogue
    assert rule in (rule_named(where).__doc__ or "")


def test_every_rule_function_names_the_rules_it_follows() -> None:
    functions = {one for book in RULE_BOOKS.values() for one in book.rules}

    assert {name_of(one) for one in functions if not re.search(r"[A-Z]{2,3}-\d+", one.__doc__ or "")} == set()


@pytest.mark.parametrize(("rule", "where"), of_kind("behaviour"))
def test_behaviour_is_where_it_is_said_to_be(rule: str, where: str) -> None:
    module, _, path = where.partition(":")
    found = import_module(module)

    for name in path.split("."):
        found = getattr(found, name)

    assert found is not None, rule


@pytest.mark.parametrize(("rule", "where"), of_kind("duty"))
def test_duty_names_its_rule(rule: str, where: str) -> None:
    assert rule in (*DUTIES[where].rules, "ESC-0")


@pytest.mark.parametrize(("rule", "where"), of_kind("people"))
def test_passage_left_to_people_names_its_rule(rule: str, where: str) -> None:
    assert rule in PEOPLE[where].rules


@pytest.mark.parametrize(("rule", "where"), of_kind("measure"))
def test_measure_names_its_rule(rule: str, where: str) -> None:
    assert MEASURE[where].rule == rule


@pytest.mark.parametrize(("rule", "where"), of_kind("edition"))
def test_figure_stands_in_the_dated_data(rule: str, where: str) -> None:
    text = (files("advisor.protocol") / "editions" / "nhfl-2.0.toml").read_text(encoding="utf-8")
    key = where.partition(" ")[0].partition(";")[0].partition(".")[0]

    assert re.search(rf"^\[?{key}\b", text, re.MULTILINE), rule


def test_every_reason_that_can_be_given_is_an_accounted_rule() -> None:
    assert SECTIONS.keys() <= ACCOUNTS.keys()


def test_every_rule_id_stands_in_the_document() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert {rule for rule in ACCOUNTS if not re.search(rf"\b{rule}\b", text)} == set()


def test_every_passage_left_to_people_stands_in_the_document() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert {passage.code for passage in NOT_ENCODED if passage.nl not in text} == set()


def test_only_the_seh_and_the_shockroom_have_a_checklist() -> None:
    assert {measure.area for measure in measures_for(Department.SR)} == {Area.SHOCKROOM}
    assert {measure.area for measure in measures_for(Department.SEH)} == {Area.INFLOW, Area.THROUGHPUT, Area.OUTFLOW}
    assert [len(measures_for(one)) for one in (Department.SR, Department.SEH, Department.PCI)] == [3, 24, 0]


def test_measures_have_distinct_codes_and_both_languages() -> None:
    assert len(MEASURE) == len(MEASURES)
    assert all(measure.nl.endswith(".") and measure.en.endswith(".") for measure in MEASURES)
