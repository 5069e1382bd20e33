"""From the registry's hospital to what the rules look at."""

from advisor.hospitals.model import Hospital
from advisor.protocol.model import Opening, Site, StopPolicy


def site_of(hospital: Hospital) -> Site:
    """Return the part of a hospital that the rules look at."""
    opening = hospital.opening
    return Site(
        id=hospital.id,
        name=hospital.name,
        protocol=hospital.protocol,
        mka=hospital.mka,
        subregion=hospital.subregion,
        facilities=hospital.known,
        opening=Opening(opens=opening.opens, closes=opening.closes) if opening else None,
        policy=StopPolicy(hospital.policy),
        limited_hours=hospital.limited_hours,
    )
