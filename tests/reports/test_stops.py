"""Stops as they ran: of the console, of sources, and of both about the same department."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advisor.journal.events import (
    Event,
    FeedRetired,
    LapseConfirmed,
    PlanId,
    PlanWithdrawn,
    ReportedState,
    StatusReported,
    StopCorrected,
    StopPlanned,
)
from advisor.kernel import Department, HospitalId, Status, StopId
from advisor.protocol.model import StopReason
from advisor.reports.stops import Span, join_overlapping, tell_stops
from tests.world import NOW, OEVERDAM, VELDSTAD, at, declared, ended, extended, reported

PLAN = StopPlanned(
    at=NOW,
    by="coordinator",
    plan_id=PlanId("p1"),
    hospital=VELDSTAD,
    department=Department.SEH,
    reason=StopReason.TECHNICAL,
    start=at(60),
    until=at(600),
)


def ran(*facts: Event) -> list[tuple[float, float | None, Status]]:
    """Beginning and end of each stop in minutes from now, and its status."""

    def minute(span: Span) -> float | None:
        return None if span.end is None else (span.end - NOW) / timedelta(minutes=1)

    spans = tell_stops(facts).spans
    return [((span.start - NOW) / timedelta(minutes=1), minute(span), span.status) for span in spans]


def told(minute: float, status: Status, *, since: float | None = None, until: float | None = None) -> StatusReported:
    state = ReportedState(
        status=status,
        since=None if since is None else at(since),
        until=None if until is None else at(until),
    )
    return replace(reported(said_at=at(minute)), departments={Department.SEH: state})


def correct(**changes: object) -> StopCorrected:
    return StopCorrected(at=at(300), by="admin", stop_id=StopId("s1"), why="verkeerd", **changes)  # type: ignore[arg-type]


class TestOfTheConsole:
    def test_stop_runs_to_its_entered_end(self) -> None:
        assert ran(declared()) == [(0, 120, Status.RED)]

    def test_extended_stop_is_one_stop(self) -> None:
        assert ran(declared(), extended(when=at(100), until=at(180))) == [(0, 180, Status.RED)]

    def test_stop_that_was_ended_early_ran_until_then(self) -> None:
        assert ran(declared(), ended(when=at(30))) == [(0, 30, Status.RED)]

    def test_correction_counts_as_if_it_had_always_been_so(self) -> None:
        assert ran(declared(), correct(declared_at=at(-30), ended_at=at(60))) == [(-30, 60, Status.RED)]

    def test_stop_that_never_was_is_left_out(self) -> None:
        assert ran(declared(), correct(void=True)) == []

    def test_stop_of_no_length_is_left_out(self) -> None:
        assert ran(declared(), ended(when=NOW)) == []

    def test_act_on_a_stop_from_before_the_facts_changes_nothing(self) -> None:
        assert ran(extended(when=NOW, until=at(60))) == []


class TestOfASource:
    def test_stop_runs_until_the_source_says_otherwise(self) -> None:
        assert ran(told(0, Status.RED), told(45, Status.GREEN)) == [(0, 45, Status.RED)]

    def test_stop_runs_from_the_beginning_that_the_source_gives(self) -> None:
        assert ran(told(5, Status.RED, since=0, until=60)) == [(0, 60, Status.RED)]

    def test_stop_without_an_end_runs_on(self) -> None:
        assert ran(told(0, Status.RED)) == [(0, None, Status.RED)]

    def test_repeated_word_with_a_later_end_is_the_same_stop(self) -> None:
        assert ran(told(0, Status.RED, until=60), told(50, Status.RED, until=90)) == [(0, 90, Status.RED)]

    def test_other_beginning_is_another_stop(self) -> None:
        first = told(0, Status.RED, since=0, until=60)

        assert ran(first, told(70, Status.RED, since=70, until=90)) == [(0, 60, Status.RED), (70, 90, Status.RED)]

    def test_same_word_after_its_end_is_another_stop(self) -> None:
        assert ran(told(0, Status.RED, until=60), told(80, Status.RED, until=90)) == [
            (0, 60, Status.RED),
            (80, 90, Status.RED),
        ]

    def test_orange_that_turns_red_is_two_stretches(self) -> None:
        assert ran(told(0, Status.ORANGE), told(20, Status.RED), told(50, Status.GREEN)) == [
            (0, 20, Status.ORANGE),
            (20, 50, Status.RED),
        ]

    @pytest.mark.parametrize("status", [Status.GREEN, Status.GREY, Status.UNKNOWN])
    def test_what_is_no_stop_gives_none(self, status: Status) -> None:
        assert ran(told(0, status)) == []

    def test_doubt_ends_a_stop(self) -> None:
        assert ran(told(0, Status.RED), told(30, Status.UNKNOWN)) == [(0, 30, Status.RED)]

    def test_overtaken_word_changes_nothing(self) -> None:
        assert ran(told(10, Status.RED), told(5, Status.GREEN)) == [(10, None, Status.RED)]

    def test_latest_of_two_sources_holds(self) -> None:
        other = reported(Status.GREEN, source="have", said_at=at(40))

        assert ran(told(0, Status.RED), other) == [(0, 40, Status.RED)]

    def test_retired_source_ends_its_stops(self) -> None:
        retired = FeedRetired(at=at(30), by="admin", source="lpz")

        assert ran(told(0, Status.RED), retired) == [(0, 30, Status.RED)]


class TestOfBoth:
    def test_same_stop_told_by_both_is_one(self) -> None:
        spans = tell_stops((told(-5, Status.RED, until=90), declared())).spans

        [one] = join_overlapping(spans)
        assert (one.start, one.end) == (at(-5), at(120))

    def test_end_on_the_console_ends_what_a_source_said_before(self) -> None:
        facts = (told(-5, Status.RED), declared(), ended(when=at(30)))

        assert [span.end for span in join_overlapping(tell_stops(facts).spans)] == [at(30)]

    def test_word_after_the_end_on_the_console_holds_again(self) -> None:
        facts = (declared(), ended(when=at(30)), told(40, Status.RED, until=50))

        assert ran(*facts) == [(0, 30, Status.RED), (40, 50, Status.RED)]

    def test_other_status_on_the_console_takes_the_place_of_an_earlier_word(self) -> None:
        facts = (told(-5, Status.RED), declared(status=Status.ORANGE))

        assert ran(*facts) == [(-5, 0, Status.RED), (0, 120, Status.ORANGE)]

    def test_severer_word_under_a_stop_holds_until_that_ends(self) -> None:
        facts = (declared(status=Status.ORANGE), told(20, Status.RED))

        assert ran(*facts) == [(0, 120, Status.ORANGE), (20, 120, Status.RED)]

    def test_milder_word_under_a_stop_does_not_hold(self) -> None:
        assert ran(declared(), told(20, Status.ORANGE)) == [(0, 120, Status.RED)]

    def test_other_department_is_left_alone(self) -> None:
        facts = (told(-5, Status.RED, until=60), declared(department=Department.CCU))

        assert (-5, 60, Status.RED) in ran(*facts)


def test_touching_stops_stay_two_and_overlapping_ones_become_one() -> None:
    facts = (declared("s1"), declared("s2", when=at(120)), declared("s3", hospital=OEVERDAM, when=at(60)))

    assert len(list(join_overlapping(tell_stops(facts).spans))) == 3
    assert len(list(join_overlapping(tell_stops((declared("s1"), declared("s2", when=at(119)))).spans))) == 1


def test_plan_is_told_with_the_stop_that_carried_it_out() -> None:
    stop = replace(declared(when=at(70)), plan_id=PlanId("p1"))

    [planned] = tell_stops((PLAN, stop)).plans

    assert (planned.plan.start, planned.stop and planned.stop.declared_at, planned.withdrawn_at) == (
        at(60),
        at(70),
        None,
    )


def test_withdrawn_plan_is_told_as_withdrawn() -> None:
    [planned] = tell_stops((PLAN, PlanWithdrawn(at=at(10), by="coordinator", plan_id=PlanId("p1")))).plans

    assert (planned.stop, planned.withdrawn_at) == (None, at(10))


def test_lapses_are_told_in_order() -> None:
    lapses = [LapseConfirmed(at=at(minute), by="d", mka="MKA", department=Department.SEH) for minute in (0, 9)]

    assert tell_stops(lapses).lapses == tuple(lapses)


def test_stops_of_hospitals_stand_apart() -> None:
    facts = (declared("s1"), declared("s2", hospital=OEVERDAM))

    assert {span.hospital for span in tell_stops(facts).spans} == {VELDSTAD, HospitalId("oeverdam")}
