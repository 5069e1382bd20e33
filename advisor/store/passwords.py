"""Password hashes by argon2id, computed where they do not hold up anybody else."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from advisor.services.ports import Runner


class Argon2Passwords:
    """argon2id with the parameters of RFC 9106 for little memory (64 MiB, three passes, four lanes)."""

    def __init__(self, runner: Runner, hasher: PasswordHasher | None = None) -> None:
        self._runner = runner
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash("a password that nobody has")

    def hash(self, password: str) -> str:
        """See `Passwords.hash`."""
        return self._runner(lambda: self._hasher.hash(password))

    def matches(self, password_hash: str | None, password: str) -> bool:
        """See `Passwords.matches`."""
        matches = self._runner(lambda: self._verify(password_hash or self._nobodys, password))
        return matches and password_hash is not None

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
