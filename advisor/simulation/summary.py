"""Several seeds together: the mean of every measure with its 95 % interval, and of the differences per seed."""

import math
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, stdev
from typing import Any

from scipy.special import stdtrit

from advisor.simulation.measures import DIGITS

Json = Any
COMPARED = (("uitwijk", "nearest"), ("uitwijk", "board"), ("uitwijk", "crew"))
"""Of these pairs the differences are given, the first minus the second."""


def summarise(runs: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    """Return means and intervals over runs that differ in their seed; `runs` are documents of `measure`.

    An interval is Student's for the mean of independent runs. Policies of one seed live in the same world, so the
    interval of a difference is narrower than the two intervals suggest.
    """
    names = list(runs[0]["policies"])
    measures = [name for name, value in runs[0]["policies"][names[0]].items() if not isinstance(value, dict)]

    def values(policy: str, measure: str) -> list[float]:
        return [run["policies"][policy][measure] for run in runs]

    return {
        "runs": len(runs),
        "policies": {policy: {measure: interval(values(policy, measure)) for measure in measures} for policy in names},
        "differences": {
            f"{one} - {other}": {
                measure: interval(map(float.__sub__, *map(_floats, (values(one, measure), values(other, measure)))))
                for measure in measures
            }
            for one, other in COMPARED
            if one in names and other in names
        },
        "load_per_day": {policy: _loads([run["policies"][policy]["load"] for run in runs]) for policy in names},
    }


def interval(values: Iterable[float]) -> dict[str, float]:
    """Return the mean with the ends of its 95 % interval; of one value, the value."""
    listed = list(values)
    mean = fmean(listed)
    half = 0.0
    if len(listed) > 1:
        half = float(stdtrit(len(listed) - 1, 0.975)) * stdev(listed) / math.sqrt(len(listed))
    return {"mean": round(mean, DIGITS), "low": round(mean - half, DIGITS), "high": round(mean + half, DIGITS)}


def _floats(values: Iterable[float]) -> list[float]:
    return [float(value) for value in values]


def _loads(runs: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    hospitals = sorted({hospital for run in runs for hospital in run})
    return {
        hospital: interval([run.get(hospital, {"per_day": 0.0})["per_day"] for run in runs]) for hospital in hospitals
    }
