"""Recalibrating on drives of one's own: by the routes they took, or by their foretold times alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from advisor.roads.drives import GROUPS, Bools, Drives, Floats, folds, follow, some_of
from advisor.roads.fit_report import Judged
from advisor.roads.fitting import (
    DEFAULT_HOLD,
    START_HOLD,
    Step,
    covered,
    cross_covered,
    cross_validate,
    fit_ends,
    fit_speeds,
    least_error,
    scaled,
)
from advisor.roads.speeds import SpeedTable

LEAST_RIDES = 100
"""Fewer rides tell too little of thirteen groups of roads, and of a tenth at either end."""
MOST_TIMES = 4.0
"""A drive that takes this many times as long or as short as foretold is a button pressed late, or no drive there."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Recalibrated:
    """The table that was found, and how drives were foretold before and by it."""

    table: SpeedTable
    judged: Judged


@dataclass(frozen=True, kw_only=True, eq=False)
class Foretold:
    """Drives whose times were foretold when they began: seconds, and whether they came out within the interval.

    `day` names the day of each; drives of one day are left out together.
    """

    foretold: Floats
    actual: Floats
    inside: Bools
    distance_m: Floats
    day: tuple[str, ...]
    parts: tuple[str, ...]


def believable(foretold: Floats, actual: Floats) -> Bools:
    """Tell which drives took about as long as drives can."""
    ratio = actual / foretold
    return np.asarray(np.isfinite(foretold) & (ratio < MOST_TIMES) & (ratio > 1.0 / MOST_TIMES))


def recalibrate_by_routes(drives: Drives, base: SpeedTable, parts: Sequence[str], step: Step) -> Recalibrated:
    """Fit speeds by group of roads on drives that all have a way."""
    now = cross_validate(drives, base, step)
    found = fit_speeds(drives, base, np.ones(len(drives), np.bool_), step)
    before = follow(drives, base, base)
    table = replace(found, ends=fit_ends(now, drives.seconds))
    judged = Judged(
        actual=drives.seconds,
        before=before.predicted,
        now=now,
        inside_before=covered(before.predicted, drives.seconds, base.ends),
        inside_now=cross_covered(now, drives.seconds, drives.fold),
        distance_m=before.distance_m,
        built_up=drives.built_up,
        parts=tuple(parts),
    )
    return Recalibrated(table=table, judged=judged)


def recalibrate_by_times(drives: Foretold, base: SpeedTable) -> Recalibrated:
    """Fit one factor for all roads and the constant; that needs no positions."""
    fold, now = folds(drives.day), np.zeros(len(drives.actual))
    for number in np.unique(fold):
        out = fold == number
        factor, start_s = _factor(drives, base, ~out)
        now[out] = (drives.foretold[out] - base.start_s) * factor + start_s
    factor, start_s = _factor(drives, base, np.ones(len(fold), np.bool_))
    table = scaled(base, np.full(len(GROUPS), factor), start_s)
    judged = Judged(
        actual=drives.actual,
        before=drives.foretold,
        now=now,
        inside_before=drives.inside,
        inside_now=cross_covered(now, drives.actual, fold),
        distance_m=drives.distance_m,
        parts=drives.parts,
    )
    return Recalibrated(table=replace(table, ends=fit_ends(now, drives.actual)), judged=judged)


def drives_that_count(drives: Drives, base: SpeedTable) -> tuple[Drives, Bools, Floats]:
    """Keep the believable drives: those, which of all they are, and what was foretold of all."""
    foretold = follow(drives, base, base).predicted
    chosen = believable(foretold, drives.seconds)
    return some_of(drives, chosen), chosen, foretold


def _factor(drives: Foretold, base: SpeedTable, chosen: Bools) -> tuple[float, float]:
    roads_s = np.maximum(drives.foretold[chosen] - base.start_s, 0.0)
    design = np.column_stack((roads_s, np.ones(len(roads_s))))
    expected = np.array([1.0, base.start_s])
    hold = np.array([DEFAULT_HOLD, START_HOLD / max(base.start_s, 1.0)])
    factor, start_s = least_error(design, drives.actual[chosen], expected, hold)
    return float(factor), float(start_s)
