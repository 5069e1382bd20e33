"""Counts of what was tried of late: in this process, or in Redis for all processes and here while that is away."""

import hashlib
import itertools
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection
from typing import TypeVar

import redis

KEYS_MOST = 20_000
TRIES_MOST = 1_000
"""So many are remembered of one key: more than any limit asks for."""

REDIS_TIMEOUT_S = 0.5
LEFT_ALONE_S = 5.0
"""How long Redis is not asked after it failed: a log-in waits for it once, not every time."""

PREFIX = "uitwijk:tries:"
Result = TypeVar("Result")

log = logging.getLogger(__name__)


class MemoryCounts:
    """Counts in one process; with several, each counts for itself."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_s(self, key: str, *, most: int, window_s: float, now_s: float) -> float:
        """See `Counts.wait_s`."""
        tries = self._recent(key, now_s - window_s)
        return max(0.0, tries[-most] + window_s - now_s) if len(tries) >= most else 0.0

    def add(self, key: str, *, window_s: float, now_s: float) -> None:
        """See `Counts.add`."""
        tries = self._recent(key, now_s - window_s)
        tries.append(now_s)
        self._tries[key] = tries
        self._tries.move_to_end(key)
        while len(self._tries) > KEYS_MOST:
            self._tries.popitem(last=False)

    def forget(self, keys: Collection[str]) -> None:
        """See `Counts.forget`."""
        for key in keys:
            self._tries.pop(key, None)

    def _recent(self, key: str, since_s: float) -> deque[float]:
        tries = self._tries.get(key) or deque(maxlen=TRIES_MOST)
        while tries and tries[0] <= since_s:
            tries.popleft()
        return tries


class RedisCounts:
    """Counts in Redis, for all processes; also here, so that nothing begins anew when Redis goes away."""

    def __init__(self, url: str) -> None:
        self._redis: redis.Redis = redis.Redis.from_url(
            url, socket_connect_timeout=REDIS_TIMEOUT_S, socket_timeout=REDIS_TIMEOUT_S, retry=None
        )
        self._here = MemoryCounts()
        self._numbers = itertools.count()
        self._own = hashlib.sha256(str(id(self)).encode() + str(time.time_ns()).encode()).hexdigest()[:12]
        self._silent_until_s = 0.0

    def wait_s(self, key: str, *, most: int, window_s: float, now_s: float) -> float:
        """See `Counts.wait_s`."""
        here = self._here.wait_s(key, most=most, window_s=window_s, now_s=now_s)

        def ask() -> float:
            newest = self._redis.zrange(_name(key), -most, -most, withscores=True)
            return float(newest[0][1]) + window_s - now_s if newest else 0.0

        return max(here, self._try(ask, otherwise=0.0))

    def add(self, key: str, *, window_s: float, now_s: float) -> None:
        """See `Counts.add`."""
        self._here.add(key, window_s=window_s, now_s=now_s)

        def add() -> None:
            name = _name(key)
            with self._redis.pipeline(transaction=False) as pipeline:
                pipeline.zadd(name, {f"{self._own}:{next(self._numbers)}": now_s})
                pipeline.zremrangebyscore(name, "-inf", now_s - window_s)
                pipeline.zremrangebyrank(name, 0, -TRIES_MOST - 1)
                pipeline.pexpire(name, int(window_s * 1000) + 1)
                pipeline.execute()

        self._try(add, otherwise=None)

    def forget(self, keys: Collection[str]) -> None:
        """See `Counts.forget`."""
        self._here.forget(keys)
        names = [_name(key) for key in keys]

        def forget() -> None:
            self._redis.delete(*names)

        if names:
            self._try(forget, otherwise=None)

    def close(self) -> None:
        """Let go of Redis."""
        self._redis.close()

    def _try(self, work: Callable[[], Result], *, otherwise: Result) -> Result:
        if time.monotonic() < self._silent_until_s:
            return otherwise
        try:
            return work()
        except redis.RedisError as error:
            self._silent_until_s = time.monotonic() + LEFT_ALONE_S
            log.warning("redis is away, tries are counted in this process alone: %s", error)
            return otherwise


def _name(key: str) -> str:
    # Neither names nor addresses of people lie about in Redis.
    return PREFIX + hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
