"""Rule 3.1: when all departments of a kind in a meldkamer region have a stop, those stops lapse."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from advisor.kernel import Department, HospitalId, Known, Status
from advisor.protocol.dated import RuleSet
from advisor.protocol.edition import Editions
from advisor.protocol.hours import is_open
from advisor.protocol.model import DepartmentState, Picture, Site, StopReason
from advisor.protocol.shown import Shown, Trouble

CLOSED = frozenset({Status.CALAMITY, Status.GREY})
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


class _Part(StrEnum):
    OPEN = "open"
    STOPPED = "stopped"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"


_PARTS = tuple(_Part)


def lapse_state(picture: Picture, mka: str, department: Department, now: datetime, editions: Editions) -> LapseState:
    """Return how a category of a meldkamer region stands at `now`.

    Section 3.1 of the protocol with the readings AMB-11 to AMB-14: red and orange count; a closed SEH, a PCI
    closed by roster and a planned long stop are left out; an unknown status, an unknown member or a single
    provider never makes the rule speak by itself.
    """
    return _state_of(Shown(picture, now, editions), _members(picture, mka), mka, department)


class Lapses:
    """Rule 3.1 for one picture at one moment, worked out once per region and department."""

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


def _members(picture: Picture, mka: str) -> list[Site]:
    return [site for site in picture.sites.values() if site.mka == mka] if mka else []


def _state_of(shown: Shown, members: list[Site], mka: str, department: Department) -> LapseState:
    picture = shown.picture
    confirmed_at = _confirmed_at(picture, mka, department, shown.now)
    parts: dict[_Part, list[HospitalId]] = {part: [] for part in _PARTS}
    for site in members:
        part = _part(shown, site, department, confirmed_at)
        if part is not None:
            parts[part].append(site.id)
    complete = mka in picture.complete
    return LapseState(
        mka=mka,
        department=department,
        kind=_kind(parts, picture, department, complete=complete, alone=len(members) < SEVERAL),
        open=tuple(parts[_Part.OPEN]),
        stopped=tuple(parts[_Part.STOPPED]),
        excluded=tuple(parts[_Part.EXCLUDED]),
        unknown=tuple(parts[_Part.UNKNOWN]),
        stopped_subregions=_stopped_subregions(parts, picture.sites) if complete else frozenset(),
        confirmed_at=confirmed_at,
    )


def never_reopens(state: DepartmentState) -> bool:
    """Tell whether a stop is of a sort that rule 3.1 does not lift: planned for long, or a PCI roster (AMB-12)."""
    return state.planned or state.reason is StopReason.ROSTER


def _confirmed_at(picture: Picture, mka: str, department: Department, now: datetime) -> datetime | None:
    moments = [
        lapse.confirmed_at
        for lapse in picture.lapses
        if lapse.mka == mka and lapse.department is department and lapse.confirmed_at <= now
    ]
    return max(moments, default=None)


def _part(shown: Shown, site: Site, department: Department, confirmed_at: datetime | None) -> _Part | None:
    presence = site.facilities.get(department, Known.UNKNOWN)
    if presence is Known.NO:
        return None
    status, trouble = shown.get(site, department)
    if department is Department.SEH and site.opening is not None and not is_open(site.opening, shown.now):
        return _Part.EXCLUDED
    if status is Status.GREEN:
        return _Part.OPEN if presence is Known.YES else _Part.UNKNOWN
    if status is Status.UNKNOWN or trouble is Trouble.EXPIRED:
        return _Part.UNKNOWN
    if status in CLOSED:
        return _Part.EXCLUDED
    return _stopped_part(shown, site, department, status, confirmed_at)


def _stopped_part(
    shown: Shown, site: Site, department: Department, status: Status, confirmed_at: datetime | None
) -> _Part:
    state = shown.picture.states[site.id][department]
    edition = shown.edition(site)
    if status is Status.ORANGE and not edition.code_orange:
        return _Part.UNKNOWN if edition.rules is RuleSet.NATIONAL else _Part.OPEN
    if never_reopens(state):
        return _Part.EXCLUDED
    if confirmed_at is None:
        return _Part.STOPPED
    if state.since is None:
        return _Part.UNKNOWN
    return _Part.OPEN if state.since <= confirmed_at else _Part.STOPPED


def _kind(
    parts: Mapping[_Part, list[HospitalId]], picture: Picture, department: Department, *, complete: bool, alone: bool
) -> LapseKind:
    if alone and not complete:
        return LapseKind.NO_DATA
    if not parts[_Part.STOPPED]:
        return LapseKind.NONE
    if parts[_Part.OPEN]:
        pending = all((hospital, department) in picture.pending for hospital in parts[_Part.OPEN])
        return LapseKind.PENDING if pending else LapseKind.NONE
    if parts[_Part.UNKNOWN] or not complete:
        return LapseKind.UNCERTAIN
    if parts[_Part.EXCLUDED]:
        return LapseKind.EXCLUDED
    return LapseKind.MET if len(parts[_Part.STOPPED]) >= SEVERAL else LapseKind.SINGLE


def _stopped_subregions(parts: Mapping[_Part, list[HospitalId]], sites: Mapping[HospitalId, Site]) -> frozenset[str]:
    stopped: dict[str, int] = {}
    for hospital in parts[_Part.STOPPED]:
        name = sites[hospital].subregion
        stopped[name] = stopped.get(name, 0) + 1
    others = {sites[hospital].subregion for part in (_Part.OPEN, _Part.UNKNOWN) for hospital in parts[part]}
    return frozenset(name for name, count in stopped.items() if name and count >= SEVERAL and name not in others)
