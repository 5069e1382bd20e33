"""Sources of statuses and closed roads: what the operator says about them, and who asks them."""

import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from advisor.feeds.config import LPZ, FeedsConfig, Polled, parse_feeds
from advisor.journal.events import FeedProblem, FeedProblemCode
from advisor.kernel import InvalidInput, Problem
from advisor.services.access import Actor, Role
from advisor.services.hear_feed import FeedReport, UnreadableFeed, hear_feed
from advisor.services.hear_roads import RoadNews, hear_roads
from advisor.settings import PREFIX, Settings

if TYPE_CHECKING:
    from advisor.feeds.poller import Fresh, Poller, Take
    from advisor.live.loops import Loop
    from advisor.services.api_keys import Leases
    from advisor.services.ports import Runner
    from advisor.services.world import World
    from advisor.web.formats import Formats, Published

LOOK_EVERY_S = 1.0
DETAIL_LONGEST, DETAILS_MOST = 80, 10

LONG_BYTES = 64 * 1024
"""Documents from this size on are read beside the event loop."""

Result = TypeVar("Result")


def load_feeds(settings: Settings, hospitals: Collection[str]) -> FeedsConfig:
    """Read what the operator says about sources; without a file there are none.

    Raises
    ------
    InvalidInput
        With every problem of the file, and when a source needs a token that is not set.
    """
    if settings.feeds is None:
        return FeedsConfig()
    config = parse_feeds(settings.feeds.read_text(encoding="utf-8"), hospitals)
    if config.lpz is not None and not settings.lpz_token:
        message = "is missing; the source lpz in the file of UITWIJK_FEEDS needs it"
        raise InvalidInput([Problem(field=f"{PREFIX}LPZ_TOKEN", message=message)])
    return config


def make_formats(config: FeedsConfig, hospitals: Collection[str], run: "Runner") -> "Formats":
    """Make the readers and writers of other systems' formats; what is long is done by `run`."""
    from advisor.feeds import fhir  # noqa: PLC0415 - commands need none of this
    from advisor.feeds.datex import parse_datex  # noqa: PLC0415
    from advisor.feeds.have_in import parse_have  # noqa: PLC0415
    from advisor.feeds.have_out import render_have  # noqa: PLC0415
    from advisor.feeds.packed import unpacked  # noqa: PLC0415
    from advisor.web.formats import Formats  # noqa: PLC0415

    def read_have(body: bytes, now: datetime) -> tuple[FeedReport, ...]:
        return _beside(run, body, lambda: parse_have(body, hospitals, config.have, now))

    def read_datex(body: bytes) -> RoadNews:
        return _beside(run, body, lambda: parse_datex(body, planned=config.planned_openings))

    def give_have(hospitals: "Published", now: datetime) -> bytes:
        return run(lambda: render_have(hospitals, now))

    return Formats(unpack=unpacked, read_have=read_have, render_have=give_have, read_datex=read_datex, fhir=fhir)


def make_pollers(settings: Settings, config: FeedsConfig, world: "World", leases: "Leases") -> "tuple[Poller, ...]":
    """Make who asks the sources; of several processes one does, by lease."""
    from advisor.feeds.poller import Poller  # noqa: PLC0415 - as above

    holder = secrets.token_hex(8)
    sources: list[tuple[Polled | None, Take, dict[str, str]]] = [
        (config.lpz, partial(_take_lpz, config, world), {"X-AUTH-TOKEN": settings.lpz_token}),
        (config.ndw, partial(_take_ndw, config, world), {}),
    ]
    return tuple(
        Poller(polled, take, headers=headers, world=world, leases=leases, holder=holder)
        for polled, take, headers in sources
        if polled is not None
    )


def feed_loops(settings: Settings, config: FeedsConfig, world: "World", leases: "Leases") -> "list[Loop]":
    """Make the loops in which the sources are asked."""
    from advisor.live.loops import Loop  # noqa: PLC0415 - as above

    return [
        Loop(f"feed {poller.source}", poller, every_s=LOOK_EVERY_S, at_once=True)
        for poller in make_pollers(settings, config, world, leases)
    ]


