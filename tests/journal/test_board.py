"""The board: what holds for a department at a moment, and which source is believed."""

from dataclasses import replace

import pytest

from advisor.journal.board import Board
from advisor.journal.events import Event, LapseConfirmed, PlanId, PlanWithdrawn, Recorded, StopPlanned
from advisor.journal.fold import OutOfOrder, apply, fold
from advisor.kernel import Department, Status, StopId
from advisor.protocol.model import DepartmentState, StopReason
from tests.world import NOW, VELDSTAD, at, declared, ended, extended, heard, reported


def board_of(*events: Event) -> Board:
    return fold(Recorded(seq=seq, event=event) for seq, event in enumerate(events, start=1))


def state(board: Board, minute: float = 1, department: Department = Department.SEH) -> DepartmentState:
    return board.states(at(minute))[VELDSTAD][department]


def planned(start: float = 60, until: float = 360) -> StopPlanned:
    return StopPlanned(
        at=NOW,
        by="board",
        plan_id=PlanId("p1"),
        hospital=VELDSTAD,
        department=Department.SEH,
        reason=StopReason.TECHNICAL,
        start=at(start),
        until=at(until),
    )


class TestStops:
    def test_declared_stop_runs(self) -> None:
        running = board_of(declared()).find_running_stop(VELDSTAD, Department.SEH, at(1))

        assert running is not None
        assert running.id == "s1"

    @pytest.mark.parametrize(("second", "runs"), [(-1, True), (0, False), (1, False)])
    def test_stop_expires_at_its_entered_end(self, second: int, *, runs: bool) -> None:
        board = board_of(declared(until=at(120)))

        running = board.find_running_stop(VELDSTAD, Department.SEH, at(120 + second / 60))

        assert (running is not None) is runs

    def test_extended_stop_runs_until_its_new_end(self) -> None:
        board = board_of(declared(until=at(120)), extended(when=at(119), until=at(180)))

        assert (state(board, 179).status, state(board, 180).status) == (Status.RED, Status.GREEN)

    def test_ended_stop_runs_no_longer(self) -> None:
        assert state(board_of(declared(), ended(when=at(30))), 30).status is Status.GREEN

    def test_stop_of_one_department_leaves_the_others(self) -> None:
        assert list(board_of(declared()).states(at(1))[VELDSTAD]) == [Department.SEH]

    def test_new_stop_replaces_the_one_that_is_over(self) -> None:
        board = board_of(declared("s1", until=at(60)), declared("s2", when=at(61), status=Status.ORANGE))

        assert (state(board, 62).status, state(board, 62).stop_id) == (Status.ORANGE, "s2")

    def test_stop_is_manual_and_tells_since_until_and_why(self) -> None:
        told = state(board_of(declared(until=at(90))))

        assert (told.manual, told.since, told.until, told.reason) == (True, NOW, at(90), StopReason.PATIENT_PEAK)

    def test_old_stops_are_forgotten(self) -> None:
        board = board_of(declared("s1", until=at(60)), declared("s2", when=at(60 + 8 * 24 * 60)))

        assert list(board.stops) == [StopId("s2")]

    def test_recent_stop_is_remembered_after_its_end(self) -> None:
        board = board_of(declared("s1", until=at(60)), declared("s2", when=at(60 + 6 * 24 * 60)))

        assert list(board.stops) == ["s1", "s2"]


class TestPrecedence:
    def test_running_stop_of_the_console_wins_over_a_later_feed(self) -> None:
        board = board_of(declared(), reported(Status.GREEN, said_at=at(5)))

        assert (state(board, 6).status, state(board, 6).source) == (Status.RED, "console")

    def test_feed_holds_where_the_console_said_nothing(self) -> None:
        assert state(board_of(reported(Status.RED))).status is Status.RED

    def test_latest_word_by_its_own_timestamp_holds_between_feeds(self) -> None:
        board = board_of(reported(Status.RED, source="have", said_at=at(5)), reported(Status.GREEN, said_at=at(4)))

        assert (state(board, 6).status, state(board, 6).source) == (Status.RED, "have")

    def test_older_word_of_a_feed_changes_nothing(self) -> None:
        board = board_of(reported(Status.RED, said_at=at(5)), reported(Status.GREEN, said_at=at(4), when=at(6)))

        assert state(board, 7).status is Status.RED

    def test_ended_stop_wins_over_what_a_feed_said_before(self) -> None:
        board = board_of(reported(Status.RED, said_at=at(1)), declared(), ended(when=at(30)))

        assert (state(board, 31).status, state(board, 31).source) == (Status.GREEN, "console")

    def test_feed_that_speaks_after_the_end_of_a_stop_holds(self) -> None:
        board = board_of(declared(), ended(when=at(30)), reported(Status.RED, said_at=at(31)))

        assert (state(board, 32).status, state(board, 32).source) == (Status.RED, "lpz")

    def test_feed_that_keeps_disagreeing_does_not_keep_the_console_fresh(self) -> None:
        board = board_of(reported(Status.RED, said_at=at(1)), declared(), ended(when=at(30)), heard(when=at(50)))

        assert state(board, 51).reported_at == at(30)

    def test_feed_that_agrees_keeps_the_console_fresh(self) -> None:
        board = board_of(reported(Status.GREEN), declared(), ended(when=at(30)), heard(when=at(50)))

        assert state(board, 51).reported_at == at(50)


