"""What a dispatch centre is warned of: each from the facts and the moment alone, and taken by name."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from advisor.journal.events import Event, LapseConfirmed, PlanId, ReportedState, StatusReported, StopPlanned
from advisor.journal.ride_events import (
    Announced,
    Departed,
    DestinationChosen,
    DestinationProposed,
    ProposalId,
    Refused,
    RideOpened,
)
from advisor.kernel import AdviceId, Department, HospitalId, RideId, Status
from advisor.protocol.model import ConsultOutcome, Outcome, StopReason
from advisor.services.access import Actor, Forbidden, Role
from advisor.services.acknowledge_alarm import acknowledge_alarm
from advisor.services.alarms import Alarm, alarm_document
from advisor.services.control_room import ControlRoom, RoomView
from advisor.services.give_advice import consider_advice, record_advice
from advisor.services.refusals import NotFound
from advisor.services.ride_steps import RideStep, hold_consult
from advisor.services.world import World
from tests.world import (
    ADMIN,
    DISPATCHER,
    HOGEBERG,
    MMA,
    NOW,
    NURSE,
    OEVERDAM,
    OVERKANT,
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
)

RIDE = RideId("r1")


def look(world: World, now: datetime = NOW) -> RoomView:
    return ControlRoom(world).look(now, world.journal.board())


def alarms(world: World, now: datetime = NOW) -> dict[str, Alarm]:
    """The alarms at a moment by their code; a code that comes twice fails."""
    found = look(world, now).alarms
    by_code = {alarm.code: alarm for alarm in found}
    assert len(by_code) == len(found)
    return by_code


def a_ride(
    world: World,
    *,
    hospital: HospitalId = VELDSTAD,
    when: datetime = NOW,
    under_way: bool = True,
    ride: str = RIDE,
) -> World:
    """Let a nurse at the west end ask for advice and go to a hospital."""
    considered = consider_advice(a_case(), actor=NURSE, now=when, world=world)
    record_advice(considered, actor=NURSE, now=when, world=world)
    option = next(each for each in considered.advice.document["options"] if each["hospital"] == hospital)
    by = {"at": when, "by": NURSE.name, "ride_id": RideId(ride)}
    outcome, expected = Outcome(option["class"]), when + timedelta(seconds=option["eta_s"])
    events: list[Event] = [
        RideOpened(**by, advice_id=AdviceId(considered.advice.id)),
        DestinationChosen(**by, hospital=hospital, rank=option["rank"], outcome=outcome, expected_at=expected),
        Announced(**by),
    ]
    if under_way:
        events.append(Departed(**by, outcome=outcome, expected_at=expected))
    world.journal.transact(lambda _: events)
    return world


def happen(world: World, *events: Event) -> World:
    world.journal.transact(lambda _: events)
    return world


def test_quiet_region_has_no_alarm() -> None:
    assert alarms(a_ride(a_world(*all_green()))) == {}


class TestStops:
    @pytest.mark.parametrize(("minute", "alarmed"), [(109, False), (110, True), (119, True), (120, False)])
    def test_stop_alarms_ten_minutes_before_its_end(self, minute: int, alarmed: bool) -> None:
        world = a_world(*all_green(at(100)), declared(until=at(120)))

        assert ("stop_ending" in alarms(world, at(minute))) is alarmed

    def test_extended_stop_alarms_anew(self) -> None:
        world = a_world(*all_green(at(100)), declared(until=at(60)))
        before = alarms(world, at(55))["stop_ending"].id
        happen(world, extended(when=at(56), until=at(90)))

        after = alarms(world, at(85))["stop_ending"].id

        assert "stop_ending" not in alarms(world, at(57))
        assert before != after

    def test_stop_alarms_once_its_norm_time_is_over(self) -> None:
        world = a_world(*all_green(at(100)), declared(until=at(300)))

        assert "norm_exceeded" not in alarms(world, at(119))
        assert alarms(world, at(120))["norm_exceeded"].since == at(120)

    def test_stop_that_a_feed_told_of_alarms_too(self) -> None:
        red = ReportedState(status=Status.RED, since=NOW, until=at(125))
        told = StatusReported(
            at=NOW, by="lpz", source="lpz", hospital=VELDSTAD, said_at=NOW, departments={Department.SEH: red}
        )
        world = a_world(told, heard(when=at(119)))

        assert {"stop_ending", "norm_exceeded"} <= alarms(world, at(121)).keys()


class TestPlans:
    PLAN = StopPlanned(
        at=NOW,
        by="coordinator",
        plan_id=PlanId("p1"),
        hospital=VELDSTAD,
        department=Department.CTT,
        reason=StopReason.PATIENT_PEAK,
        start=at(60),
        until=at(600),
    )

    @pytest.mark.parametrize(
        ("minute", "codes"), [(49, set()), (50, {"plan_soon"}), (59, {"plan_soon"}), (60, {"plan_not_declared"})]
    )
    def test_planned_stop_alarms_before_it_starts_and_when_it_did_not(self, minute: int, codes: set[str]) -> None:
        world = a_world(*all_green(at(45)), self.PLAN)

        assert set(alarms(world, at(minute))) == codes

    @pytest.mark.parametrize(("minute", "alarmed"), [(61, True), (74, True), (75, False)])
    def test_planned_stop_that_starts_is_told_for_a_while(self, minute: int, alarmed: bool) -> None:
        begun = replace(
            declared(department=Department.CTT, when=at(60), until=at(600)), plan_id=PlanId("p1"), at=at(60)
        )
        world = a_world(*all_green(at(60)), self.PLAN, begun)

        assert ("plan_started" in alarms(world, at(minute))) is alarmed


class TestRegion:
    def stops(self, count: int) -> World:
        """A region of three with so many red SEHs, declared one after the other."""
        places = (VELDSTAD, OEVERDAM, HOGEBERG)[:count]
        made = [declared(f"s{number}", hospital=place, when=at(number)) for number, place in enumerate(places)]
        return a_world(*all_green(), *made)

    def test_one_department_away_from_the_rule_alarms(self) -> None:
        found = alarms(self.stops(2), at(5))

        assert found["one_away"].mka == REGION
        assert found["one_away"].since == at(1)

    def test_two_away_does_not(self) -> None:
        assert alarms(self.stops(1), at(5)) == {}

    def test_met_rule_says_whom_to_phone(self) -> None:
        found = alarms(self.stops(3), at(5))["lapse_met"]

        assert found.level == "alarm"
        assert {each["hospital"] for each in alarm_document(found)["lapse"]["phone"]} == {VELDSTAD, OEVERDAM, HOGEBERG}

    def test_confirmed_lapse_is_followed_until_every_stop_is_removed(self) -> None:
        world = self.stops(3)
        happen(world, LapseConfirmed(at=at(6), by="dispatcher", mka=REGION, department=Department.SEH))

        before = alarms(world, at(7))
        happen(world, ended("s0", when=at(8)), ended("s1", when=at(9)))
        between = alarms(world, at(10))
        happen(world, ended("s2", when=at(11)))

        assert alarm_document(before["lapse_follow"])["lapse"]["standing"] == [HOGEBERG, OEVERDAM, VELDSTAD]
        assert "lapse_met" not in before
        assert alarm_document(between["lapse_follow"])["lapse"]["standing"] == [HOGEBERG]
        assert alarms(world, at(12)) == {}


def test_silent_feed_alarms() -> None:
    assert "feed_stale" in alarms(a_world(*all_green()), at(60))


class TestRides:
    def test_destination_that_closes_under_way_alarms(self) -> None:
        world = a_ride(a_world(*all_green()))
        happen(world, declared(department=Department.SEH, status=Status.CALAMITY, when=at(1)))

        found = alarms(world, at(2))["destination_closed"]

        assert (found.ride, found.hospital, found.level) == (RIDE, VELDSTAD, "alarm")

    def test_announced_ambulance_within_the_grace_is_no_alarm(self) -> None:
        world = a_ride(a_world(*all_green()))
        happen(world, declared(when=at(1)))

        assert "destination_closed" not in alarms(world, at(2))

    def test_hospital_that_was_red_when_it_was_chosen_is_no_alarm(self) -> None:
        world = a_ride(a_world(*all_green(), declared()), under_way=False)

        assert "destination_closed" not in alarms(world, at(1))

    @pytest.mark.parametrize(("second", "alarmed"), [(179, False), (180, True)])
    def test_consultation_alarms_after_three_minutes(self, second: int, alarmed: bool) -> None:
        world = a_ride(a_world(heard()), under_way=False)

        assert ("consult_open" in alarms(world, NOW + timedelta(seconds=second))) is alarmed

    def test_consultation_with_an_outcome_is_no_alarm(self) -> None:
        world = a_ride(a_world(heard()), under_way=False)
        hold_consult(RideStep(ride_id=RIDE), (VELDSTAD, ConsultOutcome.ACCEPTED), actor=NURSE, now=at(1), world=world)

        assert "consult_open" not in alarms(world, at(5))

    def test_refusal_at_the_door_alarms_with_its_reason(self) -> None:
        world = a_ride(a_world(*all_green()))
        happen(world, Refused(at=at(9), by=NURSE.name, ride_id=RIDE, reason="geen bed"))

        found = alarms(world, at(10))["refused_at_the_door"]

        assert "geen bed" in found.text.nl
        assert found.since == at(9)


class TestAcknowledging:
    def acknowledge(self, world: World, alarm: str, *, actor: Actor = DISPATCHER, now: datetime | None = None) -> str:
        room = ControlRoom(world)
        return acknowledge_alarm(alarm, actor=actor, now=now or at(55), world=world, room=room).by

    def test_alarm_that_was_taken_keeps_name_and_time_and_stands_last(self) -> None:
        world = a_world(*all_green(at(50)), declared(until=at(60)), declared("s2", hospital=OEVERDAM, until=at(61)))
        first = look(world, at(55)).alarms[0]

        self.acknowledge(world, first.id)

        last = look(world, at(56)).alarms[-1]
        assert last.id == first.id
        assert last.acknowledged is not None
        assert (last.acknowledged.by, last.acknowledged.at) == ("dispatcher", at(55))

    def test_who_was_first_stays(self) -> None:
        world = a_world(*all_green(at(50)), declared(until=at(60)))
        alarm = look(world, at(55)).alarms[0].id
        self.acknowledge(world, alarm)
        before = world.journal.head()

        assert self.acknowledge(world, alarm, actor=replace(DISPATCHER, name="collega")) == "dispatcher"
        assert world.journal.head() == before

    def test_alarm_that_does_not_exist_cannot_be_taken(self) -> None:
        with pytest.raises(NotFound):
            self.acknowledge(a_world(*all_green()), "stop_ending/s9/")

    def test_alarm_of_another_region_cannot_be_taken(self) -> None:
        world = a_world(*all_green(at(50)), declared(until=at(60)))
        elsewhere = Actor(name="buur", role=Role.DISPATCHER, region="MKA Overkant")

        with pytest.raises(NotFound):
            self.acknowledge(world, look(world, at(55)).alarms[0].id, actor=elsewhere)

    @pytest.mark.parametrize("actor", [NURSE, MMA, ADMIN], ids=lambda actor: str(actor.role))
    def test_only_a_dispatcher_takes_alarms(self, actor: Actor) -> None:
        world = a_world(*all_green(at(50)), declared(until=at(60)))

        with pytest.raises(Forbidden):
            self.acknowledge(world, look(world, at(55)).alarms[0].id, actor=actor)


class TestRegionOfTheWatcher:
    def test_dispatcher_of_a_region_sees_its_alarms_and_those_of_nobody(self) -> None:
        world = a_world(*all_green(at(10)), declared(until=at(60)), declared("s2", hospital=OVERKANT, until=at(60)))

        seen = look(world, at(55)).for_actor(DISPATCHER, world).alarms

        assert {alarm.mka for alarm in seen} == {REGION, ""}

    def test_proposal_brings_a_ride_into_the_region_of_the_proposed_hospital(self) -> None:
        world = a_ride(a_world(*all_green()))
        elsewhere = Actor(name="buur", role=Role.DISPATCHER, region="MKA Overkant")
        before = look(world).for_actor(elsewhere, world).rides
        proposed = DestinationProposed(
            at=at(1), by="dispatcher", ride_id=RIDE, proposal_id=ProposalId("v1"), hospital=OVERKANT
        )

        happen(world, proposed)

        assert before == ()
        assert [seen.ride.id for seen in look(world, at(1)).for_actor(elsewhere, world).rides] == [RIDE]
