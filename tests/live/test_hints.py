"""Hints over a real Redis, and life without it."""

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advisor.live.hints import RedisHints
from tests.web.server import free_port

SOON_S = 5.0


class Redis:
    """A Redis server of the test's own, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--port", str(self.port), "--save", "", "--dir", str(self._folder), "--bind", "127.0.0.1"]
        self._process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed; `make test` installs it")
    server = Redis(tmp_path)
    server.start()
    yield server
    server.kill()


def eventually(condition: Callable[[], bool], within_s: float = SOON_S) -> bool:
    """Tell whether something comes true in time."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


class Listening:
    """One process' hints, and how often it heard one."""

    def __init__(self, url: str) -> None:
        self.hints = RedisHints(url)
        self.heard = 0
        self.hints.start(self._hear)

    def _hear(self) -> None:
        self.heard += 1


@pytest.fixture
def two(redis: Redis) -> Iterator[tuple[Listening, Listening]]:
    """Two processes on one Redis, both subscribed."""
    pair = Listening(redis.url), Listening(redis.url)
    assert eventually(lambda: all(each.heard for each in pair))
    yield pair
    for each in pair:
        each.hints.stop()


def test_other_process_hears_that_the_journal_has_grown(two: tuple[Listening, Listening]) -> None:
    one, other = two
    before = other.heard

    one.hints.announce(7)

    assert eventually(lambda: other.heard > before, 1.0)


def test_quiet_subscription_stays_alive(two: tuple[Listening, Listening]) -> None:
    one, other = two
    time.sleep(6)  # longer than the time-out that redis-py gives a connection by itself
    before = other.heard

    one.hints.announce(8)

    assert eventually(lambda: other.heard > before, 1.0)


def test_killed_redis_makes_nobody_wait(two: tuple[Listening, Listening], redis: Redis) -> None:
    redis.kill()
    before = time.monotonic()

    two[0].hints.announce(9)

    assert time.monotonic() - before < 0.05


def test_hints_come_again_when_redis_does(two: tuple[Listening, Listening], redis: Redis) -> None:
    one, other = two
    redis.kill()
    one.hints.announce(9)
    time.sleep(0.3)
    redis.start()
    before = other.heard

    assert eventually(lambda: _announced(one, other, before), 10)


def test_absence_and_return_are_logged_once(redis: Redis, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "advisor.live.hints")
    listening = Listening(redis.url)
    assert eventually(lambda: listening.heard > 0)
    caplog.clear()
    redis.kill()
    time.sleep(3.5)  # several attempts

    redis.start()

    assert eventually(lambda: "redis is back, can hear hints" in caplog.messages)
    assert sum("cannot hear" in message for message in caplog.messages) == 1
    listening.hints.stop()


def _announced(one: Listening, other: Listening, before: int) -> bool:
    one.hints.announce(10)
    time.sleep(0.1)
    return other.heard > before + 1


def test_threads_end_when_hints_stop(redis: Redis) -> None:
    before = threading.active_count()
    listening = Listening(redis.url)
    assert eventually(lambda: listening.heard > 0)

    listening.hints.stop()

    assert eventually(lambda: threading.active_count() <= before)
