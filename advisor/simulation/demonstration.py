"""Plays the script of the demonstration through the real services, so that everything else is real."""

import random
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from advisor.hospitals.registry import Hospital
from advisor.journal.board import Board
from advisor.journal.events import ReportedState
from advisor.journal.stop import Stop
from advisor.kernel import Department, HospitalId, Known, Status, StopId
from advisor.protocol.model import StopReason
from advisor.services.access import Actor, Role
from advisor.services.declare_stop import DeclareStop, declare_stop
from advisor.services.end_stop import end_stop
from advisor.services.extend_stop import ExtendStop, extend_stop
from advisor.services.hear_feed import FeedReport, hear_feed
from advisor.services.refusals import Conflict
from advisor.services.stop_rules import edition_for
from advisor.services.world import World
from advisor.simulation.rates import Rates
from advisor.simulation.script import AMSTERDAM, ScriptedStop, script_day

NAME = "demonstratie"
NOTE = "Demonstratie: verzonnen melding"
DEFAULT_LENGTH = timedelta(hours=2)
LONGEST_EXTENSION = timedelta(hours=1)
RECONSIDERED = timedelta(minutes=10)
"""How long before its end a department looks again at a stop that has to last longer."""

OPENING = (
    (Status.ORANGE, StopReason.PATIENT_PEAK, timedelta(minutes=45)),
    (Status.RED, StopReason.TREATMENT_CAPACITY, timedelta(minutes=80)),
    (Status.RED, StopReason.ACUITY_PEAK, timedelta(minutes=115)),
)
"""What runs already when the demonstration starts for the first time, so that there is something to see."""

SOURCE = "demo"
_FEED = Actor(name=SOURCE, role=Role.FEED)
_ACTOR = Actor(name=NAME, role=Role.ADMIN)
_Place = tuple[HospitalId, Department]


class Demonstration:
    """The departments of the demonstration; all that it remembers is the journal itself.

    What was declared since the scripted start is taken as this stop, whoever declared it: so playing again after a
    restart, or in two processes at once, doubles nothing. Stops of others are never touched.
    """

    def __init__(self, world: World, rates: Rates, *, seed: int, unscripted: frozenset[HospitalId]) -> None:
        self._world = world
        self._rates = rates
        self._seed = seed
        self._unscripted = unscripted

    def report(self, now: datetime) -> None:
        """Let the source of the demonstration answer: every department green, what is declared in the console apart."""
        green = ReportedState(status=Status.GREEN)
        reports = [
            FeedReport(
                hospital=site.id,
                said_at=now,
                departments={
                    department: green for department, known in site.departments.items() if known is not Known.NO
                },
            )
            for site in self._world.registry
        ]
        hear_feed(SOURCE, reports, actor=_FEED, now=now, world=self._world)

    def start(self, now: datetime) -> None:
        """Report and act for the first time; on a board without any stop, declare a few more, to have some to see."""
        is_first = not self._world.journal.board().stops
        self.report(now)
        self.act(now)
        if is_first:
            self._open(now)

    def act(self, now: datetime) -> None:
        """Do everything that the script asks for at `now`."""
        last = _last_stops(self._world.journal.board())
        # Of each department only the latest entry counts: an earlier one has had its turn.
        begun = {(scripted.hospital, scripted.department): scripted for scripted in self._script(now)}
        for place, scripted in begun.items():
            self._play(scripted, last.get(place), now)

    def _open(self, now: datetime) -> None:
        sites = [site for site in self._world.registry if site.protocol and site.id not in self._unscripted]
        chance = random.Random(f"{self._seed}/opening")  # noqa: S311 - a script, not a secret
        for site, (status, reason, length) in zip(chance.sample(sites, len(sites)), OPENING, strict=False):
            seh = Department.SEH
            end = now + length
            scripted = ScriptedStop(hospital=site.id, department=seh, status=status, reason=reason, start=now, end=end)
            self._declare(scripted, end, now)

    def _script(self, now: datetime) -> Iterable[ScriptedStop]:
        """Give what has begun since yesterday morning, the earliest first."""
        today = now.astimezone(AMSTERDAM).date()
        sites: Iterable[Hospital] = self._world.registry
        for day in (today - timedelta(days=1), today):
            script = script_day(self._seed, day, self._rates, sites, self._unscripted)
            yield from (scripted for scripted in script if scripted.start <= now)

    def _play(self, scripted: ScriptedStop, last: Stop | None, now: datetime) -> None:
        if last is None or last.declared_at < scripted.start:
            is_free = last is None or not last.is_running(now)
            if is_free and now < scripted.end:
                self._declare(scripted, now + self._usual_length(scripted, now), now)
        elif last.declared_by == NAME and last.is_running(now):
            if now >= scripted.end > last.declared_at:
                self._end(last.id, now)
            elif last.until < scripted.end and last.until - now <= RECONSIDERED:
                self._extend(last, min(scripted.end, last.until + LONGEST_EXTENSION), now)

    def _usual_length(self, scripted: ScriptedStop, now: datetime) -> timedelta:
        edition = edition_for(scripted.hospital, now, self._world)
        norm_min = edition.norm_min(scripted.department, scripted.status)
        return timedelta(minutes=norm_min) if norm_min else DEFAULT_LENGTH

    def _declare(self, scripted: ScriptedStop, until: datetime, now: datetime) -> None:
        edition = edition_for(scripted.hospital, now, self._world)
        if scripted.status not in edition.allowed_statuses(scripted.department):
            return
        command = DeclareStop(
            hospital=scripted.hospital,
            department=scripted.department,
            status=scripted.status,
            reason=scripted.reason,
            until=until,
            note=NOTE,
        )
        with suppress(Conflict):  # somebody was first: another process that plays the same script, or a person
            declare_stop(command, actor=_ACTOR, now=now, world=self._world)

    def _extend(self, stop: Stop, until: datetime, now: datetime) -> None:
        with suppress(Conflict):  # ended meanwhile
            extend_stop(ExtendStop(stop_id=stop.id, until=until), actor=_ACTOR, now=now, world=self._world)

    def _end(self, stop_id: StopId, now: datetime) -> None:
        with suppress(Conflict):  # ended meanwhile
            end_stop(stop_id, actor=_ACTOR, now=now, world=self._world)


def _last_stops(board: Board) -> Mapping[_Place, Stop]:
    last: dict[_Place, Stop] = {}
    for stop in board.stops.values():
        place = (stop.hospital, stop.department)
        if place not in last or last[place].declared_at <= stop.declared_at:
            last[place] = stop
    return last
