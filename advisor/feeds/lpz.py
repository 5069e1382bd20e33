"""The answer of LPZ on how its organisations stand, in our terms; what is not understood is unknown, never green."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import orjson

from advisor.feeds.config import LpzMapping, plain
from advisor.feeds.said import Said, reports_of
from advisor.journal.events import FeedProblem, FeedProblemCode, ReportedState
from advisor.kernel import Department, HospitalId, Status
from advisor.services.hear_feed import FeedReport, Hearing, UnreadableFeed

LOCATIONS_MOST = 2_000
PROBLEMS_MOST = 20
DETAIL_LONGEST = 80
NOTE_LONGEST = 2_000
YEARS = (2000, 2099)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an answer says: the reports, and how well it was understood."""

    reports: tuple[FeedReport, ...]
    hearing: Hearing


def parse_lpz(body: bytes, mapping: LpzMapping, *, as_of: datetime) -> Heard:
    """Read an answer that LPZ gave as of a moment, which is how old a status is when it does not say so itself.

    Raises
    ------
    UnreadableFeed
        When it is no list of organisations at all.
    """
    try:
        document = orjson.loads(body)
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise UnreadableFeed("the answer is not JSON") from error
    if not isinstance(document, list) or len(document) > LOCATIONS_MOST:
        raise UnreadableFeed(f"the answer is no list of at most {LOCATIONS_MOST} organisations")
    reading = _Reading(mapping, as_of)
    for number, item in enumerate(document):
        reading.read_organisation(item, number)
    return reading.finish()


@dataclass(slots=True)
class _Reading:
    mapping: LpzMapping
    as_of: datetime
    said: dict[HospitalId, dict[Department, Said]] = field(default_factory=dict)
    seen: dict[HospitalId, object] = field(default_factory=dict)
    doubted: dict[HospitalId, set[Department]] = field(default_factory=dict)
    problems: dict[FeedProblem, None] = field(default_factory=dict)

    def read_organisation(self, item: object, number: int) -> None:
        names = self.mapping.fields
        code = item.get(names.location) if isinstance(item, dict) else None
        if not isinstance(item, dict) or not isinstance(code, str):
            self.complain(FeedProblemCode.UNREADABLE, f"organisation {number + 1}")
            return
        if code.strip() not in self.mapping.locations:
            self.complain(FeedProblemCode.UNKNOWN_LOCATION, code)
            return
        hospital = self.mapping.locations[code.strip()]
        if hospital is None:
            return
        if hospital in self.seen:
            if self.seen[hospital] != item:
                self.complain(FeedProblemCode.CONTRADICTION, hospital)
                self.doubted[hospital] = set(Department)
            return
        self.seen[hospital] = item
        self.said[hospital], self.doubted[hospital] = {}, set()
        departments = item.get(names.departments)
        if not isinstance(departments, list):
            self.complain(FeedProblemCode.UNREADABLE, hospital)
            return
        for entry in departments:
            self.read_department(hospital, entry, item)

    def read_department(self, hospital: HospitalId, entry: object, organisation: Mapping[str, object]) -> None:
        name = entry.get(self.mapping.fields.department) if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(name, str):
            self.complain(FeedProblemCode.UNREADABLE, hospital)
            return
        if plain(name) not in self.mapping.departments:
            self.complain(FeedProblemCode.UNKNOWN_CODE, f"{hospital}: {name}")
            return
        department = self.mapping.departments[plain(name)]
        if department is None:
            return
        said = self.read_state(f"{hospital}, {department}", entry, organisation)
        before = self.said[hospital].get(department)
        if before is not None and before != said:
            self.complain(FeedProblemCode.CONTRADICTION, f"{hospital}, {department}")
            said = None
        if said is None:
            self.doubted[hospital].add(department)
        else:
            self.said[hospital][department] = said

    def read_state(self, where: str, entry: Mapping[str, object], organisation: Mapping[str, object]) -> Said | None:
        names = self.mapping.fields
        said_at = self.read_said_at(where, entry, organisation)
        if said_at is None:
            return None
        code = entry.get(names.status)
        status = self.mapping.statuses.get(plain(code)) if isinstance(code, str) else None
        if status is None:
            self.complain(FeedProblemCode.UNKNOWN_CODE, f"{where}: {code}")
            return Said(said_at, ReportedState(status=Status.UNKNOWN))
        reason_text, note = _text(entry.get(names.reason)), _text(entry.get(names.note))
        reason = self.mapping.reasons.get(plain(reason_text))
        if reason is None and reason_text:
            note = f"{reason_text}. {note}".removesuffix(". ")
        return Said(
            said_at,
            ReportedState(
                status=status,
                since=self.read_moment(where, entry.get(names.since)),
                until=self.read_moment(where, entry.get(names.until)),
                reason=reason,
                note=note,
            ),
        )

    def read_said_at(
        self, where: str, entry: Mapping[str, object], organisation: Mapping[str, object]
    ) -> datetime | None:
        """Read when the source says that this was last changed; `None` when that cannot be true."""
        name = self.mapping.fields.said_at
        value = (entry.get(name) or organisation.get(name)) if name else None
        if value is None or value == "":
            return self.as_of
        moment = self.read_moment(where, value)
        if moment is not None and moment > self.as_of + timedelta(seconds=self.mapping.tolerance_s):
            self.complain(FeedProblemCode.CLOCK, where)
            return None
        return None if moment is None else min(moment, self.as_of)

    def read_moment(self, where: str, value: object) -> datetime | None:
        if value is None or value == "":
            return None
        moment = parse_moment(value, self.mapping)
        if moment is None:
            self.complain(FeedProblemCode.UNREADABLE, f"{where}: {value}")
        return moment

    def complain(self, code: FeedProblemCode, detail: str) -> None:
        if len(self.problems) < PROBLEMS_MOST:
            shown = "".join(character for character in detail[:DETAIL_LONGEST] if character.isprintable())
            self.problems[FeedProblem(code=code, detail=shown)] = None

    def finish(self) -> Heard:
        for hospital in self.mapping.locations.values():
            if hospital is not None and hospital not in self.seen:
                self.complain(FeedProblemCode.MISSING_LOCATION, hospital)
        doubted = {hospital: frozenset(departments) for hospital, departments in self.doubted.items()}
        hearing = Hearing(as_of=self.as_of, doubted=doubted, problems=tuple(self.problems))
        return Heard(reports=tuple(self.reports()), hearing=hearing)

    def reports(self) -> Iterator[FeedReport]:
        for hospital, departments in self.said.items():
            sure = {name: said for name, said in departments.items() if name not in self.doubted[hospital]}
            yield from reports_of(hospital, sure)


def parse_moment(value: object, mapping: LpzMapping) -> datetime | None:
    """Read a time; one without an offset counts in the zone of the mapping. `None` when it is no time."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        if moment.tzinfo is None:
            if mapping.zone is None:
                return None
            moment = moment.replace(tzinfo=mapping.zone)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if YEARS[0] <= moment.year <= YEARS[1] else None


def _text(value: object) -> str:
    return " ".join(value.split())[:NOTE_LONGEST] if isinstance(value, str) else ""
