"""A real PostgreSQL server of the tests' own, in a temporary folder, run by an unprivileged user."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

START_LIMIT_S = 20.0


class Server:
    """One PostgreSQL server that can be stopped, killed and started again."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self._folder = folder
        self.port = _free_port()

    @property
    def url(self) -> str:
        """Return the address of the maintenance database."""
        return self.address("postgres")

    def address(self, database: str) -> str:
        """Return the address of a database of this server."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def new_database(self, name: str) -> str:
        """Make an empty database and return its address."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.address(name)

    def emptied_database(self, name: str) -> str:
        """Return the address of a database with nothing in it; quicker than a new one when it is there already."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        if known is None:
            return self.new_database(name)
        with psycopg.connect(self.address(name), autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return self.address(name)

    def initialise(self) -> None:
        """Make the files of an empty server."""
        self._run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        """Start and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=60"
        self._run("pg_ctl", "-D", "data", "-l", "log", "-o", options, "-w", "start")
        self._await_answer()

    def stop(self, mode: str = "fast") -> None:
        """Stop: `fast` closes connections in order, `immediate` is like pulling the plug."""
        self._run("pg_ctl", "-D", "data", "-m", mode, "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_unprivileged(), str(self.programs / program), *arguments]
        with (self._folder / "commands").open("ab") as output:
            done = subprocess.run(
                command, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
            )
        if done.returncode:
            told = (self._folder / "commands").read_text(errors="replace")
            raise RuntimeError(f"{program} failed with {done.returncode}:\n{told[-2000:]}")

    def _await_answer(self) -> None:
        until = time.monotonic() + START_LIMIT_S
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
            else:
                return


@contextmanager
def running_postgresql() -> Iterator[Server]:
    """Run a server for as long as the block lasts; skips the test where PostgreSQL is not installed."""
    programs = _find_programs()
    if programs is None:
        pytest.skip("PostgreSQL's server programs are not installed (initdb, pg_ctl)")
    if os.getuid() == 0 and not _as_unprivileged():
        pytest.skip("PostgreSQL refuses to run as root, and there is no other user to run it as")
    folder = Path(tempfile.mkdtemp(prefix="uitwijk-postgresql-"))
    try:
        if os.getuid() == 0:
            user = pwd.getpwnam(_UNPRIVILEGED)
            os.chown(folder, user.pw_uid, user.pw_gid)
        server = Server(programs, folder)
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_UNPRIVILEGED = "postgres"


def _as_unprivileged() -> list[str]:
    if os.getuid() != 0:
        return []
    try:
        user = pwd.getpwnam(_UNPRIVILEGED)
    except KeyError:
        return []
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _find_programs() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    return found[-1].parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
