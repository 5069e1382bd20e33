"""The life of a stop: declared, extended, warned about, ended; planned long stops; what is in force at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from advisor.kernel import Department, Status
from advisor.protocol.edition import Edition
from advisor.protocol.lapse import LapseKind, LapseState, lapse_state
from advisor.protocol.standing import effective_status

__all__ = [
    "Act",
    "LapseKind",
    "LapseState",
    "Notice24h",
    "StopSpan",
    "effective_status",
    "extend",
    "is_in_force",
    "is_long",
    "lapse_state",
    "norm_exceeded_at",
    "planned_notice",
    "timeline",
    "warning_at",
]


class Act(StrEnum):
    """What a hospital does with a running stop."""

    EXTEND = "extend"
    END = "end"


class Notice24h(StrEnum):
    """Whether a planned long stop was announced in time."""

    IN_TIME = "ok"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopSpan:
    """One stop as it ran: half-open from `start` to `end`, extended so many times.

    `warning` is the instant at which the hospital was warned of the end, `None` when it ended before that.
    """

    start: datetime
    end: datetime
    extended: int = 0
    warning: datetime | None = None


def is_in_force(since: datetime, until: datetime | None, moment: datetime) -> bool:
    """Tell whether a stop runs at a moment: from its declaration until its entered end, the end excluded (END-1)."""
    return since <= moment and (until is None or moment < until)


def warning_at(end: datetime, edition: Edition) -> datetime:
    """Return the instant at which a hospital is warned that its stop is about to end (END-5)."""
    return end - timedelta(minutes=edition.warning_before_end_min)


def norm_exceeded_at(
    department: Department, status: Status, declared_at: datetime, edition: Edition
) -> datetime | None:
    """Return the instant from which a stop lasts longer than its norm, or `None` where there is no norm.

    A flag for people (NRM-1); a stop never ends at its norm.
    """
    norm_min = edition.norm_min(department, status)
    return None if norm_min is None else declared_at + timedelta(minutes=norm_min)


def is_long(department: Department, duration_min: float, edition: Edition) -> bool:
    """Tell whether a planned stop of this duration in minutes counts as a long one (PLN-1, indicative)."""
    norm_min = edition.norm_min(department, Status.RED)
    factor = edition.numbers["long_stop_factor"].value
    return norm_min is not None and duration_min >= factor * norm_min


def planned_notice(announced: datetime, start: datetime, edition: Edition) -> Notice24h:
    """Tell whether a planned long stop was announced a day ahead, read as elapsed hours (PLN-3, AMB-28)."""
    ahead = timedelta(hours=edition.numbers["planned_notice"].value)
    return Notice24h.IN_TIME if start - announced >= ahead else Notice24h.LATE


def extend(span: StopSpan, at: datetime, until: datetime, edition: Edition) -> tuple[StopSpan, ...]:
    """Return the stop extended to `until`, or, at or after its end, the old one and a new one (END-3, END-4)."""
    if at < span.end:
        return (replace(span, end=until, extended=span.extended + 1, warning=warning_at(until, edition)),)
    return (span, StopSpan(start=at, end=until, warning=warning_at(until, edition)))


def timeline(
    declared_at: datetime,
    until: datetime,
    acts: Iterable[tuple[Act, datetime, datetime | None]],
    edition: Edition,
) -> tuple[StopSpan, ...]:
    """Return the stops that result from a declaration and what was done afterwards, in order of time.

    An act is what was done, when, and (for an extension) the new end. Ending a stop that has already run out
    changes nothing.
    """
    spans = [StopSpan(start=declared_at, end=until, warning=warning_at(until, edition))]
    for act, at, new_end in acts:
        last = spans.pop()
        if act is Act.EXTEND and new_end is not None:
            spans += extend(last, at, new_end, edition)
        elif act is Act.END and at < last.end:
            warned = last.warning is not None and last.warning <= at
            spans.append(replace(last, end=at, warning=last.warning if warned else None))
        else:
            spans.append(last)
    return tuple(spans)
