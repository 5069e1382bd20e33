"""Watched advices: asked again when something may have changed, told when something has."""

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from advisor.kernel import AdvisorError
from advisor.services.access import Actor
from advisor.services.advice_case import AdviceCase

Answer = Mapping[str, object]
"""An advice, ready to be sent."""

LONGEST_WAIT = timedelta(seconds=15)
"""A watched advice is asked again at least this often, whatever happens."""

SHORTEST_WAIT = timedelta(milliseconds=500)


class Asked(Protocol):
    """An answer, and what of it counts: `substance` (order, classes, statuses) and `figures` (the minutes too).

    `top` names the hospitals that stand first, best first. `changes_at` is the next moment at which the clock alone may
    change the substance, when one is known.
    """

    @property
    def answer(self) -> Answer: ...

    @property
    def substance(self) -> object: ...

    @property
    def figures(self) -> object: ...

    @property
    def top(self) -> Sequence[str]: ...

    @property
    def changes_at(self) -> datetime | None: ...


Ask = Callable[[AdviceCase, Actor, datetime, Asked | None], Asked]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watch:
    actor: Actor
    case: AdviceCase
    asked: Asked
    due: datetime


class Watches:
    """The watched advices of this process, one per connection.

    `ask(case, actor, now, previous)` works the answer out; `previous` is the one that was told last, or None for a new
    question. It keeps a receipt for a new question and where the substance differs from `previous`, not otherwise.
    `tell(connection, answer, before)` tells a client its answer; `before` is the one that it was told last.
    """

    def __init__(
        self,
        ask: Ask,
        tell: Callable[[str, Answer, Answer], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._ask = ask
        self._tell = tell
        self._clock = clock
        self._watches: dict[str, _Watch] = {}
        self._one_at_a_time = threading.Lock()
        self._rounds = 0

    def __len__(self) -> int:
        return len(self._watches)

    def watch(self, connection: str, case: AdviceCase, actor: Actor) -> Answer:
        """Answer a question, and from now on every change of the answer; takes the place of an earlier question."""
        asked: Asked | None = None
        seen = -1
        while asked is None or seen != self._rounds:
            # A change that came while the answer was worked out passed by this question: it was not watched yet.
            seen, now = self._rounds, self._clock()
            asked = self._ask(case, actor, now, asked)
            self._watches[connection] = _Watch(actor=actor, case=case, asked=asked, due=_due(asked, now))
        return asked.answer

    def find_case(self, connection: str) -> AdviceCase | None:
        """Find the question that a connection watches."""
        watch = self._watches.get(connection)
        return None if watch is None else watch.case

    def move(self, connection: str, case: AdviceCase) -> None:
        """Ask the watched question from another position, and tell the answer when it differs.

        Raises
        ------
        AdvisorError
            When there is no answer from there; the question is then watched from where it was.
        """
        watch = self._watches.get(connection)
        if watch is None:
            return
        self._watches[connection] = moved = replace(watch, case=case)
        seen = self._rounds
        try:
            self._ask_again(connection, moved)
        except AdvisorError:
            self._go_back(connection, case, watch.case)
            raise
        while seen != self._rounds and (current := self._watches.get(connection)) is not None:
            # As in `watch`: the round that went by compared with what was known before the move.
            seen = self._rounds
            self._renew(connection, current)

    def unwatch(self, connection: str) -> None:
        """Answer no more; for one that watches nothing it does nothing."""
        self._watches.pop(connection, None)

    def renew_all(self, changed: Collection[str] = ()) -> None:
        """Ask every question again: the board or the roads have changed.

        Hundreds of questions take seconds; first come those with one of the `changed` hospitals high on their list.
        """
        with self._one_at_a_time:
            self._rounds += 1
            for connection, watch in sorted(self._watches.items(), key=lambda item: _place(item[1], changed)):
                self._renew(connection, watch)
                _let_others_go()

    def renew_due(self) -> None:
        """Ask again what the clock may have changed."""
        with self._one_at_a_time:
            now = self._clock()
            for connection, watch in tuple(self._watches.items()):
                if watch.due <= now:
                    self._renew(connection, watch)
                    _let_others_go()

    def _renew(self, connection: str, watch: _Watch) -> None:
        try:
            self._ask_again(connection, watch)
        except AdvisorError:
            # Asked again after a while; until then the client sees by the missing answer how old its own is.
            self._keep(connection, watch, replace(watch, due=self._clock() + LONGEST_WAIT))

    def _ask_again(self, connection: str, watch: _Watch) -> None:
        now = self._clock()
        asked = self._ask(watch.case, watch.actor, now, watch.asked)
        is_same = (asked.substance, asked.figures) == (watch.asked.substance, watch.asked.figures)
        # What stays is the answer that the client has: the next change is told against it.
        answered = watch.asked if is_same else asked
        kept = self._keep(connection, watch, replace(watch, asked=answered, due=_due(asked, now)))
        if kept and not is_same:
            self._tell(connection, asked.answer, watch.asked.answer)

    def _go_back(self, connection: str, case: AdviceCase, before: AdviceCase) -> None:
        current = self._watches.get(connection)
        if current is not None and current.case is case:
            self._watches[connection] = replace(current, case=before)

    def _keep(self, connection: str, before: _Watch, after: _Watch) -> bool:
        # While the answer was worked out, the client may have gone or asked something else.
        if self._watches.get(connection) is not before:
            return False
        self._watches[connection] = after
        return True


def _due(asked: Asked, now: datetime) -> datetime:
    at_most = now + LONGEST_WAIT
    if asked.changes_at is None:
        return at_most
    return max(now + SHORTEST_WAIT, min(asked.changes_at, at_most))


def _place(watch: _Watch, changed: Collection[str]) -> int:
    top = watch.asked.top
    return next((place for place, hospital in enumerate(top) if hospital in changed), len(top))


def _let_others_go() -> None:
    # An answer takes some 15 ms of one core; hundreds in a row would hold up every request and heartbeat.
    time.sleep(0)
