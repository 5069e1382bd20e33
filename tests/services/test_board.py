"""The board as the screens see it, and the lapse that a dispatcher confirms."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from advisor.journal.events import Event
from advisor.kernel import Department, InvalidInput, Status
from advisor.protocol.model import StopReason
from advisor.services.access import Actor, Forbidden, Role
from advisor.services.confirm_lapse import confirm_lapse
from advisor.services.plan_stop import PlanStop, plan_stop
from advisor.services.read_board import BoardView, read_board
from advisor.services.refusals import Conflict
from tests.world import (
    COORDINATOR,
    DISPATCHER,
    EVERYBODY,
    HOGEBERG,
    NOW,
    OEVERDAM,
    OVERKANT,
    REGION,
    VELDSTAD,
    a_world,
    all_green,
    at,
    declared,
    ended,
    heard,
)

ALL_RED = tuple(declared(f"s-{hospital}", hospital=hospital) for hospital in (VELDSTAD, OEVERDAM, HOGEBERG))


def view(*events: Event, now: datetime = NOW) -> BoardView:
    return read_board(now=now, world=a_world(*events))


def seh(board: BoardView, hospital: str = VELDSTAD) -> dict[str, Any]:
    return board.hospitals[hospital]["departments"]["SEH"]  # type: ignore[index, no-any-return]


def codes(board: BoardView) -> list[str]:
    return [notice["code"] for notice in board.notices]


def region_of(board: BoardView, department: str = "SEH") -> dict[str, Any]:
    return next(dict(each) for each in board.regions if (each["mka"], each["department"]) == (REGION, department))


class TestDepartments:
    def test_without_any_word_everything_is_unknown(self) -> None:
        assert (seh(view())["status"], seh(view())["effective"]) == ("unknown", "unknown")

    def test_what_a_feed_reports_is_shown_with_source_and_age(self) -> None:
        shown = seh(view(*all_green(), now=at(5)))

        assert (shown["effective"], shown["source"], shown["age_s"]) == ("green", "lpz", 300)

    @pytest.mark.parametrize(("minutes", "effective"), [(15, "green"), (15.1, "unknown")])
    def test_status_that_nobody_confirms_becomes_unknown_with_its_last_value(
        self, minutes: float, effective: str
    ) -> None:
        shown = seh(view(*all_green(), now=at(minutes)))

        assert (shown["status"], shown["effective"]) == ("green", effective)

    def test_declared_stop_is_shown_with_what_belongs_to_it(self) -> None:
        shown = seh(view(*all_green(), declared(until=at(90)), now=at(1)))

        told = (shown["effective"], shown["until"], shown["stop_id"], shown["age_s"], shown["manual"])
        assert told == ("red", "2026-03-10T15:30:00.000Z", "s1", 0, True)

    def test_stop_that_expired_is_green_again(self) -> None:
        board = view(*all_green(), declared(until=at(60)), heard(when=at(60)), now=at(60))

        assert seh(board)["effective"] == "green"

    def test_hospital_outside_its_hours_is_grey(self) -> None:
        night = datetime(2026, 3, 10, 22, 0, tzinfo=NOW.tzinfo)

        assert seh(view(*all_green(night), now=night), OEVERDAM)["effective"] == "grey"

    def test_department_that_a_hospital_does_not_have_is_left_out(self) -> None:
        assert "PCI" not in view().hospitals[VELDSTAD]["departments"]

    def test_every_hospital_of_the_registry_is_shown(self) -> None:
        assert list(view().hospitals) == [HOGEBERG, OEVERDAM, OVERKANT, VELDSTAD]


class TestRegions:
    def test_region_tells_how_many_of_how_many(self) -> None:
        region = region_of(view(*all_green(), declared(), now=at(1)))

        assert (len(region["stopped"]), region["providers"], region["kind"]) == (1, 3, "none")

    def test_region_is_one_away_when_one_is_left(self) -> None:
        board = view(*all_green(), *ALL_RED[:2], now=at(1))

        assert (region_of(board)["one_away"], codes(board)) == (True, ["one_away"])

    def test_region_with_a_stop_everywhere_raises_the_alarm(self) -> None:
        board = view(*all_green(), *ALL_RED, now=at(1))

        assert (region_of(board)["kind"], board.notices[0]["level"], codes(board)) == ("met", "alarm", ["lapse_met"])


class TestNotices:
    @pytest.mark.parametrize(("minutes", "told"), [(109.9, []), (110, ["stop_ending"])])
    def test_stop_that_is_about_to_end_is_told_ten_minutes_before(self, minutes: float, told: list[str]) -> None:
        now = at(minutes)

        assert codes(view(*all_green(), declared(until=at(120)), heard(when=now), now=now)) == told

    def test_stop_beyond_its_norm_is_told(self) -> None:
        now = at(120)

        assert codes(view(*all_green(), declared(until=at(240)), heard(when=now), now=now)) == ["norm_exceeded"]

    def test_silent_source_is_an_alarm(self) -> None:
        board = view(*all_green(), now=at(20))

        assert (codes(board), board.freshness["stale"]) == (["feed_stale"], True)

    def test_board_is_stale_at_the_instant_at_which_its_statuses_become_unknown(self) -> None:
        board = view(*all_green(), now=at(15) + timedelta(milliseconds=1))

        assert (codes(board), board.freshness["stale"]) == (["feed_stale"], True)

    def test_planned_stop_is_told_an_hour_before(self) -> None:
        world = a_world(*all_green())
        plan = PlanStop(
            hospital=VELDSTAD,
            department=Department.SEH,
            reason=StopReason.TECHNICAL,
            start=at(65),
            until=at(400),
        )
        plan_stop(plan, actor=COORDINATOR, now=NOW, world=world)

        told = [codes(read_board(now=at(minutes), world=world)) for minutes in (4, 6)]

        assert told == [[], ["plan_soon"]]

    def test_every_notice_has_a_text_in_both_languages(self) -> None:
        board = view(*all_green(), *ALL_RED, now=at(115))

        assert board.notices
        assert all(notice["text"] and notice["text_en"] != notice["text"] for notice in board.notices)


class TestConfirmingALapse:
    def confirm(self, *events: Event, actor: Actor = DISPATCHER, mka: str = REGION) -> BoardView:
        world = a_world(*events)
        confirm_lapse(mka, Department.SEH, actor=actor, now=at(5), world=world)
        return read_board(now=at(6), world=world)

    def test_confirmed_lapse_opens_the_departments_again(self) -> None:
        board = self.confirm(*all_green(), *ALL_RED)

        assert {seh(board, each)["effective"] for each in (VELDSTAD, OEVERDAM, HOGEBERG)} == {"green"}

    def test_stop_that_is_declared_afterwards_holds(self) -> None:
        world = a_world(*all_green(), *ALL_RED)
        confirm_lapse(REGION, Department.SEH, actor=DISPATCHER, now=at(5), world=world)
        again = [ended("s-veldstad", when=at(6)), declared("s9", when=at(7))]
        world.journal.transact(lambda _: again)

        assert seh(read_board(now=at(8), world=world))["effective"] == Status.RED

    def test_region_with_an_open_department_is_refused_and_names_it(self) -> None:
        with pytest.raises(Conflict, match="Hogeberg UMC"):
            self.confirm(*all_green(), *ALL_RED[:2])

    def test_region_without_any_stop_is_refused(self) -> None:
        with pytest.raises(Conflict):
            self.confirm()

    def test_region_where_a_status_is_unknown_may_be_confirmed(self) -> None:
        board = self.confirm(*ALL_RED[:2])

        assert seh(board)["effective"] == "green"

    def test_unknown_region_is_refused(self) -> None:
        with pytest.raises(InvalidInput):
            self.confirm(mka="MKA Nergens")

    @pytest.mark.parametrize(
        "actor", [each for each in EVERYBODY if each is not DISPATCHER], ids=lambda actor: actor.role
    )
    def test_only_a_dispatcher_confirms(self, actor: Actor) -> None:
        with pytest.raises(Forbidden):
            self.confirm(*all_green(), *ALL_RED, actor=actor)

    def test_dispatcher_of_another_region_does_not(self) -> None:
        with pytest.raises(Forbidden):
            self.confirm(*ALL_RED, actor=Actor(name="far", role=Role.DISPATCHER, region="MKA Overkant"))
