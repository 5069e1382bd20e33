"""The open rides as a dispatch centre watches them: advised, chosen, expected, and what the rules say now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from advisor.journal.board import Board
from advisor.journal.rides import Ride, Step
from advisor.kernel import Department, Position, RideId, Status
from advisor.protocol.decide import RECEIVED, judge
from advisor.protocol.explain import Language, headline
from advisor.protocol.model import Arrival, Outcome, Verdict
from advisor.roads.model import OffNetwork
from advisor.services.access import Actor
from advisor.services.advice_record import AdviceRecord, AdviceRecords, Advised
from advisor.services.documents import moment, position_document
from advisor.services.report_position import find_position
from advisor.services.ride_moment import Moment, patient_of
from advisor.services.ride_options import RideOption, option_document, ride_options
from advisor.services.see_rides import ride_document
from advisor.services.world import World

Json = Any

DRIVING = frozenset({Step.CHOSEN, Step.ANNOUNCED, Step.DEPARTED})
LATER = timedelta(minutes=2)
"""An arrival that has moved by less is no news."""


BEST_HOLDS_S = 30
"""How long the best hospital holds when nothing was written down that could change it."""


@dataclass(frozen=True, slots=True)
class _Basis:
    """What the best hospital of a ride was worked out from; `stretch` numbers those of `BEST_HOLDS_S`."""

    ride: Ride
    position: Position
    board: Board
    stretch: int

    def is_same(self, other: "_Basis") -> bool:
        mine, its = self.board, other.board
        same_board = mine.hospitals is its.hospitals and mine.confirmed is its.confirmed
        same_ride = self.ride is other.ride and self.position == other.position
        return same_board and same_ride and self.stretch == other.stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class OverseenRide:
    """An open ride. `verdict` is what the rules say now of its destination, `None` without one or once it is there.

    `expected_at` is when it will be there if it leaves now, or goes on; `moved` by how much that differs from what
    the advice said; `statuses` are the departments of the destination that differ from then: was, is. `best` is the
    hospital that would receive the patient now, or may after a call; worked out where the own destination does not.
    """

    ride: Ride
    record: AdviceRecord | None
    position: Position | None
    expected_at: datetime | None = None
    moved: timedelta | None = None
    verdict: Verdict | None = None
    statuses: Mapping[Department, tuple[Status, Status]]
    best: RideOption | None = None

    @property
    def needs_another(self) -> bool:
        """Tell whether this ride has no destination that receives it as things stand."""
        if self.ride.step in (Step.OPEN, Step.REFUSED):
            return True
        return self.verdict is not None and self.verdict.outcome not in RECEIVED


class RideOverseer:
    """Works out what the dispatch centre sees of each open ride; remembers receipts and positions between looks."""

    def __init__(self, world: World, pause: Callable[[], None] = lambda: None) -> None:
        self._world = world
        self._records = AdviceRecords(world)
        self._positions: dict[RideId, tuple[datetime, Position | None]] = {}
        self._bests: dict[RideId, tuple[_Basis, RideOption | None]] = {}
        self._pause = pause

    def look(self, at: Moment) -> tuple[OverseenRide, ...]:
        """Return the open rides at a moment, the earliest first; `pause` is called between them."""
        open_rides = [ride for ride in at.board.rides.values() if not ride.is_over]
        self._positions = {ride.id: self._positions[ride.id] for ride in open_rides if ride.id in self._positions}
        self._bests = {ride.id: self._bests[ride.id] for ride in open_rides if ride.id in self._bests}
        return tuple(self.look_at(ride, at) for ride in open_rides)

    def look_at(self, ride: Ride, at: Moment) -> OverseenRide:
        """Return one ride as it is seen at a moment."""
        self._pause()
        record = self._records.find(ride.advice_id)
        position = self._position(ride) or (record.position if record else None)
        seen = oversee(ride, record, position, at, self._world)
        if not seen.needs_another or record is None or position is None:
            return seen
        basis = _Basis(ride, position, at.board, int(at.now.timestamp() // BEST_HOLDS_S))
        known = self._bests.get(ride.id)
        if known is None or not known[0].is_same(basis):
            known = self._bests[ride.id] = basis, self._best(ride, record, position, at)
        return replace(seen, best=known[1])

    def _position(self, ride: Ride) -> Position | None:
        known = self._positions.get(ride.id)
        if known is None or known[0] != ride.changed_at:
            known = self._positions[ride.id] = ride.changed_at, find_position(ride, world=self._world)
        return known[1]

    def _best(self, ride: Ride, record: AdviceRecord, position: Position, at: Moment) -> RideOption | None:
        try:
            options = ride_options(ride, record, position, at, world=self._world)
        except OffNetwork:
            return None
        passed_over = {ride.hospital, *(refusal.hospital for refusal in ride.refused)}
        others = [option for option in options if option.hospital not in passed_over]
        # Where nobody simply receives him, the first that may do so after a telephone call.
        free = next((option for option in others if option.outcome in RECEIVED), None)
        return free or next((each for each in others if each.outcome is Outcome.CONSULT), None)


def oversee(
    ride: Ride, record: AdviceRecord | None, position: Position | None, at: Moment, world: World
) -> OverseenRide:
    """Return what the rules say of a ride's destination at a moment; without the best among the others."""
    advised = record.hospitals.get(ride.hospital) if record and ride.hospital else None
    if ride.hospital is None or ride.step not in DRIVING or record is None or advised is None:
        return OverseenRide(ride=ride, record=record, position=position, statuses={})
    expected_at = _expected_at(ride, advised, at.now)
    patient, site = patient_of(ride, record), world.sites[ride.hospital]
    verdict = judge(patient, site, at.picture, _arrival(expected_at, advised, at.now), at.now, world.editions)
    moved = None if ride.chosen_at is None else expected_at - ride.chosen_at - timedelta(seconds=advised.eta_s)
    return OverseenRide(
        ride=ride,
        record=record,
        position=position,
        expected_at=expected_at,
        moved=moved if moved is not None and abs(moved) >= LATER else None,
        verdict=verdict,
        statuses=_changed(ride, advised, at.statuses.get(ride.hospital, {})),
    )


