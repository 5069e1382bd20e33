"""What the console and the feeds say about one department, and which of them holds at a moment.

Precedence when sources disagree:

1. Among the feeds the word with the latest timestamp of its own holds; at the same instant the more cautious one.
2. A running stop of the console holds over every feed, unless a feed said something more severe after it was declared.
3. The end of a console stop is a word too ("open again"), with the moment of that end.

A word is as fresh as its source was last heard; the console is heard when somebody acts in it, and again
whenever a feed that was heard later agrees with it. So when the console said "open" and a feed keeps
saying "red" from before, the console holds at first and then grows stale: unknown, never quietly green.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from advisor.journal.events import ReportedState
from advisor.journal.stop import Plan, Stop
from advisor.kernel import Status
from advisor.protocol.model import DepartmentState

CONSOLE = "console"

SEVERITY = {
    status: rank
    for rank, status in enumerate(
        (Status.GREEN, Status.UNKNOWN, Status.ORANGE, Status.RED, Status.GREY, Status.CALAMITY)
    )
}
"""How much a status keeps away; at a tie between sources the higher one holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """The last thing one feed said about a department, and its own timestamp of that."""

    source: str
    said_at: datetime
    reported: ReportedState

    def is_severer(self, stop: Stop, now: datetime) -> bool:
        """Tell whether this was said after a stop was declared, holds at `now`, and keeps away more than the stop."""
        until = self.reported.until
        holds = until is None or now < until
        return holds and self.said_at > stop.declared_at and SEVERITY[self.reported.status] > SEVERITY[stop.status]


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRecord:
    """Everything known about one department: its last console stop, what each feed said, what is announced."""

    stop: Stop | None = None
    words: Mapping[str, Word] = field(default_factory=dict)
    plans: tuple[Plan, ...] = ()

    def state(self, now: datetime, heard: Mapping[str, datetime]) -> DepartmentState | None:
        """Return what holds at `now`, not yet judged by freshness or opening hours; `None` when nothing is known.

        `heard` gives per source when it last confirmed what it had reported.
        """
        plan = next((plan for plan in self.plans if plan.is_awaited(now)), None)
        stop = None if self.stop is None or self.stop.void else self.stop
        word = self.latest_word
        if stop is not None and stop.is_running(now):
            if word is not None and word.is_severer(stop, now):
                return replace(_of_word(word, plan, heard), stop_id=stop.id)  # it can still be extended and ended
            return _of_stop(stop, plan)
        if stop is not None and (word is None or word.said_at < stop.end):
            return _of_ended_stop(stop, word, plan, heard)
        if word is not None:
            return _of_word(word, plan, heard)
        return _of_plan(plan) if plan is not None else None

    @property
    def ends(self) -> tuple[datetime, ...]:
        """Return the moments at which the answer of `state` changes without a new fact."""
        stop_ends = () if self.stop is None else (self.stop.end,)
        word_ends = (word.reported.until for word in self.words.values() if word.reported.until is not None)
        return (*stop_ends, *word_ends, *(plan.until for plan in self.plans))

    @property
    def latest_word(self) -> Word | None:
        """Return the word of the feeds that holds among them."""
        return max(self.words.values(), key=_order, default=None)


def _order(word: Word) -> tuple[datetime, int, str]:
    return word.said_at, SEVERITY[word.reported.status], word.source


def _of_stop(stop: Stop, plan: Plan | None) -> DepartmentState:
    return DepartmentState(
        status=stop.status,
        since=stop.declared_at,
        until=stop.until,
        reason=stop.reason,
        note=stop.note,
        planned=stop.plan_id is not None,
        planned_from=plan.start if plan else None,
        planned_until=plan.until if plan else None,
        reported_at=stop.declared_at,
        manual=True,
        source=CONSOLE,
        stop_id=stop.id,
    )


def _of_ended_stop(stop: Stop, word: Word | None, plan: Plan | None, heard: Mapping[str, datetime]) -> DepartmentState:
    confirmed_at = stop.end
    if word is not None and word.reported.status is Status.GREEN:
        confirmed_at = max(stop.end, _heard_at(word, heard))
    return DepartmentState(
        status=Status.GREEN,
        since=stop.end,
        planned_from=plan.start if plan else None,
        planned_until=plan.until if plan else None,
        reported_at=confirmed_at,
        source=CONSOLE,
    )


def _of_word(word: Word, plan: Plan | None, heard: Mapping[str, datetime]) -> DepartmentState:
    reported = word.reported
    return DepartmentState(
        status=reported.status,
        since=reported.since,
        until=reported.until,
        reason=reported.reason,
        note=reported.note,
        planned_from=plan.start if plan else None,
        planned_until=plan.until if plan else None,
        reported_at=_heard_at(word, heard),
        source=word.source,
    )


def _of_plan(plan: Plan) -> DepartmentState:
    return DepartmentState(status=Status.UNKNOWN, planned_from=plan.start, planned_until=plan.until, source=CONSOLE)


def _heard_at(word: Word, heard: Mapping[str, datetime]) -> datetime:
    return max(word.said_at, heard.get(word.source, word.said_at))
