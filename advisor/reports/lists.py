"""What happened, one by one: norm breaches, planned stops, lapses, refusals at the door, deviations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from advisor.journal.ride_events import ReviewVerdict
from advisor.kernel import AdviceId, HospitalId, Interval
from advisor.protocol.edition import Edition, NoEditionForDate
from advisor.protocol.stops import Notice24h, norm_exceeded_at, planned_notice
from advisor.reports.definitions import LISTS
from advisor.reports.regions import Chosen
from advisor.reports.rides import RideStory
from advisor.reports.stops import PlannedStop, Span, StopStory
from advisor.reports.words import (
    BY,
    DEPARTMENT,
    END,
    HOSPITAL,
    MINUTES,
    MKA,
    MOMENT,
    REASON,
    REGION,
    RIDE,
    START,
    STATUS,
    both,
    of_outcome,
    of_reason,
    of_status,
    yes_no,
)
from advisor.services.refusals import Wording
from advisor.services.reporting import EventKind, EventList, ReportQuery
from advisor.services.sheets import Cell, Sheet
from advisor.services.world import World

_NORM = both("Norm (min)", "Norm (min)")
_NOTE = both("Toelichting", "Note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a list is about: the period and hospitals of a query, and the moment at which it is made."""

    query: ReportQuery
    period: Interval = field(init=False)
    chosen: Chosen
    now: datetime
    world: World

    def __post_init__(self) -> None:
        object.__setattr__(self, "period", self.query.period)

    def name(self, hospital: HospitalId | None) -> str:
        """Return the name of a hospital."""
        return self.chosen.places.name(hospital)

    def where(self, hospital: HospitalId) -> tuple[str, str, str]:
        """Return the name of a hospital and its regions."""
        place = self.chosen.places.place(hospital)
        return place.name, place.roaz, place.mka

    def edition(self, hospital: HospitalId, moment: datetime) -> Edition | None:
        """Return the edition that speaks about a hospital at a moment; `None` where none does."""
        site = self.world.sites.get(hospital)
        try:
            return None if site is None else self.world.editions.speaking_for(site, moment)
        except NoEditionForDate:
            return None


def per_hospital(asked: Asked) -> bool:
    """Tell whether figures are told per hospital: of a part of the country, and else per region."""
    return bool(asked.query.region or asked.query.hospital)


def row_name(hospital: HospitalId, asked: Asked) -> str:
    """Return under which name a hospital is counted."""
    name, roaz, _ = asked.where(hospital)
    return name if per_hospital(asked) else roaz


def norm_breaches(story: StopStory, asked: Asked) -> EventList:
    """List the stops that began in the period and lasted longer than the norm of their edition."""
    columns = (
        *(HOSPITAL, REGION, MKA, DEPARTMENT, STATUS, START, END, MINUTES, _NORM),
        both("Over de norm (min)", "Over the norm (min)"),
        both("Verlengd", "Extended"),
        *(REASON, _NOTE),
    )
    rows = [row for span in story.spans if _begins(span, asked) for row in _breach(span, asked)]
    return _list(EventKind.NORM_BREACHES, columns, rows)


def planned_stops(story: StopStory, asked: Asked) -> EventList:
    """List the announced stops that begin in the period, and what became of them."""
    columns = (
        *(HOSPITAL, REGION, MKA, DEPARTMENT, START, END, REASON, MOMENT, BY),
        both("Uren vooraf", "Hours ahead"),
        both("Op tijd gemeld", "Announced in time"),
        both("Uitgevoerd van", "Carried out from"),
        both("Uitgevoerd tot", "Carried out until"),
        both("Ingetrokken", "Withdrawn"),
        _NOTE,
    )
    plans = [each for each in story.plans if each.plan.start in asked.period and each.plan.hospital in asked.chosen]
    rows = [_plan(each, asked) for each in sorted(plans, key=lambda each: (each.plan.start, each.plan.id))]
    return _list(EventKind.PLANNED_STOPS, columns, rows)


def lapses(story: StopStory, asked: Asked) -> EventList:
    """List the confirmed lapses of rule 3.1 in the period, and until when stops stood nevertheless."""
    columns = (
        *(MOMENT, MKA, DEPARTMENT, BY),
        both("Stops die toen stonden", "Stops that stood then"),
        both("Minuten tot de laatste weg was", "Minutes until the last was gone"),
    )
    rows: list[tuple[Cell, ...]] = []
    for lapse in story.lapses:
        standing = [
            span
            for span in story.spans
            if span.department is lapse.department
            and asked.chosen.places.place(span.hospital).mka == lapse.mka
            and span.start <= lapse.at < span.until(asked.now)
        ]
        concerns = asked.chosen.touches(lapse.mka, [span.hospital for span in standing])
        if lapse.at not in asked.period or not concerns:
            continue
        names = ", ".join(sorted(asked.name(span.hospital) for span in standing))
        gone = max((span.until(asked.now) for span in standing), default=lapse.at)
        rows.append((lapse.at, lapse.mka, lapse.department.value, lapse.by, names, minutes(lapse.at, gone)))
    return _list(EventKind.LAPSES, columns, rows)


