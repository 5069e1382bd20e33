"""Reads one JSON object field by field and gathers everything that is wrong with it."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from advisor.kernel import HospitalId, InvalidInput, Position, Problem

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

TEXT_LONGEST = 500
EARLIEST_YEAR, LATEST_YEAR = 2000, 2099
# Where a position and its mirror image can be told apart: the Netherlands and a wide margin around it.
LAT_RANGE, LON_RANGE = (49.0, 55.0), (2.0, 9.0)

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NOWHERE = Position(lat=0, lon=0)
_NEVER = datetime(EARLIEST_YEAR, 1, 1, tzinfo=UTC)


class _Wrong(ValueError):
    """What is wrong with one value, in words for the one who sent it."""


class Fields:
    """The fields of one JSON object; a wrong or missing one is noted and a harmless stand-in returned.

    Call `finish` before using what was read: it raises when anything at all was noted, so that no stand-in gets any
    further. Fields that nobody asked for are problems too. `hospitals` are the ids that exist.
    """

    def __init__(
        self, body: object, hospitals: Collection[str] = (), path: str = "", problems: list[Problem] | None = None
    ) -> None:
        self._hospitals = hospitals
        self._path = path
        self._problems: list[Problem] = [] if problems is None else problems
        self._known: set[str] = set()
        self._values: Mapping[str, object] = body if isinstance(body, dict) else {}
        if not isinstance(body, dict):
            self._problems.append(Problem(field=path, message="must be a JSON object"))

    def has(self, name: str) -> bool:
        """Tell whether a field is present with a value other than null."""
        return self._values.get(name) is not None

    def complain(self, name: str, message: str) -> None:
        """Note something that only the caller can see to be wrong."""
        field = ".".join(part for part in (self._path, name) if part)
        self._problems.append(Problem(field=field, message=message))

    def text(self, name: str, *, default: str | None = None, longest: int = TEXT_LONGEST) -> str:
        """Read a text without control characters; without `default` it is required and may not be blank."""

        def parse(value: object) -> str:
            if not isinstance(value, str):
                raise _Wrong("must be a text")
            if len(value) > longest:
                raise _Wrong(f"must have at most {longest} characters")
            if any(ord(character) < 32 and character not in "\n\t\r" for character in value):
                raise _Wrong("must not hold control characters")
            if default is None and not value.strip():
                raise _Wrong("must not be empty")
            return value

        return self._read(name, parse, stand_in="", default=default)

    def choice(self, name: str, options: type[E], *, default: E | None = None) -> E:
        """Read one of an enum's values."""
        return self._read(name, lambda value: _member(value, options), stand_in=next(iter(options)), default=default)

    def find_choice(self, name: str, options: type[E]) -> E | None:
        """Read one of an enum's values, or nothing."""
        return self._read(name, lambda value: _member(value, options), stand_in=None, optional=True)

    def flag(self, name: str, *, default: bool) -> bool:
        """Read true or false."""
        return self._read(name, _flag, stand_in=False, default=default)

    def number(self, name: str, low: float, high: float) -> float | None:
        """Read an optional number from `low` to `high`."""
        return self._read(name, lambda value: _number(value, low, high), stand_in=None, default=None, optional=True)

    def moment(self, name: str) -> datetime:
        """Read a required RFC 3339 time with its offset; comes out in UTC."""
        return self._read(name, _moment, stand_in=_NEVER)

    def find_moment(self, name: str) -> datetime | None:
        """Read an RFC 3339 time that may be absent."""
        return self._read(name, _moment, stand_in=None, optional=True)

    def find_day(self, name: str) -> date | None:
        """Read a day such as 2026-02-01 that may be absent."""
        return self._read(name, _day, stand_in=None, optional=True)

    def hospital(self, name: str) -> HospitalId:
        """Read the id of a hospital that exists."""
        return self._read(name, self._known_hospital, stand_in=HospitalId(""))

    def find_hospital(self, name: str) -> HospitalId | None:
        """Read the id of a hospital that exists, or nothing."""
        return self._read(name, self._known_hospital, stand_in=None, optional=True)

    def position(self, name: str) -> Position:
        """Read `{"lat", "lon"}`; a pair that only fits the wrong way round is told as such."""
        self._known.add(name)
        if not self.has(name):
            self.complain(name, "is required")
            return _NOWHERE
        return self.child(name).own_position()

    def positions(self, name: str, *, most: int) -> tuple[Position, ...]:
        """Read a required list of positions."""
        self._known.add(name)
        values = self._values.get(name)
        if values is None:
            self.complain(name, "is required")
            return ()
        if not isinstance(values, list) or len(values) > most:
            self.complain(name, f"must be a list of at most {most} positions")
            return ()
        path = ".".join(part for part in (self._path, name) if part)
        children = (Fields(value, (), f"{path}[{i}]", self._problems) for i, value in enumerate(values))
        return tuple(child.own_position() for child in children)

    def own_position(self) -> Position:
        """Read the object itself as a position."""
        before = len(self._problems)
        lat = self._read("lat", lambda value: _number(value, -90, 90), stand_in=0.0)
        lon = self._read("lon", lambda value: _number(value, -180, 180), stand_in=0.0)
        self._refuse_unknown()
        if _are_swapped(lat, lon):
            self.complain("", f"lat and lon seem to be swapped: {lat} is a longitude here and {lon} a latitude")
        return _NOWHERE if len(self._problems) > before else Position(lat=lat, lon=lon)

    def texts(self, name: str, *, most: int = 20, longest: int = 200) -> tuple[str, ...]:
        """Read an optional list of texts."""

        def parse(value: object) -> tuple[str, ...]:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise _Wrong("must be a list of texts")
            if len(value) > most or any(len(item) > longest for item in value):
                raise _Wrong(f"must be at most {most} texts of at most {longest} characters")
            if any(ord(character) < 32 for item in value for character in item):
                raise _Wrong("must not hold control characters")
            return tuple(value)

        return self._read(name, parse, stand_in=(), default=())

    def by_hospital(self, name: str, read: Callable[["Fields", str], T]) -> dict[HospitalId, T]:
        """Read an optional object that is keyed by hospital; `read(fields, key)` reads the value of one key."""
        self._known.add(name)
        if not self.has(name):
            return {}
        inner = self.child(name)
        found: dict[HospitalId, T] = {}
        for key in inner.names():
            if key in self._hospitals:
                found[HospitalId(key)] = read(inner, key)
            else:
                inner.complain(key[:60], "no such hospital")
        return found

    def names(self) -> tuple[str, ...]:
        """List the names that are there, for an object whose keys are data."""
        self._known |= set(self._values)
        return tuple(self._values)

    def child(self, name: str) -> "Fields":
        """Read a field that holds an object; shares the notes of this one."""
        self._known.add(name)
        path = ".".join(part for part in (self._path, name) if part)
        return Fields(self._values.get(name), self._hospitals, path, self._problems)

    def children(self, name: str, *, most: int) -> tuple["Fields", ...]:
        """Read a required list of objects; they share the notes of this one."""
        self._known.add(name)
        values = self._values.get(name)
        if not isinstance(values, list) or len(values) > most:
            self.complain(name, "is required" if values is None else f"must be a list of at most {most} objects")
            return ()
        path = ".".join(part for part in (self._path, name) if part)
        return tuple(
            Fields(value, self._hospitals, f"{path}[{number}]", self._problems) for number, value in enumerate(values)
        )

    def finish(self) -> None:
        """Raise `InvalidInput` with everything that was noted, fields that nobody asked for included."""
        self._refuse_unknown()
        if self._problems:
            raise InvalidInput(self._problems)

    def finish_child(self) -> None:
        """Note the fields of a child that nobody asked for; its parent raises."""
        self._refuse_unknown()

    def _read(
        self,
        name: str,
        parse: Callable[[object], T],
        *,
        stand_in: T,
        default: T | None = None,
        optional: bool = False,
    ) -> T:
        self._known.add(name)
        value = self._values.get(name)
        if value is None:
            if optional:
                return stand_in
            if default is not None:
                return default
            self.complain(name, "is required")
            return stand_in
        try:
            return parse(value)
        except _Wrong as error:
            self.complain(name, str(error))
            return stand_in

    def _refuse_unknown(self) -> None:
        for name in self._values:
            if name not in self._known:
                self.complain(name[:60], "unknown field")
        self._known |= set(self._values)

    def _known_hospital(self, value: object) -> HospitalId:
        if not isinstance(value, str) or value not in self._hospitals:
            raise _Wrong(f"no such hospital: {str(value)[:60]!r}")
        return HospitalId(value)


