"""Which source is believed when two of them disagree."""

from dataclasses import replace

import pytest

from advisor.journal.board import Board
from advisor.journal.codec import decode
from advisor.journal.department import SEVERITY
from advisor.journal.events import Event, FeedHeard, FeedRetired, Recorded, ReportedState, StatusReported
from advisor.journal.fold import fold
from advisor.kernel import Department, Status
from advisor.protocol.model import DepartmentState
from tests.world import NOW, VELDSTAD, at, declared, ended, heard, reported

SEH = Department.SEH


def board(*events: Event) -> Board:
    return fold(Recorded(seq=seq, event=event) for seq, event in enumerate(events, start=1))


def seh(*events: Event, now: float = 30) -> DepartmentState:
    """How the SEH of Veldstad stands so many minutes later."""
    return board(*events).states(at(now))[VELDSTAD][SEH]


def until(event: StatusReported, minutes: float) -> StatusReported:
    """The same report, with an end."""
    states = {department: replace(state, until=at(minutes)) for department, state in event.departments.items()}
    return replace(event, departments=states)


def test_later_word_of_two_feeds_holds() -> None:
    state = seh(reported(Status.RED, source="lpz", said_at=at(5)), reported(Status.GREEN, source="have", said_at=at(6)))

    assert (state.status, state.source) == (Status.GREEN, "have")


def test_order_of_arrival_of_two_feeds_does_not_matter() -> None:
    red = reported(Status.RED, source="lpz", said_at=at(5), when=at(7))
    green = reported(Status.GREEN, source="have", said_at=at(6), when=at(6))

    assert seh(red, green) == seh(green, red)


@pytest.mark.parametrize("sources", [("a", "b"), ("b", "a")])
def test_more_cautious_of_two_feeds_holds_when_they_speak_at_the_same_instant(sources: tuple[str, str]) -> None:
    one, other = sources

    assert seh(reported(Status.RED, source=one), reported(Status.GREEN, source=other)).status is Status.RED


def test_older_word_of_a_feed_changes_nothing() -> None:
    new, old = reported(Status.RED, said_at=at(5)), reported(Status.GREEN, said_at=at(4), when=at(6))

    assert seh(new, old) == seh(new)


def test_console_stop_holds_over_what_a_feed_says_later() -> None:
    state = seh(declared(status=Status.RED), reported(Status.GREEN, said_at=at(5)))

    assert (state.status, state.source) == (Status.RED, "console")


def test_feed_that_says_something_more_severe_later_holds_over_a_console_stop() -> None:
    state = seh(declared(status=Status.ORANGE), reported(Status.RED, said_at=at(5)))

    assert (state.status, state.source, state.reported_at) == (Status.RED, "lpz", at(5))


def test_console_stop_that_is_overruled_can_still_be_ended() -> None:
    assert seh(declared("s7", status=Status.ORANGE), reported(Status.RED, said_at=at(5))).stop_id == "s7"


def test_feed_that_said_something_more_severe_before_does_not() -> None:
    assert seh(reported(Status.RED, said_at=at(-5)), declared(status=Status.ORANGE)).status is Status.ORANGE


@pytest.mark.parametrize(("now", "status"), [(19, Status.RED), (20, Status.ORANGE)])
def test_feed_overrules_a_console_stop_until_its_own_end(now: float, status: Status) -> None:
    events = declared(status=Status.ORANGE), until(reported(Status.RED, said_at=at(5)), 20)

    assert seh(*events, now=now).status is status


def test_unknown_from_a_feed_does_not_lift_a_console_stop() -> None:
    assert seh(declared(status=Status.ORANGE), reported(Status.UNKNOWN, said_at=at(5))).status is Status.ORANGE


def test_console_that_opened_later_holds_over_a_stop_of_a_feed() -> None:
    events = declared(status=Status.RED), reported(Status.RED, said_at=at(1)), ended(when=at(10))

    assert seh(*events).status is Status.GREEN


def test_feed_that_keeps_saying_red_does_not_keep_the_opening_of_the_console_fresh() -> None:
    events = declared(), reported(Status.RED, said_at=at(1)), ended(when=at(10)), heard(when=at(29))

    assert seh(*events).reported_at == at(10)


def test_stop_of_a_feed_that_is_declared_after_the_console_opened_holds() -> None:
    assert seh(declared(), ended(when=at(10)), reported(Status.RED, said_at=at(11))).status is Status.RED


def test_word_is_as_old_as_the_feed_says_that_its_answer_is() -> None:
    answered = FeedHeard(at=at(20), by="lpz", source="lpz", as_of=at(8))

    assert seh(reported(), answered).reported_at == at(8)


def test_answer_that_claims_to_be_from_the_future_is_from_now() -> None:
    answered = FeedHeard(at=at(20), by="lpz", source="lpz", as_of=at(90))

    assert seh(reported(), answered).reported_at == at(20)


def test_answer_that_a_later_one_overtook_makes_nothing_older() -> None:
    late = FeedHeard(at=at(21), by="lpz", source="lpz", as_of=at(8))

    assert seh(reported(), heard(when=at(20)), late).reported_at == at(20)


def test_hospital_that_is_missing_from_the_first_answer_of_all_is_not_made_fresh() -> None:
    assert seh(reported(), heard(when=at(20), missing=(VELDSTAD,))).reported_at == NOW


def test_source_that_is_retired_counts_no_longer() -> None:
    state = seh(
        reported(Status.GREEN, source="lpz", said_at=at(1)),
        reported(Status.RED, source="have", said_at=at(2)),
        FeedRetired(at=at(3), by="admin", source="have"),
    )

    assert (state.status, state.source) == (Status.GREEN, "lpz")


def test_source_that_was_retired_may_speak_again() -> None:
    retired = FeedRetired(at=at(3), by="admin", source="lpz")

    assert seh(reported(Status.GREEN), retired, reported(Status.RED, said_at=at(4))).status is Status.RED


def test_every_status_has_a_place_in_the_order_of_caution() -> None:
    assert set(SEVERITY) == set(Status)


def test_answer_as_an_older_program_wrote_it_is_read() -> None:
    event = decode("FeedHeard", 1, {"at": "2026-03-10T14:00:00Z", "by": "lpz", "source": "lpz", "missing": []})

    assert event == heard()


def test_state_of_a_reported_department_holds_what_was_reported() -> None:
    assert seh(reported(Status.RED)) == DepartmentState(
        status=ReportedState(status=Status.RED).status, reported_at=NOW, source="lpz"
    )
