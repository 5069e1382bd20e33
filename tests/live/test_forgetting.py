"""The hourly forgetting works off everything that is due."""

from datetime import timedelta

from advisor.journal.ride_events import PositionReported, RideOpened
from advisor.kernel import AdviceId, RideId
from advisor.live.forgetting import make_forgetting
from advisor.services.forget_positions import AT_ONCE, GONE
from advisor.services.forget_positions import RIDE as RIDE_TYPE
from advisor.store.memory import MemoryJournal
from tests.world import NOW

RIDE = RideId("r1")
EXACT = b'{"lat":52.123,"lon":5.043}'


def reports(count: int) -> MemoryJournal:
    """A journal in which ambulances told their places so often."""
    journal = MemoryJournal()
    opened = RideOpened(at=NOW, by="a", ride_id=RIDE, advice_id=AdviceId("a1"))
    told = [PositionReported(at=NOW, by="a", ride_id=RIDE, position=EXACT) for _ in range(count)]
    journal.transact(lambda _: [opened, *told])
    return journal


def left_after(journal: MemoryJournal, *, keep_days: float = 30, **later: float) -> set[bytes]:
    """What is left of the places after some time."""
    moment = NOW + timedelta(**later)
    make_forgetting(journal, lambda: moment, keep=timedelta(days=keep_days))()
    return {left.content for left in journal.list_enclosed([RIDE_TYPE], moment, GONE + 1, limit=10_000)}


def test_everything_that_is_due_is_worked_off_in_one_go() -> None:
    assert left_after(reports(2 * AT_ONCE + 1), hours=25) == {b'{"lat":52.1,"lon":5.0}'}


def test_what_is_not_due_stays() -> None:
    assert left_after(reports(1), hours=23) == {EXACT}


def test_place_is_gone_after_the_set_time() -> None:
    assert left_after(reports(1), keep_days=2, days=2, hours=1) == set()
