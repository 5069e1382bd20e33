"""Moments with a name: each comparison with one becomes a question of the trace."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NoReturn, Self

from advisor.kernel import AMSTERDAM, AdvisorError
from advisor.protocol.tables.explore import Term, Trace

AT = "at"
"""A moment: its name, and seconds added."""
DAY = "day"
"""A moment at a time of the day: "moment/time", and days added to the local date of the moment."""
CLOCK = "clock"
"""The local time of the day of a moment."""
TIME = "time"
"""A time of the day by its own name."""

NAMES = (
    "now",
    "arrival",
    "early",
    "late",
    "since",
    "until",
    "from",
    "to",
    "heard",
    "confirmed",
    "departed",
    "announced",
)
TIMES = {"opens": time(8, 11, 13), "closes": time(22, 37, 41)}
"""Stand-ins, recognised when they come back in a moment that was put together from them."""

_APART = timedelta(days=20)
_FIRST = datetime(2001, 1, 10, 12, tzinfo=UTC)
_STAND_INS = {name: _FIRST + place * _APART for place, name in enumerate(NAMES)}
_DAYS = {moment.astimezone(AMSTERDAM).date(): name for name, moment in _STAND_INS.items()}


class Untraceable(AdvisorError, TypeError):
    """The rules do something with a moment that a table cannot say."""


def term_of(moment: datetime) -> Term:
    """Return what a moment is called: a named one, or one that the rules put together from a date and a time.

    Raises
    ------
    Untraceable
        When it is neither.
    """
    if isinstance(moment, Instant):
        return moment.term
    local = moment.astimezone(AMSTERDAM)
    for name, stand_in in TIMES.items():
        if local.time() == stand_in:
            return _day_term(local.date(), name)
    raise Untraceable(f"a moment from nowhere: {moment}")


def _day_term(day: date, clock: str) -> Term:
    for known, name in _DAYS.items():
        days = (day - known).days
        if abs(days) * 2 < _APART.days:
            return (DAY, f"{name}/{clock}", days)
    raise Untraceable(f"a day from nowhere: {day}")


class Instant(datetime):
    """A moment that has a name and no value; its own value is a stand-in."""

    trace: Trace
    term: Term
    stand_in: datetime

    @classmethod
    def named(cls, trace: Trace, name: str) -> "Instant":
        """Return the moment of this name."""
        return cls._make(trace, (AT, name, 0), _STAND_INS[name])

    @classmethod
    def _make(cls, trace: Trace, term: Term, value: datetime) -> "Instant":
        made = cls(
            value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond, value.tzinfo
        )
        made.trace, made.term, made.stand_in = trace, term, value
        return made

    def astimezone(self, tz: tzinfo | None = None) -> "Instant":
        """Return the same moment on another clock."""
        return self._make(self.trace, self.term, self.stand_in.astimezone(tz))

    def time(self) -> "Clock":
        """Return the time of the day on the clock of Europe/Amsterdam, to which it must have been turned."""
        self._require_local()
        return Clock.of(self.trace, (CLOCK, self.term[1], 0), self.stand_in.time())

    def date(self) -> date:
        """Return the stand-in for the local date."""
        self._require_local()
        return self.stand_in.date()

    def _require_local(self) -> None:
        if self.tzinfo is not AMSTERDAM or self.term[2]:
            raise Untraceable(f"the clock of {self.term} is not that of Europe/Amsterdam")

    def __add__(self, other: timedelta) -> "Instant":
        kind, name, seconds = self.term
        return self._make(self.trace, (kind, name, seconds + _whole(other)), self.stand_in + other)

    def __sub__(self, other: object) -> "Instant | Span":  # type: ignore[override]
        if isinstance(other, timedelta):
            return self + -other
        if isinstance(other, datetime):
            return Span.between(self.trace, self.term, term_of(other))
        return NotImplemented

    def __rsub__(self, other: object) -> NoReturn:
        raise Untraceable(f"{other} less {self.term}")

    def __le__(self, other: datetime) -> bool:  # type: ignore[override]
        return compare(self.trace, self.term, term_of(other))

    def __ge__(self, other: datetime) -> bool:  # type: ignore[override]
        return compare(self.trace, term_of(other), self.term)

    def __lt__(self, other: datetime) -> bool:  # type: ignore[override]
        return not self >= other

    def __gt__(self, other: datetime) -> bool:  # type: ignore[override]
        return not self <= other

    def timestamp(self) -> NoReturn:
        """Refuse: a stand-in has no value."""
        raise Untraceable(f"the value of {self.term}")


class Clock(time):
    """A time of the day that has a name and no value."""

    trace: Trace
    term: Term

    @classmethod
    def named(cls, trace: Trace, name: str) -> Self:
        """Return the time of the day of this name."""
        return cls.of(trace, (TIME, name, 0), TIMES[name])

    @classmethod
    def of(cls, trace: Trace, term: Term, value: time) -> Self:
        """Return a time of the day with a term and a stand-in."""
        made = cls(value.hour, value.minute, value.second, value.microsecond)
        made.trace, made.term = trace, term
        return made

    def __le__(self, other: time) -> bool:
        return self.trace.not_later(self.term, _clock_term(other))

    def __ge__(self, other: time) -> bool:
        return self.trace.not_later(_clock_term(other), self.term)

    def __lt__(self, other: time) -> bool:
        return not self >= other

    def __gt__(self, other: time) -> bool:
        return not self <= other


class Span(timedelta):
    """The time from one named moment to another."""

    trace: Trace
    later: Term
    earlier: Term

    @classmethod
    def between(cls, trace: Trace, later: Term, earlier: Term) -> Self:
        """Return `later` less `earlier`."""
        made = cls()
        made.trace, made.later, made.earlier = trace, later, earlier
        return made

    def __le__(self, other: timedelta) -> bool:
        return compare(self.trace, self.later, _shifted(self.earlier, other))

    def __ge__(self, other: timedelta) -> bool:
        return compare(self.trace, _shifted(self.earlier, other), self.later)

    def __lt__(self, other: timedelta) -> bool:
        return not self >= other

    def __gt__(self, other: timedelta) -> bool:
        return not self <= other

    def total_seconds(self) -> NoReturn:
        """Refuse: a stand-in has no value."""
        raise Untraceable(f"the value of {self.later} less {self.earlier}")


def compare(trace: Trace, first: Term, second: Term) -> bool:
    """Ask whether a moment is not later than another; what is added on both sides is added on one."""
    if first[0] == AT and second[0] == AT:
        first, second = (AT, first[1], 0), (AT, second[1], second[2] - first[2])
        if first[1] == second[1]:
            return second[2] >= 0
    return trace.not_later(first, second)


def _shifted(term: Term, by: timedelta) -> Term:
    if term[0] != AT:
        raise Untraceable(f"{term} and {by}")
    return (AT, term[1], term[2] + _whole(by))


def _whole(span: timedelta) -> int:
    seconds = span.total_seconds()
    if seconds != int(seconds):
        raise Untraceable(f"{span} is not a number of whole seconds")
    return int(seconds)


def _clock_term(clock: time) -> Term:
    if not isinstance(clock, Clock):
        raise Untraceable(f"a time of the day from nowhere: {clock}")
    return clock.term
