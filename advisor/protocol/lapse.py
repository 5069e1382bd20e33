"""Rule 3.1: when all departments of a kind in a meldkamer region have a stop, those stops lapse."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.edition import Editions
from advisor.protocol.hours import is_open
from advisor.protocol.members import CALAMITY, GREEN, GREY, NATIONAL, NO, ORANGE, ROSTER, SEH, UNKNOWN, YES
from advisor.protocol.model import DepartmentState, Picture, Site
from advisor.protocol.shown import EXPIRED, Shown

CLOSED = frozenset({CALAMITY, GREY})
SEVERAL = 2


class LapseKind(StrEnum):
    """How a category stands in a meldkamer region, as far as rule 3.1 looks at it.

    `NO_DATA`: no region on record, or no other hospital of it. `NONE`: at least one provider is open.
    `PENDING`: the only open ones are about to declare. `SINGLE`: there is one provider, "all" means nothing.
    `UNCERTAIN`: all known ones stopped, but a status or the membership is not known. `EXCLUDED`: all stopped
    once the closed and the planned ones are left out. `MET`: all stopped.
    """

    NO_DATA = "no_data"
    NONE = "none"
    PENDING = "pending"
    SINGLE = "single"
    UNCERTAIN = "uncertain"
    EXCLUDED = "excluded"
    MET = "met"


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseState:
    """One category in one meldkamer region.

    `open`, `stopped`, `excluded` and `unknown` part the providers. `stopped_subregions` are those of several
    providers that all have a stop while the region has not. `confirmed_at` is the latest confirmation by a
    dispatcher; stops declared up to it have lapsed, whatever `kind` says about those declared since.
    """

    mka: str
    department: Department
    kind: LapseKind
    open: tuple[HospitalId, ...] = ()
    stopped: tuple[HospitalId, ...] = ()
    excluded: tuple[HospitalId, ...] = ()
    unknown: tuple[HospitalId, ...] = ()
    stopped_subregions: frozenset[str] = frozenset()
    confirmed_at: datetime | None = None

    @property
    def providers(self) -> int:
        """Number of hospitals that provide the category, or may do so."""
        return len(self.open) + len(self.stopped) + len(self.excluded) + len(self.unknown)

    @property
    def one_away(self) -> bool:
        """Tell whether one more stop would meet the rule: several providers, one of them open, the rest stopped."""
        return len(self.open) == 1 and len(self.stopped) >= 1 and not self.unknown


def lapse_state(picture: Picture, mka: str, department: Department, now: datetime, editions: Editions) -> LapseState:
    """Return how a category of a meldkamer region stands at `now`.

    Section 3.1 of the protocol with the readings AMB-11 to AMB-14: red and orange count; a closed SEH, a PCI
    closed by roster and a planned long stop are left out; an unknown status, an unknown member or a single
    provider never makes the rule speak by itself.
    """
    return _state_of(Shown(picture, now, editions), _members(picture, mka), mka, department)


class Lapses:
    """Rule 3.1 for one picture at one moment, worked out once per region and department, when it is asked for."""

    def __init__(self, picture: Picture, now: datetime, editions: Editions) -> None:
        self.shown = Shown(picture, now, editions)
        self._members: dict[str, list[Site]] = {}
        self._found: dict[tuple[str, Department], LapseState] = {}

    def get(self, mka: str, department: Department) -> LapseState:
        """Return how a category of a region stands."""
        key = (mka, department)
        found = self._found.get(key)
        if found is None:
            members = self._members.get(mka)
            if members is None:
                members = self._members[mka] = _members(self.shown.picture, mka)
            found = self._found[key] = _state_of(self.shown, members, mka, department)
        return found

    def confirmed_at(self, mka: str, department: Department) -> datetime | None:
        """Return the latest confirmation of a lapse, without a look at how the category stands now."""
        return _confirmed_at(self.shown, mka, department)


def never_reopens(state: DepartmentState) -> bool:
    """Tell whether a stop is of a sort that rule 3.1 does not lift: planned for long, or a PCI roster (AMB-12)."""
    return state.planned or state.reason is ROSTER


@dataclass(frozen=True, slots=True)
class _Parts:
    """The providers of a category in a region, as rule 3.1 parts them."""

    open: list[Site] = field(default_factory=list)
    stopped: list[Site] = field(default_factory=list)
    excluded: list[Site] = field(default_factory=list)
    unknown: list[Site] = field(default_factory=list)


def _members(picture: Picture, mka: str) -> list[Site]:
    return [site for site in picture.sites.values() if site.mka == mka] if mka else []


def _state_of(shown: Shown, members: list[Site], mka: str, department: Department) -> LapseState:
    picture = shown.picture
    confirmed_at = _confirmed_at(shown, mka, department)
    parts = _Parts()
    for site in members:
        if site.facilities.get(department) is not NO:
            _part(parts, shown, site, department, confirmed_at).append(site)
    complete = mka in picture.complete
    return LapseState(
        mka=mka,
        department=department,
        kind=_kind(parts, picture, department, complete=complete, alone=len(members) < SEVERAL),
        open=_ids(parts.open),
        stopped=_ids(parts.stopped),
        excluded=_ids(parts.excluded),
        unknown=_ids(parts.unknown),
        stopped_subregions=_stopped_subregions(parts) if complete else frozenset(),
        confirmed_at=confirmed_at,
    )


def _confirmed_at(shown: Shown, mka: str, department: Department) -> datetime | None:
    latest = None
    for lapse in shown.picture.lapses:
        if lapse.mka == mka and lapse.department is department and lapse.confirmed_at <= shown.now:
            latest = lapse.confirmed_at if latest is None else max(latest, lapse.confirmed_at)
    return latest


def _part(parts: _Parts, shown: Shown, site: Site, department: Department, confirmed_at: datetime | None) -> list[Site]:
    """Return the part to which a provider belongs."""
    status, trouble = shown.get(site, department)
    if department is SEH and site.opening is not None and not is_open(site.opening, shown.now):
        return parts.excluded
    if status is GREEN:
        return parts.open if site.facilities.get(department) is YES else parts.unknown
    if status is UNKNOWN or trouble is EXPIRED:
        return parts.unknown
    if status in CLOSED:
        return parts.excluded
    return _stopped_part(parts, shown, site, department, status, confirmed_at)


def _stopped_part(
    parts: _Parts, shown: Shown, site: Site, department: Department, status: Status, confirmed_at: datetime | None
) -> list[Site]:
    if status is ORANGE and not shown.edition(site).code_orange:
        return parts.unknown if shown.edition(site).rules is NATIONAL else parts.open
    state = shown.picture.states[site.id][department]
    if never_reopens(state):
        return parts.excluded
    if confirmed_at is None:
        return parts.stopped
    if state.since is None:
        return parts.unknown
    return parts.open if state.since <= confirmed_at else parts.stopped


def _kind(parts: _Parts, picture: Picture, department: Department, *, complete: bool, alone: bool) -> LapseKind:
    if alone and not complete:
        return LapseKind.NO_DATA
    if not parts.stopped:
        return LapseKind.NONE
    if parts.open:
        pending = all((site.id, department) in picture.pending for site in parts.open)
        return LapseKind.PENDING if pending else LapseKind.NONE
    if parts.unknown or not complete:
        return LapseKind.UNCERTAIN
    if parts.excluded:
        return LapseKind.EXCLUDED
    return LapseKind.MET if len(parts.stopped) >= SEVERAL else LapseKind.SINGLE


def _ids(sites: list[Site]) -> tuple[HospitalId, ...]:
    return tuple([site.id for site in sites])


def _stopped_subregions(parts: _Parts) -> frozenset[str]:
    stopped: dict[str, int] = {}
    for site in parts.stopped:
        stopped[site.subregion] = stopped.get(site.subregion, 0) + 1
    others = {site.subregion for site in parts.open + parts.unknown}
    return frozenset([name for name, count in stopped.items() if name and count >= SEVERAL and name not in others])
