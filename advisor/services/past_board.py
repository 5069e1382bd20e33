"""The board as it was at a moment, folded from what had been written down by then."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from advisor.journal.board import Board
from advisor.journal.events import (
    AlarmAcknowledged,
    Event,
    FeedHeard,
    FeedRetired,
    FeedTroubled,
    LapseConfirmed,
    PlanWithdrawn,
    Recorded,
    StatusReported,
    StopCorrected,
    StopDeclared,
    StopEnded,
    StopExtended,
    StopPlanned,
)
from advisor.journal.fold import RIDES_KEPT, fold
from advisor.journal.ride_events import PositionReported, RideEvent
from advisor.journal.rides import fold_rides
from advisor.journal.road_events import RoadClosed, RoadReopened, RoadsHeard
from advisor.kernel import Interval
from advisor.services.review_queue import STEPS
from advisor.services.world import World

PAGE = 250  # facts that are folded before others get their turn
HEARD_WITHIN = timedelta(days=1)  # a source that was silent for longer is stale by any edition
RIDES_WITHIN = RIDES_KEPT + timedelta(days=1)  # the longest ride is shorter than a day
DAYS_MOST = 8  # boards of earlier days that are remembered
FIRST = datetime(2000, 1, 1, tzinfo=UTC)

STANDING: tuple[type[Event], ...] = (
    *(StopDeclared, StopExtended, StopEnded, StopCorrected, StopPlanned, PlanWithdrawn, LapseConfirmed),
    *(StatusReported, FeedRetired, RoadClosed, RoadReopened, AlarmAcknowledged),
)
"""What holds until something else is said, however long ago it was."""

LATELY: tuple[type[Event], ...] = (*STANDING, FeedHeard, FeedTroubled, RoadsHeard)
"""What of the last day counts too; sources answer all day long, and only their last answers matter."""

Pause = Callable[[], None]


class PastBoards:
    """Folds past boards, and remembers the beginnings of some days, so that moments of one day cost only that day."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._days: dict[tuple[str, datetime], Board] = {}

    def at(self, moment: datetime, pause: Pause) -> Board:
        """Return the board at a moment: departments, announcements, lapses, closures and rides as they stood then.

        Its number is not that of the journal. `pause` is called while folding, so that others get their turn.
        """
        day = (moment - HEARD_WITHIN).replace(hour=0, minute=0, second=0, microsecond=0)
        board = self._fold(self._beginning(day, pause), LATELY, Interval(start=day, end=_after(moment)), pause)
        period = Interval(start=moment - RIDES_WITHIN, end=_after(moment))
        events = (
            recorded.event for page in self._pages((*STEPS, PositionReported), period, pause) for recorded in page
        )
        return replace(board, rides=fold_rides(event for event in events if isinstance(event, RideEvent)))

    def _beginning(self, day: datetime, pause: Pause) -> Board:
        epoch = self._world.journal.epoch
        if (epoch, day) not in self._days:
            earlier = max((known for name, known in self._days if name == epoch and known < day), default=FIRST)
            before = self._days.get((epoch, earlier), Board())
            found = self._fold(before, STANDING, Interval(start=earlier, end=day), pause)
            while len(self._days) >= DAYS_MOST:
                del self._days[next(iter(self._days))]
            self._days[epoch, day] = found
        return self._days[epoch, day]

    def _fold(self, board: Board, types: Sequence[type[Event]], period: Interval, pause: Pause) -> Board:
        for page in self._pages(types, period, pause):
            # Facts are left out in between: numbered anew, they follow upon each other.
            facts = (Recorded(seq=seq, event=each.event) for seq, each in enumerate(page, start=board.seq + 1))
            board = fold(facts, board)
        return board

    def _pages(self, types: Sequence[type[Event]], period: Interval, pause: Pause) -> Iterator[tuple[Recorded, ...]]:
        seq = 0
        while page := self._world.journal.read_types(types, period, seq, PAGE):
            yield page
            seq = page[-1].seq
            pause()


def _after(moment: datetime) -> datetime:
    """Return the end of a period that the moment itself belongs to."""
    return moment + timedelta(microseconds=1)
