"""The words of EDXL-HAVE 1.0 and what they stand for here."""

from collections.abc import Mapping

from advisor.kernel import Department, Status

HAVE = "urn:oasis:names:tc:emergency:EDXL:HAVE:1.0"
GML = "http://www.opengis.net/gml"
XNL = "urn:oasis:names:tc:ciq:xnl:3"
XPIL = "urn:oasis:names:tc:ciq:xpil:3"
NAMESPACES = {"have": HAVE, "gml": GML, "xnl": XNL, "xpil": XPIL}

PREFIX = "uitwijk/1 "
"""Begins a comment that holds a department exactly, as JSON; the standard has no colours, ends or sources."""

TRAFFIC: Mapping[Status, str] = {
    Status.GREEN: "Normal",
    Status.ORANGE: "Advisory",
    Status.RED: "Closed",
    Status.CALAMITY: "Closed",
    Status.GREY: "Closed",
}
"""How ambulances are received; an unknown status has no word, and gets none."""

FROM_TRAFFIC: Mapping[str, Status] = {"Normal": Status.GREEN, "Advisory": Status.ORANGE, "Closed": Status.RED}

BED_TYPES: Mapping[Department, str] = {
    Department.SR: "EmergencyDepartment",
    Department.CTT: "EmergencyDepartment",
    Department.EHLH: "EmergencyDepartment",
    Department.CCU: "AdultICU",
    Department.PCI: "OperatingRooms",
}
"""Under which type of beds the standard keeps a department; its own name is the sub-category."""

FROM_CAPACITY: Mapping[str, Status] = {"Vacant/Available": Status.GREEN, "NotAvailable": Status.RED}


def is_available(status: Status) -> bool | None:
    """Tell whether beds of a status are available; `None` when that is not known."""
    if status is Status.UNKNOWN:
        return None
    return status in {Status.GREEN, Status.ORANGE}
