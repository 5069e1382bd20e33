"""Who acts, in which role, and what that role may do."""

from dataclasses import dataclass
from enum import StrEnum

from advisor.kernel import AdvisorError, HospitalId


class Role(StrEnum):
    """What an account is for. `FEED` belongs to a source of statuses and cannot log in."""

    NURSE = "nurse"
    DISPATCHER = "dispatcher"
    MMA = "mma"
    HOSPITAL = "hospital"
    GP = "gp"
    ADMIN = "admin"
    FEED = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The user or source on whose behalf something happens.

    `hospital` binds a hospital account to its site; `region` binds a dispatcher to a meldkamer region, and
    is empty where an account is not bound to one.
    """

    name: str
    role: Role
    hospital: HospitalId | None = None
    region: str = ""


class Forbidden(AdvisorError, PermissionError):
    """The role, hospital or region of the actor does not allow this."""

    def __init__(self, actor: Actor, act: str) -> None:
        self.actor = actor
        self.act = act
        super().__init__(f"{actor.name} ({actor.role}) may not {act}")


def require_role(actor: Actor, act: str, *roles: Role) -> None:
    """Let only `roles` pass.

    Raises
    ------
    Forbidden
        When the actor has another role.
    """
    if actor.role not in roles:
        raise Forbidden(actor, act)


def require_hospital(actor: Actor, act: str, hospital: HospitalId) -> None:
    """Let pass who speaks for this hospital: its own account, or an admin who corrects.

    Raises
    ------
    Forbidden
        When it is another role, or the account of another hospital.
    """
    require_role(actor, act, Role.HOSPITAL, Role.ADMIN)
    if actor.role is Role.HOSPITAL and actor.hospital != hospital:
        raise Forbidden(actor, f"{act} of another hospital")


def require_region(actor: Actor, act: str, mka: str) -> None:
    """Let pass a dispatcher of this meldkamer region, or one who is not bound to a region.

    Raises
    ------
    Forbidden
        When it is another role, or a dispatcher of another region.
    """
    require_role(actor, act, Role.DISPATCHER)
    if actor.region not in ("", mka):
        raise Forbidden(actor, f"{act} in another region")
