"""The 80 % interval around a drive time."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from advisor.roads.model import Profile


class Ends(NamedTuple):
    """How far the interval reaches below and above a drive time: seconds, and share of the drive time."""

    low_s: float
    low_share: float
    high_s: float
    high_share: float


ENDS = {
    Profile.SIGNALS: Ends(low_s=82.0, low_share=0.014, high_s=81.0, high_share=0.006),
    Profile.NO_SIGNALS: Ends(low_s=60.0, low_share=0.15, high_s=90.0, high_share=0.25),
}
"""The ends that come with the program.

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
    seconds: Floats, geodesic: NDArray[np.bool_], ends: Ends, accuracy_m: float | None = None
) -> tuple[Floats, Floats]:
    """Low and high end of the 80 % interval, seconds; infinite where `seconds` is.

    `accuracy_m` is the radius of the position's uncertainty, if known.
    """
    gps_s = (accuracy_m or 0.0) / GPS_KPH * 3.6
    low_s, low_share, high_s, high_share = ends
    low = seconds * (1.0 - np.where(geodesic, GEODESIC_LOW_SHARE, low_share)) - low_s - gps_s
    high = seconds * (1.0 + np.where(geodesic, GEODESIC_HIGH_SHARE, high_share)) + high_s + gps_s
    return np.maximum(low, 0.0), high
