"""Telling what changed on the board, and only that."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from advisor.live.boards import FRESH_S, BoardTeller, Look, Shown


@dataclass
class Shows:
    """A board that a test can change."""

    seq: int = 1
    hospitals: dict[str, dict[str, object]] = field(default_factory=lambda: {"a": {"status": "green", "age": 0}})
    rest: object = None

    @property
    def steady(self) -> Mapping[str, object]:
        return {name: shown["status"] for name, shown in self.hospitals.items()}


@dataclass
class Frozen:
    """One look at the board."""

    seq: int
    hospitals: Mapping[str, Shown]
    steady: Mapping[str, object]
    rest: object


class Told:
    """A teller over a board, and what it told."""

    def __init__(self) -> None:
        self.board = Shows()
        self.changes: list[tuple[int, int, list[str]]] = []
        self.teller = BoardTeller(self._look, self._tell)

    def _look(self) -> Look:
        board = self.board
        hospitals = {name: {"id": name, **shown} for name, shown in board.hospitals.items()}
        return Frozen(seq=board.seq, hospitals=hospitals, steady=dict(board.steady), rest=board.rest)

    def _tell(self, from_seq: int, look: Look, changed: Sequence[Shown]) -> None:
        self.changes.append((from_seq, look.seq, [str(shown["id"]) for shown in changed]))


def test_changed_hospital_is_told_with_the_numbers_around_it() -> None:
    told = Told()
    told.board.seq = 3
    told.board.hospitals["a"]["status"] = "red"

    told.teller.refresh()

    assert told.changes == [(1, 3, ["a"])]


def test_fact_that_changes_nothing_on_the_board_is_not_told() -> None:
    told = Told()
    told.board.seq = 2

    assert not told.teller.refresh()
    assert told.changes == []


def test_change_after_facts_that_were_not_told_follows_upon_what_was() -> None:
    told = Told()
    told.board.seq = 2
    told.teller.refresh()
    told.board.seq = 3
    told.board.hospitals["b"] = {"status": "red"}

    told.teller.refresh()

    assert told.changes == [(1, 3, ["b"])]


def test_growing_older_is_no_change() -> None:
    told = Told()
    told.board.hospitals["a"]["age"] = 60

    assert not told.teller.refresh()


def test_change_by_the_clock_alone_is_told() -> None:
    told = Told()
    told.board.hospitals["a"]["status"] = "unknown"

    told.teller.refresh()

    assert told.changes == [(1, 1, ["a"])]


def test_change_beside_the_hospitals_is_told_without_one() -> None:
    told = Told()
    told.board.rest = "all red or orange"

    told.teller.refresh()

    assert told.changes == [(1, 1, [])]


def test_client_that_is_let_in_misses_nothing_and_hears_nothing_twice() -> None:
    told = Told()
    told.board.seq = 2
    told.board.hospitals["a"]["status"] = "red"
    welcomed: list[tuple[int, object]] = []

    told.teller.admit(lambda seq, look: welcomed.append((seq, look.steady["a"])))
    told.teller.refresh()

    assert (welcomed, told.changes) == ([(1, "green")], [(1, 2, ["a"])])


def test_client_that_is_let_in_a_while_after_the_last_look_is_shown_the_board_as_it_is_now() -> None:
    told = Told()
    time.sleep(FRESH_S)
    told.board.seq = 2
    told.board.hospitals["a"]["status"] = "red"
    welcomed: list[tuple[int, object]] = []

    told.teller.admit(lambda seq, look: welcomed.append((seq, look.steady["a"])))
    told.teller.refresh()

    assert (welcomed, told.changes) == ([(2, "red")], [(1, 2, ["a"])])


def test_older_look_than_the_last_is_passed_over() -> None:
    told = Told()
    told.board.seq = 0
    told.board.hospitals["a"]["status"] = "red"

    assert not told.teller.refresh()
