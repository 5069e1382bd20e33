"""Read the access log: one's own lines, or those that are asked for."""

from dataclasses import replace
from typing import Any

from advisor.services.access import Actor, Role, require_role
from advisor.services.documents import moment
from advisor.services.security import AccessQuery, Logged
from advisor.services.world import World

Json = Any

READERS = (Role.ADMIN, Role.MMA)
PAGE_MOST = 500


def see_own_access(query: AccessQuery, *, actor: Actor, world: World) -> tuple[Logged, ...]:
    """Return what the actor did, and what others did with what is the actor's: rides, advices, devices."""
    own = replace(query, person=actor.name, user="")
    return world.security.access_log.read(own)


def see_access(query: AccessQuery, *, actor: Actor, world: World) -> tuple[Logged, ...]:
    """Return the lines that are asked for.

    Raises
    ------
    Forbidden
        When the actor is neither admin nor mma.
    """
    require_role(actor, "read the access log", *READERS)
    return world.security.access_log.read(query)


def logged_document(logged: Logged) -> dict[str, Json]:
    """Return a line in JSON terms."""
    access = logged.access
    return {
        "seq": logged.seq,
        "at": moment(access.at),
        "event": access.event,
        "action": access.action,
        "user": access.user,
        "role": access.role,
        "access_point": access.access_point,
        "kind": access.kind,
        "object": access.object,
        "concerns": access.concerns or None,
        "outcome": access.outcome,
    }
