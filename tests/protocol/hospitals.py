"""Invented hospitals with character, and builders that let a test name only what matters to it.

De Linde (the hospital in question) lies in MKA Rivierenland, subregion Noord, with De Wilg and De Es in the
same subregion and Het Veer and De Kade in subregion Zuid. Buitenpost lies in another region without a
regional protocol.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

from advisor.kernel import AMSTERDAM, Capability, Department, Facility, HospitalId, Known, Status
from advisor.protocol.decide import judge
from advisor.protocol.edition import Editions, parse_editions
from advisor.protocol.model import Arrival, DepartmentState, Patient, Picture, Site, Stability, Verdict

NOW = datetime(2026, 2, 3, 12, 0, tzinfo=AMSTERDAM).astimezone(UTC)
LINDE = HospitalId("de-linde")
NEIGHBOURS = (
    (HospitalId("de-wilg"), "Noord"),
    (HospitalId("de-es"), "Noord"),
    (HospitalId("het-veer"), "Zuid"),
    (HospitalId("de-kade"), "Zuid"),
)
REGION = "MKA Rivierenland"
STABLE = Patient(abcd=Stability.STABLE)
UNSTABLE = Patient(abcd=Stability.UNSTABLE)
EVERYTHING: Mapping[Facility, Known] = dict.fromkeys((*Department, *Capability), Known.YES)


@cache
def editions() -> Editions:
    """Return the editions that come with the program."""
    folder = files("advisor.protocol") / "editions"
    return parse_editions({one.name: one.read_text(encoding="utf-8") for one in folder.iterdir()})


def linde(**changes: object) -> Site:
    """Return De Linde: everything but a level-1 trauma centre, always open, in the platform."""
    site = Site(
        id=LINDE,
        name="De Linde",
        protocol="nhfl",
        mka=REGION,
        subregion="Noord",
        facilities={**EVERYTHING, Capability.LEVEL1: Known.NO},
    )
    return replace(site, **changes)


def neighbours(**changes: object) -> tuple[Site, ...]:
    """Return the four other hospitals of the region."""
    return tuple(linde(id=name, name=name, subregion=subregion, **changes) for name, subregion in NEIGHBOURS)


def open_state(**changes: object) -> DepartmentState:
    """Return a department that was just reported open."""
    return replace(DepartmentState(status=Status.GREEN, reported_at=NOW, source="feed"), **changes)


def stopped(status: Status = Status.RED, **changes: object) -> DepartmentState:
    """Return a stop declared half an hour ago for two hours."""
    since, until = NOW - timedelta(minutes=30), NOW + timedelta(minutes=90)
    return open_state(status=status, **{"since": since, "until": until, **changes})


def open_departments() -> dict[Department, DepartmentState]:
    """Return six open departments."""
    return dict.fromkeys(Department, open_state())


def picture(
    site: Site, states: Mapping[Department, DepartmentState], others: Mapping[HospitalId, DepartmentState] | None = None
) -> Picture:
    """Return De Linde with its four neighbours, whose SEH has the given state and which are open otherwise."""
    sites = {one.id: one for one in (site, *neighbours())}
    of_others = {
        one.id: {**open_departments(), Department.SEH: (others or {}).get(one.id, open_state())} for one in neighbours()
    }
    return Picture(
        sites=sites,
        states={site.id: {**open_departments(), **states}, **of_others},
        complete=frozenset({REGION}),
    )


def arriving(minutes: float = 10, *, band_s: float = 0) -> Arrival:
    """Return an arrival so many minutes from now, in a band of so many seconds to either side."""
    expected = NOW + timedelta(minutes=minutes)
    half = timedelta(seconds=band_s)
    return Arrival(early=expected - half, expected=expected, late=expected + half)


def verdict_of(
    patient: Patient = STABLE,
    states: Mapping[Department, DepartmentState] | None = None,
    site: Site | None = None,
    arrival: Arrival | None = None,
) -> Verdict:
    """Judge one patient at De Linde."""
    where = site or linde()
    return judge(patient, where, picture(where, states or {}), arrival or arriving(), NOW, editions())
