"""What the crews and departments of the load test were told was done, and what of it the journal knows."""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from advisor.journal.events import AdviceGiven, Event, StopDeclared, StopEnded
from advisor.journal.ride_events import RideEvent

CONFLICT, DONE = 409, 300


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it was acknowledged: what it was, of which ride, stop or advice, and the key of its press."""

    what: str
    subject: str
    key: str = ""

    @property
    def evidence(self) -> tuple[str, str]:
        """Return what the journal has of it, once."""
        return self.subject, self.key or self.what


@dataclass(slots=True)
class Ledger:
    """Everything that was asked and answered while the crews were at work; latencies in seconds."""

    acknowledged: list[Step] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    advice_s: list[float] = field(default_factory=list)
    step_s: list[float] = field(default_factory=list)
    handed_over: int = 0
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)

    def key(self) -> str:
        """Return a key for one press of a button."""
        return f"press-{next(self._keys)}"

    def note(self, step: Step, status: int, problem: str = "") -> None:
        """Note how a step was answered; a conflict is an answer of its own, everything else beyond 2xx a failure."""
        if 200 <= status < DONE:
            self.acknowledged.append(step)
        elif status == CONFLICT:
            self.conflicts.append(f"{step.what}: {problem}")
        else:
            self.failed.append(f"{step.what}: {status} {problem}")


def lost_or_doubled(acknowledged: Sequence[Step], facts: Iterable[Event]) -> list[Step]:
    """Return the acknowledged steps that do not stand in the journal exactly once."""
    written = Counter(evidence for fact in facts if (evidence := _evidence(fact)) is not None)
    return [step for step in acknowledged if written[step.evidence] != 1]


def _evidence(fact: Event) -> tuple[str, str] | None:
    if isinstance(fact, RideEvent):
        return fact.ride_id, fact.request.rpartition(":")[2]
    if isinstance(fact, AdviceGiven):
        return fact.advice_id, "advice"
    if isinstance(fact, StopDeclared):
        return fact.stop_id, "declare"
    return (fact.stop_id, "end") if isinstance(fact, StopEnded) else None
