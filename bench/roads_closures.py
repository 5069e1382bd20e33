"""What a closure costs: from its report to the first answer that knows it, and what answers cost meanwhile."""

import itertools
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from advisor.kernel import Interval, Position
from advisor.live.roads import LOOK_EVERY_S
from advisor.roads.atlas import Atlas
from advisor.roads.closure import Closure, ClosureShape
from advisor.roads.model import Profile, RoadClass
from bench.figures import ROUNDS

PAUSE_EVERY = 20
QUESTIONS = 20_000
WARM_UP = 500
MANY = 100
AREA_DEG = 0.015
"""Half the side of a small area: three by two kilometres."""
WIDE_DEG = 0.4
"""Half the side of a wide one: 90 by 55 km."""


def measure(atlas: Atlas, spots: list[Position]) -> dict[str, Any]:
    """Close a road at random, a motorway, many roads at once, areas; then motorways while questions go on.

    Seconds by the clock on the wall, and the processor time of the thread that does the work.
    """
    now = datetime.now(UTC)
    atlas.prepare()
    motorways = _motorways(atlas, 2 * ROUNDS)
    anywhere = [_close(atlas, [_closure(f"a{i}", spots[i], now)], now) for i in range(ROUNDS)]
    main = [_close(atlas, [_closure(f"m{i}", motorways[i], now)], now) for i in range(ROUNDS)]
    many = [
        _close(atlas, [_closure(f"{r}-{i}", spots[MANY * r + i], now) for i in range(MANY)], now) for r in range(ROUNDS)
    ]
    area = [_close(atlas, [_slowed(f"s{i}", motorways[i], AREA_DEG, now)], now) for i in range(ROUNDS)]
    wide = [_close(atlas, [_slowed(f"w{i}", _middle(atlas), WIDE_DEG + i / 100, now)], now) for i in range(ROUNDS)]
    _answers(atlas, spots, lambda count: count > WARM_UP)
    idle = _answers(atlas, spots, lambda count: count > QUESTIONS)
    busy, refreshes = _answers_while_closing(atlas, spots, motorways, now)
    atlas.close_roads([], now)
    names = {"anywhere": anywhere, "motorway": main, f"{MANY}_at_once": many, "area": area}
    most_s = max(wall for taken in names.values() for wall, _ in taken)
    names["wide"] = wide
    found = {f"{name}_s": statistics.median(wall for wall, _ in taken) for name, taken in names.items()}
    found |= {f"{name}_processor_s": statistics.median(cpu for _, cpu in taken) for name, taken in names.items()}
    return {
        **found,
        "report_to_advice_most_s": LOOK_EVERY_S + most_s,
        "wide_report_to_advice_most_s": LOOK_EVERY_S + max(wall for wall, _ in wide),
        "idle_p50_us": float(idle[0]),
        "idle_p99_us": float(idle[1]),
        "refreshing_p50_us": float(busy[0]),
        "refreshing_p99_us": float(busy[1]),
        "p50_ratio": float(busy[0] / idle[0]),
        "p99_ratio": float(busy[1] / idle[1]),
        "refreshes_meanwhile": refreshes,
    }


def _motorways(atlas: Atlas, count: int) -> list[Position]:
    network = atlas.network
    roads = np.flatnonzero(network.road_class == RoadClass.MOTORWAY)
    chosen = np.random.default_rng(2).choice(roads, count)
    middle = (network.first_point[chosen] + network.first_point[chosen + 1]) // 2
    return [Position(lat=float(network.point_lat[i]), lon=float(network.point_lon[i])) for i in middle]


def _closure(name: str, spot: Position, now: datetime) -> Closure:
    return Closure(id=name, shape=ClosureShape.POINT, points=(spot,), interval=Interval(start=now, end=None))


def _slowed(name: str, spot: Position, half_deg: float, now: datetime) -> Closure:
    """Slow down a square in degrees."""
    corners = ((-half_deg, -half_deg), (-half_deg, half_deg), (half_deg, half_deg), (half_deg, -half_deg))
    points = tuple(Position(lat=spot.lat + north, lon=spot.lon + east) for north, east in corners)
    interval = Interval(start=now, end=None)
    return Closure(id=name, shape=ClosureShape.AREA, points=points, interval=interval, factor=0.2)


def _middle(atlas: Atlas) -> Position:
    """Return the place that as many EDs lie north as south of, and east as west."""
    places = np.array([(goal.position.lat, goal.position.lon) for goal in atlas.destinations])
    lat, lon = np.median(places[~atlas.joins.off], axis=0).tolist()
    return Position(lat=lat, lon=lon)


def _close(atlas: Atlas, closures: Sequence[Closure], now: datetime) -> tuple[float, float]:
    """Seconds on the wall and of the processor; a closure that lies on no road is not counted on."""
    start, start_cpu = time.perf_counter(), time.thread_time()
    atlas.close_roads(closures, now)
    return time.perf_counter() - start, time.thread_time() - start_cpu


def _answers_while_closing(
    atlas: Atlas, spots: list[Position], closed: list[Position], now: datetime
) -> tuple[Any, int]:
    """Percentiles of answers while one refresh follows the other, and how many there were."""
    enough, done = threading.Event(), []

    def close() -> None:
        for i in itertools.count():
            if enough.is_set():
                return
            done.append(_close(atlas, [_closure(f"b{i}", closed[i % len(closed)], now)], now))

    thread = threading.Thread(target=close)
    thread.start()
    found = _answers(atlas, spots, lambda count: count > QUESTIONS and len(done) >= ROUNDS)
    enough.set()
    thread.join()
    return found, len(done)


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
