"""A small invented region with a journal in memory, and builders that let a test name only what matters to it.

5.0        5.1        5.2             5.5          5.7  E
 |----------|----------|---------------|------------|
         Veldstad   Oeverdam        Hogeberg     Overkant
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from advisor.hospitals.registry import Registry, parse_registry
from advisor.journal.events import (
    Event,
    FeedHeard,
    ReportedState,
    StatusReported,
    StopDeclared,
    StopEnded,
    StopExtended,
)
from advisor.kernel import Department, HospitalId, Position, Status, StopId
from advisor.protocol.edition import Editions, parse_editions
from advisor.protocol.model import Patient, Stability, StopReason
from advisor.roads.closure import Closure
from advisor.roads.closures import NoSuchRoad
from advisor.roads.model import DriveTimes, Lines, OffNetwork, Profile, Route
from advisor.roads.reach import ReachArea
from advisor.services.access import Actor, Role
from advisor.services.advice_case import AdviceCase
from advisor.services.ports import Journal
from advisor.services.world import World
from advisor.store.attempts import CountedAttempts
from advisor.store.counts import MemoryCounts
from advisor.store.memory import MemoryAccounts, MemoryJournal, MemorySessions
from advisor.store.memory_keys import MemoryKeys
from advisor.store.memory_security import memory_security

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
VELDSTAD = HospitalId("veldstad")
OEVERDAM = HospitalId("oeverdam")
HOGEBERG = HospitalId("hogeberg")
OVERKANT = HospitalId("overkant")
REGION = "MKA Verzonnen"

NURSE = Actor(name="nurse", role=Role.NURSE)
DISPATCHER = Actor(name="dispatcher", role=Role.DISPATCHER, region=REGION)
MMA = Actor(name="mma", role=Role.MMA)
COORDINATOR = Actor(name="coordinator", role=Role.HOSPITAL, hospital=VELDSTAD)
GP = Actor(name="gp", role=Role.GP)
ADMIN = Actor(name="admin", role=Role.ADMIN)
FEED = Actor(name="lpz", role=Role.FEED)
EVERYBODY = (NURSE, DISPATCHER, MMA, COORDINATOR, GP, ADMIN, FEED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRoad:
    """Roads along which everything is driven in a straight line: 72 km/h with signals, 54 km/h without.

    The band is a tenth to either side. `closed` hospitals cannot be reached; beyond 1.0 degree of the road's
    latitude there is no road.
    """

    identity: str = "one-road"
    schematic: bool = True
    closed: frozenset[str] = frozenset()

    @property
    def network(self) -> "OneRoad":
        return self

    def drive_times(
        self,
        position: Position,
        *,
        profile: Profile,
        at: datetime | None = None,
        heading_deg: float | None = None,
        accuracy_m: float | None = None,
    ) -> DriveTimes:
        off_degrees = abs(position.lat - 52.1)
        if off_degrees > 1.0:
            raise OffNetwork(distance_m=off_degrees * 111_000, limit_m=111_000)
        hospitals = list(region())
        speed_mps = 20.0 if profile is Profile.SIGNALS else 15.0
        distance_m = np.array([abs(each.position.lon - position.lon) * 68_000.0 for each in hospitals])
        open_m = np.where([each.id in self.closed for each in hospitals], np.inf, distance_m)
        return DriveTimes(
            ids=tuple(each.id for each in hospitals),
            seconds=open_m / speed_mps,
            low_s=open_m / speed_mps * 0.9,
            high_s=open_m / speed_mps * 1.1,
            distance_m=np.where(np.isinf(open_m), np.nan, distance_m),
            snap_m=off_degrees * 111_000,
            geodesic=np.zeros(len(hospitals), dtype=bool),
            stamp="as drawn",
        )

    def route(
        self, position: Position, destination_id: str, *, profile: Profile, heading_deg: float | None = None
    ) -> Route:
        there = region().get_hospital(destination_id).position
        points = np.array([[position.lat, position.lon], [there.lat, there.lon]])
        distance_m = abs(there.lon - position.lon) * 68_000.0
        return Route(points=points, seconds=distance_m / 20.0, distance_m=distance_m)

    def reach(self, destination_ids: Sequence[str], minutes: float, *, profile: Profile) -> ReachArea:
        speed_mps = 20.0 if profile is Profile.SIGNALS else 15.0
        half = minutes * 60.0 * speed_mps / 68_000.0
        centres = [region().get_hospital(name).position for name in destination_ids]
        return ReachArea(polygons=tuple((_square(centre, half),) for centre in centres))

    def check_closure(self, closure: Closure) -> None:
        if all(abs(point.lat - 52.1) > 0.01 for point in closure.points):
            raise NoSuchRoad(f"closure {closure.id} lies on no road of this network")

    def lines_of(self, closures: Sequence[Closure]) -> list[Lines]:
        return [(tuple((point.lon, point.lat) for point in closure.points),) for closure in closures]


def _square(centre: Position, half: float) -> tuple[tuple[float, float], ...]:
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return tuple((centre.lon + x * half, centre.lat + y * half) for x, y in corners)


class PlainPasswords:
    """Passwords that are kept as they are, which is quick."""

    def hash(self, password: str) -> str:
        return f"plain:{password}"

    def matches(self, password_hash: str | None, password: str) -> bool:
        return password_hash == f"plain:{password}"


def region_documents() -> dict[str, str]:
    """Return the registry of the invented region as it is written."""
    return {"region.toml": (Path(__file__).parent / "region.toml").read_text(encoding="utf-8")}


@cache
def region() -> Registry:
    """Return the registry of the invented region."""
    return parse_registry(region_documents())


def edition_documents() -> dict[str, str]:
    """Return the program's own editions as they are written."""
    folder = files("advisor.protocol") / "editions"
    return {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir() if each.name.endswith(".toml")}


