"""What a key of another system is: who it speaks for and what it opens."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from advisor.kernel import HospitalId
from advisor.services.access import Actor, Role

TOKEN_PREFIX = "uwk_"  # noqa: S105 - says what kind of token this is, and lets a scanner find one that leaked


class Scope(StrEnum):
    """What a key can be for."""

    STOPS = "stops"
    HAVE = "have"
    NDW = "ndw"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """The key of one source; known by the SHA-256 (hex) of its secret, the secret itself is kept by nobody.

    `source` is the name under which it reports, the same before and after a rotation. With `hospitals` it may speak
    about these alone. `used_at` is noted now and then.
    """

    id: str
    source: str
    scopes: frozenset[Scope]
    digest: str
    created_at: datetime
    created_by: str
    hospitals: frozenset[HospitalId] = field(default_factory=frozenset)
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used_at: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Tell whether the key still opens anything at `now`."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    @property
    def actor(self) -> Actor:
        """Return in which capacity whoever holds the key acts."""
        return Actor(name=self.source, role=Role.FEED)


class Keys(Protocol):
    """The keys of other systems."""

    def add(self, key: ApiKey) -> None:
        """Keep a new key."""
        ...

    def find(self, key_id: str) -> ApiKey | None:
        """Find a key, valid or not."""
        ...

    def list_all(self) -> tuple[ApiKey, ...]:
        """Return all keys by source and age, also those that open nothing any more."""
        ...

    def expire(self, key_id: str, at: datetime) -> None:
        """Let a key end at a moment, if it does not end earlier."""
        ...

    def revoke(self, key_id: str, at: datetime) -> None:
        """Refuse a key from now on; a second time changes nothing."""
        ...

    def touch(self, key_id: str, at: datetime) -> None:
        """Note that a key is in use."""
        ...


class Leases(Protocol):
    """Who of several processes does what only one of them should do."""

    def take(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Take, or keep, a lease until a moment; False when another holder has it at `now`."""
        ...


def token_of(key_id: str, secret: str) -> str:
    """Return what the other system shows: prefix, id and secret."""
    return f"{TOKEN_PREFIX}{key_id}_{secret}"


def parts_of(token: str) -> tuple[str, str]:
    """Return the id and the secret of a token; empty texts when it is none."""
    if not token.startswith(TOKEN_PREFIX):
        return "", ""
    key_id, _, secret = token[len(TOKEN_PREFIX) :].partition("_")
    return key_id, secret


def digest_of_secret(secret: str) -> str:
    """Return the SHA-256 (hex) of a secret: enough, because nobody can guess 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
