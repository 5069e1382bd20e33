"""The dated editions: which one speaks when, their figures, and what a wrong file is told."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest

from advisor.kernel import Capability, Department, InvalidInput, Status
from advisor.protocol.dated import CODE_ORANGE, Demand, Edition, RuleSet
from advisor.protocol.edition import Editions, NoEditionForDate, parse_editions
from advisor.protocol.edition_file import parse_edition
from advisor.protocol.model import StopReason, Suspicion
from advisor.protocol.rules.catalogue import RULE_BOOKS
from tests.protocol.golden_files import check_golden
from tests.protocol.hospitals import linde

START = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OTHERS = [one for one in Department if one is not Department.SEH]


def documents() -> dict[str, str]:
    folder = files("advisor.protocol") / "editions"
    return {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir()}


def editions() -> Editions:
    """Read the editions anew: this is what is tested here."""
    return parse_editions(documents())


def nhfl() -> Edition:
    return editions().regional[0]


def changed(name: str, old: str, new: str) -> dict[str, str]:
    texts = documents()
    assert old in texts[name]
    return {**texts, name: texts[name].replace(old, new)}


def problems_of(texts: dict[str, str]) -> str:
    with pytest.raises(InvalidInput) as caught:
        parse_editions(texts)
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize(
    ("moment", "speaker"),
    [
        (START - SECOND, "national"),
        (START, "nhfl-2.0"),
        (START + timedelta(days=4000), "nhfl-2.0"),
        (datetime(1990, 1, 1, tzinfo=UTC), "national"),
    ],
)
def test_regional_edition_speaks_from_its_first_second(moment: datetime, speaker: str) -> None:
    assert editions().speaking_for(linde(), moment).id == speaker


def test_national_rules_speak_for_other_regions_at_any_moment() -> None:
    elsewhere = linde(protocol="")

    assert {editions().speaking_for(elsewhere, START + timedelta(days=days)).id for days in (-9000, 0, 9000)} == {
        "national"
    }


def test_protocol_without_any_edition_is_an_error() -> None:
    with pytest.raises(NoEditionForDate, match="'zuid'") as caught:
        editions().speaking_for(linde(protocol="zuid"), START)

    assert (caught.value.protocol, caught.value.moment) == ("zuid", START)


def test_protocol_that_ended_without_a_successor_is_an_error() -> None:
    line = "valid_from = 2026-01-05T08:00:00"
    ended = parse_editions(changed("nhfl-2.0.toml", line, f"valid_until = 2026-07-01T00:00:00\n{line}"))
    end = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)

    assert ended.speaking_for(linde(), end - SECOND).id == "nhfl-2.0"
    with pytest.raises(NoEditionForDate):
        ended.speaking_for(linde(), end)


def test_later_edition_takes_over_at_its_first_second() -> None:
    old = documents()["nhfl-2.0.toml"]
    first = "valid_from = 2026-01-05T08:00:00"
    earlier = old.replace(first, f"{first}\nvalid_until = 2026-07-01T00:00:00")
    later = old.replace('id = "nhfl-2.0"', 'id = "nhfl-3.0"').replace(first, "valid_from = 2026-07-01T00:00:00")
    both = parse_editions({**documents(), "nhfl-2.0.toml": earlier, "nhfl-3.0.toml": later})
    change = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)

    assert both.speaking_for(linde(), change - SECOND).id == "nhfl-2.0"
    assert both.speaking_for(linde(), change).id == "nhfl-3.0"


def test_smallest_number_is_one() -> None:
    texts = changed("nhfl-2.0.toml", 'grace = [20, "min", "2.3"]', 'grace = [1, "min", "2.3"]')

    assert parse_editions(texts).regional[0].grace == timedelta(minutes=1)


def test_platform_may_show_nothing_but_what_can_be_declared() -> None:
    same = 'SR = { declare = ["green", "red"], show = ["green", "red"] }'
    texts = changed("nhfl-2.0.toml", 'SR = { declare = ["red"], show = ["green", "red"] }', same)

    assert parse_editions(texts).regional[0].allowed_statuses(Department.SR) == (Status.GREEN, Status.RED)


def test_moments_of_validity_are_kept_in_utc() -> None:
    valid = nhfl().valid

    assert valid is not None
    assert (valid.start, valid.end) == (START, None)
    assert valid.start.tzinfo is UTC


def test_edition_is_found_by_its_id() -> None:
    assert editions().find("nhfl-2.0") == nhfl()
    assert editions().find("national") == editions().national
    assert editions().find("nhfl-1.0") is None


@pytest.mark.parametrize("department", Department)
def test_norm_times_are_those_of_table_2(department: Department) -> None:
    assert nhfl().norm_min(department, Status.RED) == (60 if department is Department.SR else 120)
    assert nhfl().norm_min(department, Status.ORANGE) == (60 if department is Department.SEH else None)
    assert nhfl().norm_min(department, Status.GREEN) is None


def test_norm_times_are_not_projected_on_other_regions() -> None:
    assert {editions().national.norm_min(one, Status.RED) for one in Department} == {None}


def test_figures_of_the_edition() -> None:
    edition = nhfl()

    assert edition.grace == timedelta(minutes=20)
    assert edition.freshness == timedelta(minutes=15)
    assert (edition.freshness_min, edition.warning_before_end_min) == (15, 10)
    assert (edition.far_s, edition.tie_s, edition.scarce_providers) == (3600, 60, 3)
    assert edition.grouping_from == date(2026, 1, 1)
    assert edition.label == "Stopprotocol Noord-Holland/Flevoland v2.0"
    assert edition.label_en == "Stop protocol Noord-Holland/Flevoland v2.0"
    assert edition.approved == "not yet approved by a medical owner"
    assert editions().national.grace is None


def test_every_number_names_its_unit_and_its_section() -> None:
    for edition in (editions().national, *editions().regional):
        assert all(number.unit and number.section for number in edition.numbers.values())


def test_only_the_seh_can_declare_more_than_a_stop() -> None:
    edition = nhfl()

    assert edition.allowed_statuses(Department.SEH) == (Status.ORANGE, Status.RED, Status.CALAMITY)
    assert edition.shown_statuses(Department.SEH) == (
        Status.GREEN,
        Status.ORANGE,
        Status.RED,
        Status.CALAMITY,
        Status.GREY,
    )
    assert {edition.allowed_statuses(one) for one in OTHERS} == {(Status.RED,)}
    assert {edition.shown_statuses(one) for one in OTHERS} == {(Status.GREEN, Status.RED)}


def test_roster_is_a_reason_for_the_pci_alone() -> None:
    menus = {one: nhfl().reasons_for(one) for one in Department}

    assert menus[Department.PCI] == tuple(StopReason)
    assert {menus[one] for one in Department if one is not Department.PCI} == {tuple(StopReason)[:-1]}


def test_code_orange_can_be_switched_off() -> None:
    off = editions().with_pilot(CODE_ORANGE, active=False)
    edition = off.regional[0]

    assert not edition.code_orange
    assert edition.norm_min(Department.SEH, Status.ORANGE) is None
    assert Status.ORANGE not in edition.allowed_statuses(Department.SEH)
    assert Status.ORANGE not in edition.shown_statuses(Department.SEH)
    assert edition.norm_min(Department.SEH, Status.RED) == 120
    assert nhfl().code_orange


def test_pilot_that_an_edition_does_not_know_changes_nothing() -> None:
    assert editions().with_pilot("something_else", active=False) == editions()


def test_other_regions_keep_orange_on_their_platform() -> None:
    assert Status.ORANGE in editions().national.allowed_statuses(Department.SEH)


@pytest.mark.parametrize(
    ("suspicion", "demand"),
    [
        (Suspicion.GENERAL, Demand()),
        (Suspicion.STEMI, Demand(department=Department.PCI, life_threat=True)),
        (Suspicion.STROKE, Demand(department=Department.CTT, life_threat=True)),
        (
            Suspicion.SEVERE_TRAUMA,
            Demand(department=Department.SR, capability=Capability.LEVEL1, life_threat=True),
        ),
        (Suspicion.RAAA, Demand(capability=Capability.VASCULAR, life_threat=True)),
        (Suspicion.OBSTETRIC, Demand(capability=Capability.OBSTETRICS, life_threat=True)),
        (Suspicion.CARDIAC, Demand(department=Department.EHLH, fallback=True)),
        (Suspicion.CCU, Demand(department=Department.CCU)),
        (Suspicion.BURNS, Demand(prefers=Capability.BURNS)),
        (Suspicion.CHILD, Demand(prefers=Capability.CHILD)),
    ],
)
def test_suspicion_asks_for_its_department_in_every_edition(suspicion: Suspicion, demand: Demand) -> None:
    assert {edition.demands[suspicion] for edition in (editions().national, *editions().regional)} == {demand}


def test_burn_patients_have_a_limit_and_children_have_none() -> None:
    assert nhfl().transport_limit_min(Capability.BURNS) == 60
    assert nhfl().transport_limit_min(Capability.CHILD) is None


def test_every_set_of_rules_that_an_edition_can_name_exists() -> None:
    assert set(RULE_BOOKS) == set(RuleSet)


MISTAKES = [
    ('id = "nhfl-2.0"', "id = 2", "nhfl-2.0.toml: id: must be a text"),
    ('id = "nhfl-2.0"', 'id = ""', "id: must be a text"),
    ('rules = "nhfl-2.0"', 'rules = "nhfl-9"', "rules: 'nhfl-9' is not one of national, nhfl-2.0"),
    ('protocol = "nhfl"', "protocol = 3", 'protocol: must be a text ("" for the national rules)'),
    ('protocol = "nhfl"\n', 'protocol = "nhfl"\nextra = 1\n', "extra: is not known"),
    ("valid_from = 2026-01-05T08:00:00", "valid_from = 2026-01-05T08:00:00Z", "without an offset"),
    ("valid_from = 2026-01-05T08:00:00", "valid_from = 2026-01-05", "must be a local date and time"),
    ("valid_from = 2026-01-05T08:00:00", "# gone", "valid_from: a regional edition must say from when"),
    (
        "valid_from = 2026-01-05T08:00:00",
        "valid_from = 2026-01-05T08:00:00\nvalid_until = 2026-01-05T08:00:00",
        "valid_until: must be after valid_from",
    ),
    ("grouping_from = 2026-01-01", "grouping_from = 2026-01-01T00:00:00", "grouping_from: must be a date"),
    ("grouping_from = 2026-01-01", "grouping_from = 7", "grouping_from: must be a date"),
    ("code_orange = true", "code_orange = 1", "pilots.code_orange: must be true or false"),
    ("[pilots]\ncode_orange = true", "pilots = 1\n[nothing]", "pilots: must be a table"),
    ('grace = [20, "min", "2.3"]', 'grace = [20, "s", "2.3"]', 'numbers.grace: must be [value, "min", "section"]'),
    ('grace = [20, "min", "2.3"]', "grace = 20", "numbers.grace: must be"),
    ('grace = [20, "min", "2.3"]', 'grace = [20, "min"]', "numbers.grace: must be"),
    ('grace = [20, "min", "2.3"]', 'grace = [20, "min", 23]', "numbers.grace: must be"),
    ('grace = [20, "min", "2.3"]', 'grace = [0, "min", "2.3"]', "numbers.grace: must be a whole number above zero"),
    ('grace = [20, "min", "2.3"]', 'grace = [1.5, "min", "2.3"]', "must be a whole number above zero"),
    ('grace = [20, "min", "2.3"]', 'grace = [true, "min", "2.3"]', "must be a whole number above zero"),
    ('grace = [20, "min", "2.3"]', 'mercy = [20, "min", "2.3"]', "numbers.mercy: is not known"),
    ('tie = [60, "s", "PD-6"]', "# gone", "numbers.tie: is missing"),
    ('unit = "min"', 'unit = "h"', 'norm.unit: must be "min"'),
    ("SR = { red = 60 }", "SR = 60", "norm.SR: must be a table"),
    ("SR = { red = 60 }", "IC = { red = 60 }", "norm: 'IC' is not one of SEH, SR"),
    ("SR = { red = 60 }", "SR = { purple = 60 }", "norm.SR: 'purple' is not one of green"),
    ("SR = { red = 60 }", "SR = { red = -1 }", "norm.SR.red: must be a whole number"),
    (
        'CCU = { declare = ["red"], show = ["green", "red"] }',
        "",
        "statuses: lacks CCU",
    ),
    (
        'CCU = { declare = ["red"], show = ["green", "red"] }',
        'CCU = { declare = ["red"], show = ["green"] }',
        "statuses.CCU: what can be declared must also be shown",
    ),
    (
        'CCU = { declare = ["red"], show = ["green", "red"] }',
        'CCU = { declare = "red", show = ["green", "red"] }',
        "statuses.CCU.declare: must be a list",
    ),
    ('PCI = ["ROSTER"]', 'IC = ["ROSTER"]', "reasons.IC: is not a department"),
    ('PCI = ["ROSTER"]', 'PCI = "ROSTER"', "reasons.PCI: must be a list"),
    ('PCI = ["ROSTER"]', 'PCI = ["HOLIDAY"]', "reasons.PCI: 'HOLIDAY' is not one of PATIENT_PEAK"),
    ("general = {}", "hiccups = {}", "suspicions: 'hiccups' is not one of general"),
    ("general = {}", "", "suspicions: lacks general"),
    ("general = {}", "general = 1", "suspicions.general: must be a table of a known suspicion"),
    ("general = {}", "general = { colour = 1 }", "suspicions.general.colour: is not known"),
    ("general = {}", "general = { fallback = 1 }", "suspicions.general.fallback: must be true or false"),
    ("general = {}", 'general = { department = "IC" }', "suspicions.general.department: 'IC' is not one of"),
    ("general = {}", 'general = { prefers = "PCI" }', "suspicions.general.prefers: 'PCI' is not one of"),
    ("general = {}", "general = { life_threat = 1 }", "suspicions.general.life_threat: must be true or false"),
    ('all = ["PATIENT_PEAK"', 'all = ["MOOD"', "reasons.all: 'MOOD' is not one of PATIENT_PEAK"),
    ('"OUTFLOW", "TECHNICAL"]', '"OUTFLOW", 7]', "reasons.all: 7 is not one of PATIENT_PEAK"),
    ('section = "2.4"\nall = [', 'section = "2.4"\nsome = [', "reasons.all: must be a list"),
    (
        'tie = [60, "s", "PD-6"]\ninbound_window = [30, "min", "PD-6"]',
        "tie = 60\ninbound_window = 30",
        "numbers.inbound_window: must be [value",
    ),
    ("SR = { red = 60 }\nCTT = { red = 120 }", "SR = 1\nIC = { red = 1 }\nCTT = 2", "norm.CTT: must be a table"),
    (
        'SR = { declare = ["red"], show = ["green", "red"] }',
        'IC = { declare = ["red"], show = ["green", "red"] }',
        "statuses: 'IC' is not one of SEH",
    ),
    (
        'SR = { declare = ["red"], show = ["green", "red"] }',
        'SR = { declare = ["red"], show = ["purple"] }',
        "statuses.SR.show: 'purple' is not one of green",
    ),
    (
        'CCU = { declare = ["red"], show = ["green", "red"] }\nPCI = { declare = ["red"], show = ["green", "red"] }',
        "",
        "statuses: lacks CCU, PCI",
    ),
    ('label = "Stop', 'label = 5 # "Stop', "label: must be a text"),
    ('id = "nhfl-2.0"', 'id = "nhfl-2.0', "nhfl-2.0.toml: is not valid TOML"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_wrong_edition_is_told_what_is_wrong(old: str, new: str, message: str) -> None:
    assert message in problems_of(changed("nhfl-2.0.toml", old, new))


def test_problems_are_told_in_the_signed_words() -> None:
    lines = []
    for old, new, _ in MISTAKES:
        lines += [f"{old.strip()!r} -> {new.strip()!r}", *(f"  {line}" for line in told(old, new))]

    check_golden("edition_problems.txt", lines)


def told(old: str, new: str) -> list[str]:
    """Return the problems, without the details of the TOML reader, which are not ours."""
    return [line.partition(" (at ")[0] for line in problems_of(changed("nhfl-2.0.toml", old, new)).split("\n")]


def test_one_edition_can_be_read_by_itself() -> None:
    text = documents()["nhfl-2.0.toml"]

    assert parse_edition("nhfl-2.0.toml", text) == nhfl()
    with pytest.raises(InvalidInput, match=r"draft\.toml: numbers\.grace"):
        parse_edition("draft.toml", text.replace('grace = [20, "min", "2.3"]', "grace = 1"))


def test_all_problems_of_all_files_are_told_at_once() -> None:
    texts = changed("nhfl-2.0.toml", 'grace = [20, "min", "2.3"]', "grace = 1")
    texts["national.toml"] = texts["national.toml"].replace('far = [60, "min", "PD-5"]', "").replace("general = {}", "")

    told = problems_of(texts)

    assert "nhfl-2.0.toml: numbers.grace" in told
    assert "national.toml: numbers.far: is missing" in told
    assert "national.toml: suspicions: lacks general" in told


def test_national_rules_have_no_dates() -> None:
    texts = changed("national.toml", 'protocol = ""', 'protocol = ""\nvalid_from = 2026-01-05T08:00:00')

    told_of = "national.toml: valid_from: the national rules speak at any moment and have no dates"
    assert problems_of(texts) == told_of
    until = changed("national.toml", 'protocol = ""', 'protocol = ""\nvalid_until = 2026-01-05T08:00:00')
    assert problems_of(until) == told_of


def test_there_is_exactly_one_national_edition() -> None:
    texts = documents()
    second = texts["national.toml"].replace('id = "national"', 'id = "national-2"')

    assert problems_of({**texts, "second.toml": second}) == "editions: there must be exactly one national edition"
    assert "exactly one national edition" in problems_of({"nhfl-2.0.toml": texts["nhfl-2.0.toml"]})


def test_two_editions_cannot_speak_at_once_or_share_an_id() -> None:
    texts = documents()
    copy = texts["nhfl-2.0.toml"]

    assert problems_of({**texts, "copy.toml": copy}).split("\n") == [
        "editions: id 'nhfl-2.0' is used twice",
        "editions: 'nhfl-2.0' and 'nhfl-2.0' speak about the same moment",
    ]


def test_editions_that_touch_do_not_overlap_and_a_second_more_does() -> None:
    old = documents()["nhfl-2.0.toml"]
    first = "valid_from = 2026-01-05T08:00:00"
    later = old.replace('id = "nhfl-2.0"', 'id = "nhfl-3.0"').replace(first, "valid_from = 2026-07-01T00:00:00")

    def both(until: str) -> dict[str, str]:
        earlier = old.replace(first, f"{first}\nvalid_until = {until}")
        return {**documents(), "nhfl-2.0.toml": earlier, "nhfl-3.0.toml": later}

    assert len(parse_editions(both("2026-07-01T00:00:00")).regional) == 2
    assert problems_of(both("2026-07-01T00:00:01")) == (
        "editions: 'nhfl-2.0' and 'nhfl-3.0' speak about the same moment"
    )


def test_editions_of_different_protocols_may_overlap() -> None:
    other = documents()["nhfl-2.0.toml"].replace('id = "nhfl-2.0"', 'id = "zuid-1"').replace('"nhfl"', '"zuid"')

    assert len(parse_editions({**documents(), "zuid.toml": other}).regional) == 2
