"""The secret key of the server: what sessions of pages and second factors are protected with."""

import secrets
from pathlib import Path

from advisor.settings import Settings


def secret_key_of(settings: Settings) -> str:
    """Return the secret key; the demonstration makes its own, elsewhere "" stands for one that was not given."""
    if settings.secret_key or not settings.demo:
        return settings.secret_key
    return _kept(settings.var)


def _kept(var: Path) -> str:
    """Return the secret key of the demonstration: made once, so that pages survive a restart."""
    path = var / "demonstration_key"
    var.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8")
