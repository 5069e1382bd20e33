"""A later document overrides single facts of a hospital and leaves the others alone."""

from datetime import time

import pytest

from advisor.hospitals.registry import Fact, parse_registry
from advisor.kernel import Capability, Department, Known, Position


def overridden(documents, text, hospital="veldstad"):
    return parse_registry({**documents, "operator.toml": text}).get_hospital(hospital)


def test_operator_fills_in_a_phone_number(documents):
    hospital = overridden(documents, '[override.veldstad.phones]\nseh_physician = "020 - 123 45 67"')

    assert hospital.phones == {"seh_physician": "020 - 123 45 67"}


def test_operator_verifies_one_capability_and_the_others_stay(documents):
    hospital = overridden(
        documents, '[sources]\nward = "Called."\n[override.veldstad.facilities]\nTHROMBECTOMY = ["yes", "ward"]'
    )

    assert hospital.facilities[Capability.THROMBECTOMY] == Fact(value=Known.YES, source="ward")
    assert hospital.facilities[Department.PCI] == Fact(value=Known.YES, source="visit")


def test_operator_fills_in_opening_hours_past_midnight(documents):
    text = '[override.veldstad]\nhours = { opens = "10:00", closes = "01:00", source = "visit" }'

    opening = overridden(documents, text).opening

    assert opening is not None
    assert (opening.opens, opening.closes) == (time(10), time(1))


def test_operator_records_that_a_site_no_longer_closes(documents):
    text = '[override.oeverdam]\nhours = { limited = false, source = "visit" }'

    hospital = overridden(documents, text, "oeverdam")

    assert (hospital.limited_hours, hospital.opening, hospital.sources["hours"]) == (False, None, "visit")


def test_operator_sets_the_entrance(documents):
    text = '[override.oeverdam]\nentrance = { lat = 52.201, lon = 5.199, source = "visit" }'

    assert overridden(documents, text, "oeverdam").entrance == Position(lat=52.201, lon=5.199)


def test_last_of_two_documents_wins(documents):
    documents["first.toml"] = '[override.veldstad.phones]\nSEH = "020 1111111"\nPCI = "020 3333333"'

    hospital = overridden(documents, '[override.veldstad.phones]\nSEH = "020 2222222"')

    assert hospital.phones == {"SEH": "020 2222222", "PCI": "020 3333333"}


def test_operator_fills_in_the_phone_of_a_meldkamer_region(documents):
    documents["operator.toml"] = '[override_mka."MKA Verzonnen"]\nphones = { mma = "+31 20 123 4567" }'

    assert parse_registry(documents).mkas["MKA Verzonnen"].phones == {"mma": "+31 20 123 4567"}


def test_override_changes_the_identity(documents):
    before = parse_registry(documents).identity
    documents["operator.toml"] = '[override.veldstad]\nnote = "Verbouwing aan de noordkant."'

    assert parse_registry(documents).identity != before


def test_later_document_may_add_a_hospital(documents):
    site = documents["sites.toml"].split("[[closed]]")[0].split("[[hospital]]")[2]
    documents["operator.toml"] = "[[hospital]]" + site.replace("oeverdam", "nieuwdam")

    assert [hospital.id for hospital in parse_registry(documents)] == ["nieuwdam", "oeverdam", "veldstad"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[override.nergens]\nnote = "x"', "operator.toml: override.nergens: no entry with id 'nergens' to override"),
        ('[override.veldstad]\nname = "x"', "operator.toml: override.veldstad.name: cannot be overridden"),
        ("[override]\nveldstad = 1", "operator.toml: override.veldstad: must be a table"),
        ("override = 1", "operator.toml: override: must be a table"),
        ('[override.veldstad.facilities]\nCTT = ["yes", "rumour"]', "CTT: source 'rumour' is not in [sources]"),
        (
            '[override.veldstad.facilities]\nCTT = ["ja", "visit"]',
            "(with operator.toml).facilities.CTT: 'ja' is not one of",
        ),
        ('[override.veldstad]\nfacilities = "all"', "facilities: must be a table"),
        ('[override_mka."MKA Nergens"]\ncomplete = true', "no entry with name 'MKA Nergens' to override"),
        ('[sources]\nplan = "Again."', "operator.toml: sources.plan: occurs twice"),
    ],
)
def test_wrong_override_is_named_with_its_document(text, message, documents, problems_of):
    documents["operator.toml"] = text

    assert any(message in problem for problem in problems_of(documents)), problems_of(documents)
