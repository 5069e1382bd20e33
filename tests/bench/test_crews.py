"""The load test of crews counts what was really done, and sees a step, a change or a board that is lost."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from bench.crew_line import CrewLine, shown_of
from bench.crew_steps import Ledger, Step, lost_or_doubled
from bench.crews import Load, Outcome, complaints, facts_of, play, simulated_region

Done = TypeVar("Done")
LOAD = Load(crews=6, minutes=0.1, speed=600.0)
"""A few crews whose hour takes six seconds."""
ON_A_SLOW_MACHINE = replace(LOAD, minutes=0.6)


def apart(work: Callable[[], Done]) -> Done:
    """Do something in a thread of its own: tests of the pages leave a loop running in theirs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Path]:
    """What came of a load in which a patient was handed over, if there is time enough for one, and the journal."""
    region = simulated_region()

    def play_one(load: Load) -> tuple[Outcome, Path]:
        return apart(lambda: play(load, tmp_path_factory.mktemp("crews"), region))

    outcome, database = play_one(LOAD)
    return (outcome, database) if outcome.ledger.handed_over else play_one(ON_A_SLOW_MACHINE)


def a_line() -> CrewLine:
    """A page that was shown a board with the number 3."""

    async def make() -> CrewLine:
        line = CrewLine(1, None)
        line.take({"seq": 3, "hospitals": [hospital("green")]}, whole=True)
        return line

    return apart(lambda: asyncio.run(make()))


def hospital(status: str) -> dict[str, object]:
    shown = {"effective": status, "until": None, "source": "lpz"}
    return {"id": "a", "inbound": 0, "departments": {"SEH": shown}}


def test_every_step_of_a_good_run_is_in_the_journal(played: tuple[Outcome, Path]) -> None:
    outcome, database = played
    lost = lost_or_doubled(outcome.ledger.acknowledged, facts_of(database))

    assert complaints(outcome, lost) == []
    assert {"advice", "open", "choose", "announce", "depart", "position", "arrive", "handover"} <= {
        step.what for step in outcome.ledger.acknowledged
    }


@pytest.mark.parametrize("what", ["advice", "choose", "depart", "position", "handover"])
def test_step_that_is_not_in_the_journal_is_found(played: tuple[Outcome, Path], what: str) -> None:
    outcome, database = played
    step = next(each for each in outcome.ledger.acknowledged if each.what == what)
    facts = facts_of(database)
    without = [fact for fact in facts if lost_or_doubled([step], [fact])]

    assert len(without) == len(facts) - 1
    assert lost_or_doubled(outcome.ledger.acknowledged, without) == [step]


def test_step_that_is_in_the_journal_twice_is_found(played: tuple[Outcome, Path]) -> None:
    outcome, database = played
    facts = facts_of(database)
    [first, *_] = outcome.ledger.acknowledged
    again = next(fact for fact in facts if not lost_or_doubled([first], [fact]))

    assert lost_or_doubled(outcome.ledger.acknowledged, [*facts, again]) == [first]


def test_change_that_follows_on_another_number_was_missed() -> None:
    line = a_line()

    line.take({"from_seq": 3, "seq": 5, "hospitals": [hospital("red")]}, whole=False)
    assert line.gaps == 0

    line.take({"from_seq": 6, "seq": 8, "hospitals": []}, whole=False)
    assert line.gaps == 1


def test_board_shows_the_changes_that_it_was_told() -> None:
    line = a_line()
    line.take({"from_seq": 3, "seq": 5, "hospitals": [hospital("red")]}, whole=False)

    assert line.shown() == shown_of([hospital("red")]) != shown_of([hospital("green")])


def test_conflict_is_told_apart_from_a_failure() -> None:
    ledger = Ledger()
    step = Step("depart", "r1", "press-1")
    for status in (200, 409, 500, 422, 0):
        ledger.note(step, status)

    assert (len(ledger.acknowledged), len(ledger.conflicts), len(ledger.failed)) == (1, 1, 3)


def test_run_in_which_nothing_happened_is_no_good_run() -> None:
    assert complaints(Outcome(load=LOAD, ledger=Ledger()), []) == ["no patient was handed over"]
