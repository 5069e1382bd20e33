"""The description of the interface: complete, sound, and true to what is really answered."""

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.test import TestResponse

from tests.web.apps import an_app
from tests.web.test_access import BODIES, DECISIONS, IDS, a_caller

DESCRIPTION: dict[str, Any] = an_app().test_client().get("/api/v1/openapi.json").get_json()
OPERATIONS = {
    (method.upper(), path): operation
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
}
NAMES = [operation["operationId"] for operation in OPERATIONS.values()]
OUT_OF_ORDER = {"announce", "arrive", "handOver", "refused"}
"""Steps that the ride of the test is not ready for; what they answer in their order is the same as all others."""

JSON, XML = "application/json", "application/xml"
QUERIES = {
    "/network/route": "?from=52.1,5.0&hospital=veldstad",
    "/network/reach": "?minutes=20&hospital=veldstad",
    "/places": "?q=veld",
    "/stops": "?hospital=veldstad",
    "/stops/preparation": "?hospital=veldstad&department=SEH&status=red",
    "/plans": "?hospital=veldstad",
    "/reports/events": "?kind=norm-breaches",
    "/reports/events.csv": "?kind=norm-breaches",
    "/past": "?at=2026-03-10T14:00:00Z",
}
MORE_BODIES = {
    ("POST", "/session/pair"): {"code": "K7QM-X4TD"},
    ("POST", "/session"): {"username": "mma", "password": "een lang wachtwoord"},
    ("POST", "/stops/{stop_id}/extend"): {"until": "2026-03-10T17:00:00Z"},
}


def braced(rule: str) -> str:
    """A path of the routes as the description writes it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def wrong(schema: Any, value: Any) -> list[str]:
    """What is wrong with a value."""
    check = Draft202012Validator({**schema, "components": DESCRIPTION["components"]})
    return [f"{error.json_path}: {error.message}" for error in check.iter_errors(value)]


def test_description_is_sound() -> None:
    OpenAPIV31SpecValidator(DESCRIPTION).validate()


def test_every_route_is_described_and_nothing_else() -> None:
    assert {(method, braced(rule)) for method, rule in DECISIONS} == set(OPERATIONS)


def test_every_operation_has_a_name_of_its_own() -> None:
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=NAMES)
def test_example_of_a_body_fits_its_schema(operation: dict[str, Any]) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        assert wrong(content["schema"], content["example"]) == []


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=NAMES)
def test_body_with_a_field_too_many_does_not_fit(operation: dict[str, Any]) -> None:
    for content in [operation.get("requestBody", {}).get("content", {}).get(JSON)]:
        if content is None:  # no body, or one in XML
            continue
        assert wrong(content["schema"], {**content["example"], "name_of_patient": "x"})


def ask(method: str, path: str) -> TestResponse:
    """Let somebody who may do so send the request."""
    [rule] = [rule for each, rule in DECISIONS if (each, braced(rule)) == (method, path)]
    address = rule
    for placeholder, identity in IDS.items():
        address = address.replace(placeholder, identity)
    body = BODIES.get((method, rule), MORE_BODIES.get((method, path)))
    caller = a_caller(min(DECISIONS[method, rule]))
    return caller.call(method, address + QUERIES.get(path, ""), body)


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=NAMES)
def test_real_answer_is_as_described(method: str, path: str) -> None:
    operation = OPERATIONS[method, path]

    answer = ask(method, path)

    described = operation["responses"].get(str(answer.status_code), operation["responses"]["default"])
    if operation["operationId"] not in OUT_OF_ORDER:
        assert str(answer.status_code) in operation["responses"], answer.get_data(as_text=True)
    for media, content in described.get("content", {}).items():
        assert answer.mimetype == media
        assert wrong(content["schema"], answer.get_json() if "json" in media else answer.get_data(as_text=True)) == []


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=NAMES)
def test_operation_is_open_exactly_when_it_is_said_to_be(method: str, path: str) -> None:
    is_open = OPERATIONS[method, path].get("security") == []
    address = re.sub(r"\{\w+\}", "1", path) + QUERIES.get(path, "")

    answer = an_app().test_client().open(f"/api/v1{address}", method=method, json={})

    assert (answer.status_code != 401) is is_open


@pytest.mark.parametrize(
    ("method", "path"),
    [
        key
        for key, each in OPERATIONS.items()
        if key[0] == "POST" and XML not in each.get("requestBody", {}).get("content", {})
    ],
    ids=str,
)
def test_body_is_described_exactly_where_one_is_read(method: str, path: str) -> None:
    operation = OPERATIONS[method, path]

    answer = ask_with_nonsense(method, path)

    reads_fields = {error["field"] for error in answer.get_json().get("errors", ())} != {"nonsense"}
    assert answer.status_code == 422
    assert reads_fields is bool(operation.get("requestBody", {}).get("required", False))


def ask_with_nonsense(method: str, path: str) -> TestResponse:
    """Send a body that holds nothing that is known."""
    [rule] = [rule for each, rule in DECISIONS if (each, braced(rule)) == (method, path)]
    address = rule
    for placeholder, identity in IDS.items():
        address = address.replace(placeholder, identity)
    return a_caller(min(DECISIONS[method, rule])).call(method, address, {"nonsense": 1})
