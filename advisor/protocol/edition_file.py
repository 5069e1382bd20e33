"""From the text of edition files to editions; every problem of every file is found before one is reported."""

import itertools
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from advisor.kernel import AMSTERDAM, Capability, Department, Interval, InvalidInput, Problem, Status
from advisor.protocol.dated import Demand, Edition, Number, RuleSet
from advisor.protocol.model import StopReason, Suspicion

REQUIRED_NUMBERS = {
    "warning_before_end": "min",
    "freshness": "min",
    "far": "min",
    "tie": "s",
    "inbound_window": "min",
    "board_ahead": "min",
    "burns_stable_transport": "min",
    "planned_notice": "h",
    "long_stop_factor": "times the norm",
    "scarce_providers": "hospitals",
}
OPTIONAL_NUMBERS = {"grace": "min"}
TEXTS = ("id", "label", "label_en", "approved")
TABLES = ("pilots", "numbers", "norm", "statuses", "reasons", "suspicions")
KEYS = frozenset({*TEXTS, *TABLES, "protocol", "rules", "valid_from", "valid_until", "grouping_from"})

Member = TypeVar("Member", bound=StrEnum)
Table = Mapping[str, object]


def parse_documents(documents: Mapping[str, str]) -> tuple[Edition, tuple[Edition, ...]]:
    """Read the national edition and the regional ones from TOML texts, keyed by file name.

    Raises
    ------
    InvalidInput
        With every problem of every document, and of the documents together.
    """
    problems: list[Problem] = []
    editions = [edition for name, text in documents.items() if (edition := _edition(name, text, problems))]
    problems = problems or _problems_together(editions)
    if problems:
        raise InvalidInput(problems)
    national = next(edition for edition in editions if not edition.protocol)
    regional = sorted((edition for edition in editions if edition.protocol), key=lambda edition: edition.id)
    return national, tuple(regional)


def parse_edition(name: str, text: str) -> Edition:
    """Read one edition by itself, as for a comparison before it is taken into use.

    Raises
    ------
    InvalidInput
        With every problem of the document.
    """
    problems: list[Problem] = []
    edition = _edition(name, text, problems)
    if edition is None:
        raise InvalidInput(problems)
    return edition


class _Reader:
    """One document being read: gives values of the asked kind and notes what is wrong with the others."""

    def __init__(self, name: str, table: Table, problems: list[Problem]) -> None:
        self.name = name
        self.table = table
        self.problems = problems

    def note(self, where: str, message: str) -> None:
        self.problems.append(Problem(field=f"{self.name}: {where}", message=message))

    def text(self, key: str) -> str:
        value = self.table.get(key)
        if isinstance(value, str) and value:
            return value
        self.note(key, "must be a text")
        return ""

    def section(self, key: str) -> dict[str, object]:
        value = self.table.get(key)
        if isinstance(value, dict):
            return value
        self.note(key, "must be a table")
        return {}

    def moment(self, key: str) -> datetime | None:
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, datetime) and value.tzinfo is None:
            return value.replace(tzinfo=AMSTERDAM).astimezone(UTC)
        self.note(key, "must be a local date and time (Europe/Amsterdam), without an offset")
        return None

    def day(self, key: str) -> date | None:
        value = self.table.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.note(key, "must be a date")
        return None

    def member(self, kind: type[Member], where: str, value: object) -> Member | None:
        for member in kind:
            if value == member.value:
                return member
        self.note(where, f"{value!r} is not one of {', '.join(member.value for member in kind)}")
        return None

    def members(self, kind: type[Member], where: str, values: object) -> tuple[Member, ...]:
        if not isinstance(values, list):
            self.note(where, "must be a list")
            return ()
        return tuple(found for value in values if (found := self.member(kind, where, value)) is not None)

    def whole(self, where: str, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self.note(where, "must be a whole number above zero")
        return 1


def _edition(name: str, text: str, problems: list[Problem]) -> Edition | None:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(field=name, message=f"is not valid TOML: {error}"))
        return None
    before = len(problems)
    reader = _Reader(name, table, problems)
    for key in sorted(table.keys() - KEYS):
        reader.note(key, "is not known")
    texts = {key: reader.text(key) for key in TEXTS}
    rules = reader.member(RuleSet, "rules", table.get("rules"))
    valid = _validity(reader)
    pilots = _pilots(reader)
    numbers = _numbers(reader)
    norms = _norms(reader)
    declarable, showable = _statuses(reader)
    reasons = _reasons(reader)
    demands = _demands(reader)
    grouping_from = reader.day("grouping_from")
    if len(problems) > before or rules is None:
        return None
    return Edition(
        id=texts["id"],
        label=texts["label"],
        label_en=texts["label_en"],
        approved=texts["approved"],
        protocol=str(table["protocol"]),
        rules=rules,
        valid=valid,
        pilots=pilots,
        numbers=numbers,
        norms=norms,
        declarable=declarable,
        showable=showable,
        reasons=reasons,
        demands=demands,
        grouping_from=grouping_from,
    )


