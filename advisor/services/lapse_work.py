"""What rule 3.1 asks of a dispatch centre: whom to phone, and which stops are still to be removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.kernel import Department, HospitalId
from advisor.protocol.lapse import LapseState, never_reopens
from advisor.protocol.model import Contact
from advisor.services.board_notices import STOPPED
from advisor.services.ride_moment import Moment
from advisor.services.world import World

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseWork:
    """The hospitals of one category in one region. `standing` still show the stop that has lapsed.

    `phone` names everybody who has to hear of it, with the number on record or "" where there is none.
    """

    mka: str
    department: Department
    confirmed: bool
    phone: Mapping[HospitalId, str]
    standing: tuple[HospitalId, ...] = ()


def to_phone(region: LapseState, world: World) -> LapseWork:
    """Return whom to phone about a category of which every department has a stop or code."""
    everybody = (*region.stopped, *region.excluded, *region.unknown, *region.open)
    return LapseWork(
        mka=region.mka,
        department=region.department,
        confirmed=False,
        phone={hospital: phone_of(hospital, region.department, world) for hospital in everybody},
    )


def removals_of(region: LapseState, at: Moment, world: World) -> LapseWork:
    """Return which stops that lapsed with the last confirmation are not removed yet."""
    standing = tuple(hospital for hospital in region.open if _stands(hospital, region, at))
    return LapseWork(
        mka=region.mka,
        department=region.department,
        confirmed=True,
        phone={hospital: phone_of(hospital, region.department, world) for hospital in standing},
        standing=standing,
    )


def work_document(work: LapseWork) -> dict[str, Json]:
    """Return it in JSON terms."""
    return {
        "mka": work.mka,
        "department": work.department,
        "confirmed": work.confirmed,
        "phone": [{"hospital": hospital, "phone": number or None} for hospital, number in work.phone.items()],
        "standing": list(work.standing),
    }


def _stands(hospital: HospitalId, region: LapseState, at: Moment) -> bool:
    state = at.picture.states.get(hospital, {}).get(region.department)
    if state is None or state.status not in STOPPED or never_reopens(state):
        return False
    over = state.until is not None and state.until <= at.now
    confirmed = region.confirmed_at
    return not over and confirmed is not None and state.since is not None and state.since <= confirmed


def phone_of(hospital: HospitalId, department: Department, world: World) -> str:
    """Return the number of a department of a hospital, or of its SEH physician; "" when there is none on record."""
    phones = world.registry.hospitals[hospital].phones
    return phones.get(department) or phones.get(Contact.SEH_PHYSICIAN.value) or ""
