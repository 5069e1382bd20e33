"""A real server as a process of its own, on a free port; what it printed is told when it dies."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import requests

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 120.0
"""The first start computes the travel times; later ones find them."""
PASSWORD = "uitwijk-demo"


class ServerDied(AssertionError):
    """The server ended, or did not get ready; carries what it printed."""


class Server:
    """`python app.py` in the demonstration, with a folder of its own; use it in a `with`."""

    command: Sequence[str] = (sys.executable, "app.py")

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("UITWIJK_")}
        demo = {"UITWIJK_DEMO": "1", "UITWIJK_DEMO_RIDES": "0"}  # rides that nobody asked for would be in the way
        settings = {**demo, "UITWIJK_VAR": str(folder), "UITWIJK_CACHE": str(cache_folder())}
        self._environment: Mapping[str, str] = {**kept, **settings, "PORT": str(self.port), **environment}
        self._log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.ready_after_s = 0.0

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Start, and wait until it is ready."""
        started = time.monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                list(self.command), cwd=ROOT, env=dict(self._environment), stdout=log, stderr=log
            )
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() - started > READY_WITHIN_S:
                self.kill()
                raise ServerDied(self.output)
            time.sleep(0.05)
        self.ready_after_s = time.monotonic() - started

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def terminate(self) -> int:
        """Ask it to end, and return its exit status."""
        return self._end(signal.SIGTERM)

    @property
    def pid(self) -> int:
        """Return its process id."""
        if self._process is None:
            raise ServerDied("the server is not running")
        return self._process.pid

    @property
    def output(self) -> str:
        """Everything that it printed."""
        return self._log.read_text("utf-8", errors="replace")

    def log_in(self, name: str) -> str:
        """Log a demonstration account in and return its token."""
        answer = requests.post(
            f"{self.address}/api/v1/session", json={"username": name, "password": PASSWORD}, timeout=10
        )
        return str(answer.json()["token"])

    def call(self, method: str, path: str, token: str, body: Any = None) -> requests.Response:
        """Send a request under `/api/v1`."""
        headers = {"Authorization": f"Bearer {token}"}
        return requests.request(method, f"{self.address}/api/v1{path}", json=body, headers=headers, timeout=10)

    def _is_ready(self) -> bool:
        try:
            return requests.get(f"{self.address}/readyz", timeout=2).status_code == 200
        except requests.RequestException:
            return False

    def _end(self, how: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(how)
        return process.wait(timeout=15)


class Workers(Server):
    """The line of the Procfile: gunicorn with several workers on one port."""

    def __init__(self, folder: Path, workers: int, **environment: str) -> None:
        search = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        super().__init__(folder, WEB_CONCURRENCY=str(workers), PATH=search, **environment)
        line = (ROOT / "Procfile").read_text("utf-8").removeprefix("web: ").strip()
        self.command = ("sh", "-c", f"exec {line}")
        self._workers = workers

    @property
    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        process = self._process
        if process is None:
            return []
        return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]

    def _is_ready(self) -> bool:
        # One worker answers for all of them, so each must have said that it is warm.
        return self.output.count("warmed up in") >= self._workers and super()._is_ready()


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cache_folder() -> Path:
    """Return where the test servers keep travel times."""
    # Travel times depend on network and registry alone, so all test servers may share them.
    return Path(tempfile.gettempdir()) / "uitwijk-test-cache"
