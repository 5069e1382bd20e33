"""The 80 % interval around a drive time."""

import numpy as np
from numpy.typing import NDArray

from advisor.roads.model import Profile

LOW_SHARE = {Profile.SIGNALS: 0.14, Profile.NO_SIGNALS: 0.18}
HIGH_SHARE = {Profile.SIGNALS: 0.16, Profile.NO_SIGNALS: 0.25}
"""Part of the drive time below and above it.

With signals: the 10 % and 90 % quantiles of modelled against estimated ambulance times on class speeds lie near these
shares. Without signals traffic counts, and the delay side is wider: published comparisons of runs with and without
signals spread by about a quarter.
"""
CONSTANT_S = 30.0
"""Getting away and the last metres, whatever the distance."""
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
    fixed = CONSTANT_S + (accuracy_m or 0.0) / GPS_KPH * 3.6
    low = seconds - np.where(geodesic, GEODESIC_LOW_SHARE, LOW_SHARE[profile]) * seconds - fixed
    high = seconds + np.where(geodesic, GEODESIC_HIGH_SHARE, HIGH_SHARE[profile]) * seconds + fixed
    return np.maximum(low, 0.0), high
