"""Looking back: the past as it was written down, and old facts by the rules of today."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from advisor.journal.events import Event, LapseConfirmed, PlanId, Recorded, StopPlanned
from advisor.journal.fold import fold
from advisor.journal.ride_events import HandedOver, PositionReported
from advisor.kernel import AdviceId, Department, HospitalId, InvalidInput, Status
from advisor.protocol.model import StopReason
from advisor.services.access import Actor, Forbidden, Role
from advisor.services.give_advice import give_advice
from advisor.services.look_back import Past, judge_again, look_back, past_document
from advisor.services.past_board import PastBoards
from advisor.services.world import World
from tests.services.test_alarms import RIDE, a_ride, happen
from tests.world import (
    DISPATCHER,
    GP,
    HOGEBERG,
    MMA,
    NOW,
    NURSE,
    OEVERDAM,
    REGION,
    VELDSTAD,
    a_case,
    a_world,
    all_green,
    at,
    declared,
    ended,
    extended,
    heard,
    one_after_another,
    reported,
)

DAY = 24 * 60


def looked(world: World, moment: datetime, *, actor: Actor = MMA, now: datetime | None = None) -> Past:
    boards = PastBoards(world)
    now = now or moment
    return look_back(moment, actor=actor, now=now, world=world, boards=boards, pause=lambda: None)


def a_history() -> tuple[Event, ...]:
    """Some days in which everything happens that a board consists of."""
    plan = StopPlanned(
        at=at(100),
        by="c",
        plan_id=PlanId("p1"),
        hospital=OEVERDAM,
        department=Department.CTT,
        reason=StopReason.TECHNICAL,
        start=at(4 * DAY),
        until=at(5 * DAY),
    )
    hours = tuple(heard(when=at(60 * hour)) for hour in range(1, 80))
    return (
        *all_green(),
        declared("s1", when=at(30), until=at(90)),
        extended("s1", when=at(60), until=at(200)),
        plan,
        ended("s1", when=at(150)),
        *hours[:20],
        declared("s2", hospital=HOGEBERG, when=at(20 * 60), until=at(30 * 60)),
        reported(Status.RED, hospital=OEVERDAM, said_at=at(21 * 60)),
        *hours[20:60],
        LapseConfirmed(at=at(60 * 60), by="dispatcher", mka=REGION, department=Department.SEH),
        *hours[60:],
    )


@pytest.mark.parametrize("minutes", [0, 45, 150, 1250, 3600, 4700])
def test_past_board_is_what_was_folded_then(minutes: int) -> None:
    history = a_history()
    world = a_world(*history)
    moment = at(minutes)
    then = fold(
        Recorded(seq=seq, event=event)
        for seq, event in enumerate((each for each in history if each.at <= moment), start=1)
    )

    past = PastBoards(world).at(moment, lambda: None)

    assert past.states(moment) == then.states(moment)
    assert (past.stops, past.plans, past.confirmed, past.feeds) == (then.stops, then.plans, then.confirmed, then.feeds)


def a_long_history() -> tuple[Event, ...]:
    """A source that answered every minute for a day, and a stop now and then."""
    hours = range(0, DAY, 60)
    stops = (declared(f"s{minute}", when=at(minute), until=at(minute + 50)) for minute in hours)
    return one_after_another(*all_green(), *(heard(when=at(minute)) for minute in range(1, DAY)), *stops)


def test_step_on_is_folded_from_there_alone() -> None:
    world = a_world(*a_long_history())
    boards = PastBoards(world)
    whole: list[int] = []
    boards.at(at(DAY - 60), lambda: whole.append(1))
    again: list[int] = []

    boards.at(at(DAY - 50), lambda: again.append(1))

    assert len(again) < len(whole) / 2


def test_step_back_is_what_was_folded_then() -> None:
    world = a_world(*a_long_history())
    boards = PastBoards(world)
    boards.at(at(DAY), lambda: None)

    again = boards.at(at(700), lambda: None)

    assert again == PastBoards(world).at(at(700), lambda: None)
    assert max(stop.declared_at for stop in again.stops.values()) == at(660)


def test_fact_of_a_clock_that_is_ahead_is_not_seen_before_its_time() -> None:
    ahead = declared("ahead", hospital=HOGEBERG, when=at(2))
    world = a_world(*all_green(), ahead, declared("s1", when=at(1)))

    board = PastBoards(world).at(at(1.5), lambda: None)

    assert list(board.stops) == ["s1"]


def test_board_looks_as_it_did() -> None:
    world = a_world(*a_history())

    then = looked(world, at(45), now=at(3 * DAY)).board.hospitals[VELDSTAD]["departments"]["SEH"]
    later = looked(world, at(151), now=at(3 * DAY)).board.hospitals[VELDSTAD]["departments"]["SEH"]

    assert (then["effective"], later["effective"]) == ("red", "green")


class TestRides:
    @pytest.fixture
    def world(self) -> World:
        return happen(
            a_ride(a_world(*all_green())),
            declared(when=at(2), status=Status.CALAMITY),
            PositionReported(at=at(4), by=NURSE.name, ride_id=RIDE, expected_at=at(9)),
            HandedOver(at=at(30), by=NURSE.name, ride_id=RIDE),
        )

    def classes(self, world: World, minute: float) -> list[object]:
        document = past_document(looked(world, at(minute), now=at(3 * DAY)), MMA)
        return [ride["class_now"] for ride in document["rides"]]

    def test_ride_is_judged_as_it_was_then(self, world: World) -> None:
        assert (self.classes(world, 1), self.classes(world, 3)) == (["welcome"], ["closed"])

    @pytest.mark.parametrize("minute", [-1, 31])
    def test_ride_is_not_there_before_it_began_and_after_it_ended(self, world: World, minute: float) -> None:
        assert self.classes(world, minute) == []

    def test_dispatcher_of_another_region_sees_nothing_of_it(self, world: World) -> None:
        elsewhere = Actor(name="buur", role=Role.DISPATCHER, region="MKA Overkant")

        assert looked(world, at(1), actor=elsewhere, now=at(99)).rides == ()

    def test_advices_of_the_half_hour_before_are_listed(self, world: World) -> None:
        assert [given.first for given in looked(world, at(29), now=at(99)).advices] == [VELDSTAD]
        assert looked(world, at(31), now=at(99)).advices == ()


@pytest.mark.parametrize(("moment", "now"), [(at(1), NOW), (NOW, NOW + timedelta(days=91))])
def test_only_the_last_ninety_days_can_be_looked_at(moment: datetime, now: datetime) -> None:
    with pytest.raises(InvalidInput):
        looked(a_world(), moment, now=now)


def test_gp_cannot_look_back() -> None:
    with pytest.raises(Forbidden):
        looked(a_world(), NOW, actor=GP)


class TestToday:
    @pytest.fixture
    def asked(self) -> tuple[World, AdviceId]:
        world = a_world(*all_green(), declared(status=Status.ORANGE))
        advice = give_advice(a_case(patient={}), actor=NURSE, now=at(1), world=world)
        return world, advice.id

    def class_of(self, document: dict[str, object], hospital: HospitalId = VELDSTAD) -> object:
        options = document["options"]
        assert isinstance(options, list)
        return next(option["class"] for option in options if option["hospital"] == hospital)

    def test_same_rules_give_the_same_answer(self, asked: tuple[World, AdviceId]) -> None:
        world, advice = asked

        today = judge_again(advice, actor=DISPATCHER, now=at(60), world=world)

        assert self.class_of(today) == "divert"

    def test_other_rules_of_today_judge_the_facts_of_then(self, asked: tuple[World, AdviceId]) -> None:
        world, advice = asked
        without_orange = replace(world, editions=world.editions.with_pilot("code_orange", active=False))

        today = judge_again(advice, actor=DISPATCHER, now=at(60), world=without_orange)

        assert self.class_of(today) == "consult"

    def test_advice_of_another_crew_is_not_shown(self, asked: tuple[World, AdviceId]) -> None:
        world, advice = asked

        with pytest.raises(Forbidden):
            judge_again(advice, actor=Actor(name="ander", role=Role.NURSE), now=at(60), world=world)
