"""What LPZ answers, in our terms: nothing that is not understood is ever green."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.feeds.lpz import PROBLEMS_MOST, Heard, parse_lpz
from advisor.journal.events import FeedProblemCode, ReportedState
from advisor.kernel import Department, Status
from advisor.protocol.model import StopReason
from advisor.services.hear_feed import UnreadableFeed
from tests.feeds.lpz_files import answer, department, mapping, organisation
from tests.world import HOGEBERG, NOW, OEVERDAM, VELDSTAD, at

MAPPING = mapping()
SEH = Department.SEH
CHANGED = datetime(2026, 3, 10, 13, 30, tzinfo=UTC)


def heard(*organisations: Any) -> Heard:
    return parse_lpz(answer(*organisations), MAPPING, as_of=NOW)


def state(*organisations: Any) -> ReportedState:
    """What is heard about the SEH of Veldstad."""
    [found] = [each.departments[SEH] for each in heard(*organisations).reports if SEH in each.departments]
    return found


def codes(found: Heard) -> list[FeedProblemCode]:
    """What is the matter, but for the hospitals that the test left out."""
    return [each.code for each in found.hearing.problems if each.code is not FeedProblemCode.MISSING_LOCATION]


def doubted(found: Heard) -> bool:
    return SEH in found.hearing.doubted[VELDSTAD]


def test_whole_answer_is_heard_without_problems() -> None:
    found = heard()

    assert {each.hospital for each in found.reports} == {VELDSTAD, OEVERDAM, HOGEBERG}
    assert found.hearing.problems == ()


def test_status_is_as_old_as_lpz_says() -> None:
    assert heard().reports[0].said_at == CHANGED


def test_status_without_a_moment_of_its_own_is_as_old_as_the_answer() -> None:
    assert heard(organisation("1.1", department(gewijzigd=None))).reports[0].said_at == NOW


def test_moment_may_stand_at_the_organisation() -> None:
    found = heard(organisation("1.1", department(gewijzigd=None), gewijzigd="2026-03-10T13:00:00Z"))

    assert found.reports[0].said_at == at(-60)


def test_stop_is_heard_with_its_reason_times_and_note() -> None:
    stop = department(
        status="Volledige stop", reden="Geen behandelplek", toelichting="tot  de  avond",
        begin="2026-03-10T14:30:00+01:00", einde="2026-03-10T16:30:00+01:00",
    )  # fmt: skip

    assert state(organisation("1.1", stop)) == ReportedState(
        status=Status.RED,
        since=CHANGED,
        until=at(90),
        reason=StopReason.TREATMENT_CAPACITY,
        note="tot de avond",
    )


def test_reason_that_is_not_on_the_menu_goes_into_the_note() -> None:
    assert state(organisation("1.1", department(status="Volledige stop", reden="Brand"))).note == "Brand"


def test_time_without_an_offset_counts_in_the_zone_of_the_file() -> None:
    assert state(organisation("1.1", department(einde="2026-03-10T16:30:00"))).until == at(90)


@pytest.mark.parametrize(
    ("code", "status"),
    [("open", Status.GREEN), ("DREIGENDE STOP", Status.ORANGE), ("Volledige  stop", Status.RED),
     ("gesloten wegens calamiteit", Status.CALAMITY), ("Buiten openingstijd", Status.GREY)],
)  # fmt: skip
def test_code_stands_for_a_status(code: str, status: Status) -> None:
    assert state(organisation("1.1", department(status=code))).status is status


@pytest.mark.parametrize("code", ["paars", "", None, 1, True, ["open"], {"status": "open"}])
def test_unknown_code_is_unknown_and_told(code: object) -> None:
    entry = {**department(), "status": code}

    assert state(organisation("1.1", entry)).status is Status.UNKNOWN
    assert codes(heard(organisation("1.1", entry))) == [FeedProblemCode.UNKNOWN_CODE]


def test_hospital_that_is_left_out_is_told() -> None:
    found = heard(organisation("1.1"), organisation("1.2"))

    assert [(each.code, each.detail) for each in found.hearing.problems] == [
        (FeedProblemCode.MISSING_LOCATION, HOGEBERG)
    ]


def test_hospital_that_nobody_knows_is_told() -> None:
    assert codes(heard(organisation("7.7"))) == [FeedProblemCode.UNKNOWN_LOCATION]


def test_hospital_and_department_that_are_to_be_left_alone_are() -> None:
    assert codes(heard(organisation("9.9"), organisation("1.1", department("Kliniek")))) == []


def test_department_that_nobody_knows_is_told() -> None:
    assert codes(heard(organisation("1.1", department("Parkeergarage")))) == [FeedProblemCode.UNKNOWN_CODE]


@pytest.mark.parametrize(("moment", "is_doubted"), [("14:02:00", False), ("14:02:01", True)])
def test_status_from_the_future_is_doubted_beyond_the_tolerance(moment: str, is_doubted: bool) -> None:
    found = heard(organisation("1.1", department(gewijzigd=f"2026-03-10T{moment}Z")))

    assert (doubted(found), codes(found) == [FeedProblemCode.CLOCK]) == (is_doubted, is_doubted)


def test_status_that_is_a_little_ahead_is_from_now() -> None:
    assert heard(organisation("1.1", department(gewijzigd="2026-03-10T14:02:00Z"))).reports[0].said_at == NOW


@pytest.mark.parametrize("moment", ["gisteren", "2026-02-30T10:00:00Z", "0001-01-01T00:00:00Z", 5, [], "9999-12-31"])
def test_status_whose_moment_cannot_be_read_is_doubted_and_told(moment: object) -> None:
    found = heard(organisation("1.1", department(gewijzigd=moment)))

    assert doubted(found) is bool(moment)
    assert (FeedProblemCode.UNREADABLE in codes(found)) is bool(moment)


def test_end_that_cannot_be_read_is_told_and_the_stop_stands() -> None:
    entry = department(status="Volledige stop", einde="straks")

    assert (state(organisation("1.1", entry)).status, state(organisation("1.1", entry)).until) == (Status.RED, None)
    assert codes(heard(organisation("1.1", entry))) == [FeedProblemCode.UNREADABLE]


def test_same_hospital_twice_the_same_is_no_problem() -> None:
    assert codes(heard(organisation("1.1"), organisation("1.1"))) == []


def test_hospital_that_contradicts_itself_is_doubted_and_told() -> None:
    found = heard(organisation("1.1"), organisation("1.1", department(status="Volledige stop")))

    assert (doubted(found), codes(found)) == (True, [FeedProblemCode.CONTRADICTION])
    assert all(each.hospital != VELDSTAD for each in found.reports)


def test_department_that_contradicts_itself_is_doubted_and_told() -> None:
    found = heard(organisation("1.1", department(), department(status="Volledige stop"), department("Hartbewaking")))

    assert (doubted(found), codes(found)) == (True, [FeedProblemCode.CONTRADICTION])
    assert [set(each.departments) for each in found.reports] == [{Department.CCU}]


@pytest.mark.parametrize("departments", [None, "SEH", {}, 3])
def test_hospital_without_a_list_of_departments_is_told(departments: object) -> None:
    entry = {**organisation("1.1"), "beschikbaarheid": departments}

    assert codes(heard(entry)) == [FeedProblemCode.UNREADABLE]


@pytest.mark.parametrize("body", [b"", b"{}", b"[", b"null", b'"open"', b"<html></html>", b"[" * 10_000, b"\xff"])
def test_what_is_no_list_cannot_be_read(body: bytes) -> None:
    with pytest.raises(UnreadableFeed):
        parse_lpz(body, MAPPING, as_of=NOW)


def test_not_more_is_told_than_people_can_read() -> None:
    assert len(heard(*(organisation(f"8.{number}") for number in range(100))).hearing.problems) == PROBLEMS_MOST


NAMES = st.sampled_from(["1.1", "1.2", "9.9", "SEH", "Hartbewaking", "open", "Volledige stop", "2026-03-10T14:00:00Z"])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=10)
    | NAMES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["oid", "beschikbaarheid", "afdeling", "status", "gewijzigd", "einde", "reden"]), inner
        )
    ),
    max_leaves=25,
)


@settings(max_examples=60)
@given(st.lists(JSON, max_size=5))
def test_any_answer_is_heard_without_becoming_green_by_itself(content: list[Any]) -> None:
    found = parse_lpz(json.dumps(content).encode(), MAPPING, as_of=NOW)

    green = [state for each in found.reports for state in each.departments.values() if state.status is Status.GREEN]
    assert not green or '"open"' in json.dumps(content)
    assert all(each.said_at <= NOW for each in found.reports)


@given(st.binary(max_size=200))
def test_any_bytes_are_heard_or_refused(body: bytes) -> None:
    with suppress(UnreadableFeed):
        parse_lpz(body, MAPPING, as_of=NOW)
