"""Stand-ins for a question to the rules and for what was worked out for it, that note each fact that the rules read."""

from collections.abc import Callable, Iterator
from typing import cast

from advisor.kernel import Department, Facility, Known, Status
from advisor.protocol.dated import Demand, Edition
from advisor.protocol.edition import Editions
from advisor.protocol.model import (
    Arrival,
    ConsultOutcome,
    DepartmentState,
    EnRoute,
    Patient,
    Site,
)
from advisor.protocol.situation import Needs, Situation, Triage, needs_of, triage
from advisor.protocol.standing import Lapses, View
from advisor.protocol.tables.explore import Trace
from advisor.protocol.tables.instants import Instant
from advisor.protocol.tables.recorded_facts import (
    ANY_STATE,
    RecordedLapses,
    RecordedPatient,
    RecordedRelation,
    RecordedRide,
    RecordedSite,
    RecordedStates,
    RecordedStatuses,
    Shows,
    States,
)


class RecordedTriage:
    """What `triage` derived; a table of its own tells it."""

    def __init__(self, trace: Trace, edition: Edition, patient: RecordedPatient) -> None:
        self._trace = trace
        self._edition = edition
        self._patient = patient

    @property
    def demand(self) -> Demand:
        return self._edition.demands[self._patient.suspicion]

    @property
    def unstable(self) -> bool:
        return self._trace.flag("needs.unstable")

    @property
    def stable(self) -> bool:
        return self._trace.flag("needs.stable")

    @property
    def life_threat(self) -> bool:
        return self._trace.flag("needs.life_threat")

    @property
    def for_shockroom(self) -> bool:
        return self._trace.flag("needs.for_shockroom")


class RecordedNeeds:
    """What `needs_of` worked out; whether something is in it is told by a table of its own, all of it by the facts."""

    def __init__(self, trace: Trace, whole: Callable[[], Needs]) -> None:
        self._trace = trace
        self.departments = Lot(trace, "needs.departments", lambda: whole().departments)
        self.missing = Lot(trace, "needs.missing", lambda: whole().missing)
        self.unknown = Lot(trace, "needs.unknown", lambda: whole().unknown)

    @property
    def separate_entrance(self) -> Known:
        return self._trace.pick("needs.separate_entrance", tuple(Known), tuple(Known))


class Lot:
    """Departments or facilities of which only what is asked is found out."""

    def __init__(self, trace: Trace, fact: str, whole: Callable[[], tuple[Facility, ...]]) -> None:
        self._trace = trace
        self._fact = fact
        self._whole = whole

    def __contains__(self, facility: object) -> bool:
        return self._trace.flag(f"{self._fact}.{facility}")

    def __bool__(self) -> bool:
        return self._trace.flag(self._fact)

    def __iter__(self) -> Iterator[Facility]:
        return iter(self._whole())


class RecordedSituation:
    """One question to the rules, about one department; see `Situation`, whose derived properties it shares."""

    declared_at = Situation.declared_at
    until = Situation.until
    stop_reason = Situation.stop_reason
    technical = Situation.technical
    inside = Situation.inside
    referred = Situation.referred
    known_here = Situation.known_here
    relation_in_doubt = Situation.relation_in_doubt

    def __init__(self, trace: Trace, edition: Edition, department: Department) -> None:
        self._trace = trace
        states, patient, site = RecordedStates(trace, department), RecordedPatient(trace), RecordedSite(trace)

        def whole() -> Needs:
            return needs_of(triage(cast(Patient, patient), edition), cast(Site, site), cast(States, states))

        self.department = department
        self.in_seh = department is Department.SEH
        self.patient = patient
        self.site = site
        self.now = Instant.named(trace, "now")
        self.arrival = Instant.named(trace, "arrival")
        self.relation = RecordedRelation(trace)
        self.triage = RecordedTriage(trace, edition, patient)
        self.needs = RecordedNeeds(trace, whole)
        self.statuses = RecordedStatuses(trace, department)
        self._states = states

    @property
    def status(self) -> Status:
        return self.statuses[self.department]

    @property
    def stopped(self) -> bool:
        return self.status is Status.RED or (self.in_seh and self.status is Status.ORANGE)

    @property
    def state(self) -> DepartmentState | None:
        return self._states.get(self.department)

    @property
    def en_route(self) -> EnRoute | None:
        return cast(EnRoute, RecordedRide(self._trace)) if self._trace.flag("here.en_route") else None

    @property
    def consulted(self) -> ConsultOutcome | None:
        outcomes: tuple[ConsultOutcome | None, ...] = (None, *ConsultOutcome)
        return self._trace.pick("here.consulted", outcomes, outcomes)


def counted(triaged: Triage, needs: Needs) -> tuple[Department, ...]:
    """Return the departments whose status is looked at: the needed ones, with an unknown ABCD the shockroom too."""
    unsure = not (triaged.stable or triaged.unstable) and Department.SR not in needs.departments
    return ((Department.SR,) if unsure else ()) + needs.departments


def recorded_view(
    trace: Trace, edition: Edition, asked: Department | None, *, hours: bool | None = None, shows: Shows | None = None
) -> View:
    """Return one hospital at one moment, as `stand` and its kin look at it; `shows` when it matters what it shows."""
    show, possible = None, ANY_STATE
    if shows:
        show = trace.pick("shown", tuple(shows), tuple("/".join(show) for show in shows))
        possible = shows[show]
    return View(
        site=cast(Site, RecordedSite(trace, hours=hours)),
        states=cast(States, RecordedStates(trace, asked, possible)),
        edition=edition,
        now=Instant.named(trace, "now"),
        lapses=cast(Lapses, RecordedLapses(trace, show)),
    )


def recorded_band(trace: Trace) -> Arrival:
    """Return an arrival of which only the two ends are looked at."""
    early, late = Instant.named(trace, "early"), Instant.named(trace, "late")
    return Arrival(early=early, expected=early, late=late)


class OneEdition:
    """Editions of which one speaks, whatever the moment."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def speaking_for(self, _site: Site, _moment: object) -> Edition:
        return self._edition


def one_edition(edition: Edition) -> Editions:
    """Return editions of which this one always speaks."""
    return cast(Editions, OneEdition(edition))
