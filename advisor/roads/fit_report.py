"""How well drive times are foretold: a table of errors by distance, town or country, and time of day."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from advisor.roads.drives import GROUPS, Bools, Floats
from advisor.roads.speeds import SpeedTable

DISTANCES_KM = (0, 5, 10, 20, 40)
PLACES = (
    ("town to town", True, True),
    ("town to country", True, False),
    ("country to town", False, True),
    ("country to country", False, False),
)
HEAD = (
    "| | rides | mean absolute error, min: before | now | mean error, min: before | now "
    "| ratio now: middle, 10-90 % | in the interval, %: before | now |\n" + "|---" * 9 + "|"
)
LEAST_ROWS = 5
"""Rows of fewer rides are left out: they would tell of single rides."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Judged:
    """Drives as they were foretold before, and as speeds foretell them that never saw them; seconds.

    `built_up` tells of start and end, bool[drives, 2]; empty where it is not known. `parts` name the time of day.
    """

    actual: Floats
    before: Floats
    now: Floats
    inside_before: Bools
    inside_now: Bools
    distance_m: Floats
    built_up: Bools = field(default_factory=lambda: np.zeros((0, 2), np.bool_))
    parts: tuple[str, ...] = ()


def error_rows(judged: Judged) -> Iterator[str]:
    """Yield the lines of the table of errors, as Markdown."""
    yield HEAD
    for name, chosen in slices(judged):
        if int(chosen.sum()) >= LEAST_ROWS:
            yield _row(name, judged, chosen)


def slices(judged: Judged) -> Iterator[tuple[str, Bools]]:
    """Yield the parts by which errors are told apart: all, by distance, by place, by time of day."""
    yield "all", np.ones(len(judged.actual), np.bool_)
    yield from by_distance(judged.distance_m)
    if len(judged.built_up):
        yield from by_place(judged.built_up)
    for part in sorted(set(judged.parts)):
        yield part, np.array([each == part for each in judged.parts])


def by_distance(distance_m: Floats) -> Iterator[tuple[str, Bools]]:
    """Yield the distance bands."""
    for low, high in zip(DISTANCES_KM, (*DISTANCES_KM[1:], None), strict=True):
        name = f"{low} km and more" if high is None else f"{low}-{high} km"
        km = distance_m / 1000.0
        yield name, np.asarray((km >= low) & (km < (high or np.inf)))


def by_place(built_up: Bools) -> Iterator[tuple[str, Bools]]:
    """Yield where drives begin and end."""
    for name, at_start, at_end in PLACES:
        yield name, np.asarray((built_up[:, 0] == at_start) & (built_up[:, 1] == at_end))


def speed_rows(before: SpeedTable, now: SpeedTable) -> Iterator[str]:
    """Yield the lines of the table of speeds, as Markdown; a group is told by the first class in it."""
    yield "| roads | before, km/h | now, km/h |\n|---|---|---|"
    for name, classes, places in GROUPS:
        old, new = ((table.open_kph, table.built_up_kph)[places[0]][classes[0]] for table in (before, now))
        yield f"| {name} | {old:.0f} | {new:.0f} |"
    yield f"| every drive, s | {before.start_s:.0f} | {now.start_s:.0f} |"


def _row(name: str, judged: Judged, chosen: Bools) -> str:
    actual = judged.actual[chosen]
    misses = [(foretold[chosen] - actual) / 60.0 for foretold in (judged.before, judged.now)]
    ratio = judged.now[chosen] / actual
    low, middle, high = np.percentile(ratio, [10, 50, 90])
    shares = [100.0 * float(inside[chosen].mean()) for inside in (judged.inside_before, judged.inside_now)]
    return (
        f"| {name} | {len(actual)} | {np.abs(misses[0]).mean():.2f} | {np.abs(misses[1]).mean():.2f} "
        f"| {misses[0].mean():+.2f} | {misses[1].mean():+.2f} | {middle:.2f}, {low:.2f}-{high:.2f} "
        f"| {shares[0]:.0f} | {shares[1]:.0f} |"
    )
