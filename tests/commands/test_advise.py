"""One advice on the command line."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisor.__main__ import main
from advisor.bootstrap.keeping import open_store
from advisor.bootstrap.world import RoadsOnDemand, make_world
from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.model import StopReason
from advisor.services.access import Actor, Role
from advisor.services.declare_stop import DeclareStop, declare_stop
from advisor.settings import read_settings

AMSTERDAM = ("advise", "--lat", "52.3702", "--lon", "4.8952")


@pytest.fixture(autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of its own, but for the travel times, which are the same for all."""
    monkeypatch.setenv("UITWIJK_VAR", str(tmp_path))
    monkeypatch.setenv("UITWIJK_CACHE", str(tmp_path_factory.getbasetemp() / "travel-times"))
    return tmp_path


def advise(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """What is printed for Amsterdam."""
    assert main([*AMSTERDAM, *options]) == 0
    return capsys.readouterr().out


def test_ranking_is_printed_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    printed = advise(capsys, "--suspicion", "stemi")

    assert "OLVG, locatie Oost" in printed
    assert "aankomst" in printed


def test_table_says_that_the_network_is_schematic(capsys: pytest.CaptureFixture[str]) -> None:
    assert "niet voor inzet" in advise(capsys)


def test_without_a_database_the_statuses_are_unknown_and_that_is_said(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert "onbekend" in advise(capsys)
    assert not list(folder.glob("*.db"))


def test_stop_of_the_default_database_counts(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    settings = read_settings({"UITWIJK_VAR": str(folder)})
    world = make_world(settings, open_store(settings, gevent=False), roads=RoadsOnDemand(settings))
    now = datetime.now(UTC)
    command = DeclareStop(
        hospital=HospitalId("olvg-oost"),
        department=Department.SEH,
        status=Status.RED,
        reason=StopReason.PATIENT_PEAK,
        until=now + timedelta(hours=1),
    )
    declare_stop(command, actor=Actor(name="test", role=Role.ADMIN), now=now, world=world)

    options = json.loads(advise(capsys, "--json", "--abcd", "stable"))["options"]
    statuses = {option["hospital"]: option["departments"]["SEH"]["status"] for option in options}
    assert (statuses["olvg-oost"], statuses["olvg-west"]) == ("red", "unknown")


def test_json_is_the_whole_advice(capsys: pytest.CaptureFixture[str]) -> None:
    advice = json.loads(advise(capsys, "--json"))

    assert len(advice["options"]) > 50
    assert advice["options"][0]["rules"]


def test_moment_decides_which_edition_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    before = edition_of(advise(capsys, "--json", "--at", "2026-01-05T07:59:00+01:00"))
    after = edition_of(advise(capsys, "--json", "--at", "2026-01-05T08:00:00+01:00"))

    assert (before, after) == ("national", "nhfl-2.0")


def edition_of(printed: str, hospital: str = "olvg-oost") -> str:
    """The edition that speaks about a hospital."""
    return next(str(each["edition"]) for each in json.loads(printed)["options"] if each["hospital"] == hospital)


def test_signals_shorten_the_drive(capsys: pytest.CaptureFixture[str]) -> None:
    fast = json.loads(advise(capsys, "--json"))["options"][0]["eta_s"]
    slow = json.loads(advise(capsys, "--json", "--no-signals"))["options"][0]["eta_s"]

    assert fast < slow


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (("--at", "tomorrow"), "--at"),
        (("--at", "2026-01-05T08:00:00"), "--at"),
        (("--relation", "nowhere=yes:yes"), "--relation"),
        (("--relation", "olvg-oost=maybe"), "--relation"),
        (("--consult", "olvg-oost=perhaps"), "--consult"),
    ],
)
def test_option_that_cannot_be_understood_is_told(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], field: str
) -> None:
    assert main([*AMSTERDAM, *options]) == 2
    assert field in capsys.readouterr().err


def test_position_outside_the_network_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["advise", "--lat", "48.85", "--lon", "2.35"]) == 2
    assert "km away" in capsys.readouterr().err
