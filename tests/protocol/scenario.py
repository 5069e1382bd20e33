"""Scenario files: what they may say, and how they become facts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from advisor.kernel import AMSTERDAM, Capability, Department, Facility, HospitalId, Known, Status
from advisor.protocol.dated import Edition
from advisor.protocol.decide import judge
from advisor.protocol.edition import CODE_ORANGE, Editions
from advisor.protocol.model import (
    Answer,
    Arrival,
    ConsultOutcome,
    DepartmentState,
    EnRoute,
    Lapse,
    Opening,
    Origin,
    Patient,
    Picture,
    Site,
    Stability,
    StopPolicy,
    StopReason,
    Suspicion,
    TreatmentRelation,
    Verdict,
)
from advisor.protocol.situation import NO_RELATION, Situation, needs_of, triage
from advisor.protocol.standing import Lapses, View, stand
from tests.protocol import hospitals as world

FOLDER = Path(__file__).parent / "scenarios"
KEYS = frozenset(
    {"title", "rule", "speaks", "outcome", "deciding", "now", "arrives", "patient", "linde", "status", "region"}
    | {"code_orange", "call"}
)
PATIENT_KEYS = frozenset(
    {"abcd", "suspicion", "origin", "inside", "relation", "departed", "announced", "consult", "gp_accepted"}
    | {"shockroom"}
)
LINDE_KEYS = frozenset(
    {"has", "lacks", "unknown", "opening", "limited_hours", "policy", "protocol", "mka", "subregion"}
)
REGION_KEYS = frozenset({"department", "others", "complete", "confirmed", "pending", "alone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One scenario, read: the facts, and what it claims."""

    file: str
    title: str
    rule: str
    speaks: bool
    outcome: str
    deciding: str | None
    call: str | None
    patient: Patient
    site: Site
    picture: Picture
    arrival: Arrival
    now: datetime
    editions: Editions

    def __str__(self) -> str:
        return f"{self.file}: {self.title}"

    def verdict(self) -> Verdict:
        """Judge the patient of the scenario at De Linde."""
        return judge(self.patient, self.site, self.picture, self.arrival, self.now, self.editions)

    def situations(self) -> list[tuple[Situation, Edition]]:
        """Return every situation that the rules are asked about: each department that counts, each reading."""
        edition = self.editions.speaking_for(self.site, self.now)
        states = self.picture.states[self.site.id]
        triaged = triage(self.patient, edition)
        needs = needs_of(triaged, self.site, states)
        lapses = Lapses(self.picture, self.now, self.editions)
        view = View(site=self.site, states=states, edition=edition, now=self.now, lapses=lapses)
        counted = dict.fromkeys((Department.SR, *needs.departments))
        standing = {department: stand(view, department, self.arrival.late) for department in counted}
        return [
            (self._situation(department, status, needs, standing), edition)
            for department in needs.departments
            for status in standing[department].readings
        ]

    def _situation(
        self, department: Department, status: Status, needs: Any, standing: Mapping[Department, Any]
    ) -> Situation:
        in_seh = department is Department.SEH
        return Situation(
            patient=self.patient,
            triage=triage(self.patient, self.editions.speaking_for(self.site, self.now)),
            site=self.site,
            needs=needs,
            now=self.now,
            arrival=self.arrival.late,
            department=department,
            status=status,
            state=self.picture.states[self.site.id].get(department),
            statuses={one: status if one is department else view.readings[0] for one, view in standing.items()},
            relation=self.patient.relation.get(self.site.id, NO_RELATION),
            en_route=self.patient.en_route.get(self.site.id),
            consulted=self.patient.consult.get(self.site.id),
            in_seh=in_seh,
            stopped=status is Status.RED or (in_seh and status is Status.ORANGE),
        )


def load() -> list[Scenario]:
    """Read every scenario of every file."""
    return [
        _read(file.stem, entry)
        for file in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["scenario"]
    ]


def _read(file: str, entry: Mapping[str, Any]) -> Scenario:
    _check(entry, KEYS)
    now = _clock(entry.get("now", "12:00:00"))
    site = _site(entry.get("linde", {}))
    states = {department: _state(text, now) for department, text in _by_department(entry.get("status", {})).items()}
    arrival = _arrival(entry.get("arrives", "12:10:00"), now)
    editions = world.editions()
    if "code_orange" in entry:
        editions = editions.with_pilot(CODE_ORANGE, active=entry["code_orange"])
    return Scenario(
        file=file,
        title=entry["title"],
        rule=entry["rule"],
        speaks=entry.get("speaks", True),
        outcome=entry["outcome"],
        deciding=entry.get("deciding"),
        call=entry.get("call"),
        patient=_patient(entry.get("patient", {}), now),
        site=site,
        picture=_picture(site, states, entry.get("region", {}), now),
        arrival=arrival,
        now=now,
        editions=editions,
    )


def _check(table: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = table.keys() - known
    assert not unknown, f"{table.get('title', '')}: unknown keys {unknown}"


def _clock(text: str, day: datetime | None = None) -> datetime:
    """Read "12:00:00" on 3 February 2026 or on the day given, "+1 08:00:00" a day later, or a whole local moment."""
    if len(text) > len("+1 08:00:00"):
        return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)
    days, _, clock = text.rpartition(" ")
    base = (day or world.NOW).astimezone(AMSTERDAM)
    moment = datetime.combine(base.date() + timedelta(days=int(days or 0)), time.fromisoformat(clock), AMSTERDAM)
    return moment.astimezone(UTC)


