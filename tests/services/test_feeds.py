"""Taking in what sources say."""

from datetime import datetime

import pytest

from advisor.journal.events import FeedHeard, ReportedState, StatusReported
from advisor.kernel import Department, HospitalId, InvalidInput, Status
from advisor.services.access import Actor, Forbidden
from advisor.services.hear_feed import WITHHELD, FeedReport, hear_feed, report_statuses
from advisor.services.world import World
from tests.world import EVERYBODY, FEED, NOW, OEVERDAM, VELDSTAD, a_world, at

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
