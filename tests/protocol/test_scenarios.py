"""The scenarios of the protocol: each claims a class, and that a rule speaks or just does not."""

from collections import defaultdict
from importlib import import_module

import pytest

from advisor.protocol.rules.catalogue import RULE_BOOKS, Rule
from tests.protocol.scenario import Scenario, load

SCENARIOS = load()


def name_of(rule: Rule) -> str:
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"


def rule_named(name: str) -> Rule:
    module, _, function = name.partition(".")
    return getattr(import_module(f"advisor.protocol.rules.{module}"), function)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_scenario_has_its_class(scenario: Scenario) -> None:
    assert scenario.verdict().outcome == scenario.outcome


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_rule_of_the_scenario_speaks_or_is_silent(scenario: Scenario) -> None:
    rule = rule_named(scenario.rule)

    spoken = [rule(situation, edition) for situation, edition in scenario.situations()]

    assert any(spoken) is scenario.speaks


@pytest.mark.parametrize("scenario", [one for one in SCENARIOS if one.deciding], ids=str)
def test_deciding_reason_stands_first(scenario: Scenario) -> None:
    first = scenario.verdict().reasons[0]

    assert (first.rule, first.effect) == (scenario.deciding, scenario.outcome)


@pytest.mark.parametrize("scenario", [one for one in SCENARIOS if one.call], ids=str)
def test_call_goes_to_the_one_who_can_answer(scenario: Scenario) -> None:
    assert scenario.verdict().call == scenario.call


def test_every_rule_has_a_scenario_in_which_it_speaks_and_one_in_which_it_just_does_not() -> None:
    claims = defaultdict(set)
    for scenario in SCENARIOS:
        claims[scenario.rule].add(scenario.speaks)

    catalogue = {name_of(rule) for book in RULE_BOOKS.values() for rule in book.rules}

    assert {name for name in catalogue if claims[name] != {True, False}} == set()
    assert set(claims) <= catalogue


def test_scenario_titles_are_distinct() -> None:
    titles = [scenario.title for scenario in SCENARIOS]

    assert len(titles) == len(set(titles))
