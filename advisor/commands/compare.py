"""`compare EDITION_A EDITION_B`: which cases come out differently under two editions of the protocol."""

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from advisor.bootstrap.keeping import open_store
from advisor.bootstrap.material import load_editions
from advisor.bootstrap.world import RoadsOnDemand, make_world
from advisor.kernel import Capability, Department, Facility, HospitalId, InvalidInput, Known, Problem, Status
from advisor.protocol.dated import Edition
from advisor.protocol.decide import judge
from advisor.protocol.edition import Editions
from advisor.protocol.edition_file import parse_edition
from advisor.protocol.explain import Language, headline
from advisor.protocol.model import (
    Answer,
    Arrival,
    DepartmentState,
    EnRoute,
    Origin,
    Patient,
    Picture,
    Site,
    Stability,
    Suspicion,
    TreatmentRelation,
    Verdict,
)
from advisor.services.compare_advices import compare_advices
from advisor.settings import read_settings

HOSPITAL = HospitalId("hospital")
NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
FACILITIES: dict[Facility, Known] = dict.fromkeys((*Department, *Capability), Known.YES)
SITE = Site(id=HOSPITAL, name="hospital", protocol="", mka="", subregion="", facilities=FACILITIES)
RELATIONS = {
    "unknown here": TreatmentRelation(),
    "known here": TreatmentRelation(active=Answer.YES, related=Answer.YES),
    "known for something else": TreatmentRelation(active=Answer.YES),
    "relation in doubt": TreatmentRelation(active=Answer.DOUBT),
}
RIDES = {
    "not under way": None,
    "announced in time": EnRoute(departed_at=NOW - timedelta(minutes=20), announced_at=NOW - timedelta(minutes=20)),
}
ARRIVALS_MIN = (5, 15, 25, 200)
"""Minutes from the declaration to the arrival: within the grace, beyond it, and beyond the end of the stop."""

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One generated case, in words and as facts; the arrival lies `minutes` after the declaration."""

    words: str
    patient: Patient
    states: dict[Department, DepartmentState]
    arrival: Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A case that comes out differently."""

    case: Case
    before: Verdict
    after: Verdict


