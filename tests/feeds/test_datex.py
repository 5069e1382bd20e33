"""DATEX II: bridges that open and roads that are closed, of the real feeds and of everything that could come."""

import gzip
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.feeds.datex import parse_datex
from advisor.kernel import InvalidInput, Position
from advisor.roads.closure import ClosureShape
from advisor.services.hear_feed import UnreadableFeed
from advisor.services.hear_roads import RoadReport
from tests.feeds.documents import datex, situation
from tests.world import NOW, at

SHARED = Path(os.environ.get("UITWIJK_SHARED", Path(__file__).parents[3] / "shared"))
CLOSED = "<sit:roadOrCarriagewayOrLaneManagementType>{}</sit:roadOrCarriagewayOrLaneManagementType>"
LINE = "<loc:gmlLineString><loc:posList>{}</loc:posList></loc:gmlLineString>"
ROADWORKS = {"kind": "RoadOrCarriagewayOrLaneManagement", "what": CLOSED.format("roadClosed")}


def sample(name: str) -> bytes:
    """A real document of the Dutch traffic data portal."""
    path = SHARED / "samples" / "ndw-datex2" / name
    if not path.is_file():
        pytest.skip("the samples of DATEX II are not here; UITWIJK_SHARED tells where")
    return gzip.decompress(path.read_bytes())


def one(**how: Any) -> RoadReport:
    [report] = parse_datex(datex(situation(**how))).reports
    return report


def problems(**how: Any) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        parse_datex(datex(situation(**how)))
    return [problem.field for problem in caught.value.problems]


def test_whole_feed_is_read() -> None:
    news = parse_datex(sample("brugdata-20260402140310.xml.gz"))

    assert (news.is_whole, len(news.reports)) == (True, 1586)
    assert news.as_of == datetime(2026, 4, 2, 12, 3, 0, 1346, tzinfo=UTC)
    assert all(report.shape is ClosureShape.POINT and not report.is_over for report in news.reports)
    assert sum(report.until is None for report in news.reports) == 25


def test_certain_openings_of_the_whole_feed_are_few() -> None:
    assert len(parse_datex(sample("brugdata-20260402140310.xml.gz"), planned=False).reports) == 27


def test_push_of_version_3_is_read() -> None:
    news = parse_datex(sample("brugdata-20260405160129-973138-push.xml.gz"))

    assert not news.is_whole
    assert news.reports == (
        RoadReport(
            id="BMS01_NLSPD002020468900036_120601779_01",
            said_at=datetime(2026, 4, 5, 14, 1, 28, 276012, tzinfo=UTC),
            is_over=False,
            points=(Position(lat=52.413273, lon=4.681905),),
            start=datetime(2026, 4, 5, 14, 2, tzinfo=UTC),
            until=datetime(2026, 4, 5, 14, 8, tzinfo=UTC),
            note="Brug open",
        ),
    )


def test_push_of_version_2_is_read() -> None:
    [report] = parse_datex(sample("brugdata-single-situation-push-version1.xml.gz")).reports

    assert (report.is_over, report.until) == (False, None)
    assert report.points == (Position(lat=53.2276455, lon=6.5917772),)


@pytest.mark.parametrize("name", ["cancel", "end"])
def test_cancel_and_end_of_version_2_are_over(name: str) -> None:
    [report] = parse_datex(sample(f"brugdata-lifecycle-{name}.xml.gz")).reports

    assert report.is_over


@pytest.mark.parametrize("life", ["cancel", "end"])
def test_cancel_and_end_of_version_3_are_over(life: str) -> None:
    assert one(life=life) == RoadReport(id="brug1", said_at=at(-1), is_over=True)


def test_bridge_is_closed_at_its_point_for_both_ways() -> None:
    report = one()

    assert (report.shape, report.points, report.both_ways) == (
        ClosureShape.POINT, (Position(lat=52.1, lon=5.05),), True
    )  # fmt: skip


def test_closed_road_is_a_line_in_its_own_direction() -> None:
    report = one(**ROADWORKS, where=LINE.format("52.1 5.05 52.1 5.06 52.1 5.07"))

    assert (report.shape, len(report.points), report.both_ways, report.note) == (
        ClosureShape.LINE, 3, False, "Weg afgesloten"
    )  # fmt: skip


