"""Leave the moments in a sentence open, by writing it with stand-ins that are found again.

`{0}` stands for the first of the moments that go with the sentence, as hours and minutes; `{0d}` with its day before
it when that is another day than now's; `{0x}` with its seconds when it has any. `{mka}` and `{subregion}` stand for
the names of the hospital's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from advisor.kernel import AMSTERDAM, AdvisorError
from advisor.protocol.model import Reason
from advisor.protocol.tables.explore import Term
from advisor.protocol.tables.instants import AT, term_of
from advisor.protocol.tables.recorded_facts import MKA, SUBREGION

NOW = "now"
_SECONDS = 7
_MIDNIGHT = datetime(2001, 1, 15, tzinfo=AMSTERDAM)
_MOMENT = re.compile(rf"(?P<day>[A-Za-z]{{2,3}} 15-1 )?(?P<clock>\d\d:\d\d)(?P<exact>:0{_SECONDS})?")


class Unreadable(AdvisorError, ValueError):
    """A sentence cannot be left open at its moments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A reason with stand-ins for its moments: seen on their own day, and a day later.

    `clocks` are the stand-ins as hours and minutes, in the order of `terms`.
    """

    terms: tuple[Term, ...]
    clocks: tuple[str, ...]
    same_day: Reason
    day_later: Reason

    def leave_open(self, write: Callable[[Reason], str]) -> str:
        """Return a text about the reason with its moments left open.

        Raises
        ------
        Unreadable
            When a stand-in cannot be told from the rest of the text.
        """
        same, later = (_names_out(write(reason)) for reason in (self.same_day, self.day_later))
        opened = _MOMENT.sub(self._place, later)
        if _MOMENT.sub(self._place, same) != opened.replace("d}", "}").replace("dx}", "x}"):
            raise Unreadable(f"{same!r} and {later!r} differ in more than their days")
        return opened

    def _place(self, found: re.Match[str]) -> str:
        clock = found["clock"]
        if clock not in self.clocks:
            raise Unreadable(f"{found.string!r} holds {clock}, which is no moment of the reason")
        how = ("d" if found["day"] else "") + ("x" if found["exact"] else "")
        return f"{{{self.clocks.index(clock)}{how}}}"


def open_moments(reason: Reason) -> Opened:
    """Return a reason with stand-ins for its moments; raises `Unreadable` when two cannot be told apart."""
    named = {key: value for key, value in reason.values.items() if isinstance(value, datetime) and key != NOW}
    terms = tuple(dict.fromkeys(term_of(value) for value in named.values()))
    stand_ins = _stand_ins(terms)
    values = {**reason.values, **{key: stand_ins[term_of(value)] for key, value in named.items()}}
    clocks = tuple(f"{stand_ins[term].astimezone(AMSTERDAM):%H:%M}" for term in terms)
    if len(set(clocks)) < len(clocks):
        raise Unreadable(f"the moments of {reason.rule} cannot be told apart")
    return Opened(terms=terms, clocks=clocks, same_day=_seen(reason, values, 0), day_later=_seen(reason, values, 1))


def _seen(reason: Reason, values: dict[str, object], days: int) -> Reason:
    if NOW not in reason.values:
        return replace(reason, values=values)
    return replace(reason, values={**values, NOW: (_MIDNIGHT + timedelta(days=days, hours=12)).astimezone(UTC)})


def _stand_ins(terms: tuple[Term, ...]) -> dict[Term, datetime]:
    """Return a moment for each term: of different origin more than an hour apart, of one origin as far as it says."""
    origins = list(dict.fromkeys(_origin(term) for term in terms))
    return {
        term: (
            _MIDNIGHT
            + timedelta(hours=2 * origins.index(_origin(term)) + 1, minutes=3, seconds=_SECONDS)
            + timedelta(seconds=term[2] if term[0] == AT else 0)
        ).astimezone(UTC)
        for term in terms
    }


def _origin(term: Term) -> object:
    return term[:2] if term[0] == AT else term


def _names_out(text: str) -> str:
    if "{" in text or "}" in text:
        raise Unreadable(f"{text!r} holds a brace")
    return text.replace(MKA, "{mka}").replace(SUBREGION, "{subregion}")
