"""The service as the measurements meet it: one process on an own SQLite file, with accounts and open sessions."""

import hashlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import requests

from advisor.kernel import HospitalId
from advisor.services.access import Role
from advisor.services.accounts import Account, Session
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import ThreadRunner
from advisor.store.sql_accounts import SqlAccounts, SqlSessions
from bench.roads import ROOT

HOSPITAL = "olvg-oost"
READY_WITHIN_S = 180.0


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: its port, its process, the tokens of nurses, and of the coordinator of a hospital."""

    port: int
    process: psutil.Process
    nurses: tuple[str, ...]
    coordinator: str

    def call(self, method: str, path: str, token: str, body: object = None) -> requests.Response:
        """Send a request under `/api/v1`."""
        return requests.request(
            method,
            f"http://127.0.0.1:{self.port}/api/v1{path}",
            json=body,
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )


@contextmanager
def running_service(folder: Path, nurses: int) -> Iterator[Service]:
    """Run the service as long as the block lasts, with so many sessions of nurses."""
    database = folder / "bench.db"
    tokens, coordinator = _make_accounts(database, nurses)
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UITWIJK_")}
    environment |= {
        "PORT": str(port),
        "UITWIJK_VAR": str(folder),
        "UITWIJK_CACHE": str(ROOT / "var" / "cache"),
        "UITWIJK_DATABASE_URL": f"sqlite:///{database}",
        "UITWIJK_SECRET_KEY": secrets.token_urlsafe(48),
        "UITWIJK_ADVICE_PER_MINUTE": "0",
        "UITWIJK_LOG_LEVEL": "WARNING",
    }
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _await_ready(port, process, folder)
        yield Service(port, psutil.Process(process.pid), tokens, coordinator)
    finally:
        process.kill()
        process.wait()


def _make_accounts(database: Path, nurses: int) -> tuple[tuple[str, ...], str]:
    now = datetime.now(UTC)
    with closing(Database(f"sqlite:///{database}", ThreadRunner())) as opened:
        migrate(opened)
        accounts, sessions = SqlAccounts(opened), SqlSessions(opened)
        accounts.add(Account(name="nurse", role=Role.NURSE, created_at=now), "-")
        accounts.add(Account(name=HOSPITAL, role=Role.HOSPITAL, hospital=HospitalId(HOSPITAL), created_at=now), "-")

        def open_one(user: str) -> str:
            token = secrets.token_urlsafe(32)
            session = Session(
                token_digest=hashlib.sha256(token.encode()).hexdigest(),
                user=user,
                created_at=now,
                seen_at=now,
                idle_until=now + timedelta(hours=12),
                expires_at=now + timedelta(days=1),
            )
            sessions.open(session)
            return token

        return tuple(open_one("nurse") for _ in range(nurses)), open_one(HOSPITAL)


def _await_ready(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while True:
        try:
            if requests.get(f"http://127.0.0.1:{port}/readyz", timeout=2).status_code == 200:
                return
        except requests.RequestException:
            time.sleep(0.1)
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the service does not start: {(folder / 'server.log').read_text()}")


def _free_port() -> int:
    import socket  # noqa: PLC0415 - for this alone

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
