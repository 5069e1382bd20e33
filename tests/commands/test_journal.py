"""A journal that was put back gets a new epoch from the command line."""

import io
import re
import sqlite3
from pathlib import Path

import pytest

from advisor.__main__ import main


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("UITWIJK_VAR", str(tmp_path))
    main(["user", "list"])  # makes the database
    return tmp_path


def epoch(folder: Path) -> str:
    """The epoch that stands in the database."""
    connection = sqlite3.connect(folder / "uitwijk.db")
    [(found,)] = connection.execute("SELECT epoch FROM journal").fetchall()
    connection.close()
    return str(found)


def answer(monkeypatch: pytest.MonkeyPatch, word: str) -> int:
    """Ask for a new epoch, and answer the question."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{word}\n"))
    return main(["journal", "renew-epoch"])


def test_new_epoch_is_kept_and_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = epoch(folder)
    capsys.readouterr()

    assert main(["journal", "renew-epoch", "--yes"]) == 0
    assert re.findall(r"[0-9a-f-]{36}", capsys.readouterr().out) == [before, epoch(folder)]
    assert before != epoch(folder)


def test_who_agrees_gets_a_new_epoch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = epoch(folder)

    assert answer(monkeypatch, "yes") == 0
    assert epoch(folder) != before


def test_who_does_not_agree_keeps_the_old_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = epoch(folder)

    assert answer(monkeypatch, "no") == 1
    assert epoch(folder) == before


def test_password_of_the_database_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UITWIJK_DATABASE_URL", "postgresql://user:geheim@127.0.0.1:1/db")

    assert answer(monkeypatch, "no") == 1
    assert "geheim" not in capsys.readouterr().out
