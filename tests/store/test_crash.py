"""A writer under load is killed without warning; what it had acknowledged is there, in order, once."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.store.database import Database
from advisor.store.sql_journal import SqlJournal

ROOT = Path(__file__).parents[2]
ACKNOWLEDGED_BEFORE_KILL = 150


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
    command = [sys.executable, "-m", "tests.store.crash_writer", url, str(run)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as writer:
        assert writer.stdout is not None
        lines = []
        for line in writer.stdout:
            lines.append(line)
            if len(lines) == ACKNOWLEDGED_BEFORE_KILL:
                writer.kill()
    # The last line may have been cut off by the kill; everything before it was told in full.
    return [(int(seq), source) for seq, source in (line.split() for line in lines if line.endswith("\n"))]