def _member(value: object, options: type[E]) -> E:
    found = next((option for option in options if option == value), None)
    if found is None:
        raise _Wrong(f"must be one of {', '.join(options)}")
    return found


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("must be true or false")
    return value


def _number(value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Wrong(f"must be a number from {low:g} to {high:g}")
    if not low <= value <= high:  # nor is NaN
        raise _Wrong(f"must be a number from {low:g} to {high:g}")
    return float(value)


def _moment(value: object) -> datetime:
    wrong = "must be a time with its offset, such as 2026-02-01T14:30:00+01:00"
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise _Wrong(wrong)
    try:
        moment = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _Wrong(wrong) from None
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise _Wrong(f"must lie in the years {EARLIEST_YEAR} to {LATEST_YEAR}")
    return moment


def _day(value: object) -> date:
    wrong = "must be a day, such as 2026-02-01"
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _Wrong(wrong)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise _Wrong(wrong) from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise _Wrong(f"must lie in the years {EARLIEST_YEAR} to {LATEST_YEAR}")
    return day


def _are_swapped(lat: float, lon: float) -> bool:
    fits = LAT_RANGE[0] <= lat <= LAT_RANGE[1] and LON_RANGE[0] <= lon <= LON_RANGE[1]
    fits_swapped = LAT_RANGE[0] <= lon <= LAT_RANGE[1] and LON_RANGE[0] <= lat <= LON_RANGE[1]
    return fits_swapped and not fits
