"""Random boards with random patients, as the device is asked about them and as the rules judge them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

from advisor.kernel import Capability, Department, HospitalId, Known, Status
from advisor.protocol.decide import judge_all
from advisor.protocol.edition import Editions
from advisor.protocol.explain import Language, headline, sentence
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
from advisor.protocol.rank import Option, rank
from advisor.protocol.situation import NO_RELATION

Json = Any
HOSPITALS = 8
MOMENTS = (
    datetime(2026, 3, 10, 14, 0, tzinfo=UTC),
    datetime(2026, 7, 1, 21, 50, tzinfo=UTC),
    datetime(2026, 1, 5, 6, 59, 30, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 40, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 55, tzinfo=UTC),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One patient on one board."""

    patient: Patient
    picture: Picture
    arrivals: Mapping[HospitalId, Arrival]
    inbound: Mapping[HospitalId, int]
    now: datetime


def random_cases(seed: int, count: int) -> Iterator[Case]:
    """Yield so many boards of eight hospitals, always the same ones for a seed."""
    random = Random(seed)
    for _ in range(count):
        yield _Chance(random).case()


class _Chance:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.now = random.choice(MOMENTS) + timedelta(seconds=random.randrange(0, 3600))
        self.ids = [HospitalId(f"h{place}") for place in range(HOSPITALS)]

    def case(self) -> Case:
        sites = {hospital: self.site(hospital) for hospital in self.ids}
        return Case(
            patient=self.patient(),
            picture=Picture(
                sites=sites,
                states={hospital: self.states() for hospital in self.ids},
                lapses=tuple(self.lapse() for _ in range(self.random.choice((0, 0, 0, 1, 2)))),
                complete=frozenset(mka for mka in ("Noord", "Zuid") if self.random.random() < 0.7),
                pending=frozenset((one, self.department()) for one in self.ids if self.random.random() < 0.15),
            ),
            arrivals={hospital: self.arrival() for hospital in self.ids},
            inbound={hospital: self.random.choice((0, 0, 0, 1, 3)) for hospital in self.ids},
            now=self.now,
        )

    def department(self) -> Department:
        return self.random.choice((Department.SEH, Department.SEH, *Department))

    def patient(self) -> Patient:
        pick = self.random.choice
        return Patient(
            abcd=pick(tuple(Stability)),
            suspicion=pick(tuple(Suspicion)),
            origin=pick(tuple(Origin)),
            inside=pick((None, *self.ids[:3])),
            relation={
                one: TreatmentRelation(active=pick(tuple(Answer)), related=pick(tuple(Answer))) for one in self.some()
            },
            en_route={one: EnRoute(departed_at=self.before(), announced_at=self.before()) for one in self.some()},
            consult={one: pick(tuple(ConsultOutcome)) for one in self.some()},
            gp_accepted={one: pick((True, False)) for one in self.some()},
            shockroom=pick((True, True, False)),
        )

    def some(self) -> list[HospitalId]:
        return [one for one in self.ids if self.random.random() < 0.25]

    def site(self, hospital: HospitalId) -> Site:
        pick = self.random.choice
        unsure = self.random.random() < 0.3
        kinds = tuple(Known) if unsure else (Known.YES,) * 5 + (Known.NO,)
        facilities = {one: pick(kinds) for one in (*Department, *Capability)}
        if self.random.random() < 0.8:
            facilities[Department.SEH] = Known.YES
        if unsure:
            facilities.pop(pick(tuple(Department)))
        hours = self.random.random() < 0.25
        return Site(
            id=hospital,
            name=pick(("De Linde", "De Wilg", f"Ziekenhuis {hospital}")),
            protocol=pick(("nhfl", "nhfl", "nhfl", "")),
            mka=pick(("Noord", "Noord", "Zuid", "")),
            subregion=pick(("Kop", "Kust", "")),
            facilities=facilities,
            opening=Opening(opens=self.clock(), closes=self.clock()) if hours else None,
            policy=pick((StopPolicy.LPZ,) * 6 + tuple(StopPolicy)),
            limited_hours=pick((True, False)) if hours else self.random.random() < 0.05,
        )

    def clock(self) -> time:
        near = self.now + timedelta(minutes=self.random.randrange(-90, 90))
        return self.random.choice((time(8), time(22), time(near.hour, near.minute), time(0)))

    def states(self) -> dict[Department, DepartmentState]:
        calm = self.random.random() < 0.3
        return {one: self.state(one, calm=calm) for one in Department if self.random.random() < 0.9}

    def state(self, department: Department, *, calm: bool) -> DepartmentState:
        pick = self.random.choice
        usual = (Status.GREEN, Status.GREEN, Status.RED, Status.RED, Status.ORANGE)
        odd = self.random.random() < 0.1
        if calm:
            status = Status.GREEN
        elif department is Department.SEH or odd:
            status = pick((*usual, *Status))
        else:
            status = pick((Status.GREEN, Status.RED))
        plan = self.random.random() < 0.15
        return DepartmentState(
            status=status,
            since=pick((None, self.before(), self.before())),
            until=pick((None, self.around(), self.around())),
            reason=pick((None, *StopReason)),
            planned=self.random.random() < 0.1,
            planned_from=self.around() if plan else None,
            planned_until=pick((None, self.around())) if plan else None,
            reported_at=pick((self.now, self.now, self.now - timedelta(minutes=15), self.before(), None)),
            manual=pick((True, False, False)),
        )

    def lapse(self) -> Lapse:
        return Lapse(
            mka=self.random.choice(("Noord", "Zuid", "")), department=self.department(), confirmed_at=self.around()
        )

    def before(self) -> datetime | None:
        return self.random.choice((None, self.now - timedelta(seconds=self.random.randrange(0, 40) * 60)))

    def around(self) -> datetime:
        return self.now + timedelta(seconds=self.random.randrange(-30, 60) * 60)

    def arrival(self) -> Arrival:
        early = self.now + timedelta(seconds=self.random.randrange(0, 70) * 60)
        band_s = self.random.choice((0, 60, 240, 600, 1500))
        return Arrival(
            early=early, expected=early + timedelta(seconds=band_s // 2), late=early + timedelta(seconds=band_s)
        )


def case_document(case: Case) -> dict[str, Json]:
    """Return a case as the device is asked it: moments in ms."""
    patient, picture = case.patient, case.picture
    return {
        "now": ms(case.now),
        "patient": {
            "abcd": patient.abcd,
            "suspicion": patient.suspicion,
            "origin": patient.origin,
            "shockroom": patient.shockroom,
            "inside": patient.inside,
            "relation": {key: {"active": one.active, "related": one.related} for key, one in patient.relation.items()},
            "en_route": {
                key: {"departed_at": ms(one.departed_at), "announced_at": ms(one.announced_at)}
                for key, one in patient.en_route.items()
            },
            "consult": dict(patient.consult),
            "gp_accepted": dict(patient.gp_accepted),
        },
        "sites": [_site(site) for site in picture.sites.values()],
        "states": {
            hospital: {department: _state(state) for department, state in states.items()}
            for hospital, states in picture.states.items()
        },
        "lapses": [
            {"mka": one.mka, "department": one.department, "confirmed_at": ms(one.confirmed_at)}
            for one in picture.lapses
        ],
        "complete": sorted(picture.complete),
        "pending": sorted(f"{hospital}/{department}" for hospital, department in picture.pending),
        "arrivals": {
            hospital: {"early": ms(one.early), "expected": ms(one.expected), "late": ms(one.late)}
            for hospital, one in case.arrivals.items()
        },
        "inbound": dict(case.inbound),
    }


def expected_document(case: Case, editions: Editions, *, in_words: bool) -> list[Json]:
    """Return what the server's rules say, in the server's order, with the sentences or without."""
    verdicts = judge_all(case.patient, case.picture, case.arrivals, case.now, editions)
    options = [
        Option(
            verdict=verdict,
            name=case.picture.sites[hospital].name,
            drive_time_s=(case.arrivals[hospital].expected - case.now).total_seconds(),
            inbound=case.inbound[hospital],
            relation=case.patient.relation.get(hospital, NO_RELATION),
        )
        for hospital, verdict in verdicts.items()
    ]
    return [verdict_document(option.verdict, in_words=in_words) for option in rank(options, case.patient)]


def verdict_document(verdict: Verdict, *, in_words: bool) -> Json:
    """Return everything about a verdict that a screen shows."""
    languages = tuple(Language) if in_words else ()
    return [
        verdict.hospital,
        verdict.outcome,
        [
            [one.rule, one.section, one.effect, *(sentence(one, language) for language in languages)]
            for one in verdict.reasons
        ],
        *(headline(verdict, language) for language in languages),
        verdict.edition,
        [verdict.at_arrival[department] for department in Department],
        verdict.call,
        list(verdict.duties),
        list(verdict.judgement),
    ]


def ms(moment: datetime | None) -> float | None:
    """Return a moment as the device counts it."""
    return None if moment is None else moment.timestamp() * 1000


def _site(site: Site) -> dict[str, Json]:
    return {
        "id": site.id,
        "name": site.name,
        "protocol": site.protocol,
        "mka": site.mka,
        "subregion": site.subregion,
        "facilities": dict(site.facilities),
        "opening": None
        if site.opening is None
        else {"opens": _of_day(site.opening.opens), "closes": _of_day(site.opening.closes)},
        "policy": site.policy,
        "limited_hours": site.limited_hours,
    }


def _of_day(clock: time) -> int:
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1000


def _state(state: DepartmentState) -> dict[str, Json]:
    return {
        "status": state.status,
        "since": ms(state.since),
        "until": ms(state.until),
        "reason": state.reason,
        "planned": state.planned,
        "planned_from": ms(state.planned_from),
        "planned_until": ms(state.planned_until),
        "reported_at": ms(state.reported_at),
        "manual": state.manual,
    }
