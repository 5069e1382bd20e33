"""What a device must know of drive times beside the times themselves."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from advisor.roads.band import GEODESIC_HIGH_SHARE, GEODESIC_LOW_SHARE, GPS_KPH
from advisor.roads.geo import EARTH_RADIUS_M
from advisor.roads.model import Profile
from advisor.roads.speeds import APPROACH_KPH, NIGHT_HOURS, RUSH_HOURS, TIME_FACTORS, SpeedTable
from advisor.roads.straight import CONSTANT_S, DETOUR, KPH

VERSION = 5


def device_head(
    ids: Sequence[str], off: NDArray[np.bool_], stamp: str, tables: Mapping[Profile, SpeedTable]
) -> dict[str, object]:
    """Return the destinations, the profiles, the hours of the day and what an estimate along a straight line needs.

    `off` tells which destinations are estimated along the straight line, `stamp` names the travel times.
    """
    return {
        "version": VERSION,
        "stamp": stamp,
        "ids": ids,
        "on": np.flatnonzero(~off).tolist(),
        "profiles": [
            {
                "name": profile,
                "start_s": table.start_s,
                "factors": TIME_FACTORS[profile],
                "low": table.ends[:2],
                "high": table.ends[2:],
                "straight_s": CONSTANT_S[profile],
                "straight_kph": KPH[profile],
            }
            for profile, table in tables.items()
        ],
        "rush_hours": RUSH_HOURS,
        "night_hours": NIGHT_HOURS,
        "straight_low": GEODESIC_LOW_SHARE,
        "straight_high": GEODESIC_HIGH_SHARE,
        "gps_kph": GPS_KPH,
        "approach_kph": APPROACH_KPH,
        "detour": DETOUR,
        "earth_m": EARTH_RADIUS_M,
    }
