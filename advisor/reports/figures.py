"""Numbers out of lists of numbers; `None` where there is nothing to make them of."""

import math
from bisect import bisect_right
from collections.abc import Sequence


def percentage(part: int, whole: int) -> float | None:
    """Return a share in percent, to one decimal."""
    return round(100 * part / whole, 1) if whole else None


def mean(values: Sequence[float]) -> float | None:
    """Return the mean, to one decimal."""
    return round(sum(values) / len(values), 1) if values else None


def quantile(values: Sequence[float], share: float) -> float | None:
    """Return the value that a share of the values does not exceed (nearest rank)."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def tally(values: Sequence[float], edges: Sequence[float]) -> tuple[int, ...]:
    """Count the values below the first edge, from each edge to the next, and from the last one on."""
    counts = [0] * (len(edges) + 1)
    for value in values:
        counts[bisect_right(edges, value)] += 1
    return tuple(counts)
