"""The 80 % interval around a drive time."""

import numpy as np
from numpy.typing import NDArray

from advisor.roads.model import Profile

LOW = {Profile.SIGNALS: (82.0, 0.014), Profile.NO_SIGNALS: (60.0, 0.15)}
HIGH = {Profile.SIGNALS: (81.0, 0.006), Profile.NO_SIGNALS: (90.0, 0.25)}
"""Seconds, and share of the drive time, below and above it.

With signals: quantiles of the cross-validated error (docs/CALIBRATION.md); the interval covers 79 % of the trips that
were left out, and 74 % of the worst tenth. Without signals nothing was fitted and traffic counts: as wide as published
comparisons of runs with and without signals spread, a quarter, and wider to the late side.
"""
GEODESIC_LOW_SHARE = 0.35
GEODESIC_HIGH_SHARE = 0.60
"""Width around an estimate along the straight line, where water or a missing road can mean a long way round."""
GPS_KPH = 30.0
"""An uncertain position counts as this speed over the accuracy radius."""

Floats = NDArray[np.float64]


def band(
    seconds: Floats, geodesic: NDArray[np.bool_], profile: Profile, accuracy_m: float | None = None
) -> tuple[Floats, Floats]:
    """Low and high end of the 80 % interval, seconds; infinite where `seconds` is.

    `accuracy_m` is the radius of the position's uncertainty, if known.
    """
    gps_s = (accuracy_m or 0.0) / GPS_KPH * 3.6
    (low_s, low_share), (high_s, high_share) = LOW[profile], HIGH[profile]
    low = seconds * (1.0 - np.where(geodesic, GEODESIC_LOW_SHARE, low_share)) - low_s - gps_s
    high = seconds * (1.0 + np.where(geodesic, GEODESIC_HIGH_SHARE, high_share)) + high_s + gps_s
    return np.maximum(low, 0.0), high
