"""The operator's file on sources: read completely, and every problem of it told at once."""

import tomllib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.feeds.config import FeedsConfig, parse_feeds, plain
from advisor.kernel import Department, InvalidInput, Status
from advisor.protocol.model import StopReason
from tests.feeds.lpz_files import FILE, mapping
from tests.world import OEVERDAM, VELDSTAD, region

HOSPITALS = region().hospitals
NDW = '[ndw]\naddress = "https://ndw.example/brugopeningen.xml.gz"\n'


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        parse_feeds(text, HOSPITALS)
    return [problem.field for problem in caught.value.problems]


def test_empty_file_has_no_sources() -> None:
    assert parse_feeds("", HOSPITALS) == FeedsConfig()


def test_locations_stand_for_hospitals_and_some_for_none() -> None:
    assert mapping().locations | {"1.3": None} == {"1.1": VELDSTAD, "1.2": OEVERDAM, "1.3": None, "9.9": None}


def test_codes_are_compared_without_case_and_further_spaces() -> None:
    found = mapping()

    assert found.statuses[plain("  VOLLEDIGE   stop ")] is Status.RED
    assert found.departments[plain("hartbewaking")] is Department.CCU
    assert found.reasons[plain("Geen behandelplek")] is StopReason.TREATMENT_CAPACITY


def test_source_of_roads_has_defaults() -> None:
    config = parse_feeds(NDW, HOSPITALS)

    assert config.ndw is not None
    assert (config.ndw.every_s, config.ndw.timeout_s, config.planned_openings) == (60, 10, True)


def test_planned_openings_can_be_left_out() -> None:
    assert parse_feeds(f"{NDW}planned_openings = false", HOSPITALS).planned_openings is False


def test_hospitals_have_names_in_documents_of_others() -> None:
    config = parse_feeds('[have.locations]\n"Ziekenhuis 1" = "veldstad"\n"Elders" = ""', HOSPITALS)

    assert config.have == {"Ziekenhuis 1": VELDSTAD, "Elders": None}


def test_all_problems_are_told_at_once() -> None:
    text = """
    [lpz]
    address = "http://lpz.example/"
    every_s = 1
    timeout_s = "lang"
    colour = "red"
    time_zone = "Europa/Amsterdam"
    [lpz.fields]
    location = "oid"
    departments = ""
    status = 3
    [lpz.locations]
    "1.1" = "nergens"
    "1.2" = "veldstad"
    "1.3" = "veldstad"
    [lpz.departments]
    "SEH" = "seh"
    [lpz.statuses]
    "paars" = "purple"
    "open" = "green"
    "OPEN" = "green"
    [lpz.reasons]
    "druk" = "Druk"
    [ndw]
    planned_openings = "ja"
    [brug]
    """

    assert sorted(problems(text)) == sorted(
        ["feeds.lpz.address", "feeds.lpz.every_s", "feeds.lpz.timeout_s", "feeds.lpz.colour", "feeds.lpz.time_zone",
         "feeds.lpz.fields.departments", "feeds.lpz.fields.department", "feeds.lpz.fields.status",
         "feeds.lpz.locations.1.1", "feeds.lpz.locations.1.3", "feeds.lpz.departments.SEH", "feeds.lpz.departments",
         "feeds.lpz.statuses.paars", "feeds.lpz.statuses.OPEN", "feeds.lpz.reasons.druk",
         "feeds.ndw.planned_openings", "feeds.brug"]
    )  # fmt: skip


@pytest.mark.parametrize("section", ["locations", "departments", "statuses"])
def test_mapping_that_names_nothing_is_a_problem(section: str) -> None:
    parts = FILE.split("\n[")
    text = "\n[".join(part.split("\n")[0] if part.startswith(f"lpz.{section}]") else part for part in parts)

    assert problems(text) == [f"feeds.lpz.{section}"]


@pytest.mark.parametrize("address", ["ftp://x/", "lpz.example", "https://", "http://lpz.example/"])
def test_secret_is_never_sent_in_the_open(address: str) -> None:
    text = FILE.replace("https://lpz.example/api/external/organization/status", address)

    assert problems(text) == ["feeds.lpz.address"]


def test_stand_in_on_this_machine_may_be_asked_in_the_open() -> None:
    text = FILE.replace("https://lpz.example/", "http://127.0.0.1:8080/")

    assert parse_feeds(text, HOSPITALS).lpz is not None


def test_what_is_not_toml_is_told_as_such() -> None:
    assert problems("[lpz") == ["feeds"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("veldstad") | st.just("green"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = ["lpz", "ndw", "have", "address", "fields", "locations", "statuses", "departments", "every_s", "time_zone"]


def written(value: object) -> str:
    """A value in TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else quoted(str(value))


def quoted(text: str) -> str:
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(KEYS), st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4) | VALUES, max_size=4
    )
)
def test_any_file_is_read_or_refused(content: dict[str, object]) -> None:
    text = "\n".join(f"{key} = {written(value)}" for key, value in content.items())
    try:
        tomllib.loads(text)
    except ValueError:
        return

    with suppress(InvalidInput):
        parse_feeds(text, HOSPITALS)
