"""Rides in a CSV file: where from, where to, and how long."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from advisor.commands.moments import parse_moment
from advisor.kernel import HospitalId, InvalidInput, Position, Problem

FROM = ("from_lat", "from_lon")
TO = ("to_lat", "to_lon")
MOMENTS = ("departed", "arrived")
LONGEST_S, SHORTEST_S = 4 * 3600.0, 30.0
SIGNALS = {"": True, "1": True, "yes": True, "0": False, "no": False}

LineProblem = tuple[int, Problem]
"""A line of the file, and what is the matter there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRide:
    """A row of the file: its line, the two ends, seconds, with signals or not, and when it left, if that is told."""

    line: int
    start: Position
    end: Position
    seconds: float
    signals: bool
    departed_at: datetime | None


def read_rides(path: Path, places: Mapping[HospitalId, Position]) -> tuple[list[CsvRide], list[LineProblem]]:
    """Read the rides that can be used, and what is the matter with each of the other rows.

    Raises
    ------
    InvalidInput
        When the file cannot be read, or a column is missing without which no row can be used.
    """
    rides: list[CsvRide] = []
    problems: list[LineProblem] = []
    for line, row in _rows(path):
        try:
            rides.append(_ride(line, row, places))
        except InvalidInput as error:
            message = "; ".join(map(str, error.problems))
            problems.append((line, Problem(field=f"line {line}", message=message)))
    return rides, problems


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", restkey="")
            header = list(reader.fieldnames or ())
            _require_columns(path, header)
            return [(reader.line_num, {name: (row.get(name) or "").strip() for name in header}) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput([Problem(field=str(path), message=f"cannot be read: {error}")]) from error


def _require_columns(path: Path, header: Sequence[str]) -> None:
    problems = [Problem(field=name, message=f"no such column in {path}") for name in FROM if name not in header]
    if "hospital" not in header and not set(TO) <= set(header):
        problems.append(Problem(field="hospital", message=f"no such column in {path}, nor {' and '.join(TO)}"))
    if "minutes" not in header and not set(MOMENTS) <= set(header):
        problems.append(Problem(field="minutes", message=f"no such column in {path}, nor {' and '.join(MOMENTS)}"))
    if problems:
        raise InvalidInput(problems)


def _ride(line: int, row: Mapping[str, str], places: Mapping[HospitalId, Position]) -> CsvRide:
    departed_at = _moment(row, "departed")
    return CsvRide(
        line=line,
        start=_position(row, FROM),
        end=_end(row, places),
        seconds=_seconds(row, departed_at),
        signals=_signals(row),
        departed_at=departed_at,
    )


def _end(row: Mapping[str, str], places: Mapping[HospitalId, Position]) -> Position:
    name = row.get("hospital", "")
    if not name:
        return _position(row, TO)
    if name not in places:
        raise InvalidInput([Problem(field="hospital", message=f"{name!r} is not in the registry")])
    return places[HospitalId(name)]


def _position(row: Mapping[str, str], columns: tuple[str, str]) -> Position:
    lat, lon = (_number(row, name) for name in columns)
    return Position(lat=lat, lon=lon)


def _seconds(row: Mapping[str, str], departed_at: datetime | None) -> float:
    if row.get("minutes"):
        seconds, field = _number(row, "minutes") * 60.0, "minutes"
    else:
        arrived_at, field = _moment(row, "arrived"), "arrived"
        if departed_at is None or arrived_at is None:
            raise InvalidInput([Problem(field="minutes", message="is missing, and so is departed or arrived")])
        seconds = (arrived_at - departed_at).total_seconds()
    if not SHORTEST_S <= seconds <= LONGEST_S:
        message = f"{seconds / 60:.1f} minutes is no ride; from {SHORTEST_S / 60:g} to {LONGEST_S / 60:g} are taken"
        raise InvalidInput([Problem(field=field, message=message)])
    return seconds


def _signals(row: Mapping[str, str]) -> bool:
    text = row.get("signals", "").lower()
    if text not in SIGNALS:
        raise InvalidInput([Problem(field="signals", message=f"must be 1 or 0, not {text!r}")])
    return SIGNALS[text]


def _moment(row: Mapping[str, str], name: str) -> datetime | None:
    return parse_moment(row[name], name) if row.get(name) else None


def _number(row: Mapping[str, str], name: str) -> float:
    try:
        return float(row.get(name, ""))
    except ValueError as error:
        raise InvalidInput([Problem(field=name, message=f"{row.get(name, '')!r} is not a number")]) from error
