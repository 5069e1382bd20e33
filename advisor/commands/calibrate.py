"""`calibrate`: speeds and intervals of drive times, fitted on rides of one's own."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.bootstrap.keeping import open_store
from advisor.bootstrap.material import load_network, load_registry, load_speeds, read_text
from advisor.bootstrap.world import RoadsOnDemand, make_world
from advisor.commands.network import progress
from advisor.commands.rides_csv import CsvRide, LineProblem, read_rides
from advisor.kernel import AMSTERDAM, Interval, InvalidInput, Problem
from advisor.settings import Settings, read_settings

if TYPE_CHECKING:
    from advisor.roads.fields import Report
    from advisor.roads.model import Profile
    from advisor.roads.recalibration import Foretold, Recalibrated
    from advisor.roads.speeds import SpeedTable
    from advisor.services.driven_rides import DrivenRide

TITLES = {"signals": "With signals", "no_signals": "Without signals"}
PARTS = {"rush": "rush hours", "other": "other hours", "night": "night"}


@dataclass(slots=True, kw_only=True)
class Found:
    """What came out: by profile, what was found and how many rides could not be used; and what to tell of rows."""

    by_profile: "dict[Profile, Recalibrated]" = field(default_factory=dict)
    too_few: "dict[Profile, int]" = field(default_factory=dict)
    problems: list[LineProblem] = field(default_factory=list)


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "calibrate", help="fit speeds and intervals of drive times on rides of one's own"
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "csv", nargs="?", type=Path, metavar="RIDES.CSV", help="see docs/CALIBRATION.md for its columns"
    )
    source.add_argument("--journal", action="store_true", help="the rides of the journal that arrived")
    parser.add_argument("--network", type=Path, metavar="FILE", help="default: the network of the settings")
    parser.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="with --journal: from this day")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the calibration here, for UITWIJK_CALIBRATION")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Fit, print the report, and write the calibration; 1 when some rides could not be used."""
    settings = read_settings(os.environ)
    base = load_speeds(settings.calibration)
    with progress() as report:
        if options.journal:
            found = _from_journal(settings, base, _since(options.since, settings))
        else:
            network = options.network or settings.network
            found = _from_csv(options.csv, load_registry(settings.registry), (network, base), report)
    for _, problem in sorted(found.problems, key=lambda each: each[0]):
        print(f"error: {problem}", file=sys.stderr)
    if not found.by_profile:
        raise InvalidInput([Problem(field="rides", message=_told_too_few(found))])
    print("\n".join(_report(found, base)))
    if options.out is not None:
        _write(options.out, found, settings.calibration)
        print(f"\nWritten to {options.out}; in force with UITWIJK_CALIBRATION={options.out}")
    return 1 if found.problems else 0


def _from_csv(
    path: Path, registry: Any, by: "tuple[Path | None, dict[Profile, SpeedTable]]", report: "Report"
) -> Found:
    from advisor.roads.model import Profile  # noqa: PLC0415 - slow to import

    network_file, base = by
    rides, problems = read_rides(path, {site.id: site.arrival_position for site in registry})
    found, network = Found(problems=problems), load_network(network_file)
    for profile in Profile:
        of_profile = [ride for ride in rides if ride.signals is (profile is Profile.SIGNALS)]
        if of_profile:
            _fit_rides(found, of_profile, (network, base[profile]), report)
    return found


def _fit_rides(found: Found, rides: Sequence[CsvRide], by: "tuple[Any, SpeedTable]", report: "Report") -> None:
    from advisor.roads.drives import Drive, put_on_roads  # noqa: PLC0415 - slow to import
    from advisor.roads.fitting import steps_of_fit  # noqa: PLC0415 - as above
    from advisor.roads.recalibration import LEAST_RIDES, drives_that_count, recalibrate_by_routes  # noqa: PLC0415
    from advisor.roads.speeds import time_factor  # noqa: PLC0415 - as above

    network, base = by
    drives = [
        Drive(
            start=ride.start,
            end=ride.end,
            seconds=ride.seconds,
            factor=time_factor(base.profile, ride.departed_at),
        )
        for ride in rides
    ]
    joined, kept, lost = put_on_roads(network, drives)
    found.problems += [_problem(rides[place].line, message) for place, message in lost]
    if not kept:
        found.too_few[base.profile] = 0
        return
    counted, chosen, foretold = drives_that_count(joined, base)
    found.problems += [
        _problem(rides[place].line, _unbelievable(rides[place].seconds, seconds))
        for place, seconds, is_chosen in zip(kept, foretold.tolist(), chosen.tolist(), strict=True)
        if not is_chosen
    ]
    if len(counted) < LEAST_RIDES:
        found.too_few[base.profile] = len(counted)
        return
    used = [rides[place] for place, is_chosen in zip(kept, chosen.tolist(), strict=True) if is_chosen]
    done, total = 0, steps_of_fit()

    def step() -> None:
        nonlocal done
        done += 1
        report(TITLES[base.profile].lower(), done, total)

    parts = [part_of_day(ride.departed_at) for ride in used] if all(ride.departed_at for ride in used) else []
    found.by_profile[base.profile] = recalibrate_by_routes(counted, base, parts, step)


