"""One process' live part: it follows the journal, the clock and the sessions, and tells who is concerned."""

import queue
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from advisor.journal.board import Board
from advisor.journal.events import AdviceGiven
from advisor.journal.ride_events import RideOpened
from advisor.journal.road_events import ClosureId, RoadClosed
from advisor.kernel import AdviceId, Position, RideId
from advisor.live.boards import Look, Shown
from advisor.live.hints import NoHints
from advisor.live.hub import Hub
from advisor.live.watches import Asked
from advisor.roads.closure import ClosureShape
from advisor.services.access import Actor, Role
from advisor.services.accounts import Session
from advisor.services.advice_case import AdviceCase
from advisor.services.authenticate import NotLoggedIn
from advisor.services.ports import JournalUnavailable
from advisor.services.world import World
from advisor.store.memory import MemoryJournal, MemorySessions
from advisor.web.looking import look_at_board
from advisor.web.watching import ask
from tests.world import NOW, a_case, a_world, all_green, declared

NURSE = Actor(name="verpleegkundige", role=Role.NURSE)
SOON_S = 3.0


@dataclass
class Page:
    """The way to a client, that keeps what it was told."""

    world: World
    changes: "queue.Queue[list[object]]" = field(default_factory=queue.Queue)
    advices: "queue.Queue[object]" = field(default_factory=queue.Queue)
    told: "queue.Queue[tuple[str, str, Mapping[str, Any]]]" = field(default_factory=queue.Queue)
    dropped: list[str] = field(default_factory=list)
    looks: int = 0
    beats: int = 0

    def look(self) -> Look:
        self.looks += 1
        return look_at_board(NOW, self.world)

    def ask(self, case: AdviceCase, actor: Actor, now: datetime, previous: Asked | None) -> Asked:
        return ask(case, actor, now, previous, self.world)

    def tell_change(self, _from_seq: int, _look: Look, changed: Sequence[Shown]) -> None:
        self.changes.put([shown["id"] for shown in changed])

    def tell_advice(self, _connection: str, answer: Mapping[str, Any], _before: Mapping[str, Any]) -> None:
        self.advices.put(answer["options"][0]["hospital"])

    def tell(self, connection: str, event: str, document: Mapping[str, Any]) -> None:
        self.told.put((connection, event, document))

    def beat(self, _seq: int) -> None:
        self.beats += 1

    def drop(self, connection: str) -> None:
        self.dropped.append(connection)


@dataclass
class Process:
    """A world, its live part, and a page that is let in."""

    world: World
    page: Page
    hub: Hub


@pytest.fixture
def process() -> Iterator[Process]:
    world = a_world(*all_green())
    page = Page(world)
    hub = Hub(page, world, NoHints())
    world.sessions.open(
        Session(
            token_digest="digest",
            user="verpleegkundige",
            created_at=NOW,
            seen_at=NOW,
            idle_until=NOW + timedelta(hours=1),
            expires_at=NOW + timedelta(days=1),
        )
    )
    hub.enter("one", NURSE, "digest")
    hub.start()
    time.sleep(0.7)  # the first look at the journal is behind it
    yield Process(world, page, hub)
    hub.stop()


def eventually(condition: Callable[[], bool]) -> bool:
    """Tell whether something comes true soon."""
    deadline = time.monotonic() + SOON_S
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def test_fact_of_another_process_is_told_without_a_hint(process: Process) -> None:
    process.world.journal.transact(lambda _: [declared()])

    assert process.page.changes.get(timeout=SOON_S) == ["veldstad"]


def test_watched_advice_follows_the_board(process: Process) -> None:
    process.hub.watch("one", a_case())
    process.world.journal.transact(lambda _: [declared()])

    assert process.page.advices.get(timeout=SOON_S) != "veldstad"


def test_advice_that_is_given_makes_nobody_look_again(process: Process) -> None:
    given = AdviceGiven(at=NOW, by="a", advice_id=AdviceId("a1"), digest="d", first=None, receipt=b"r")
    looks_in_a_second = _looks(process.page)
    for _ in range(20):
        process.world.journal.transact(lambda _: [given])
        process.hub.grown(process.world.journal.head())

    assert _looks(process.page) <= looks_in_a_second + 1
    assert process.page.changes.empty()


