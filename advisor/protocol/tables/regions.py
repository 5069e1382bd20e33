"""How the hospitals of a region together stand for rule 3.1, asked of the rule itself for every mix of them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import product

from advisor.kernel import Department, HospitalId, Known, Status
from advisor.protocol.dated import Edition
from advisor.protocol.lapse import LapseState, lapse_state
from advisor.protocol.model import DepartmentState, Picture, Site
from advisor.protocol.tables.recorded import one_edition

MKA, SUBREGION, OTHER_SUBREGION = "MKA", "here", "there"
_NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
_ASKED = Department.PCI
_STATES = {
    "open": DepartmentState(status=Status.GREEN, reported_at=_NOW),
    "stopped": DepartmentState(status=Status.RED, since=_NOW, manual=True),
    "excluded": DepartmentState(status=Status.RED, since=_NOW, manual=True, planned=True),
    "unknown": DepartmentState(status=Status.UNKNOWN),
}
_ABSENT = "absent"
_MANY = 2


def region_kinds(edition: Edition) -> dict[str, str]:
    """Return the kind of a region by how many of its hospitals are open, stopped, excluded and unknown, of how many.

    The key holds digits: open (1: some), stopped (2: several), excluded, unknown (1: some), members (2: several),
    whether the membership is complete, and whether all open ones are about to declare a stop.
    """
    kinds = {}
    for counts in product((0, 1), (0, 1, 2), (0, 1), (0, 1)):
        for members, complete, pending in product((1, 2), (0, 1), (0, 1)):
            names = [name for name, count in zip(_STATES, counts, strict=True) for _ in range(count)]
            names += [_ABSENT] * (members - len(names))
            if min(len(names), _MANY) != members or (pending and not counts[0]):
                continue
            key = "".join(map(str, (*counts, members, complete, pending)))
            mix = [(name, SUBREGION) for name in names]
            kinds[key] = _ask(edition, mix, complete=bool(complete), pending=bool(pending)).kind
    return {key: kind.value for key, kind in kinds.items()}


def stopped_subregion(edition: Edition) -> dict[str, bool]:
    """Return whether a subregion counts as stopped while its region does not, by digits.

    How many of it are stopped (2: several), whether others of it are open or unknown, and whether the membership of
    the region is complete.
    """
    found = {}
    for stopped, others, complete in product((0, 1, 2), (0, 1), (0, 1)):
        mix = [("stopped", SUBREGION)] * stopped + [("open", SUBREGION)] * others + [("open", OTHER_SUBREGION)]
        state = _ask(edition, mix, complete=bool(complete))
        found[f"{stopped}{others}{complete}"] = SUBREGION in state.stopped_subregions
    return found


def _ask(edition: Edition, mix: Iterable[tuple[str, str]], *, complete: bool, pending: bool = False) -> LapseState:
    sites, states, about = {}, {}, []
    for place, (name, subregion) in enumerate(mix):
        hospital = HospitalId(f"{place}")
        sites[hospital] = Site(
            id=hospital,
            name="",
            protocol="",
            mka=MKA,
            subregion=subregion,
            facilities={_ASKED: Known.NO if name == _ABSENT else Known.YES},
        )
        states[hospital] = {_ASKED: _STATES[name]} if name in _STATES else {}
        about += [(hospital, _ASKED)] if pending and name == "open" else []
    picture = Picture(
        sites=sites, states=states, complete=frozenset({MKA} if complete else ()), pending=frozenset(about)
    )
    return lapse_state(picture, MKA, _ASKED, _NOW, one_edition(edition))
