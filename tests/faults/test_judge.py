"""The judge of the fault test sees what it is there to see."""

from datetime import timedelta

from advisor.journal.events import Recorded
from tests.faults.coordinators import Acknowledged
from tests.faults.judge import missing_or_twice, out_of_order, stale_as_fresh
from tests.faults.pages import Shown
from tests.world import NOW, declared, ended

FACTS = (
    Recorded(seq=1, event=declared("s1", when=NOW)),
    Recorded(seq=2, event=ended("s1", when=NOW + timedelta(seconds=40))),
    Recorded(seq=3, event=declared("s2", when=NOW + timedelta(seconds=50))),
)
T = NOW.timestamp()
FIRST, SECOND = Acknowledged("StopDeclared", "s1", T), Acknowledged("StopDeclared", "s2", T + 50)


def page(*shown: tuple[float, int, bool]) -> list[Shown]:
    return [Shown(T + since, "e", seq, silent) for since, seq, silent in shown]


def test_act_that_is_not_written_down_is_lost() -> None:
    lost = Acknowledged("StopDeclared", "s9", 100.0)

    assert missing_or_twice([FIRST, lost], FACTS) == [lost]


def test_act_that_stands_there_twice_is_told() -> None:
    assert missing_or_twice([FIRST], [*FACTS, Recorded(seq=4, event=declared("s1"))]) == [FIRST]


def test_gap_in_the_numbers_is_told() -> None:
    assert out_of_order([FACTS[0], FACTS[2]]) == [3]


def test_page_that_stays_behind_and_says_nothing_is_stale() -> None:
    [stale] = stale_as_fresh([page((-10, 0, False))], [FIRST], FACTS, until=T + 20)

    assert (stale.seq, stale.should) == (0, 1)


def test_page_that_says_in_time_that_it_is_cut_off_is_not_stale() -> None:
    assert not list(stale_as_fresh([page((-10, 0, False), (11, 0, True))], [FIRST], FACTS, until=T + 30))


def test_page_that_says_too_late_that_it_is_cut_off_is_stale() -> None:
    assert list(stale_as_fresh([page((-10, 0, False), (13, 0, True))], [FIRST], FACTS, until=T + 30))


def test_page_that_catches_up_in_time_is_not_stale() -> None:
    assert not list(stale_as_fresh([page((-10, 0, False), (5, 1, False))], [FIRST], FACTS, until=T + 30))


def test_stop_that_was_declared_and_ended_unseen_need_not_be_told() -> None:
    facts = (FACTS[0], Recorded(seq=2, event=ended("s1", when=NOW + timedelta(seconds=1))))
    ended_too = Acknowledged("StopEnded", "s1", T + 1)

    assert not list(stale_as_fresh([page((-10, 0, False))], [FIRST, ended_too], facts, until=T + 100))


def test_later_act_is_missed_too() -> None:
    assert list(stale_as_fresh([page((-10, 1, False))], [SECOND], FACTS, until=T + 70))
