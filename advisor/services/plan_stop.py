"""Announce a long stop ahead of time, or withdraw the announcement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisor.journal.board import Board
from advisor.journal.events import Event, PlanId, PlanWithdrawn, StopPlanned
from advisor.journal.stop import Plan
from advisor.kernel import Department, HospitalId, Problem
from advisor.protocol.model import StopReason
from advisor.services.access import Actor, require_hospital
from advisor.services.free_text import check_free_text
from advisor.services.refusals import Conflict, NotFound, Wording
from advisor.services.stop_rules import check_department, check_end, check_reason, edition_for, reject
from advisor.services.world import World

FURTHEST_AHEAD = timedelta(days=366)

_PLAN_OVER = Wording(nl="Deze aankondiging is al uitgevoerd of voorbij.", en="This plan was carried out or is over.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStop:
    """A long stop as it is announced, for `[start, until)`."""

    hospital: HospitalId
    department: Department
    reason: StopReason
    start: datetime
    until: datetime
    note: str = ""


def plan_stop(command: PlanStop, *, actor: Actor, now: datetime, world: World) -> Plan:
    """Announce a long stop. The announcement changes no status: the stop begins when it is declared.

    Raises
    ------
    InvalidInput
        When the interval is not ahead, or the reason is not on the menu of the department.
    Forbidden
        When the actor does not speak for the hospital.
    Conflict
        When an announcement for that department overlaps with this one.
    """
    edition = edition_for(command.hospital, now, world)
    require_hospital(actor, "plan a stop", command.hospital)
    reject(
        [
            *check_department(command.hospital, command.department, world),
            *check_reason(command.department, command.reason, edition),
            *_check_start(command.start, now),
            *check_end("until", command.until, command.start, "the start"),
            *check_free_text("note", command.note),
        ]
    )
    plan_id = PlanId(world.new_id())

    def decide(board: Board) -> Sequence[Event]:
        _require_free(board, command, now)
        return [_planned(command, plan_id, actor, now)]

    world.journal.transact(decide)
    return world.journal.board().plans[plan_id]


def list_plans(hospital: HospitalId, *, now: datetime, world: World) -> tuple[Plan, ...]:
    """List the announced stops of a hospital that may still come, the earliest first."""
    board = world.journal.board()
    plans = [plan for department in Department for plan in board.find_plans(hospital, department, now)]
    return tuple(sorted(plans, key=lambda plan: (plan.start, plan.id)))


def withdraw_plan(plan_id: PlanId, *, actor: Actor, now: datetime, world: World) -> None:
    """Withdraw an announcement that has not been carried out.

    Raises
    ------
    NotFound
        When there is no such announcement.
    Forbidden
        When the actor does not speak for the hospital.
    Conflict
        When the stop was declared, or its time is over.
    """

    def decide(board: Board) -> Sequence[Event]:
        plan = board.plans.get(plan_id)
        if plan is None:
            raise NotFound("plan", plan_id)
        require_hospital(actor, "withdraw a planned stop", plan.hospital)
        if not plan.is_awaited(now):
            detail = Wording(
                nl="Deze aankondiging is al uitgevoerd of voorbij.", en="This plan is carried out or over."
            )
            raise Conflict("plan_over", detail)
        return [PlanWithdrawn(at=now, by=actor.name, plan_id=plan_id)]

    world.journal.transact(decide)


def _check_start(start: datetime, now: datetime) -> list[Problem]:
    if start <= now:
        return [Problem(field="from", message="must be in the future")]
    if start > now + FURTHEST_AHEAD:
        return [Problem(field="from", message=f"must be within {FURTHEST_AHEAD.days} days")]
    return []


def _require_free(board: Board, command: PlanStop, now: datetime) -> None:
    for plan in board.find_plans(command.hospital, command.department, now):
        if plan.start < command.until and command.start < plan.until:
            detail = Wording(
                nl="Voor deze afdeling is in die tijd al een stop aangekondigd.",
                en="A stop is already planned for this department in that time.",
            )
            hint = Wording(nl="Trek die aankondiging eerst in.", en="Withdraw that plan first.")
            raise Conflict("plan_overlaps", detail, hint)


def _planned(command: PlanStop, plan_id: PlanId, actor: Actor, now: datetime) -> StopPlanned:
    return StopPlanned(
        at=now,
        by=actor.name,
        plan_id=plan_id,
        hospital=command.hospital,
        department=command.department,
        reason=command.reason,
        start=command.start,
        until=command.until,
        note=command.note,
    )
