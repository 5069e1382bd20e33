"""The reports over a journal: who may see them, which facts they need, and what comes out."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from advisor.journal.events import AdviceGiven
from advisor.journal.ride_events import RideEvent
from advisor.kernel import Interval, InvalidInput, Problem
from advisor.reports.advice_indicators import advice_latency, eta_error, status_age
from advisor.reports.lists import Asked, deviations, lapses, norm_breaches, planned_stops, refusals
from advisor.reports.lnaz import parse_quarter
from advisor.reports.quarters import caveat, hospital_sheet, region_sheets, shown_quarters
from advisor.reports.reading import read_facts
from advisor.reports.receipts import Kept, Receipts
from advisor.reports.regions import Places
from advisor.reports.ride_indicators import (
    advice_followed,
    consult_outcomes,
    detour,
    deviation_reasons,
    refused,
)
from advisor.reports.rides import RideStory, tell_rides
from advisor.reports.stop_indicators import minutes_per_region, stops_by_hour
from advisor.reports.stops import STOP_FACTS, StopStory, tell_stops
from advisor.services.access import Actor
from advisor.services.reporting import (
    PER_HOSPITAL,
    EventKind,
    EventList,
    Indicator,
    Pause,
    QuarterReport,
    ReportQuery,
    require_published,
    require_quality,
)
from advisor.services.review_queue import STEPS
from advisor.services.world import World

STOPS_BEFORE = timedelta(days=92)
"""A stop that runs into a period was declared within this time before it; none is entered for longer than a month."""

PLANS_BEFORE = timedelta(days=367)
"""A long stop is announced a year ahead at most."""

RIDE_LONGEST = timedelta(days=1)

ADVICE_BEFORE = timedelta(days=1)
"""A ride begins from an advice of this time before it at most, or the advice is not told with it."""


class ReportDesk:
    """Makes the reports; see `Reports`. Remembers what it worked out of receipts."""

    def __init__(self) -> None:
        self._receipts = Receipts()

    def quarter(self, quarter: str, *, actor: Actor, now: datetime, world: World, pause: Pause) -> QuarterReport:
        """See `Reports.quarter`."""
        require_published(actor)
        asked = parse_quarter(quarter)
        if asked.start > now:
            raise InvalidInput([Problem(field="quarter", message="has not begun yet")])
        places, recorded_from = Places(world.registry), _first_fact(world)
        story = _stops(Interval(start=shown_quarters(asked)[0].start, end=asked.end), world, pause)
        is_inner = actor.role in PER_HOSPITAL
        return QuarterReport(
            quarter=str(asked),
            as_of=now,
            complete=asked.end <= now,
            caveat=caveat(asked, recorded_from),
            tables=region_sheets(story.spans, asked, places, now, recorded_from),
            hospitals=hospital_sheet(story.spans, asked, places, now) if is_inner else None,
        )

    def indicators(
        self, query: ReportQuery, *, actor: Actor, now: datetime, world: World, pause: Pause
    ) -> tuple[Indicator, ...]:
        """See `Reports.indicators`."""
        require_quality(actor)
        asked = Asked(query=query, chosen=Places(world.registry).chosen(query), now=now, world=world)
        story = _stops(query.period, world, pause)
        end = query.period.end
        rides = _rides(query.period, None if end is None else end + RIDE_LONGEST, world, pause)
        advices = _advices(query.period, world, pause)
        kept = Kept(receipts=self._receipts, advices={given.advice_id: given for given in advices})
        makers: tuple[Callable[[], Indicator], ...] = (
            partial(stops_by_hour, story, asked),
            partial(minutes_per_region, story, asked),
            partial(detour, rides, asked, kept, pause),
            partial(advice_followed, rides, asked),
            partial(deviation_reasons, rides, asked),
            partial(refused, rides, asked),
            partial(consult_outcomes, rides, asked),
            partial(advice_latency, advices, asked),
            partial(eta_error, rides, asked, kept, pause),
            partial(status_age, advices, asked),
        )
        made = []
        for make in makers:
            made.append(make())
            pause()
        return tuple(made)

    def events(
        self, kind: EventKind, query: ReportQuery, *, actor: Actor, now: datetime, world: World, pause: Pause
    ) -> EventList:
        """See `Reports.events`."""
        require_quality(actor)
        asked = Asked(query=query, chosen=Places(world.registry).chosen(query), now=now, world=world)
        if kind in _OF_STOPS:
            before = PLANS_BEFORE if kind is EventKind.PLANNED_STOPS else STOPS_BEFORE
            return _OF_STOPS[kind](_stops(query.period, world, pause, before=before), asked)
        # What was written about a ride later, such as a review, belongs to it too.
        rides = _rides(query.period, None, world, pause)
        if kind is EventKind.REFUSALS:
            return refusals(rides, asked)
        advices = _advices(query.period, world, pause)
        return deviations(rides, {given.advice_id: given.first for given in advices}, asked)


_OF_STOPS: Mapping[EventKind, Callable[[StopStory, Asked], EventList]] = {
    EventKind.NORM_BREACHES: norm_breaches,
    EventKind.PLANNED_STOPS: planned_stops,
    EventKind.LAPSES: lapses,
}


def _first_fact(world: World) -> datetime | None:
    return next((recorded.event.at for recorded in world.journal.read(0, 1)), None)


def _stops(period: Interval, world: World, pause: Pause, *, before: timedelta = STOPS_BEFORE) -> StopStory:
    """Return the stops that touch a period; what was put right about them later counts too."""
    facts = Interval(start=period.start - before, end=None)
    return tell_stops(read_facts(STOP_FACTS, facts, world, pause))


def _rides(period: Interval, until: datetime | None, world: World, pause: Pause) -> list[RideStory]:
    """Return the rides that began in a period, as far as they went until a moment."""
    facts = read_facts(STEPS, Interval(start=period.start, end=until), world, pause)
    stories = tell_rides(event for event in facts if isinstance(event, RideEvent))
    return [story for story in stories.values() if story.opened_at in period]


def _advices(period: Interval, world: World, pause: Pause) -> list[AdviceGiven]:
    """Return the advices of a period, and those just before it that its rides began from."""
    facts = Interval(start=period.start - ADVICE_BEFORE, end=period.end)
    return [event for event in read_facts([AdviceGiven], facts, world, pause) if isinstance(event, AdviceGiven)]
