"""DATEX II, version 2 and 3: bridges that open and roads that are closed, as closures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from advisor.feeds.xml import Element, children, descendants, moment_of, parse_xml, text_at
from advisor.kernel import InvalidInput, Position, Problem
from advisor.roads.closure import POINTS_MOST, ClosureShape
from advisor.services.hear_feed import UnreadableFeed
from advisor.services.hear_roads import RoadNews, RoadReport

ID_LONGEST = 120
RECORDS_MOST = 20_000
PROBLEMS_MOST = 50

TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
WHOLE = frozenset({"snapshotPull", "snapshotPush"})
"""Ways of exchange in which a document holds everything that is so."""

CLOSING = {
    "GeneralNetworkManagement": ("generalNetworkManagementType", {"bridgeSwingInOperation": "Brug open"}),
    "RoadOrCarriagewayOrLaneManagement": (
        "roadOrCarriagewayOrLaneManagementType",
        {"roadClosed": "Weg afgesloten", "carriagewayClosures": "Rijbaan afgesloten"},
    ),
}
"""Per kind of record: where it says what is the matter, and which of that nobody can drive through."""


def parse_datex(body: bytes, *, planned: bool = True) -> RoadNews:
    """Read a publication of situations completely; openings that are only `planned` can be left out.

    Raises
    ------
    UnreadableFeed
        When it is no XML, or holds no publication of situations.
    InvalidInput
        With every problem of it.
    """
    news, problems = read_datex(body, planned=planned)
    if news is None or problems:
        raise InvalidInput(problems[:PROBLEMS_MOST])
    return news


def read_datex(body: bytes, *, planned: bool = True) -> tuple[RoadNews | None, list[Problem]]:
    """Read what can be read of a publication, and return every problem of the rest; `None` when it has no moment.

    Raises
    ------
    UnreadableFeed
        When it is no XML, or holds no publication of situations.
    """
    root = parse_xml(body)
    publication = _publication(root)
    reading = _Reading([], [], set())
    for situation in children(publication, "situation"):
        for record in islice(children(situation, "situationRecord"), RECORDS_MOST):
            if _is_closing(record) and _is_real(situation):
                reading.read(situation, record, planned=planned)
    as_of = moment_of(text_at(publication, "publicationTime"))
    if as_of is None:
        return None, [Problem(field="publicationTime", message="must be a time with its offset"), *reading.problems]
    protocol = next((element.text for element in descendants(root, "codedExchangeProtocol")), "")
    news = RoadNews(
        as_of=as_of,
        is_whole=protocol in WHOLE,
        reports=_latest(reading.reports),
        doubted=frozenset(reading.doubted),
    )
    return news, reading.problems


@dataclass(frozen=True, slots=True)
class _Reading:
    reports: list[RoadReport]
    problems: list[Problem]
    doubted: set[str]

    def read(self, situation: Element, record: Element, *, planned: bool) -> None:
        before = len(self.problems)
        report = _report(situation, record, self.problems)
        if len(self.problems) > before:
            self.doubted.add(record.get("id", ""))
        elif report is not None and (planned or report.is_over or _is_certain(record)):
            self.reports.append(report)


def _publication(root: Element) -> Element:
    for name in ("payload", "payloadPublication"):
        for element in descendants(root, name):
            if element.get(TYPE, "").rpartition(":")[2] == "SituationPublication":
                return element
    raise UnreadableFeed("the document holds no publication of situations of DATEX II")


def _is_closing(record: Element) -> bool:
    kind = record.get(TYPE, "").rpartition(":")[2]
    return kind in CLOSING and text_at(record, CLOSING[kind][0]) in CLOSING[kind][1]


def _is_real(situation: Element) -> bool:
    return text_at(situation, "headerInformation", "informationStatus") in {"", "real"}


def _is_certain(record: Element) -> bool:
    return text_at(record, "probabilityOfOccurrence") in {"", "certain"}


def _report(situation: Element, record: Element, problems: list[Problem]) -> RoadReport | None:
    name = record.get("id", "")
    where = name[:ID_LONGEST] or "situationRecord"
    said_at = moment_of(text_at(record, "situationRecordVersionTime") or text_at(situation, "situationVersionTime"))
    if not name or len(name) > ID_LONGEST or not name.isprintable():
        problems.append(Problem(field=where, message=f"needs an id of at most {ID_LONGEST} characters"))
    if said_at is None:
        problems.append(Problem(field=f"{where}.situationRecordVersionTime", message="must be a time with its offset"))
        return None
    if _is_over(record):
        return RoadReport(id=name, said_at=said_at, is_over=True)
    start, until = _times(record, where, problems)
    shape, points = _place(record, where, problems)
    kind = record.get(TYPE, "").rpartition(":")[2]
    element, words = CLOSING[kind]
    return RoadReport(
        id=name,
        said_at=said_at,
        is_over=False,
        shape=shape,
        points=points,
        start=start,
        until=until,
        both_ways=shape is ClosureShape.POINT,
        note=words[text_at(record, element)],
    )


def _is_over(record: Element) -> bool:
    cycle = next(descendants(record, "lifeCycleManagement"), None)
    if cycle is not None and any(text_at(cycle, each) == "true" for each in ("cancel", "end")):
        return True
    return text_at(record, "validity", "validityStatus") == "suspended"


def _times(record: Element, where: str, problems: list[Problem]) -> tuple[datetime | None, datetime | None]:
    found: list[datetime | None] = []
    for name in ("overallStartTime", "overallEndTime"):
        text = text_at(record, "validity", "validityTimeSpecification", name)
        moment = moment_of(text)
        if text and moment is None:
            problems.append(Problem(field=f"{where}.{name}", message="must be a time with its offset"))
        found.append(moment)
    start, until = found
    if start is not None and until is not None and until < start:
        problems.append(Problem(field=f"{where}.overallEndTime", message="must not be before the start"))
    return start, until


def _place(record: Element, where: str, problems: list[Problem]) -> tuple[ClosureShape, tuple[Position, ...]]:
    for line in descendants(record, "posList"):
        numbers = (line.text or "").split()
        points = _positions(list(zip(numbers[::2], numbers[1::2], strict=False)))
        if points is None or not 2 <= len(points) <= POINTS_MOST or len(numbers) % 2:
            problems.append(Problem(field=f"{where}.posList", message=f"must be 2 to {POINTS_MOST} positions"))
            return ClosureShape.LINE, ()
        return ClosureShape.LINE, points
    for point in _points(record):
        pair = (text_at(point, "latitude"), text_at(point, "longitude"))
        positions = _positions([pair])
        if positions is not None:
            return ClosureShape.POINT, positions
    problems.append(Problem(field=f"{where}.location", message="must be a point or a line by coordinates"))
    return ClosureShape.POINT, ()


def _points(record: Element) -> Iterator[Element]:
    for name in ("pointCoordinates", "locationForDisplay", "coordinatesForDisplay"):
        yield from descendants(record, name)


def _positions(pairs: list[tuple[str, str]]) -> tuple[Position, ...] | None:
    try:
        return tuple(Position(lat=float(lat), lon=float(lon)) for lat, lon in pairs)
    except (ValueError, OverflowError):  # `InvalidInput` is a `ValueError` too
        return None


def _latest(reports: list[RoadReport]) -> tuple[RoadReport, ...]:
    """Keep the last word on each closure, for documents that hold several versions."""
    latest: dict[str, RoadReport] = {}
    for report in reports:
        if report.id not in latest or latest[report.id].said_at <= report.said_at:
            latest[report.id] = report
    return tuple(latest.values())
