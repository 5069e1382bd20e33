"""Indicators of stops: when they begin, and how long they last per region."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from advisor.kernel import AMSTERDAM, Department, Status
from advisor.reports.definitions import MINUTES_PER_REGION, STOPS_BY_HOUR
from advisor.reports.figures import mean, percentage
from advisor.reports.lists import Asked, norm_end, per_hospital, row_name
from advisor.reports.stops import Span, StopStory, join_overlapping
from advisor.reports.words import HOSPITAL, HOUR, MIN, PERCENT, REGION, STOPS, WEEKDAY, WEEKDAYS, both
from advisor.services.reporting import Figure, Indicator, Plot, PlotKind
from advisor.services.sheets import Sheet

HOURS = range(24)

_SEH_RED = (Department.SEH, Status.RED)
_SEH_ORANGE = (Department.SEH, Status.ORANGE)
_RED_MINUTES = both("Minuten rode SEH-stop", "Minutes of red ED stop")
_OVER_NORM = both("Langer dan de norm", "Longer than the norm")


def stops_by_hour(story: StopStory, asked: Asked) -> Indicator:
    """Count the red stops of the SEH that began in the period by weekday and hour."""
    counts: Counter[tuple[int, int]] = Counter()
    for stop in _stops(story, asked):
        if _kind(stop) == _SEH_RED and stop.start in asked.period:
            local = stop.start.astimezone(AMSTERDAM)
            counts[local.weekday(), local.hour] += 1
    title, definition = STOPS_BY_HOUR
    by_hour: Counter[int] = Counter()
    for (_, hour), count in counts.items():
        by_hour[hour] += count
    busiest = min(by_hour, key=lambda hour: (-by_hour[hour], hour), default=None)
    return Indicator(
        definition=definition,
        unit=STOPS,
        figures=(
            Figure(label=both("Rode SEH-stops", "Red ED stops"), value=counts.total()),
            Figure(label=both("Uur waarin de meeste beginnen", "Hour in which most begin"), value=busiest, unit=HOUR),
        ),
        table=Sheet(
            id="stops-by-hour",
            title=title,
            columns=(WEEKDAY, *(both(f"{hour:02}", f"{hour:02}") for hour in HOURS)),
            rows=tuple((name, *(counts[day, hour] for hour in HOURS)) for day, name in enumerate(WEEKDAYS)),
        ),
        plot=Plot(kind=PlotKind.HEAT, x=0, y=tuple(hour + 1 for hour in HOURS)),
    )


def minutes_per_region(story: StopStory, asked: Asked) -> Indicator:
    """Add up stops and minutes of stop per ROAZ region, or per hospital of the region that is asked for."""
    running = list(_stops(story, asked))
    red = [stop for stop in running if _kind(stop) == _SEH_RED]
    orange = [stop for stop in running if _kind(stop) == _SEH_ORANGE]
    others = [stop for stop in running if stop.status is Status.RED and stop.department is not Department.SEH]
    begun = [stop for stop in red if stop.start in asked.period]
    long = [stop for stop in begun if _breaks_norm(stop, asked)]
    counts, breaches = (Counter(row_name(stop.hospital, asked) for stop in stops) for stops in (begun, long))
    lasted = [_minutes(stops, asked) for stops in (red, orange, others)]
    names = sorted(counts | breaches | lasted[0] | lasted[1] | lasted[2], key=lambda name: (-lasted[0][name], name))
    title, definition = MINUTES_PER_REGION
    return Indicator(
        definition=definition,
        unit=MIN,
        figures=(
            Figure(label=_RED_MINUTES, value=lasted[0].total()),
            Figure(
                label=both("Gemiddelde duur", "Mean duration"), value=mean([_length(each, asked) for each in begun])
            ),
            Figure(label=_OVER_NORM, value=percentage(len(long), len(begun)), unit=PERCENT),
        ),
        table=Sheet(
            id="minutes-per-region",
            title=title,
            columns=(
                HOSPITAL if per_hospital(asked) else REGION,
                both("Rode SEH-stops", "Red ED stops"),
                _RED_MINUTES,
                _OVER_NORM,
                both("Minuten code oranje SEH", "Minutes of ED code orange"),
                both("Minuten rode stop andere afdelingen", "Minutes of red stop, other departments"),
            ),
            rows=tuple(
                (name, counts[name], lasted[0][name], breaches[name], lasted[1][name], lasted[2][name])
                for name in names
            ),
        ),
        plot=Plot(kind=PlotKind.BARS, x=0, y=(2,)),
    )


def _stops(story: StopStory, asked: Asked) -> Iterator[Span]:
    return (stop for stop in join_overlapping(story.spans) if stop.hospital in asked.chosen)


def _kind(stop: Span) -> tuple[Department, Status]:
    return stop.department, stop.status


def _minutes(stops: Iterable[Span], asked: Asked) -> Counter[str]:
    """Add up what falls in the period, exactly, and round each sum half up to whole minutes."""
    seconds: Counter[str] = Counter()
    for stop in stops:
        start, end = _within(stop, asked)
        if start < end:
            seconds[row_name(stop.hospital, asked)] += (end - start) // timedelta(seconds=1)
    return Counter({name: (total + 30) // 60 for name, total in seconds.items()})


def _within(stop: Span, asked: Asked) -> tuple[datetime, datetime]:
    period, until = asked.period, stop.until(asked.now)
    return max(stop.start, period.start), until if period.end is None else min(until, period.end)


def _length(stop: Span, asked: Asked) -> float:
    return (stop.until(asked.now) - stop.start).total_seconds() / 60


def _breaks_norm(stop: Span, asked: Asked) -> bool:
    exceeded_at = norm_end(stop, asked)
    return exceeded_at is not None and exceeded_at < stop.until(asked.now)
