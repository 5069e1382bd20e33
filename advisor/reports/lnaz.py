"""The quarterly table of SEH stops: how many and how long, per ROAZ region; never per hospital."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from advisor.kernel import AMSTERDAM, Department, HospitalId, InvalidInput, Problem, Status

ROAZ_REGIONS = (
    "Brabant",
    "Limburg",
    "Midden",
    "Noord",
    "Noord-Holland/Flevoland",
    "Oost",
    "West",
    "Zuidwest",
    "Zwolle",
    "Euregio",
)
"""The ten regions of the published table, in its order; one without stops keeps its row (REP-6)."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Quarter:
    """A quarter of a year, from local midnight to local midnight in Europe/Amsterdam."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise InvalidInput([Problem(field="quarter", message="must be from 1 to 4")])

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def start(self) -> datetime:
        """First instant of the quarter, in UTC."""
        return datetime(self.year, 3 * self.number - 2, 1, tzinfo=AMSTERDAM).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """First instant after the quarter, in UTC."""
        return self.next.start

    @property
    def next(self) -> "Quarter":
        """The quarter after this one."""
        return Quarter(year=self.year + self.number // 4, number=self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before this one."""
        return Quarter(year=self.year - (self.number == 1), number=(self.number - 2) % 4 + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRecord:
    """One stop or code as it ran, half-open; `end=None` while it runs. Declared in or outside LPZ (REP-5)."""

    roaz: str
    hospital: HospitalId
    department: Department
    status: Status
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """One row of the table: red SEH stops that started in the quarter, and minutes of stop within it."""

    roaz: str
    stops: int
    minutes: int


def parse_quarter(text: str) -> Quarter:
    """Read a quarter of this century like "2026-Q1".

    Raises
    ------
    InvalidInput
        When it is not of that form.
    """
    match = re.fullmatch(r"(20\d\d)-Q([1-4])", text, re.ASCII)
    if match is None:
        raise InvalidInput([Problem(field="quarter", message=f"{text!r} is not of the form 2026-Q1")])
    return Quarter(year=int(match[1]), number=int(match[2]))


def quarter_table(
    records: Iterable[StopRecord],
    quarter: Quarter,
    *,
    regions: Sequence[str] = ROAZ_REGIONS,
    report_at: datetime | None = None,
) -> tuple[RegionRow, ...]:
    """Count the red SEH stops of a quarter and their minutes, per region in the order of `regions`.

    Only red stops of the SEH count (REP-4), calamity and opening hours do not (AMB-18). A stop counts in the
    quarter in which it starts; its minutes are split at the quarter's local midnights, in elapsed time
    (AMB-19). Overlapping records of one hospital are one stop; touching ones are two; a record of zero length
    is none; seconds add up before they are rounded, half up; a running stop ends at `report_at` (AMB-20).
    Minutes of hospitals add up, also at the same time (REP-9). Regions outside `regions` follow it, by name.

    Raises
    ------
    InvalidInput
        When a record ends before it starts.
    """
    counted = [record for record in records if _counts(record)]
    _check(counted)
    horizon = quarter.end if report_at is None else min(quarter.end, report_at)
    totals: dict[str, tuple[int, timedelta]] = {}
    for (roaz, _), spans in _spans(counted, horizon).items():
        stops, length = totals.get(roaz, (0, timedelta()))
        for start, end in spans:
            stops += quarter.start <= start < quarter.end
            length += max(timedelta(), min(end, horizon) - max(start, quarter.start))
        totals[roaz] = (stops, length)
    names = [*regions, *sorted(totals.keys() - set(regions))]
    return tuple(_row(name, *totals.get(name, (0, timedelta()))) for name in names)


def _counts(record: StopRecord) -> bool:
    return record.department is Department.SEH and record.status is Status.RED


def _check(records: Iterable[StopRecord]) -> None:
    problems = [
        Problem(field=f"stop of {record.hospital} at {record.start.isoformat()}", message="ends before it starts")
        for record in records
        if record.end is not None and record.end < record.start
    ]
    if problems:
        raise InvalidInput(problems)


def _spans(
    records: Iterable[StopRecord], horizon: datetime
) -> Mapping[tuple[str, HospitalId], list[tuple[datetime, datetime]]]:
    """Return per hospital its stops in order, overlapping ones joined, running ones cut at the horizon."""
    spans: dict[tuple[str, HospitalId], list[tuple[datetime, datetime]]] = {}
    for record in sorted(records, key=lambda record: record.start):
        end = horizon if record.end is None else record.end
        if end <= record.start:
            continue
        of_hospital = spans.setdefault((record.roaz, record.hospital), [])
        if of_hospital and record.start < of_hospital[-1][1]:
            of_hospital[-1] = (of_hospital[-1][0], max(end, of_hospital[-1][1]))
        else:
            of_hospital.append((record.start, end))
    return spans


def _row(roaz: str, stops: int, length: timedelta) -> RegionRow:
    whole_seconds = length // timedelta(seconds=1)
    return RegionRow(roaz=roaz, stops=stops, minutes=(whole_seconds + 30) // 60)