def overseen_document(seen: OverseenRide, actor: Actor) -> dict[str, Json]:
    """Return a ride in JSON terms, for a dispatch centre.

    Moments in it are rounded to the minute, so that an arrival that keeps being put off is not told at every look.
    """
    ride, record, verdict = seen.ride, seen.record, seen.verdict
    return {
        **ride_document(ride, actor),
        "patient": patient_document(record),
        "advised": _advised_document(record),
        "class_now": None if verdict is None else verdict.outcome,
        "headline_now": None if verdict is None else headline(verdict, Language.NL),
        "headline_now_en": None if verdict is None else headline(verdict, Language.EN),
        "expected_now": moment(_to_the_minute(seen.expected_at)),
        "moved_s": None if seen.moved is None else round(seen.moved.total_seconds() / 60) * 60,
        "changed": [
            {"department": department.value, "was": was, "is": now} for department, (was, now) in seen.statuses.items()
        ],
        "needs_another": seen.needs_another,
        "best": None if seen.best is None else _best_document(seen.best),
        "position": position_document(seen.position),
    }


def _expected_at(ride: Ride, advised: Advised, now: datetime) -> datetime:
    told = ride.expected_at or now
    if ride.departed_at is None:
        # It stands with the patient: it cannot be there sooner than the whole way takes from now.
        return max(told, now + timedelta(seconds=advised.eta_s))
    return max(told, now)


def _arrival(expected_at: datetime, advised: Advised, now: datetime) -> Arrival:
    left, whole_s = expected_at - now, max(advised.eta_s, 1.0)
    return Arrival(
        early=now + left * (advised.low_s / whole_s),
        expected=expected_at,
        late=now + left * (advised.high_s / whole_s),
    )


def _changed(
    ride: Ride, advised: Advised, statuses: Mapping[Department, Status]
) -> dict[Department, tuple[Status, Status]]:
    checked = ride.departed_at is not None and ride.chosen_at is not None and ride.departed_at >= ride.chosen_at
    before = (ride.statuses if checked else None) or advised.statuses
    pairs = {department: (before.get(department, now), now) for department, now in statuses.items()}
    return {department: pair for department, pair in pairs.items() if pair[0] is not pair[1]}


def patient_document(record: AdviceRecord | None) -> dict[str, Json] | None:
    """Return the patient as the crew described him, in JSON terms; never an identity."""
    if record is None:
        return None
    patient = record.case.patient
    return {
        "abcd": patient.abcd.value,
        "letters": sorted(patient.letters),
        "suspicion": patient.suspicion.value,
        "origin": patient.origin.value,
        "signals": record.case.signals,
    }


def _advised_document(record: AdviceRecord | None) -> dict[str, Json] | None:
    if record is None or record.first is None:
        return None
    first = record.hospitals[record.first]
    return {"hospital": record.first, "class": first.outcome, "eta_s": round(first.eta_s)}


def _best_document(best: RideOption) -> dict[str, Json]:
    arrival = moment(_to_the_minute(best.arrival.expected))
    return {**option_document(best), "eta_s": round(best.option.drive_time_s / 60) * 60, "arrival": arrival}


def _to_the_minute(at: datetime | None) -> datetime | None:
    return None if at is None else (at + timedelta(seconds=30)).replace(second=0, microsecond=0)
