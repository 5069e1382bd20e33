"""EDXL-HAVE 1.0: what goes out is valid and comes back the same; what comes in is read completely or not at all."""

import os
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from advisor.feeds.have_in import parse_have
from advisor.feeds.have_out import render_have
from advisor.feeds.have_words import HAVE, PREFIX
from advisor.journal.events import Event, ReportedState
from advisor.kernel import Department, HospitalId, InvalidInput, Status
from advisor.protocol.model import StopReason
from advisor.services.hear_feed import FeedReport, UnreadableFeed, report_statuses
from advisor.services.publish_statuses import publish_statuses
from advisor.services.read_board import read_board
from advisor.services.world import World
from tests.feeds.documents import have, hospital
from tests.world import (
    FEED,
    HOGEBERG,
    NOW,
    OEVERDAM,
    OVERKANT,
    VELDSTAD,
    a_world,
    all_green,
    at,
    declared,
    ended,
    region,
    reported,
)  # fmt: skip

SHARED = Path(os.environ.get("UITWIJK_SHARED", Path(__file__).parents[3] / "shared"))
SAMPLES = SHARED / "samples" / "edxl-have-1.0"
NAMES = {"Ziekenhuis 1": VELDSTAD, "Elders": None}
SEH = Department.SEH

LIFE: dict[str, tuple[Event, ...]] = {
    "empty": (),
    "all green": all_green(),
    "stops": (
        *all_green(at(-1)),
        declared("s1", department=SEH, status=Status.ORANGE, when=at(-5)),
        declared("s2", hospital=OEVERDAM, department=Department.CCU, when=at(-30)),
        declared("s3", hospital=HOGEBERG, department=Department.PCI, when=at(-20)),
        ended("s3", when=at(-10)),
    ),
    "feeds": (
        *all_green(at(-1)),
        reported(Status.CALAMITY, said_at=at(-0.5), source="epd"),
        reported(Status.GREY, hospital=OEVERDAM, said_at=at(-0.5)),
        reported(Status.UNKNOWN, hospital=HOGEBERG, said_at=at(-0.5)),
        reported(Status.RED, hospital=OVERKANT, department=Department.CTT, said_at=at(-0.5)),
    ),
    "stale": all_green(at(-600)),
}


@cache
def schema() -> etree.XMLSchema:
    """The schemas of OASIS, where they are."""
    if not SAMPLES.is_dir():
        pytest.skip("the schemas of EDXL-HAVE 1.0 are not here; UITWIJK_SHARED tells where")
    return etree.XMLSchema(etree.parse(SAMPLES / "have.xsd"))


def out(world: World) -> bytes:
    return render_have(publish_statuses(now=NOW, world=world), NOW)


def read(body: bytes, names: dict[str, HospitalId | None] = NAMES) -> tuple[FeedReport, ...]:
    return parse_have(body, region().hospitals, names, NOW)


def problems(body: bytes) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(body)
    return [problem.field for problem in caught.value.problems]


def shown(world: World) -> dict[tuple[str, str], dict[str, Any]]:
    """The board but for who says so."""
    told = ("status", "effective", "since", "until", "reason", "note", "age_s")
    return {
        (hospital, department): {name: state[name] for name in told}
        for hospital, document in read_board(now=NOW, world=world).hospitals.items()
        for department, state in document["departments"].items()
    }


def seh(body: bytes) -> ReportedState:
    [report] = read(body)
    return report.departments[SEH]


def beds(name: str, status: str, more: str = "") -> str:
    return f"""<HospitalBedCapacityStatus><BedCapacity><BedType>AdultICU</BedType>
        <SubCategoryBedType>{name}</SubCategoryBedType><Capacity><CapacityStatus>{status}</CapacityStatus></Capacity>
        {more}</BedCapacity></HospitalBedCapacityStatus>"""


@pytest.mark.parametrize("life", LIFE)
def test_board_goes_out_valid_against_the_schemas(life: str) -> None:
    document = etree.fromstring(out(a_world(*LIFE[life])))

    schema().assertValid(document)


