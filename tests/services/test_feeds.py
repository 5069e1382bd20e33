"""Taking in what sources say."""

import random
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.journal.events import (
    FeedHeard,
    FeedProblem,
    FeedProblemCode,
    FeedTroubled,
    ReportedState,
    StatusReported,
)
from advisor.kernel import Department, HospitalId, InvalidInput, Status
from advisor.services.access import Actor, Forbidden
from advisor.services.hear_feed import WITHHELD, FeedReport, Hearing, hear_feed, note_trouble, report_statuses
from advisor.services.read_board import read_board
from advisor.services.refusals import NotFound
from advisor.services.retire_feed import known_sources, retire_feed
from advisor.services.world import World
from tests.world import ADMIN, EVERYBODY, FEED, NOW, OEVERDAM, VELDSTAD, a_world, all_green, at

SEH = Department.SEH


def says(
    status: Status = Status.GREEN, *, hospital: HospitalId = VELDSTAD, said_at: datetime = NOW, note: str = ""
) -> FeedReport:
    return FeedReport(hospital=hospital, said_at=said_at, departments={SEH: ReportedState(status=status, note=note)})


def hear(world: World, *reports: FeedReport, now: datetime = NOW) -> list[type]:
    return [type(each.event) for each in hear_feed("lpz", reports, actor=FEED, now=now, world=world)]


def push(world: World, *reports: FeedReport, now: datetime = NOW) -> list[type]:
    return [type(each.event) for each in report_statuses("lpz", reports, actor=FEED, now=now, world=world)]


def test_first_snapshot_is_written_down() -> None:
    assert hear(a_world(), says(), says(hospital=OEVERDAM)) == [StatusReported, StatusReported, FeedHeard]


def test_same_snapshot_again_is_only_heard() -> None:
    world = a_world()
    hear(world, says())

    assert hear(world, says(), now=at(1)) == [FeedHeard]


def test_change_is_written_down() -> None:
    world = a_world()
    hear(world, says())

    hear(world, says(Status.RED, said_at=at(1)), now=at(1))

    assert world.journal.board().states(at(1))[VELDSTAD][SEH].status is Status.RED


def test_older_word_in_a_snapshot_changes_nothing() -> None:
    world = a_world()
    hear(world, says(Status.RED, said_at=at(5)), now=at(5))

    hear(world, says(Status.GREEN, said_at=at(4)), now=at(6))

    assert world.journal.board().states(at(6))[VELDSTAD][SEH].status is Status.RED


def test_hospital_that_is_left_out_grows_stale() -> None:
    world = a_world()
    hear(world, says(), says(hospital=OEVERDAM))

    hear(world, says(), now=at(10))

    states = world.journal.board().states(at(10))
    assert (states[VELDSTAD][SEH].reported_at, states[OEVERDAM][SEH].reported_at) == (at(10), NOW)


def test_clock_of_the_source_that_is_ahead_is_cut_off() -> None:
    world = a_world()

    hear(world, says(said_at=at(600)))

    word = world.journal.board().find_word("lpz", VELDSTAD, SEH)
    assert word is not None
    assert word.said_at == NOW


def test_news_about_one_hospital_says_nothing_about_the_others() -> None:
    world = a_world()
    push(world, says(), says(hospital=OEVERDAM))

    push(world, says(said_at=at(10)), now=at(10))

    states = world.journal.board().states(at(10))
    assert (states[VELDSTAD][SEH].reported_at, states[OEVERDAM][SEH].reported_at) == (at(10), NOW)


def test_news_that_is_pushed_twice_is_written_once() -> None:
    world = a_world()

    assert (push(world, says()), push(world, says(), now=at(1))) == ([StatusReported], [])


def test_unknown_hospital_is_refused_with_all_of_them_named() -> None:
    world = a_world()
    reports = [says(hospital=HospitalId(name)) for name in ("nowhere", "elders")]

    with pytest.raises(InvalidInput, match=r"elders.*nowhere"):
        hear(world, says(), *reports)

    assert world.journal.head() == 0


def test_note_with_the_number_of_a_citizen_is_withheld() -> None:
    world = a_world()

    hear(world, says(note="mw. 123456782"))

    assert world.journal.board().states(NOW)[VELDSTAD][SEH].note == WITHHELD


