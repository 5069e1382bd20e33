"""What the verbs about stops have in common: finding one, and the checks on what is entered."""

from datetime import datetime, timedelta

from advisor.journal.board import Board
from advisor.journal.stop import Stop
from advisor.kernel import Department, HospitalId, InvalidInput, Known, Problem, StopId
from advisor.protocol.edition import Edition
from advisor.protocol.model import StopReason
from advisor.services.refusals import Conflict, NotFound, Wording
from advisor.services.world import World

LONGEST = timedelta(days=31)  # a typing error in the year must not close a department for ever

DECLARE_ANEW = Wording(
    nl="Kondig een nieuwe stop af.",
    en="Declare a new stop.",
)


def edition_for(hospital: HospitalId, now: datetime, world: World) -> Edition:
    """Return the edition of the protocol that governs a hospital at `now`.

    Raises
    ------
    InvalidInput
        When the registry has no such hospital.
    NoEditionForDate
        When no edition covers the moment.
    """
    site = world.sites.get(hospital)
    if site is None:
        raise InvalidInput([Problem(field="hospital", message=f"no hospital with id {hospital!r}")])
    return world.editions.speaking_for(site, now)


def check_department(hospital: HospitalId, department: Department, world: World) -> list[Problem]:
    """Return a problem when the hospital is known not to have the department."""
    if world.sites[hospital].facilities.get(department) is not Known.NO:
        return []
    return [Problem(field="department", message=f"{hospital} has no {department}")]


def check_reason(department: Department, reason: StopReason, edition: Edition) -> list[Problem]:
    """Return a problem when the menu of the department does not offer the reason."""
    if reason in edition.reasons_for(department):
        return []
    return [Problem(field="reason", message=f"{reason.value!r} is not a reason for {department}")]


def check_end(field: str, until: datetime, after: datetime, after_what: str) -> list[Problem]:
    """Return a problem when an end does not lie after a moment, or absurdly long after it."""
    if until <= after:
        return [Problem(field=field, message=f"must be after {after_what}")]
    if until > after + LONGEST:
        return [Problem(field=field, message=f"must be within {LONGEST.days} days of {after_what}")]
    return []


def get_stop(board: Board, stop_id: StopId) -> Stop:
    """Get a stop that runs or ended in the past days.

    Raises
    ------
    NotFound
        When the board has no such stop.
    """
    stop = board.stops.get(stop_id)
    if stop is None:
        raise NotFound("stop", stop_id)
    return stop


def require_running(stop: Stop, now: datetime) -> None:
    """Let pass a stop that has not ended.

    Raises
    ------
    Conflict
        When its end is now or has been, with the hint to declare a new one.
    """
    if not stop.is_running(now):
        detail = Wording(nl="Deze stop is al afgelopen.", en="This stop has already ended.")
        raise Conflict("stop_over", detail, DECLARE_ANEW)


def reject(problems: list[Problem]) -> None:
    """Let pass only when nothing is wrong.

    Raises
    ------
    InvalidInput
        With every problem.
    """
    if problems:
        raise InvalidInput(problems)
