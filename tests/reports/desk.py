"""Reports over the invented region, and a ride that goes as a test says."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from advisor.journal.events import Event
from advisor.journal.ride_events import Announced, Arrived, Departed, DestinationChosen, RideOpened
from advisor.kernel import HospitalId, RideId
from advisor.protocol.model import Outcome
from advisor.reports.desk import ReportDesk
from advisor.services.access import Actor
from advisor.services.give_advice import give_advice
from advisor.services.reporting import EventKind, EventList, Indicator, QuarterReport, ReportQuery
from advisor.services.sheets import Cell
from advisor.services.world import World
from tests.world import MMA, NOW, NURSE, VELDSTAD, a_case

LATER = NOW + timedelta(hours=12)
DAY = ReportQuery(first=date(2026, 3, 10), last=date(2026, 3, 10))


def quarter(world: World, name: str = "2026-Q1", *, actor: Actor = MMA, now: datetime = LATER) -> QuarterReport:
    return ReportDesk().quarter(name, actor=actor, now=now, world=world, pause=lambda: None)


def indicator(world: World, name: str, query: ReportQuery = DAY, *, now: datetime = LATER) -> Indicator:
    found = ReportDesk().indicators(query, actor=MMA, now=now, world=world, pause=lambda: None)
    return next(each for each in found if each.table.id == name)


def figures(found: Indicator) -> list[float | int | None]:
    return [figure.value for figure in found.figures]


def events(
    world: World, kind: EventKind, query: ReportQuery = DAY, *, actor: Actor = MMA, now: datetime = LATER
) -> EventList:
    return ReportDesk().events(kind, query, actor=actor, now=now, world=world, pause=lambda: None)


def named(found: EventList | Indicator) -> list[dict[str, Cell]]:
    """The rows of a table, each by its Dutch heads."""
    heads = [column.nl for column in found.table.columns]
    return [dict(zip(heads, row, strict=True)) for row in found.table.rows]


def a_drive(
    world: World,
    *,
    ride: str = "r1",
    to: HospitalId = VELDSTAD,
    when: datetime = NOW,
    late_s: float | None = 0.0,
    reason: str = "",
    lon: float = 5.0,
    then: Sequence[Event] = (),
) -> World:
    """Let a nurse ask for advice, go to a hospital and arrive so many seconds later than predicted, or never."""
    advice = give_advice(a_case(lon=lon), actor=NURSE, now=when, world=world)
    option = next(each for each in advice.document["options"] if each["hospital"] == to)
    by = {"at": when, "by": NURSE.name, "ride_id": RideId(ride)}
    outcome, expected = Outcome(option["class"]), when + timedelta(seconds=option["eta_s"])
    steps: list[Event] = [
        RideOpened(**by, advice_id=advice.id),
        DestinationChosen(**by, hospital=to, rank=option["rank"], outcome=outcome, expected_at=expected, reason=reason),
        Announced(**by),
        Departed(**by, outcome=outcome, expected_at=expected),
    ]
    if late_s is not None:
        steps.append(Arrived(**by | {"at": expected + timedelta(seconds=late_s)}))
    world.journal.transact(lambda _: [*steps, *then])
    return world
