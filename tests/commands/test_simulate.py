"""The simulation on the command line."""

import json
from pathlib import Path

import pytest

from advisor.__main__ import main

DAY = ("simulate", "--seed", "3", "--days", "1", "--protocol", "off")


@pytest.fixture(autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of its own, but for the travel times, which are the same for all."""
    monkeypatch.setenv("UITWIJK_VAR", str(tmp_path))
    monkeypatch.setenv("UITWIJK_CACHE", str(tmp_path_factory.getbasetemp() / "travel-times"))
    return tmp_path


def test_day_is_printed_as_json_the_same_every_time(capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for _ in range(2):
        assert main([*DAY, "--json"]) == 0
        printed.append(capsys.readouterr().out)
    document = json.loads(printed[0])

    assert printed[0] == printed[1]
    assert document["network"]["schematic"] is True
    assert set(document["runs"][0]["policies"]) == {"nearest", "board", "crew"}
    assert document["runs"][0]["world"]["calls"] > 400


def test_seeds_are_printed_as_a_table_and_drawn(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert main([*DAY, "--seeds", "2", "--charts", str(folder / "charts")]) == 0
    printed = capsys.readouterr().out

    assert "received_mean_min" in printed
    assert "±" in printed
    assert "2 seeds, schematic network" in printed
    assert (folder / "charts" / "detour.svg").read_text("utf-8").startswith("<svg")


def test_impossible_numbers_are_refused_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--days", "0", "--seeds", "0"]) == 2
    problems = capsys.readouterr().err

    assert "--days: must be from 1 to 366, not 0" in problems
    assert "--seeds: must be from 1 to 100, not 0" in problems
