"""How every department of every hospital stands, for other systems to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from advisor.hospitals.model import Hospital
from advisor.kernel import Department, Status
from advisor.protocol.model import DepartmentState
from advisor.services.picture import picture_of, statuses_now
from advisor.services.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDepartment:
    """What was last said about a department, if anything, and the status that it is taken to have now."""

    state: DepartmentState | None
    effective: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedHospital:
    """A hospital with the departments that it has, or may have."""

    hospital: Hospital
    departments: Mapping[Department, PublishedDepartment]


def publish_statuses(*, now: datetime, world: World) -> tuple[PublishedHospital, ...]:
    """Return all hospitals at `now`, in the order of the registry; nothing in it is secret from who may log in.

    Raises
    ------
    NoEditionForDate
        When no edition speaks about one of the hospitals at `now`.
    """
    board = world.journal.board()
    picture = picture_of(world.sites, world.registry.mka_complete, board.states(now), board.lapses)
    statuses = statuses_now(picture, now, world.editions)
    return tuple(
        PublishedHospital(
            hospital=hospital,
            departments={
                department: PublishedDepartment(
                    state=picture.states.get(hospital.id, {}).get(department), effective=effective
                )
                for department, effective in statuses[hospital.id].items()
            },
        )
        for hospital in world.registry
    )