def register(subparsers: Any) -> None:  # argparse does not name the type
    """Add the command to the command line."""
    parser = subparsers.add_parser("compare", help="list the cases that two editions of the protocol judge differently")
    parser.add_argument("edition_a", metavar="EDITION_A", help="id of an edition, or an edition file")
    parser.add_argument("edition_b", metavar="EDITION_B", help="id of an edition, or an edition file")
    parser.add_argument("--suspicion", choices=[one.value for one in Suspicion], help="only cases of this suspicion")
    parser.add_argument("--journal", action="store_true", help="the advices of the journal instead of generated cases")
    parser.add_argument("--all", action="store_true", help=f"list every difference, not the first {SHOWN} of each kind")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the differences, grouped by the change of class; return 1 when there are any."""
    editions = load_editions()
    before, after = (find_edition(name, editions) for name in (options.edition_a, options.edition_b))
    if options.journal:
        return _run_over_journal(before, after, most=None if options.all else SHOWN)
    cases = list(generated_cases(tuple(Suspicion) if options.suspicion is None else (Suspicion(options.suspicion),)))
    differences = list(compare(before, after, cases))
    kinds = Counter((one.before.outcome, one.after.outcome) for one in differences)
    for kind, count in sorted(kinds.items()):
        print(f"{kind[0]} -> {kind[1]}: {count}")
        of_kind = [one for one in differences if (one.before.outcome, one.after.outcome) == kind]
        for one in of_kind if options.all else of_kind[:SHOWN]:
            print(f"  {one.case.words}")
            print(f"    {before.id}: {headline(one.before, Language.NL)}")
            print(f"    {after.id}: {headline(one.after, Language.NL)}")
    print(f"{len(differences)} of {len(cases)} cases differ between {before.id} and {after.id}")
    return 1 if differences else 0


def _run_over_journal(before: Edition, after: Edition, most: int | None) -> int:
    settings = read_settings(os.environ)
    world = make_world(settings, open_store(settings, gevent=False), roads=RoadsOnDemand(settings))
    compared = list(compare_advices(before, after, world=world))
    differing = [one for one in compared if one.differs]
    for one in differing[:most]:
        print(f"{one.as_of.isoformat(timespec='seconds')} {one.id}: {one.top[0]} -> {one.top[1]}")
        for hospital, first, second in one.classes:
            print(f"  {hospital}: {first} -> {second}")
    print(f"{len(differing)} of {len(compared)} advices differ between {before.id} and {after.id}")
    return 1 if differing else 0


def find_edition(name: str, editions: Editions) -> Edition:
    """Return the edition with an id, or the one in a file.

    Raises
    ------
    InvalidInput
        When there is no such edition and no such file, or when the file is wrong.
    """
    found = editions.find(name)
    if found is not None:
        return found
    file = Path(name)
    if not file.is_file():
        known = ", ".join(edition.id for edition in (editions.national, *editions.regional))
        raise InvalidInput([Problem(field=name, message=f"is neither a file nor one of the editions {known}")])
    return parse_edition(file.name, file.read_text(encoding="utf-8"))


def compare(before: Edition, after: Edition, cases: Iterable[Case]) -> Iterator[Difference]:
    """Yield every case whose class differs between two editions."""
    for case in cases:
        first, second = (_judged(case, edition) for edition in (before, after))
        if first.outcome is not second.outcome:
            yield Difference(case=case, before=first, after=second)


def generated_cases(suspicions: Iterable[Suspicion] = tuple(Suspicion)) -> Iterator[Case]:
    """Yield cases over patient facts, statuses and moments of arrival."""
    patients = product(Stability, suspicions, Origin, RELATIONS.items(), RIDES.items())
    for abcd, suspicion, origin, (relation_words, relation), (ride_words, ride) in patients:
        patient = Patient(
            abcd=abcd,
            suspicion=suspicion,
            origin=origin,
            inside=HOSPITAL,
            relation={HOSPITAL: relation},
            en_route={} if ride is None else {HOSPITAL: ride},
        )
        for (board_words, states), minutes in product(_boards().items(), ARRIVALS_MIN):
            words = f"{abcd}, {suspicion}, {origin}, {relation_words}, {ride_words}, {board_words}, {minutes} min after"
            yield Case(words=words, patient=patient, states=states, arrival=_arrival(minutes))


def _boards() -> dict[str, dict[Department, DepartmentState]]:
    """Return an open board, one per status of the SEH, and one with every department but the SEH stopped."""
    declared = NOW - timedelta(minutes=2)
    opened = dict.fromkeys(Department, DepartmentState(status=Status.GREEN, reported_at=NOW))
    boards = {"all open": opened}
    stops = {
        status: DepartmentState(status=status, since=declared, until=declared + timedelta(hours=2), reported_at=NOW)
        for status in (Status.ORANGE, Status.RED, Status.CALAMITY)
    }
    for status, stop in stops.items():
        boards[f"SEH {status}"] = {**opened, Department.SEH: stop}
    boards["all but the SEH red"] = {
        **dict.fromkeys(Department, stops[Status.RED]),
        Department.SEH: opened[Department.SEH],
    }
    return boards


def _arrival(minutes: int) -> Arrival:
    at = NOW - timedelta(minutes=2) + timedelta(minutes=minutes)
    return Arrival(early=at, expected=at, late=at)


def _judged(case: Case, edition: Edition) -> Verdict:
    """Judge a case as if this edition spoke for the hospital, whatever its dates."""
    speaking = Editions(national=replace(edition, protocol="", valid=None), regional=())
    picture = Picture(sites={HOSPITAL: SITE}, states={HOSPITAL: case.states})
    return judge(case.patient, SITE, picture, case.arrival, NOW, speaking)
