"""The board for the screens: every department of every hospital at a moment, and how the regions stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from advisor.journal.board import Board
from advisor.kernel import Department, HospitalId, Known, Status
from advisor.protocol.edition import Edition
from advisor.protocol.lapse import LapseKind, LapseState, lapse_state
from advisor.protocol.model import DepartmentState, Picture
from advisor.services.board_notice import BoardNotice
from advisor.services.board_notices import board_notices
from advisor.services.documents import age_of, department_document, freshness_document, moment
from advisor.services.picture import Statuses, picture_of, statuses_now
from advisor.services.world import World

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """The board at one moment in JSON terms. `hospitals` holds every hospital of the registry, by id.

    Ages in it are counted at `as_of`; everything else changes by a fact or when a limit in time is passed.
    """

    seq: int
    epoch: str
    as_of: datetime
    edition: str
    edition_label: str
    edition_label_en: str
    hospitals: Mapping[HospitalId, Mapping[str, Json]]
    regions: tuple[Mapping[str, Json], ...]
    feeds: tuple[Mapping[str, Json], ...]
    freshness: Mapping[str, Json]
    notices: tuple[Mapping[str, Json], ...]

    @property
    def document(self) -> dict[str, Json]:
        """Return the whole board as it goes over the wire."""
        return {
            "seq": self.seq,
            "epoch": self.epoch,
            "as_of": moment(self.as_of),
            "edition": self.edition,
            "edition_label": self.edition_label,
            "edition_label_en": self.edition_label_en,
            "hospitals": list(self.hospitals.values()),
            "regions": list(self.regions),
            "feeds": list(self.feeds),
            "freshness": self.freshness,
            "notices": list(self.notices),
        }


def read_board(*, now: datetime, world: World, board: Board | None = None) -> BoardView:
    """Return the board at `now`; of `board`, or of the journal's head. Every role may see it.

    Raises
    ------
    NoEditionForDate
        When no edition speaks about one of the hospitals at `now`.
    """
    board = world.journal.board() if board is None else board
    picture = picture_of(world.sites, world.registry.mka_complete, board.states(now), board.lapses)
    statuses = statuses_now(picture, now, world.editions)
    regions = region_states(picture, now, world)
    leading = leading_edition(now, world)
    inbound = board.inbound(now)
    found = board_notices(board, world.sites, regions, now, world.editions)
    return BoardView(
        seq=board.seq,
        epoch=world.journal.epoch,
        as_of=now,
        edition=leading.id,
        edition_label=leading.label,
        edition_label_en=leading.label_en,
        hospitals={
            hospital: {
                "id": hospital,
                "departments": _departments(hospital, picture, statuses, now),
                "inbound": inbound.get(hospital, 0),
            }
            for hospital in world.sites
        },
        regions=tuple(_region_document(region, picture) for region in regions),
        feeds=tuple(
            {"source": source, "heard_at": moment(heard_at), "age_s": age_of(heard_at, now)}
            for source, heard_at in board.heard.items()
        ),
        freshness=freshness_document(board.leading_feeds, now, leading.freshness_min * 60),
        notices=tuple(map(_notice_document, found)),
    )


def leading_edition(now: datetime, world: World) -> Edition:
    """Return the edition that a screen names: of the first hospital under a regional protocol, else the national."""
    governed = next((site for site in world.sites.values() if site.protocol), None)
    return world.editions.national if governed is None else world.editions.speaking_for(governed, now)


def _departments(hospital: HospitalId, picture: Picture, statuses: Statuses, now: datetime) -> dict[str, Json]:
    states = picture.states.get(hospital, {})
    return {
        department.value: _department(states.get(department), effective, now)
        for department, effective in statuses[hospital].items()
    }


def _department(state: DepartmentState | None, effective: Status, now: datetime) -> dict[str, Json]:
    shown = Status.UNKNOWN if state is None else state.status
    return {
        **department_document(state, shown, now),
        "effective": effective.value,
        "note": "" if state is None else state.note,
        "stop_id": None if state is None else state.stop_id,
        "reported_at": None if state is None else moment(state.reported_at),
        "manual": state is not None and state.manual,
        "planned": state is not None and state.planned,
        "planned_from": None if state is None else moment(state.planned_from),
        "planned_until": None if state is None else moment(state.planned_until),
    }


def region_states(picture: Picture, now: datetime, world: World) -> tuple[LapseState, ...]:
    """Return how each category of each meldkamer region stands by rule 3.1, where anything is known of it."""
    states = (
        lapse_state(picture, mka, department, now, world.editions)
        for mka in world.registry.mkas
        for department in Department
    )
    return tuple(state for state in states if state.kind is not LapseKind.NO_DATA)


def _region_document(region: LapseState, picture: Picture) -> dict[str, Json]:
    able = [
        hospital
        for hospital in (*region.open, *region.stopped, *region.excluded, *region.unknown)
        if picture.sites[hospital].facilities.get(region.department) is Known.YES
    ]
    return {
        "mka": region.mka,
        "department": region.department.value,
        "kind": region.kind.value,
        "providers": region.providers,
        "known_providers": len(able),
        "open": list(region.open),
        "stopped": list(region.stopped),
        "excluded": list(region.excluded),
        "unknown": list(region.unknown),
        "stopped_subregions": sorted(region.stopped_subregions),
        "one_away": region.one_away,
        "confirmed_at": moment(region.confirmed_at),
    }


def _notice_document(notice: BoardNotice) -> dict[str, Json]:
    return {
        "code": notice.code,
        "level": notice.level,
        "section": notice.section,
        "text": notice.text.nl,
        "text_en": notice.text.en,
        "hospital": notice.hospital,
        "department": None if notice.department is None else notice.department.value,
        "mka": notice.mka,
    }
