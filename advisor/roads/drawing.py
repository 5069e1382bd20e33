"""Roads as lines for a map."""

import numpy as np
from numpy.typing import NDArray

from advisor.roads.basemap import simplified
from advisor.roads.geo import METRES_PER_DEGREE
from advisor.roads.model import Lines
from advisor.roads.network import Network

ROADS_MOST = 500
"""Of an area with more roads, those of the highest classes are drawn."""
TOLERANCE_M = 2.0
DECIMALS = 5
"""Of a degree: a metre."""


def draw_roads(network: Network, edges: NDArray[np.int32]) -> Lines:
    """Draw the roads that some edges run along, each once."""
    roads = np.unique(network.edge_road[edges])
    order = np.argsort(network.road_class[roads], kind="stable")[:ROADS_MOST]
    return tuple(_draw(network, int(road)) for road in np.sort(roads[order]))


def _draw(network: Network, road: int) -> tuple[tuple[float, float], ...]:
    span = slice(int(network.first_point[road]), int(network.first_point[road + 1]))
    lat, lon = network.point_lat[span], network.point_lon[span]
    east_m = METRES_PER_DEGREE * np.cos(np.radians(lat[0]))
    keep = simplified(lon * east_m, lat * METRES_PER_DEGREE, TOLERANCE_M)
    return tuple(zip(lon[keep].round(DECIMALS).tolist(), lat[keep].round(DECIMALS).tolist(), strict=True))
