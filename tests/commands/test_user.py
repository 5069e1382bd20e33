"""Accounts on the command line."""

import io
import sqlite3
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


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """The secret key of the server, as the operator has it in the environment."""
    monkeypatch.setenv("UITWIJK_SECRET_KEY", "k" * 40)
    return "k" * 40


@pytest.mark.parametrize("role", ["admin", "mma"])
def test_who_adds_a_role_that_needs_a_second_factor_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], role: str
) -> None:
    add(monkeypatch, "baas", "--role", role)

    assert "user totp baas" in capsys.readouterr().out


@pytest.mark.usefixtures("key")
def test_second_factor_is_shown_as_a_picture_and_an_address(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(monkeypatch, "baas", "--role", "admin")
    capsys.readouterr()

    assert main(["user", "totp", "baas"]) == 0
    told = capsys.readouterr().out
    assert "otpauth://totp/Uitwijk:baas?secret=" in told
    assert "█" in told


@pytest.mark.usefixtures("key")
def test_second_factor_can_be_taken_away_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(monkeypatch, "baas", "--role", "admin")
    main(["user", "totp", "baas"])
    capsys.readouterr()

    assert [main(["user", "totp", "baas", "--remove"]) for _ in range(2)] == [0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "baas has no second factor any more",
        "baas had no second factor",
    ]


def test_second_factor_is_not_kept_without_a_key_to_seal_it_with(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(monkeypatch, "baas", "--role", "admin")

    assert main(["user", "totp", "baas"]) == 2
    assert "UITWIJK_SECRET_KEY" in capsys.readouterr().err


@pytest.mark.usefixtures("key")
def test_account_that_does_not_exist_gets_no_second_factor() -> None:
    assert main(["user", "totp", "nobody"]) == 2


@pytest.mark.usefixtures("key")
def test_what_is_done_with_accounts_stands_in_the_access_log(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    add(monkeypatch, "baas", "--role", "admin")
    main(["user", "totp", "baas"])
    main(["user", "disable", "baas"])

    with sqlite3.connect(folder / "uitwijk.db") as connection:
        lines = connection.execute("SELECT event, user, kind, object, concerns FROM access_log ORDER BY seq").fetchall()
    connection.close()
    assert lines == [
        (event, "command-line", "account", "baas", "baas") for event in ("addUser", "setUpSecondFactor", "disableUser")
    ]
