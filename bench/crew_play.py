"""The people of the load test: crews that make rides, departments that declare stops, a source that reports."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from advisor.hospitals.registry import Registry
from advisor.kernel import Known, Position
from advisor.roads.model import Profile
from advisor.simulation.calls import Call
from advisor.simulation.spells import Spell
from bench.crew_line import CrewLine, Http
from bench.crew_steps import Ledger, Step

POSITION_EVERY = timedelta(minutes=1)  # as a page tells it, of the crew's time
REPORT_EVERY_S = 30.0
CHOICE = timedelta(seconds=20)  # between seeing the advice, choosing and announcing
STOP_LASTS = timedelta(hours=2)

Json = Any


@dataclass(frozen=True, slots=True)
class Pace:
    """So many minutes of a crew pass in one minute of the clock, until `until` (monotonic, seconds)."""

    speed: float
    until: float

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    async def wait(self, passing: timedelta) -> None:
        """Wait until so much of the crews' time has passed, or the end is there."""
        left_s = max(0.0, self.until - time.monotonic())
        await asyncio.sleep(min(passing.total_seconds() / self.speed, left_s))


@dataclass(frozen=True, slots=True)
class Crew:
    """One crew with its page; it takes one call after the other."""

    token: str
    line: CrewLine
    http: Http
    ledger: Ledger
    pace: Pace

    async def work(self, calls: Iterator[Call], share: float) -> None:
        """Make rides until the time is over; of the first way to a scene only `share` is left."""
        while not self.pace.is_over:
            call = next(calls)
            await self.pace.wait((call.departs - call.at) * share)
            share = 1.0
            if not self.pace.is_over:
                await self._ride(call)

    async def _ride(self, call: Call) -> None:
        advice = await self._advice(call)
        if advice is None:
            return
        opened = await self._press("open", "", {"advice": advice["id"]})
        if opened is None:
            return
        ride, first = opened["id"], advice["options"][0]
        for verb, body in _until_departure(first, advice["id"]):
            await self.pace.wait(CHOICE)
            if self.pace.is_over or await self._press(verb, ride, body) is None:
                return
        await self._drive(call, ride, first)

    async def _advice(self, call: Call) -> Json:
        """Watch the advice for a patient, as the page does when its facts are entered."""
        began = time.perf_counter()
        try:
            answer = await self.line.ask("advice:watch", question(call))
        except (TimeoutError, ConnectionError) as error:
            self.ledger.note(Step("advice", ""), 0, repr(error))
            return None
        self.ledger.advice_s.append(time.perf_counter() - began)
        problem = answer.get("problem")
        status = problem["status"] if problem else 200
        self.ledger.note(Step("advice", answer.get("id", "")), status, problem["title"] if problem else "")
        return None if problem else answer

    async def _drive(self, call: Call, ride: str, first: Json) -> None:
        drive, there = timedelta(seconds=first["eta_s"]), first["position"]
        driven = timedelta()
        while driven < drive and not self.pace.is_over:
            await self.pace.wait(min(POSITION_EVERY, drive - driven))
            driven += POSITION_EVERY
            if not self.pace.is_over:
                await self._move(ride, _between(call.position, there, min(driven / drive, 1.0)))
        if self.pace.is_over or await self._press("arrive", ride, {}) is None:
            return
        await self.pace.wait(timedelta(minutes=call.handover_min))
        if not self.pace.is_over and await self._press("handover", ride, {}) is not None:
            self.ledger.handed_over += 1

    async def _move(self, ride: str, position: Json) -> None:
        try:
            await self.line.ask("position", position)
        except (TimeoutError, ConnectionError) as error:
            self.ledger.note(Step("position on the line", ride), 0, repr(error))
        await self._press("position", ride, position)

    async def _press(self, verb: str, ride: str, body: Json) -> Json:
        """Press a button; None unless it was carried out."""
        key = self.ledger.key()
        path = f"/rides/{ride}/{verb}" if ride else "/rides"
        status, answer, took_s = await self.http.call("POST", path, self.token, body, key)
        self.ledger.step_s.append(took_s)
        self.ledger.note(Step(verb, ride or answer.get("id", ""), key), status, str(answer.get("title", "")))
        return answer if status in (200, 201) else None


