"""The life of a stop, effective statuses and rule 3.1 as the board and the console ask for them."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from advisor.kernel import Department, Status
from advisor.protocol.model import DepartmentState, Opening, Picture, StopPolicy
from advisor.protocol.stops import (
    Act,
    Notice24h,
    StopSpan,
    effective_status,
    extend,
    is_in_force,
    is_long,
    norm_exceeded_at,
    planned_notice,
    timeline,
    warning_at,
)
from tests.protocol.hospitals import (
    LINDE,
    NEIGHBOURS,
    NOW,
    editions,
    linde,
    open_state,
    picture,
    stopped,
)

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
NHFL = editions().regional[0]
WILG = NEIGHBOURS[0][0]
KADE = NEIGHBOURS[3][0]


@pytest.mark.parametrize(
    ("moment", "runs"),
    [(NOW - SECOND, False), (NOW, True), (NOW + HOUR - SECOND, True), (NOW + HOUR, False)],
)
def test_stop_runs_until_its_end_exclusive(moment: datetime, runs: bool) -> None:
    assert is_in_force(NOW, NOW + HOUR, moment) is runs


def test_stop_without_an_end_runs_on() -> None:
    assert is_in_force(NOW, None, NOW + timedelta(days=30))


def test_hospital_is_warned_ten_minutes_before_the_end() -> None:
    assert warning_at(NOW + HOUR, NHFL) == NOW + timedelta(minutes=50)


def test_norm_is_exceeded_after_its_minutes_and_never_where_there_is_none() -> None:
    assert norm_exceeded_at(Department.SR, Status.RED, NOW, NHFL) == NOW + HOUR
    assert norm_exceeded_at(Department.SR, Status.ORANGE, NOW, NHFL) is None


@pytest.mark.parametrize(
    ("department", "minutes", "long"),
    [
        (Department.SEH, 239.99, False),
        (Department.SEH, 240, True),
        (Department.SR, 119.99, False),
        (Department.SR, 120, True),
        (Department.PCI, 240, True),
    ],
)
def test_planned_stop_is_long_from_twice_the_norm(department: Department, minutes: float, long: bool) -> None:
    assert is_long(department, minutes, NHFL) is long


def test_without_a_norm_no_stop_counts_as_long() -> None:
    assert not is_long(Department.SEH, 10_000, editions().national)


def test_day_ahead_is_twenty_four_elapsed_hours() -> None:
    assert planned_notice(NOW, NOW + 24 * HOUR, NHFL) is Notice24h.IN_TIME
    assert planned_notice(NOW, NOW + 24 * HOUR - SECOND, NHFL) is Notice24h.LATE


def test_extension_a_second_before_the_end_is_the_same_stop() -> None:
    span = StopSpan(start=NOW, end=NOW + HOUR, warning=warning_at(NOW + HOUR, NHFL))

    [same] = extend(span, NOW + HOUR - SECOND, NOW + 2 * HOUR, NHFL)

    assert same == StopSpan(start=NOW, end=NOW + 2 * HOUR, extended=1, warning=warning_at(NOW + 2 * HOUR, NHFL))


def test_extension_at_the_end_is_a_new_stop() -> None:
    span = StopSpan(start=NOW, end=NOW + HOUR)

    old, new = extend(span, NOW + HOUR, NOW + 2 * HOUR, NHFL)

    assert old is span
    assert new == StopSpan(start=NOW + HOUR, end=NOW + 2 * HOUR, warning=warning_at(NOW + 2 * HOUR, NHFL))


def test_stop_that_ends_before_its_warning_was_never_warned_about() -> None:
    [span] = timeline(NOW, NOW + HOUR, [(Act.END, NOW + timedelta(minutes=49), None)], NHFL)

    assert (span.end, span.warning) == (NOW + timedelta(minutes=49), None)


def test_ending_a_stop_that_ran_out_changes_nothing() -> None:
    assert timeline(NOW, NOW + HOUR, [(Act.END, NOW + HOUR, None)], NHFL) == timeline(NOW, NOW + HOUR, [], NHFL)


def test_extension_without_a_new_end_changes_nothing() -> None:
    assert timeline(NOW, NOW + HOUR, [(Act.EXTEND, NOW, None)], NHFL) == timeline(NOW, NOW + HOUR, [], NHFL)


def moments(*spans: StopSpan) -> list[tuple[int, int, int, int | None]]:
    """Return spans in minutes from the declaration."""

    def minutes(at: datetime) -> int:
        return int((at - NOW).total_seconds() // 60)

    return [
        (minutes(span.start), minutes(span.end), span.extended, None if span.warning is None else minutes(span.warning))
        for span in spans
    ]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], [(0, 60, 0, 50)]),
        ([(Act.EXTEND, 59, 90)], [(0, 90, 1, 80)]),
        ([(Act.EXTEND, 60, 90)], [(0, 60, 0, 50), (60, 90, 0, 80)]),
        ([(Act.EXTEND, 67, 90)], [(0, 60, 0, 50), (67, 90, 0, 80)]),
        ([(Act.EXTEND, 30, 70), (Act.EXTEND, 65, 90)], [(0, 90, 2, 80)]),
        ([(Act.EXTEND, 65, 90), (Act.EXTEND, 80, 120)], [(0, 60, 0, 50), (65, 120, 1, 110)]),
        ([(Act.END, 20, None)], [(0, 20, 0, None)]),
        ([(Act.END, 50, None)], [(0, 50, 0, 50)]),
        ([(Act.END, 55, None)], [(0, 55, 0, 50)]),
        ([(Act.END, 20, None), (Act.EXTEND, 30, 90)], [(0, 20, 0, None), (30, 90, 0, 80)]),
        ([(Act.END, 20, None), (Act.END, 15, None)], [(0, 15, 0, None)]),
        ([(Act.END, 60, None)], [(0, 60, 0, 50)]),
    ],
)
def test_timeline_is_what_the_acts_make_of_it(
    acts: list[tuple[Act, int, int | None]], expected: list[tuple[int, int, int, int | None]]
) -> None:
    done = [
        (act, NOW + timedelta(minutes=at), None if until is None else NOW + timedelta(minutes=until))
        for act, at, until in acts
    ]

    assert moments(*timeline(NOW, NOW + HOUR, done, NHFL)) == expected


def effective(shown: Picture, department: Department = Department.SEH, at: datetime = NOW) -> Status:
    return effective_status(shown, LINDE, department, at, NOW, editions())


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (open_state(), Status.GREEN),
        (stopped(), Status.RED),
        (stopped(until=NOW), Status.UNKNOWN),
        (stopped(until=NOW, manual=True), Status.GREEN),
        (stopped(until=None), Status.RED),
        (stopped(reported_at=NOW - timedelta(minutes=15)), Status.RED),
        (stopped(reported_at=NOW - timedelta(minutes=15) - SECOND), Status.UNKNOWN),
        (stopped(reported_at=None), Status.UNKNOWN),
        (stopped(reported_at=None, manual=True), Status.RED),
        (open_state(reported_at=None), Status.UNKNOWN),
        (open_state(manual=True, reported_at=None), Status.UNKNOWN),
        (open_state(manual=True), Status.GREEN),
        (stopped(until=NOW - timedelta(minutes=15), manual=True, reported_at=None), Status.GREEN),
        (stopped(until=NOW - timedelta(minutes=15) - SECOND, manual=True, reported_at=None), Status.UNKNOWN),
        (stopped(until=NOW - HOUR, manual=True, reported_at=NOW - timedelta(minutes=15)), Status.GREEN),
        (stopped(until=NOW - HOUR, manual=True, reported_at=NOW - timedelta(minutes=16)), Status.UNKNOWN),
        (stopped(Status.CALAMITY), Status.CALAMITY),
        (stopped(Status.GREY, until=None), Status.GREY),
        (open_state(planned_from=NOW - HOUR), Status.GREEN),
        (open_state(status=Status.UNKNOWN, manual=True), Status.UNKNOWN),
    ],
)
def test_effective_status_is_what_holds_now(state: DepartmentState, status: Status) -> None:
    assert effective(picture(linde(), {Department.SEH: state})) is status


@pytest.mark.parametrize("status", [Status.ORANGE, Status.CALAMITY, Status.GREY])
def test_status_that_exists_for_the_seh_alone_is_unknown_elsewhere(status: Status) -> None:
    assert effective(picture(linde(), {Department.PCI: stopped(status)}), Department.PCI) is Status.UNKNOWN


def test_effective_status_later_knows_the_end_of_the_stop() -> None:
    shown = picture(linde(), {Department.SEH: stopped(until=NOW + HOUR)})

    assert effective(shown, at=NOW + HOUR - SECOND) is Status.RED
    assert effective(shown, at=NOW + HOUR) is Status.GREEN


def test_hospital_without_any_state_is_unknown() -> None:
    shown = picture(linde(), {})

    assert effective(replace(shown, states={})) is Status.UNKNOWN


def test_opening_hours_make_the_seh_grey_and_nothing_else() -> None:
    local_noon = linde(opening=Opening(opens=time(8), closes=time(12)))
    closed = picture(local_noon, {Department.SEH: stopped()})

    assert effective(closed) is Status.GREY
    assert effective(closed, Department.PCI) is Status.GREEN
    assert effective(closed, at=NOW + 21 * HOUR) is Status.GREEN
    assert effective(closed, at=NOW - SECOND) is Status.RED


def test_calamity_shows_through_closing_time() -> None:
    closed = linde(opening=Opening(opens=time(8), closes=time(12)))

    assert effective(picture(closed, {Department.SEH: stopped(Status.CALAMITY)})) is Status.CALAMITY


def test_reported_grey_gives_way_to_known_hours() -> None:
    site = linde(opening=Opening(opens=time(8), closes=time(22)))

    assert effective(picture(site, {Department.SEH: stopped(Status.GREY, until=None)})) is Status.GREEN


def test_hospital_outside_the_platform_is_unknown_and_one_that_never_stops_is_open() -> None:
    silent = {Department.SEH: open_state(status=Status.UNKNOWN)}

    assert effective(picture(linde(policy=StopPolicy.NOT_IN_LPZ), {})) is Status.UNKNOWN
    assert effective(picture(linde(policy=StopPolicy.NOT_IN_LPZ), silent)) is Status.UNKNOWN
    assert effective(picture(linde(policy=StopPolicy.NEVER_STOPS), silent)) is Status.GREEN
    assert effective(picture(linde(policy=StopPolicy.NEVER_STOPS), {Department.SEH: stopped()})) is Status.UNKNOWN
    assert (
        effective(picture(linde(policy=StopPolicy.NEVER_STOPS), {Department.SEH: open_state(reported_at=None)}))
        is Status.GREEN
    )
    assert (
        effective(picture(linde(policy=StopPolicy.NEVER_STOPS), {Department.PCI: stopped()}), Department.PCI)
        is Status.RED
    )
