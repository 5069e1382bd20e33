"""Declaring, extending and ending stops, and announcing long ones."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advisor.journal.events import StopDeclared
from advisor.journal.stop import Stop
from advisor.kernel import Department, HospitalId, InvalidInput, Status, StopId
from advisor.protocol.model import StopReason
from advisor.services.access import Actor, Forbidden, Role
from advisor.services.correct_stop import CorrectStop, correct_stop
from advisor.services.declare_stop import DeclareStop, declare_stop
from advisor.services.end_stop import end_stop
from advisor.services.extend_stop import ExtendStop, extend_stop
from advisor.services.plan_stop import PlanStop, plan_stop, withdraw_plan
from advisor.services.refusals import Conflict, NotFound
from advisor.services.world import World
from tests.world import ADMIN, COORDINATOR, EVERYBODY, HOGEBERG, NOW, OEVERDAM, VELDSTAD, a_world, at

RED = DeclareStop(
    hospital=VELDSTAD,
    department=Department.SEH,
    status=Status.RED,
    reason=StopReason.PATIENT_PEAK,
    until=at(120),
)
PLAN = PlanStop(
    hospital=VELDSTAD,
    department=Department.SEH,
    reason=StopReason.TECHNICAL,
    start=at(26 * 60),
    until=at(34 * 60),
)
HOGEBERGS = Actor(name="hogeberg", role=Role.HOSPITAL, hospital=HOGEBERG)
STOP = StopId("id1")


def with_stop() -> World:
    world = a_world()
    declare_stop(RED, actor=COORDINATOR, now=NOW, world=world)
    return world


def fields(caught: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.field for problem in caught.value.problems]


class TestDeclaring:
    def test_declared_stop_runs_from_now_until_its_entered_end(self) -> None:
        stop = declare_stop(RED, actor=COORDINATOR, now=NOW, world=a_world())

        assert (stop.declared_at, stop.until, stop.declared_by) == (NOW, at(120), "coordinator")

    def test_declaration_is_a_fact_with_checklist_and_calls(self) -> None:
        world = a_world()
        command = replace(RED, checklist=("ESC-IN-1", "ESC-DO-2"), peers_called=True, note="Drukte")

        declare_stop(command, actor=COORDINATOR, now=NOW, world=world)

        [recorded] = world.journal.read(0, 9)
        assert isinstance(recorded.event, StopDeclared)
        told = (recorded.event.checklist, recorded.event.peers_called, recorded.event.note)
        assert told == (("ESC-IN-1", "ESC-DO-2"), True, "Drukte")

    @pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.role)
    def test_only_the_hospital_itself_or_an_admin_declares(self, actor: Actor) -> None:
        world = a_world()

        if actor in (COORDINATOR, ADMIN):
            declare_stop(RED, actor=actor, now=NOW, world=world)
        else:
            with pytest.raises(Forbidden):
                declare_stop(RED, actor=actor, now=NOW, world=world)

        assert world.journal.head() == (actor in (COORDINATOR, ADMIN))

    def test_hospital_does_not_declare_for_another(self) -> None:
        with pytest.raises(Forbidden, match="of another hospital"):
            declare_stop(RED, actor=HOGEBERGS, now=NOW, world=a_world())

    def test_second_stop_of_a_department_is_a_conflict_with_a_hint(self) -> None:
        with pytest.raises(Conflict) as caught:
            declare_stop(replace(RED, status=Status.ORANGE), actor=COORDINATOR, now=at(1), world=with_stop())

        assert (caught.value.code, caught.value.hint is not None) == ("stop_running", True)

    def test_stop_of_another_department_is_no_conflict(self) -> None:
        world = with_stop()

        declare_stop(replace(RED, department=Department.SR), actor=COORDINATOR, now=at(1), world=world)

        assert world.journal.head() == 2

    def test_new_stop_may_be_declared_at_the_very_end_of_the_old_one(self) -> None:
        stop = declare_stop(replace(RED, until=at(240)), actor=COORDINATOR, now=at(120), world=with_stop())

        assert stop.id != STOP

    @pytest.mark.parametrize("department", [each for each in Department if each is not Department.SEH])
    @pytest.mark.parametrize("status", [Status.ORANGE, Status.CALAMITY])
    def test_orange_and_calamity_are_for_the_seh_alone(self, department: Department, status: Status) -> None:
        command = replace(RED, hospital=HOGEBERG, department=department, status=status)

        with pytest.raises(InvalidInput) as caught:
            declare_stop(command, actor=ADMIN, now=NOW, world=a_world())

        assert fields(caught) == ["status"]

    @pytest.mark.parametrize("status", [Status.GREEN, Status.GREY, Status.UNKNOWN])
    def test_status_that_nobody_declares_is_refused(self, status: Status) -> None:
        with pytest.raises(InvalidInput) as caught:
            declare_stop(replace(RED, status=status), actor=COORDINATOR, now=NOW, world=a_world())

        assert fields(caught) == ["status"]

    def test_rooster_is_for_the_pci_alone(self) -> None:
        with pytest.raises(InvalidInput) as caught:
            declare_stop(replace(RED, reason=StopReason.ROSTER), actor=COORDINATOR, now=NOW, world=a_world())

        assert fields(caught) == ["reason"]

    def test_pci_may_stop_for_rooster(self) -> None:
        command = replace(RED, hospital=HOGEBERG, department=Department.PCI, reason=StopReason.ROSTER)

        assert declare_stop(command, actor=ADMIN, now=NOW, world=a_world()).reason is StopReason.ROSTER

    @pytest.mark.parametrize("minutes", [-1, 0])
    def test_end_must_be_in_the_future(self, minutes: float) -> None:
        with pytest.raises(InvalidInput) as caught:
            declare_stop(replace(RED, until=at(minutes)), actor=COORDINATOR, now=NOW, world=a_world())

        assert fields(caught) == ["until"]

    def test_end_a_year_ahead_is_refused(self) -> None:
        with pytest.raises(InvalidInput):
            declare_stop(replace(RED, until=NOW + timedelta(days=365)), actor=COORDINATOR, now=NOW, world=a_world())

    def test_department_that_the_hospital_does_not_have_is_refused(self) -> None:
        with pytest.raises(InvalidInput) as caught:
            declare_stop(replace(RED, department=Department.PCI), actor=COORDINATOR, now=NOW, world=a_world())

        assert fields(caught) == ["department"]

    def test_department_that_may_be_there_can_stop(self) -> None:
        command = replace(RED, hospital=OEVERDAM, department=Department.SR)

        assert declare_stop(command, actor=ADMIN, now=NOW, world=a_world()).hospital == OEVERDAM

    def test_unknown_hospital_is_refused(self) -> None:
        with pytest.raises(InvalidInput) as caught:
            declare_stop(replace(RED, hospital=HospitalId("nowhere")), actor=ADMIN, now=NOW, world=a_world())

        assert fields(caught) == ["hospital"]

    def test_all_problems_are_told_at_once_and_nothing_is_written(self) -> None:
        world = a_world()
        command = replace(RED, status=Status.GREY, reason=StopReason.ROSTER, until=NOW, note="BSN 123456782")

        with pytest.raises(InvalidInput) as caught:
            declare_stop(command, actor=COORDINATOR, now=NOW, world=world)

        assert sorted(fields(caught)) == ["note", "reason", "status", "until"]
        assert world.journal.head() == 0


class TestExtending:
    def test_extended_stop_stays_the_same_stop(self) -> None:
        stop = extend_stop(ExtendStop(stop_id=STOP, until=at(180)), actor=COORDINATOR, now=at(110), world=with_stop())

        assert (stop.id, stop.until, stop.declared_at, stop.extensions) == (STOP, at(180), NOW, 1)

    def test_a_second_before_the_end_it_can_be_extended(self) -> None:
        now = at(120) - timedelta(seconds=1)

        extend_stop(ExtendStop(stop_id=STOP, until=at(180)), actor=COORDINATOR, now=now, world=with_stop())

    @pytest.mark.parametrize("minutes", [120, 121])
    def test_at_its_end_or_later_it_is_too_late(self, minutes: float) -> None:
        with pytest.raises(Conflict) as caught:
            extend_stop(ExtendStop(stop_id=STOP, until=at(180)), actor=COORDINATOR, now=at(minutes), world=with_stop())

        assert caught.value.hint is not None
        assert caught.value.hint.en == "Declare a new stop."

    @pytest.mark.parametrize("minutes", [60, 120])
    def test_new_end_must_be_later_than_the_present_one(self, minutes: float) -> None:
        with pytest.raises(InvalidInput):
            extend_stop(ExtendStop(stop_id=STOP, until=at(minutes)), actor=COORDINATOR, now=at(10), world=with_stop())

    def test_other_hospital_does_not_extend(self) -> None:
        with pytest.raises(Forbidden):
            extend_stop(ExtendStop(stop_id=STOP, until=at(180)), actor=HOGEBERGS, now=at(10), world=with_stop())

    def test_unknown_stop_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            extend_stop(
                ExtendStop(stop_id=StopId("none"), until=at(180)), actor=COORDINATOR, now=at(10), world=with_stop()
            )


class TestEnding:
    def test_ended_stop_is_over_at_once(self) -> None:
        stop = end_stop(STOP, actor=COORDINATOR, now=at(30), world=with_stop())

        assert (stop.ended_at, stop.is_running(at(30))) == (at(30), False)

    def test_ended_stop_cannot_be_ended_again(self) -> None:
        world = with_stop()
        end_stop(STOP, actor=COORDINATOR, now=at(30), world=world)

        with pytest.raises(Conflict):
            end_stop(STOP, actor=COORDINATOR, now=at(31), world=world)

        assert world.journal.head() == 2

    def test_expired_stop_cannot_be_ended(self) -> None:
        with pytest.raises(Conflict):
            end_stop(STOP, actor=COORDINATOR, now=at(120), world=with_stop())

    def test_other_hospital_does_not_end_it(self) -> None:
        with pytest.raises(Forbidden):
            end_stop(STOP, actor=HOGEBERGS, now=at(30), world=with_stop())


class TestPlanning:
    def test_plan_does_not_start_a_stop(self) -> None:
        world = a_world()

        plan_stop(PLAN, actor=COORDINATOR, now=NOW, world=world)

        board = world.journal.board()
        assert board.find_running_stop(VELDSTAD, Department.SEH, at(27 * 60)) is None

    def test_stop_declared_in_the_planned_time_carries_the_plan_out(self) -> None:
        world = a_world()
        plan = plan_stop(PLAN, actor=COORDINATOR, now=NOW, world=world)

        stop = declare_stop(replace(RED, until=PLAN.until), actor=COORDINATOR, now=PLAN.start, world=world)

        assert (stop.plan_id, world.journal.board().plans[plan.id].stop_id) == (plan.id, stop.id)

    def test_stop_that_ends_before_the_planned_time_does_not(self) -> None:
        world = a_world()
        plan_stop(PLAN, actor=COORDINATOR, now=NOW, world=world)

        assert declare_stop(RED, actor=COORDINATOR, now=NOW, world=world).plan_id is None

    def test_plans_of_a_department_do_not_overlap(self) -> None:
        world = a_world()
        plan_stop(PLAN, actor=COORDINATOR, now=NOW, world=world)

        with pytest.raises(Conflict):
            plan_stop(replace(PLAN, start=at(30 * 60), until=at(40 * 60)), actor=COORDINATOR, now=NOW, world=world)

    def test_plans_may_follow_upon_each_other(self) -> None:
        world = a_world()
        plan_stop(PLAN, actor=COORDINATOR, now=NOW, world=world)

        plan_stop(replace(PLAN, start=PLAN.until, until=at(40 * 60)), actor=COORDINATOR, now=NOW, world=world)

        assert len(world.journal.board().plans) == 2

    @pytest.mark.parametrize(
        ("start", "until", "wrong"),
        [(0, 60, ["from"]), (60, 60, ["until"]), (60, 30, ["until"]), (-60, -90, ["from", "until"])],
    )
    def test_planned_time_must_be_ahead(self, start: float, until: float, wrong: list[str]) -> None:
        with pytest.raises(InvalidInput) as caught:
            plan_stop(replace(PLAN, start=at(start), until=at(until)), actor=COORDINATOR, now=NOW, world=a_world())

        assert fields(caught) == wrong

    def test_withdrawn_plan_is_gone(self) -> None:
        world = a_world()
        plan = plan_stop(PLAN, actor=COORDINATOR, now=NOW, world=world)

        withdraw_plan(plan.id, actor=COORDINATOR, now=at(1), world=world)

        assert world.journal.board().plans == {}

    def test_plan_that_was_carried_out_cannot_be_withdrawn(self) -> None:
        world = a_world()
        plan = plan_stop(PLAN, actor=COORDINATOR, now=NOW, world=world)
        declare_stop(replace(RED, until=PLAN.until), actor=COORDINATOR, now=PLAN.start, world=world)

        with pytest.raises(Conflict):
            withdraw_plan(plan.id, actor=COORDINATOR, now=PLAN.start, world=world)


class TestCorrecting:
    def correct(self, world: World, *, actor: Actor = ADMIN, now: float = 60, **changes: object) -> Stop:
        command = CorrectStop(stop_id=STOP, why="verkeerd ingevoerd", **changes)  # type: ignore[arg-type]
        return correct_stop(command, actor=actor, now=at(now), world=world)

    def test_corrected_values_hold_and_the_wrong_facts_stay(self) -> None:
        world = with_stop()

        stop = self.correct(world, until=at(90), reason=StopReason.OUTFLOW)

        assert (stop.until, stop.reason, stop.corrected_at) == (at(90), StopReason.OUTFLOW, at(60))
        assert isinstance(world.journal.read(0, 1)[0].event, StopDeclared)

    def test_void_stop_runs_no_longer_and_says_nothing(self) -> None:
        world = with_stop()

        self.correct(world, void=True)

        assert world.journal.board().states(at(61))[VELDSTAD] == {}

    def test_stop_that_was_really_ended_earlier_is_over(self) -> None:
        assert not self.correct(with_stop(), ended_at=at(30)).is_running(at(60))

    def test_correcting_an_old_stop_leaves_the_later_one(self) -> None:
        world = with_stop()
        end_stop(STOP, actor=COORDINATOR, now=at(30), world=world)
        later = declare_stop(RED, actor=COORDINATOR, now=at(40), world=world)

        self.correct(world, reason=StopReason.OUTFLOW)

        running = world.journal.board().find_running_stop(VELDSTAD, Department.SEH, at(61))
        assert running == later

    def test_expired_stop_is_not_made_to_run_beside_a_later_one(self) -> None:
        world = with_stop()
        declare_stop(replace(RED, until=at(300)), actor=COORDINATOR, now=at(130), world=world)

        with pytest.raises(Conflict):
            self.correct(world, now=140, until=at(200))

    def test_expired_stop_is_not_made_to_run_again_after_a_later_one(self) -> None:
        world = with_stop()
        later = declare_stop(replace(RED, until=at(300)), actor=COORDINATOR, now=at(130), world=world)
        end_stop(later.id, actor=COORDINATOR, now=at(135), world=world)

        with pytest.raises(Conflict):
            self.correct(world, now=140, until=at(200))

    @pytest.mark.parametrize(
        ("changes", "wrong"),
        [
            ({"until": NOW}, "until"),
            ({"declared_at": at(70)}, "declared_at"),
            ({"ended_at": at(-1)}, "ended_at"),
            ({"ended_at": at(61)}, "ended_at"),
            ({"reason": StopReason.ROSTER}, "reason"),
            ({"status": Status.GREEN}, "status"),
        ],
    )
    def test_correction_that_is_not_in_order_is_refused(self, changes: dict[str, object], wrong: str) -> None:
        with pytest.raises(InvalidInput) as caught:
            self.correct(with_stop(), **changes)

        assert fields(caught) == [wrong]

    def test_correction_needs_a_reason(self) -> None:
        with pytest.raises(InvalidInput):
            correct_stop(CorrectStop(stop_id=STOP, why=" ", void=True), actor=ADMIN, now=at(1), world=with_stop())

    @pytest.mark.parametrize("actor", [each for each in EVERYBODY if each is not ADMIN], ids=lambda actor: actor.role)
    def test_only_an_admin_corrects(self, actor: Actor) -> None:
        with pytest.raises(Forbidden):
            self.correct(with_stop(), actor=actor, void=True)
