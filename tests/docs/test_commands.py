"""Every command of the documents: run as it stands where that is cheap, and held against what it calls elsewhere."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Thread

import osmium
import pytest
from osmium.osm import mutable
from werkzeug.serving import make_server

from advisor.__main__ import COMMANDS, main, make_parser
from advisor.services.access import Role
from advisor.services.accounts import Account
from tests.docs.pages import PAGES, ROOT, Command, block, commands
from tests.web.apps import an_app
from tests.world import NOW, a_world

ELSEWHERE: dict[str, tuple[str, str]] = {
    "python -m advisor conformance protocol-cases.json": ("the case files are not ours", "tests/conformance"),
    "python -m advisor key rotate ID --keep-hours 24": ("ID stands for a key", "tests/commands/test_key.py"),
    "python -m advisor key revoke ID": ("as above", "tests/commands/test_key.py"),
    "python -m advisor feed check --ask lpz": ("asks LPZ", "tests/commands/test_feed.py"),
    "python -m advisor feed retire epd-olvg": ("needs a source", "tests/commands/test_feed.py"),
    "python -m advisor compare nhfl-2.0 changed.toml --journal": ("needs an edition", "tests/commands/test_compare.py"),
    "python -m advisor calibrate": ("needs a hundred rides", "tests/commands/test_calibrate.py"),
    "python -m advisor simulate": ("takes a minute and more", "tests/simulation"),
}
"""Beginnings of commands of ours that are not run here: why, and what runs them."""
OTHERS: dict[str, tuple[str, str]] = {
    "python3 -m venv": ("downloads packages", "Makefile"),
    ".venv/bin/pip install -r requirements.txt": ("downloads packages", "Makefile"),
    ". .venv/bin/activate": ("changes the shell alone", "Makefile"),
    "UITWIJK_SECRET_KEY=$(cat": ("starts a server", "tests/web/test_stopping.py"),
    "export UITWIJK_": ("settings of a server, see below", "tests/store/test_operations.py"),
    "export WEB_CONCURRENCY=": ("as above", "tests/store/test_operations.py"),
    'sh -c "exec $(sed': ("starts gunicorn by the Procfile", "tests/web/test_stopping.py"),
    "curl -H ": ("pushes to a server", "tests/web/test_feeds.py"),
    "curl --silent": ("run below", "tests/docs/test_commands.py"),
    "TOKEN=$(python": ("run below", "tests/docs/test_commands.py"),
}
"""Beginnings of other commands: why they are not run one by one, and what runs them."""
INLINE = re.compile(r"`(?:UITWIJK_\w+=\S+ )?(?:\.venv/bin/)?(python -m [^`]+|make [^`]+|npm run [^`]+)`")
FOUND = commands()
OURS = [command for command in FOUND if command.advisor is not None]


def spelled(command: Command) -> str:
    return " ".join(command.words).removeprefix(".venv/bin/")


def test_blocks_are_found() -> None:
    assert len(OURS) > 20


def test_every_command_is_known() -> None:
    unknown = [
        f"{command.page}: {command.text}"
        for command in FOUND
        if not (
            command.advisor or command.tried or command.words[0] == "make" or command.words[1:3] == ("-m", "pytest")
        )
        and not any(command.text.startswith(beginning) for beginning in OTHERS)
        and not (command.words[1:2] == ("-m",) and is_module(command.words[2]))
    ]

    assert unknown == []


def test_what_is_named_instead_is_there_and_needed() -> None:
    texts = [command.text for command in FOUND]

    assert [path for _, path in (*ELSEWHERE.values(), *OTHERS.values()) if not (ROOT / path).exists()] == []
    assert [each for each in OTHERS if not any(text.startswith(each) for text in texts)] == []
    assert {each.split()[3] for each in ELSEWHERE} - set(COMMANDS) == set()


@pytest.mark.parametrize("command", OURS, ids=lambda command: f"{command.page} {spelled(command)[18:]}")
def test_command_is_taken_by_the_command_line(command: Command) -> None:
    assert command.advisor is not None
    assert callable(make_parser().parse_args(command.advisor).run)


def targets() -> set[str]:
    return set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_every_target_of_make_exists() -> None:
    named = {command.words[1] for command in FOUND if command.words[0] == "make"}

    assert named
    assert named - targets() == set()


def test_every_path_that_pytest_is_given_exists() -> None:
    paths = [command.words[3] for command in FOUND if command.words[1:3] == ("-m", "pytest")]

    assert [path for path in paths if not (ROOT / path).exists()] == []


def inline() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for found in INLINE.findall(page.read_text("utf-8")):
            yield page.name, found


def is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__main__.py").exists()


def test_every_command_within_a_sentence_exists() -> None:
    scripts = json.loads((ROOT / "tests/static/package.json").read_text("utf-8"))["scripts"]
    wrong = []
    for page, found in inline():
        words = found.split()
        known = {
            "make": lambda words: words[1].split("=")[0].isupper() or words[1] in targets(),
            "npm": lambda words: words[2] in scripts,
            "python": lambda words: (
                is_module(words[2]) and (words[2] != "advisor" or words[3] in (*COMMANDS, "COMMAND"))
            ),
        }[words[0]]
        if not known(words):
            wrong.append(f"{page}: {found}")

    assert wrong == []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the documents suppose: an extract of some streets, and pairs of places."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("UITWIJK_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("UITWIJK_CACHE", str(tmp_path / "cache"))
    (tmp_path / "var").mkdir()
    with osmium.SimpleWriter(str(tmp_path / "noord-holland.osm.pbf")) as writer:
        for i in range(6):
            writer.add_node(mutable.Node(id=i + 1, location=(4.88 + i * 0.01, 52.37)))
        writer.add_way(mutable.Way(id=1, nodes=[1, 2, 3, 4, 5, 6], tags={"highway": "primary"}))
    (tmp_path / "pairs.csv").write_text("from_lat,from_lon,to_lat,to_lon\n52.37,4.89,52.37,4.92\n")
    return tmp_path


def test_commands_of_the_documents_run_as_they_stand(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    statuses = {}
    for command in OURS:
        if command.tried or spelled(command).startswith(tuple(ELSEWHERE)):
            continue
        if (folder / "var" / "nh.net").exists():
            monkeypatch.setenv("UITWIJK_NETWORK", str(folder / "var" / "nh.net"))
        monkeypatch.setattr(sys, "stdin", StringIO("een lang wachtwoord\n"))
        statuses[f"{command.page}: {spelled(command)}"] = main(command.advisor)

    assert {name: status for name, status in statuses.items() if status} == {}, capsys.readouterr().err
    assert len(statuses) > 10


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server with the account of the demonstration's nurse."""
    world = a_world()
    app = an_app(world=world)
    hashed = world.passwords.hash("uitwijk-demo")
    world.accounts.add(Account(name="nurse", role=Role.NURSE, created_at=NOW), hashed)
    running = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.port}"
    running.shutdown()
    thread.join()
    running.server_close()


def test_first_steps_over_the_interface_run_as_they_stand(server: str, tmp_path: Path) -> None:
    search = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block("docs/API.md", "session.json")],
        cwd=tmp_path,
        env={"PATH": search, "SERVER": server},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "advice.json").read_text())["options"]
    assert "seq" in json.loads((tmp_path / "board.json").read_text())