def _arrival(value: str | list[str], now: datetime) -> Arrival:
    early, late = (value, value) if isinstance(value, str) else value
    first, last = _clock(early, now), _clock(late, now)
    return Arrival(early=first, expected=first + (last - first) / 2, late=last)


def _patient(table: Mapping[str, Any], now: datetime) -> Patient:
    _check(table, PATIENT_KEYS)
    patient = Patient(
        abcd=Stability(table.get("abcd", "stable")),
        suspicion=Suspicion(table.get("suspicion", "general")),
        origin=Origin(table.get("origin", "112")),
        shockroom=table.get("shockroom", True),
    )
    if "inside" in table:
        patient = replace(patient, inside=HospitalId(table["inside"]))
    if "relation" in table:
        active, _, related = table["relation"].partition("/")
        relation = TreatmentRelation(active=Answer(active), related=Answer(related or "no"))
        patient = replace(patient, relation={world.LINDE: relation})
    if "departed" in table or "announced" in table:
        moments = {key: _clock(table[key], now) if key in table else None for key in ("departed", "announced")}
        en_route = EnRoute(departed_at=moments["departed"], announced_at=moments["announced"])
        patient = replace(patient, en_route={world.LINDE: en_route})
    if "consult" in table:
        patient = replace(patient, consult={world.LINDE: ConsultOutcome(table["consult"])})
    if "gp_accepted" in table:
        patient = replace(patient, gp_accepted={world.LINDE: table["gp_accepted"]})
    return patient


def _site(table: Mapping[str, Any]) -> Site:
    _check(table, LINDE_KEYS)
    facilities = {**world.EVERYTHING, Capability.LEVEL1: Known.NO}
    for key, known in (("has", Known.YES), ("lacks", Known.NO), ("unknown", Known.UNKNOWN)):
        facilities.update({_facility(name): known for name in table.get(key, [])})
    site = world.linde(facilities=facilities, limited_hours=table.get("limited_hours", False))
    if "opening" in table:
        opens, _, closes = table["opening"].partition("-")
        site = replace(site, opening=Opening(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes)))
    plain = {key: table[key] for key in ("protocol", "mka", "subregion") if key in table}
    return replace(site, policy=StopPolicy(table.get("policy", "lpz")), **plain)


def _facility(name: str) -> Facility:
    return Department(name) if name in tuple(Department) else Capability(name)


def _by_department(table: Mapping[str, str]) -> dict[Department, str]:
    return {Department(name): text for name, text in table.items()}


def _state(text: str, now: datetime) -> DepartmentState:
    """Read "red 11:30:00 - 13:30:00 technical", "green plan 12:10:00", "red silent 11:40:00", "unknown", ..."""
    words = text.split()
    state = DepartmentState(status=Status(words.pop(0)), reported_at=now, source="feed")
    while words:
        word = words.pop(0)
        if word == "plan":
            state = replace(state, planned_from=_clock(words.pop(0), now))
        elif word == "heard":
            state = replace(state, reported_at=_clock(words.pop(0), now))
        elif word == "planned":
            state = replace(state, planned=True)
        elif word == "manual":
            state = replace(state, manual=True)
        elif word in {"technical", "roster"}:
            state = replace(state, reason=StopReason[word.upper()])
        elif word == "-":
            state = replace(state, until=_clock(_moment(words), now))
        else:
            words.insert(0, word)
            state = replace(state, since=_clock(_moment(words), now))
    return state


def _moment(words: list[str]) -> str:
    """Take the words of one moment: a clock, with a number of days before it when it is another day."""
    first = words.pop(0)
    return first if ":" in first else f"{first} {words.pop(0)}"


def _picture(
    site: Site, states: Mapping[Department, DepartmentState], region: Mapping[str, Any], now: datetime
) -> Picture:
    _check(region, REGION_KEYS)
    department = Department(region.get("department", "SEH"))
    fresh = DepartmentState(status=Status.GREEN, reported_at=now, source="feed")
    others = () if region.get("alone") else world.neighbours()
    shown = region.get("others", ["green"] * len(others))
    departments = dict.fromkeys(Department, fresh)
    of_others = {}
    sites = {site.id: site}
    for other, text in zip(others, shown, strict=True):
        present = Known.NO if text == "none" else Known.YES
        sites[other.id] = replace(other, facilities={**other.facilities, department: present})
        state = fresh if text == "none" else _state(text, now)
        of_others[other.id] = {**departments, department: state}
    confirmed = [] if "confirmed" not in region else [_clock(region["confirmed"], now)]
    return Picture(
        sites=sites,
        states={site.id: {**departments, **states}, **of_others},
        complete=frozenset({world.REGION}) if region.get("complete", True) else frozenset(),
        lapses=tuple(Lapse(mka=site.mka, department=department, confirmed_at=at) for at in confirmed),
        pending=frozenset((HospitalId(name), department) for name in region.get("pending", [])),
    )
