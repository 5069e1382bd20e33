"""Hospitals are found by what a person types."""

import pytest

from advisor.hospitals.registry import parse_registry
from advisor.hospitals.search import search


@pytest.fixture
def registry(documents):
    return parse_registry(documents)


def ids(hospitals):
    return [hospital.id for hospital in hospitals]


@pytest.mark.parametrize("query", ["veldstad", "VELDSTAD", "  veldstad mc ", "Veldstad, MC!", "veld", "mc veldstad"])
def test_case_order_and_punctuation_do_not_count(query, registry):
    assert ids(search(registry, query)) == ["veldstad"]


@pytest.mark.parametrize("query", ["academie", "ACADÉMIE", "acadé"])
def test_accents_do_not_count(query, registry):
    assert ids(search(registry, query)) == ["veldstad"]


@pytest.mark.parametrize("query", ["4321BA", "4321 ba", "4321"])
def test_postcode_finds_the_site(query, registry):
    assert ids(search(registry, query)) == ["oeverdam"]


def test_every_word_must_fit(registry):
    assert search(registry, "veldstad oeverdam") == ()


@pytest.mark.parametrize("query", ["", "   ", "?!", "zzz"])
def test_nothing_is_found_without_a_fitting_word(query, registry):
    assert search(registry, query) == ()


@pytest.mark.parametrize("query", ["SEH Oeverdam", "ziekenhuis Oeverdam", "het ziekenhuis te Oeverdam"])
def test_filler_words_do_not_hinder(query, registry):
    assert ids(search(registry, query)) == ["oeverdam"]


def test_exact_name_stands_before_a_name_that_begins_with_it(documents):
    documents["sites.toml"] = documents["sites.toml"].replace('name = "Veldstad MC"', 'name = "Oeverdam Aan Zee"')

    assert ids(search(parse_registry(documents), "oeverdam")) == ["oeverdam", "veldstad"]
