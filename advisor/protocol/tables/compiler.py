"""Compile the rules of an edition into decision tables, by running each of them over every fact that it reads."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from advisor.kernel import Department, Facility, Known, Status
from advisor.protocol.band import boundary_within, changes_within
from advisor.protocol.dated import Edition
from advisor.protocol.lapse import lapse_state
from advisor.protocol.model import Lapse, Outcome, Patient, Picture, Reason, Site
from advisor.protocol.reasons import say
from advisor.protocol.rules.catalogue import RULE_BOOKS, Rule
from advisor.protocol.shown import shown
from advisor.protocol.situation import Situation, needs_of, triage
from advisor.protocol.standing import _Draft, _within_hours, settled_status, stand
from advisor.protocol.tables.explore import Forest, Trace
from advisor.protocol.tables.instants import Instant, term_of
from advisor.protocol.tables.recorded import (
    Lot,
    RecordedSituation,
    counted,
    one_edition,
    recorded_band,
    recorded_view,
)
from advisor.protocol.tables.recorded_facts import (
    HERE,
    MKA,
    RecordedPatient,
    RecordedSite,
    RecordedStates,
    ShownAs,
    Shows,
    States,
    StatusOrNone,
    maybe,
)
from advisor.protocol.tables.spoken import Sayings

Leaf = Hashable
Run = Callable[[Trace], Leaf]
PARTS = ("open", "stopped", "excluded", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTables:
    """The roots of the tables of one edition.

    `shown`: the status that a department shows, and its trouble. `needs`: what the patient needs, see `Needed`.
    `rules`: per list of the rule book and department, one table a rule, in the order of the book; a leaf is the number
    of what is said, or `None`. `stand`: the readings of a department and the numbers of the notes, before its opening
    hours; `hours`: what those make of the readings. `settled`: the one status of a department. `part`: how it counts
    for rule 3.1. `changes`: whether it may stand differently at the ends of a band. `boundary`: what PD-2 says and from
    when, of a department, and ("") of the opening hours.
    """

    shown: Mapping[str, int]
    needs: int
    rules: Mapping[str, Mapping[str, tuple[int, ...]]]
    stand: Mapping[str, int]
    hours: int
    settled: Mapping[str, int]
    part: Mapping[str, int]
    changes: Mapping[str, int]
    boundary: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A leaf of `needs`: see `situation.Needs` and `situation.Triage`; `triage` names what holds of the latter."""

    departments: tuple[Department, ...]
    counted: tuple[Department, ...]
    missing: tuple[Facility, ...]
    unknown: tuple[Facility, ...]
    separate_entrance: Known
    triage: tuple[str, ...]


class Compiler:
    """Compiles editions into one forest, so that equal parts are there once."""

    def __init__(self) -> None:
        self.forest = Forest()
        self.sayings = Sayings()

    def compile(self, edition: Edition) -> RuleTables:
        """Return the tables of an edition.

        Raises
        ------
        Untraceable, Unreadable
            When a rule does with a moment what a table cannot say.
        """
        grow = self.forest.grow
        each = tuple(Department)
        shows = {one: _shows(edition, one) for one in each}
        return RuleTables(
            shown={one: grow(_shown(edition, one)) for one in each},
            needs=grow(_needs(edition)),
            rules=self._rules(edition),
            stand={one: grow(self._stand(edition, one, shows[one])) for one in each},
            hours=grow(self._hours(edition)),
            settled={one: grow(_settled(edition, one, shows[one])) for one in each},
            part={one: grow(_part(edition, one)) for one in each},
            changes={one: grow(_changes(edition, one)) for one in each},
            boundary={one: grow(self._boundary(edition, one)) for one in each} | {"": grow(self._closing(edition))},
        )

    def _rules(self, edition: Edition) -> dict[str, dict[str, tuple[int, ...]]]:
        book = RULE_BOOKS[edition.rules]
        specific = [one for one in Department if one is not Department.SEH]
        lists: tuple[tuple[str, tuple[Rule, ...], Iterable[Department]], ...] = (
            ("site", book.site, [Department.SEH]),
            ("beside", book.beside, [Department.SEH]),
            ("colour", book.colour, Department),
            ("stopped_department", book.stopped_department, specific),
            ("stopped_seh", book.stopped_seh, [Department.SEH]),
        )
        return {
            name: {one: tuple(self.forest.grow(self._rule(rule, edition, one)) for rule in rules) for one in asked}
            for name, rules, asked in lists
        }

    def _rule(self, rule: Rule, edition: Edition, department: Department) -> Run:
        def run(trace: Trace) -> Leaf:
            situation = cast(Situation, RecordedSituation(trace, edition, department))
            reason = rule(situation, edition)
            return None if reason is None else self.sayings.number(_whole(reason))

        return run

    def _stand(self, edition: Edition, department: Department, shows: Shows) -> Run:
        def run(trace: Trace) -> Leaf:
            view = recorded_view(trace, edition, department, hours=False, shows=shows)
            standing = stand(view, department, Instant.named(trace, "arrival"))
            return standing.readings, tuple(map(self.sayings.number_note, standing.notes))

        return run

    def _hours(self, edition: Edition) -> Run:
        """Ask what opening hours make of the readings of an SEH: nothing, one status alone, or one more with a note."""

        def run(trace: Trace) -> Leaf:
            first = trace.pick("draft.first", tuple(Status), tuple(Status))
            before = [first] if trace.flag("draft.single") else [first, _ANOTHER]
            view = recorded_view(trace, edition, Department.SEH, hours=True)
            after = _within_hours(view, Instant.named(trace, "arrival"), _Draft(before.copy(), [], None))
            if after.notes:
                return "add", after.readings[-1], self.sayings.number_note(after.notes[0])
            return ("keep",) if list(after.readings) == before else ("only", *after.readings)

        return run

    def _boundary(self, edition: Edition, department: Department) -> Run:
        def run(trace: Trace) -> Leaf:
            view = recorded_view(trace, edition, department, hours=False)
            return self._band(boundary_within(view, (department,), recorded_band(trace)))

        return run

    def _closing(self, edition: Edition) -> Run:
        def run(trace: Trace) -> Leaf:
            view = recorded_view(trace, edition, None, hours=True)
            return self._band(boundary_within(view, (), recorded_band(trace)))

        return run

    def _band(self, boundary: Mapping[str, object]) -> Leaf:
        at = boundary.get("at")
        return self.sayings.number_band(band_reason(boundary)), term_of(at) if isinstance(at, datetime) else None


