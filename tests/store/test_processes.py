"""Several processes on one database: one running stop per hospital and department, whoever presses when."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.store.database import Database
from advisor.store.sql_journal import SqlJournal

ROOT = Path(__file__).parents[2]
PROCESSES = 3
DEPARTMENTS = ("SEH", "SR", "CTT", "EHLH", "CCU")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_one_of_several_processes_that_press_at_once_declares_the_stop(
    kind: str, address: Callable[[str], str], open_at: Callable[[str], Database]
) -> None:
    url = address(kind)
    journal = SqlJournal(open_at(url))
    programs = [start(url) for _ in range(PROCESSES)]
    try:
        told = [press_at_once(programs, department) for department in DEPARTMENTS]
    finally:
        for program in programs:
            program.communicate(timeout=20)

    assert told == [["declared", *["stop_running"] * (PROCESSES - 1)]] * len(DEPARTMENTS)
    assert journal.head() == len(DEPARTMENTS)


def start(url: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.store.press_program", url]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def press_at_once(programs: "list[subprocess.Popen[str]]", department: str) -> list[str]:
    if department == DEPARTMENTS[0]:
        assert [told(program) for program in programs] == ["ready"] * len(programs)
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(f"{department}\n")
        program.stdin.flush()
    return sorted(told(program) for program in programs)


def told(program: "subprocess.Popen[str]") -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()
