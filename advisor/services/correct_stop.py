"""Put right what was entered wrongly about a stop; the wrong facts stay, the correction is one more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event, StopCorrected
from advisor.journal.stop import Stop
from advisor.kernel import Problem, Status, StopId
from advisor.protocol.model import StopReason
from advisor.services.access import Actor, Role, require_role
from advisor.services.free_text import check_free_text
from advisor.services.refusals import Conflict, Wording
from advisor.services.stop_rules import check_end, check_reason, edition_for, get_stop, reject
from advisor.services.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectStop:
    """What was really the case, and `why` it was entered otherwise; `None` leaves a value as it is.

    `void` says that there was no such stop at all.
    """

    stop_id: StopId
    why: str
    status: Status | None = None
    reason: StopReason | None = None
    declared_at: datetime | None = None
    until: datetime | None = None
    ended_at: datetime | None = None
    void: bool = False


def correct_stop(command: CorrectStop, *, actor: Actor, now: datetime, world: World) -> Stop:
    """Correct a stop of the past days, running or over.

    Raises
    ------
    Forbidden
        When the actor is no admin.
    NotFound
        When there is no such stop.
    InvalidInput
        When what results is not in order, or no reason for the correction is given.
    Conflict
        When a stop that is over would run again although a later one was declared.
    """
    require_role(actor, "correct a stop", Role.ADMIN)

    def decide(board: Board) -> Sequence[Event]:
        stop = get_stop(board, command.stop_id)
        reject(_problems(command, stop, now, world))
        _require_alone(board, command, stop, now)
        return [
            StopCorrected(
                at=now,
                by=actor.name,
                stop_id=stop.id,
                why=command.why,
                status=command.status,
                reason=command.reason,
                declared_at=command.declared_at,
                until=command.until,
                ended_at=command.ended_at,
                void=command.void,
            )
        ]

    world.journal.transact(decide)
    return get_stop(world.journal.board(), command.stop_id)


def _problems(command: CorrectStop, stop: Stop, now: datetime, world: World) -> list[Problem]:
    edition = edition_for(stop.hospital, now, world)
    problems = check_free_text("why", command.why)
    if not command.why.strip():
        problems.append(Problem(field="why", message="must say why"))
    if command.status is not None and command.status not in edition.allowed_statuses(stop.department):
        problems.append(Problem(field="status", message=f"{command.status} cannot be declared for {stop.department}"))
    if command.reason is not None:
        problems += check_reason(stop.department, command.reason, edition)
    return [*problems, *_time_problems(command, stop, now)]


def _time_problems(command: CorrectStop, stop: Stop, now: datetime) -> list[Problem]:
    declared_at = command.declared_at or stop.declared_at
    problems = check_end("until", command.until or stop.until, declared_at, "the declaration")
    if declared_at > now:
        problems.append(Problem(field="declared_at", message="must not be in the future"))
    ended_at = command.ended_at
    if ended_at is not None and not declared_at <= ended_at <= now:
        problems.append(Problem(field="ended_at", message="must lie between the declaration and now"))
    return problems


def _require_alone(board: Board, command: CorrectStop, stop: Stop, now: datetime) -> None:
    latest = board.find_latest_stop(stop.hospital, stop.department)
    ends = (command.until or stop.until, command.ended_at or stop.ended_at)
    would_run = not (command.void or stop.void) and min(end for end in ends if end is not None) > now
    if would_run and latest is not None and latest.id != stop.id:
        detail = Wording(
            nl="Na deze stop is voor deze afdeling een nieuwe afgekondigd.",
            en="A new stop was declared for this department after this one.",
        )
        raise Conflict("later_stop", detail)
