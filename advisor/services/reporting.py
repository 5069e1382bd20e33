"""What is asked of the reports, who may ask it, and what comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from advisor.kernel import AMSTERDAM, HospitalId, Interval, InvalidInput, Problem, RideId
from advisor.services.access import Actor, Role, require_role
from advisor.services.documents import moment
from advisor.services.refusals import Wording
from advisor.services.sheets import Sheet, rows_document, sheet_document, wording_document
from advisor.services.world import World

Json = Any
Pause = Callable[[], None]

DAYS_USUAL = 30
DAYS_MOST = 366

PER_REGION = (Role.DISPATCHER, Role.MMA, Role.ADMIN)
PER_HOSPITAL = (Role.MMA, Role.ADMIN)
"""Figures of single hospitals are never published; these roles see them to talk about them."""


class EventKind(StrEnum):
    """What is listed one by one."""

    NORM_BREACHES = "norm-breaches"
    PLANNED_STOPS = "planned-stops"
    REFUSALS = "refusals"
    LAPSES = "lapses"
    DEVIATIONS = "deviations"


class PlotKind(StrEnum):
    """How the table of an indicator is best drawn."""

    BARS = "bars"
    LINES = "lines"
    HEAT = "heat"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuery:
    """Which days, both included, in Europe/Amsterdam; `region` is a ROAZ or meldkamer region, "" for all."""

    first: date
    last: date
    region: str = ""
    hospital: HospitalId | None = None

    @property
    def period(self) -> Interval:
        """Return the period from local midnight to local midnight, in UTC."""
        return Interval(start=_midnight(self.first), end=_midnight(self.last + timedelta(days=1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterReport:
    """The tables of a quarter; `hospitals` is `None` for who may not see single hospitals."""

    quarter: str
    as_of: datetime
    complete: bool
    caveat: Wording
    tables: tuple[Sheet, ...]
    hospitals: Sheet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A headline number; `None` when there is nothing to count. `unit` where it is not that of the indicator."""

    label: Wording
    value: int | float | None
    unit: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Which columns of the table to draw: `x` against each of `y`, by index."""

    kind: PlotKind
    x: int
    y: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator with its definition: what exactly is counted, of which facts, and what it does not tell."""

    definition: Wording
    unit: Wording
    figures: tuple[Figure, ...]
    table: Sheet
    plot: Plot | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventList:
    """What happened, one by one; `crews` names the crew of every ride that it tells of."""

    kind: EventKind
    definition: Wording
    table: Sheet
    crews: Mapping[RideId, str] = field(default_factory=dict)


class Reports(Protocol):
    """Makes the reports. Every method may raise `Forbidden`, `InvalidInput` and `JournalUnavailable`.

    `pause` is called while working, so that others get their turn.
    """

    def quarter(self, quarter: str, *, actor: Actor, now: datetime, world: World, pause: Pause) -> QuarterReport:
        """Return the tables of a quarter such as "2026-Q1"."""
        ...

    def indicators(
        self, query: ReportQuery, *, actor: Actor, now: datetime, world: World, pause: Pause
    ) -> tuple[Indicator, ...]:
        """Return all indicators over a period."""
        ...

    def events(
        self, kind: EventKind, query: ReportQuery, *, actor: Actor, now: datetime, world: World, pause: Pause
    ) -> EventList:
        """List what happened in a period."""
        ...


def make_query(
    first: date | None, last: date | None, *, today: date, region: str = "", hospital: HospitalId | None = None
) -> ReportQuery:
    """Return a query, with the usual days for those that are not given.

    Raises
    ------
    InvalidInput
        When the days are the wrong way round or too many.
    """
    until = last or max(today, first or today)
    since = first or until - timedelta(days=DAYS_USUAL - 1)
    if since > until:
        raise InvalidInput([Problem(field="from", message="must be before the end of the period")])
    if (until - since).days >= DAYS_MOST:
        raise InvalidInput([Problem(field="from", message=f"the period may be {DAYS_MOST} days at most")])
    return ReportQuery(first=since, last=until, region=region, hospital=hospital)


def require_published(actor: Actor) -> None:
    """Let pass who may see the tables per region; raises `Forbidden`."""
    require_role(actor, "see the reports", *PER_REGION)


def require_quality(actor: Actor) -> None:
    """Let pass who may see single hospitals and rides; raises `Forbidden`."""
    require_role(actor, "see figures of single hospitals", *PER_HOSPITAL)


def quarter_document(report: QuarterReport) -> dict[str, Json]:
    """Return the tables of a quarter in JSON terms."""
    tables = [{"number": number, **sheet_document(sheet)} for number, sheet in enumerate(report.tables, start=1)]
    return {
        "quarter": report.quarter,
        "as_of": moment(report.as_of),
        "complete": report.complete,
        "caveat": wording_document(report.caveat),
        "tables": tables,
        "hospitals": None if report.hospitals is None else sheet_document(report.hospitals),
    }


def indicators_document(query: ReportQuery, indicators: tuple[Indicator, ...], now: datetime) -> dict[str, Json]:
    """Return the indicators in JSON terms."""
    return {**_asked(query, now), "indicators": [_indicator_document(each) for each in indicators]}


def events_document(query: ReportQuery, events: EventList, now: datetime) -> dict[str, Json]:
    """Return a list in JSON terms."""
    return {
        "kind": events.kind,
        **_asked(query, now),
        **sheet_document(events.table),
        "definition": wording_document(events.definition),
    }


def _asked(query: ReportQuery, now: datetime) -> dict[str, Json]:
    return {
        "from": query.first.isoformat(),
        "to": query.last.isoformat(),
        "as_of": moment(now),
        "region": query.region or None,
        "hospital": query.hospital,
    }


def _indicator_document(indicator: Indicator) -> dict[str, Json]:
    plot = indicator.plot
    return {
        "id": indicator.table.id,
        "title": wording_document(indicator.table.title),
        "definition": wording_document(indicator.definition),
        "unit": wording_document(indicator.unit),
        "figures": [_figure_document(figure) for figure in indicator.figures],
        "table": rows_document(indicator.table),
        "plot": None if plot is None else {"kind": plot.kind, "x": plot.x, "y": list(plot.y)},
    }


def _figure_document(figure: Figure) -> dict[str, Json]:
    document: dict[str, Json] = {"label": wording_document(figure.label), "value": figure.value}
    return document if figure.unit is None else {**document, "unit": wording_document(figure.unit)}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).astimezone(UTC)
