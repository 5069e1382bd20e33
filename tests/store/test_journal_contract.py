"""What every journal promises, whatever it is kept in."""

import threading
from collections.abc import Callable, Sequence

import pytest

from advisor.journal.board import Board
from advisor.journal.events import AdviceGiven, Event, FeedHeard, StopDeclared, StopEnded
from advisor.journal.fold import fold
from advisor.kernel import AdviceId, Department, Interval, InvalidInput, StopId
from advisor.services.ports import Journal
from advisor.store.memory import MemoryJournal
from advisor.store.sql_journal import SqlJournal
from tests.world import NOW, VELDSTAD, at, declared, ended, heard, reported


def write(journal: Journal, *events: Event) -> None:
    journal.transact(lambda _: events)


def test_new_journal_is_empty(journal: Journal) -> None:
    assert (journal.head(), journal.read(0, 10), journal.board()) == (0, (), Board())


def test_facts_come_back_as_they_were_written(journal: Journal) -> None:
    events = (declared(), reported(), heard(missing=("elders",)), ended(when=at(5)))

    write(journal, *events)

    assert tuple(recorded.event for recorded in journal.read(0, 10)) == events


def test_numbers_rise_by_one_from_one(journal: Journal) -> None:
    write(journal, heard(), heard())
    write(journal, heard())

    assert [recorded.seq for recorded in journal.read(0, 10)] == [1, 2, 3]


def test_transact_returns_what_it_wrote(journal: Journal) -> None:
    write(journal, heard())

    [recorded] = journal.transact(lambda _: [declared()])

    assert (recorded.seq, recorded.event) == (2, declared())


def test_reading_goes_on_after_a_number(journal: Journal) -> None:
    write(journal, *(heard(when=at(minute)) for minute in range(5)))

    assert [recorded.seq for recorded in journal.read(2, 2)] == [3, 4]


def test_facts_of_some_types_in_a_period_come_in_order(journal: Journal) -> None:
    write(journal, heard(when=at(0)), declared(when=at(1)), heard(when=at(2)), ended(when=at(3)), heard(when=at(4)))

    found = journal.read_types([StopDeclared, StopEnded], Interval(start=at(1), end=at(3)), 0, 10)

    assert [recorded.seq for recorded in found] == [2]


def test_facts_of_a_type_are_read_on_after_a_number(journal: Journal) -> None:
    write(journal, *(heard(when=at(minute)) for minute in range(5)), declared(when=at(5)))
    period = Interval(start=at(0), end=None)

    assert [recorded.seq for recorded in journal.read_types([FeedHeard], period, 2, 2)] == [3, 4]


def test_decision_sees_the_facts_before_it(journal: Journal) -> None:
    write(journal, declared())
    seen: list[Board] = []

    def look(board: Board) -> Sequence[Event]:
        seen.append(board)
        return []

    journal.transact(look)

    assert seen[-1].find_running_stop(VELDSTAD, Department.SEH, at(1)) is not None


def test_error_of_a_decision_is_passed_on_and_nothing_is_written(journal: Journal) -> None:
    def refuse(_: Board) -> Sequence[Event]:
        raise InvalidInput([])

    with pytest.raises(InvalidInput):
        journal.transact(refuse)

    assert journal.head() == 0


def test_fact_that_does_not_fit_the_board_is_refused_and_the_next_one_is_not(journal: Journal) -> None:
    with pytest.raises(KeyError):
        write(journal, ended("never-declared", when=NOW))

    write(journal, heard())

    assert journal.head() == 1


def test_board_is_the_fold_of_all_facts(journal: Journal) -> None:
    write(journal, declared(), reported())
    write(journal, ended(when=at(5)))

    assert journal.board() == fold(journal.read(0, 10))


def test_facts_about_one_stop_are_found(journal: Journal) -> None:
    write(journal, declared("s1"), declared("s2", department=Department.CTT), heard(), ended("s1", when=at(5)))

    assert [recorded.seq for recorded in journal.about(StopId("s1"))] == [1, 4]


def test_enclosure_is_kept_beside_its_fact(journal: Journal) -> None:
    given = AdviceGiven(at=NOW, by="nurse", advice_id=AdviceId("a1"), digest="00", receipt=b"\x00receipt\xff")

    write(journal, given)

    assert (journal.enclosure("a1"), journal.read(0, 1)[0].event) == (b"\x00receipt\xff", given)


def test_enclosure_that_is_not_there_is_none(journal: Journal) -> None:
    assert journal.enclosure("a1") is None


def test_decision_without_facts_writes_nothing(journal: Journal) -> None:
    assert journal.transact(lambda _: []) == ()


def test_only_one_of_many_at_the_same_instant_declares_a_stop(journal: Journal) -> None:
    won = press_at_once([journal] * 12)

    assert (won.count(True), journal.head()) == (1, 1)


def press_at_once(journals: Sequence[Journal]) -> list[bool]:
    """Let every journal declare the same stop at the same instant, each in a thread; tells who did."""
    gate = threading.Barrier(len(journals))
    won: list[bool] = []

    def press(number: int, journal: Journal) -> None:
        gate.wait()
        won.append(bool(journal.transact(declare_if_free(f"s{number}"))))

    threads = [threading.Thread(target=press, args=pair) for pair in enumerate(journals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won


def declare_if_free(stop_id: str) -> Callable[[Board], Sequence[Event]]:
    def decide(board: Board) -> Sequence[Event]:
        running = board.find_running_stop(VELDSTAD, Department.SEH, NOW)
        return [] if running else [declared(stop_id)]

    return decide


def test_latest_enclosure_about_a_subject_is_the_one(journal: Journal) -> None:
    for receipt in (b"first", b"second"):
        write(journal, AdviceGiven(at=NOW, by="nurse", advice_id=AdviceId("a1"), digest="00", receipt=receipt))

    assert journal.enclosure("a1") == b"second"


class TestArchive:
    @pytest.fixture
    def archive(self, journal: MemoryJournal | SqlJournal) -> MemoryJournal | SqlJournal:
        for minute, name in enumerate("abc"):
            given = AdviceGiven(at=at(minute), by="nurse", advice_id=AdviceId(name), digest="00", receipt=name.encode())
            write(journal, heard(), given)
        return journal

    def test_old_enclosures_are_listed_in_order(self, archive: MemoryJournal | SqlJournal) -> None:
        listed = archive.list_enclosed(("AdviceGiven",), at(2), 1, 10)

        assert [(each.seq, each.content, each.stage) for each in listed] == [(2, b"a", 0), (4, b"b", 0)]

    def test_other_types_are_left_out(self, archive: MemoryJournal | SqlJournal) -> None:
        assert archive.list_enclosed(("ReferenceAdopted",), at(9), 1, 10) == ()

    def test_replaced_enclosure_is_at_its_new_stage(self, archive: MemoryJournal | SqlJournal) -> None:
        archive.replace_enclosure(2, b"less", 1)

        assert archive.enclosure("a") == b"less"
        assert [each.seq for each in archive.list_enclosed(("AdviceGiven",), at(9), 1, 10)] == [4, 6]
        assert [each.seq for each in archive.list_enclosed(("AdviceGiven",), at(9), 2, 10)] == [2, 4, 6]

    def test_removed_enclosure_is_gone_and_its_fact_stays(self, archive: MemoryJournal | SqlJournal) -> None:
        archive.replace_enclosure(2, None, 2)

        assert (archive.enclosure("a"), len(archive.about("a"))) == (None, 1)
