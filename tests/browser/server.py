"""The real server as a process of its own, on a free port, that can be killed and started again."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIRST_START_S = 200
"""The first start computes the travel times; later ones find them."""


class RealServer:
    """`app.py` in demonstration mode with its own database; its output is kept for when something goes wrong."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start, and return when it answers.

        Raises
        ------
        RuntimeError
            With its output, when it dies or does not answer in time.
        """
        kept = {name: value for name, value in os.environ.items() if not name.startswith("UITWIJK_")}
        environment = kept | {
            "PORT": str(self._port),
            "UITWIJK_DEMO": "1",
            "UITWIJK_VAR": str(self._folder),
            "UITWIJK_CACHE": str(ROOT / "var" / "cache"),
        }
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + FIRST_START_S
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"the server does not answer:\n{self.output}")
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @property
    def output(self) -> str:
        """Return what it has printed so far."""
        return self._log.read_text("utf-8", errors="replace") if self._log.exists() else ""

    @property
    def _log(self) -> Path:
        return self._folder / "server.log"

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
