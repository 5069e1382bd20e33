"""Pair the device of a crew by a code that is good once and for ten minutes."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from advisor.kernel import AdvisorError, InvalidInput, Problem
from advisor.services.access import Actor, Forbidden, Role, require_role
from advisor.services.accounts import NO_PASSWORD, Account, Session
from advisor.services.free_text import check_free_text
from advisor.services.log_in import LoggedIn, open_session
from advisor.services.manage_users import name_problems
from advisor.services.ports import NameTaken
from advisor.services.refusals import Conflict, NotFound, Wording
from advisor.services.security import Pairing
from advisor.services.world import World

CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # without what is read as something else: I L O U 0 1
CODE_LENGTH = 8  # 6.6e11 codes: with the limits on trying, none is guessed within ten minutes
GOOD_FOR = timedelta(minutes=10)
DEVICE_LIMIT = 60  # characters
LISTED_FOR = timedelta(days=30)
PAIRERS = (Role.DISPATCHER, Role.ADMIN)

_CODES = "#codes"
"""Stands for a name where tries with codes are counted per address; no account can be called so."""

_NOT_OF_A_CREW = Wording(
    nl="Deze naam is van een account met een eigen wachtwoord of een andere rol.",
    en="This name belongs to an account with a password of its own or another role.",
)
_OTHER_NAME = Wording(nl="Kies de naam van een voertuig of ploeg.", en="Choose the name of a vehicle or a crew.")


class WrongPairingCode(AdvisorError, PermissionError):
    """The code is wrong, too old, or was used; which of these is not told."""

    def __init__(self) -> None:
        super().__init__("this code is wrong, too old or was used")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCode:
    """For which crew a device is paired; the crew's account is made when there is none. `device` says which device."""

    crew: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCode:
    """A new code, told this once, and what it is for."""

    code: str
    pairing: Pairing


class DeviceState(StrEnum):
    """How it stands with a device."""

    WAITING = "waiting"
    EXPIRED = "expired"
    PAIRED = "paired"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A pairing and the session that was opened by it, if it was."""

    pairing: Pairing
    session: Session | None

    def state(self, now: datetime) -> DeviceState:
        """Tell how it stands at `now`."""
        if self.session is not None:
            return DeviceState.PAIRED if self.session.is_valid(now) else DeviceState.ENDED
        if self.pairing.ended_at is not None or self.pairing.used_at is not None:
            return DeviceState.ENDED
        return DeviceState.WAITING if now < self.pairing.expires_at else DeviceState.EXPIRED


def issue_code(command: IssueCode, *, actor: Actor, now: datetime, world: World) -> IssuedCode:
    """Issue a code for a device of a crew, and make the account of the crew when it is new.

    Raises
    ------
    Forbidden
        When the actor is no dispatcher or admin, or the crew belongs to another region.
    InvalidInput
        When the name or the device is not in order.
    Conflict
        When the name belongs to somebody who is no crew of the dispatch centre.
    """
    require_role(actor, "pair a device", *PAIRERS)
    problems = [*name_problems("crew", command.crew), *_device_problems(command.device)]
    if problems:
        raise InvalidInput(problems)
    _require_crew_account(command.crew, actor, now, world)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    pairing = Pairing(
        id=world.new_id(),
        code_digest=_digest_of(code),
        crew=command.crew,
        device=command.device.strip(),
        issued_by=actor.name,
        issued_at=now,
        expires_at=now + GOOD_FOR,
    )
    world.security.pairings.add(pairing)
    return IssuedCode(code=f"{code[:4]}-{code[4:]}", pairing=pairing)


def pair_device(code: str, *, origin: str, now: datetime, world: World) -> tuple[LoggedIn, Pairing]:
    """Open a session on the device that shows a code; `origin` is the address that tries are counted for.

    Raises
    ------
    TooManyAttempts
        When this origin tried too many wrong codes of late.
    WrongPairingCode
        When the code cannot be used, or the account of the crew was disabled.
    """
    world.attempts.check(_CODES, origin, now)
    pairing = world.security.pairings.redeem(_digest_of(code), now)
    account = None if pairing is None else world.accounts.find(pairing.crew)
    if pairing is None or account is None or account.disabled_at is not None:
        world.attempts.note_failure(_CODES, origin, now)
        raise WrongPairingCode
    world.attempts.note_success(_CODES, origin, now)
    return open_session(account, now=now, world=world, pairing=pairing.id), pairing


def list_devices(*, actor: Actor, now: datetime, world: World) -> tuple[Device, ...]:
    """List the devices of the past month, the latest first: those of the own region for who is bound to one.

    Raises
    ------
    Forbidden
        When the actor is no dispatcher or admin.
    """
    require_role(actor, "list devices", *PAIRERS)
    found = world.security.pairings.list_since(now - LISTED_FOR)
    crews = {account.name: account for account in world.accounts.list_all()}
    seen = [pairing for pairing in found if _is_in_region(actor, crews.get(pairing.crew))]
    sessions = world.sessions.find_paired([pairing.id for pairing in seen])
    return tuple(Device(pairing=pairing, session=sessions.get(pairing.id)) for pairing in seen)


def end_device(identity: str, *, actor: Actor, now: datetime, world: World) -> tuple[Pairing, tuple[str, ...]]:
    """End a device: its code is worth nothing and its session is over; returns the digest of that, if there is one.

    Raises
    ------
    Forbidden
        When the actor is no dispatcher or admin, or the crew belongs to another region.
    NotFound
        When there is no such device.
    """
    require_role(actor, "end a device", *PAIRERS)
    pairing = world.security.pairings.find(identity)
    if pairing is None:
        raise NotFound("device", identity)
    if not _is_in_region(actor, world.accounts.find(pairing.crew)):
        raise Forbidden(actor, "end a device of another region")
    world.security.pairings.end(identity, now)
    session = world.sessions.find_paired([identity]).get(identity)
    if session is None:
        return pairing, ()
    world.sessions.revoke(session.token_digest, now)
    return pairing, (session.token_digest,)


def _require_crew_account(name: str, actor: Actor, now: datetime, world: World) -> None:
    account = world.accounts.find(name)
    if account is None:
        account = Account(name=name, role=Role.NURSE, region=actor.region, created_at=now)
        try:
            world.accounts.add(account, NO_PASSWORD)
        except NameTaken:  # somebody else made it this instant
            return _require_crew_account(name, actor, now, world)
    is_crew = account.role is Role.NURSE and not account.subject and account.disabled_at is None
    if not is_crew or world.accounts.find_password_hash(name) != NO_PASSWORD:
        raise Conflict("not_a_crew", _NOT_OF_A_CREW, _OTHER_NAME)
    if not _is_in_region(actor, account):
        raise Forbidden(actor, "pair a device of another region")
    return None


def _is_in_region(actor: Actor, account: Account | None) -> bool:
    return not actor.region or account is None or account.region == actor.region


def _device_problems(device: str) -> list[Problem]:
    if not 1 <= len(device.strip()) <= DEVICE_LIMIT:
        return [Problem(field="device", message=f"must have 1 to {DEVICE_LIMIT} characters")]
    return check_free_text("device", device)


def _digest_of(code: str) -> str:
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()
