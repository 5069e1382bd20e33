"""The operator's file on LPZ for the invented region, and answers in its form."""

import json
from typing import Any

from advisor.feeds.config import LpzMapping, parse_feeds
from tests.world import region

FILE = """
[lpz]
address = "https://lpz.example/api/external/organization/status"
every_s = 30
timeout_s = 5
clock_tolerance_s = 120
time_zone = "Europe/Amsterdam"

[lpz.fields]
location = "oid"
departments = "beschikbaarheid"
department = "afdeling"
status = "status"
reason = "reden"
note = "toelichting"
since = "begin"
until = "einde"
said_at = "gewijzigd"

[lpz.locations]
"1.1" = "veldstad"
"1.2" = "oeverdam"
"1.3" = "hogeberg"
"9.9" = ""

[lpz.departments]
"SEH" = "SEH"
"Hartbewaking" = "CCU"
"Kliniek" = ""

[lpz.statuses]
"open" = "green"
"Dreigende stop" = "orange"
"Volledige stop" = "red"
"Gesloten wegens calamiteit" = "calamity"
"Buiten openingstijd" = "grey"

[lpz.reasons]
"Geen behandelplek" = "Onvoldoende behandelcapaciteit"
"""


def mapping() -> LpzMapping:
    """Return what the file says the names and codes stand for."""
    found = parse_feeds(FILE, region().hospitals).lpz_mapping
    if found is None:
        raise AssertionError
    return found


def department(name: str = "SEH", status: str = "open", **more: Any) -> dict[str, Any]:
    """Return one department of an answer."""
    return {"afdeling": name, "status": status, "gewijzigd": "2026-03-10T14:30:00+01:00", **more}


def organisation(oid: str = "1.1", *departments: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return one organisation of an answer; with an open SEH when nothing else is said."""
    return {"oid": oid, "locatie": f"Locatie {oid}", "beschikbaarheid": list(departments) or [department()], **more}


def answer(*organisations: Any) -> bytes:
    """Return an answer; about all three hospitals when nothing else is said."""
    return json.dumps(list(organisations) or [organisation(oid) for oid in ("1.1", "1.2", "1.3")]).encode()
