"""Indicators of advices: how long they took, how old the statuses were, and how well arrivals were predicted."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from advisor.journal.events import AdviceGiven
from advisor.reports.definitions import ADVICE_LATENCY, ETA_ERROR, STATUS_AGE
from advisor.reports.figures import mean, percentage, quantile, tally
from advisor.reports.lists import Asked
from advisor.reports.receipts import Kept
from advisor.reports.rides import Drive, RideStory
from advisor.reports.words import COUNT, MIN, PERCENT, SHARE, both
from advisor.services.refusals import Wording
from advisor.services.reporting import Figure, Indicator, Pause, Plot, PlotKind
from advisor.services.sheets import Cell, Sheet

LATENCY_EDGES_MS = (10, 20, 50, 100, 200, 500, 1000, 2000)
AGE_EDGES_S = (30, 60, 120, 300, 600, 900, 1800)
ERROR_EDGES_MIN = (-10, -5, -3, -1, 0, 1, 3, 5, 10)
ERROR_MOST_MIN = 60  # more is a button that was pressed much later than the arrival

_ADVICES = both("adviezen", "advices")
_MS = both("ms", "ms")
_SECONDS = both("s", "s")
_HISTOGRAM = Plot(kind=PlotKind.HISTOGRAM, x=0, y=(1,))


def advice_latency(advices: Iterable[AdviceGiven], asked: Asked) -> Indicator:
    """Tell how long it took to work advices out."""
    given = _given(advices, asked)
    took = [each.worked_ms for each in given if each.worked_ms is not None]
    title, definition = ADVICE_LATENCY
    return Indicator(
        definition=definition,
        unit=_MS,
        figures=(
            Figure(label=both("Mediaan", "Median"), value=quantile(took, 0.5)),
            Figure(label=both("95e percentiel", "95th percentile"), value=quantile(took, 0.95)),
            Figure(label=both("Langste", "Longest"), value=max(took, default=None)),
            Figure(label=both("Gemeten adviezen", "Measured advices"), value=len(took), unit=_ADVICES),
            Figure(label=both("Niet gemeten", "Not measured"), value=len(given) - len(took), unit=_ADVICES),
        ),
        table=_histogram("advice-latency", title, both("Duur (ms)", "Duration (ms)"), took, LATENCY_EDGES_MS),
        plot=_HISTOGRAM,
    )


def status_age(advices: Iterable[AdviceGiven], asked: Asked) -> Indicator:
    """Tell how old the statuses were when advices were given."""
    given = _given(advices, asked)
    ages = [each.status_age_s for each in given if each.status_age_s is not None]
    stale = sum(age > asked.world.editions.national.freshness_min * 60 for age in ages)
    title, definition = STATUS_AGE
    return Indicator(
        definition=definition,
        unit=_SECONDS,
        figures=(
            Figure(label=both("Mediaan", "Median"), value=quantile(ages, 0.5)),
            Figure(label=both("95e percentiel", "95th percentile"), value=quantile(ages, 0.95)),
            Figure(label=both("Verouderd", "Stale"), value=percentage(stale, len(ages)), unit=PERCENT),
            Figure(label=both("Adviezen met bekende leeftijd", "Advices of known age"), value=len(ages), unit=_ADVICES),
            Figure(
                label=both("Zonder bron of niet vastgelegd", "No source, or not recorded"),
                value=len(given) - len(ages),
                unit=_ADVICES,
            ),
        ),
        table=_histogram("status-age", title, both("Leeftijd (s)", "Age (s)"), ages, AGE_EDGES_S),
        plot=_HISTOGRAM,
    )


def eta_error(rides: Iterable[RideStory], asked: Asked, kept: Kept, pause: Pause) -> Indicator:
    """Compare the arrivals that were predicted at the departure with those that came."""
    errors: list[float] = []
    banded = inside = left_out = 0
    for story in rides:
        for drive in story.drives:
            if drive.hospital not in asked.chosen:
                continue
            error = (drive.arrived_at - drive.expected_at).total_seconds() / 60
            if abs(error) > ERROR_MOST_MIN:
                left_out += 1
                continue
            errors.append(error)
            within = _is_inside(story, drive, kept, asked) if drive.first else None
            banded, inside = banded + (within is not None), inside + (within is True)
        pause()
    sizes = [abs(error) for error in errors]
    title, definition = ETA_ERROR
    return Indicator(
        definition=definition,
        unit=MIN,
        figures=(
            Figure(label=both("Gemiddeld verschil (bias)", "Mean error (bias)"), value=mean(errors)),
            Figure(label=both("Gemiddelde afwijking (MAE)", "Mean absolute error (MAE)"), value=mean(sizes)),
            Figure(
                label=both("Mediaan van de afwijking", "Median absolute error"), value=_rounded(quantile(sizes, 0.5))
            ),
            Figure(label=both("90% binnen", "90% within"), value=_rounded(quantile(sizes, 0.9))),
            Figure(label=both("Binnen de band", "Inside the band"), value=percentage(inside, banded), unit=PERCENT),
            Figure(label=both("Ritten", "Drives"), value=len(errors), unit=both("ritten", "drives")),
            Figure(label=both("Weggelaten", "Left out"), value=left_out, unit=both("ritten", "drives")),
        ),
        table=_histogram(
            "eta-error", title, both("Later dan voorspeld (min)", "Later than predicted (min)"), errors, ERROR_EDGES_MIN
        ),
        plot=_HISTOGRAM,
    )


def _given(advices: Iterable[AdviceGiven], asked: Asked) -> list[AdviceGiven]:
    return [each for each in advices if each.at in asked.period and asked.chosen.may_lead_to(each.first)]


def _is_inside(story: RideStory, drive: Drive, kept: Kept, asked: Asked) -> bool | None:
    """Tell whether an arrival was inside the band; `None` where the advice is no longer kept."""
    figures = kept.find(story.advice_id, drive.hospital, asked.world)
    if figures is None:
        return None
    predicted, took = drive.expected_at - drive.departed_at, drive.arrived_at - drive.departed_at
    return predicted * figures.low_share <= took <= predicted * figures.high_share


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _histogram(name: str, title: Wording, head: Wording, values: Sequence[float], edges: Sequence[int]) -> Sheet:
    counts = tally(values, edges)
    at = [str(edge).replace("-", "\N{MINUS SIGN}") for edge in edges]  # no spreadsheet takes it for a formula
    labels = (
        both(f"minder dan {at[0]}", f"less than {at[0]}"),
        *(both(f"{low} tot {high}", f"{low} to {high}") for low, high in pairwise(at)),
        both(f"{at[-1]} en meer", f"{at[-1]} and more"),
    )
    rows: list[tuple[Cell, ...]] = [
        (label, count, percentage(count, len(values))) for label, count in zip(labels, counts, strict=True)
    ]
    return Sheet(id=name, title=title, columns=(head, COUNT, SHARE), rows=tuple(rows))