@pytest.mark.parametrize("life", LIFE)
def test_own_document_gives_the_same_board(life: str) -> None:
    world = a_world(*LIFE[life])
    copy = a_world()

    report_statuses("have", read(out(world)), actor=FEED, now=NOW, world=copy)

    assert shown(copy) == shown(world)


def test_own_document_again_changes_nothing() -> None:
    world = a_world(*LIFE["stops"])
    copy = a_world()
    for _ in range(2):
        facts = report_statuses("have", read(out(world)), actor=FEED, now=NOW, world=copy)

    assert facts == ()


@pytest.mark.parametrize(
    ("status", "word"),
    [(Status.GREEN, "Normal"), (Status.ORANGE, "Advisory"), (Status.RED, "Closed"), (Status.CALAMITY, "Closed"),
     (Status.UNKNOWN, None)],
)  # fmt: skip
def test_status_of_the_seh_goes_out_in_words_of_the_standard(status: Status, word: str | None) -> None:
    document = etree.fromstring(out(a_world(reported(status))))

    [of_veldstad] = [
        each for each in document.iter(f"{{{HAVE}}}Hospital") if "veldstad" in "".join(map(str, each.itertext()))
    ]
    assert of_veldstad.findtext(f".//{{{HAVE}}}EMSTrafficStatus") == word


def test_reason_of_a_stop_goes_out_in_words_of_the_standard() -> None:
    document = etree.fromstring(out(a_world(*all_green(at(-1)), declared())))

    assert document.findtext(f".//{{{HAVE}}}EMSTrafficReason") == StopReason.PATIENT_PEAK


@pytest.mark.parametrize(
    ("word", "status"), [("Normal", Status.GREEN), ("Advisory", Status.ORANGE), ("Closed", Status.RED)]
)
def test_words_of_the_standard_stand_for_a_status(word: str, status: Status) -> None:
    assert seh(have(hospital(status=word))).status is status


def test_status_is_as_old_as_the_document_says() -> None:
    assert read(have(hospital(at="2026-03-10T14:30:00+01:00")))[0].said_at == at(-30)


def test_reason_and_comment_are_read() -> None:
    more = f"<EMSTrafficReason>{StopReason.OUTFLOW}</EMSTrafficReason><CommentText>tot de avond</CommentText>"

    state = seh(have(hospital(status="Closed", more=more)))

    assert (state.reason, state.note) == (StopReason.OUTFLOW, "tot de avond")


def test_reason_that_is_not_on_the_menu_goes_into_the_note() -> None:
    assert seh(have(hospital(more="<EMSTrafficReason>Brand</EMSTrafficReason>"))).note == "Brand"


@pytest.mark.parametrize(("word", "status"), [("Vacant/Available", Status.GREEN), ("NotAvailable", Status.RED)])
def test_capacity_stands_for_the_status_of_a_department(word: str, status: Status) -> None:
    [report] = read(have(hospital(beds=beds("CCU", word))))

    assert report.departments[Department.CCU].status is status


def test_beds_of_another_kind_are_left_alone() -> None:
    [report] = read(have(hospital(beds=beds("Neuro", "NotAvailable"))))

    assert set(report.departments) == {SEH}


def test_hospital_without_an_emergency_department_says_nothing_about_one() -> None:
    assert read(have(hospital(status="NotApplicable"))) == ()


def test_hospital_is_known_by_the_name_that_its_sender_uses() -> None:
    assert read(have(hospital("Ziekenhuis 1")))[0].hospital == VELDSTAD


def test_hospital_that_is_to_be_left_alone_is() -> None:
    assert read(have(hospital("Elders"))) == ()


