"""Confirm that all stops of a category in a meldkamer region have lapsed (rule 3.1)."""

from collections.abc import Sequence
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.events import Event, LapseConfirmed
from advisor.kernel import Department, InvalidInput, Problem
from advisor.protocol.lapse import lapse_state
from advisor.protocol.model import Lapse
from advisor.services.access import Actor, require_region
from advisor.services.picture import picture_of
from advisor.services.refusals import Conflict, Wording
from advisor.services.world import World


def confirm_lapse(mka: str, department: Department, *, actor: Actor, now: datetime, world: World) -> Lapse:
    """Confirm the lapse that the last hospital reported by telephone.

    All stops of this category in this region that were declared up to now fall with it; later ones do not. The
    dispatcher may know more than the board (a status that is unknown here, membership that is incomplete), so only
    what the board contradicts is refused.

    Raises
    ------
    InvalidInput
        When there is no such meldkamer region.
    Forbidden
        When the actor is no dispatcher of this region.
    Conflict
        When a department of this category in this region is open, or none of them has a stop.
    """
    if mka not in world.registry.mkas:
        raise InvalidInput([Problem(field="mka", message=f"no meldkamer region {mka!r}")])
    require_region(actor, "confirm a lapse", mka)

    def decide(board: Board) -> Sequence[Event]:
        picture = picture_of(world.sites, world.registry.mka_complete, board.states(now), board.lapses)
        state = lapse_state(picture, mka, department, now, world.editions)
        if state.open or not state.stopped:
            raise _not_met(department, [world.sites[hospital].name for hospital in state.open])
        return [LapseConfirmed(at=now, by=actor.name, mka=mka, department=department)]

    world.journal.transact(decide)
    return Lapse(mka=mka, department=department, confirmed_at=now)


def _not_met(department: Department, still_open: Sequence[str]) -> Conflict:
    if not still_open:
        detail = Wording(
            nl=f"Er loopt in deze regio geen stop of code voor {department}.",
            en=f"No stop or code is running for {department} in this region.",
        )
        return Conflict("lapse_not_met", detail)
    names = ", ".join(still_open)
    detail = Wording(
        nl=f"Niet alle afdelingen {department} in deze regio hebben een stop of code; open: {names}.",
        en=f"Not every {department} in this region has a stop or code; open: {names}.",
    )
    return Conflict("lapse_not_met", detail)
