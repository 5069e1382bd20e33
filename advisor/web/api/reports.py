"""The reports: tables of a quarter, indicators and lists, as JSON and as CSV."""

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from advisor.kernel import AMSTERDAM
from advisor.protocol.explain import Language
from advisor.services.refusals import NotFound
from advisor.services.reporting import (
    EventKind,
    EventList,
    Indicator,
    QuarterReport,
    ReportQuery,
    events_document,
    indicators_document,
    make_query,
    quarter_document,
    require_quality,
)
from advisor.services.sheets import Sheet, sheets_csv
from advisor.web.access_log import note_access, note_crews
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.fields import Fields

TABLES = ("1", "2", "3", "hospitals")

routes = Blueprint("reports", __name__)


@routes.get("/reports/quarter/<quarter>")
def show_quarter(quarter: str) -> Response:
    """Show the tables of a quarter."""
    report = _quarter(quarter)
    return answer(quarter_document(report))


@routes.get("/reports/quarter/<quarter>.csv")
def export_quarter(quarter: str) -> Response:
    """Give the tables of a quarter as CSV, or one of them."""
    fields = Fields(request.args.to_dict())
    table = fields.text("table", default="")
    language = _language(fields)
    if table not in ("", *TABLES):
        fields.complain("table", f"must be one of {', '.join(TABLES)}")
    fields.finish()
    if table == "hospitals":
        require_quality(require_actor())
    report = _quarter(quarter)
    sheets = [*report.tables, *([report.hospitals] if report.hospitals else [])]
    chosen = [sheet for sheet in sheets if sheet.id == table] if table else report.tables
    return _csv(chosen, language, "-".join(part for part in ("seh-stops", report.quarter, table) if part))


@routes.get("/reports/indicators")
def show_indicators() -> Response:
    """Show all indicators over a period."""
    fields = Fields(request.args.to_dict(), parts().world.registry.hospitals)
    query = _query(fields)
    return answer(indicators_document(query, _indicators(query), now()))


@routes.get("/reports/indicators/<indicator>.csv")
def export_indicator(indicator: str) -> Response:
    """Give the table of one indicator as CSV."""
    fields = Fields(request.args.to_dict(), parts().world.registry.hospitals)
    language = _language(fields)
    found = [each.table for each in _indicators(_query(fields)) if each.table.id == indicator]
    if not found:
        raise NotFound("indicator", indicator)
    return _csv(found, language, indicator)


@routes.get("/reports/events")
def show_events() -> Response:
    """List what happened in a period."""
    fields = Fields(request.args.to_dict(), parts().world.registry.hospitals)
    query, events = _events(fields)
    return answer(events_document(query, events, now()))


@routes.get("/reports/events.csv")
def export_events() -> Response:
    """Give the same list as CSV."""
    fields = Fields(request.args.to_dict(), parts().world.registry.hospitals)
    language = _language(fields)
    _, events = _events(fields)
    return _csv([events.table], language, events.kind.value)


def _quarter(quarter: str) -> QuarterReport:
    note_access("report", quarter)
    return parts().reports.quarter(quarter, **_asking())


def _indicators(query: ReportQuery) -> tuple[Indicator, ...]:
    note_access("report", "indicators")
    return parts().reports.indicators(query, **_asking())


def _events(fields: Fields) -> tuple[ReportQuery, EventList]:
    kind = fields.choice("kind", EventKind)
    query = _query(fields)
    note_access("report", kind.value)
    events = parts().reports.events(kind, query, **_asking())
    if events.crews:
        note_crews(events.crews)
    return query, events


def _asking() -> dict[str, Any]:
    # Whole quarters are read: others get their turn in between.
    return {"actor": require_actor(), "now": now(), "world": parts().world, "pause": partial(time.sleep, 0)}


def _query(fields: Fields) -> ReportQuery:
    """Read the days, region and hospital, once who asks may see them."""
    require_quality(require_actor())
    first, last = fields.find_day("from"), fields.find_day("to")
    region, hospital = fields.text("region", default=""), fields.find_hospital("hospital")
    fields.finish()
    today = now().astimezone(AMSTERDAM).date()
    return make_query(first, last, today=today, region=region, hospital=hospital)


def _language(fields: Fields) -> Language:
    return fields.choice("lang", Language, default=Language.NL)


def _csv(sheets: Sequence[Sheet], language: Language, name: str) -> Response:
    response = Response(sheets_csv(sheets, language), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
