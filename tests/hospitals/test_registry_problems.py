"""A registry with errors is refused, and every error is named."""

import re

import pytest

from advisor.hospitals.registry import parse_registry
from advisor.kernel import InvalidInput

MISTAKES = {
    "misspelt facility": ('PCI = ["yes", "visit"]', 'PIC = ["yes", "visit"]', "veldstad.facilities.PIC: unknown field"),
    "value that is not yes, no or unknown": (
        'PCI = ["yes"',
        'PCI = ["maybe"',
        "PCI: 'maybe' is not one of no, unknown, yes",
    ),
    "facility without a source": ('PCI = ["yes", "visit"]', 'PCI = ["yes"]', "facilities.PCI: has no source"),
    "facility with an empty source": ('PCI = ["yes", "visit"]', 'PCI = ["yes", ""]', "facilities.PCI: has no source"),
    "source that is not explained": (
        'PCI = ["yes", "visit"]',
        'PCI = ["yes", "gossip"]',
        "source 'gossip' is not in [sources]",
    ),
    "fact that is no pair": ('PCI = ["yes", "visit"]', "PCI = true", "facilities.PCI: must be [value, source]"),
    "facility about which nothing is said": ('PCI = ["yes", "visit"]', "", "facilities.PCI: no fact given"),
    "facilities that are no table": (
        '[hospital.facilities]\nSEH = ["yes", "plan"]\nPCI = ["unknown", "plan"]',
        "facilities = 3",
        "oeverdam.facilities: must be a table",
    ),
    "level-1 centre without SEH": (
        'SEH = ["yes", "plan"]\nPCI = ["yes"',
        'SEH = ["no", "plan"]\nPCI = ["yes"',
        "LEVEL1: a level-1",
    ),
    "hospital without SEH": (
        'SEH = ["yes", "plan"]\nPCI = ["unknown"',
        'SEH = ["no", "plan"]\nPCI = ["unknown"',
        "SEH: is no",
    ),
    "id that is no slug": ('id = "veldstad"', 'id = "Veld stad"', "'Veld stad' must look like: small letters"),
    "missing id": ('id = "veldstad"', "", "hospital 1.id: is missing"),
    "missing name": ('name = "Veldstad MC"', "", "veldstad.name: is missing"),
    "blank name": ('name = "Veldstad MC"', 'name = " "', "veldstad.name: must not be empty"),
    "number for a name": ('name = "Veldstad MC"', "name = 7", "veldstad.name: must be a text"),
    "misspelt field": ('city = "Oeverdam"', 'town = "Oeverdam"', "oeverdam.town: unknown field"),
    "postcode without a space": ('"4321 BA"', '"4321BA"', "'4321BA' must look like: 1234 AB"),
    "other names that are no list": (
        'also = ["Académie"]',
        'also = "Académie"',
        "veldstad.also: must be a list of texts",
    ),
    "unknown safety region": ('veiligheidsregio = "VR01"', 'veiligheidsregio = "VR99"', "'VR99' is not one of VR01"),
    "unknown ROAZ region": ('roaz = ["Verzinregio"', 'roaz = ["Elders"', "roaz: 'Elders' is not one of Verzinregio"),
    "unknown meldkamer region": (
        'mka = ["MKA Verzonnen"',
        'mka = ["MKA Nergens"',
        "mka: 'MKA Nergens' is not one of MKA Verzonnen",
    ),
    "unknown subregion": ('subregion = "Noord"', 'subregion = "West"', "subregion: 'West' is not one of Noord, Zuid"),
    "meldkamer region without subregion": (
        'subregion = "Noord"',
        "",
        "subregion: is missing: MKA Verzonnen is divided into",
    ),
    "subregion without meldkamer region": ('mka = ["MKA Verzonnen", "plan"]', "", "subregion: is given without an mka"),
    "regional protocol without meldkamer region": ('mka = ["MKA Verzonnen", "plan"]', "", "mka: is missing: a site of"),
    "unknown protocol": ('protocol = "nhfl"', 'protocol = "elders"', "protocol: 'elders' is not one of nhfl"),
    "unknown policy": (
        'subregion = "Noord"',
        'subregion = "Noord"\npolicy = ["often", "plan"]',
        "policy: 'often' is not one of",
    ),
    "position in Germany": (
        "lon = 5.20000",
        "lon = 7.90000",
        "lat 52.2, lon 7.9 lies outside the Netherlands",
    ),
    "latitude and longitude exchanged": (
        "lat = 52.20000, lon = 5.20000",
        "lat = 5.2, lon = 52.2",
        "lies outside the Netherlands",
    ),
    "position that is not a number": ("lat = 52.20000", "lat = nan", "lies outside the Netherlands"),
    "position in words": ("lat = 52.20000", 'lat = "north"', "position: lat and lon must be numbers"),
    "position without source": (
        ', lon = 5.20000, source = "plan"',
        ", lon = 5.2",
        "oeverdam.position.source: has no source",
    ),
    "missing position": (
        'position = { lat = 52.20000, lon = 5.20000, source = "plan" }',
        "",
        "oeverdam.position: is missing",
    ),
    "entrance far from the site": ("lat = 52.10100", "lat = 52.15000", "the limit is 2000 m"),
    "opening time that does not exist": (
        'opens = "08:00"',
        'opens = "24:00"',
        "opens: '24:00' must be a time of the day as HH:MM",
    ),
    "opening time in words": (
        'closes = "22:30"',
        'closes = "half elf"',
        "closes: 'half elf' must be a time of the day",
    ),
    "opening time that is no text": ('closes = "22:30"', "closes = 22", "oeverdam.hours.closes: must be a text"),
    "opening without closing": (', closes = "22:30"', "", "oeverdam.hours.closes: is missing"),
    "closing at the opening time": ('closes = "22:30"', 'closes = "08:00"', "hours.closes: equals opens"),
    "times for a site that never closes": (
        'opens = "08:00"',
        'limited = false, opens = "08:00"',
        "limited: is false, but",
    ),
    "hours without source": (
        ', closes = "22:30", source = "visit"',
        ', closes = "22:30"',
        "oeverdam.hours.source: has no source",
    ),
    "hospital twice": ('id = "oeverdam"', 'id = "veldstad"', "id 'veldstad' occurs twice"),
    "phone number that is none": (
        'subregion = "Noord"',
        'subregion = "Noord"\nphones = { SEH = "112" }',
        "'112' is not a Dutch phone",
    ),
    "phone of an unknown role": (
        'subregion = "Noord"',
        'subregion = "Noord"\nphones = { boss = "020 1234567" }',
        "boss: unknown field",
    ),
    "closed site without a reason": ('reason = "Gesloten."', "", "Het Oude Huis.reason: is missing"),
    "closed sites that are no list": ("[[closed]]", "[closed]", "sites.toml: closed: must be a list"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_in_a_site_is_named(mistake, documents, problems_of):
    right, wrong, message = MISTAKES[mistake]
    assert right in documents["sites.toml"]
    documents["sites.toml"] = documents["sites.toml"].replace(right, wrong, 1)

    assert any(message in problem for problem in problems_of(documents)), problems_of(documents)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('plan = "Drawn up for these tests."', 'plan = ""', "sources.plan: must be a text that is not empty"),
        ('roaz = ["Verzinregio"]', 'roaz = ["Verzinregio", "Verzinregio"]', "'Verzinregio' occurs twice"),
        ('roaz = ["Verzinregio"]', "roaz = 5", "regions.toml: roaz: must be a list of texts"),
        ('subregions = ["Noord", "Zuid"]', "subregions = []", "MKA Verzonnen.subregions: names no subregion"),
        ("complete = true", 'complete = "yes"', "MKA Verzonnen.complete: must be true or false"),
        ("complete = true", "", "MKA Verzonnen.complete: is missing"),
        ('policy = ["lpz", "plan"]', "", "defaults.policy: is missing"),
        ('protocols = ["nhfl"]', 'protocols = ["nhfl"]\ncolour = "red"', "regions.toml: colour: unknown field"),
    ],
)
def test_mistake_in_the_names_is_named(right, wrong, message, documents, problems_of):
    documents["regions.toml"] = documents["regions.toml"].replace(right, wrong)

    assert any(message in problem for problem in problems_of(documents)), problems_of(documents)


