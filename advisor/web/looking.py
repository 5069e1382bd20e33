"""The board as it is shown live, and what of it counts as a change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from advisor.services.read_board import BoardView, read_board
from advisor.services.world import World

AGEING = frozenset({"age_s", "reported_at"})
"""Fields of a department that run on by themselves; the ages of the sources are told once for all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLook:
    """The board at one moment; see `Look` in `live.boards`. `document` is all of it as it goes out."""

    seq: int
    hospitals: Mapping[str, Mapping[str, Any]]
    steady: Mapping[str, object]
    rest: object
    notices: Sequence[Mapping[str, Any]]
    document: Mapping[str, Any]


def look_at_board(now: datetime, world: World) -> BoardLook:
    """Show the board at `now`."""
    view = read_board(now=now, world=world)
    return BoardLook(
        seq=view.seq,
        hospitals={str(hospital): shown for hospital, shown in view.hospitals.items()},
        steady={hospital: _steady(shown) for hospital, shown in view.hospitals.items()},
        rest=_rest(view),
        notices=view.notices,
        document=view.document,
    )


def _steady(shown: Mapping[str, Any]) -> object:
    departments = {
        department: {name: value for name, value in of_department.items() if name not in AGEING}
        for department, of_department in shown["departments"].items()
    }
    return {**shown, "departments": departments}


def _rest(view: BoardView) -> object:
    heard = {feed["source"]: feed["heard_at"] for feed in view.feeds}
    return view.edition, view.regions, view.notices, heard, view.freshness["stale"]
