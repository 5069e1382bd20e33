"""NDW from question to closed roads, against a stand-in that replays whole and broken answers."""

import gzip
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from advisor.bootstrap.feeds import make_pollers
from advisor.feeds.config import parse_feeds
from advisor.journal.events import Recorded
from advisor.services.ports import Decision, JournalUnavailable
from advisor.services.read_board import read_board
from advisor.services.world import World
from advisor.settings import read_settings
from advisor.store.memory import MemoryJournal
from advisor.store.memory_keys import MemoryLeases
from tests.feeds.documents import datex, situation
from tests.feeds.stand_in import StandIn, a_stand_in
from tests.world import NOW, a_world, at, region


def bridge(name: str = "brug1", **how: str) -> str:
    return situation(name, until="2026-03-10T15:00:00Z", **how)


class FragileJournal(MemoryJournal):
    """A journal that can be told to fail."""

    fails = False

    def transact(self, decision: Decision) -> tuple[Recorded, ...]:
        if self.fails:
            raise JournalUnavailable("told to fail")
        return super().transact(decision)


@dataclass
class Rig:
    """A stand-in that serves compressed snapshots, and a process that asks it."""

    source: StandIn
    moment: datetime = NOW
    journal: FragileJournal = field(default_factory=FragileJournal)
    world: World = field(init=False)

    def __post_init__(self) -> None:
        self.world = replace(a_world(journal=self.journal), clock=lambda: self.moment)
        config = parse_feeds(f'[ndw]\naddress = "{self.source.address}"\ntimeout_s = 1', region().hospitals)
        [self.poll] = make_pollers(read_settings({}), config, self.world, MemoryLeases())

    def serve(self, minutes: float, *situations: str) -> None:
        """Let the source serve a snapshot as of then, and the process look then."""
        self.moment = at(minutes)
        made = self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.source.body = gzip.compress(datex(*situations, protocol="snapshotPull", at=made))
        self.poll()

    def closed(self) -> list[str]:
        works = self.world.journal.board().roadworks
        return [key for key, work in works.items() if self.moment in work.closure.interval]

    def notices(self) -> dict[str, str]:
        view = read_board(now=self.moment, world=self.world)
        return {
            each["code"]: each["text"] for each in view.notices if "feed_" in each["code"] or "roads_" in each["code"]
        }


@pytest.fixture
def rig() -> Iterator[Rig]:
    with a_stand_in() as source:
        yield Rig(source)


def test_bridges_of_a_snapshot_are_closed_until_a_snapshot_leaves_them_out(rig: Rig) -> None:
    rig.serve(0, bridge("b1"), bridge("b2"))
    both = rig.closed()
    rig.serve(1, bridge("b2"))

    assert (both, rig.closed()) == (["ndw:b1", "ndw:b2"], ["ndw:b2"])


def test_record_that_cannot_be_read_is_told_and_the_others_are_taken(rig: Rig) -> None:
    rig.serve(0, bridge("b1", where=""), bridge("b2"))

    assert rig.closed() == ["ndw:b2"]
    assert "b1.location" in rig.notices()["feed_unreadable"]


def test_closure_whose_record_cannot_be_read_any_more_stays_as_it_was(rig: Rig) -> None:
    rig.serve(0, bridge("b1"))
    rig.serve(1, bridge("b1", start="nu"))

    assert rig.closed() == ["ndw:b1"]


@pytest.mark.parametrize("body", [b"", b"<html>storing</html>", gzip.compress(datex(), mtime=0)[:40], datex(at="nu")])
def test_broken_answer_changes_nothing_and_is_told(rig: Rig, body: bytes) -> None:
    rig.serve(0, bridge())
    rig.source.body, rig.moment = body, at(1)

    rig.poll()

    assert rig.closed() == ["ndw:brug1"]
    assert "feed_unreadable" in rig.notices()


def test_silence_is_told(rig: Rig) -> None:
    rig.serve(0, bridge())
    rig.source.close()
    for minutes in (1, 5, 20):
        rig.moment = at(minutes)
        rig.poll()

    assert set(rig.notices()) == {"feed_unreachable", "roads_stale"}


def test_journal_that_fails_does_not_make_us_ask_without_end(rig: Rig) -> None:
    rig.serve(0, bridge())
    asked = len(rig.source.asked)
    rig.journal.fails = True

    for second in range(50):
        rig.moment = at(1 + second / 60)
        with suppress(JournalUnavailable):
            rig.poll()

    assert len(rig.source.asked) == asked + 1
