"""What a department shows at a moment, before rule 3.1 and before the arrival is looked at."""

from datetime import datetime
from enum import StrEnum

from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.dated import Edition
from advisor.protocol.edition import Editions
from advisor.protocol.model import DepartmentState, Picture, Site, StopPolicy

SEH_ONLY = frozenset({Status.ORANGE, Status.CALAMITY, Status.GREY})
"""Statuses that exist for the SEH alone (protocol table 1)."""

STOPS = frozenset({Status.ORANGE, Status.RED})
ENDING = frozenset({Status.ORANGE, Status.RED, Status.CALAMITY, Status.GREY})


class Trouble(StrEnum):
    """Why a shown status cannot be taken at its word."""

    NONE = "none"
    MISSING = "missing"
    STALE = "stale"
    NOT_IN_LPZ = "not_in_lpz"
    IMPOSSIBLE = "impossible"
    NEVER_STOPS = "never_stops"
    EXPIRED = "expired"


class Shown:
    """What every department of one picture shows at one moment, and which edition speaks; worked out once."""

    def __init__(self, picture: Picture, now: datetime, editions: Editions) -> None:
        self.picture = picture
        self.now = now
        self._editions = editions
        self._of_protocol: dict[str, Edition] = {}
        self._sites: dict[HospitalId, dict[Department, tuple[Status, Trouble]]] = {}
        self._statuses: dict[tuple[HospitalId, Department], tuple[Status, Trouble]] = {}

    def edition(self, site: Site) -> Edition:
        """Return the edition that speaks for a site."""
        found = self._of_protocol.get(site.protocol)
        if found is None:
            found = self._of_protocol[site.protocol] = self._editions.speaking_for(site, self.now)
        return found

    def get(self, site: Site, department: Department) -> tuple[Status, Trouble]:
        """Return what a department shows, as `shown` does."""
        whole = self._sites.get(site.id)
        if whole is not None:
            return whole[department]
        key = (site.id, department)
        found = self._statuses.get(key)
        if found is None:
            state = self.picture.states.get(site.id, _SILENT).get(department)
            found = self._statuses[key] = shown(site, department, state, self.edition(site), self.now)
        return found

    def of(self, site: Site) -> dict[Department, tuple[Status, Trouble]]:
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
_GREEN = (Status.GREEN, Trouble.NONE)
_STALE = (Status.UNKNOWN, Trouble.STALE)


def shown(
    site: Site, department: Department, state: DepartmentState | None, edition: Edition, now: datetime
) -> tuple[Status, Trouble]:
    """Return the status that a department shows at `now` and what is the matter with it.

    `UNKNOWN` with the trouble `MISSING`, `STALE`, `NOT_IN_LPZ` or `IMPOSSIBLE`; the shown status with
    `EXPIRED` when its end has passed but its source never took it back; green with `NEVER_STOPS` for an SEH
    that by agreement never declares a stop. A running stop of the console does not age; that it has ended is
    known for as long as any other word. Opening hours are not looked at.
    """
    if state is None or state.status is Status.UNKNOWN:
        return _silent(site, department)
    status = state.status
    if status is Status.GREEN and site.policy is StopPolicy.LPZ:
        return _GREEN if _is_fresh(state.reported_at, now, edition) else _STALE
    if status is not Status.GREEN and department is not Department.SEH and status in SEH_ONLY:
        return Status.UNKNOWN, Trouble.IMPOSSIBLE
    if site.policy is not StopPolicy.LPZ and not state.manual:
        if site.policy is StopPolicy.NOT_IN_LPZ:
            return Status.UNKNOWN, Trouble.NOT_IN_LPZ
        if department is Department.SEH and status in STOPS:
            return Status.UNKNOWN, Trouble.IMPOSSIBLE
    return _as_time_goes(site, department, state, edition, now)


def _silent(site: Site, department: Department) -> tuple[Status, Trouble]:
    if site.policy is StopPolicy.NEVER_STOPS and department is Department.SEH:
        return Status.GREEN, Trouble.NEVER_STOPS
    if site.policy is StopPolicy.NOT_IN_LPZ:
        return Status.UNKNOWN, Trouble.NOT_IN_LPZ
    return Status.UNKNOWN, Trouble.MISSING


def _as_time_goes(
    site: Site, department: Department, state: DepartmentState, edition: Edition, now: datetime
) -> tuple[Status, Trouble]:
    ended = state.until is not None and state.until <= now and state.status in ENDING
    if state.manual and state.until is not None and ended:
        return _GREEN if _is_fresh(max(state.until, state.reported_at or state.until), now, edition) else _STALE
    if state.manual and state.status in ENDING:
        return state.status, Trouble.NONE
    if not _is_fresh(state.reported_at, now, edition):
        if site.policy is StopPolicy.NEVER_STOPS and department is Department.SEH:
            return _silent(site, department)
        return Status.UNKNOWN, Trouble.STALE
    if ended:
        return state.status, Trouble.EXPIRED
    if site.policy is StopPolicy.NEVER_STOPS and department is Department.SEH and state.status is Status.GREEN:
        return Status.GREEN, Trouble.NEVER_STOPS
    return state.status, Trouble.NONE


def _is_fresh(heard_at: datetime | None, now: datetime, edition: Edition) -> bool:
    return heard_at is not None and now - heard_at <= edition.freshness