def ask_once(source: str, settings: Settings, config: FeedsConfig) -> Iterator[str]:
    """Ask a source, and tell in lines what would be taken in; nothing is written down.

    Raises
    ------
    Unreachable
        When the source does not answer.
    UnreadableFeed
        When nothing of its answer can be used.
    InvalidInput
        When the source is not set up.
    """
    from advisor.feeds.datex import parse_datex  # noqa: PLC0415 - as above
    from advisor.feeds.lpz import parse_lpz  # noqa: PLC0415
    from advisor.feeds.outbound import Client, Unreachable  # noqa: PLC0415
    from advisor.feeds.packed import unpacked  # noqa: PLC0415
    from advisor.feeds.poller import BODY_MOST_BYTES, fresh_of  # noqa: PLC0415

    polled = config.lpz if source == LPZ else config.ndw
    if polled is None:
        raise InvalidInput([Problem(field=source, message="is not in the file of UITWIJK_FEEDS")])
    headers = {"X-AUTH-TOKEN": settings.lpz_token} if source == LPZ else {}
    client = Client(total_s=polled.timeout_s, most_bytes=BODY_MOST_BYTES)
    answer = client.get(polled.address, headers)
    client.close()
    yield f"{source}: HTTP {answer.status}, {len(answer.body)} bytes"
    if answer.status != 200:
        raise Unreachable(f"HTTP {answer.status}")
    fresh = fresh_of(answer, answer.body, datetime.now(UTC))
    yield f"as of {fresh.as_of:%Y-%m-%d %H:%M:%S} UTC"
    problems = fresh.problems
    if source == LPZ and config.lpz_mapping is not None:
        heard = parse_lpz(fresh.body, config.lpz_mapping, as_of=fresh.as_of)
        problems += heard.hearing.problems
        for report in heard.reports:
            for department, state in report.departments.items():
                yield f"{report.hospital} {department}: {state.status}"
    else:
        news = parse_datex(unpacked(fresh.body), planned=config.planned_openings)
        yield f"{len(news.reports)} closures"
    for problem in problems:
        yield f"problem: {problem.code} {problem.detail}".rstrip()


def _take_lpz(config: FeedsConfig, world: "World", fresh: "Fresh") -> None:
    from advisor.feeds.lpz import parse_lpz  # noqa: PLC0415 - as above

    if config.lpz is None or config.lpz_mapping is None:
        raise UnreadableFeed("the source lpz is not set up")
    heard = parse_lpz(fresh.body, config.lpz_mapping, as_of=fresh.as_of)
    hearing = replace(heard.hearing, problems=(*fresh.problems, *heard.hearing.problems))
    actor = Actor(name=config.lpz.source, role=Role.FEED)
    hear_feed(config.lpz.source, heard.reports, actor=actor, now=fresh.now, world=world, hearing=hearing)


def _take_ndw(config: FeedsConfig, world: "World", fresh: "Fresh") -> None:
    from advisor.feeds.datex import read_datex  # noqa: PLC0415 - as above
    from advisor.feeds.packed import unpacked  # noqa: PLC0415

    if config.ndw is None:
        raise UnreadableFeed("the source ndw is not set up")
    news, found = read_datex(unpacked(fresh.body), planned=config.planned_openings)
    if news is None:
        raise UnreadableFeed("the publication has no moment")
    details = [str(problem)[:DETAIL_LONGEST] for problem in found[:DETAILS_MOST]]
    unreadable = tuple(FeedProblem(code=FeedProblemCode.UNREADABLE, detail=detail) for detail in details)
    whole = replace(news, is_whole=True, problems=(*fresh.problems, *unreadable))
    actor = Actor(name=config.ndw.source, role=Role.FEED)
    hear_roads(config.ndw.source, whole, actor=actor, now=fresh.now, world=world)


def _beside(run: "Runner", body: bytes, read: Callable[[], Result]) -> Result:
    return run(read) if len(body) >= LONG_BYTES else read()
