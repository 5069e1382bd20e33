"""The area from which hospitals are within reach."""

from collections.abc import Mapping, Sequence
from typing import Any

from advisor.kernel import HospitalId
from advisor.roads.model import Profile
from advisor.services.access import Actor, require_role
from advisor.services.see_closures import SEEING
from advisor.services.world import World

Json = Any


def see_reach(
    hospitals: Sequence[HospitalId], minutes: float, profile: Profile, *, actor: Actor, world: World
) -> Mapping[str, Json]:
    """Return the area from which any of the hospitals is reached within some minutes, as a GeoJSON geometry.

    Raises
    ------
    Forbidden
        When the role of the actor does not look at roads.
    """
    require_role(actor, "see what is within reach", *SEEING)
    return world.roads.reach(hospitals, minutes, profile=profile).geojson()