def test_withheld_note_is_no_change_the_next_time() -> None:
    world = a_world()
    hear(world, says(note="mw. 123456782"))

    assert hear(world, says(note="mw. 123456782"), now=at(1)) == [FeedHeard]


@pytest.mark.parametrize("actor", [each for each in EVERYBODY if each is not FEED], ids=lambda actor: actor.role)
def test_only_a_source_reports(actor: Actor) -> None:
    with pytest.raises(Forbidden):
        hear_feed("lpz", [says()], actor=actor, now=NOW, world=a_world())


CLOCK = FeedProblem(code=FeedProblemCode.CLOCK, detail="veldstad")


def snapshot(world: World, *reports: FeedReport, now: datetime, **how: Any) -> list[type]:
    """Take in a snapshot with what is to be said about how well it was understood."""
    hearing = Hearing(**how)
    return [type(each.event) for each in hear_feed("lpz", reports, actor=FEED, now=now, world=world, hearing=hearing)]


def status_of(world: World, now: datetime, department: Department = SEH) -> Status:
    return world.journal.board().states(now)[VELDSTAD][department].status


def both(seh: Status, ccu: Status, said_at: datetime = NOW) -> FeedReport:
    states = {SEH: ReportedState(status=seh), Department.CCU: ReportedState(status=ccu)}
    return FeedReport(hospital=VELDSTAD, said_at=said_at, departments=states)


def test_snapshot_that_a_later_one_has_overtaken_changes_nothing() -> None:
    world = a_world()
    snapshot(world, says(Status.RED, said_at=at(5)), now=at(6), as_of=at(6))

    late = snapshot(world, says(Status.GREEN, said_at=at(5)), now=at(7), as_of=at(4))

    assert (late, status_of(world, at(7))) == ([], Status.RED)


def test_same_snapshot_of_two_processes_is_written_once() -> None:
    world = a_world()
    snapshot(world, says(), now=at(1), as_of=at(1))

    assert snapshot(world, says(), now=at(1), as_of=at(1)) == []


def test_statuses_are_as_old_as_the_snapshot_says() -> None:
    world = a_world()

    snapshot(world, says(), now=at(20), as_of=at(2))

    assert world.journal.board().states(at(20))[VELDSTAD][SEH].reported_at == at(2)


def test_department_that_is_doubted_becomes_unknown() -> None:
    world = a_world()
    snapshot(world, says(Status.GREEN), now=at(1))

    snapshot(world, now=at(2), doubted={VELDSTAD: frozenset({SEH})})

    assert status_of(world, at(2)) is Status.UNKNOWN


def test_department_that_is_beyond_doubt_again_counts_with_its_old_moment() -> None:
    world = a_world()
    snapshot(world, says(Status.RED, said_at=NOW), now=at(1))
    snapshot(world, now=at(2), doubted={VELDSTAD: frozenset({SEH})})

    snapshot(world, says(Status.RED, said_at=NOW), now=at(3))

    assert status_of(world, at(3)) is Status.RED


def test_department_that_is_left_out_of_its_hospital_becomes_unknown() -> None:
    world = a_world()
    snapshot(world, both(Status.GREEN, Status.GREEN), now=at(1))

    snapshot(world, says(Status.GREEN), now=at(2))

    assert (status_of(world, at(2)), status_of(world, at(2), Department.CCU)) == (Status.GREEN, Status.UNKNOWN)


def test_doubt_is_written_down_once() -> None:
    world = a_world()
    snapshot(world, both(Status.GREEN, Status.GREEN), now=at(1))
    snapshot(world, says(Status.GREEN), now=at(2))

    assert snapshot(world, says(Status.GREEN), now=at(3)) == [FeedHeard]


def test_doubt_about_what_was_never_said_is_not_written_down() -> None:
    assert snapshot(a_world(), now=at(1), doubted={VELDSTAD: frozenset({SEH})}) == [FeedHeard]


def test_trouble_is_written_down_when_it_begins_and_when_it_is_over() -> None:
    world = a_world()

    written = [
        snapshot(world, says(), now=at(minute), problems=problems)
        for minute, problems in enumerate([(CLOCK,), (CLOCK,), (), ()])
    ]

    assert [FeedTroubled in each for each in written] == [True, False, True, False]


