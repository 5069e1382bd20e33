"""Whom a ride or a notice concerns, by role, hospital and region; only they are told."""

from advisor.live.ride_news import RideNews
from advisor.services.access import Actor, Role
from advisor.services.see_rides import Regions, may_see


def hears_ride(actor: Actor, news: RideNews, regions: Regions) -> bool:
    """Tell whether news of a ride is for the actor.

    A hospital hears of what comes to it now; that a ride goes elsewhere it hears from its list of inbound rides.
    """
    if may_see(actor, news.after, regions):
        return True
    return actor.role is not Role.HOSPITAL and news.before is not None and may_see(actor, news.before, regions)


def hears_deliberation(actor: Actor, news: RideNews, regions: Regions) -> bool:
    """Tell whether a proposal to a ride or a review of it is for the actor: never for a hospital."""
    return actor.role is not Role.HOSPITAL and hears_ride(actor, news, regions)


def hears_notice(actor: Actor, hospital: str | None, mka: str) -> bool:
    """Tell whether something on the board must be brought to the actor's attention.

    What is about a hospital goes to its own account and to its region; what is about neither, as a feed that fell
    silent, to every dispatch centre and to who administers the program.
    """
    if actor.role is Role.HOSPITAL:
        return hospital is not None and actor.hospital == hospital
    if actor.role is Role.ADMIN:
        return hospital is None and not mka
    if actor.role is Role.DISPATCHER:
        return not (mka and actor.region) or actor.region == mka
    return actor.role is Role.MMA
