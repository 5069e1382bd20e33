"""What an account and a session are."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from advisor.kernel import HospitalId
from advisor.services.access import Actor, Role

NO_PASSWORD = "none"  # noqa: S105 - no hash looks like this, so no password fits it
"""Stands in the place of the hash of accounts that log in by a paired device or by an OpenID provider alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person or shared device that may log in; never holds the password itself.

    `subject` is who it is at the OpenID provider that vouches for it, "" for an account of our own.
    """

    name: str
    role: Role
    created_at: datetime
    hospital: HospitalId | None = None
    region: str = ""
    disabled_at: datetime | None = None
    subject: str = ""

    @property
    def actor(self) -> Actor:
        """Return in which capacity this account acts."""
        return Actor(name=self.name, role=self.role, hospital=self.hospital, region=self.region)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A logged-in period; known by the SHA-256 (hex) of its token, the token itself is kept by nobody.

    `pairing` is the device that it was opened on by a code, "" for any other log-in.
    """

    token_digest: str
    user: str
    created_at: datetime
    seen_at: datetime
    idle_until: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    pairing: str = ""

    def is_valid(self, now: datetime) -> bool:
        """Tell whether the session still holds at `now`."""
        return self.revoked_at is None and now < min(self.idle_until, self.expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """How long a session lasts: without use, and at most."""

    idle: timedelta = timedelta(hours=12)
    absolute: timedelta = timedelta(days=7)
