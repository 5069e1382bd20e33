"""Facts are read completely and in order, however dense they are."""

from datetime import timedelta
from itertools import groupby

import pytest

from advisor.journal.events import Event, FeedHeard, StopDeclared
from advisor.kernel import Interval
from advisor.reports import reading
from advisor.reports.reading import read_facts
from tests.world import NOW, a_world, at, declared, heard

SPARSE = [heard(str(day), when=NOW + timedelta(days=day)) for day in range(0, 400, 40)]
DENSE = [heard(str(number), when=NOW + timedelta(milliseconds=number)) for number in range(40)]
AT_ONCE = [heard(str(number), when=NOW) for number in range(40)]
MIXED = sorted([*SPARSE[1:], *AT_ONCE, *DENSE[1:]], key=lambda event: event.at)


def read(facts: list[Event], **period: float | None) -> list[Event]:
    """What is read of a period in minutes from now."""
    start, end = (None if minute is None else at(minute) for minute in (period["start"], period["end"]))
    assert start is not None
    world = a_world(*facts)
    return list(read_facts([FeedHeard], Interval(start=start, end=end), world, lambda: None))


@pytest.mark.parametrize(
    "facts", [[], SPARSE, DENSE, AT_ONCE, MIXED], ids=["none", "sparse", "dense", "at once", "mixed"]
)
@pytest.mark.parametrize("page", [7, 500])
def test_every_fact_comes_once_and_in_order(facts: list[Event], page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", page)

    assert read(facts, start=-1, end=None) == facts


def test_period_ends_before_its_end() -> None:
    facts: list[Event] = [heard(when=at(minute)) for minute in (0, 1, 2, 3)]

    assert [event.at for event in read(facts, start=1, end=3)] == [at(1), at(2)]


def test_other_kinds_are_left_out() -> None:
    world = a_world(heard(), declared(), heard(when=at(1)))

    found = list(read_facts([StopDeclared], Interval(start=NOW, end=None), world, lambda: None))

    assert [type(event) for event in found] == [StopDeclared]


def test_others_get_their_turn_between_two_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 7)
    told: list[object] = []
    for event in read_facts([FeedHeard], Interval(start=NOW, end=at(1)), a_world(*DENSE), lambda: told.append(None)):
        told.append(event)

    between = [len(list(run)) for is_fact, run in groupby(told, key=lambda each: each is not None) if is_fact]
    assert between == [7, 7, 7, 7, 7, 5]
