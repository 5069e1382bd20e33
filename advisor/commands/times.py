"""Drive times for pairs of positions in a CSV file."""

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from advisor.commands.network import progress
from advisor.kernel import InvalidInput, Position, Problem

if TYPE_CHECKING:
    from advisor.roads.fields import Report
    from advisor.roads.model import Profile

COLUMNS = ("from_lat", "from_lon", "to_lat", "to_lon")
BLOCK = 512
"""Destinations that are computed at a time, to bound the memory."""


LineProblem = tuple[int, Problem]
"""A line of the file, and what is the matter there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A row of the file: its line number, where to drive from and where to."""

    line: int
    start: Position
    end: Position


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("times", help="drive times for pairs of positions in a CSV")
    parser.add_argument("--network", required=True, type=Path, metavar="FILE")
    parser.add_argument("--csv", required=True, type=Path, metavar="IN", help=f"with columns {', '.join(COLUMNS)}")
    parser.add_argument("--out", type=Path, metavar="OUT", help="default: standard output")
    signals = parser.add_mutually_exclusive_group()
    signals.add_argument("--signals", dest="signals", action="store_true", default=True, help="with signals (default)")
    signals.add_argument("--no-signals", dest="signals", action="store_false", help="without signals")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from advisor.roads.model import Profile  # noqa: PLC0415 - slow to import
    from advisor.roads.network import load_network  # noqa: PLC0415 - as above

    profile = Profile.SIGNALS if options.signals else Profile.NO_SIGNALS
    network = load_network(options.network)
    header, rows = _read(options.csv)
    pairs, problems = _parse(rows)
    with progress() as report:
        seconds, without = times_of_pairs(network, pairs, profile, report)
    with _output(options.out) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*header, "seconds"])
        writer.writerows([*row.values(), seconds.get(line, "")] for line, row in rows)
    for _, problem in sorted([*problems, *without], key=lambda each: each[0]):
        print(f"error: {problem}", file=sys.stderr)
    return 1 if problems or without else 0


def times_of_pairs(
    network: Any, pairs: Sequence[Pair], profile: "Profile", report: "Report"
) -> tuple[dict[int, str], list[LineProblem]]:
    """Seconds of each pair by its line, to the tenth, and why the others have none."""
    from advisor.roads.model import OffNetwork  # noqa: PLC0415 - slow to import

    found: dict[int, str] = {}
    problems: list[LineProblem] = []
    goals = list(dict.fromkeys(pair.end for pair in pairs))
    for first in range(0, len(goals), BLOCK):
        block = goals[first : first + BLOCK]
        atlas = _open(network, block, profile, report)
        column = {position: i for i, position in enumerate(block)}
        for pair in pairs:
            if pair.end not in column:
                continue
            try:
                times = atlas.drive_times(pair.start, profile=profile)
            except OffNetwork as error:
                problems.append(_problem(pair.line, f"from: {error}"))
                continue
            i = column[pair.end]
            if times.geodesic[i]:
                problems.append(_problem(pair.line, f"to: {_off(atlas, pair.end)}"))
            elif times.seconds[i] < float("inf"):
                found[pair.line] = f"{times.seconds[i]:.1f}"
            else:
                problems.append(_problem(pair.line, "no way leads there"))
    return found, problems


def _off(atlas: Any, position: Position) -> str:
    from advisor.roads.model import OffNetwork  # noqa: PLC0415 - slow to import

    try:
        atlas.drive_times(position, profile=next(iter(atlas.profiles)))
    except OffNetwork as error:
        return str(error)
    return "too far from every road"


def _problem(line: int, message: str) -> LineProblem:
    return line, Problem(field=f"line {line}", message=message)


def _open(network: Any, goals: Sequence[Position], profile: "Profile", report: "Report") -> Any:
    from advisor.roads.atlas import Atlas  # noqa: PLC0415 - slow to import
    from advisor.roads.model import Destination  # noqa: PLC0415 - as above
    from advisor.roads.speeds import speed_table  # noqa: PLC0415 - as above

    destinations = [Destination(id=str(i), position=goal) for i, goal in enumerate(goals)]
    return Atlas.open(network, destinations, report=report, tables={profile: speed_table(profile)})


def _read(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The header and the rows with their line numbers; a row that is too short or too long keeps what it has."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", restkey="")
            header = list(reader.fieldnames or ())
            missing = [name for name in COLUMNS if name not in header]
            if missing:
                raise InvalidInput([Problem(field=name, message=f"no such column in {path}") for name in missing])
            return header, [(reader.line_num, {name: row.get(name) or "" for name in header}) for row in reader]
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput([Problem(field="--csv", message=f"{path} cannot be read: {error}")]) from error


def _parse(rows: Sequence[tuple[int, dict[str, str]]]) -> tuple[list[Pair], list[LineProblem]]:
    pairs: list[Pair] = []
    problems: list[LineProblem] = []
    for line, row in rows:
        try:
            numbers = [_number(row, name) for name in COLUMNS]
            start, end = Position(lat=numbers[0], lon=numbers[1]), Position(lat=numbers[2], lon=numbers[3])
        except InvalidInput as error:
            problems += [_problem(line, str(problem)) for problem in error.problems]
        else:
            pairs.append(Pair(line=line, start=start, end=end))
    return pairs, problems


def _number(row: dict[str, str], name: str) -> float:
    try:
        return float(row[name])
    except ValueError as error:
        raise InvalidInput([Problem(field=name, message=f"{row[name]!r} is not a number")]) from error


@contextmanager
def _output(path: Path | None) -> Iterator[IO[str]]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        yield file