def test_trouble_with_a_source_that_cannot_be_heard_makes_nothing_fresh() -> None:
    world = a_world()
    snapshot(world, says(), now=at(1))

    note_trouble("lpz", [CLOCK], actor=FEED, now=at(5), world=world)

    board = world.journal.board()
    assert (board.feeds["lpz"].heard_at, board.troubles["lpz"].problems) == (at(1), (CLOCK,))


def test_retired_source_is_gone_from_the_board() -> None:
    world = a_world()
    snapshot(world, says(), now=at(1), problems=(CLOCK,))

    retire_feed("lpz", actor=ADMIN, now=at(2), world=world)

    assert known_sources(world.journal.board()) == frozenset()


def test_source_that_nobody_knows_cannot_be_retired() -> None:
    with pytest.raises(NotFound):
        retire_feed("lpz", actor=ADMIN, now=NOW, world=a_world())


@pytest.mark.parametrize("actor", [each for each in EVERYBODY if each is not ADMIN], ids=lambda actor: actor.role)
def test_only_an_admin_retires_a_source(actor: Actor) -> None:
    with pytest.raises(Forbidden):
        retire_feed("lpz", actor=actor, now=NOW, world=a_world(*all_green()))


@pytest.mark.parametrize("actor", [each for each in EVERYBODY if each is not FEED], ids=lambda actor: actor.role)
def test_only_a_source_is_in_trouble(actor: Actor) -> None:
    with pytest.raises(Forbidden):
        note_trouble("lpz", [CLOCK], actor=actor, now=NOW, world=a_world())


MESSAGES = st.lists(
    st.tuples(st.sampled_from(["lpz", "have", "epd"]), st.integers(0, 5), st.sampled_from(Status)),
    max_size=8,
    unique_by=lambda message: message[:2],  # one source says one thing at one instant
)


@settings(max_examples=60, deadline=None)
@given(messages=MESSAGES, chance=st.randoms(use_true_random=False))
def test_order_and_repetition_of_messages_change_nothing(
    messages: list[tuple[str, int, Status]], chance: random.Random
) -> None:
    boards = []
    for sent in (messages, chance.sample(messages, len(messages)), [*messages, *messages]):
        world = a_world()
        for source, minute, status in sent:
            report_statuses(source, [says(status, said_at=at(minute))], actor=FEED, now=at(9), world=world)
        boards.append(world.journal.board().states(at(9)))

    assert boards[0] == boards[1] == boards[2]


def freshness(world: World, now: datetime) -> tuple[str, bool]:
    """The source that the board as a whole rests on, and whether it was silent for too long."""
    shown = read_board(now=now, world=world).freshness
    return shown["source"], shown["stale"]


def test_silence_of_one_hospitals_own_system_does_not_make_the_whole_board_old() -> None:
    world = a_world()
    report_statuses("epd", [says()], actor=FEED, now=NOW, world=world)
    snapshot(world, says(hospital=OEVERDAM), now=at(60))

    assert freshness(world, at(60)) == ("lpz", False)


def test_board_of_news_alone_is_as_fresh_as_the_last_of_them() -> None:
    world = a_world()
    report_statuses("epd", [says()], actor=FEED, now=NOW, world=world)
    report_statuses("have", [says(hospital=OEVERDAM, said_at=at(60))], actor=FEED, now=at(60), world=world)

    assert (freshness(world, at(61)), freshness(world, at(120))) == (("have", False), ("have", True))


def test_silence_of_one_of_two_sources_of_snapshots_makes_the_board_old() -> None:
    world = a_world()
    hear_feed("have", [says()], actor=FEED, now=NOW, world=world)
    snapshot(world, says(), now=at(60))

    assert freshness(world, at(60)) == ("have", True)


def test_every_source_is_listed_with_its_age() -> None:
    world = a_world()
    report_statuses("epd", [says()], actor=FEED, now=NOW, world=world)
    snapshot(world, says(hospital=OEVERDAM), now=at(2))

    assert {each["source"]: each["age_s"] for each in read_board(now=at(2), world=world).feeds} == {
        "epd": 120, "lpz": 0
    }  # fmt: skip
