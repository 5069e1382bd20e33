"""EDXL-HAVE 1.0 from other systems, alone or within an EDXL distribution."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

import orjson

from advisor.feeds.have_words import FROM_CAPACITY, FROM_TRAFFIC, HAVE, PREFIX, TRAFFIC, is_available
from advisor.feeds.said import Said, reports_of
from advisor.feeds.xml import Element, children, descendants, moment_of, parse_xml, raw_text_at, text_at
from advisor.journal.events import ReportedState
from advisor.kernel import Department, HospitalId, InvalidInput, Problem, Status
from advisor.protocol.model import StopReason
from advisor.services.free_text import NOTE_LIMIT
from advisor.services.hear_feed import FeedReport, UnreadableFeed

E = TypeVar("E", bound=StrEnum)

TOLERANCE = timedelta(minutes=2)
PROBLEMS_MOST = 50
MENTIONED = 60

_DEPARTMENTS = {department.value.casefold(): department for department in Department}
_REASONS = {reason.value: reason for reason in StopReason}


def parse_have(
    body: bytes, hospitals: Collection[str], names: Mapping[str, HospitalId | None], now: datetime
) -> tuple[FeedReport, ...]:
    """Read a document; `names` are what its sender calls hospitals, `None` for those that are left alone.

    Raises
    ------
    UnreadableFeed
        When it is no XML, or holds no status of hospitals.
    InvalidInput
        With every problem of it.
    """
    root = parse_xml(body)
    status = next(root.iter(f"{{{HAVE}}}HospitalStatus"), None)
    if status is None:
        raise UnreadableFeed(f"the document holds no HospitalStatus of {HAVE}")
    reading = _Reading(hospitals, names, now)
    reading.read_distribution(root)
    for number, hospital in enumerate(children(status, "Hospital"), start=1):
        reading.read_hospital(hospital, f"Hospital[{number}]")
    if reading.problems:
        raise InvalidInput(reading.problems[:PROBLEMS_MOST])
    return tuple(reading.reports())


@dataclass(slots=True)
class _Reading:
    hospitals: Collection[str]
    names: Mapping[str, HospitalId | None]
    now: datetime
    said: dict[HospitalId, dict[Department, Said]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, where: str, message: str) -> None:
        self.problems.append(Problem(field=where, message=message))

    def read_distribution(self, root: Element) -> None:
        for element in descendants(root, "distributionStatus"):
            if (element.text or "").strip() != "Actual":
                self.complain("distributionStatus", "must be Actual; tests and exercises are not taken in")

    def read_hospital(self, element: Element, where: str) -> None:
        updated_at = self.read_moment(text_at(element, "LastUpdateTime"), f"{where}.LastUpdateTime")
        hospital = self.read_name(element, where)
        if hospital is None or updated_at is None:
            return
        if hospital in self.said:
            self.complain(where, f"{hospital} stands here twice")
            return
        said = self.said.setdefault(hospital, {})
        for department, found in self.read_departments(element, where, updated_at):
            if department in said:
                self.complain(where, f"{department} of {hospital} stands here twice")
            said[department] = found

    def read_name(self, element: Element, where: str) -> HospitalId | None:
        """Read which hospital it is, by an identifier or else by its name; `None` also for one that is left alone."""
        information = list(children(element, "Organization", "OrganizationInformation"))
        called = [
            " ".join((each.text or "").split())
            for part in information
            for name in ("IdentifierElement", "NameElement")
            for each in descendants(part, name)
        ]
        for name in called:
            if name in self.names:
                return self.names[name]
            if name in self.hospitals:
                return HospitalId(name)
        shown = ", ".join(repr(name[:MENTIONED]) for name in called[:3]) or "without a name"
        self.complain(where, f"no such hospital: {shown}")
        return None

    def read_departments(self, element: Element, where: str, updated_at: datetime) -> Iterator[tuple[Department, Said]]:
        for traffic in children(element, "EmergencyDepartmentStatus", "EMSTraffic"):
            said = self.read_traffic(traffic, f"{where}.EMSTraffic", updated_at)
            if said is not None:
                yield Department.SEH, said
        for number, beds in enumerate(children(element, "HospitalBedCapacityStatus", "BedCapacity"), start=1):
            name = text_at(beds, "SubCategoryBedType")
            department = _DEPARTMENTS.get(name.casefold())
            if department is None or department is Department.SEH:
                continue  # beds of another kind: nothing of ours
            said = self.read_capacity(beds, f"{where}.BedCapacity[{number}]", updated_at)
            if said is not None:
                yield department, said

    def read_traffic(self, traffic: Element, where: str, updated_at: datetime) -> Said | None:
        word = text_at(traffic, "EMSTrafficStatus")
        comment = raw_text_at(traffic, "CommentText")
        if word == "NotApplicable":
            return None
        if word and word not in FROM_TRAFFIC:
            self.complain(f"{where}.EMSTrafficStatus", f"must be one of {', '.join(FROM_TRAFFIC)}, NotApplicable")
            return None
        if comment.startswith(PREFIX):
            return self.read_exactly(comment, where, lambda effective: TRAFFIC.get(effective, "") == word)
        if not word:
            return None
        reason_text = text_at(traffic, "EMSTrafficReason")
        reason = _REASONS.get(reason_text)
        told = comment if reason is not None else ". ".join(filter(None, (reason_text, comment)))
        state = ReportedState(status=FROM_TRAFFIC[word], reason=reason, note=told[:NOTE_LIMIT])
        return Said(updated_at, state)

    def read_capacity(self, beds: Element, where: str, updated_at: datetime) -> Said | None:
        words = {text_at(capacity, "CapacityStatus") for capacity in children(beds, "Capacity")} - {""}
        comment = raw_text_at(beds, "CommentText")
        if words - FROM_CAPACITY.keys() or len(words) > 1:
            self.complain(f"{where}.CapacityStatus", f"must be one of {', '.join(FROM_CAPACITY)}")
            return None
        word = next(iter(words), "")
        if comment.startswith(PREFIX):
            available = None if not word else FROM_CAPACITY[word] is Status.GREEN
            return self.read_exactly(comment, where, lambda effective: is_available(effective) == available)
        return Said(updated_at, ReportedState(status=FROM_CAPACITY[word], note=comment[:NOTE_LIMIT])) if word else None

    def read_exactly(self, comment: str, where: str, fits: Callable[[Status], bool]) -> Said | None:
        """Read our own comment; it must say the same as the word of the standard beside it."""
        where = f"{where}.CommentText"
        try:
            told = orjson.loads(comment[len(PREFIX) :])
        except orjson.JSONDecodeError:
            told = None
        if not isinstance(told, dict):
            self.complain(where, "must hold a JSON object")
            return None
        before = len(self.problems)
        status = self.read_choice(told, "status", Status, where)
        effective = self.read_choice(told, "effective", Status, where)
        said_at = self.read_moment(told.get("said_at"), f"{where}.said_at")
        reason = self.read_choice(told, "reason", StopReason, where) if told.get("reason") is not None else None
        since, until = (
            None if told.get(name) is None else self.read_moment(told[name], f"{where}.{name}", ahead=True)
            for name in ("since", "until")
        )
        note = told.get("note", "")
        if not isinstance(note, str) or len(note) > NOTE_LIMIT:
            self.complain(f"{where}.note", f"must be a text of at most {NOTE_LIMIT} characters")
        elif effective is not None and not fits(effective):
            self.complain(where, "says something else than the words of the standard beside it")
        if len(self.problems) > before or status is None or said_at is None:
            return None
        return Said(said_at, ReportedState(status=status, since=since, until=until, reason=reason, note=note))

    def read_choice(self, told: Mapping[str, object], name: str, options: type[E], where: str) -> E | None:
        value = told.get(name)
        found = next((option for option in options if option == value), None)
        if found is None:
            self.complain(f"{where}.{name}", f"must be one of {', '.join(options)}")
        return found

    def read_moment(self, value: object, where: str, *, ahead: bool = False) -> datetime | None:
        moment = moment_of(value) if isinstance(value, str) else None
        if moment is None:
            self.complain(where, "must be a time with its offset")
        elif not ahead and moment > self.now + TOLERANCE:
            self.complain(where, "lies ahead of our clock")
        return moment

    def reports(self) -> Iterator[FeedReport]:
        for hospital, departments in self.said.items():
            yield from reports_of(hospital, departments)
