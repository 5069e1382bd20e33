"""Read one hospital, one closed site or one meldkamer region from its table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from math import cos, hypot, radians

from advisor.hospitals.model import MKA_PHONE_ROLES, PHONE_ROLES, ClosedSite, Fact, Hospital, Mka, OpeningHours, Policy
from advisor.hospitals.table import Table
from advisor.kernel import Capability, Department, Facility, HospitalId, Known, Position

ENTRANCE_LIMIT_M = 2000.0

FACILITIES: Mapping[str, Facility] = {facility.value: facility for facility in (*Department, *Capability)}
HOSPITAL_FIELDS = (
    *("id", "name", "also", "city", "address", "postcode", "position", "entrance", "veiligheidsregio", "roaz"),
    *("mka", "subregion", "protocol", "policy", "hours", "facilities", "phones", "note"),
)
MKA_FIELDS = ("name", "subregions", "complete", "source", "phones")

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_POSTCODE = re.compile(r"[1-9]\d{3} [A-Z]{2}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The names that a hospital may refer to, and the facts that hold where a hospital says nothing."""

    veiligheidsregios: Mapping[str, str]
    roaz: tuple[str, ...]
    protocols: tuple[str, ...]
    mkas: Mapping[str, Mka]
    policy: tuple[str, str]
    facilities: Mapping[Facility, Fact]


def parse_hospital(table: Table, vocabulary: Vocabulary) -> Hospital | None:
    """Read one hospital; None when it could not be read, with every problem noted in the table's findings."""
    table.allow(*HOSPITAL_FIELDS)
    before = len(table.findings.problems)
    roaz, mka, policy = _text_with_source(table, vocabulary)
    opening, limited = _hours(table)
    position = table.position("position")
    entrance = table.position("entrance") if "entrance" in table else None
    _check_entrance(table, position, entrance)
    _check_names(table, vocabulary, roaz, mka, policy)
    facilities = _facilities(table, vocabulary)
    hospital_fields = {key: table.text(key) for key in ("name", "city", "address", "postcode", "veiligheidsregio")}
    optional_fields = {key: table.text(key, "") for key in ("subregion", "protocol", "note")}
    identity, phones, also = table.text("id"), table.phones("phones", PHONE_ROLES), table.texts("also")
    if position is None or len(table.findings.problems) > before:
        return None
    return Hospital(
        id=HospitalId(identity),
        **hospital_fields,
        **optional_fields,
        position=position,
        mka=mka,
        roaz=roaz,
        policy=Policy(policy),
        facilities=facilities,
        entrance=entrance,
        opening=opening,
        limited_hours=limited,
        phones=phones,
        also=also,
        sources=_field_sources(table, vocabulary),
    )


def parse_closed(table: Table) -> ClosedSite | None:
    """Read one site that has no SEH (any more)."""
    table.allow("name", "city", "position", "reason", "reason_en", "source")
    position, source = table.position("position"), table.source()
    texts = {key: table.text(key) for key in ("name", "city", "reason", "reason_en")}
    return ClosedSite(**texts, position=position, source=source) if position else None


def parse_mka(table: Table) -> Mka:
    """Read one meldkamer region."""
    table.allow(*MKA_FIELDS)
    subregions = table.texts("subregions")
    if not subregions:
        table.note("subregions", "names no subregion")
    return Mka(
        name=table.text("name"),
        subregions=subregions,
        complete=table.flag("complete"),
        source=table.source(),
        phones=table.phones("phones", MKA_PHONE_ROLES),
    )


def parse_facilities(table: Table) -> dict[Facility, Fact]:
    """Read facts about facilities, each written as `NAME = ["yes" | "no" | "unknown", source key]`."""
    table.allow(*FACILITIES)
    facts = {}
    for key in table.content:
        if key in FACILITIES:
            value, source = table.sourced(key)
            if table.one_of(key, value, list(Known)):
                facts[FACILITIES[key]] = Fact(value=Known(value), source=source)
    return facts


def _text_with_source(table: Table, vocabulary: Vocabulary) -> tuple[str, str, str]:
    roaz, _ = table.sourced("roaz")
    mka, _ = table.sourced("mka") if "mka" in table else ("", "")
    policy, _ = table.sourced("policy", list(vocabulary.policy))
    return roaz, mka, policy


