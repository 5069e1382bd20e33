"""Watched advices: told when the answer changes, asked again when it may have changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from advisor.live.watches import LONGEST_WAIT, Asked, Watches
from advisor.roads.model import OffNetwork
from advisor.services.access import Actor, Role
from advisor.services.advice_case import AdviceCase
from tests.world import NOW, a_case

NURSE = Actor(name="verpleegkundige", role=Role.NURSE)


@dataclass(frozen=True)
class Answered:
    answer: Mapping[str, object]
    substance: object
    figures: object
    top: tuple[str, ...]
    changes_at: datetime | None


class Region:
    """Answers questions, and can be made to answer otherwise."""

    def __init__(self) -> None:
        self.now = NOW
        self.first = "veldstad"
        self.minutes = 10
        self.changes_at: datetime | None = None
        self.asked = 0
        self.told: list[tuple[str, object]] = []
        self.before: list[object] = []
        self.is_off = False
        self.at_first: Callable[[], None] | None = None
        self.watches = Watches(self._ask, self._tell, self._clock)

    def after(self, seconds: float) -> None:
        """Let time go by, and ask again what is due."""
        self.now = NOW + timedelta(seconds=seconds)
        self.watches.renew_due()

    def _top(self, case: AdviceCase) -> tuple[str, ...]:
        """The nearest hospitals, from the west on."""
        return ("veldstad", "oeverdam") if case.position.lon < 5.1 else ("oeverdam", "veldstad")

    def _tell(self, connection: str, answer: Mapping[str, object], before: Mapping[str, object]) -> None:
        self.told.append((connection, answer["first"]))
        self.before.append(before)

    def _clock(self) -> datetime:
        return self.now

    def _ask(self, case: AdviceCase, actor: Actor, now: datetime, previous: Asked | None) -> Asked:
        self.asked += 1
        if self.asked == 1 and self.at_first is not None:
            first = self.first
            self.at_first()
            return Answered({"first": first}, first, self.minutes, self._top(case), self.changes_at)
        if self.is_off:
            raise OffNetwork(distance_m=9000, limit_m=5000)
        return Answered({"first": self.first}, self.first, self.minutes, self._top(case), self.changes_at)


def watching() -> Region:
    """A region in which one client watches an advice."""
    region = Region()
    region.watches.watch("one", a_case(), NURSE)
    return region


def test_question_is_answered_at_once() -> None:
    region = Region()

    assert region.watches.watch("one", a_case(), NURSE) == {"first": "veldstad"}


def test_change_while_the_answer_is_worked_out_is_in_the_answer() -> None:
    region = Region()

    def change() -> None:
        region.first = "oeverdam"
        region.watches.renew_all()

    region.at_first = change

    assert region.watches.watch("one", a_case(), NURSE) == {"first": "oeverdam"}


def test_other_answer_is_told() -> None:
    region = watching()
    region.first = "oeverdam"

    region.watches.renew_all()

    assert region.told == [("one", "oeverdam")]


@pytest.mark.parametrize(("changed", "order"), [("oeverdam", ["east", "west"]), ("veldstad", ["west", "east"])])
def test_who_has_a_changed_hospital_at_the_top_is_told_first(changed: str, order: list[str]) -> None:
    region = Region()
    for connection, lon in (("west", 5.0), ("east", 5.2)):
        region.watches.watch(connection, a_case(lon), NURSE)
    region.minutes = 12

    region.watches.renew_all({changed})

    assert [connection for connection, _ in region.told] == order


def test_other_minutes_are_told() -> None:
    region = watching()
    region.minutes = 12

    region.watches.renew_all()

    assert region.told == [("one", "veldstad")]


def test_same_answer_is_not_told_again() -> None:
    region = watching()

    region.watches.renew_all()

    assert region.told == []


def test_answer_is_told_beside_the_one_that_was_told_before() -> None:
    region = Region()
    first = region.watches.watch("one", a_case(), NURSE)
    region.watches.renew_all()
    region.first = "oeverdam"
    region.watches.renew_all()

    [before] = region.before

    assert before is first


def test_nothing_is_asked_before_it_may_have_changed() -> None:
    region = watching()

    region.after(LONGEST_WAIT.total_seconds() - 1)

    assert region.asked == 1


def test_everything_is_asked_again_after_a_while() -> None:
    region = watching()

    region.after(LONGEST_WAIT.total_seconds())

    assert region.asked == 2


def test_moment_that_may_change_the_answer_is_not_waited_past() -> None:
    region = Region()
    region.changes_at = NOW + timedelta(seconds=4)
    region.watches.watch("one", a_case(), NURSE)

    region.after(4)

    assert region.asked == 2


def test_moved_ambulance_is_answered_from_where_it_is() -> None:
    region = watching()
    region.first = "oeverdam"

    region.watches.move("one", a_case(lon=5.3))

    assert region.told == [("one", "oeverdam")]
    assert region.watches.find_case("one") == a_case(lon=5.3)


def moved_off_the_network() -> Region:
    """A region whose client moved to where there is no answer."""
    region = watching()
    region.is_off = True
    with pytest.raises(OffNetwork):
        region.watches.move("one", a_case(lon=9.0))
    region.is_off = False
    return region


def test_move_to_where_there_is_no_answer_is_refused() -> None:
    region = moved_off_the_network()

    assert region.told == []
    assert region.watches.find_case("one") == a_case()


def test_refused_move_leaves_the_question_watched_from_where_it_was() -> None:
    region = moved_off_the_network()
    region.first = "oeverdam"

    region.watches.renew_all()

    assert region.told == [("one", "oeverdam")]


def test_question_that_was_asked_during_a_refused_move_stays() -> None:
    region = watching()
    other = a_case(lon=5.4)

    def ask_something_else(*_: object) -> Answered:
        region.watches._ask = region._ask
        region.watches.watch("one", other, NURSE)
        raise OffNetwork(distance_m=9000, limit_m=5000)

    region.watches._ask = ask_something_else
    with pytest.raises(OffNetwork):
        region.watches.move("one", a_case(lon=9.0))

    assert region.watches.find_case("one") == other


def test_who_watches_no_longer_is_told_nothing() -> None:
    region = watching()
    region.watches.unwatch("one")
    region.first = "oeverdam"

    region.watches.renew_all()

    assert region.told == []


def test_error_leaves_the_last_answer_standing_until_the_next_try() -> None:
    region = watching()
    region.is_off = True
    region.watches.renew_all()
    region.is_off = False
    region.first = "oeverdam"

    region.after(LONGEST_WAIT.total_seconds())

    assert region.told == [("one", "oeverdam")]


def test_move_of_who_watches_nothing_does_nothing() -> None:
    region = Region()

    region.watches.move("nobody", a_case())

    assert region.asked == 0
