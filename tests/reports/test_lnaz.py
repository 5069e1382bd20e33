"""The quarterly table of SEH stops per region."""

from datetime import datetime

import pytest

from advisor.kernel import Department, HospitalId, InvalidInput, Status
from advisor.reports.lnaz import ROAZ_REGIONS, Quarter, RegionRow, StopRecord, parse_quarter, quarter_table

Q1 = Quarter(year=2026, number=1)


def record(start: str, end: str | None, hospital: str = "de-linde", **changes: object) -> StopRecord:
    values: dict[str, object] = {
        "roaz": "Oost",
        "hospital": HospitalId(hospital),
        "department": Department.SEH,
        "status": Status.RED,
        "start": datetime.fromisoformat(start),
        "end": None if end is None else datetime.fromisoformat(end),
    }
    return StopRecord(**(values | changes))  # type: ignore[arg-type]


def oost(*records: StopRecord, quarter: Quarter = Q1, report_at: str | None = None) -> tuple[int, int]:
    at = None if report_at is None else datetime.fromisoformat(report_at)
    [row] = quarter_table(records, quarter, regions=["Oost"], report_at=at)
    return row.stops, row.minutes


def test_one_stop_counts_with_its_minutes() -> None:
    assert oost(record("2026-02-03T10:00+01:00", "2026-02-03T12:00+01:00")) == (1, 120)


@pytest.mark.parametrize(
    "changes",
    [{"status": Status.ORANGE}, {"status": Status.CALAMITY}, {"status": Status.GREY}]
    + [{"department": department} for department in Department if department is not Department.SEH],
)
def test_only_red_stops_of_the_seh_count(changes: dict[str, object]) -> None:
    assert oost(record("2026-02-03T10:00+01:00", "2026-02-03T12:00+01:00", **changes)) == (0, 0)


def test_minutes_of_different_hospitals_add_up() -> None:
    both = [record("2026-02-03T10:00+01:00", "2026-02-03T12:00+01:00", name) for name in ("de-linde", "de-wilg")]

    assert oost(*both) == (2, 240)


def test_touching_records_are_two_stops() -> None:
    first = record("2026-02-03T10:00+01:00", "2026-02-03T12:00+01:00")
    second = record("2026-02-03T12:00+01:00", "2026-02-03T13:00+01:00")

    assert oost(second, first) == (2, 180)


def test_overlapping_records_of_one_hospital_are_one_stop() -> None:
    first = record("2026-02-03T10:00+01:00", "2026-02-03T12:00+01:00")
    within = record("2026-02-03T10:30+01:00", "2026-02-03T11:00+01:00")
    beyond = record("2026-02-03T11:59+01:00", "2026-02-03T13:00+01:00")

    assert oost(first, within, beyond) == (1, 180)


def test_record_of_no_length_is_no_stop() -> None:
    assert oost(record("2026-02-03T10:00+01:00", "2026-02-03T10:00+01:00")) == (0, 0)


@pytest.mark.parametrize(("seconds", "minutes"), [(29, 0), (30, 1), (89, 1), (90, 2)])
def test_seconds_add_up_before_they_are_rounded_half_up(seconds: int, minutes: int) -> None:
    end = f"2026-02-03T10:{seconds // 60:02}:{seconds % 60:02}+01:00"

    assert oost(record("2026-02-03T10:00:00+01:00", end))[1] == minutes


def test_stop_counts_in_the_quarter_of_its_start_and_its_minutes_are_split_at_midnight() -> None:
    across = record("2026-03-31T23:00+02:00", "2026-04-01T01:30+02:00")

    assert oost(across) == (1, 60)
    assert oost(across, quarter=Q1.next) == (0, 90)


def test_stop_from_local_midnight_belongs_to_the_new_quarter() -> None:
    first_of_april = record("2026-03-31T22:00+00:00", "2026-03-31T23:00+00:00")

    assert oost(first_of_april) == (0, 0)
    assert oost(first_of_april, quarter=Q1.next) == (1, 60)


def test_minutes_are_elapsed_when_the_clock_goes_back() -> None:
    night = record("2026-10-25T01:30+02:00", "2026-10-25T03:30+01:00")

    assert oost(night, quarter=parse_quarter("2026-Q4")) == (1, 180)


def test_minutes_are_elapsed_when_the_clock_goes_forward() -> None:
    assert oost(record("2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00")) == (1, 60)


def test_running_stop_ends_at_the_report() -> None:
    running = record("2026-02-03T10:00+01:00", None)

    assert oost(running, report_at="2026-02-03T11:30+01:00") == (1, 90)
    assert oost(running, report_at="2026-02-03T09:30+01:00") == (0, 0)


def test_running_stop_ends_at_the_end_of_the_quarter() -> None:
    assert oost(record("2026-03-31T23:00+02:00", None)) == (1, 60)


def test_stop_over_the_whole_quarter_gives_its_elapsed_minutes() -> None:
    assert oost(record("2025-12-31T23:00+01:00", "2026-04-01T01:00+02:00")) == (0, 90 * 24 * 60 - 60)


def test_region_without_stops_keeps_its_row() -> None:
    table = quarter_table([], Q1)

    assert [row.roaz for row in table] == list(ROAZ_REGIONS)
    assert len(table) == 10
    assert {(row.stops, row.minutes) for row in table} == {(0, 0)}


def test_region_outside_the_list_follows_it() -> None:
    stop = record("2026-02-03T10:00+01:00", "2026-02-03T12:00+01:00", roaz="Elders")

    assert quarter_table([stop], Q1, regions=["Oost"])[-1] == RegionRow(roaz="Elders", stops=1, minutes=120)


def test_record_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(InvalidInput, match="ends before it starts"):
        oost(record("2026-02-03T12:00+01:00", "2026-02-03T10:00+01:00"))


@pytest.mark.parametrize("text", ["2026-Q5", "2026-Q0", "2026Q1", "26-Q1", "2026-Q1 ", ""])
def test_quarter_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="2026-Q1"):
        parse_quarter(text)


def test_quarter_number_is_checked() -> None:
    with pytest.raises(InvalidInput):
        Quarter(year=2026, number=5)


def test_quarters_follow_each_other_across_the_year() -> None:
    last = Quarter(year=2025, number=4)

    assert (last.next, Q1.previous, str(last)) == (Q1, last, "2025-Q4")
    assert last.end == Q1.start
    assert [Quarter(year=2026, number=number).previous.number for number in (2, 3, 4)] == [1, 2, 3]
