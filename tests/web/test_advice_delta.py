"""Changes of a watched advice: the page that lays them over what it has, has what the server would tell whole."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest

from advisor.journal.events import Event
from advisor.kernel import Department
from advisor.protocol.model import Stability, Status
from advisor.web.advice_delta import advice_delta
from advisor.web.watching import ask
from tests.world import NOW, NURSE, OneRoad, a_case, a_world, all_green, declared, region

PAGE = Path(__file__).parents[1] / "static"
ANSWERS = 300

Json = Any


def told(*, lon: float = 5.0, after_s: float = 0, version: int = 1, events: tuple[Event, ...] = ()) -> dict[str, Json]:
    """A watched answer in the invented region, so long after the feed was heard."""
    now = NOW + timedelta(seconds=after_s)
    world = replace(a_world(*all_green(), *events), clock=lambda: now)
    return ask(a_case(lon), NURSE, now, None, world).answer | {"version": version}


def test_only_what_differs_is_told() -> None:
    before = told(version=7)

    delta = advice_delta(before, told(version=8, events=(declared(),)))

    assert delta is not None
    assert (delta["from_version"], delta["version"]) == (7, 8)
    assert "network" not in delta
    changed = delta["options"]["veldstad"]
    assert changed["class"] == "divert"
    assert changed["departments"]["SEH"]["status"] == "red"
    assert "name" not in changed


def test_all_hospitals_are_named_in_their_order() -> None:
    after = told(version=2, events=(declared(),))

    delta = advice_delta(told(), after)

    assert delta is not None
    assert delta["order"] == [option["hospital"] for option in after["options"]]


def test_hospital_that_was_not_there_is_told_whole() -> None:
    before, after = told(), told(version=2)
    newcomer = before["options"].pop()

    delta = advice_delta(before, after)

    assert delta is not None
    assert delta["options"] == {newcomer["hospital"]: newcomer}


@pytest.mark.parametrize("place", ["answer", "option", "departments", "department"])
def test_field_that_is_gone_cannot_be_told_as_a_change(place: str) -> None:
    before, after = told(), told(version=2)
    departments = after["options"][0]["departments"]
    within = {
        "answer": (after, "snap_m"),
        "option": (after["options"][0], "inbound"),
        "departments": (departments, "SEH"),
        "department": (departments["SEH"], "until"),
    }
    holder, name = within[place]
    del holder[name]

    assert advice_delta(before, after) is None


def random_answers(count: int) -> Iterator[dict[str, Json]]:
    """Answers about boards that change, from places along the road, as time goes by; always the same ones."""
    random = Random(4)
    hospitals = [hospital.id for hospital in region()]
    for version in range(count):
        stops = [
            declared(
                stop_id=f"s{number}",
                hospital=random.choice(hospitals),
                department=random.choice(tuple(Department)),
                status=random.choice((Status.RED, Status.ORANGE)),
            )
            for number in range(random.randrange(3))
        ]
        patient = {"abcd": random.choice(tuple(Stability))}
        roads = OneRoad(closed=frozenset(random.sample(hospitals, random.choice((0, 0, 1)))))
        now = NOW + timedelta(seconds=random.choice((0, 0, 40, 700, 1900)) + random.random())
        world = replace(a_world(*all_green(), *stops, roads=roads), clock=lambda now=now: now)
        answer = ask(a_case(random.choice((4.99, 5.0, 5.3)), patient), NURSE, now, None, world).answer
        yield answer | {"version": version}


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_page_has_after_a_change_what_the_server_has() -> None:
    answers = list(random_answers(ANSWERS))
    changes = [(before, advice_delta(before, after), after) for before, after in pairwise(answers)]

    said = b"\n".join(orjson.dumps(change) for change in changes)
    done = subprocess.run(["node", "deltas.mjs"], cwd=PAGE, input=said, capture_output=True, check=True)

    assert json.loads(done.stdout) == []
