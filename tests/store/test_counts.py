"""Counts of tries: in one process, and in Redis for all of them, also while Redis is away."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import redis

from advisor.services.ports import TooManyAttempts
from advisor.services.security import Counts
from advisor.store import counts
from advisor.store.attempts import MOST_CODES, MOST_PER_NAME, MOST_PER_ORIGIN, CountedAttempts
from advisor.store.counts import MemoryCounts, RedisCounts
from tests.web.server import free_port
from tests.world import NOW, at


@contextmanager
def running_redis(port: int) -> Iterator[str]:
    """A Redis of the test's own."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed; `make test` installs it")
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL
    )
    url = f"redis://127.0.0.1:{port}/0"
    try:
        with redis.Redis.from_url(url) as client:
            while not answers(client):
                time.sleep(0.02)
        yield url
    finally:
        server.kill()
        server.wait()


def answers(client: redis.Redis) -> bool:
    """Tell whether a Redis answers."""
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with running_redis(free_port()) as url:
        yield url


_MADE: list[RedisCounts] = []


def in_redis(url: str) -> RedisCounts:
    """The counts that one more process has in a Redis."""
    made = RedisCounts(url)
    _MADE.append(made)
    return made


@pytest.fixture(autouse=True)
def let_go() -> Iterator[None]:
    """Close the connections that a test has made."""
    yield
    while _MADE:
        _MADE.pop().close()


@pytest.fixture(params=["memory", "redis"])
def new(request: pytest.FixtureRequest) -> Callable[[], Counts]:
    """Makes counts that begin with nothing; once of each kind."""
    if request.param == "memory":
        return MemoryCounts
    url: str = request.getfixturevalue("redis_url")
    with redis.Redis.from_url(url) as client:
        client.flushall()
    return lambda: in_redis(url)


def wait_s(tries: Counts, now_s: float, key: str = "k") -> float:
    """How long to wait where two within ten seconds are enough."""
    return tries.wait_s(key, most=2, window_s=10, now_s=now_s)


def test_as_many_as_are_allowed_need_not_wait(new: Callable[[], Counts]) -> None:
    tries = new()
    tries.add("k", window_s=10, now_s=100)

    assert wait_s(tries, 100) == 0


def test_one_more_waits_until_the_oldest_that_counts_is_old(new: Callable[[], Counts]) -> None:
    tries = new()
    for now_s in (100, 101, 104):
        tries.add("k", window_s=10, now_s=now_s)

    assert wait_s(tries, 105) == pytest.approx(6)
    assert wait_s(tries, 111) == 0


def test_another_key_counts_for_itself(new: Callable[[], Counts]) -> None:
    tries = new()
    for _ in range(3):
        tries.add("k", window_s=10, now_s=100)

    assert wait_s(tries, 100, "other") == 0


def test_forgotten_keys_begin_anew(new: Callable[[], Counts]) -> None:
    tries = new()
    for _ in range(3):
        tries.add("k", window_s=10, now_s=100)
    tries.forget(["k"])

    assert wait_s(tries, 100) == 0


def test_flood_does_not_fill_the_memory(new: Callable[[], Counts]) -> None:
    tries = new()
    for number in range(counts.TRIES_MOST + 50):
        tries.add("k", window_s=10_000, now_s=100 + number)

    assert tries.wait_s("k", most=counts.TRIES_MOST, window_s=10_000, now_s=2_000) > 0
    assert tries.wait_s("k", most=counts.TRIES_MOST + 1, window_s=10_000, now_s=2_000) == 0


def test_many_keys_do_not_fill_the_memory() -> None:
    tries = MemoryCounts()
    for number in range(counts.KEYS_MOST + 1):
        tries.add(f"k{number}", window_s=10, now_s=100)

    assert tries.wait_s("k0", most=1, window_s=10, now_s=100) == 0
    assert tries.wait_s("k1", most=1, window_s=10, now_s=100) > 0


def test_what_one_process_counts_holds_in_the_others(redis_url: str) -> None:
    here, there = CountedAttempts(in_redis(redis_url)), CountedAttempts(in_redis(redis_url))
    for number in range(MOST_PER_NAME):
        (here, there)[number % 2].note_failure("shared", "192.0.2.1", NOW)

    for attempts in (here, there):
        with pytest.raises(TooManyAttempts):
            attempts.check("shared", "192.0.2.1", NOW)


def test_success_in_one_process_is_known_in_the_others(redis_url: str) -> None:
    CountedAttempts(in_redis(redis_url)).note_success("known", "192.0.2.3", NOW)
    for number in range(MOST_PER_ORIGIN):
        CountedAttempts(in_redis(redis_url)).note_failure(f"user{number}", "192.0.2.3", NOW)

    CountedAttempts(in_redis(redis_url)).check("known", "192.0.2.3", NOW)
    with pytest.raises(TooManyAttempts):
        CountedAttempts(in_redis(redis_url)).check("unknown", "192.0.2.3", NOW)


def test_wrong_codes_are_counted_over_processes_and_addresses(redis_url: str) -> None:
    for _ in range(MOST_CODES):
        CountedAttempts(in_redis(redis_url)).note_wrong_code("coded", NOW)

    with pytest.raises(TooManyAttempts):
        CountedAttempts(in_redis(redis_url)).check_code("coded", NOW)
    CountedAttempts(in_redis(redis_url)).check_code("coded", at(16))


def test_neither_name_nor_address_lies_in_redis(redis_url: str) -> None:
    CountedAttempts(in_redis(redis_url)).note_failure("mevrouw", "192.0.2.99", NOW)

    with redis.Redis.from_url(redis_url) as client:
        kept = repr([(key, client.zrange(key, 0, -1)) for key in client.scan_iter()])
    assert "mevrouw" not in kept
    assert "192.0.2.99" not in kept


def test_what_is_counted_leaves_redis_by_itself(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.flushall()
        in_redis(redis_url).add("brief", window_s=10, now_s=time.time())

        [left_ms] = [client.pttl(key) for key in client.scan_iter()]
    assert 0 < left_ms <= 10_001


def test_without_redis_this_process_counts_for_itself_and_waits_for_it_once() -> None:
    attempts = CountedAttempts(in_redis(f"redis://127.0.0.1:{free_port()}/0"))
    began = time.monotonic()
    for _ in range(MOST_PER_NAME):
        attempts.check("nurse", "192.0.2.1", NOW)
        attempts.note_failure("nurse", "192.0.2.1", NOW)

    with pytest.raises(TooManyAttempts):
        attempts.check("nurse", "192.0.2.1", NOW)
    assert time.monotonic() - began < 2 * counts.REDIS_TIMEOUT_S


def test_guesser_does_not_begin_anew_when_redis_goes_away() -> None:
    with running_redis(free_port()) as url:
        attempts = CountedAttempts(in_redis(url))
        for _ in range(MOST_PER_NAME):
            attempts.note_failure("nurse", "192.0.2.1", NOW)

    with pytest.raises(TooManyAttempts):
        attempts.check("nurse", "192.0.2.1", NOW)
    attempts.check("collega", "192.0.2.1", NOW)


def test_redis_that_comes_back_is_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "LEFT_ALONE_S", 0.05)
    port = free_port()
    with running_redis(port) as url:
        tries = in_redis(url)
    tries.add("k", window_s=10, now_s=100)
    time.sleep(0.1)

    with running_redis(port) as url:
        tries.add("k", window_s=10_000_000_000, now_s=100)

        assert in_redis(url).wait_s("k", most=1, window_s=10_000_000_000, now_s=101) > 0
