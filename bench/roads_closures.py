"""What a closure costs: from its report to the first answer that knows it, and what answers cost meanwhile."""

import statistics
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np

from advisor.kernel import Interval, Position
from advisor.live.roads import LOOK_EVERY_S
from advisor.roads.atlas import Atlas
from advisor.roads.closure import Closure, ClosureShape
from advisor.roads.model import Profile
from bench.figures import ROUNDS

PAUSE_EVERY = 20
IDLE_QUESTIONS = 20_000


def measure(atlas: Atlas, spots: list[Position]) -> dict[str, Any]:
    """Close another road in each round, with questions going on all the while."""
    now = datetime.now(UTC)
    _answers(atlas, spots, lambda count: count > 500)
    idle = _answers(atlas, spots, lambda count: count > IDLE_QUESTIONS)
    alone_s, busy_s, processor_s, while_busy = [], [], [], []
    for round_ in range(ROUNDS):
        for busy in (False, True):
            closure = _closure(f"{round_}{busy}", spots[2 * round_ + busy], now)
            done: list[float] = []
            thread = threading.Thread(target=_close, args=(atlas, closure, now, done))
            thread.start()
            if busy:
                while_busy.append(_answers(atlas, spots, lambda _, done=done: bool(done)))
            thread.join()
            (busy_s if busy else alone_s).append(done[0])
            processor_s.append(done[1])
    atlas.close_roads([], now)
    busy_us = np.median(while_busy, axis=0)
    alone = statistics.median(alone_s)
    return {
        "refresh_s": alone,
        "refresh_processor_s": statistics.median(processor_s),
        "refresh_while_asked_s": statistics.median(busy_s),
        "report_to_advice_s": alone + LOOK_EVERY_S,
        "idle_p50_us": float(idle[0]),
        "idle_p99_us": float(idle[1]),
        "refreshing_p50_us": float(busy_us[0]),
        "refreshing_p99_us": float(busy_us[1]),
        "p50_ratio": float(busy_us[0] / idle[0]),
        "p99_ratio": float(busy_us[1] / idle[1]),
    }


def _closure(name: str, spot: Position, now: datetime) -> Closure:
    return Closure(id=name, shape=ClosureShape.POINT, points=(spot,), interval=Interval(start=now, end=None))


# The processor time is that of the thread that asks: all of it where one thread does the work, as on two cores.
def _close(atlas: Atlas, closure: Closure, now: datetime, done: list[float]) -> None:
    start, start_cpu = time.perf_counter(), time.thread_time()
    atlas.close_roads([closure], now)
    done += [time.perf_counter() - start, time.thread_time() - start_cpu]


def _answers(atlas: Atlas, spots: list[Position], is_enough: Callable[[int], bool]) -> Any:
    """Median and 99th percentile of an answer by the clock on the wall, in microseconds."""
    taken: list[float] = []
    while not is_enough(len(taken)):
        start = time.perf_counter()
        atlas.drive_times(spots[len(taken) % len(spots)], profile=Profile.SIGNALS)
        taken.append(time.perf_counter() - start)
        if len(taken) % PAUSE_EVERY == 0:
            time.sleep(0.001)
    return np.percentile(taken, [50, 99]) * 1e6
