"""The board as EDXL-HAVE 1.0: what the standard has words for in those words, and exactly in a comment beside it."""

import re
from collections.abc import Sequence
from datetime import datetime

import orjson
from lxml import etree

from advisor.feeds.have_words import (
    BED_TYPES,
    GML,
    HAVE,
    NAMESPACES,
    PREFIX,
    TRAFFIC,
    XNL,
    XPIL,
    is_available,
)
from advisor.feeds.xml import Element
from advisor.journal.structure import moment_text
from advisor.kernel import Department, Status
from advisor.services.documents import moment
from advisor.services.publish_statuses import PublishedDepartment, PublishedHospital

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_have(hospitals: Sequence[PublishedHospital], now: datetime) -> bytes:
    """Write a document that is valid against the schemas of OASIS."""
    root = etree.Element(f"{{{HAVE}}}HospitalStatus", nsmap=NAMESPACES)
    for published in hospitals:
        _add_hospital(root, published, now)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def _add_hospital(root: Element, published: PublishedHospital, now: datetime) -> None:
    element = _add(root, HAVE, "Hospital")
    _add_organization(element, published)
    departments = published.departments
    if Department.SEH in departments:
        _add_emergency_department(element, departments[Department.SEH], now)
    else:
        traffic = _add(_add(element, HAVE, "EmergencyDepartmentStatus"), HAVE, "EMSTraffic")
        _add(traffic, HAVE, "EMSTrafficStatus", "NotApplicable")
    others = {department: each for department, each in departments.items() if department is not Department.SEH}
    if others:
        capacity = _add(element, HAVE, "HospitalBedCapacityStatus")
        for department, each in others.items():
            _add_department(capacity, department, each, now)
    if any(each.effective is Status.CALAMITY for each in departments.values()):
        _add(_add(element, HAVE, "HospitalFacilityStatus"), HAVE, "FacilityStatus", "Compromised")
    said = [_said_at(each, now) for each in departments.values() if each.state is not None]
    _add(element, HAVE, "LastUpdateTime", moment(max(said, default=now)) or "")


def _add_organization(parent: Element, published: PublishedHospital) -> None:
    hospital = published.hospital
    organization = _add(parent, HAVE, "Organization")
    information = _add(organization, HAVE, "OrganizationInformation")
    _add(_add(information, XNL, "OrganisationName"), XNL, "NameElement", hospital.name)
    identifier = _add(_add(information, XPIL, "Identifiers"), XPIL, "Identifier")
    _add(identifier, XPIL, "IdentifierElement", hospital.id)
    point = _add(_add(organization, HAVE, "OrganizationGeoLocation"), GML, "Point")
    _add(point, GML, "pos", f"{hospital.position.lat} {hospital.position.lon}")


def _add_emergency_department(parent: Element, seh: PublishedDepartment, now: datetime) -> None:
    traffic = _add(_add(parent, HAVE, "EmergencyDepartmentStatus"), HAVE, "EMSTraffic")
    if seh.effective in TRAFFIC:
        _add(traffic, HAVE, "EMSTrafficStatus", TRAFFIC[seh.effective])
    if seh.state is not None:
        if seh.state.reason is not None:
            _add(traffic, HAVE, "EMSTrafficReason", seh.state.reason.value)
        _add(traffic, HAVE, "CommentText", _comment(seh, now))


def _add_department(parent: Element, department: Department, each: PublishedDepartment, now: datetime) -> None:
    beds = _add(parent, HAVE, "BedCapacity")
    _add(beds, HAVE, "BedType", BED_TYPES[department])
    _add(beds, HAVE, "SubCategoryBedType", department.value)
    available = is_available(each.effective)
    if available is not None:
        capacity = _add(beds, HAVE, "Capacity")
        _add(capacity, HAVE, "CapacityStatus", "Vacant/Available" if available else "NotAvailable")
    if each.state is not None:
        _add(beds, HAVE, "CommentText", _comment(each, now))


def _comment(each: PublishedDepartment, now: datetime) -> str:
    state = each.state
    if state is None:
        return ""
    told = {
        "status": state.status,
        "effective": each.effective,
        "said_at": moment_text(_said_at(each, now)),
        "since": None if state.since is None else moment_text(state.since),
        "until": None if state.until is None else moment_text(state.until),
        "reason": state.reason,
        "note": state.note,
        "source": state.source,
    }
    return PREFIX + orjson.dumps(told).decode()


def _said_at(each: PublishedDepartment, now: datetime) -> datetime:
    """Return how fresh this is: a stop in the console does not age, anything else is as old as its source says."""
    state = each.state
    if state is None or state.manual or state.reported_at is None:
        return now
    return state.reported_at


def _add(parent: Element, namespace: str, name: str, text: str | None = None) -> Element:
    child = etree.SubElement(parent, f"{{{namespace}}}{name}")
    if text is not None:
        child.text = NOT_IN_XML.sub("", text)
    return child
