"""The words that schemas are written in."""

from enum import StrEnum
from typing import Any

from advisor.web.fields import TEXT_LONGEST

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
IDENTITY: Schema = {"type": "string", "minLength": 1}


def ref(name: str) -> Schema:
    """Refer to a schema of the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def one_of(options: type[StrEnum]) -> Schema:
    """Allow the values of an enum."""
    return {"type": "string", "enum": [option.value for option in options]}


def or_null(schema: Schema) -> Schema:
    """Allow null too."""
    return {"anyOf": [schema, {"type": "null"}]}


def list_of(schema: Schema, most: int | None = None) -> Schema:
    """Allow a list, of `most` items at most."""
    return {"type": "array", "items": schema} | ({} if most is None else {"maxItems": most})


def map_of(schema: Schema) -> Schema:
    """Allow an object with any keys."""
    return {"type": "object", "additionalProperties": schema}


def text_up_to(longest: int = TEXT_LONGEST) -> Schema:
    """Allow a text of limited length."""
    return {"type": "string", "maxLength": longest}


def number_in(low: float, high: float) -> Schema:
    """Allow a number within limits."""
    return {"type": "number", "minimum": low, "maximum": high}


def an_answer(**fields: Schema) -> Schema:
    """Describe an object that we send: all of these are there, more may come with a later version."""
    return {"type": "object", "properties": fields, "required": list(fields)}


def a_body(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """Describe an object that we take: these fields, and no other."""
    described: Schema = {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }
    return described | ({"required": list(required)} if required else {})
