"""The service with several workers: gunicorn from the Procfile, with a PostgreSQL and a Redis of the tests' own."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import postgresql
from tests.web.server import PASSWORD, ROOT, Workers, free_port

WORKERS = 2
SECRET = "0123456789abcdef" * 3
HOSPITALS = ("olvg-oost", "amstelland", "zaans-mc", "rkz")
"""Whose coordinators declare and end stops."""
NURSE = "nurse"


class Redis:
    """One Redis server that can be killed and started again."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it listens."""
        command = ["redis-server", "--port", str(self.port), "--save", "", "--bind", "127.0.0.1"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        ping = ["redis-cli", "-p", str(self.port), "ping"]
        while subprocess.run(ping, check=False, capture_output=True).returncode:
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power cut would; nothing happens when it is away already."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@dataclass
class Service:
    """What runs, and the address of its database."""

    workers: Workers
    postgresql: postgresql.Server
    redis: Redis
    database: str
    environment: dict[str, str] = field(default_factory=dict)


@contextmanager
def running_service(folder: Path, workers: int = WORKERS) -> Iterator[Service]:
    """Run everything as long as the block lasts; skips where a server program is missing."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed; `make test` installs it")
    redis = Redis()
    with postgresql.running_postgresql() as database:
        url = database.new_database("uitwijk")
        settings = {
            "UITWIJK_DEMO": "0",
            "UITWIJK_SECRET_KEY": SECRET,
            "UITWIJK_DATABASE_URL": url,
            "UITWIJK_REDIS_URL": redis.url,
            "UITWIJK_LOG_FORMAT": "text",
            "UITWIJK_LOG_LEVEL": "INFO",
        }
        try:
            redis.start()
            _add_accounts(url, folder)
            with Workers(folder, workers, **settings) as running:
                yield Service(running, database, redis, url, settings)
        finally:
            redis.kill()


def _add_accounts(url: str, folder: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UITWIJK_")}
    environment = {**kept, "UITWIJK_DATABASE_URL": url, "UITWIJK_VAR": str(folder)}
    accounts = {NURSE: ["--role", "nurse"]}
    accounts |= {hospital: ["--role", "hospital", "--hospital", hospital] for hospital in HOSPITALS}
    for name, options in accounts.items():
        command = [sys.executable, "-m", "advisor", "user", "add", name, *options]
        subprocess.run(command, cwd=ROOT, env=environment, input=PASSWORD, text=True, check=True, capture_output=True)