def _whole(reason: Reason) -> Reason:
    """Return a reason that names all of what it speaks about."""
    values = {key: tuple(value) if isinstance(value, Lot) else value for key, value in reason.values.items()}
    return replace(reason, values=values)


def band_reason(boundary: Mapping[str, object]) -> Reason:
    """Return what decision PD-2 says about a boundary, with both classes still to be filled in."""
    trace = Trace()
    return say(
        "PD-2",
        Outcome.CONSULT,
        early=Instant.named(trace, "early"),
        late=Instant.named(trace, "late"),
        now=Instant.named(trace, "now"),
        **boundary,
    )


_ANOTHER = Status.RED
"""Any second reading that opening hours do not bring about themselves."""


def _shown(edition: Edition, department: Department) -> Run:
    return lambda trace: "/".join(_shown_with(trace, edition, department)[0])


def _shows(edition: Edition, department: Department) -> Shows:
    """Return what a department can show, each with the statuses of its state with which it can."""
    forest, shows = Forest(), dict[ShownAs, dict[StatusOrNone, None]]()
    forest.grow(lambda trace: _shown_with(trace, edition, department))
    for leaf in forest.leaves:
        show, status = cast(tuple[ShownAs, StatusOrNone], leaf)
        shows.setdefault(show, {})[status] = None
    return {show: tuple(statuses) for show, statuses in shows.items()}


def _shown_with(trace: Trace, edition: Edition, department: Department) -> tuple[ShownAs, StatusOrNone]:
    state = RecordedStates(trace, department).get(department)
    show = shown(cast(Site, RecordedSite(trace)), department, state, edition, Instant.named(trace, "now"))
    return show, None if state is None else state.status


def _settled(edition: Edition, department: Department, shows: Shows) -> Run:
    def run(trace: Trace) -> Leaf:
        view = recorded_view(trace, edition, department, shows=shows)
        return settled_status(view, department, Instant.named(trace, "arrival"))

    return run


def _changes(edition: Edition, department: Department) -> Run:
    def run(trace: Trace) -> Leaf:
        return changes_within(recorded_view(trace, edition, department), (department,), recorded_band(trace))

    return run


def _needs(edition: Edition) -> Run:
    def run(trace: Trace) -> Leaf:
        triaged = triage(cast(Patient, RecordedPatient(trace)), edition)
        needs = needs_of(triaged, cast(Site, RecordedSite(trace)), cast(States, RecordedStates(trace, None)))
        facts = [name for name in ("unstable", "stable", "life_threat", "for_shockroom") if getattr(triaged, name)]
        return Needed(
            departments=needs.departments,
            counted=counted(triaged, needs),
            missing=needs.missing,
            unknown=needs.unknown,
            separate_entrance=needs.separate_entrance,
            triage=tuple(facts),
        )

    return run


def _part(edition: Edition, department: Department) -> Run:
    """Ask rule 3.1 about a region of one hospital: that tells how this one counts."""

    def run(trace: Trace) -> Leaf:
        now = Instant.named(trace, "now")
        confirmed_at = maybe(trace, "confirmed", "lapse.confirmed_at")
        site = cast(Site, RecordedSite(trace))
        states = RecordedStates(trace, department)
        picture = Picture(
            sites={HERE: site},
            states={HERE: cast(States, states)},
            lapses=() if confirmed_at is None else (Lapse(mka=MKA, department=department, confirmed_at=confirmed_at),),
        )
        state = lapse_state(picture, MKA, department, now, one_edition(edition))
        return next((part for part in PARTS if getattr(state, part)), None)

    return run
