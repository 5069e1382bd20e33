"""Puts the description together."""

import re
from typing import Any

from advisor.services.rides import REQUEST_LIMIT
from advisor.web.auth import COOKIE, CSRF_HEADER
from advisor.web.keys import KEY_HEADER as API_KEY_HEADER
from advisor.web.openapi.answers import ANSWERS
from advisor.web.openapi.bodies import BODIES, EXAMPLES
from advisor.web.openapi.feeds import FEEDS_GROUP
from advisor.web.openapi.operation import KEYED, Operation, Parameter
from advisor.web.openapi.operations import OPERATIONS
from advisor.web.openapi.words import Schema, list_of, ref
from advisor.web.problems import MEDIA_TYPE
from advisor.web.ride_wire import KEY_HEADER

PREFIX = "/api/v1"
WHOLE_NUMBERS = frozenset({"z", "x", "y"})
PROBLEM = {"description": "A problem.", "content": {MEDIA_TYPE: {"schema": ref("Problem")}}}
DESCRIPTION: Schema = {"type": "object", "required": ["openapi", "info", "paths"]}


def describe(version: str) -> dict[str, Any]:
    """Return the description of the interface of a version of the program."""
    paths: dict[str, dict[str, Any]] = {}
    for (method, path), operation in OPERATIONS.items():
        paths.setdefault(path, {})[method.lower()] = _operation(method, path, operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Uitwijk",
            "version": version,
            "description": "Where an ambulance goes with its patient: statuses, advice, rides and roads.",
        },
        "servers": [{"url": PREFIX}],
        "security": [{"bearer": []}, {"cookie": []}],
        "paths": paths,
        "components": {
            "schemas": {**ANSWERS, **BODIES, "Description": DESCRIPTION},
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "key": {"type": "apiKey", "in": "header", "name": API_KEY_HEADER},
                "cookie": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": COOKIE,
                    "description": f"What changes something must then carry the header {CSRF_HEADER}; see /me.",
                },
            },
        },
    }


def _operation(method: str, path: str, operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.group.split()[0]],
        "summary": operation.summary,
        "description": f"For: {operation.by}.",
        "parameters": [*_path_parameters(path), *map(_query_parameter, operation.query), *_key(method, operation)],
        "responses": {
            **{str(status): _answer(operation) for status in (operation.status, *operation.also)},
            "default": PROBLEM,
        },
    }
    if operation.body:
        content = {"schema": ref(operation.body), "example": EXAMPLES[operation.body]}
        described["requestBody"] = {
            "required": operation.body_required,
            "content": {operation.takes: content},
        }
    if operation.group == FEEDS_GROUP:
        described["security"] = [{"key": []}, {"bearer": []}]
    if operation.open:
        described["security"] = []
    return described


def _answer(operation: Operation) -> dict[str, Any]:
    if operation.status == 204:
        return {"description": "Done."}
    named = ref(operation.answer) if operation.answer else {"type": "string"}
    schema = list_of(named) if operation.is_list else named
    return {"description": operation.summary, "content": {operation.media: {"schema": schema}}}


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 0} if name in WHOLE_NUMBERS else {"type": "string"},
        }
        for name in re.findall(r"\{(\w+)\}", path)
    ]


def _query_parameter(parameter: Parameter) -> dict[str, Any]:
    return {"name": parameter.name, "in": "query", "required": parameter.required, "schema": parameter.schema}


def _key(method: str, operation: Operation) -> list[dict[str, Any]]:
    if method != "POST" or operation.group != KEYED:
        return []
    about = "The key of one press of a button: the same press again is carried out once."
    schema = {"type": "string", "maxLength": REQUEST_LIMIT}
    return [{"name": KEY_HEADER, "in": "header", "required": False, "description": about, "schema": schema}]
