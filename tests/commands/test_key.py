"""Keys of other systems on the command line."""

from pathlib import Path

import pytest

from advisor.__main__ import main


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("UITWIJK_VAR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")  # a row of the list on one line
    return tmp_path


def key_id(told: str) -> str:
    """The id in the first line that was told."""
    return told.split()[2]


def test_key_is_added_listed_rotated_and_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["key", "add", "epd-olvg", "--scope", "stops", "--scope", "have", "--hospital", "olvg-oost"]) == 0
    first = capsys.readouterr().out
    assert main(["key", "rotate", key_id(first), "--keep-hours", "2"]) == 0
    second = capsys.readouterr().out
    assert main(["key", "revoke", key_id(second)]) == 0
    capsys.readouterr()

    main(["key", "list"])

    listed = capsys.readouterr().out
    assert all(told.splitlines()[-1].startswith("uwk_") for told in (first, second))
    assert [line.split()[:2] for line in listed.splitlines()[1:]] == [
        [key_id(first), "epd-olvg"], [key_id(second), "epd-olvg"]
    ]  # fmt: skip
    assert ("until" in listed, "revoked" in listed) == (True, True)


def test_all_mistakes_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["key", "add", "LPZ", "--scope", "stops", "--hospital", "nergens", "--days", "-1"]) == 2

    told = capsys.readouterr().err
    assert all(field in told for field in ("source", "hospitals", "expires_at"))


@pytest.mark.parametrize("act", ["revoke", "rotate"])
def test_key_that_does_not_exist_is_told(act: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["key", act, "nergens"]) == 2
    assert "nergens" in capsys.readouterr().err