def _looks(page: Page) -> int:
    before = page.looks
    time.sleep(1.05)
    return page.looks - before


def test_session_that_ends_takes_its_connections_along(process: Process) -> None:
    process.world.sessions.revoke("digest", NOW)

    assert eventually(lambda: process.page.dropped == ["one"])


@pytest.mark.parametrize("limit", ["idle_until", "expires_at"])
def test_line_ends_with_the_time_of_its_session(process: Process, limit: str) -> None:
    session = process.world.sessions.find("digest")
    assert session is not None
    process.world.sessions.open(replace(session, token_digest="brief", **{limit: NOW}))

    process.hub.enter("two", NURSE, "brief")

    assert eventually(lambda: process.page.dropped == ["two"])


class Counting(MemorySessions):
    """Sessions that count how often they are asked."""

    questions = 0

    def list_valid(self, token_digests: Collection[str], now: datetime) -> frozenset[str]:
        self.questions += 1
        return super().list_valid(token_digests, now)

    def find(self, token_digest: str) -> Session | None:
        raise AssertionError(f"asked for {token_digest} alone")


def test_all_sessions_are_looked_at_in_one_question() -> None:
    sessions = Counting()
    world = replace(a_world(*all_green()), sessions=sessions)
    page = Page(world)
    hub = Hub(page, world, NoHints())
    for number in range(1000):
        hub.enter(f"c{number}", NURSE, f"d{number}")

    hub._check_sessions()

    assert (sessions.questions, len(page.dropped)) == (1, 1000)


class Unreachable(MemoryJournal):
    """A journal that can be out of reach."""

    is_away = False

    def board(self) -> Board:
        if self.is_away:
            raise JournalUnavailable("the database does not answer")
        return super().board()


def test_heart_beats_only_while_the_journal_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor.live.hub.HEARTBEAT_S", 0.1)
    journal = Unreachable()
    page = Page(a_world(journal=journal))
    hub = Hub(page, page.world, NoHints())
    hub.start()
    assert eventually(lambda: page.beats > 2)

    journal.is_away = True
    time.sleep(0.2)
    away = page.beats
    time.sleep(0.5)

    assert page.beats == away
    journal.is_away = False
    assert eventually(lambda: page.beats > away)
    hub.stop()


def test_who_was_not_let_in_cannot_watch(process: Process) -> None:
    with pytest.raises(NotLoggedIn):
        process.hub.watch("somebody else", a_case())


def test_stopping_closes_every_connection(process: Process) -> None:
    process.hub.stop()

    assert process.page.dropped == ["one"]


def test_ride_of_another_process_is_told_to_its_crew(process: Process) -> None:
    opened = RideOpened(at=NOW, by=NURSE.name, ride_id=RideId("r1"), advice_id=AdviceId("a1"))

    process.world.journal.transact(lambda _: [opened])

    connection, event, document = process.page.told.get(timeout=SOON_S)
    assert (connection, event, document["id"]) == ("one", "ride", "r1")


def test_new_closure_is_told_at_once_and_again_when_the_drive_times_have_followed(process: Process) -> None:
    process.world.journal.transact(lambda _: [closed_road()])
    first = process.page.told.get(timeout=SOON_S)
    process.hub.roads_changed()

    assert [first, process.page.told.get(timeout=SOON_S)] == [
        ("one", "closures", {"seq": process.world.journal.head(), "epoch": process.world.journal.epoch})
    ] * 2


def test_feed_account_hears_of_no_closures(process: Process) -> None:
    process.hub.leave("one")
    process.hub.enter("feed", Actor(name="lpz", role=Role.FEED), "digest")

    process.hub.roads_changed()

    assert process.page.told.empty()


def closed_road() -> RoadClosed:
    bridge = Position(lat=52.1, lon=5.15)
    return RoadClosed(
        at=NOW, by="meldkamer", closure_id=ClosureId("c1"), shape=ClosureShape.POINT, points=(bridge,), start=NOW
    )
