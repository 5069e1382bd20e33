"""The figures of one process for Prometheus: counted as things happen, or looked up when they are asked for."""

import logging
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from advisor.kernel import AdvisorError
from advisor.services.read_board import read_board
from advisor.services.world import World

ADVICE_BUCKETS_S = (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5.0)
REQUEST_BUCKETS_S = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

LiveFigures = Callable[[], Mapping[str, int]]
"""Tells how many `sockets` and `watches` there are, and up to which number the journal was `followed`."""

log = logging.getLogger(__name__)


class Metrics:
    """What is counted. No figure has a position, a patient fact or a name in it."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._advice = Histogram(
            "uitwijk_advice_seconds",
            "Time to work an advice out and write it down, over HTTP or on the live line.",
            ["way"],
            buckets=ADVICE_BUCKETS_S,
            registry=self._registry,
        )
        self._classes = Counter(
            "uitwijk_advice_options",
            "Hospitals in the advices that were written down, by class.",
            ["class"],
            registry=self._registry,
        )
        self._requests = Histogram(
            "uitwijk_http_request_seconds",
            "Time to answer a request, by route and status.",
            ["method", "route", "status"],
            buckets=REQUEST_BUCKETS_S,
            registry=self._registry,
        )

    def watch(self, world: World, live: LiveFigures) -> None:
        """Look at the journal, the board and the live line too, whenever the figures are asked for."""
        self._registry.register(_Present(world, live))

    def note_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def note_advice(self, way: str, seconds: float) -> None:
        """Count an advice that was worked out, `way` is "http" or "line"."""
        self._advice.labels(way).observe(seconds)

    def note_classes(self, advice: Mapping[str, Any]) -> None:
        """Count the classes in an advice that was written down."""
        for found, count in Tally(option["class"] for option in advice["options"]).items():
            self._classes.labels(found).inc(count)

    def expose(self) -> bytes:
        """Return all figures in the text format of Prometheus."""
        return generate_latest(self._registry)


class _Present(Collector):
    """What is so at the moment of asking."""

    def __init__(self, world: World, live: LiveFigures) -> None:
        self._world = world
        self._live = live

    def describe(self) -> list[Any]:
        # Otherwise registering would look at the journal.
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        live = self._live()
        yield _gauge("uitwijk_sockets", "Live clients of this process.", live["sockets"])
        yield _gauge("uitwijk_watches", "Advices that live clients of this process watch.", live["watches"])
        try:
            found = list(self._of_journal(live["followed"]))
        except AdvisorError as error:
            log.warning("metrics without the journal: %s", error)
            found = []
        yield _gauge("uitwijk_journal_up", "1 when the journal answers.", 1 if found else 0)
        yield from found

    def _of_journal(self, followed: int) -> Iterator[GaugeMetricFamily]:
        now, head = self._world.clock(), self._world.journal.head()
        board = self._world.journal.board()
        yield _gauge("uitwijk_journal_head", "Number of the last fact in the journal.", head)
        lag = max(0, head - followed)
        yield _gauge("uitwijk_journal_lag", "Facts that the live part of this process has not looked at yet.", lag)
        heard = {**board.road_feeds, **board.heard}
        ages = {source: max(0.0, (now - heard_at).total_seconds()) for source, heard_at in heard.items()}
        yield _gauges("uitwijk_feed_age_seconds", "Time since a source was heard.", ("source",), ages)
        troubles = {source: float(len(trouble.problems)) for source, trouble in board.troubles.items()}
        yield _gauges("uitwijk_feed_problems", "What is the matter with a source.", ("source",), troubles)
        rides = Tally(ride.step.value for ride in board.rides.values() if not ride.is_over)
        yield _gauges("uitwijk_rides", "Rides that are not over, by step.", ("step",), rides)
        view = read_board(now=now, world=self._world, board=board)
        statuses = Tally(
            (department, shown["effective"])
            for hospital in view.hospitals.values()
            for department, shown in hospital["departments"].items()
        )
        name, about = "uitwijk_departments", "Departments by the status that holds for them."
        yield _gauges(name, about, ("department", "status"), statuses)


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value=value)


def _gauges(name: str, about: str, labels: tuple[str, ...], values: Mapping[Any, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=labels)
    for key, value in values.items():
        family.add_metric([key] if isinstance(key, str) else list(key), value)
    return family
