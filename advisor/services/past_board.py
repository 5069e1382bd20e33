"""The board as it was at a moment, folded from what had been written down by then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from advisor.journal.board import Board
from advisor.journal.events import Recorded
from advisor.journal.fold import fold
from advisor.services.world import World

PAGE = 250  # facts that are folded before others get their turn
REMEMBERED_MOST = 8
OUT_OF_STEP = timedelta(minutes=5)
"""So far the clocks of two processes may be apart: facts are numbered in the order in which they were written down."""
FIRST = datetime.min.replace(tzinfo=UTC)

Pause = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Known:
    """A board of all facts up to its number; `at` is the latest moment of any of them that were seen."""

    board: Board
    at: datetime


class PastBoards:
    """Folds past boards from the nearest that is kept, and remembers some, so that a step on costs only that step."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[tuple[str, int], _Known] = {}

    def at(self, moment: datetime, pause: Pause) -> Board:
        """Return the board at a moment: everything that had been written down by then.

        Its number is that of the journal only where no clock was out of step. `pause` is called while folding, so that
        others get their turn.
        """
        known = self._nearest(moment)
        board, seq = known.board, known.board.seq
        while page := self._world.journal.read(seq, PAGE):
            seq = page[-1].seq
            events = [each.event for each in page if each.event.at <= moment]
            board = fold(
                (Recorded(seq=number, event=event) for number, event in enumerate(events, board.seq + 1)), board
            )
            if board.seq == seq:
                known = _Known(board, max(known.at, *(event.at for event in events)))
            if page[0].event.at > moment + OUT_OF_STEP:
                break
            pause()
        self._remember(known)
        return board

    def _nearest(self, moment: datetime) -> _Known:
        epoch = self._world.journal.epoch
        usable = [each for (of, _), each in self._known.items() if of == epoch and each.at <= moment]
        nearest = max(usable, key=lambda each: each.board.seq, default=_Known(Board(), FIRST))
        kept = self._world.journal.find_kept(moment, nearest.board.seq)
        return nearest if kept is None else _Known(kept, moment)

    def _remember(self, known: _Known) -> None:
        self._known[self._world.journal.epoch, known.board.seq] = known
        while len(self._known) > REMEMBERED_MOST:
            del self._known[next(iter(self._known))]
