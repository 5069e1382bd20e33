"""Seals secrets that must be read again, so that who has only the database cannot."""

import base64
import hashlib

from cryptography.fernet import Fernet

from advisor.services.security import NoKey


class Seal:
    """Seals texts with a key that follows from the secret key of the server; "" stands for none."""

    def __init__(self, secret_key: str) -> None:
        digest = hashlib.sha256(b"second factor:" + secret_key.encode()).digest()
        self._cipher = Fernet(base64.urlsafe_b64encode(digest)) if secret_key else None

    def close(self, text: str) -> str:
        """Seal a text; raises `NoKey`."""
        return self._key().encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Read a sealed text; raises `NoKey`, and `cryptography.fernet.InvalidToken` when the key is another."""
        return self._key().decrypt(sealed.encode()).decode()

    def _key(self) -> Fernet:
        if self._cipher is None:
            raise NoKey("UITWIJK_SECRET_KEY is missing; second factors are sealed with it")
        return self._cipher
