"""What the operator says about sources, in one TOML file: where they are, and what their names and codes stand for."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from advisor.hospitals.table import Findings, Table
from advisor.kernel import Department, HospitalId, InvalidInput, Problem, Status
from advisor.protocol.model import StopReason

E = TypeVar("E", bound=StrEnum)

LPZ, NDW = "lpz", "ndw"
EVERY_S, TIMEOUT_S, TOLERANCE_S = (5, 600), (1, 60), (0, 900)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A source that is asked again and again: how often, and how long it may take, in seconds."""

    source: str
    address: str
    every_s: int = 30
    timeout_s: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LpzFields:
    """Under which names the answer of LPZ holds what; "" for what it does not hold."""

    location: str
    departments: str
    department: str
    status: str
    reason: str = ""
    note: str = ""
    since: str = ""
    until: str = ""
    said_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LpzMapping:
    """What the names and codes of LPZ stand for; `None` for those that are known and left alone.

    Codes are in small letters with single spaces, see `plain`. `zone` is where times without an offset are from; with
    `None` such times cannot be used. A clock may be ahead by `tolerance_s`.
    """

    fields: LpzFields
    locations: Mapping[str, HospitalId | None]
    departments: Mapping[str, Department | None]
    statuses: Mapping[str, Status]
    reasons: Mapping[str, StopReason] = field(default_factory=dict)
    zone: ZoneInfo | None = None
    tolerance_s: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsConfig:
    """All sources of the operator; `have` names hospitals as documents of EDXL-HAVE do.

    With `planned_openings` a bridge counts as closed while its opening is planned, otherwise only when that is certain.
    """

    lpz: Polled | None = None
    lpz_mapping: LpzMapping | None = None
    ndw: Polled | None = None
    planned_openings: bool = True
    have: Mapping[str, HospitalId | None] = field(default_factory=dict)


def parse_feeds(document: str, hospitals: Collection[str]) -> FeedsConfig:
    """Read the file.

    Raises
    ------
    InvalidInput
        With every problem of it.
    """
    try:
        content = tomllib.loads(document)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput([Problem(field="feeds", message=f"is not TOML: {error}")]) from error
    findings = Findings([], {})
    root = Table(content, "feeds", findings)
    root.allow(LPZ, NDW, "have")
    lpz = _lpz(root.inner(LPZ), hospitals) if LPZ in root else None
    of_roads = root.inner(NDW)
    of_roads.allow(*_POLLED, "planned_openings")
    ndw = _polled(of_roads, NDW, 60) if "address" in of_roads else None
    planned = of_roads.flag("planned_openings", default=True)
    have = root.inner("have")
    have.allow("locations")
    locations = _locations(have.inner("locations"), hospitals)
    if findings.problems:
        raise InvalidInput(findings.problems)
    return FeedsConfig(
        lpz=lpz[0] if lpz else None,
        lpz_mapping=lpz[1] if lpz else None,
        ndw=ndw,
        planned_openings=planned,
        have=locations,
    )


def plain(text: str) -> str:
    """Return a code or name as it is compared: in small letters, with single spaces."""
    return " ".join(text.split()).casefold()


def _lpz(table: Table, hospitals: Collection[str]) -> tuple[Polled, LpzMapping]:
    table.allow(*_POLLED, "clock_tolerance_s", "time_zone", "fields", "locations", "departments", "statuses", "reasons")
    inner = table.inner("fields")
    required, optional = _REQUIRED, _OPTIONAL
    inner.allow(*required, *optional)
    names = {name: inner.text(name) for name in required} | {name: inner.text(name, "") for name in optional}
    locations = _locations(table.inner("locations"), hospitals)
    statuses = _codes(table.inner("statuses"), Status, "")
    departments = _codes(table.inner("departments"), Department, "")
    for name, codes in (("locations", locations), ("statuses", statuses), ("departments", departments)):
        if not codes:
            table.note(name, "must name at least one")
    mapping = LpzMapping(
        fields=LpzFields(**names),
        locations=locations,
        departments=departments,
        statuses={code: status for code, status in statuses.items() if status is not None},
        reasons={
            code: reason
            for code, reason in _codes(table.inner("reasons"), StopReason, "").items()
            if reason is not None
        },
        zone=_zone(table),
        tolerance_s=_whole(table, "clock_tolerance_s", TOLERANCE_S, 120),
    )
    return _polled(table, LPZ, 30), mapping


def _polled(table: Table, source: str, every_s: int) -> Polled:
    address = table.text("address")
    parts = urlsplit(address)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if address and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and local))):
        table.note("address", "must begin with https:// (http:// for this machine alone)")
    return Polled(
        source=source,
        address=address,
        every_s=_whole(table, "every_s", EVERY_S, every_s),
        timeout_s=_whole(table, "timeout_s", TIMEOUT_S, 10),
    )


def _whole(table: Table, key: str, limits: tuple[int, int], default: int) -> int:
    value = table.content.get(key, default)
    low, high = limits
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return value
    table.note(key, f"must be a whole number from {low} to {high}")
    return default


def _zone(table: Table) -> ZoneInfo | None:
    name = table.text("time_zone", "")
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        table.note("time_zone", f"{name!r} is no time zone, such as Europe/Amsterdam")
        return None


def _locations(table: Table, hospitals: Collection[str]) -> dict[str, HospitalId | None]:
    found: dict[str, HospitalId | None] = {}
    for name in table.content:
        hospital = table.text(name, "")
        if hospital and hospital not in hospitals:
            table.note(name, f"no hospital with id {hospital!r}")
        elif hospital and hospital in found.values():
            table.note(name, f"{hospital!r} has another name here already")
        else:
            found[name.strip()] = HospitalId(hospital) if hospital else None
    return found


def _codes(table: Table, options: type[E], nothing: str) -> dict[str, E | None]:
    found: dict[str, E | None] = {}
    allowed = {option.value: option for option in options}
    for name in table.content:
        value = table.text(name, nothing)
        if value and value not in allowed:
            table.note(name, f"{value!r} is not one of {', '.join(allowed)}")
        elif plain(name) in found:
            table.note(name, "stands here twice")
        else:
            found[plain(name)] = allowed.get(value)
    return found


_POLLED = ("address", "every_s", "timeout_s")
_REQUIRED = ("location", "departments", "department", "status")
_OPTIONAL = ("reason", "note", "since", "until", "said_at")
