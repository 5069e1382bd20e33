"""Sources on the command line, and the operator's page about them."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from jsonschema import Draft202012Validator

from advisor.__main__ import main
from advisor.bootstrap.material import load_registry
from advisor.feeds.config import parse_feeds
from advisor.journal.events import FeedProblemCode
from advisor.services.hear_feed import hear_feed
from advisor.settings import read_settings
from advisor.web.openapi.bodies import BODIES
from advisor.web.openapi.document import describe
from tests.feeds.stand_in import StandIn, a_stand_in
from tests.world import FEED

PAGE = (Path(__file__).parents[2] / "docs" / "FEEDS.md").read_text(encoding="utf-8")
TOKEN = "rav:0123456789"


def blocks(language: str) -> list[str]:
    """The blocks of a language on the page."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


[EXAMPLE] = blocks("toml")
COMMANDS = [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines()]
OWN = [line.removeprefix("python -m advisor ") for line in COMMANDS if line.startswith("python -m advisor ")]


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("UITWIJK_VAR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def source() -> Iterator[StandIn]:
    with a_stand_in() as server:
        yield server


def install(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str, token: str = TOKEN) -> None:
    """Install a file about sources."""
    path = folder / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("UITWIJK_FEEDS", str(path))
    monkeypatch.setenv("UITWIJK_LPZ_TOKEN", token)


def test_file_of_the_page_is_in_order(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, folder, EXAMPLE)

    assert main(["feed", "check"]) == 0
    assert "2 hospitals, 5 codes" in capsys.readouterr().out


def test_file_of_the_page_uses_every_table_that_there_is() -> None:
    assert set(tomllib.loads(EXAMPLE)) == {"lpz", "ndw", "have"}
    assert parse_feeds(EXAMPLE, load_registry().hospitals).ndw is not None


def test_json_of_the_page_is_what_the_interface_takes() -> None:
    [example] = blocks("json")
    schemas = {"components": describe("1")["components"]}

    assert list(Draft202012Validator({**BODIES["Statuses"], **schemas}).iter_errors(orjson.loads(example))) == []


def test_commands_of_the_page_exist(monkeypatch: pytest.MonkeyPatch, folder: Path, source: StandIn) -> None:
    address = "https://www.lpz.nu/api/external/organization/status"
    install(monkeypatch, folder, EXAMPLE.replace(address, source.address))
    made: list[str] = []
    for line in OWN:
        arguments = [made[-1] if word == "ID" else word for word in shlex.split(line)]
        if arguments[:2] == ["feed", "retire"]:
            speak(arguments[2])
        assert main(arguments) == 0, line
        if arguments[:2] == ["key", "add"]:
            made += newest_key()


def newest_key() -> list[str]:
    from advisor.commands.operating import operator_world

    return [key.id for key in operator_world().keys.list_all()]


def speak(source: str) -> None:
    """Let a source be heard, so that there is something to retire."""
    from advisor.commands.operating import operator_world

    world = operator_world()
    hear_feed(source, [], actor=FEED, now=world.clock(), world=world)


def test_page_names_every_problem_that_a_source_can_have() -> None:
    told = set(re.findall(r"`feed_(\w+)`", PAGE))

    assert {code.value for code in FeedProblemCode} <= told


def test_source_is_asked_once_and_nothing_is_written_down(
    monkeypatch: pytest.MonkeyPatch, folder: Path, source: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    address = "https://www.lpz.nu/api/external/organization/status"
    install(monkeypatch, folder, EXAMPLE.replace(address, source.address))
    departments = [{"afdeling": "SEH", "status": "volledige stop"}, {"afdeling": "Hartbewaking", "status": "paars"}]
    source.body = orjson.dumps([{"oid": "2.16.528.1.1007.3.3.1", "beschikbaarheid": departments}])

    assert main(["feed", "check", "--ask", "lpz"]) == 0

    told = capsys.readouterr().out
    assert "olvg-oost SEH: red" in told
    assert "problem: unknown_code olvg-oost, CCU: paars" in told
    assert not (folder / "uitwijk.db").exists()


def test_source_that_is_away_is_told(
    monkeypatch: pytest.MonkeyPatch, folder: Path, source: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, folder, EXAMPLE.replace("https://www.lpz.nu/api/external/organization/status", source.address))
    source.close()

    assert main(["feed", "check", "--ask", "lpz"]) == 2
    assert "no connection" in capsys.readouterr().err


def test_all_problems_of_the_file_are_told(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, folder, EXAMPLE.replace('"green"', '"purple"').replace('"olvg-west"', '"nergens"'))

    assert main(["feed", "check"]) == 2
    told = capsys.readouterr().err
    assert all(word in told for word in ("purple", "nergens"))


def test_missing_token_is_told(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, folder, EXAMPLE, token="")

    assert main(["feed", "check"]) == 2
    assert "UITWIJK_LPZ_TOKEN" in capsys.readouterr().err


def test_token_is_user_and_token() -> None:
    with pytest.raises(ValueError, match="LPZ_TOKEN"):
        read_settings({"UITWIJK_LPZ_TOKEN": "0123456789"})


def test_without_a_file_no_source_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feed", "check"]) == 0
    assert "no source is asked" in capsys.readouterr().out


def test_sources_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    speak("epd-olvg")

    main(["feed", "list"])

    assert re.search(r"epd-olvg +snapshots", capsys.readouterr().out)


def test_source_that_nobody_knows_cannot_be_retired(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feed", "retire", "nergens"]) == 2
    assert "nergens" in capsys.readouterr().err
