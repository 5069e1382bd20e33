"""What is known of the simulated region, moved to the one road of the invented region of the tests."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from advisor.bootstrap.simulation import load_figures
from advisor.kernel import Position
from advisor.simulation.assumptions import Assumptions, Place
from tests.world import region

TOWNS = tuple(
    Place(
        name=site.name,
        municipality=site.city,
        region="",
        inhabitants=10_000,
        centre=Position(lat=52.1, lon=site.position.lon + 0.03),
        radius_km=1.0,
    )
    for site in region()
)


@cache
def near_the_road(places: Sequence[Place] = TOWNS) -> Assumptions:
    """Return the assumptions with these places."""
    assumptions, _ = load_figures()
    return replace(assumptions, places=tuple(places))
