"""FHIR R4, held against the models of a library for it."""

import os
import subprocess
import sys
from typing import Any

import orjson
import pytest

from advisor.feeds.fhir import capability, outcome, search
from advisor.journal.events import Event
from advisor.kernel import InvalidInput, Status
from advisor.services.publish_statuses import publish_statuses
from tests.world import NOW, OEVERDAM, a_world, all_green, at, declared, reported

BASE = "https://uitwijk.example/api/v1/fhir"
LIFE = (
    *all_green(at(-1)),
    declared(),
    reported(Status.CALAMITY, hospital=OEVERDAM, said_at=at(-0.5)),
)

CHECK = """
import sys, json
from fhir.resources.R4B import get_fhir_model_class
for line in sys.stdin:
    resource = json.loads(line)
    for each in (resource, *(entry["resource"] for entry in resource.get("entry", ()))):
        get_fhir_model_class(each["resourceType"]).model_validate(each)
print("valid")
"""


def bundle(kind: str, *events: Event, **asked: str) -> dict[str, Any]:
    hospitals = publish_statuses(now=NOW, world=a_world(*events))
    return search(
        kind,
        hospitals,
        {name.replace("service_type", "service-type"): value for name, value in asked.items()},
        BASE,
        NOW,
    )


def resources(kind: str, *events: Event, **asked: str) -> dict[str, dict[str, Any]]:
    return {entry["resource"]["id"]: entry["resource"] for entry in bundle(kind, *events, **asked)["entry"]}


def status_parts(resource: dict[str, Any]) -> dict[str, Any]:
    """What our own extension says, by name."""
    [extension] = resource["extension"]
    return {
        part["url"]: next(value for name, value in part.items() if name != "url") for part in extension["extension"]
    }


def test_everything_that_goes_out_is_valid() -> None:
    """In a process of its own: the library's models are large, and its imports warn."""
    documents = [
        capability("1.2.3", BASE, NOW),
        outcome("not-found", "there is no such thing"),
        *(bundle(kind, *events) for kind in ("Location", "HealthcareService") for events in ((), LIFE)),
    ]

    checked = subprocess.run(
        [sys.executable, "-c", CHECK],
        input=b"\n".join(map(orjson.dumps, documents)),
        capture_output=True,
        check=False,
        env=os.environ,
    )

    assert checked.stdout.strip() == b"valid", checked.stderr.decode()


def test_every_site_is_a_location() -> None:
    found = resources("Location")

    assert found["veldstad"]["position"] == {"longitude": 5.1, "latitude": 52.1}
    assert set(found) == {"veldstad", "oeverdam", "hogeberg", "overkant"}


def test_every_department_that_there_may_be_is_a_service() -> None:
    found = resources("HealthcareService")

    assert ("veldstad.SEH" in found, "oeverdam.SR" in found, "oeverdam.CTT" in found) == (True, True, False)
    assert ("active" in found["oeverdam.SR"], found["veldstad.SEH"]["active"]) == (False, True)


def test_status_of_a_department_is_told_with_its_age_and_source() -> None:
    told = status_parts(resources("HealthcareService", *all_green(at(-5)))["veldstad.SEH"])

    assert told["status"]["code"] == "green"
    assert (told["reportedAt"], told["source"]) == ("2026-03-10T13:55:00.000Z", "lpz")


def test_status_that_nobody_told_is_unknown() -> None:
    assert status_parts(resources("HealthcareService")["veldstad.SEH"])["status"]["code"] == "unknown"


def test_stop_is_told_in_words_of_the_standard() -> None:
    stopped = resources("HealthcareService", *LIFE)["veldstad.SEH"]

    assert stopped["notAvailable"] == [
        {
            "description": "red: Piek in aanbod van patiënten (aantal)",
            "during": {"start": "2026-03-10T14:00:00.000Z", "end": "2026-03-10T16:00:00.000Z"},
        }
    ]


def test_department_that_is_open_is_not_unavailable() -> None:
    assert "notAvailable" not in resources("HealthcareService", *LIFE)["veldstad.CCU"]


def test_opening_hours_are_told() -> None:
    [hours] = resources("HealthcareService")["oeverdam.SEH"]["availableTime"]

    assert (hours["availableStartTime"], hours["availableEndTime"]) == ("08:00:00", "22:30:00")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"_id": "veldstad.SEH"}, {"veldstad.SEH"}),
        ({"_id": "nergens.SEH"}, set()),
        ({"location": "Location/oeverdam", "service_type": "SEH"}, {"oeverdam.SEH"}),
        ({"location": "oeverdam", "service_type": "urn:uitwijk:department|SEH,CTT"}, {"oeverdam.SEH"}),
    ],
)
def test_services_are_found_by_what_is_asked(asked: dict[str, str], found: set[str]) -> None:
    assert set(resources("HealthcareService", **asked)) == found


def test_what_cannot_be_searched_by_is_refused() -> None:
    with pytest.raises(InvalidInput, match="colour"):
        bundle("Location", colour="red")
