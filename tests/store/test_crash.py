"""A writer under load is killed without warning; what it had acknowledged is there, in order, once."""

import multiprocessing
from collections.abc import Callable
from contextlib import closing, suppress

import pytest

from advisor.store.database import Database
from advisor.store.sql_journal import SqlJournal
from tests.store.crash_writer import write

ACKNOWLEDGED_BEFORE_KILL = 150
FRESH = multiprocessing.get_context("forkserver")
"""Processes that share nothing with this one; what they import is imported once, before the first of them."""
FRESH.set_forkserver_preload([write.__module__])


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_writer_loses_nothing_that_was_acknowledged(
    kind: str, address: Callable[[str], str], open_at: Callable[[str], Database]
) -> None:
    kill_and_compare(address(kind), open_at, kills=5)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_writer_killed_fifty_times_loses_nothing_that_was_acknowledged(
    kind: str, address: Callable[[str], str], open_at: Callable[[str], Database]
) -> None:
    kill_and_compare(address(kind), open_at, kills=50)


def kill_and_compare(url: str, open_at: Callable[[str], Database], *, kills: int) -> None:
    acknowledged: dict[int, str] = {}
    for run in range(kills):
        for seq, source in acknowledged_until_killed(url, run):
            assert seq not in acknowledged
            acknowledged[seq] = source

    journal = SqlJournal(open_at(url))
    stored = journal.read(0, 10**9)
    sources = [recorded.event.subject for recorded in stored]
    assert [recorded.seq for recorded in stored] == list(range(1, journal.head() + 1))
    assert len(set(sources)) == len(sources)
    assert acknowledged.items() <= {recorded.seq: recorded.event.subject for recorded in stored}.items()
    assert len(acknowledged) >= kills * ACKNOWLEDGED_BEFORE_KILL


def acknowledged_until_killed(url: str, run: int) -> list[tuple[int, str]]:
    told, tell = FRESH.Pipe(duplex=False)
    writer = FRESH.Process(target=write, args=(url, run, tell))
    writer.start()
    tell.close()
    acknowledged: list[tuple[int, str]] = []
    with closing(told), suppress(EOFError, OSError):  # the last one may have been cut off by the kill
        while True:
            acknowledged.append(told.recv())
            if len(acknowledged) == ACKNOWLEDGED_BEFORE_KILL:
                writer.kill()
    writer.join()
    return acknowledged
