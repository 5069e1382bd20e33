"""`report`: the published tables of a quarter, the indicators or a list, from the journal."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from advisor.commands.operating import OPERATOR, log_act, operator_world
from advisor.kernel import AMSTERDAM, HospitalId, InvalidInput, Problem
from advisor.protocol.explain import Language
from advisor.reports.desk import ReportDesk
from advisor.services.refusals import Wording
from advisor.services.reporting import EventKind, Indicator, ReportQuery, make_query
from advisor.services.security import Action
from advisor.services.sheets import Sheet, sheet_lines, sheets_csv
from advisor.services.world import World


def register(subparsers: Any) -> None:  # argparse does not name the type
    """Add the command to the command line."""
    parser = subparsers.add_parser("report", help="tables of a quarter, indicators and lists from the journal")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--quarter", metavar="2026-Q1", help="the published tables of a quarter, per ROAZ region")
    what.add_argument("--indicators", action="store_true", help="the indicators over some days")
    what.add_argument("--events", choices=list(EventKind), help="what happened in some days, one by one")
    parser.add_argument("--hospitals", action="store_true", help="with --quarter: per hospital, not for publication")
    parser.add_argument("--from", dest="first", type=_day, metavar="DAY", help="first day, as 2026-01-31")
    parser.add_argument("--to", dest="last", type=_day, metavar="DAY", help="last day; today when it is left out")
    parser.add_argument("--region", default="", help="a ROAZ or meldkamer region")
    parser.add_argument("--hospital", help="the id of a hospital")
    parser.add_argument("--csv", action="store_true", help="as CSV")
    parser.add_argument("--lang", type=Language, choices=list(Language), default=Language.NL, help="nl or en")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what was asked for."""
    _check(options)
    world = operator_world()
    if options.quarter:
        _quarter(options, world)
    elif options.events:
        _events(options, world)
    else:
        _indicators(options, world)
    return 0


def _check(options: argparse.Namespace) -> None:
    of_days = [name for name in ("first", "last", "region", "hospital") if getattr(options, name)]
    if options.quarter and of_days:
        raise InvalidInput([Problem(field="quarter", message="takes no days, region or hospital")])
    if options.hospitals and not options.quarter:
        raise InvalidInput([Problem(field="hospitals", message="belongs to --quarter")])


def _quarter(options: argparse.Namespace, world: World) -> None:
    report = ReportDesk().quarter(options.quarter, **_asking(world))
    log_act("quarterTable", Action.READ, "report", report.quarter, world)
    sheets = [report.hospitals] if options.hospitals and report.hospitals else report.tables
    if options.csv:
        print(sheets_csv(sheets, options.lang), end="")
        return
    for sheet in sheets:
        _print_sheet(sheet, options.lang)
    print(_in(report.caveat, options.lang))
    if not report.complete:
        texts = Wording(nl="Het kwartaal loopt nog.", en="The quarter is not over yet.")
        print(_in(texts, options.lang))


def _indicators(options: argparse.Namespace, world: World) -> None:
    indicators = ReportDesk().indicators(_query(options, world), **_asking(world))
    log_act("indicators", Action.READ, "report", "indicators", world)
    if options.csv:
        print(sheets_csv([each.table for each in indicators], options.lang), end="")
        return
    for indicator in indicators:
        _print_indicator(indicator, options.lang)


def _events(options: argparse.Namespace, world: World) -> None:
    events = ReportDesk().events(EventKind(options.events), _query(options, world), **_asking(world))
    log_act("reportedEvents", Action.READ, "report", events.kind.value, world)
    if options.csv:
        print(sheets_csv([events.table], options.lang), end="")
        return
    _print_sheet(events.table, options.lang)
    print(_in(events.definition, options.lang))


def _query(options: argparse.Namespace, world: World) -> ReportQuery:
    today = world.clock().astimezone(AMSTERDAM).date()
    hospital = HospitalId(options.hospital) if options.hospital else None
    return make_query(options.first, options.last, today=today, region=options.region, hospital=hospital)


def _asking(world: World) -> dict[str, Any]:
    return {"actor": OPERATOR, "now": world.clock(), "world": world, "pause": lambda: None}


def _print_indicator(indicator: Indicator, language: Language) -> None:
    _print_sheet(indicator.table, language)
    for figure in indicator.figures:
        value = "-" if figure.value is None else figure.value
        print(f"{_in(figure.label, language)}: {value} {_in(figure.unit or indicator.unit, language)}")
    print(f"{_in(indicator.definition, language)}\n")


def _print_sheet(sheet: Sheet, language: Language) -> None:
    lines = sheet_lines(sheet, language)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    print(_in(sheet.title, language))
    for number, line in enumerate(lines):
        print(_aligned(line, widths))
        if number == 0:
            print("  ".join("-" * width for width in widths))
    print()


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        text.rjust(width) if text.replace(".", "").lstrip("-").isdigit() else text.ljust(width)
        for text, width in zip(line, widths, strict=True)
    ]
    return "  ".join(cells).rstrip()


def _in(text: Wording, language: Language) -> str:
    return text.nl if language is Language.NL else text.en


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-01-31") from error