def _from_journal(settings: Settings, base: "dict[Profile, SpeedTable]", since: datetime) -> Found:
    from advisor.roads.model import Profile  # noqa: PLC0415 - slow to import
    from advisor.roads.recalibration import LEAST_RIDES, recalibrate_by_times  # noqa: PLC0415 - as above
    from advisor.services.driven_rides import read_driven_rides  # noqa: PLC0415 - as above

    world = make_world(settings, open_store(settings, gevent=False), roads=RoadsOnDemand(settings))
    rides = list(read_driven_rides(Interval(start=since, end=None), world=world))
    found = Found()
    for profile in Profile:
        of_profile = [ride for ride in rides if ride.profile is profile]
        foretold = _foretold(of_profile)
        if len(foretold.actual) >= LEAST_RIDES:
            found.by_profile[profile] = recalibrate_by_times(foretold, base[profile])
        elif of_profile:
            found.too_few[profile] = len(foretold.actual)
    return found


def _foretold(rides: "Sequence[DrivenRide]") -> "Foretold":
    import numpy as np  # noqa: PLC0415 - slow to import

    from advisor.roads.recalibration import Foretold, believable  # noqa: PLC0415 - as above

    foretold, took = (np.array(values, float) for values in ([r.foretold_s for r in rides], [r.took_s for r in rides]))
    used = [ride for ride, is_chosen in zip(rides, believable(foretold, took).tolist(), strict=True) if is_chosen]
    return Foretold(
        foretold=np.array([ride.foretold_s for ride in used], float),
        actual=np.array([ride.took_s for ride in used], float),
        inside=np.array([-r.low_s <= r.took_s - r.foretold_s <= r.high_s for r in used], bool),
        distance_m=np.array([ride.distance_m for ride in used], float),
        day=tuple(ride.departed_at.astimezone(AMSTERDAM).date().isoformat() for ride in used),
        parts=tuple(part_of_day(ride.departed_at) for ride in used),
    )


def part_of_day(moment: datetime | None) -> str:
    """Name the part of the day that drive times differ by."""
    from advisor.roads.speeds import day_part  # noqa: PLC0415 - slow to import

    return PARTS[day_part(moment)] if moment is not None else ""


def _since(day: date | None, settings: Settings) -> datetime:
    """Return the day that is asked for; else the moment of the calibration in force; else the beginning."""
    from advisor.roads.calibration import parse_calibration  # noqa: PLC0415 - slow to import

    if day is not None:
        return datetime.combine(day, time.min, AMSTERDAM).astimezone(UTC)
    if settings.calibration is not None:
        return parse_calibration(read_text(settings.calibration)).made_at.astimezone(UTC)
    return datetime.min.replace(tzinfo=UTC)


def _report(found: Found, base: "dict[Profile, SpeedTable]") -> Iterator[str]:
    from advisor.roads.fit_report import error_rows, speed_rows  # noqa: PLC0415 - slow to import

    for profile, recalibrated in found.by_profile.items():
        yield f"\n## {TITLES[profile]}: {len(recalibrated.judged.actual)} rides\n"
        yield from error_rows(recalibrated.judged)
        yield ""
        yield from speed_rows(base[profile], recalibrated.table)
        low_s, low_share, high_s, high_share = recalibrated.table.ends
        yield (
            f"\nThe 80 % interval begins {low_s:.0f} s and {100 * low_share:.1f} % below, "
            f"and ends {high_s:.0f} s and {100 * high_share:.1f} % above the drive time."
        )
    if found.too_few:
        yield f"\n{_told_too_few(found)}"


def _told_too_few(found: Found) -> str:
    from advisor.roads.recalibration import LEAST_RIDES  # noqa: PLC0415 - slow to import

    counts = ", ".join(f"{count} {TITLES[profile].lower()}" for profile, count in found.too_few.items())
    return f"too few rides that can be used ({counts or 'none'}); a profile needs {LEAST_RIDES}"


def _write(path: Path, found: Found, in_force: Path | None) -> None:
    """Write what was found; a profile that was not fitted now keeps what the calibration in force says."""
    from advisor.roads.calibration import Calibration, parse_calibration, write_calibration  # noqa: PLC0415 - as above

    kept = parse_calibration(read_text(in_force)) if in_force is not None else None
    calibration = Calibration(
        made_at=datetime.now(UTC),
        tables={**(kept.tables if kept else {}), **{profile: one.table for profile, one in found.by_profile.items()}},
        rides={
            **(kept.rides if kept else {}),
            **{profile: len(one.judged.actual) for profile, one in found.by_profile.items()},
        },
    )
    try:
        path.write_text(write_calibration(calibration), encoding="utf-8")
    except OSError as error:
        raise InvalidInput([Problem(field="--out", message=f"{path} cannot be written: {error}")]) from error


def _unbelievable(seconds: float, foretold: float) -> str:
    if foretold == float("inf"):
        return "no way leads there"
    return f"took {seconds / 60:.1f} minutes where {foretold / 60:.1f} are expected: left out"


def _problem(line: int, message: str) -> LineProblem:
    return line, Problem(field=f"line {line}", message=message)