def test_all_problems_are_told_at_once() -> None:
    body = have(
        hospital("nergens"),
        hospital("veldstad", status="Vol"),
        hospital("veldstad"),
        hospital("oeverdam", at="gisteren"),
        hospital("hogeberg", at="2026-03-10T14:02:01Z"),
        hospital("overkant", beds=beds("CCU", "Bijna vol")),
    )

    assert problems(body) == [
        "Hospital[1]", "Hospital[2].EMSTraffic.EMSTrafficStatus", "Hospital[3]", "Hospital[4].LastUpdateTime",
        "Hospital[5].LastUpdateTime", "Hospital[6].BedCapacity[1].CapacityStatus",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told | {"status": "purple"},
        lambda told: told | {"said_at": "straks"},
        lambda told: told | {"said_at": "2026-03-10T15:00:00Z"},
        lambda told: told | {"until": 5},
        lambda told: told | {"reason": "Druk"},
        lambda told: told | {"note": "x" * 501},
        lambda told: told | {"effective": "green"},
        lambda _: [],
    ],
)
def test_exact_comment_that_cannot_be_used_is_a_problem(change: Callable[[dict[str, Any]], object]) -> None:
    told = {"status": "red", "effective": "red", "said_at": "2026-03-10T14:00:00Z", "note": ""}
    comment = PREFIX + orjson.dumps(change(told)).decode()

    body = have(hospital(status="Closed", more=f"<CommentText>{comment}</CommentText>"))

    assert all(field.startswith("Hospital[1].EMSTraffic.CommentText") for field in problems(body))


def test_document_of_another_kind_is_refused() -> None:
    with pytest.raises(UnreadableFeed, match="HospitalStatus"):
        read(b'<HospitalStatus xmlns="urn:oasis:names:tc:emergency:EDXL:HAVE:2.0"/>')


def sample() -> bytes:
    """The sample document of OASIS, as if it were not a test."""
    path = SAMPLES / "sample-in-distribution-element.xml"
    if not path.is_file():
        pytest.skip("the sample of EDXL-HAVE 1.0 is not here; UITWIJK_SHARED tells where")
    return path.read_bytes()


def test_document_within_a_distribution_is_read() -> None:
    body = sample().replace(b">Test<", b">Actual<")

    assert parse_have(body, region().hospitals, {"Hospital 1": VELDSTAD, "Hospital 2": None}, NOW) == ()


def test_test_message_is_not_taken_in() -> None:
    with pytest.raises(InvalidInput, match="Actual"):
        parse_have(sample(), region().hospitals, {"Hospital 1": VELDSTAD, "Hospital 2": None}, NOW)


MOMENTS = st.datetimes(min_value=(NOW - timedelta(days=9)).replace(tzinfo=None), max_value=NOW.replace(tzinfo=None))
STATES = st.builds(
    ReportedState,
    status=st.sampled_from(Status),
    since=st.none() | MOMENTS.map(lambda moment: moment.replace(tzinfo=NOW.tzinfo)),
    until=st.none() | MOMENTS.map(lambda moment: moment.replace(tzinfo=NOW.tzinfo) + timedelta(days=9)),
    reason=st.none() | st.sampled_from(StopReason),
    note=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Nd"]), max_size=40),
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(region().hospitals)), st.dictionaries(st.sampled_from(Department), STATES, min_size=1)
        ),
        max_size=3,
        unique_by=lambda pair: pair[0],
    )
)
def test_any_board_comes_back_as_it_was(content: list[tuple[HospitalId, dict[Department, ReportedState]]]) -> None:
    world, copy = a_world(), a_world()
    for name, states in content:
        report = FeedReport(hospital=name, said_at=NOW, departments=states)
        report_statuses("epd", [report], actor=FEED, now=NOW, world=world)

    report_statuses("have", read(out(world)), actor=FEED, now=NOW, world=copy)

    assert shown(copy) == shown(world)


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["status", "effective", "said_at", "until", "note", "reason"]), inner)
        ),
        max_leaves=8,
    )
)
def test_any_exact_comment_is_read_or_a_problem(told: object) -> None:
    comment = PREFIX + orjson.dumps(told).decode()
    text = comment.replace("&", "&amp;").replace("<", "&lt;")

    try:
        read(have(hospital(more=f"<CommentText>{text}</CommentText>")))
    except UnreadableFeed:  # a character that XML cannot hold
        return
    except InvalidInput:
        return