@dataclass(frozen=True, slots=True)
class Departments:
    """The departments of all hospitals: the simulator's stops, declared and ended by each hospital's coordinator."""

    tokens: Mapping[str, str]
    http: Http
    ledger: Ledger
    pace: Pace

    async def play(self, spells: Sequence[Spell], start: datetime) -> None:
        """Play the stops of a period that begins at `start`."""
        await asyncio.gather(*(self._play(spell, start) for spell in spells))

    async def _play(self, spell: Spell, start: datetime) -> None:
        await self.pace.wait(max(spell.start - start, timedelta()))
        if self.pace.is_over:
            return
        told = {
            "hospital": spell.hospital,
            "department": spell.department,
            "status": spell.status,
            "reason": spell.reason,
            "until": (datetime.now(UTC) + STOP_LASTS).isoformat(),
        }
        stop = await self._call("declare", "/stops", spell, told)
        if stop is None:
            return
        await self.pace.wait(spell.end - max(spell.start, start))
        if not self.pace.is_over:
            await self._call("end", f"/stops/{stop['id']}/end", spell, {}, stop["id"])

    async def _call(self, what: str, path: str, spell: Spell, body: Json, stop: str = "") -> Json:
        status, answer, took_s = await self.http.call("POST", path, self.tokens[spell.hospital], body)
        self.ledger.step_s.append(took_s)
        self.ledger.note(Step(what, stop or answer.get("id", "")), status, str(answer))
        return answer if status in (200, 201) else None


async def report(registry: Registry, key: str, http: Http, pace: Pace) -> None:
    """Report every department as green, again and again, as a platform that is polled would."""
    while not pace.is_over:
        await report_once(registry, key, http)
        await asyncio.sleep(min(REPORT_EVERY_S, max(0.0, pace.until - time.monotonic())))


async def report_once(registry: Registry, key: str, http: Http) -> None:
    """Report every department that a hospital has, or may have, as green."""
    moment = datetime.now(UTC).isoformat()
    green = {"status": "green"}
    statuses = [
        {
            "hospital": site.id,
            "said_at": moment,
            "departments": {name: green for name, known in site.departments.items() if known is not Known.NO},
        }
        for site in registry
    ]
    body = {"whole": True, "as_of": moment, "statuses": statuses}
    status, answer, _ = await http.call("POST", "/feeds/stops", key, body)
    if status != 200:
        raise ConnectionError(f"the source was not heard: {status} {answer}")


def question(call: Call) -> Json:
    """Return a call as the question of a page."""
    patient = call.patient
    return {
        "position": _position(call.position),
        "abcd": patient.abcd,
        "suspicion": patient.suspicion,
        "origin": patient.origin,
        "signals": call.profile is Profile.SIGNALS,
        "changes": True,
        "relation": {
            hospital: {"active": relation.active, "related": relation.related}
            for hospital, relation in patient.relation.items()
        },
    }


def _until_departure(first: Json, advice: str) -> list[tuple[str, Json]]:
    hospital = first["hospital"]
    phoned = [("consult", {"hospital": hospital, "outcome": "accepted"})] if first["class"] == "consult" else []
    return [
        ("choose", {"hospital": hospital, "advice": advice}),
        *phoned,
        ("announce", {}),
        ("depart", {}),
    ]


def _position(position: Position) -> Json:
    return {"lat": position.lat, "lon": position.lon}


def _between(start: Position, end: Mapping[str, float], share: float) -> Json:
    return {
        "lat": round(start.lat + share * (end["lat"] - start.lat), 5),
        "lon": round(start.lon + share * (end["lon"] - start.lon), 5),
    }
