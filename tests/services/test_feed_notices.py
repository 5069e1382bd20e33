"""What people are told about sources: silent, in trouble, at odds."""

from dataclasses import replace

import pytest

from advisor.journal.events import Event, FeedProblem, FeedProblemCode, FeedTroubled
from advisor.journal.road_events import RoadsHeard
from advisor.kernel import Status
from advisor.services.read_board import read_board
from tests.world import NOW, OEVERDAM, a_world, all_green, at, declared, heard, reported


def told(*events: Event, now: float = 0) -> dict[str, str]:
    """The levels of what is told about sources, by code."""
    view = read_board(now=at(now), world=a_world(*events))
    return {
        notice["code"]: notice["level"]
        for notice in view.notices
        if notice["code"].startswith(("feed_", "roads_", "sources_"))
    }


def text(code: str, *events: Event, now: float = 0) -> str:
    view = read_board(now=at(now), world=a_world(*events))
    [found] = [notice["text"] for notice in view.notices if notice["code"] == code]
    return str(found)


def troubled(code: FeedProblemCode, detail: str = "") -> FeedTroubled:
    return FeedTroubled(at=NOW, by="lpz", source="lpz", problems=(FeedProblem(code=code, detail=detail),))


def test_nothing_is_told_when_all_is_well() -> None:
    assert told(*all_green()) == {}


def test_source_that_is_silent_for_too_long_is_an_alarm() -> None:
    assert told(*all_green(), now=60)["feed_stale"] == "alarm"


def test_source_that_only_gives_news_and_gives_none_for_long_is_an_alarm() -> None:
    assert told(reported(source="epd"), now=60)["feed_stale"] == "alarm"


def test_one_silent_source_of_two_is_told_by_name() -> None:
    events = *all_green(), reported(source="epd", hospital=OEVERDAM), heard(when=at(59))

    assert "epd" in text("feed_stale", *events, now=60)


@pytest.mark.parametrize("code", FeedProblemCode)
def test_every_kind_of_trouble_is_told(code: FeedProblemCode) -> None:
    assert told(*all_green(), troubled(code))[f"feed_{code}"] in {"alarm", "warning"}


def test_trouble_says_where() -> None:
    code = FeedProblemCode.UNKNOWN_CODE

    assert "veldstad, SEH: paars" in text("feed_unknown_code", *all_green(), troubled(code, "veldstad, SEH: paars"))


def test_trouble_that_is_over_is_told_no_longer() -> None:
    over = FeedTroubled(at=at(1), by="lpz", source="lpz")

    assert told(*all_green(), troubled(FeedProblemCode.CLOCK), over, now=1) == {}


def test_source_of_roads_that_is_silent_is_a_warning() -> None:
    assert told(*all_green(), RoadsHeard(at=NOW, by="ndw", source="ndw", as_of=NOW), heard(when=at(16)), now=16) == {
        "roads_stale": "warning"
    }


def test_two_feeds_that_say_different_things_are_told() -> None:
    events = *all_green(), reported(Status.RED, source="have", said_at=at(1))

    assert told(*events, now=2) == {"sources_disagree": "warning"}
    assert "have zegt rood" in text("sources_disagree", *events, now=2)


def test_two_feeds_that_agree_are_not_told() -> None:
    assert told(*all_green(), reported(Status.GREEN, source="have", said_at=at(1)), now=2) == {}


def test_feed_that_is_silent_contradicts_nobody() -> None:
    other = reported(Status.RED, source="have", said_at=at(-60))

    assert "sources_disagree" not in told(other, *all_green(), now=2)


def test_feed_that_does_not_know_contradicts_nobody() -> None:
    assert told(*all_green(), reported(Status.UNKNOWN, source="have", said_at=at(-1)), now=2) == {}


def test_stop_in_the_console_is_not_contradicted_by_older_news() -> None:
    assert "sources_disagree" not in told(*all_green(), declared(when=at(1)), now=2)


def test_stop_in_the_console_is_contradicted_by_later_news() -> None:
    events = *all_green(), declared(when=at(1)), replace(reported(said_at=at(2)), at=at(2))

    assert "het ziekenhuis in Uitwijk zegt rood" in text("sources_disagree", *events, now=3)
