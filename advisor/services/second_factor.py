"""The second factor: a code by time (TOTP, RFC 6238) from an app that shares a secret with the account."""

import hmac
from datetime import datetime

import pyotp

from advisor.kernel import AdvisorError
from advisor.services.access import Actor, Role, require_role
from advisor.services.accounts import Account
from advisor.services.refusals import NotFound
from advisor.services.security import SECOND_FACTOR_GRACE, SECOND_FACTOR_ROLES, Factor
from advisor.services.world import World

ISSUER = "Uitwijk"
STEP_S = 30
DRIFT_STEPS = 1  # the clock of a telephone may be half a minute off, to either side


class SecondFactorNeeded(AdvisorError, PermissionError):
    """Name and password are right; the code of the second factor is missing."""

    def __init__(self) -> None:
        super().__init__("enter the code of your second factor")


class WrongCode(AdvisorError, PermissionError):
    """The code of the second factor is wrong, too old, or was used before."""

    def __init__(self) -> None:
        super().__init__("this code is wrong, too old or was used before")


class SecondFactorMissing(AdvisorError, PermissionError):
    """The role needs a second factor and the account has none yet."""

    def __init__(self) -> None:
        super().__init__("this role needs a second factor; an administrator sets it up")


class UnreadableSecret(AdvisorError, ValueError):
    """The secret of a second factor was sealed with another key than the present one."""

    def __init__(self) -> None:
        super().__init__("the second factor cannot be read: the secret key of the server has changed; set it up again")


def check_second_factor(account: Account, code: str, *, now: datetime, world: World) -> None:
    """Let pass who needs no second factor, or shows a code that was not shown before.

    Raises
    ------
    SecondFactorMissing
        When the role needs one and the account, made more than a day ago, has none.
    SecondFactorNeeded
        When no code was entered.
    TooManyAttempts
        When too many wrong codes were entered of late, from wherever.
    WrongCode
        When the code does not belong to this moment, or was used.
    """
    factor = world.security.second_factors.find(account.name)
    if factor is None:
        needed = account.role in SECOND_FACTOR_ROLES and world.security.second_factor_required
        if needed and now >= account.created_at + SECOND_FACTOR_GRACE:
            raise SecondFactorMissing
        return
    if not code:
        raise SecondFactorNeeded
    world.attempts.check_code(account.name, now)
    step = _step_of(code, factor, now)
    if step is None or not world.security.second_factors.use_step(account.name, step):
        world.attempts.note_wrong_code(account.name, now)
        raise WrongCode


def set_up_second_factor(name: str, *, actor: Actor, now: datetime, world: World) -> str:
    """Give an account a new second factor, end its sessions, and return the address that its owner's app reads.

    Raises
    ------
    Forbidden
        When the actor is no admin.
    NotFound
        When there is no such account.
    """
    _require_account(name, actor, world)
    secret = pyotp.random_base32()
    world.security.second_factors.keep(name, secret, now)
    world.sessions.revoke_all(name, now)
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def remove_second_factor(name: str, *, actor: Actor, now: datetime, world: World) -> bool:
    """Take the second factor of an account away, for who lost it; ends its sessions. Tells whether there was one.

    Raises as `set_up_second_factor`.
    """
    _require_account(name, actor, world)
    world.sessions.revoke_all(name, now)
    return world.security.second_factors.remove(name)


def _require_account(name: str, actor: Actor, world: World) -> None:
    require_role(actor, "set up a second factor", Role.ADMIN)
    if world.accounts.find(name) is None:
        raise NotFound("account", name)


def _step_of(code: str, factor: Factor, now: datetime) -> int | None:
    """Return the time step whose code this is, if it is one that may still be used."""
    given = "".join(code.split()).encode()
    present = int(now.timestamp()) // STEP_S
    generator = pyotp.TOTP(factor.secret)
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if step > factor.last_step and hmac.compare_digest(generator.generate_otp(step).encode(), given):
            return step
    return None
