"""The reports: their operations and the schemas of what they answer."""

from advisor.protocol.explain import Language
from advisor.services.reporting import EventKind, PlotKind
from advisor.web.openapi.operation import Operation, Parameter
from advisor.web.openapi.words import (
    COUNT,
    FLAG,
    IDENTITY,
    MOMENT,
    NUMBER,
    TEXT,
    Schema,
    an_answer,
    list_of,
    one_of,
    or_null,
    ref,
)

_DAY: Schema = {"type": "string", "format": "date", "examples": ["2026-01-31"]}
_QUALITY = "mma, admin"
_LANG = (Parameter(name="lang", schema=one_of(Language)),)
_DAYS = (
    Parameter(name="from", schema=_DAY),
    Parameter(name="to", schema=_DAY),
    Parameter(name="region", schema=TEXT),
    Parameter(name="hospital", schema=IDENTITY),
)
_KIND = (Parameter(name="kind", schema=one_of(EventKind), required=True),)
_TABLE = (Parameter(name="table", schema={"enum": ["1", "2", "3", "hospitals"]}),)

REPORT_OPERATIONS: dict[tuple[str, str], Operation] = {
    ("GET", "/reports/quarter/{quarter}"): Operation(
        name="quarter", group="reports", summary="Show the published tables of a quarter such as 2026-Q1.",
        by="dispatcher, mma, admin; figures per hospital for mma and admin", answer="QuarterReport",
    ),
    ("GET", "/reports/quarter/{quarter}.csv"): Operation(
        name="quarterTable", group="reports", summary="Give the tables of a quarter as CSV, or one of them.",
        by="dispatcher, mma, admin; hospitals for mma and admin", media="text/csv", query=(*_TABLE, *_LANG),
    ),
    ("GET", "/reports/indicators"): Operation(
        name="indicators", group="reports", summary="Show all indicators over some days, with their definitions.",
        by=_QUALITY, answer="Indicators", query=_DAYS,
    ),
    ("GET", "/reports/indicators/{indicator}.csv"): Operation(
        name="indicatorTable", group="reports", summary="Give the table of one indicator as CSV.", by=_QUALITY,
        media="text/csv", query=(*_DAYS, *_LANG),
    ),
    ("GET", "/reports/events"): Operation(
        name="reportedEvents", group="reports", summary="List what happened in some days, one by one.", by=_QUALITY,
        answer="EventList", query=(*_KIND, *_DAYS),
    ),
    ("GET", "/reports/events.csv"): Operation(
        name="reportedEventsTable", group="reports", summary="Give the same list as CSV.", by=_QUALITY,
        media="text/csv", query=(*_KIND, *_DAYS, *_LANG),
    ),
}  # fmt: skip

_TEXTS = ref("BothLanguages")
_ROWS: dict[str, Schema] = {
    "columns": list_of(_TEXTS),
    "rows": list_of(list_of({"anyOf": [TEXT, NUMBER, _TEXTS, {"type": "null"}]})),
}
_ASKED: dict[str, Schema] = {
    "from": _DAY,
    "to": _DAY,
    "as_of": MOMENT,
    "region": or_null(TEXT),
    "hospital": or_null(IDENTITY),
}

REPORTS: dict[str, Schema] = {
    "BothLanguages": an_answer(nl=TEXT, en=TEXT),
    "Sheet": an_answer(id=TEXT, title=_TEXTS, **_ROWS),
    "QuarterReport": an_answer(
        quarter=TEXT,
        as_of=MOMENT,
        complete=FLAG,
        caveat=_TEXTS,
        tables=list_of({"allOf": [ref("Sheet"), an_answer(number=COUNT)]}),
        hospitals=or_null(ref("Sheet")),
    ),
    "Indicator": an_answer(
        id=IDENTITY,
        title=_TEXTS,
        definition=_TEXTS,
        unit=_TEXTS,
        figures=list_of(an_answer(label=_TEXTS, value=or_null(NUMBER))),
        table=an_answer(**_ROWS),
        plot=or_null(an_answer(kind=one_of(PlotKind), x=COUNT, y=list_of(COUNT))),
    ),
    "Indicators": an_answer(**_ASKED, indicators=list_of(ref("Indicator"))),
    "EventList": an_answer(**_ASKED, kind=one_of(EventKind), title=_TEXTS, definition=_TEXTS, **_ROWS),
}
