"""Lift a closure before its end."""

from collections.abc import Sequence
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event
from advisor.journal.road_events import ClosureId, RoadReopened
from advisor.services.access import Actor, require_role
from advisor.services.close_road import CLOSERS
from advisor.services.refusals import Conflict, NotFound, Wording
from advisor.services.world import World


def reopen_road(closure_id: ClosureId, *, actor: Actor, now: datetime, world: World) -> None:
    """Open a road again, or withdraw a closure that has not begun.

    Raises
    ------
    Forbidden
        When the actor is neither a dispatcher nor an admin.
    NotFound
        When there is no such closure, or it was lifted already.
    Conflict
        When the closure has reached its end.
    """
    require_role(actor, "open a road", *CLOSERS)

    def decide(board: Board) -> Sequence[Event]:
        roadwork = board.roadworks.get(closure_id)
        if roadwork is None:
            raise NotFound("closure", closure_id)
        if roadwork.is_over(now):
            detail = Wording(nl="Deze afsluiting is al afgelopen.", en="This closure is over already.")
            raise Conflict("closure_over", detail)
        # What a feed said of it before stays overruled; something newer closes the road again.
        return [RoadReopened(at=now, by=actor.name, closure_id=closure_id, said_at=roadwork.said_at)]

    world.journal.transact(decide)
