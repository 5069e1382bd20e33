"""The values of a reason as the sentences need them: moments on the local clock, departments, statuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisor.kernel import AMSTERDAM, Department, Facility, Status
from advisor.protocol.model import Outcome


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language for what the rules speak of."""

    departments: Mapping[Department, str]
    facilities: Mapping[Facility, str]
    statuses: Mapping[Status, str]
    stops: Mapping[Status, str]
    outcomes: Mapping[Outcome, str]
    weekdays: tuple[str, ...]
    until: str
    conjunction: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The values of one reason, read in one language."""

    values: Mapping[str, object]
    words: Vocabulary
    effect: Outcome | None = None

    def __getitem__(self, key: str) -> object:
        return self.values.get(key)

    def has(self, key: str) -> bool:
        """Tell whether a value is there and not empty."""
        return self.values.get(key) is not None

    def clock(self, key: str) -> str:
        """Return a moment as HH:MM in Europe/Amsterdam, with day and month when it is not on the day of "now"."""
        moment, now = self.values.get(key), self.values.get("now")
        if not isinstance(moment, datetime):
            return ""
        local = moment.astimezone(AMSTERDAM)
        if isinstance(now, datetime) and now.astimezone(AMSTERDAM).date() != local.date():
            return f"{self.words.weekdays[local.weekday()]} {local.day}-{local.month} {local:%H:%M}"
        return f"{local:%H:%M}"

    def clock_exact(self, key: str) -> str:
        """Return a moment like `clock`, with its seconds when it has any; a boundary is a matter of seconds."""
        moment = self.values.get(key)
        seconds = moment.second if isinstance(moment, datetime) else 0
        return f"{self.clock(key)}:{seconds:02}" if seconds else self.clock(key)

    def after(self, words: str, key: str) -> str:
        """Return words and a moment with a space before them, or nothing when the moment is not known."""
        return f" {words} {self.clock(key)}" if self.has(key) else ""

    def minutes_between(self, start: str, end: str) -> int:
        """Return the whole minutes from one moment to another; 0 when one is missing."""
        first, last = self.values.get(start), self.values.get(end)
        if not isinstance(first, datetime) or not isinstance(last, datetime):
            return 0
        return (last - first) // timedelta(minutes=1)

    @property
    def department(self) -> str:
        """The department with its article."""
        return self.words.departments[self._department]

    @property
    def code(self) -> str:
        """The department as its code."""
        return self._department.value

    @property
    def status(self) -> str:
        """The status as a word."""
        status = self.values.get("status")
        return self.words.statuses[status] if isinstance(status, Status) else self.words.statuses[Status.UNKNOWN]

    @property
    def stop(self) -> str:
        """The stop or code with its end, as the object of a sentence."""
        status = self.values.get("status")
        kind = self.words.stops.get(status) if isinstance(status, Status) else None
        return f"{kind or self.words.stops[Status.RED]}{self.after(self.words.until, 'until')}"

    @property
    def row(self) -> str:
        """The department, its status and the end of it, for the start of a headline."""
        return f"{self.code} {self.status}{self.after(self.words.until, 'until')}"

    @property
    def facilities(self) -> str:
        """The facilities, enumerated."""
        facilities = self.values.get("facilities")
        names = [self.words.facilities[one] for one in facilities] if isinstance(facilities, tuple) else []
        return self.enumerate(names)

    def facility(self, key: str) -> str:
        """Return the name of one facility."""
        value = self.values.get(key)
        return self.enumerate([name for one, name in self.words.facilities.items() if one is value])

    def outcome(self, key: str) -> str:
        """Return a class in words."""
        value = self.values.get(key)
        return self.words.outcomes[value] if isinstance(value, Outcome) else ""

    def enumerate(self, names: list[str]) -> str:
        """Return names joined as people enumerate them."""
        *others, last = names or [""]
        return f"{', '.join(others)} {self.words.conjunction} {last}" if others else last

    @property
    def _department(self) -> Department:
        department = self.values.get("department")
        return department if isinstance(department, Department) else Department.SEH