def _validity(reader: _Reader) -> Interval | None:
    start, end = reader.moment("valid_from"), reader.moment("valid_until")
    if not isinstance(reader.table.get("protocol"), str):
        reader.note("protocol", 'must be a text ("" for the national rules)')
    if not reader.table.get("protocol"):
        if "valid_from" in reader.table or "valid_until" in reader.table:
            reader.note("valid_from", "the national rules speak at any moment and have no dates")
        return None
    if start is None:
        reader.note("valid_from", "a regional edition must say from when it speaks")
        return None
    if end is not None and end <= start:
        reader.note("valid_until", "must be after valid_from")
    return Interval(start=start, end=end)


def _pilots(reader: _Reader) -> dict[str, bool]:
    pilots: dict[str, bool] = {}
    for name, value in reader.section("pilots").items():
        if isinstance(value, bool):
            pilots[name] = value
        else:
            reader.note(f"pilots.{name}", "must be true or false")
    return pilots


def _numbers(reader: _Reader) -> dict[str, Number]:
    table = reader.section("numbers")
    units = REQUIRED_NUMBERS | OPTIONAL_NUMBERS
    for name in sorted(table.keys() - units.keys()):
        reader.note(f"numbers.{name}", "is not known")
    for name in sorted(REQUIRED_NUMBERS.keys() - table.keys()):
        reader.note(f"numbers.{name}", "is missing")
    numbers: dict[str, Number] = {}
    for name, unit in units.items():
        entry = table.get(name)
        if entry is None:
            continue
        if not (isinstance(entry, list) and len(entry) == 3 and entry[1] == unit and isinstance(entry[2], str)):
            reader.note(f"numbers.{name}", f'must be [value, "{unit}", "section"]')
            continue
        numbers[name] = Number(value=reader.whole(f"numbers.{name}", entry[0]), unit=unit, section=entry[2])
    return numbers


def _norms(reader: _Reader) -> dict[Department, dict[Status, int]]:
    norms: dict[Department, dict[Status, int]] = {}
    table = reader.section("norm")
    if table and table.get("unit") != "min":
        reader.note("norm.unit", 'must be "min"')
    for name, row in _rows(reader, "norm", table, skip={"section", "unit"}):
        norms[name] = {
            status: reader.whole(f"norm.{name}.{key}", value)
            for key, value in row.items()
            if (status := reader.member(Status, f"norm.{name}", key)) is not None
        }
    return norms


def _statuses(reader: _Reader) -> tuple[dict[Department, tuple[Status, ...]], dict[Department, tuple[Status, ...]]]:
    declarable: dict[Department, tuple[Status, ...]] = {}
    showable: dict[Department, tuple[Status, ...]] = {}
    table = reader.section("statuses")
    for department, row in _rows(reader, "statuses", table, skip={"section"}):
        declarable[department] = reader.members(Status, f"statuses.{department}.declare", row.get("declare"))
        showable[department] = reader.members(Status, f"statuses.{department}.show", row.get("show"))
        if not set(declarable[department]) <= set(showable[department]):
            reader.note(f"statuses.{department}", "what can be declared must also be shown")
    _require_all(reader, "statuses", Department, declarable)
    return declarable, showable


