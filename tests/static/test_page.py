"""The page's modules: their types, and their tests without a browser."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def run(*command: str) -> None:
    """Run a command here and show what it says when it fails."""
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(autouse=True)
def node() -> None:
    """Skip where the tools of the page are not installed."""
    if shutil.which("node") is None or not (HERE / "node_modules").is_dir():
        pytest.skip("the page's tools are not installed: node and `npm ci`")


def test_types_of_the_page_are_right() -> None:
    run("node_modules/.bin/tsc", "-p", "tsconfig.json")


def test_modules_of_the_page_do_what_they_promise() -> None:
    run("node", "--test", *sorted(path.name for path in HERE.glob("*.test.js")))
