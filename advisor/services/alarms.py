"""What a dispatch centre must not miss: worked out from the facts and the moment, so that nothing is lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from advisor.journal.board import Acknowledgement
from advisor.journal.rides import Ride
from advisor.journal.structure import moment_text
from advisor.kernel import HospitalId, RideId
from advisor.protocol.lapse import LapseState
from advisor.protocol.model import Outcome
from advisor.services.board_notice import LEVELS, BoardNotice
from advisor.services.board_notices import PLAN_SOON, STOPPED, board_notices
from advisor.services.documents import moment
from advisor.services.lapse_work import LapseWork, removals_of, to_phone, work_document
from advisor.services.oversee_rides import DRIVING, OverseenRide
from advisor.services.read_board import region_states
from advisor.services.refusals import Wording
from advisor.services.ride_moment import Moment
from advisor.services.world import World

Json = Any

CONSULT_LONGEST = timedelta(minutes=3)
PLAN_NEAR = timedelta(minutes=10)
STARTED_SHOWN = timedelta(minutes=15)
REFUSAL_SHOWN = timedelta(hours=12)
LAPSE_FOLLOWED = timedelta(hours=12)
SHUT = frozenset({Outcome.DIVERT, Outcome.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm(BoardNotice):
    """One thing to be acted upon, the same on every screen.

    `work` is what rule 3.1 asks of the dispatch centre. An acknowledged alarm stays as long as its cause.
    """

    ride: RideId | None = None
    work: LapseWork | None = None
    acknowledged: Acknowledgement | None = None


def list_alarms(rides: Sequence[OverseenRide], at: Moment, *, world: World) -> tuple[Alarm, ...]:
    """List everything that holds at a moment: what nobody took upon himself first, the gravest and latest first.

    `rides` are the open rides as they are seen at that moment.
    """
    regions = region_states(at.picture, at.now, world)
    found = [
        *_of_notices(at, regions, world),
        *_of_started_plans(at),
        *_of_lapses(at, regions, world),
        *_of_refusals(at.board.rides.values(), at),
        *(alarm for ride in rides for alarm in _of_ride(ride, at)),
    ]
    found = [replace(each, acknowledged=at.board.acknowledged.get(each.id)) for each in found]
    found.sort(key=lambda each: each.id)
    found.sort(key=lambda each: moment_text(each.since) if each.since else "", reverse=True)
    found.sort(key=lambda each: (each.acknowledged is not None, LEVELS[each.level]))
    return tuple(found)


def alarm_document(alarm: Alarm) -> dict[str, Json]:
    """Return an alarm in JSON terms."""
    taken = alarm.acknowledged
    return {
        "id": alarm.id,
        "code": alarm.code,
        "level": alarm.level,
        "section": alarm.section,
        "text": alarm.text.nl,
        "text_en": alarm.text.en,
        "since": moment(alarm.since),
        "hospital": alarm.hospital,
        "department": alarm.department,
        "mka": alarm.mka,
        "ride": alarm.ride,
        "lapse": None if alarm.work is None else work_document(alarm.work),
        "acknowledged": None if taken is None else {"by": taken.by, "at": moment(taken.at)},
    }


def _of_notices(at: Moment, regions: Sequence[LapseState], world: World) -> Iterator[Alarm]:
    by_place = {(region.mka, region.department): region for region in regions}
    for notice in board_notices(at.board, world.sites, regions, at.now, world.editions):
        if notice.code == "plan_soon" and not _is_near(notice, at):
            continue
        region = by_place.get((notice.mka, notice.department)) if notice.department else None
        met = notice.code == "lapse_met" and region is not None
        yield Alarm(
            id=notice.id,
            code=notice.code,
            level="warning" if notice.level == "info" else notice.level,
            section=notice.section,
            text=notice.text,
            since=notice.since,
            hospital=notice.hospital,
            department=notice.department,
            mka=notice.mka,
            work=to_phone(region, world) if met and region else None,
        )


def _is_near(notice: BoardNotice, at: Moment) -> bool:
    """Tell whether a plan, of which the board gives notice earlier, begins almost at once."""
    return notice.since is not None and at.now >= notice.since + PLAN_SOON - PLAN_NEAR


def _of_started_plans(at: Moment) -> Iterator[Alarm]:
    for stop in at.board.stops.values():
        site = at.picture.sites.get(stop.hospital)
        recent = at.now < stop.declared_at + STARTED_SHOWN
        if stop.plan_id is None or site is None or not stop.is_running(at.now) or not recent:
            continue
        yield Alarm(
            id=f"plan_started/{stop.id}",
            code="plan_started",
            level="info",
            section="2.6",
            text=Wording(
                nl=f"{site.name}, {stop.department}: de geplande stop is begonnen.",
                en=f"{site.name}, {stop.department}: the planned stop has begun.",
            ),
            since=stop.declared_at,
            hospital=stop.hospital,
            department=stop.department,
            mka=site.mka,
        )


def _of_lapses(at: Moment, regions: Iterable[LapseState], world: World) -> Iterator[Alarm]:
    for region in regions:
        if region.confirmed_at is None or at.now >= region.confirmed_at + LAPSE_FOLLOWED:
            continue
        work = removals_of(region, at, world)
        if not work.standing:
            continue
        left = len(work.standing)
        yield Alarm(
            id=f"lapse_follow/{region.mka}/{region.department}/{moment_text(region.confirmed_at)}",
            code="lapse_follow",
            level="warning",
            section="3.1",
            text=Wording(
                nl=f"{region.mka}, {region.department}: vervallen volgens 3.1; {left} nog niet verwijderd.",
                en=f"{region.mka}, {region.department}: lapsed by 3.1; {left} not removed yet.",
            ),
            since=region.confirmed_at,
            department=region.department,
            mka=region.mka,
            work=work,
        )


def _of_refusals(rides: Iterable[Ride], at: Moment) -> Iterator[Alarm]:
    for ride in rides:
        for number, refusal in enumerate(ride.refused):
            site = at.picture.sites.get(refusal.hospital)
            if site is None or at.now >= refusal.at + REFUSAL_SHOWN:
                continue
            yield Alarm(
                id=f"refused/{ride.id}/{number}",
                code="refused_at_the_door",
                level="alarm",
                section="",
                text=Wording(
                    nl=f"{site.name}: {ride.opened_by} is aan de deur geweigerd ({refusal.reason}).",
                    en=f"{site.name}: {ride.opened_by} was refused at the door ({refusal.reason}).",
                ),
                since=refusal.at,
                hospital=refusal.hospital,
                mka=site.mka,
                ride=ride.id,
            )


def _of_ride(seen: OverseenRide, at: Moment) -> Iterator[Alarm]:
    ride, verdict = seen.ride, seen.verdict
    if verdict is None or ride.hospital is None or ride.chosen_at is None or ride.step not in DRIVING:
        return
    since = max(ride.chosen_at, _last_change(ride.hospital, at) or ride.chosen_at)
    if verdict.outcome is Outcome.CONSULT and ride.hospital not in ride.consults and at.now >= since + CONSULT_LONGEST:
        yield _about_ride(
            ("consult_open", "warning"),
            seen,
            since + CONSULT_LONGEST,
            Wording(
                nl=f"{ride.opened_by}: overleg met {_name(ride, at)} staat langer dan 3 minuten open.",
                en=f"{ride.opened_by}: the consultation with {_name(ride, at)} has been open for over 3 minutes.",
            ),
            at,
        )
    if verdict.outcome in SHUT and ride.outcome not in SHUT:
        yield _about_ride(
            ("destination_closed", "alarm"),
            seen,
            since,
            Wording(
                nl=f"{ride.opened_by}: {_name(ride, at)} ontvangt deze patiënt niet meer.",
                en=f"{ride.opened_by}: {_name(ride, at)} no longer receives this patient.",
            ),
            at,
        )


def _about_ride(kind: tuple[str, str], seen: OverseenRide, since: datetime, text: Wording, at: Moment) -> Alarm:
    code, level = kind
    hospital = HospitalId(seen.ride.hospital or "")
    return Alarm(
        id=f"{code}/{seen.ride.id}/{hospital}/{moment_text(since)}",
        code=code,
        level=level,
        section="2.3",
        text=text,
        since=since,
        hospital=hospital,
        mka=at.picture.sites[hospital].mka,
        ride=seen.ride.id,
    )


def _name(ride: Ride, at: Moment) -> str:
    return at.picture.sites[HospitalId(ride.hospital or "")].name


def _last_change(hospital: HospitalId, at: Moment) -> datetime | None:
    """Return when the last of the hospital's departments that are not open became so."""
    states = at.picture.states.get(hospital, {}).values()
    return max((each.since for each in states if each.status in STOPPED and each.since is not None), default=None)
