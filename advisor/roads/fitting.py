"""Speeds that predict known drives: a factor for each group of roads and a constant, found by least absolute error."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.optimize import linprog, nnls

from advisor.roads.band import Ends
from advisor.roads.drives import FOLDS, GROUPS, Bools, Drives, Floats, Ints, follow, some_of
from advisor.roads.speeds import SpeedTable

ROUNDS = 4
"""Routes and speeds are fitted in turn, this many times."""
LEAST_MISS_S = 15.0
"""Smaller errors count as this, so that no drive decides alone."""
START_HOLD = 12.0
DEFAULT_HOLD = 30.0
HOLDS = {"living street": 300.0, "service and others": 300.0}
"""How firmly what is expected is held; firmer where hardly any drive goes."""
SPEED_RANGE_KPH = (5.0, 150.0)
LOW_QUANTILE, HIGH_QUANTILE = 0.1, 0.9

Step = Callable[[], None]


def fit_speeds(drives: Drives, base: SpeedTable, chosen: Bools, step: Step) -> SpeedTable:
    """Fit factors on the speeds of `base` to the chosen drives, finding routes and speeds in turn."""
    part, table = some_of(drives, chosen), base
    hold = np.array([HOLDS.get(name, DEFAULT_HOLD) for name, *_ in GROUPS] + [START_HOLD / max(base.start_s, 1.0)])
    expected = np.append(np.ones(len(GROUPS)), base.start_s)
    for _ in range(ROUNDS):
        found = follow(part, table, base)
        design = np.column_stack((found.by_group * part.factor[:, None], np.ones(len(part))))
        scale = least_error(design, part.seconds - found.legs_s * part.factor, expected, hold)
        table = scaled(base, scale[:-1], float(scale[-1]))
        step()
    return table


def scaled(base: SpeedTable, scale: Floats, start_s: float) -> SpeedTable:
    """Return a table on which the roads of each group take `scale` times as long."""
    columns = [list(base.open_kph), list(base.built_up_kph)]
    for factor, (_, classes, places) in zip(scale, GROUPS, strict=True):
        for place in places:
            for road_class in classes:
                kph = columns[place][road_class] / max(float(factor), 1e-6)
                columns[place][road_class] = round(min(max(kph, SPEED_RANGE_KPH[0]), SPEED_RANGE_KPH[1]), 1)
    return replace(base, open_kph=tuple(columns[0]), built_up_kph=tuple(columns[1]), start_s=round(start_s, 1))


def steps_of_fit() -> int:
    """How many steps `cross_validate` and one fit on all drives take."""
    return (FOLDS + 1) * ROUNDS


def cross_validate(drives: Drives, base: SpeedTable, step: Step) -> Floats:
    """Seconds of every drive by speeds (and routes) that never saw a drive from its origin."""
    seconds = np.zeros(len(drives))
    for number in np.unique(drives.fold):
        left_out = drives.fold == number
        table = fit_speeds(drives, base, ~left_out, step)
        seconds[left_out] = follow(some_of(drives, left_out), table, base).predicted
    return seconds


def least_error(design: Floats, seconds: Floats, expected: Floats, hold: Floats) -> Floats:
    """Bring the absolute error down (reweighted least squares); `hold` is how firmly what is `expected` is held."""
    weight = 1 / np.sqrt(np.maximum(seconds, 1.0))
    found = expected
    for _ in range(8):
        left = np.vstack((design * weight[:, None], np.diag(hold)))
        found, _ = nnls(left, np.concatenate((seconds * weight, hold * expected)))
        miss = np.maximum(np.abs(design @ found - seconds), LEAST_MISS_S)
        weight = 1 / np.sqrt(miss * np.sqrt(np.maximum(seconds, 1.0)))
    return np.asarray(found)


def fit_ends(predicted: Floats, actual: Floats) -> Ends:
    """Fit the 80 % interval: quantiles of the error as a constant and a share of the drive time."""
    low, high = (quantile_line(predicted, actual, quantile) for quantile in (LOW_QUANTILE, HIGH_QUANTILE))
    reach = np.array([predicted.min(), predicted.max()])
    if ((high[0] + high[1] * reach) < (low[0] + low[1] * reach)).any():
        low, high = (np.array([np.quantile(actual - predicted, q), 0.0]) for q in (LOW_QUANTILE, HIGH_QUANTILE))
    ends = Ends(low_s=-low[0], low_share=-low[1], high_s=high[0], high_share=high[1])
    return Ends(*(round(float(value), 4) for value in ends))


def covered(predicted: Floats, actual: Floats, ends: Ends) -> Bools:
    """Tell which drives fall in the interval."""
    low = np.maximum(predicted * (1.0 - ends.low_share) - ends.low_s, 0.0)
    high = predicted * (1.0 + ends.high_share) + ends.high_s
    return np.asarray((low <= actual) & (actual <= high))


def cross_covered(predicted: Floats, actual: Floats, fold: Ints) -> Bools:
    """Tell which drives fall in an interval that was fitted without any drive of their fold."""
    inside = np.zeros(len(fold), np.bool_)
    for number in np.unique(fold):
        out = fold == number
        inside[out] = covered(predicted[out], actual[out], fit_ends(predicted[~out], actual[~out]))
    return inside


def quantile_line(predicted: Floats, actual: Floats, quantile: float) -> Floats:
    """Constant and slope of a quantile of `actual - predicted` against `predicted`, by linear programming."""
    rest, count = actual - predicted, len(actual)
    design = sparse.csr_matrix(np.column_stack((np.ones(count), predicted)))
    price = np.concatenate((np.zeros(2), np.full(count, quantile), np.full(count, 1 - quantile)))
    equal = sparse.hstack((design, sparse.identity(count), -sparse.identity(count)), format="csr")
    found = linprog(price, A_eq=equal, b_eq=rest, bounds=[(None, None)] * 2 + [(0, None)] * (2 * count), method="highs")
    return np.asarray(found.x[:2])