@pytest.mark.parametrize(
    "how",
    [
        {"kind": "RoadOrCarriagewayOrLaneManagement", "what": CLOSED.format("laneClosures")},
        {"kind": "AbnormalTraffic", "what": ""},
        {"kind": "GeneralNetworkManagement", "what": ""},
        {"information": "test"},
        {"information": "securityExercise"},
    ],
)
def test_what_closes_no_road_is_left_alone(how: dict[str, str]) -> None:
    assert parse_datex(datex(situation(**how))).reports == ()


def test_planned_opening_can_be_left_out_and_its_cancelling_not() -> None:
    body = datex(situation("b1", probability="riskOf"), situation("b2", probability="riskOf", life="cancel"))

    assert [report.id for report in parse_datex(body, planned=False).reports] == ["b2"]


def test_last_version_of_a_closure_holds() -> None:
    body = datex(
        situation(version_at="2026-03-10T13:59:00Z", until="2026-03-10T14:09:00Z"),
        situation(version_at="2026-03-10T13:58:00Z", until="2026-03-10T14:05:00Z"),
    )

    assert [report.until for report in parse_datex(body).reports] == [at(9)]


@pytest.mark.parametrize(("protocol", "is_whole"), [("snapshotPull", True), ("statefulPush", False), ("", False)])
def test_document_says_whether_it_is_everything(protocol: str, is_whole: bool) -> None:
    assert parse_datex(datex(situation(), protocol=protocol)).is_whole is is_whole


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"version_at": "nu"}, "brug1.situationRecordVersionTime"),
        ({"start": "nu"}, "brug1.overallStartTime"),
        ({"until": "2026-03-10"}, "brug1.overallEndTime"),
        ({"until": "2026-03-10T13:00:00Z"}, "brug1.overallEndTime"),
        ({"where": ""}, "brug1.location"),
        ({"where": "<loc:pointCoordinates><loc:latitude>95</loc:latitude></loc:pointCoordinates>"}, "brug1.location"),
        ({"name": ""}, "situationRecord"),
        ({"name": "b" * 121}, "b" * 120),
        ({**ROADWORKS, "where": LINE.format("52.1 5.05")}, "brug1.posList"),
        ({**ROADWORKS, "where": LINE.format("52.1 5.05 52.1")}, "brug1.posList"),
        ({**ROADWORKS, "where": LINE.format("52.1 oost 52.1 5.06")}, "brug1.posList"),
        ({**ROADWORKS, "where": LINE.format("nan 5.05 52.1 5.06")}, "brug1.posList"),
        ({**ROADWORKS, "where": LINE.format("52.1 5.05 " * 501)}, "brug1.posList"),
    ],
)
def test_what_cannot_be_used_is_a_problem(how: dict[str, str], field: str) -> None:
    assert problems(**how) == [field]


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_datex(datex(situation("b1", start="nu"), situation("b2", where=""), at="nu"))

    assert [problem.field for problem in caught.value.problems] == [
        "publicationTime", "b1.overallStartTime", "b2.location"
    ]  # fmt: skip


@pytest.mark.parametrize("body", [b"<a/>", datex().replace(b"SituationPublication", b"MeasuredDataPublication")])
def test_publication_of_another_kind_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableFeed):
        parse_datex(body)


def test_publication_without_situations_is_one() -> None:
    assert parse_datex(datex()).as_of == NOW


WORDS = st.text(alphabet="0123456789.-+TZ: naifbe", max_size=14)
PLACES: list[Callable[[str], str]] = [
    LINE.format,
    lambda text: (
        f"<loc:pointCoordinates><loc:latitude>{text}</loc:latitude><loc:longitude>5</loc:longitude>"
        "</loc:pointCoordinates>"
    ),
]


@settings(max_examples=60)
@given(
    name=WORDS, version_at=WORDS | st.just("2026-03-10T13:59:00Z"), start=WORDS, until=WORDS, place=WORDS,
    put=st.sampled_from(PLACES),
)  # fmt: skip
def test_any_situation_is_read_or_refused(put: Callable[[str], str], place: str, **how: str) -> None:
    with suppress(InvalidInput):
        parse_datex(datex(situation(where=put(place), **how)))
