"""What a hospital's console shows: the region before a stop, its past stops, its plans, the ambulances on their way."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from advisor.journal.events import Event
from advisor.journal.ride_events import Announced, Cancelled, Departed, DestinationChosen, RideOpened
from advisor.kernel import AdviceId, Department, HospitalId, InvalidInput, RideId, Status
from advisor.protocol.escalation import MEASURES
from advisor.protocol.model import Outcome, Suspicion
from advisor.services.access import Actor, Forbidden
from advisor.services.advice_record import AdviceRecords
from advisor.services.give_advice import consider_advice, record_advice
from advisor.services.own_hospital import own_hospital
from advisor.services.plan_stop import PlanStop, list_plans, plan_stop
from advisor.services.prepare_stop import Preparation, preparation_document, prepare_stop
from advisor.services.see_inbound import CANCELLED_SHOWN, inbound_document
from advisor.services.stop_history import PERIOD, stop_history
from advisor.services.world import World
from tests.world import (
    ADMIN,
    COORDINATOR,
    HOGEBERG,
    NOW,
    NURSE,
    OEVERDAM,
    VELDSTAD,
    a_case,
    a_world,
    all_green,
    at,
    declared,
    ended,
    extended,
)


def prepared(
    *events: Event, department: Department = Department.SEH, status: Status = Status.RED
) -> tuple[Preparation, World]:
    """What Veldstad is told before it declares."""
    world = a_world(*all_green(), *events)
    return prepare_stop(VELDSTAD, department, status, actor=COORDINATOR, now=NOW, world=world), world


class TestBeforeAStop:
    def test_region_is_counted_with_what_is_left_after_it(self) -> None:
        document = preparation_document(*prepared(declared(hospital=OEVERDAM)))

        assert document["text"] == "SEH: 1 van 3 rood, 0 oranje, nog 2 open. Na deze stop blijft er 1 open."
        assert (document["left"], document["complete"]) == (1, True)

    def test_own_stop_elsewhere_in_the_house_does_not_count(self) -> None:
        document = preparation_document(*prepared(declared(department=Department.CCU)))

        assert [each["status"] for each in document["region"]] == ["green", "green", "green"]

    def test_few_providers_are_to_be_phoned(self) -> None:
        prepared_, world = prepared()

        assert set(prepared_.peers) == {OEVERDAM, HOGEBERG}
        assert "phone_peers_of_scarce_care" in prepared_.duties
        assert {peer["name"] for peer in preparation_document(prepared_, world)["peers"]} == {
            "Oeverdam",
            "Hogeberg UMC",
        }

    def test_last_one_that_is_open_is_told_whom_to_phone(self) -> None:
        prepared_, _ = prepared(declared("s1", hospital=OEVERDAM), declared("s2", hospital=HOGEBERG))

        assert (prepared_.is_last, prepared_.colleagues) == (True, (OEVERDAM,))
        assert "phone_subregion_as_last" in prepared_.duties

    def test_first_one_is_not_the_last(self) -> None:
        prepared_, _ = prepared()

        assert (prepared_.is_last, prepared_.colleagues) == (False, ())

    def test_department_that_is_not_there_needs_no_preparation(self) -> None:
        with pytest.raises(InvalidInput):
            prepared(department=Department.PCI)

    def test_another_hospital_is_told_nothing(self) -> None:
        with pytest.raises(Forbidden):
            prepare_stop(OEVERDAM, Department.SEH, Status.RED, actor=COORDINATOR, now=NOW, world=a_world(*all_green()))


class TestPastStops:
    def test_everything_that_was_done_is_told_in_order_with_who(self) -> None:
        world = a_world(declared(when=at(-90), until=at(-10)), extended(when=at(-30), until=at(30)), ended(when=at(-5)))

        [past] = stop_history(VELDSTAD, now=NOW, world=world)

        assert [(act.act, act.at) for act in past.acts] == [
            ("declared", at(-90)), ("extended", at(-30)), ("ended", at(-5)),
        ]  # fmt: skip
        assert {act.by for act in past.acts} == {"coordinator"}
        assert (past.stop.until, past.stop.ended_at) == (at(30), at(-5))

    def test_checklist_and_calls_are_kept(self) -> None:
        code = MEASURES[3].code
        world = a_world(replace(declared(), checklist=(code,), peers_called=True))

        [past] = stop_history(VELDSTAD, now=NOW, world=world)

        assert (past.stop.checklist, past.stop.peers_called, past.stop.declared_at) == ((code,), True, NOW)

    def test_latest_comes_first_and_other_hospitals_do_not_come(self) -> None:
        world = a_world(declared("s1", when=at(-300)), declared("s2", when=at(-100)), declared("s3", hospital=OEVERDAM))

        assert [past.stop.id for past in stop_history(VELDSTAD, now=NOW, world=world)] == ["s2", "s1"]

    def test_stop_of_more_than_a_month_ago_is_left_out_unless_it_runs(self) -> None:
        long_ago = NOW - PERIOD - timedelta(hours=1)
        over = declared("s1", department=Department.CCU, when=long_ago)
        running = declared("s2", when=long_ago, until=at(60))

        listed = stop_history(VELDSTAD, now=NOW, world=a_world(over, running))

        assert [past.stop.id for past in listed] == ["s2"]


class TestPlans:
    def test_plans_that_may_come_are_listed_for_their_hospital_alone(self) -> None:
        world = a_world(*all_green())
        for department, begin in ((Department.CCU, 3000), (Department.SEH, 2000)):
            reason = world.editions.national.reasons_for(department)[0]
            plan = PlanStop(
                hospital=VELDSTAD, department=department, reason=reason, start=at(begin), until=at(begin + 300)
            )
            plan_stop(plan, actor=COORDINATOR, now=NOW, world=world)

        assert [plan.department for plan in list_plans(VELDSTAD, now=NOW, world=world)] == ["SEH", "CCU"]
        assert list_plans(OEVERDAM, now=NOW, world=world) == ()
        assert [plan.department for plan in list_plans(VELDSTAD, now=at(2400), world=world)] == ["CCU"]


class TestWhoseConsole:
    def test_account_has_its_own(self) -> None:
        assert own_hospital(COORDINATOR, "look", None) == VELDSTAD

    def test_admin_says_which(self) -> None:
        assert own_hospital(ADMIN, "look", OEVERDAM) == OEVERDAM
        with pytest.raises(InvalidInput):
            own_hospital(ADMIN, "look", None)

    @pytest.mark.parametrize(("actor", "asked"), [(COORDINATOR, OEVERDAM), (NURSE, VELDSTAD), (NURSE, None)])
    def test_nobody_has_that_of_another(self, actor: Actor, asked: HospitalId | None) -> None:
        with pytest.raises(Forbidden):
            own_hospital(actor, "look", asked)


BY_CREW: dict[str, Any] = {"at": NOW, "by": NURSE.name, "ride_id": RideId("r1")}


class TestInbound:
    @pytest.fixture
    def world(self) -> World:
        world = a_world(*all_green())
        case = a_case(patient={"suspicion": Suspicion.STROKE})
        considered = consider_advice(case, actor=NURSE, now=NOW, world=replace(world, new_id=lambda: "a1"))
        record_advice(considered, actor=NURSE, now=NOW, world=world)
        opened = RideOpened(**BY_CREW, advice_id=AdviceId("a1"))
        world.journal.transact(lambda _: [opened, chosen(VELDSTAD), Announced(**BY_CREW)])
        return world

    def seen(self, world: World, hospital: HospitalId = VELDSTAD, minutes: float = 1) -> dict[str, Any]:
        return inbound_document(
            hospital,
            actor=replace(COORDINATOR, hospital=hospital),
            board=world.journal.board(),
            now=at(minutes),
            records=AdviceRecords(world),
        )

    def test_hospital_sees_what_comes_and_as_what(self, world: World) -> None:
        [ride] = self.seen(world)["rides"]

        assert ride["patient"] == {
            "abcd": "stable", "letters": [], "suspicion": "stroke", "origin": "112", "signals": True,
        }  # fmt: skip
        assert (ride["class"], ride["expected_at"]) == ("welcome", "2026-03-10T14:09:00.000Z")

    def test_check_at_the_departure_counts(self, world: World) -> None:
        gone = Departed(**BY_CREW, outcome=Outcome.WELCOME_EXCEPTION, expected_at=at(9))
        world.journal.transact(lambda _: [gone])

        assert self.seen(world)["rides"][0]["class"] == "welcome_exception"

    def test_advice_itself_stays_with_the_crew(self, world: World) -> None:
        [ride] = self.seen(world)["rides"]

        assert not {"advice", "rank", "reason", "consults", "proposals", "reviews", "refused"} & ride.keys()

    def test_other_hospital_sees_nothing(self, world: World) -> None:
        assert (self.seen(world, OEVERDAM)["rides"], self.seen(world, OEVERDAM)["cancelled"]) == ([], [])

    @pytest.mark.parametrize(("minutes", "shown"), [(9, 1), (11, 0)])
    def test_cancellation_is_shown_for_some_minutes(self, world: World, minutes: float, shown: int) -> None:
        world.journal.transact(lambda _: [Cancelled(**BY_CREW)])

        assert timedelta(minutes=10) == CANCELLED_SHOWN
        assert len(self.seen(world, minutes=minutes)["cancelled"]) == shown

    def test_who_went_elsewhere_is_called_off_here_without_where(self, world: World) -> None:
        world.journal.transact(lambda _: [chosen(OEVERDAM)])

        seen = self.seen(world)
        assert ([each["id"] for each in seen["cancelled"]], seen["rides"]) == (["r1"], [])
        assert OEVERDAM not in str(seen)


def chosen(hospital: HospitalId) -> DestinationChosen:
    """The crew chooses a hospital that it reaches in nine minutes."""
    return DestinationChosen(**BY_CREW, hospital=hospital, rank=1, outcome=Outcome.WELCOME, expected_at=at(9))
