"""What a department shows at a moment, before rule 3.1 and before the arrival is looked at."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.dated import Edition
from advisor.protocol.edition import Editions
from advisor.protocol.members import CALAMITY, GREEN, GREY, LPZ, NEVER_STOPS, NOT_IN_LPZ, ORANGE, RED, SEH, UNKNOWN
from advisor.protocol.model import DepartmentState, Picture, Site

SEH_ONLY = frozenset({ORANGE, CALAMITY, GREY})
"""Statuses that exist for the SEH alone (protocol table 1)."""

STOPS = frozenset({ORANGE, RED})
ENDING = frozenset({ORANGE, RED, CALAMITY, GREY})


class Trouble(StrEnum):
    """Why a shown status cannot be taken at its word."""

    NONE = "none"
    MISSING = "missing"
    STALE = "stale"
    NOT_IN_LPZ = "not_in_lpz"
    IMPOSSIBLE = "impossible"
    NEVER_STOPS = "never_stops"
    EXPIRED = "expired"


Shows = tuple[Status, Trouble]
"""What a department shows, and what is the matter with it."""

OPEN: Shows = (GREEN, Trouble.NONE)
EXPIRED: Final = Trouble.EXPIRED


class Shown:
    """What every department of one picture shows at one moment, and which edition speaks; worked out once."""

    def __init__(self, picture: Picture, now: datetime, editions: Editions) -> None:
        self.picture = picture
        self.now = now
        self._editions = editions
        self._of_protocol: dict[str, Edition] = {}
        self._sites: dict[HospitalId, dict[Department, Shows]] = {}

    def edition(self, site: Site) -> Edition:
        """Return the edition that speaks for a site."""
        found = self._of_protocol.get(site.protocol)
        if found is None:
            found = self._of_protocol[site.protocol] = self._editions.speaking_for(site, self.now)
        return found

    def get(self, site: Site, department: Department) -> Shows:
        """Return what a department shows, as `shown` does."""
        whole = self._sites.get(site.id)
        if whole is not None:
            return whole[department]
        state = self.picture.states.get(site.id, _SILENT).get(department)
        return shown(site, department, state, self.edition(site), self.now)

    def of(self, site: Site) -> dict[Department, Shows]:
        """Return what all six departments of a site show."""
        found = self._sites.get(site.id)
        if found is None:
            states, edition, now = self.picture.states.get(site.id, _SILENT), self.edition(site), self.now
            found = self._sites[site.id] = {
                department: shown(site, department, states.get(department), edition, now) for department in _DEPARTMENTS
            }
        return found


_DEPARTMENTS = tuple(Department)
_SILENT: dict[Department, DepartmentState] = {}
_AS_SHOWN: dict[Status, Shows] = {status: (status, Trouble.NONE) for status in Status}
_STALE: Shows = (UNKNOWN, Trouble.STALE)


def shown(site: Site, department: Department, state: DepartmentState | None, edition: Edition, now: datetime) -> Shows:
    """Return the status that a department shows at `now` and what is the matter with it.

    `UNKNOWN` with the trouble `MISSING`, `STALE`, `NOT_IN_LPZ` or `IMPOSSIBLE`; the shown status with
    `EXPIRED` when its end has passed but its source never took it back; green with `NEVER_STOPS` for an SEH
    that by agreement never declares a stop. A running stop of the console does not age; that it has ended is
    known for as long as any other word. Opening hours are not looked at.
    """
    if state is None or state.status is UNKNOWN:
        return _silent(site, department)
    status = state.status
    if status is GREEN and site.policy is LPZ:
        return OPEN if _is_fresh(state.reported_at, now, edition) else _STALE
    if status in SEH_ONLY and department is not SEH:
        return UNKNOWN, Trouble.IMPOSSIBLE
    if site.policy is not LPZ and not state.manual:
        if site.policy is NOT_IN_LPZ:
            return UNKNOWN, Trouble.NOT_IN_LPZ
        if department is SEH and status in STOPS:
            return UNKNOWN, Trouble.IMPOSSIBLE
    return _as_time_goes(site, department, state, edition, now)


def _silent(site: Site, department: Department) -> Shows:
    if site.policy is NEVER_STOPS and department is SEH:
        return GREEN, Trouble.NEVER_STOPS
    if site.policy is NOT_IN_LPZ:
        return UNKNOWN, Trouble.NOT_IN_LPZ
    return UNKNOWN, Trouble.MISSING


def _as_time_goes(site: Site, department: Department, state: DepartmentState, edition: Edition, now: datetime) -> Shows:
    status, until = state.status, state.until
    is_over = until is not None and until <= now and status in ENDING
    if state.manual and status in ENDING:
        if until is None or not is_over:
            return _AS_SHOWN[status]
        return OPEN if _is_fresh(max(until, state.reported_at or until), now, edition) else _STALE
    never_stops = site.policy is NEVER_STOPS and department is SEH
    if not _is_fresh(state.reported_at, now, edition):
        return _silent(site, department) if never_stops else _STALE
    if is_over:
        return status, EXPIRED
    return (GREEN, Trouble.NEVER_STOPS) if never_stops and status is GREEN else _AS_SHOWN[status]


def _is_fresh(heard_at: datetime | None, now: datetime, edition: Edition) -> bool:
    return heard_at is not None and now - heard_at <= edition.freshness
