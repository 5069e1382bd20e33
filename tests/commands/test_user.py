"""Accounts on the command line."""

import io
from pathlib import Path

import pytest

from advisor.__main__ import main


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("UITWIJK_VAR", str(tmp_path))
    return tmp_path


def add(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = "een lang wachtwoord") -> int:
    """Add an account with a password on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return main(["user", "add", *arguments])


def test_added_account_is_listed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    add(monkeypatch, "jansen", "--role", "hospital", "--hospital", "olvg-oost")
    main(["user", "list"])

    assert "olvg-oost" in capsys.readouterr().out.splitlines()[-1]


def test_disabled_account_is_listed_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(monkeypatch, "jansen", "--role", "nurse")
    before = main(["user", "list"]), capsys.readouterr().out

    assert main(["user", "disable", "jansen"]) == 0
    assert (main(["user", "list"]), capsys.readouterr().out) != before


def test_name_that_is_taken_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    add(monkeypatch, "jansen", "--role", "nurse")

    assert add(monkeypatch, "jansen", "--role", "nurse") == 2
    assert "jansen" in capsys.readouterr().err


def test_all_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(monkeypatch, "J", "--role", "hospital", password="kort") == 2

    told = capsys.readouterr().err
    assert all(field in told for field in ("name", "password", "hospital"))


def test_account_that_does_not_exist_cannot_be_disabled() -> None:
    assert main(["user", "disable", "nobody"]) == 2


def test_password_is_never_an_argument() -> None:
    with pytest.raises(SystemExit):
        main(["user", "add", "jansen", "--role", "nurse", "--password", "geheim"])
