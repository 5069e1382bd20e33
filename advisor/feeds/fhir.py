"""The hospitals in FHIR R4: a Location per emergency department's site, a HealthcareService per department.

There is no national profile for stops. A stop stands in `notAvailable` of the service, in words of the standard; the
status itself, its age and its source stand in an extension of our own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from advisor.kernel import Department, HospitalId, InvalidInput, Known, Problem, Status
from advisor.services.documents import moment
from advisor.services.publish_statuses import PublishedDepartment, PublishedHospital

Json = dict[str, Any]

VERSION = "4.0.1"
STATUS_URL = "urn:uitwijk:fhir:department-status"
ID_SYSTEM = "urn:uitwijk:hospital"
CODE_SYSTEM = "urn:uitwijk:department"
STATUS_SYSTEM = "urn:uitwijk:status"
CLOSED = frozenset({Status.RED, Status.CALAMITY, Status.GREY})

NAMES = {
    Department.SEH: "Spoedeisende hulp",
    Department.SR: "Shockroom",
    Department.CTT: "CT-trombolyse",
    Department.EHLH: "Eerste hart- en longhulp",
    Department.CCU: "Coronary care unit",
    Department.PCI: "PCI",
}


def location(published: PublishedHospital, now: datetime) -> Json:
    """Return the site of a hospital."""
    hospital = published.hospital
    position = hospital.arrival_position
    return {
        "resourceType": "Location",
        "id": hospital.id,
        "meta": {"lastUpdated": _instant(now)},
        "identifier": [{"system": ID_SYSTEM, "value": hospital.id}],
        "status": "active",
        "name": hospital.name,
        "mode": "instance",
        "type": [_concept("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "ER", "Emergency room")],
        "address": {
            "line": [hospital.address],
            "city": hospital.city,
            "postalCode": hospital.postcode,
            "country": "NL",
        },
        "position": {"longitude": position.lon, "latitude": position.lat},
    }


def services(published: PublishedHospital, now: datetime) -> Iterator[Json]:
    """Give the departments that a hospital has, or may have."""
    for department, each in published.departments.items():
        yield _service(published, department, each, now)


def service_id(hospital: HospitalId, department: Department) -> str:
    """Return the id of a department's service."""
    return f"{hospital}.{department.value}"


def search(
    kind: str, hospitals: Sequence[PublishedHospital], asked: Mapping[str, str], base: str, now: datetime
) -> Json:
    """Return a bundle of the `Location`s or `HealthcareService`s that fit, by `_id`, `location` or `service-type`.

    Raises
    ------
    InvalidInput
        When another parameter is asked for: leaving it out would find too much.
    """
    allowed = {"_id", "_format"} | ({"location", "service-type"} if kind == "HealthcareService" else set())
    if set(asked) - allowed:
        raise InvalidInput(
            Problem(field=name, message="cannot be searched by") for name in sorted(set(asked) - allowed)
        )
    found = [each for each in resources(kind, _concerned(hospitals, asked), now) if _fits(each, asked)]
    query = urlencode([(name, value) for name, value in asked.items() if name != "_format"])
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "timestamp": _instant(now),
        "total": len(found),
        "link": [{"relation": "self", "url": f"{base}/{kind}{'?' if query else ''}{query}"}],
        "entry": [
            {"fullUrl": f"{base}/{kind}/{each['id']}", "resource": each, "search": {"mode": "match"}} for each in found
        ],
    }


def resources(kind: str, hospitals: Sequence[PublishedHospital], now: datetime) -> Iterator[Json]:
    """Give all resources of a kind."""
    for published in hospitals:
        if kind == "Location":
            yield location(published, now)
        else:
            yield from services(published, now)


