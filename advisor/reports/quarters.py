"""The published tables of a quarter: SEH stops per ROAZ region, in the form in which the LNAZ gives them out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from advisor.kernel import AMSTERDAM, HospitalId
from advisor.reports.lnaz import Quarter, RegionRow, StopRecord, quarter_table
from advisor.reports.regions import Places
from advisor.reports.stops import Span
from advisor.services.refusals import Wording
from advisor.services.sheets import Sheet

QUARTERS_SHOWN = 4

Rows = Mapping[str, RegionRow] | None
"""The table of one quarter by region; `None` where the facts begin later."""

FIRST_TABLE_NAMES = {"Noord-Holland/Flevoland": "Noord-Holland/ Flevoland"}
"""The first published table spells one region otherwise than the others do."""

CAVEAT = Wording(
    nl="Meer of langere stops betekenen niet vanzelf dat spoedzorg slechter bereikbaar is: dat hangt ook af van hoe "
    "dichtbij een andere SEH is en van wat in een regio is afgesproken over het gebruik van stops. Regio's zijn "
    "daardoor niet onderling te vergelijken; in Euregio wordt volgens afspraak nooit een stop afgekondigd. Wie in "
    "levensgevaar is, kan altijd terecht. Geteld: rode stops van de afdeling SEH, in het kwartaal waarin zij begonnen; "
    "minuten in het kwartaal waarin zij vielen. De telling berust op wat dit systeem heeft vernomen, uit de console en "
    "uit bronnen zoals LPZ.",
    en="More or longer stops do not by themselves mean that emergency care is harder to reach: that also depends on "
    "how near another emergency department is and on what a region has agreed about the use of stops. So regions "
    "cannot be compared with each other; Euregio has agreed never to declare a stop. Who is in mortal danger is "
    "always received. Counted: red stops of the emergency department itself, in the quarter in which they began; "
    "minutes in the quarter in which they fell. The count rests on what this system was told, on the console and by "
    "sources such as LPZ.",
)

_NOTHING_YET = Wording(nl="Er zijn nog geen feiten.", en="There are no facts yet.")
_ROAZ = Wording(nl="ROAZ-regio", en="ROAZ region")
_COUNT = Wording(nl="Aantal SEH-stops", en="Number of ED stops")
_MINUTES = Wording(nl="Totale duur SEH-stops (in minuten)", en="Total duration of ED stops (in minutes)")
_COUNTED = Wording(nl="aantal SEH-stops", en="number of ED stops")
_LASTED = Wording(nl="totale duur SEH-stops (in minuten)", en="total duration of ED stops (in minutes)")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def shown_quarters(quarter: Quarter) -> tuple[Quarter, ...]:
    """Return the quarters that the tables look back on, the earliest first and the quarter itself last."""
    quarters = [quarter]
    while len(quarters) < QUARTERS_SHOWN:
        quarters.insert(0, quarters[0].previous)
    return tuple(quarters)


def caveat(quarter: Quarter, recorded_from: datetime | None) -> Wording:
    """Return what to know before reading the tables; also since when there are facts, where that is later."""
    if recorded_from is None:
        return Wording(nl=f"{CAVEAT.nl} {_NOTHING_YET.nl}", en=f"{CAVEAT.en} {_NOTHING_YET.en}")
    if recorded_from <= shown_quarters(quarter)[0].start:
        return CAVEAT
    day = recorded_from.astimezone(AMSTERDAM).date()
    return Wording(
        nl=f"{CAVEAT.nl} De feiten beginnen op {_day(day).nl}; wat daarvoor was, is hier niet bekend.",
        en=f"{CAVEAT.en} The facts begin on {_day(day).en}; what was before is not known here.",
    )


def region_sheets(
    spans: Sequence[Span], quarter: Quarter, places: Places, now: datetime, recorded_from: datetime | None
) -> tuple[Sheet, Sheet, Sheet]:
    """Return the three tables of a quarter, as far as it has gone at `now`.

    A quarter that was over before the facts begin has no counts: nobody knows, which is not the same as none.
    """
    records = [_record(span, places.place(span.hospital).roaz) for span in spans]
    shown = shown_quarters(quarter)
    tables = {each: quarter_table(records, each, report_at=now) for each in shown}
    names = list(dict.fromkeys(row.roaz for table in tables.values() for row in table))
    known = {each for each in shown if recorded_from is not None and recorded_from < each.end}
    by_region = {each: {row.roaz: row for row in table} if each in known else None for each, table in tables.items()}
    return (
        _first(by_region[quarter], names, quarter, places, now),
        _history("2", _COUNTED, by_region, names, lambda row: row.stops),
        _history("3", _LASTED, by_region, names, lambda row: row.minutes),
    )


def hospital_sheet(spans: Iterable[Span], quarter: Quarter, places: Places, now: datetime) -> Sheet:
    """Return the same counts for every hospital that had a stop in the quarter; never to be published."""
    records = [_record(span, span.hospital) for span in spans]
    table = quarter_table(records, quarter, regions=(), report_at=now)
    named = [
        (places.name(hospital), places.place(hospital).roaz, row.stops, row.minutes)
        for row in table
        if row.stops or row.minutes
        for hospital in [HospitalId(row.roaz)]
    ]
    return Sheet(
        id="hospitals",
        title=Wording(
            nl=f"SEH-stops per ziekenhuis in kwartaal {quarter.number} van {quarter.year} (niet voor publicatie)",
            en=f"ED stops per hospital in quarter {quarter.number} of {quarter.year} (not for publication)",
        ),
        columns=(Wording(nl="Ziekenhuis", en="Hospital"), _ROAZ, _COUNT, _MINUTES),
        rows=tuple(sorted(named)),
    )


def _first(rows: Rows, names: Sequence[str], quarter: Quarter, places: Places, now: datetime) -> Sheet:
    today = now.astimezone(AMSTERDAM).date()
    sites = places.count_sites()
    return Sheet(
        id="1",
        title=Wording(
            nl=f"Tabel 1. Overzicht SEH-stops per ROAZ-regio in kwartaal {quarter.number} van {quarter.year}",
            en=f"Table 1. Overview of ED stops per ROAZ region in quarter {quarter.number} of {quarter.year}",
        ),
        columns=(
            _ROAZ,
            Wording(
                nl=f"Aantal SEH-locaties (peildatum {_day(today).nl})",
                en=f"Number of ED sites (as of {_day(today).en})",
            ),
            _COUNT,
            _MINUTES,
        ),
        rows=tuple(
            (
                FIRST_TABLE_NAMES.get(name, name),
                sites[name],
                _measure(rows, name, lambda row: row.stops),
                _measure(rows, name, lambda row: row.minutes),
            )
            for name in names
        ),
    )


def _history(
    number: str,
    what: Wording,
    by_region: Mapping[Quarter, Rows],
    names: Sequence[str],
    measure: Callable[[RegionRow], int],
) -> Sheet:
    first, last = min(by_region), max(by_region)
    return Sheet(
        id=number,
        title=Wording(
            nl=f"Tabel {number}. Overzicht {what.nl} per ROAZ-regio van {first} t/m {last}",
            en=f"Table {number}. Overview of {what.en} per ROAZ region from {first} to {last}",
        ),
        columns=(_ROAZ, *(Wording(nl=str(each), en=str(each)) for each in by_region)),
        rows=tuple((name, *(_measure(rows, name, measure) for rows in by_region.values())) for name in names),
    )


def _measure(rows: Rows, name: str, measure: Callable[[RegionRow], int]) -> int | None:
    return None if rows is None else measure(rows.get(name, RegionRow(roaz=name, stops=0, minutes=0)))


def _day(day: date) -> Wording:
    return Wording(
        nl=f"{day.day} {_MONTHS[day.month - 1]} {day.year}", en=f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    )


def _record(span: Span, roaz: str) -> StopRecord:
    return StopRecord(
        roaz=roaz,
        hospital=span.hospital,
        department=span.department,
        status=span.status,
        start=span.start,
        end=span.end,
    )
