"""From the board and the registry to what the rules look at, and to the status of every department now."""

from collections.abc import Mapping
from datetime import datetime

from advisor.journal.board import States
from advisor.kernel import Department, HospitalId, Known, Status
from advisor.protocol.edition import Editions
from advisor.protocol.model import Lapse, Picture, Site
from advisor.protocol.standing import Lapses, View, settled_status

Statuses = Mapping[HospitalId, Mapping[Department, Status]]


def picture_of(
    sites: Mapping[HospitalId, Site],
    complete: frozenset[str],
    states: Mapping[HospitalId, States],
    lapses: tuple[Lapse, ...],
) -> Picture:
    """Return all hospitals as the rules see them; what the registry does not know is left out."""
    known = {hospital: of_hospital for hospital, of_hospital in states.items() if hospital in sites}
    return Picture(sites=sites, states=known, lapses=lapses, complete=complete)


def statuses_now(picture: Picture, now: datetime, editions: Editions) -> Statuses:
    """Return the status of each department of each hospital at `now`.

    After expiry, freshness, opening hours and a confirmed lapse; a department that a hospital is known not to
    have is left out.
    """
    lapses = Lapses(picture, now, editions)
    return {hospital: _of_site(site, picture, now, editions, lapses) for hospital, site in picture.sites.items()}


def _of_site(
    site: Site, picture: Picture, now: datetime, editions: Editions, lapses: Lapses
) -> Mapping[Department, Status]:
    edition = editions.speaking_for(site, now)
    view = View(site=site, states=picture.states.get(site.id, {}), edition=edition, now=now, lapses=lapses)
    return {
        department: settled_status(view, department, now)
        for department in Department
        if site.facilities.get(department) is not Known.NO
    }