def capability(version: str, base: str, now: datetime) -> Json:
    """Return what this server can do."""
    searches = {
        "Location": [("_id", "token")],
        "HealthcareService": [("_id", "token"), ("location", "reference"), ("service-type", "token")],
    }
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": _instant(now),
        "kind": "instance",
        "software": {"name": "Uitwijk", "version": version},
        "implementation": {"description": "Departments of hospitals and their stops", "url": base},
        "fhirVersion": VERSION,
        "format": ["json"],
        "rest": [
            {
                "mode": "server",
                "resource": [
                    {
                        "type": kind,
                        "interaction": [{"code": "read"}, {"code": "search-type"}],
                        "searchParam": [{"name": name, "type": of_type} for name, of_type in parameters],
                    }
                    for kind, parameters in searches.items()
                ],
            }
        ],
    }


def outcome(code: str, diagnostics: str) -> Json:
    """Return why something could not be done."""
    issue = {"severity": "error", "code": code, "diagnostics": diagnostics}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def _concerned(hospitals: Sequence[PublishedHospital], asked: Mapping[str, str]) -> Sequence[PublishedHospital]:
    """Leave out early what cannot fit: most questions are about one hospital."""
    if "_id" not in asked:
        return hospitals
    wanted = {identity.partition(".")[0] for identity in asked["_id"].split(",")}
    return [published for published in hospitals if published.hospital.id in wanted]


def _service(published: PublishedHospital, department: Department, each: PublishedDepartment, now: datetime) -> Json:
    hospital = published.hospital
    resource: Json = {
        "resourceType": "HealthcareService",
        "id": service_id(hospital.id, department),
        "meta": {"lastUpdated": _instant(now)},
        "extension": [_status_extension(each, now)],
        "type": [_concept(CODE_SYSTEM, department.value, NAMES[department])],
        "location": [{"reference": f"Location/{hospital.id}", "display": hospital.name}],
        "name": f"{hospital.name}: {NAMES[department]}",
    }
    if hospital.departments[department] is not Known.UNKNOWN:
        resource["active"] = True  # one that it is known not to have is left out altogether
    if department is Department.SEH and hospital.opening is not None:
        times = {"start": hospital.opening.opens, "end": hospital.opening.closes}
        if times["start"] < times["end"]:
            resource["availableTime"] = [
                {
                    "daysOfWeek": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                    "availableStartTime": times["start"].isoformat(),
                    "availableEndTime": times["end"].isoformat(),
                }
            ]
    if each.effective in CLOSED:
        resource["notAvailable"] = [_not_available(each)]
    return resource


def _status_extension(each: PublishedDepartment, now: datetime) -> Json:
    state = each.state
    parts: list[Json] = [{"url": "status", "valueCoding": {"system": STATUS_SYSTEM, "code": each.effective.value}}]
    if state is not None:
        reported_at = now if state.manual or state.reported_at is None else state.reported_at
        parts.append({"url": "reportedAt", "valueInstant": _instant(reported_at)})
        if state.source:
            parts.append({"url": "source", "valueString": state.source})
        if state.reason is not None:
            parts.append({"url": "reason", "valueString": state.reason.value})
        if state.until is not None:
            parts.append({"url": "until", "valueInstant": _instant(state.until)})
    return {"url": STATUS_URL, "extension": parts}


def _not_available(each: PublishedDepartment) -> Json:
    state = each.state
    reason = state.reason.value if state is not None and state.reason is not None else ""
    period = {}
    if state is not None and state.since is not None:
        period["start"] = _instant(state.since)
    if state is not None and state.until is not None and (state.since is None or state.since <= state.until):
        period["end"] = _instant(state.until)
    description = f"{each.effective.value}: {reason}" if reason else each.effective.value
    return {"description": description, **({"during": period} if period else {})}


def _fits(resource: Json, asked: Mapping[str, str]) -> bool:
    if "_id" in asked and resource["id"] not in asked["_id"].split(","):
        return False
    if "location" in asked:
        wanted = {part.removeprefix("Location/") for part in asked["location"].split(",")}
        if resource["location"][0]["reference"].removeprefix("Location/") not in wanted:
            return False
    if "service-type" in asked:
        wanted = {part.rpartition("|")[2] for part in asked["service-type"].split(",")}
        return resource["type"][0]["coding"][0]["code"] in wanted
    return True


def _concept(system: str, code: str, display: str) -> Json:
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def _instant(at: datetime) -> str:
    return moment(at) or ""
