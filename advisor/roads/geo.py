"""Distances on the ground, for scalars and arrays alike."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth (IUGG)."""
METRES_PER_DEGREE = EARTH_RADIUS_M * np.pi / 180.0


def ground_distances_m(
    lat: ArrayLike, lon: ArrayLike, other_lat: ArrayLike, other_lon: ArrayLike
) -> NDArray[np.float64]:
    """Great-circle distances in metres (haversine) between points in degrees, element by element, broadcast."""
    phi, psi = np.radians(np.asarray(lat, float)), np.radians(np.asarray(other_lat, float))
    east = np.radians(np.asarray(other_lon, float) - np.asarray(lon, float))
    half = np.sin((psi - phi) / 2) ** 2 + np.cos(phi) * np.cos(psi) * np.sin(east / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(half)))
