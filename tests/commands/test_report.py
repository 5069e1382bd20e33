"""The reports on the command line: the same figures as over HTTP."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisor.__main__ import main
from advisor.services.reporting import EventKind
from advisor.services.world import World
from tests.web.apps import an_app, log_in
from tests.world import NOW, a_world, at, declared, extended, heard

QUARTER = "2026-Q1"
FACTS = (
    heard(when=datetime(2025, 1, 1, tzinfo=UTC)),
    declared(),
    extended(when=at(60), until=at(150)),
)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which a stop was declared and has run; the command line works in it."""
    world = replace(a_world(*FACTS), clock=lambda: NOW + timedelta(hours=5))
    monkeypatch.setattr("advisor.commands.report.operator_world", lambda: world)
    return world


def test_journal_of_the_settings_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UITWIJK_VAR", str(tmp_path))

    assert main(["report", "--quarter", QUARTER]) == 0

    assert "Noord-Holland/ Flevoland" in capsys.readouterr().out


def test_quarter_is_printed_with_its_caveat(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--quarter", QUARTER]) == 0

    told = capsys.readouterr().out
    assert [line.split(".")[0] for line in told.splitlines() if line.startswith("Tabel")] == [
        "Tabel 1",
        "Tabel 2",
        "Tabel 3",
    ]
    assert "niet vanzelf" in told
    assert "veldstad" not in told.lower()


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (["--quarter", QUARTER], f"/reports/quarter/{QUARTER}.csv"),
        (["--quarter", QUARTER, "--hospitals"], f"/reports/quarter/{QUARTER}.csv?table=hospitals"),
        (["--quarter", QUARTER, "--lang", "en"], f"/reports/quarter/{QUARTER}.csv?lang=en"),
        (
            ["--events", "norm-breaches", "--from", "2026-03-01", "--to", "2026-03-31"],
            "/reports/events.csv?kind=norm-breaches&from=2026-03-01&to=2026-03-31",
        ),
    ],
    ids=lambda part: str(part)[:40],
)
def test_figures_are_those_of_the_interface(
    world: World, arguments: list[str], path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", *arguments, "--csv"]) == 0

    answer = log_in(an_app(world=world), "mma").get(path)
    assert answer.status_code == 200
    assert table(capsys.readouterr().out) == table(answer.get_data(as_text=True))
    assert "150" in answer.get_data(as_text=True)


def test_indicators_are_those_of_the_interface(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    days = ["--from", "2026-03-01", "--to", "2026-03-31"]
    assert main(["report", "--indicators", *days, "--csv"]) == 0
    printed = table(capsys.readouterr().out)

    path = "/reports/indicators/minutes-per-region.csv?from=2026-03-01&to=2026-03-31"
    [head, row] = table(log_in(an_app(world=world), "mma").get(path).get_data(as_text=True))

    assert printed[printed.index(head) + 1] == row
    assert row[2] == "150"


def test_indicators_are_printed_with_their_definitions(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--indicators", "--from", "2026-03-10", "--to", "2026-03-10", "--lang", "en"]) == 0

    told = capsys.readouterr().out
    assert "Red ED stops: 1 stops" in told
    assert "Definitions" not in told
    assert "Red stops of the emergency department that began in the period" in told


@pytest.mark.parametrize("kind", EventKind)
def test_every_list_is_printed(kind: EventKind, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--events", kind, "--from", "2026-03-10", "--to", "2026-03-10"]) == 0

    assert len(capsys.readouterr().out.splitlines()) > 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--quarter", "2026"], "quarter"),
        (["--quarter", "2999-Q1"], "2999-Q1"),
        (["--quarter", QUARTER, "--region", "Oost"], "takes no days"),
        (["--indicators", "--hospitals"], "belongs to --quarter"),
        (["--indicators", "--region", "Nergens"], "no such region"),
        (["--indicators", "--hospital", "nergens"], "no such hospital"),
        (["--indicators", "--from", "2026-03-02", "--to", "2026-03-01"], "end of the period"),
    ],
)
def test_mistake_is_told(world: World, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_reading_on_the_command_line_is_written_down(world: World) -> None:
    main(["report", "--quarter", QUARTER])

    [line] = log_in(an_app(world=world), "beheer").get("/access?user=command-line").get_json()["lines"]
    assert (line["event"], line["object"]) == ("quarterTable", QUARTER)


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))
