"""What a hospital must know and do before it declares a stop: what is left in the region, whom to phone, its duties."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.duties import duties_before_declaring, is_scarce, would_be_last
from advisor.protocol.explain import Language, duty_sentence
from advisor.protocol.lapse import lapse_state
from advisor.services.access import Actor, require_hospital
from advisor.services.lapse_work import phone_of
from advisor.services.picture import picture_of, statuses_now
from advisor.services.stop_rules import check_department, edition_for, reject
from advisor.services.world import World

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """A stop that is thought about. `statuses` are those of the same department in the own meldkamer region.

    `peers` provide the same scarce care and must be phoned; `colleagues` are those of the subregion, to be phoned by
    the last one that is open. `complete` tells whether it is known which hospitals make up the region.
    """

    hospital: HospitalId
    department: Department
    mka: str
    complete: bool
    statuses: Mapping[HospitalId, Status]
    duties: tuple[str, ...]
    peers: tuple[HospitalId, ...]
    is_last: bool
    colleagues: tuple[HospitalId, ...]


def prepare_stop(
    hospital: HospitalId, department: Department, status: Status, *, actor: Actor, now: datetime, world: World
) -> Preparation:
    """Return how the region stands and what chapter 4 asks before this stop is declared.

    Raises
    ------
    Forbidden
        When the actor does not speak for the hospital.
    InvalidInput
        When the hospital does not have the department.
    """
    require_hospital(actor, "prepare a stop", hospital)
    edition = edition_for(hospital, now, world)
    reject(check_department(hospital, department, world))
    site, board = world.sites[hospital], world.journal.board()
    picture = picture_of(world.sites, world.registry.mka_complete, board.states(now), board.lapses)
    region = lapse_state(picture, site.mka, department, now, world.editions)
    everywhere = statuses_now(picture, now, world.editions)
    members = [each for each in world.sites.values() if each.id == hospital or (site.mka and each.mka == site.mka)]
    statuses = {each.id: everywhere[each.id][department] for each in members if department in everywhere[each.id]}
    others = tuple(each for each in statuses if each != hospital)
    last = would_be_last(hospital, region)
    nearby = {each.id for each in members if site.subregion and each.subregion == site.subregion}
    return Preparation(
        hospital=hospital,
        department=department,
        mka=site.mka,
        complete=site.mka in world.registry.mka_complete,
        statuses=statuses,
        duties=duties_before_declaring(hospital, department, status, region, edition),
        peers=others if is_scarce(region, edition) else (),
        is_last=last,
        colleagues=tuple(each for each in others if each in nearby) if last else (),
    )


def preparation_document(preparation: Preparation, world: World) -> dict[str, Json]:
    """Return it in JSON terms, with what is left of the region in words."""
    left = sum(status is Status.GREEN for each, status in preparation.statuses.items() if each != preparation.hospital)
    return {
        "hospital": preparation.hospital,
        "department": preparation.department,
        "mka": preparation.mka,
        "complete": preparation.complete,
        "left": left,
        "text": _sentence(preparation, left, Language.NL),
        "text_en": _sentence(preparation, left, Language.EN),
        "region": [
            {"hospital": each, "name": world.sites[each].name, "status": status}
            for each, status in preparation.statuses.items()
        ],
        "duties": [
            {"code": code, "text": duty_sentence(code, Language.NL), "text_en": duty_sentence(code, Language.EN)}
            for code in preparation.duties
        ],
        "peers": _phone_list(preparation.peers, preparation.department, world),
        "last": preparation.is_last,
        "colleagues": _phone_list(preparation.colleagues, preparation.department, world),
    }


def _phone_list(hospitals: Iterable[HospitalId], department: Department, world: World) -> list[dict[str, Json]]:
    return [
        {"hospital": each, "name": world.sites[each].name, "phone": phone_of(each, department, world) or None}
        for each in hospitals
    ]


def _sentence(preparation: Preparation, left: int, language: Language) -> str:
    count, total = Counter(preparation.statuses.values()), len(preparation.statuses)
    red, orange, green = count[Status.RED], count[Status.ORANGE], count[Status.GREEN]
    department = preparation.department.value
    if language is Language.NL:
        line = f"{department}: {red} van {total} rood, {orange} oranje, nog {green} open."
        return f"{line} Na deze stop {'blijft' if left == 1 else 'blijven'} er {left} open."
    return f"{department}: {red} of {total} red, {orange} orange, {green} still open. After this stop {left} will be."
