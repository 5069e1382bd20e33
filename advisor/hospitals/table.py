"""A TOML table under inspection: reads typed values and notes what is wrong instead of raising."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from advisor.kernel import Position, Problem

# European Netherlands, with a margin of about a kilometre.
SOUTH, NORTH, WEST, EAST = 50.74, 53.57, 3.34, 7.24

_PHONE = re.compile(r"(\+31|0)\d{9}")


@dataclass(slots=True)
class Findings:
    """The problems found so far, and the source keys that a fact may refer to."""

    problems: list[Problem]
    sources: Mapping[str, str]

    def add(self, field: str, message: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(field=field, message=message))


class Table:
    """One table of a document; every read notes its problems in `findings` and returns a harmless value."""

    def __init__(self, content: object, where: str, findings: Findings) -> None:
        self.where = where
        self.findings = findings
        self.content: dict[str, object] = {}
        if isinstance(content, dict):
            self.content = content
        else:
            findings.add(where, "must be a table")

    def __contains__(self, key: str) -> bool:
        return key in self.content

    def note(self, key: str, message: str) -> None:
        """Note a problem about one field of this table."""
        self.findings.add(f"{self.where}.{key}" if key else self.where, message)

    def allow(self, *keys: str) -> None:
        """Note every field that is not among `keys`."""
        for key in self.content:
            if key not in keys:
                self.note(key, f"unknown field; known are {', '.join(sorted(keys))}")

    def text(self, key: str, default: str | None = None) -> str:
        """Read a text that is not blank; with a default the field may be absent or empty."""
        value = self.content.get(key, default)
        if value is None:
            self.note(key, "is missing")
        elif not isinstance(value, str):
            self.note(key, "must be a text")
        elif default is None and not value.strip():
            self.note(key, "must not be empty")
        else:
            return value.strip()
        return ""

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Read true or false."""
        value = self.content.get(key, default)
        if not isinstance(value, bool):
            self.note(key, "is missing" if value is None else "must be true or false")
            return False
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts; an absent list is empty."""
        value = self.content.get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(value)
        self.note(key, "must be a list of texts")
        return ()

    def source(self, key: str = "source") -> str:
        """Read the key of a source that exists."""
        return self._known_source(key, self.text(key)) if key in self.content else self._missing_source(key)

    def sourced(self, key: str, default: object = None) -> tuple[str, str]:
        """Read a value and its source, written as `[value, source key]`."""
        pair = self.content.get(key, default)
        if pair is None:
            self.note(key, "is missing")
        elif not (isinstance(pair, list) and all(isinstance(item, str) for item in pair) and pair):
            self.note(key, "must be [value, source]")
        elif len(pair) == 1:
            self._missing_source(key)
        elif len(pair) > 2:
            self.note(key, "must be [value, source]")
        else:
            return pair[0].strip(), self._known_source(key, pair[1])
        return "", ""

    def one_of(self, key: str, value: str, allowed: Collection[str]) -> bool:
        """Check a text that was read against a closed list; an empty one has been noted already."""
        if value and value not in allowed:
            self.note(key, f"{value!r} is not one of {', '.join(sorted(allowed))}")
            return False
        return bool(value)

    def inner(self, key: str) -> "Table":
        """Read a table inside this one; an absent one is empty."""
        return Table(self.content.get(key, {}), f"{self.where}.{key}", self.findings)

    def position(self, key: str) -> Position | None:
        """Read a position in the Netherlands, written as `{ lat, lon, source }`."""
        if key not in self.content:
            self.note(key, "is missing")
            return None
        table = self.inner(key)
        table.allow("lat", "lon", "source")
        table.source()
        lat, lon = table.content.get("lat"), table.content.get("lon")
        if not (_is_number(lat) and _is_number(lon)):
            self.note(key, "lat and lon must be numbers")
        elif not (SOUTH <= lat <= NORTH and WEST <= lon <= EAST):
            self.note(key, f"lat {lat}, lon {lon} lies outside the Netherlands")
        else:
            return Position(lat=float(lat), lon=float(lon))
        return None

    def phones(self, key: str, roles: Collection[str]) -> dict[str, str]:
        """Read phone numbers by role; an absent table is empty."""
        table = self.inner(key)
        table.allow(*roles)
        numbers = {role: table.text(role) for role in table.content if role in roles}
        for role, number in numbers.items():
            if number and not _PHONE.fullmatch(re.sub(r"[ ()-]", "", number).replace("+310", "+31")):
                table.note(role, f"{number!r} is not a Dutch phone number")
        return numbers

    def _known_source(self, key: str, source: str) -> str:
        if source not in self.findings.sources:
            self.note(key, f"source {source!r} is not in [sources]" if source else "has no source")
        return source

    def _missing_source(self, key: str) -> str:
        self.note(key, "has no source")
        return ""


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
