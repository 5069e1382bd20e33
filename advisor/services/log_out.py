"""Log out: end a session at once."""

from datetime import datetime

from advisor.services.log_in import digest_of
from advisor.services.world import World


def log_out(token: str, *, now: datetime, world: World) -> str:
    """End the session of a token and return its digest; an unknown or ended one is left as it is."""
    digest = digest_of(token)
    world.sessions.revoke(digest, now)
    return digest
