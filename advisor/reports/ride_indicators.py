"""Indicators of rides: whether the advice was followed, what was refused and consulted, and what stops cost."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from advisor.protocol.model import ConsultOutcome, Outcome
from advisor.reports.definitions import ADVICE_FOLLOWED, CONSULT_OUTCOMES, DETOUR, DEVIATION_REASONS, REFUSALS
from advisor.reports.figures import mean, percentage
from advisor.reports.lists import Asked, per_hospital, row_name
from advisor.reports.receipts import Kept, Passed
from advisor.reports.rides import Choice, RideStory
from advisor.reports.words import (
    COUNT,
    HOSPITAL,
    MIN,
    PERCENT,
    REASON,
    REGION,
    RIDES,
    SHARE,
    both,
    of_consult,
)
from advisor.services.reporting import Figure, Indicator, Pause, Plot, PlotKind
from advisor.services.sheets import Sheet

REASONS_MOST = 25
LAST_PLACE = 4  # this place and all after it are counted together


def advice_followed(rides: Iterable[RideStory], asked: Asked) -> Indicator:
    """Count the first choices by their place in the advice."""
    choices = _first_choices(rides, asked)
    places = Counter(min(choice.rank, LAST_PLACE) for choice in choices)
    title, definition = ADVICE_FOLLOWED
    return Indicator(
        definition=definition,
        unit=RIDES,
        figures=(
            Figure(label=both("Ritten met een keus", "Rides with a choice"), value=len(choices)),
            Figure(
                label=both("Eerste advies gevolgd", "First advice followed"),
                value=percentage(places[1], len(choices)),
                unit=PERCENT,
            ),
        ),
        table=Sheet(
            id="advice-followed",
            title=title,
            columns=(both("Plaats in het advies", "Place in the advice"), COUNT, SHARE),
            rows=tuple(
                (
                    both(f"{place} of lager", f"{place} or lower") if place == LAST_PLACE else str(place),
                    places[place],
                    percentage(places[place], len(choices)),
                )
                for place in range(1, LAST_PLACE + 1)
            ),
        ),
        plot=Plot(kind=PlotKind.BARS, x=0, y=(1,)),
    )


def deviation_reasons(rides: Iterable[RideStory], asked: Asked) -> Indicator:
    """Count why the first of the advice was not chosen; capitals and blanks make no other reason."""
    reasons = [" ".join(choice.reason.split()) for choice in _first_choices(rides, asked) if choice.rank > 1]
    counts = Counter(reason.casefold() for reason in reasons)
    spelled = {reason.casefold(): reason for reason in reversed(reasons)}
    ordered = sorted(counts, key=lambda reason: (-counts[reason], reason))
    rows = [(spelled[reason], counts[reason], percentage(counts[reason], len(reasons))) for reason in ordered]
    rest = sum(counts[reason] for reason in ordered[REASONS_MOST:])
    others = [(both("andere redenen", "other reasons"), rest, percentage(rest, len(reasons)))] if rest else []
    title, definition = DEVIATION_REASONS
    return Indicator(
        definition=definition,
        unit=RIDES,
        figures=(
            Figure(label=both("Andere keus dan het eerste advies", "Other than first advised"), value=len(reasons)),
        ),
        table=Sheet(
            id="deviation-reasons",
            title=title,
            columns=(REASON, COUNT, SHARE),
            rows=(*rows[:REASONS_MOST], *others),
        ),
        plot=Plot(kind=PlotKind.BARS, x=0, y=(1,)),
    )


def refused(rides: Iterable[RideStory], asked: Asked) -> Indicator:
    """Count the refusals at the door against the departures to each region or hospital."""
    stories = list(rides)
    departures = Counter(
        row_name(hospital, asked) for story in stories for hospital in story.departed_to if hospital in asked.chosen
    )
    refusals = Counter(
        row_name(each.hospital, asked) for story in stories for each in story.refusals if each.hospital in asked.chosen
    )
    names = sorted(departures | refusals, key=lambda name: (-refusals[name], name))
    title, definition = REFUSALS
    return Indicator(
        definition=definition,
        unit=RIDES,
        figures=(
            Figure(label=both("Weigeringen", "Refusals"), value=refusals.total()),
            Figure(
                label=both("Aandeel van de vertrekken", "Share of the departures"),
                value=percentage(refusals.total(), departures.total()),
                unit=PERCENT,
            ),
        ),
        table=Sheet(
            id="refusals",
            title=title,
            columns=(
                HOSPITAL if per_hospital(asked) else REGION,
                both("Vertrekken", "Departures"),
                both("Weigeringen", "Refusals"),
                SHARE,
            ),
            rows=tuple(
                (name, departures[name], refusals[name], percentage(refusals[name], departures[name])) for name in names
            ),
        ),
        plot=Plot(kind=PlotKind.BARS, x=0, y=(2,)),
    )


def consult_outcomes(rides: Iterable[RideStory], asked: Asked) -> Indicator:
    """Count how consultations by telephone ended."""
    stories = list(rides)
    held = [
        (hospital, outcome) for story in stories for hospital, outcome in story.consults if hospital in asked.chosen
    ]
    accepted = Counter(row_name(hospital, asked) for hospital, outcome in held if outcome is ConsultOutcome.ACCEPTED)
    every = Counter(row_name(hospital, asked) for hospital, _ in held)
    unheard = sum(
        1
        for story in stories
        for choice in story.choices[:1]
        if choice.outcome is Outcome.CONSULT and choice.hospital in asked.chosen and not story.consults
    )
    title, definition = CONSULT_OUTCOMES
    return Indicator(
        definition=definition,
        unit=both("overleggen", "consultations"),
        figures=(
            Figure(label=both("Overleggen", "Consultations"), value=len(held)),
            Figure(label=both("Akkoord", "Accepted"), value=percentage(accepted.total(), len(held)), unit=PERCENT),
            Figure(label=both("Overleg nodig, niet vastgelegd", "Call needed, none noted"), value=unheard, unit=RIDES),
        ),
        table=Sheet(
            id="consult-outcomes",
            title=title,
            columns=(
                HOSPITAL if per_hospital(asked) else REGION,
                *(of_consult(outcome) for outcome in (ConsultOutcome.ACCEPTED, ConsultOutcome.REFUSED)),
                both("Akkoord (%)", "Accepted (%)"),
            ),
            rows=tuple(
                (name, accepted[name], every[name] - accepted[name], percentage(accepted[name], every[name]))
                for name in sorted(every, key=lambda name: (-every[name], name))
            ),
        ),
        plot=Plot(kind=PlotKind.BARS, x=0, y=(1, 2)),
    )


def detour(rides: Iterable[RideStory], asked: Asked, kept: Kept, pause: Pause) -> Indicator:
    """Add up the minutes that stops made the first drive of each ride longer, by the hospital that was driven past."""
    departed = [story for story in rides if story.departed_to and story.departed_to[0] in asked.chosen]
    passed: list[Passed] = []
    known = 0
    for story in departed:
        figures = kept.find(story.advice_id, story.departed_to[0], asked.world)
        known += figures is not None
        if figures is not None and figures.passed is not None:
            passed.append(figures.passed)
        pause()
    by_name: defaultdict[str, list[float]] = defaultdict(list)
    for each in passed:
        by_name[row_name(each.hospital, asked)].append(each.seconds / 60)
    minutes = [each.seconds / 60 for each in passed]
    title, definition = DETOUR
    return Indicator(
        definition=definition,
        unit=MIN,
        figures=(
            Figure(label=both("Minuten door stops", "Minutes because of stops"), value=round(sum(minutes), 1)),
            Figure(label=both("Per rit die langer werd", "Per ride made longer"), value=mean(minutes)),
            Figure(label=both("Ritten die langer werden", "Rides made longer"), value=len(passed), unit=RIDES),
            Figure(label=SHARE, value=percentage(len(passed), known), unit=PERCENT),
            Figure(
                label=both("Ritten zonder bewaard advies", "Rides without a kept advice"),
                value=len(departed) - known,
                unit=RIDES,
            ),
        ),
        table=Sheet(
            id="detour",
            title=title,
            columns=(
                both("Voorbijgereden ziekenhuis", "Hospital driven past")
                if per_hospital(asked)
                else both("Regio van het voorbijgereden ziekenhuis", "Region of the hospital driven past"),
                COUNT,
                both("Minuten", "Minutes"),
                both("Gemiddeld", "Mean"),
                both("Meeste", "Most"),
            ),
            rows=tuple(
                (name, len(each), round(sum(each), 1), mean(each), round(max(each), 1))
                for name, each in sorted(by_name.items(), key=lambda item: (-sum(item[1]), item[0]))
            ),
        ),
        plot=Plot(kind=PlotKind.BARS, x=0, y=(2,)),
    )


def _first_choices(rides: Iterable[RideStory], asked: Asked) -> list[Choice]:
    return [choice for story in rides for choice in story.choices[:1] if choice.hospital in asked.chosen]
