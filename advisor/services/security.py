"""What keeps access in order, as services see it: second factors, paired devices, the access log, counts of tries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from advisor.kernel import AdvisorError
from advisor.services.access import Role

SECOND_FACTOR_ROLES = frozenset({Role.ADMIN, Role.MMA})
"""Roles that see or change what concerns everybody; a password alone opens these accounts on their first day only."""
SECOND_FACTOR_GRACE = timedelta(hours=24)
"""How long after it was made such an account may still do without, so that its owner can begin."""


class NoKey(AdvisorError, ValueError):
    """There is no key to seal secrets with: the secret key of the server was not given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A second factor: `secret` is shared with the app of its owner (base32), `last_step` the last code's time step."""

    secret: str
    last_step: int


class SecondFactors(Protocol):
    """The second factors of accounts."""

    def keep(self, name: str, secret: str, at: datetime) -> None:
        """Give an account a second factor, in the place of the one it had."""
        ...

    def find(self, name: str) -> Factor | None:
        """Find the second factor of an account; raises `UnreadableSecret`."""
        ...

    def use_step(self, name: str, step: int) -> bool:
        """Note that the code of a time step was used; False when it, or a later one, was used before."""
        ...

    def remove(self, name: str) -> bool:
        """Take the second factor of an account away, and tell whether it had one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A device of a crew: the code that was issued for it, and what became of that.

    `code_digest` is the SHA-256 (hex) of the code, which itself is kept by nobody.
    """

    id: str
    code_digest: str
    crew: str
    device: str
    issued_by: str
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    ended_at: datetime | None = None


class Pairings(Protocol):
    """The devices that were paired, or are to be."""

    def add(self, pairing: Pairing) -> None:
        """Keep a new one."""
        ...

    def find(self, identity: str) -> Pairing | None:
        """Find one by its id."""
        ...

    def redeem(self, code_digest: str, at: datetime) -> Pairing | None:
        """Use a code up; None when it is unknown, expired, ended or was used, also a moment ago by another process."""
        ...

    def end(self, identity: str, at: datetime) -> None:
        """End one: its code is worth nothing any more; a second time changes nothing."""
        ...

    def list_since(self, since: datetime) -> tuple[Pairing, ...]:
        """Return those that were issued after a moment, the latest first."""
        ...


class Action(StrEnum):
    """What was done, in the classes of NEN 7513."""

    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"
    EXECUTE = "execute"


class AccessOutcome(StrEnum):
    """How it ended."""

    SUCCESS = "success"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One line of the access log: what happened, when, by whom, in which role, through which door, to what.

    `event` is the name of the operation as in the description of the interface, or of the socket event; `access_point`
    the channel and the address that it came from; `kind` and `object` say what was reached, `concerns` whose it is
    ("" when nobody's).
    """

    at: datetime
    event: str
    action: Action
    user: str
    role: str
    access_point: str
    kind: str = ""
    object: str = ""
    concerns: str = ""
    outcome: AccessOutcome = AccessOutcome.SUCCESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A line of the access log with its number."""

    seq: int
    access: Access


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessQuery:
    """Which lines of the access log are asked for, the latest first; what is empty does not matter.

    `person` did it, or what was reached is theirs.
    """

    person: str = ""
    user: str = ""
    object: str = ""
    before: int | None = None
    limit: int = 100


class AccessLog(Protocol):
    """Who reached what; lines are added and, years later, dropped, but never changed."""

    def note(self, *lines: Access) -> None:
        """Write lines and return once they are durable; raises `JournalUnavailable`."""
        ...

    def note_soon(self, access: Access) -> None:
        """Write a line within half a second, without letting anybody wait for it."""
        ...

    def flush(self) -> None:
        """Write what waits; raises `JournalUnavailable`, and then it still waits."""
        ...

    def close(self) -> None:
        """Write what waits, as far as that is possible, and let nothing wait from now on; never fails."""
        ...

    def read(self, query: AccessQuery) -> tuple[Logged, ...]:
        """Return lines, the latest first."""
        ...

    def forget(self, before: datetime) -> int:
        """Drop the lines from before a moment and return how many; none is dropped within a year."""
        ...


class Counts(Protocol):
    """Counts what was tried of late, by key; one count for all processes where they have something between them."""

    def wait_s(self, key: str, *, most: int, window_s: float, now_s: float) -> float:
        """Return how many seconds to wait until fewer than `most` lie within the last `window_s`; 0 for none."""
        ...

    def add(self, key: str, *, window_s: float, now_s: float) -> None:
        """Count one; `now_s` are seconds since 1970."""
        ...

    def forget(self, keys: Collection[str]) -> None:
        """Start anew."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """What the services use of it; `second_factor_required` says whether the roles that need one must have it."""

    second_factors: SecondFactors
    pairings: Pairings
    access_log: AccessLog
    second_factor_required: bool = True
