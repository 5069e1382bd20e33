"""Pages to read, made on the server: the interface for people, and what the program is made of."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import Blueprint, render_template

from advisor.web.context import parts
from advisor.web.openapi.document import PREFIX, describe

Json = Any

LIMITS = {
    "minimum": "from {}",
    "maximum": "up to {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {}",
    "maxItems": "at most {}",
}

pages = Blueprint("reading", __name__, template_folder="templates")


@pages.get("/docs/api")
def interface() -> str:
    """Show the OpenAPI description so that people can read it, to anybody."""
    return render_template("interface.html", **_interface(parts().version))


@pages.get("/about")
def about() -> str:
    """Show the licence and whose work and data are in here, to anybody."""
    return render_template("about.html", version=parts().version, network=parts().network_map)


@lru_cache(maxsize=2)
def _interface(version: str) -> dict[str, Json]:
    described = describe(version)
    groups: dict[str, list[Json]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            shown = {**operation, "method": method.upper(), "path": PREFIX + path, "keys": _keys(operation, described)}
            groups.setdefault(operation["tags"][0], []).append(shown)
    return {
        "info": described["info"],
        "address": f"{PREFIX}/openapi.json",
        "groups": dict(sorted(groups.items())),
        "schemas": dict(sorted(described["components"]["schemas"].items())),
        "keys": described["components"]["securitySchemes"],
        "parts_of": parts_of,
        "limits_of": limits_of,
        "pretty": lambda value: json.dumps(value, indent=2, ensure_ascii=False),
    }


def parts_of(schema: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    """Return the schemas that any, or all, of which hold; none when the schema is one by itself."""
    found: list[Mapping[str, Json]] = schema.get("anyOf") or schema.get("allOf") or []
    return found


def limits_of(schema: Mapping[str, Json]) -> str:
    """Tell the limits of a schema in words."""
    told = [words.format(schema[name]) for name, words in LIMITS.items() if name in schema]
    return ", ".join(told)


def _keys(operation: Mapping[str, Json], described: Mapping[str, Json]) -> str:
    """Tell how a caller shows who it is."""
    names = [name for each in operation.get("security", described["security"]) for name in each]
    return " or ".join(names) if names else "nothing"
