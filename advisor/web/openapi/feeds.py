"""Operations for other systems: statuses and closed roads in, the board out; with the schemas of both."""

from advisor.kernel import Department, Status
from advisor.protocol.model import StopReason
from advisor.services.free_text import NOTE_LIMIT
from advisor.web.formats import FHIR, STATUSES_MOST, XML
from advisor.web.openapi.operation import Operation, Parameter
from advisor.web.openapi.words import (
    COUNT,
    FLAG,
    IDENTITY,
    MOMENT,
    TEXT,
    Schema,
    a_body,
    an_answer,
    list_of,
    one_of,
    or_null,
    text_up_to,
)

FEEDS_GROUP = "feeds"
_READERS = "everybody who is logged in, or a key for read"
_BY_ID = Parameter(name="_id", schema=IDENTITY)

FEED_OPERATIONS: dict[tuple[str, str], Operation] = {
    ("POST", "/feeds/stops"): Operation(
        name="pushStatuses", group=FEEDS_GROUP, summary="Take in statuses; what is not newer changes nothing.",
        by="a key for stops", body="Statuses", answer="Taken",
    ),
    ("POST", "/feeds/have"): Operation(
        name="pushHave", group=FEEDS_GROUP, summary="Take in statuses as EDXL-HAVE 1.0.", by="a key for have",
        body="Have", takes=XML, answer="Taken",
    ),
    ("GET", "/feeds/have"): Operation(
        name="have", group=FEEDS_GROUP, summary="Give the board as EDXL-HAVE 1.0.", by=_READERS, media=XML,
    ),
    ("POST", "/feeds/ndw"): Operation(
        name="pushRoads", group=FEEDS_GROUP, summary="Take in bridges that open and closed roads as DATEX II.",
        by="a key for ndw", body="Datex", takes=XML, answer="RoadsTaken",
    ),
    ("GET", "/fhir/metadata"): Operation(
        name="fhirMetadata", group="fhir", summary="Tell what can be asked in FHIR.", by="anybody", media=FHIR,
        answer="Resource", open=True,
    ),
    ("GET", "/fhir/Location"): Operation(
        name="fhirLocations", group="fhir", summary="Find the sites of emergency departments.", by=_READERS, media=FHIR,
        answer="Resource", query=(_BY_ID,),
    ),
    ("GET", "/fhir/Location/{location_id}"): Operation(
        name="fhirLocation", group="fhir", summary="Give a site.", by=_READERS, media=FHIR, answer="Resource",
    ),
    ("GET", "/fhir/HealthcareService"): Operation(
        name="fhirServices", group="fhir", summary="Find departments with their status.", by=_READERS, media=FHIR,
        answer="Resource",
        query=(
            _BY_ID, Parameter(name="location", schema=IDENTITY), Parameter(name="service-type", schema=IDENTITY),
        ),
    ),
    ("GET", "/fhir/HealthcareService/{service_id}"): Operation(
        name="fhirService", group="fhir", summary="Give a department.", by=_READERS, media=FHIR, answer="Resource",
    ),
}  # fmt: skip

_STATE = a_body(
    {"status": one_of(Status)},
    {
        "since": or_null(MOMENT),
        "until": or_null(MOMENT),
        "reason": or_null(one_of(StopReason)),
        "note": text_up_to(NOTE_LIMIT),
    },
)

FEED_BODIES: dict[str, Schema] = {
    "Statuses": a_body(
        {
            "statuses": list_of(
                a_body(
                    {
                        "hospital": IDENTITY,
                        "said_at": MOMENT,
                        "departments": {
                            "type": "object",
                            "properties": {department.value: _STATE for department in Department},
                            "additionalProperties": False,
                        },
                    }
                ),
                STATUSES_MOST,
            )
        },
        {"whole": FLAG, "as_of": MOMENT},
    ),
    "Have": TEXT,
    "Datex": TEXT,
}

FEED_EXAMPLES: dict[str, object] = {
    "Statuses": {
        "statuses": [
            {
                "hospital": "olvg-oost",
                "said_at": "2026-03-10T15:00:00+01:00",
                "departments": {
                    "SEH": {
                        "status": "red",
                        "since": "2026-03-10T15:00:00+01:00",
                        "until": "2026-03-10T17:00:00+01:00",
                        "reason": "Onvoldoende behandelcapaciteit",
                    },
                    "CCU": {"status": "green"},
                },
            }
        ]
    },
    "Have": '<HospitalStatus xmlns="urn:oasis:names:tc:emergency:EDXL:HAVE:1.0">…</HospitalStatus>',
    "Datex": '<messageContainer xmlns="http://datex2.eu/schema/3/messageContainer">…</messageContainer>',
}

FEED_ANSWERS: dict[str, Schema] = {
    "Taken": an_answer(changed=COUNT, unchanged=COUNT, seq=COUNT),
    "RoadsTaken": an_answer(closed=COUNT, reopened=COUNT, elsewhere=COUNT),
    "Resource": an_answer(resourceType=TEXT),
}