class TestFreshness:
    def test_report_is_as_old_as_it_says(self) -> None:
        assert state(board_of(reported(said_at=at(-20), when=NOW))).reported_at == at(-20)

    def test_feed_that_is_heard_confirms_what_it_said(self) -> None:
        assert state(board_of(reported(), heard(when=at(9))), 10).reported_at == at(9)

    def test_hearing_one_feed_does_not_confirm_another(self) -> None:
        assert state(board_of(reported(), heard("have", when=at(9))), 10).reported_at == NOW

    def test_hospital_that_is_missing_from_a_hearing_is_not_confirmed(self) -> None:
        board = board_of(reported(), heard(when=at(3)), heard(when=at(9), missing=(VELDSTAD,)))

        assert state(board, 10).reported_at == at(3)

    def test_hospital_that_stays_missing_keeps_its_age(self) -> None:
        missing = (heard(when=at(minute), missing=(VELDSTAD,)) for minute in (9, 10, 11))

        assert state(board_of(reported(), heard(when=at(3)), *missing), 12).reported_at == at(3)

    def test_hospital_that_is_heard_again_is_fresh_again(self) -> None:
        board = board_of(reported(), heard(when=at(3)), heard(when=at(9), missing=(VELDSTAD,)), heard(when=at(10)))

        assert state(board, 11).reported_at == at(10)


class TestPlans:
    def test_plan_changes_no_status(self) -> None:
        assert state(board_of(reported(Status.GREEN), planned(start=60)), 90).status is Status.GREEN

    def test_plan_is_told_until_its_end(self) -> None:
        board = board_of(reported(), planned(start=60, until=360))

        assert [state(board, minute).planned_from for minute in (1, 359, 360)] == [at(60), at(60), None]

    def test_plan_of_a_department_that_nobody_spoke_about_is_unknown_with_the_plan(self) -> None:
        told = state(board_of(planned()))

        assert (told.status, told.planned_from) == (Status.UNKNOWN, at(60))

    def test_declared_stop_that_carries_out_a_plan_is_a_planned_one(self) -> None:
        carried_out = replace(declared(when=at(60)), plan_id=PlanId("p1"))

        told = state(board_of(planned(), carried_out), 61)

        assert (told.planned, told.planned_from) == (True, None)

    def test_withdrawn_plan_is_gone(self) -> None:
        board = board_of(reported(), planned(), PlanWithdrawn(at=at(5), by="board", plan_id=PlanId("p1")))

        assert (state(board, 6).planned_from, board.plans) == (None, {})


def test_confirmed_lapse_is_the_latest_of_its_category_and_region() -> None:
    events = (LapseConfirmed(at=at(minute), by="mka", mka="MKA", department=Department.SEH) for minute in (1, 9))

    [lapse] = board_of(*events).lapses

    assert lapse.confirmed_at == at(9)


def test_gap_in_the_numbers_is_an_error() -> None:
    with pytest.raises(OutOfOrder, match="fact 3 does not follow 1"):
        apply(board_of(heard()), Recorded(seq=3, event=heard()))


def test_answer_is_the_same_object_while_nothing_changes() -> None:
    board = board_of(declared(until=at(120)))

    assert board.states(at(1))[VELDSTAD] is board.states(at(119))[VELDSTAD]


def test_answer_is_remembered_per_moment_and_not_for_ever() -> None:
    board = board_of(declared(until=at(120)))

    assert [state(board, minute).status for minute in (1, 121, 1)] == [Status.RED, Status.GREEN, Status.RED]
