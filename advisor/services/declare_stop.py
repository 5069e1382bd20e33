"""Declare a stop or code for a department."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event, PlanId, StopDeclared
from advisor.journal.stop import Stop
from advisor.kernel import Department, HospitalId, Problem, Status, StopId
from advisor.protocol.edition import Edition
from advisor.protocol.model import StopReason
from advisor.services.access import Actor, require_hospital
from advisor.services.free_text import check_free_text
from advisor.services.refusals import Conflict, Wording
from advisor.services.stop_rules import check_department, check_end, check_reason, edition_for, reject
from advisor.services.world import World

CHECKLIST_LIMIT = 60  # entries; the annex has 26


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareStop:
    """A stop as it is entered. `checklist` names the escalation measures that were worked through."""

    hospital: HospitalId
    department: Department
    status: Status
    reason: StopReason
    until: datetime
    note: str = ""
    checklist: tuple[str, ...] = ()
    peers_called: bool = False


def declare_stop(command: DeclareStop, *, actor: Actor, now: datetime, world: World) -> Stop:
    """Declare a stop or code; it runs from `now` until its entered end.

    A stop that begins within an announced long stop of the same department carries that announcement out.

    Raises
    ------
    InvalidInput
        When the protocol does not know this status or reason for the department, or the end is not ahead.
    Forbidden
        When the actor does not speak for the hospital.
    Conflict
        When a stop runs for the department already.
    """
    edition = edition_for(command.hospital, now, world)
    require_hospital(actor, "declare a stop", command.hospital)
    reject(_problems(command, now, edition, world))
    stop_id = StopId(world.new_id())

    def decide(board: Board) -> Sequence[Event]:
        _require_none_running(board, command, now)
        return [_declared(command, stop_id, actor, now, _plan_carried_out(board, command, now))]

    world.journal.transact(decide)
    return world.journal.board().stops[stop_id]


def _problems(command: DeclareStop, now: datetime, edition: Edition, world: World) -> list[Problem]:
    problems = [
        *check_department(command.hospital, command.department, world),
        *check_reason(command.department, command.reason, edition),
        *check_end("until", command.until, now, "now"),
        *check_free_text("note", command.note),
    ]
    if command.status not in edition.allowed_statuses(command.department):
        message = f"{command.status} cannot be declared for {command.department}"
        problems.append(Problem(field="status", message=message))
    if len(command.checklist) > CHECKLIST_LIMIT:
        problems.append(Problem(field="checklist", message=f"must have at most {CHECKLIST_LIMIT} entries"))
    for entry in command.checklist:
        problems += check_free_text("checklist", entry)
    return problems


def _require_none_running(board: Board, command: DeclareStop, now: datetime) -> None:
    running = board.find_running_stop(command.hospital, command.department, now)
    if running is None:
        return
    detail = Wording(
        nl=f"Voor {command.department} loopt al een melding ({running.status}).",
        en=f"A stop or code ({running.status}) is already running for {command.department}.",
    )
    hint = Wording(nl="Verleng die, of meld die eerst af.", en="Extend it, or end it first.")
    raise Conflict("stop_running", detail, hint)


def _plan_carried_out(board: Board, command: DeclareStop, now: datetime) -> PlanId | None:
    plans = board.find_plans(command.hospital, command.department, now)
    return next((plan.id for plan in plans if plan.start < command.until), None)


def _declared(
    command: DeclareStop, stop_id: StopId, actor: Actor, now: datetime, plan_id: PlanId | None
) -> StopDeclared:
    return StopDeclared(
        at=now,
        by=actor.name,
        stop_id=stop_id,
        hospital=command.hospital,
        department=command.department,
        status=command.status,
        reason=command.reason,
        until=command.until,
        note=command.note,
        checklist=command.checklist,
        peers_called=command.peers_called,
        plan_id=plan_id,
    )
