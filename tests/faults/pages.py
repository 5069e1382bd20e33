"""Many pages, run by `swarm.mjs`: real Socket.IO clients with the real state of the nurse's page."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.web.server import ROOT

PROGRAM = ROOT / "tests" / "static" / "swarm.mjs"
LOOK_EVERY_S = 1.0
MODULES = ROOT / "tests" / "static" / "node_modules" / "ws"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one page showed from a moment (seconds since 1970) on.

    That is the board of a number, -1 for none yet, and whether it said that it is cut off.
    """

    since: float
    epoch: str
    seq: int
    silent: bool


class Pages:
    """A program full of pages."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def look(self) -> list[dict[str, Any]]:
        """Return what each page shows now."""
        found: list[dict[str, Any]] = self._ask("look")
        return found

    def history(self) -> list[list[Shown]]:
        """Return what each page showed since when."""
        return [
            [Shown(at / 1000, epoch, seq, bool(silent)) for at, epoch, seq, silent in page]
            for page in self._ask("history")
        ]

    def stood(self) -> list[tuple[float, float]]:
        """Return when the program of the pages itself stood still, from and until (seconds since 1970)."""
        return [(since / 1000, until / 1000) for since, until in self._ask("stood")]

    def differ(self, board: Any) -> list[int]:
        """Return the pages that show another board than this one, ages aside."""
        found: list[int] = self._ask(f"differ {json.dumps(board)}")
        return found

    def settle(self, digest: Callable[[], str], within_s: float) -> float:
        """Wait until every page is open and shows the stops that `digest()` tells; return how long that took."""
        began = time.monotonic()
        while True:
            wanted, shown = digest(), self.look()
            wrong = [page for page in shown if page["digest"] != wanted or page["phase"] != "open" or page["silent"]]
            taken = time.monotonic() - began
            if not wrong:
                return taken
            if taken > within_s:
                raise AssertionError(f"after {taken:.0f} s {len(wrong)} of {len(shown)} pages are wrong: {wrong[:3]}")
            time.sleep(LOOK_EVERY_S)

    def _ask(self, command: str) -> Any:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{command}\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())


@contextmanager
def open_pages(address: str, count: int, tokens: Sequence[str]) -> Iterator[Pages]:
    """Open so many pages as long as the block lasts; skips where Node or its packages are missing."""
    node = shutil.which("node")
    if node is None or not MODULES.exists():
        pytest.skip("Node and the packages of tests/static are not installed; `make test` installs them")
    with subprocess.Popen(
        [node, str(PROGRAM), address, str(count)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps(list(tokens)) + "\n")
        process.stdin.flush()
        try:
            yield Pages(process)
        finally:
            process.kill()