def refusals(rides: Iterable[RideStory], asked: Asked) -> EventList:
    """List the patients that a hospital did not take at its door."""
    columns = (
        *(MOMENT, RIDE, HOSPITAL, REGION, MKA, REASON),
        both("Klasse bij vertrek", "Class at departure"),
        both("SEH bij vertrek", "ED at departure"),
        both("Daarna gekozen", "Chosen instead"),
    )
    found = [(story, refusal) for story in rides for refusal in story.refusals if refusal.hospital in asked.chosen]
    rows = [
        (
            *(refusal.at, story.id, *asked.where(refusal.hospital), refusal.reason),
            *(of_outcome(refusal.outcome), of_status(refusal.seh), asked.name(refusal.after) or None),
        )
        for story, refusal in found
    ]
    return _list(EventKind.REFUSALS, columns, rows, [story for story, _ in found])


def deviations(rides: Iterable[RideStory], firsts: Mapping[AdviceId, HospitalId | None], asked: Asked) -> EventList:
    """List the first choices that were not the first hospital of their advice."""
    columns = (
        *(MOMENT, RIDE),
        both("Geadviseerd", "Advised"),
        both("Gekozen", "Chosen"),
        *(REGION, MKA),
        both("Plaats in het advies", "Place in the advice"),
        both("Klasse", "Class"),
        REASON,
        both("Oordeel", "Review"),
    )
    rows, told = [], []
    for story in rides:
        choice = story.choices[0] if story.choices else None
        if choice is None or choice.rank <= 1 or choice.hospital not in asked.chosen:
            continue
        advised = asked.name(firsts.get(story.advice_id)) or None
        rows.append(
            (
                *(choice.at, story.id, advised, *asked.where(choice.hospital), choice.rank),
                *(of_outcome(choice.outcome), choice.reason, story.verdict and _VERDICTS[story.verdict]),
            )
        )
        told.append(story)
    return _list(EventKind.DEVIATIONS, columns, rows, told)


def minutes(start: datetime, end: datetime) -> int:
    """Return the minutes between two moments, rounded half up."""
    return int((end - start).total_seconds() / 60 + 0.5)


def norm_end(span: Span, asked: Asked) -> datetime | None:
    """Return when a stop exceeds its norm, `None` where there is no norm."""
    edition = asked.edition(span.hospital, span.start)
    return None if edition is None else norm_exceeded_at(span.department, span.status, span.start, edition)


def _begins(span: Span, asked: Asked) -> bool:
    return span.start in asked.period and span.hospital in asked.chosen


def _breach(span: Span, asked: Asked) -> list[tuple[Cell, ...]]:
    exceeded_at, until = norm_end(span, asked), span.until(asked.now)
    if exceeded_at is None or until <= exceeded_at:
        return []
    is_over = span.end is not None and span.end <= asked.now
    return [
        (
            *asked.where(span.hospital),
            span.department.value,
            of_status(span.status),
            span.start,
            span.end if is_over else None,
            minutes(span.start, until),
            minutes(span.start, exceeded_at),
            minutes(exceeded_at, until),
            None if span.stop is None else span.stop.extensions,
            of_reason(span.reason),
            span.note or None,
        )
    ]


def _plan(planned: PlannedStop, asked: Asked) -> tuple[Cell, ...]:
    plan, stop = planned.plan, planned.stop
    edition = asked.edition(plan.hospital, plan.start)
    notice = None if edition is None else planned_notice(plan.announced_at, plan.start, edition)
    return (
        *asked.where(plan.hospital),
        plan.department.value,
        plan.start,
        plan.until,
        of_reason(plan.reason),
        plan.announced_at,
        plan.announced_by,
        round((plan.start - plan.announced_at).total_seconds() / 3600, 1),
        None if notice is None else yes_no(value=notice is Notice24h.IN_TIME),
        None if stop is None else stop.declared_at,
        None if stop is None else stop.end,
        planned.withdrawn_at,
        plan.note or None,
    )


def _list(
    kind: EventKind, columns: tuple[Wording, ...], rows: Iterable[tuple[Cell, ...]], rides: Iterable[RideStory] = ()
) -> EventList:
    title, definition = LISTS[kind]
    return EventList(
        kind=kind,
        definition=definition,
        table=Sheet(id=kind.value, title=title, columns=columns, rows=tuple(rows)),
        crews={ride.id: ride.crew for ride in rides},
    )


_VERDICTS = {
    ReviewVerdict.AGREE: both("akkoord", "agreed"),
    ReviewVerdict.DISCUSS: both("bespreken", "to discuss"),
}
