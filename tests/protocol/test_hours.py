"""Opening hours on the wall clock."""

from datetime import UTC, datetime, time, timedelta

import pytest

from advisor.protocol.hours import is_open, last_closing, next_opening
from advisor.protocol.model import Opening
from tests.protocol.hospitals import NOW

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = Opening(opens=time(8), closes=time(22))
NIGHT = Opening(opens=time(22), closes=time(8))


@pytest.mark.parametrize(
    ("opening", "hours", "is_it"),
    [(DAY, 8, True), (DAY, 7.999, False), (DAY, 22, False), (NIGHT, 22, True), (NIGHT, 8, False), (NIGHT, 3, True)],
)
def test_hours_hold_from_opening_inclusive_to_closing_exclusive(opening: Opening, hours: float, is_it: bool) -> None:
    midnight = NOW - 12 * HOUR

    assert is_open(opening, midnight + hours * HOUR) is is_it


def test_equal_hours_never_close() -> None:
    always = Opening(opens=DAY.opens, closes=DAY.opens)

    assert all(is_open(always, NOW + hours * HOUR) for hours in range(24))


def test_last_closing_is_today_or_yesterday() -> None:
    evening = NOW + 10 * HOUR

    assert last_closing(DAY, evening) == evening
    assert last_closing(DAY, evening + timedelta.resolution) == evening
    assert last_closing(DAY, evening + SECOND) == evening
    assert last_closing(DAY, evening - SECOND) == evening - 24 * HOUR


def test_next_opening_is_today_or_tomorrow() -> None:
    morning = NOW - 4 * HOUR

    assert next_opening(DAY, morning) == morning
    assert next_opening(DAY, morning - timedelta.resolution) == morning
    assert next_opening(DAY, morning - SECOND) == morning
    assert next_opening(DAY, morning + SECOND) == morning + 24 * HOUR


def test_closing_times_keep_to_the_wall_clock_when_it_changes() -> None:
    after_change = datetime.fromisoformat("2026-03-29T10:00:00+02:00")

    assert last_closing(DAY, after_change) == datetime.fromisoformat("2026-03-28T22:00:00+01:00")
    assert next_opening(DAY, datetime.fromisoformat("2026-03-28T09:00:00+01:00")) == datetime.fromisoformat(
        "2026-03-29T08:00:00+02:00"
    )


def test_moments_come_out_in_utc() -> None:
    assert last_closing(DAY, NOW).tzinfo is UTC
    assert next_opening(DAY, NOW).tzinfo is UTC


def test_day_of_the_hours_is_the_local_one() -> None:
    after_local_midnight = datetime(2026, 2, 3, 23, 30, tzinfo=UTC)
    quarter_past = Opening(opens=time(0, 15), closes=time(0, 15))

    assert last_closing(quarter_past, after_local_midnight) == datetime(2026, 2, 3, 23, 15, tzinfo=UTC)
    assert next_opening(quarter_past, after_local_midnight) == datetime(2026, 2, 4, 23, 15, tzinfo=UTC)