def _reasons(reader: _Reader) -> dict[Department, tuple[StopReason, ...]]:
    table = reader.section("reasons")
    general = _menu(reader, "reasons.all", table.get("all"))
    for name in sorted(table.keys() - {"section", "all", *Department}):
        reader.note(f"reasons.{name}", "is not a department")
    return {
        department: general + _menu(reader, f"reasons.{department}", table.get(department, []))
        for department in Department
    }


def _menu(reader: _Reader, where: str, names: object) -> tuple[StopReason, ...]:
    if not isinstance(names, list):
        reader.note(where, "must be a list")
        return ()
    menu: list[StopReason] = []
    for name in names:
        if name in StopReason.__members__:
            menu.append(StopReason[name])
        else:
            reader.note(where, f"{name!r} is not one of {', '.join(StopReason.__members__)}")
    return tuple(menu)


def _demands(reader: _Reader) -> dict[Suspicion, Demand]:
    demands: dict[Suspicion, Demand] = {}
    table = reader.section("suspicions")
    for name, row in table.items():
        if name == "section":
            continue
        suspicion = reader.member(Suspicion, "suspicions", name)
        if suspicion is None or not isinstance(row, dict):
            reader.note(f"suspicions.{name}", "must be a table of a known suspicion")
            continue
        demands[suspicion] = _demand(reader, f"suspicions.{name}", row)
    _require_all(reader, "suspicions", Suspicion, demands)
    return demands


def _demand(reader: _Reader, where: str, row: Table) -> Demand:
    for key in sorted(row.keys() - {"department", "capability", "life_threat", "fallback", "prefers"}):
        reader.note(f"{where}.{key}", "is not known")
    for key in ("life_threat", "fallback"):
        if not isinstance(row.get(key, False), bool):
            reader.note(f"{where}.{key}", "must be true or false")

    def optional(kind: type[Member], key: str) -> Member | None:
        return reader.member(kind, f"{where}.{key}", row[key]) if key in row else None

    return Demand(
        department=optional(Department, "department"),
        capability=optional(Capability, "capability"),
        life_threat=row.get("life_threat") is True,
        fallback=row.get("fallback") is True,
        prefers=optional(Capability, "prefers"),
    )


def _rows(reader: _Reader, where: str, table: Table, *, skip: set[str]) -> list[tuple[Department, dict[str, object]]]:
    rows: list[tuple[Department, dict[str, object]]] = []
    for name, row in table.items():
        if name in skip:
            continue
        department = reader.member(Department, where, name)
        if department is None:
            continue
        if isinstance(row, dict):
            rows.append((department, row))
        else:
            reader.note(f"{where}.{name}", "must be a table")
    return rows


def _require_all(reader: _Reader, where: str, kind: Iterable[StrEnum], found: Mapping[Member, object]) -> None:
    missing = [member.value for member in kind if member not in found]
    if missing:
        reader.note(where, f"lacks {', '.join(missing)}")


def _problems_together(editions: list[Edition]) -> list[Problem]:
    problems: list[Problem] = []
    if [edition.protocol for edition in editions].count("") != 1:
        problems.append(Problem(field="editions", message="there must be exactly one national edition"))
    ids = [edition.id for edition in editions]
    problems += [
        Problem(field="editions", message=f"id {doubled!r} is used twice")
        for doubled in sorted({name for name in ids if ids.count(name) > 1})
    ]
    dated = [(edition.protocol, edition.valid, edition.id) for edition in editions if edition.valid]
    dated.sort(key=lambda entry: (entry[0], entry[1].start))
    for (protocol, valid, earlier), (other, following, later) in itertools.pairwise(dated):
        if protocol == other and (valid.end is None or valid.end > following.start):
            message = f"{earlier!r} and {later!r} speak about the same moment"
            problems.append(Problem(field="editions", message=message))
    return problems