def test_all_problems_of_all_documents_come_at_once(documents, problems_of):
    documents["regions.toml"] = documents["regions.toml"].replace("complete = true", "complete = 1")
    documents["sites.toml"] = (
        documents["sites.toml"].replace('"1234 AB"', '"12"').replace("lon = 5.20000", "lon = 15.2")
    )

    problems = problems_of(documents)

    assert len(problems) == 3
    assert {problem.split(":")[0] for problem in problems} == {"regions.toml", "sites.toml"}


def test_one_mistake_gives_one_problem(documents, problems_of):
    documents["sites.toml"] = documents["sites.toml"].replace('PCI = ["yes", "visit"]', 'PCI = ["maybe", "visit"]')

    assert len(problems_of(documents)) == 1


def test_document_that_is_not_toml_is_named(documents, problems_of):
    documents["broken.toml"] = "[[hospital"
    documents["worse.toml"] = "= 3"

    assert [problem.split(": is not TOML")[0] for problem in problems_of(documents)] == ["broken.toml", "worse.toml"]


def test_no_document_at_all_is_refused(problems_of):
    assert "hospital: no hospital in any document" in problems_of({})


@pytest.mark.parametrize(
    "odd", ["3", "[]", "{}", '"x"', '""', "1979-05-27", "true", "nan", '[["x"], 1]', "[{}]", '{ lat = "x" }']
)
def test_odd_value_anywhere_is_accepted_or_named_and_never_an_accident(odd, documents):
    refused = 0
    for name, text in documents.items():
        for assignment in re.finditer(r"^(\w+) = .*$", text, flags=re.MULTILINE):
            broken = text[: assignment.start(1)] + f"{assignment[1]} = {odd}" + text[assignment.end() :]
            try:
                parse_registry({**documents, name: broken, "operator.toml": '[override.veldstad]\nnote = "x"'})
            except InvalidInput as error:
                refused += len(error.problems) > 0

    assert refused > 30