def _check_names(table: Table, vocabulary: Vocabulary, roaz: str, mka: str, policy: str) -> None:
    table.one_of("roaz", roaz, vocabulary.roaz)
    table.one_of("policy", policy, list(Policy))
    for key, pattern, shape in (("id", _SLUG, "small letters, digits and hyphens"), ("postcode", _POSTCODE, "1234 AB")):
        value = table.content.get(key)
        if isinstance(value, str) and value and not pattern.fullmatch(value):
            table.note(key, f"{value!r} must look like: {shape}")
    region = table.content.get("veiligheidsregio")
    if isinstance(region, str):
        table.one_of("veiligheidsregio", region, vocabulary.veiligheidsregios)
    _check_meldkamer(table, vocabulary, mka)


def _check_meldkamer(table: Table, vocabulary: Vocabulary, mka: str) -> None:
    subregion, protocol = table.content.get("subregion", ""), table.content.get("protocol", "")
    if isinstance(protocol, str) and table.one_of("protocol", protocol, vocabulary.protocols) and not mka:
        table.note("mka", "is missing: a site of a regional protocol has a meldkamer region and a subregion")
    if not mka:
        if subregion:
            table.note("subregion", "is given without an mka")
        return
    if not table.one_of("mka", mka, vocabulary.mkas):
        return
    if isinstance(subregion, str) and subregion:
        table.one_of("subregion", subregion, vocabulary.mkas[mka].subregions)
    elif protocol or vocabulary.mkas[mka].complete:
        table.note("subregion", f"is missing: {mka} is divided into {', '.join(vocabulary.mkas[mka].subregions)}")


def _facilities(table: Table, vocabulary: Vocabulary) -> dict[Facility, Fact]:
    given = table.inner("facilities")
    own = parse_facilities(given)
    facilities: dict[Facility, Fact] = {}
    for facility in FACILITIES.values():
        fact = own.get(facility) or vocabulary.facilities.get(facility)
        if fact is not None:
            facilities[facility] = fact
        elif facility not in given:
            given.note(facility, "no fact given, here or in [defaults]")
    _check_seh(given, facilities)
    return facilities


def _check_seh(given: Table, facilities: Mapping[Facility, Fact]) -> None:
    seh, level1 = facilities.get(Department.SEH), facilities.get(Capability.LEVEL1)
    if seh is not None and seh.value is Known.NO:
        given.note("SEH", "is no; a site without an SEH belongs under [[closed]]")
    if seh is not None and seh.value is not Known.YES and level1 is not None and level1.value is Known.YES:
        given.note("LEVEL1", "a level-1 trauma centre has an SEH, but SEH is not yes")


def _hours(table: Table) -> tuple[OpeningHours | None, bool]:
    if "hours" not in table:
        return None, False
    hours = table.inner("hours")
    hours.allow("limited", "opens", "closes", "source")
    source, limited = hours.source(), hours.flag("limited", default=True)
    given = [key for key in ("opens", "closes") if key in hours]
    if not given:
        return None, limited
    times = [_clock(hours, key) for key in ("opens", "closes")]
    if not limited:
        hours.note("limited", "is false, but opening times are given")
    opens, closes = times
    if opens is None or closes is None:
        return None, limited
    if opens == closes:
        hours.note("closes", "equals opens; leave the hours out for a site that never closes")
    return OpeningHours(opens=opens, closes=closes, source=source), limited


def _clock(table: Table, key: str) -> time | None:
    text = table.text(key)
    if text and not _CLOCK.fullmatch(text):
        table.note(key, f"{text!r} must be a time of the day as HH:MM")
        return None
    return time.fromisoformat(text) if text else None


def _check_entrance(table: Table, position: Position | None, entrance: Position | None) -> None:
    if position is None or entrance is None:
        return
    north_m = (entrance.lat - position.lat) * 111_200.0
    east_m = (entrance.lon - position.lon) * 111_200.0 * cos(radians(position.lat))
    if hypot(north_m, east_m) > ENTRANCE_LIMIT_M:
        table.note(
            "entrance", f"lies {hypot(north_m, east_m):.0f} m from the site; the limit is {ENTRANCE_LIMIT_M:.0f} m"
        )


def _field_sources(table: Table, vocabulary: Vocabulary) -> dict[str, str]:
    inside = {key: table.inner(key).source() for key in ("position", "entrance", "hours") if key in table}
    beside = {key: table.sourced(key)[1] for key in ("roaz", "mka", "policy") if key in table}
    return {"policy": vocabulary.policy[1], **inside, **beside}
