"""From the words of a conformance file to the product's own; names and defaults only, no judgement."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from advisor.kernel import AMSTERDAM, Capability, Department, Facility, HospitalId, InvalidInput, Known, Problem, Status
from advisor.protocol.model import (
    Answer,
    Arrival,
    ConsultOutcome,
    DepartmentState,
    EnRoute,
    Lapse,
    Opening,
    Origin,
    Patient,
    Picture,
    Site,
    Stability,
    StopPolicy,
    StopReason,
    Suspicion,
    TreatmentRelation,
)
from advisor.reports.lnaz import StopRecord

Json = Any  # a parsed JSON value; checked field by field as it is read
REGIONAL = {"NH/FL": "nhfl"}
Member = TypeVar("Member", bound=StrEnum)


def moment(text: str) -> datetime:
    """Read a moment: with its offset, else on the clock of Europe/Amsterdam."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=AMSTERDAM)).astimezone(UTC)


def local(at: datetime | None) -> str | None:
    """Write a moment as the files do: on the clock of Europe/Amsterdam, without an offset."""
    return None if at is None else at.astimezone(AMSTERDAM).replace(tzinfo=None).isoformat()


def member(kind: type[Member], value: str) -> Member:
    """Read a member of an enumeration.

    Raises
    ------
    InvalidInput
        When there is no such member.
    """
    try:
        return kind(value)
    except ValueError:
        raise InvalidInput([Problem(field=kind.__name__, message=f"{value!r} is not known")]) from None


def patient(case: Json) -> Patient:
    """Read the patient of a case; `condition` is the suspicion and `internal_at` the hospital the patient is in."""
    inside = case.get("internal_at")
    return Patient(
        abcd=member(Stability, case.get("abcd", "unknown")),
        suspicion=member(Suspicion, case.get("condition", "general")),
        origin=member(Origin, case.get("origin", "112")),
        inside=None if inside is None else HospitalId(inside),
        relation={HospitalId(key): _relation(value) for key, value in case.get("relation", {}).items()},
        en_route={HospitalId(key): _en_route(value) for key, value in case.get("en_route", {}).items()},
        consult={HospitalId(key): member(ConsultOutcome, value) for key, value in case.get("consult", {}).items()},
        gp_accepted={HospitalId(key): bool(value) for key, value in case.get("gp_accepted", {}).items()},
        shockroom=case.get("shockroom", True),
    )


def site(hospital: Json) -> Site:
    """Read a hospital; what it does not list, it does not have."""
    opening = hospital.get("opening")
    listed = set(hospital.get("facilities", Department))
    return Site(
        id=HospitalId(hospital["id"]),
        name=hospital.get("name", hospital["id"]),
        protocol=REGIONAL.get(hospital.get("roaz", "NH/FL"), ""),
        mka=hospital.get("mka", ""),
        subregion=hospital.get("subregion", ""),
        facilities={one: Known.YES if one in listed else Known.NO for one in _facilities()},
        opening=Opening(opens=time.fromisoformat(opening["opens"]), closes=time.fromisoformat(opening["closes"]))
        if opening
        else None,
        policy=member(StopPolicy, hospital.get("policy", "lpz")),
    )


def states(hospital: Json, now: datetime) -> dict[Department, DepartmentState]:
    """Read the departments of a hospital, heard of just now; one without a status is green in these files."""
    shown = {member(Department, name): value for name, value in hospital.get("dept", {}).items()}
    green = DepartmentState(status=Status.GREEN, reported_at=now, source="case")
    listed = [department for department in Department if department in hospital.get("facilities", Department)]
    return dict.fromkeys(listed, green) | {department: _state(value, now) for department, value in shown.items()}


def picture(hospital: Json, region: Json, now: datetime) -> Picture:
    """Read a hospital and its neighbourhood: the other members of its region and the state of rule 3.1 there."""
    members = [_member(one) for one in region.get("members", []) if one["id"] != hospital["id"]]
    everyone = [hospital, *members]
    own = site(hospital)
    return Picture(
        sites={HospitalId(one["id"]): site(one) for one in everyone},
        states={HospitalId(one["id"]): states(one, now) for one in everyone},
        lapses=tuple(
            Lapse(mka=own.mka, department=member(Department, name), confirmed_at=now)
            for name in region.get("lapse_confirmed", [])
        ),
        complete=frozenset(one["mka"] for one in members) if region.get("complete") else frozenset(),
        pending=frozenset(
            (HospitalId(one["id"]), member(Department, one["dept"])) for one in region.get("about_to_declare", [])
        ),
    )


def exact_arrival(now: datetime, minutes: float) -> Arrival:
    """Return an arrival without a band."""
    at = now + timedelta(minutes=minutes)
    return Arrival(early=at, expected=at, late=at)


def stop_record(event: Json) -> StopRecord:
    """Read one stop of a report case."""
    return StopRecord(
        roaz=event["roaz"],
        hospital=HospitalId(event["hospital"]),
        department=member(Department, event["dept"]),
        status=member(Status, event["colour"]),
        start=moment(event["start"]),
        end=None if event.get("end") is None else moment(event["end"]),
    )


def _facilities() -> tuple[Facility, ...]:
    return (*Department, *Capability)


def _member(hospital: Json) -> Json:
    """A neighbour has the departments that it shows, and nothing else."""
    return {**hospital, "facilities": hospital.get("facilities", list(hospital.get("dept", {})))}


def _relation(value: Mapping[str, str]) -> TreatmentRelation:
    return TreatmentRelation(
        active=member(Answer, value.get("active", "no")), related=member(Answer, value.get("related", "no"))
    )


def _en_route(value: Mapping[str, str]) -> EnRoute:
    return EnRoute(departed_at=_optional(value, "departed_at"), announced_at=_optional(value, "announced_at"))


def _state(value: Mapping[str, Any], now: datetime) -> DepartmentState:
    reason = value.get("reason")
    return DepartmentState(
        status=member(Status, value["colour"]),
        since=_optional(value, "declared_at"),
        until=_optional(value, "expected_end"),
        reason=None if reason is None else member(StopReason, reason),
        planned=bool(value.get("planned", False)),
        planned_from=_optional(value, "planned_start"),
        planned_until=_optional(value, "planned_end"),
        reported_at=now,
        source="case",
    )


def _optional(value: Mapping[str, Any], key: str) -> datetime | None:
    return None if value.get(key) is None else moment(value[key])
