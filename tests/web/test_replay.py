"""An advice is worked out again to the same bytes after a restart, also of a program with other data."""

import json
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.services.reference import adopt_reference
from advisor.services.world import World
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import ThreadRunner
from advisor.store.sql_journal import SqlJournal
from tests.services.test_advice import renamed
from tests.web.apps import Caller, an_app, log_in
from tests.world import NOW, VELDSTAD, OneRoad, a_world, all_green, at, declared, ended

QUESTION = {"position": {"lat": 52.1, "lon": 5.1}, "suspicion": "stroke", "abcd": "stable"}


@contextmanager
def program(folder: Path, **other: object) -> Iterator[tuple[Caller, World]]:
    """A program that has started on the journal in a folder; `other` parts of its world are not what they were."""
    url = f"sqlite:///{folder / 'journal.db'}"
    with closing(Database(url, ThreadRunner())) as database:
        migrate(database)
        known = a_world(journal=SqlJournal(database))
        world = replace(known, new_id=lambda: uuid.uuid4().hex, **other)  # type: ignore[arg-type]
        adopt_reference(now=NOW, world=world)
        yield log_in(an_app(world=world), "verpleegkundige"), world


@pytest.fixture
def given(tmp_path: Path) -> tuple[str, bytes]:
    """The id of an advice that an earlier run of the program gave, and its bytes."""
    with program(tmp_path) as (nurse, world):
        world.journal.transact(lambda _: [*all_green(), declared()])
        advice = nurse.post("/advice", QUESTION).get_json()["id"]
        world.journal.transact(lambda _: [ended(when=at(1))])
        return advice, nurse.get(f"/advice/{advice}").data


def replayed(nurse: Caller, advice: str) -> bytes:
    """The bytes of the replay."""
    answer = nurse.get(f"/advice/{advice}/replay")
    assert answer.status_code == 200, answer.text
    return answer.data


def test_replay_is_byte_equal_after_a_restart(tmp_path: Path, given: tuple[str, bytes]) -> None:
    advice, told = given

    with program(tmp_path) as (nurse, _):
        assert replayed(nurse, advice) == told


def test_replay_is_byte_equal_after_an_upgrade_of_registry_editions_and_roads(
    tmp_path: Path, given: tuple[str, bytes]
) -> None:
    advice, told = given
    newer = renamed(a_world())
    editions = newer.editions.with_pilot("code_orange", active=False)
    roads = OneRoad(closed=frozenset({VELDSTAD}))

    documents = newer.registry_documents
    other = {"registry": newer.registry, "registry_documents": documents, "editions": editions, "roads": roads}
    with program(tmp_path, **other) as (nurse, _):
        now = nurse.post("/advice", QUESTION).get_json()
        again = replayed(nurse, advice)

    assert again == told
    assert now["options"] != json.loads(told)["options"]