@cache
def editions() -> Editions:
    """Return the program's own editions."""
    return parse_editions(edition_documents())


def a_world(*events: Event, journal: Journal | None = None, roads: OneRoad | None = None) -> World:
    """Return a world in memory in which `events` have happened."""
    numbers = itertools.count(1)
    world = World(
        journal=MemoryJournal() if journal is None else journal,
        registry=region(),
        editions=editions(),
        roads=OneRoad() if roads is None else roads,
        clock=lambda: NOW,
        new_id=lambda: f"id{next(numbers)}",
        accounts=MemoryAccounts(),
        sessions=MemorySessions(),
        passwords=PlainPasswords(),
        attempts=CountedAttempts(MemoryCounts()),
        security=memory_security(),
        keys=MemoryKeys(),
        registry_documents=region_documents(),
        edition_documents=edition_documents(),
    )
    if events:
        world.journal.transact(lambda _: events)
    return world


def all_green(when: datetime = NOW) -> tuple[Event, ...]:
    """Return a feed that reports every department of every hospital as open, and was just heard."""
    return (
        *(
            replace(
                reported(hospital=hospital.id, said_at=when),
                departments={department: ReportedState(status=Status.GREEN) for department in Department},
            )
            for hospital in region()
        ),
        heard(when=when),
    )


def a_case(lon: float = 5.0, patient: Mapping[str, object] | None = None, *, signals: bool = True) -> AdviceCase:
    """Return a stable patient with a general complaint, by 112, at the west end of the road."""
    return AdviceCase(
        position=Position(lat=52.1, lon=lon),
        patient=Patient(**{"abcd": Stability.STABLE, **(patient or {})}),  # type: ignore[arg-type]
        signals=signals,
    )


def at(minutes: float) -> datetime:
    """Return the moment so many minutes after `NOW`."""
    return NOW + timedelta(minutes=minutes)


def declared(
    stop_id: str = "s1",
    *,
    hospital: str = VELDSTAD,
    department: Department = Department.SEH,
    status: Status = Status.RED,
    when: datetime = NOW,
    until: datetime | None = None,
    reason: StopReason = StopReason.PATIENT_PEAK,
) -> StopDeclared:
    """Return a declared stop of two hours."""
    return StopDeclared(
        at=when,
        by="coordinator",
        stop_id=StopId(stop_id),
        hospital=HospitalId(hospital),
        department=department,
        status=status,
        reason=reason,
        until=until or when + timedelta(hours=2),
    )


def extended(stop_id: str = "s1", *, when: datetime, until: datetime) -> StopExtended:
    """Return an extension."""
    return StopExtended(at=when, by="coordinator", stop_id=StopId(stop_id), until=until)


def ended(stop_id: str = "s1", *, when: datetime) -> StopEnded:
    """Return an early end."""
    return StopEnded(at=when, by="coordinator", stop_id=StopId(stop_id))


def heard(source: str = "lpz", *, when: datetime = NOW, missing: tuple[str, ...] = ()) -> FeedHeard:
    """Return a feed that answered."""
    return FeedHeard(at=when, by=source, source=source, missing=tuple(map(HospitalId, missing)))


def reported(
    status: Status = Status.GREEN,
    *,
    source: str = "lpz",
    hospital: str = VELDSTAD,
    department: Department = Department.SEH,
    said_at: datetime = NOW,
    when: datetime | None = None,
) -> StatusReported:
    """Return what a feed says about one department."""
    return StatusReported(
        at=when or said_at,
        by=source,
        source=source,
        hospital=HospitalId(hospital),
        said_at=said_at,
        departments={department: ReportedState(status=status)},
    )


def one_after_another(*events: Event) -> tuple[Event, ...]:
    """Return the events in the order of their moments."""
    return tuple(sorted(events, key=lambda event: event.at))
