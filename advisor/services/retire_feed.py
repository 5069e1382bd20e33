"""Let a source count no longer, after it was switched off for good."""

from collections.abc import Sequence
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event, FeedRetired
from advisor.services.access import Actor, Role, require_role
from advisor.services.refusals import NotFound
from advisor.services.world import World


def retire_feed(source: str, *, actor: Actor, now: datetime, world: World) -> None:
    """Take the words, the closures and the alarms of a source off the board; it may come back by speaking again.

    Raises
    ------
    Forbidden
        When the actor is no admin.
    NotFound
        When the board knows no such source.
    """
    require_role(actor, "retire a source", Role.ADMIN)

    def decide(board: Board) -> Sequence[Event]:
        if source not in known_sources(board):
            raise NotFound("source", source)
        return [FeedRetired(at=now, by=actor.name, source=source)]

    world.journal.transact(decide)


def known_sources(board: Board) -> frozenset[str]:
    """Return every source that ever spoke, or was in trouble, and was not retired."""
    of_words = (
        word
        for record in board.hospitals.values()
        for department in record.departments.values()
        for word in department.words
    )
    of_roads = (work.source for work in board.roadworks.values() if work.source)
    return frozenset((*board.feeds, *board.road_feeds, *board.troubles, *of_words, *of_roads))
