"""Take in what a source says about closed roads: all of them as of a moment, or news about single ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisor.journal.board import Board
from advisor.journal.events import Event, FeedProblem
from advisor.journal.road_events import ClosureId, RoadClosed, RoadReopened, RoadsHeard
from advisor.journal.roadworks import roadwork_of
from advisor.kernel import Position
from advisor.roads.closure import ClosureShape
from advisor.roads.closures import NoSuchRoad
from advisor.services.access import Actor, Role, require_role
from advisor.services.hear_feed import troubled
from advisor.services.world import World

AHEAD = timedelta(hours=2)
"""A snapshot comes again; what it says about later than this may wait."""

LOOSE_END = timedelta(hours=2)
"""How long a closure without an end is believed; a source that still says so then is believed anew."""

KEPT_OF_FEED = 2_000
"""So many closures of one source can be on record at a time; more are left alone, those that begin last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadReport:
    """What a source says about one closure; `id` is its own name of it, `said_at` its own timestamp.

    `is_over`: ended or cancelled. Otherwise the road is closed from `start` to `until`, or for now.
    """

    id: str
    said_at: datetime
    is_over: bool
    shape: ClosureShape = ClosureShape.POINT
    points: tuple[Position, ...] = ()
    start: datetime | None = None
    until: datetime | None = None
    both_ways: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadNews:
    """What a source says as of a moment by its own clock; with `is_whole` that is everything that is so.

    `doubted` are its names of closures that it speaks about in a way that cannot be used: they stay as they were.
    """

    as_of: datetime
    is_whole: bool
    reports: tuple[RoadReport, ...]
    doubted: frozenset[str] = frozenset()
    problems: tuple[FeedProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadsTaken:
    """What came of it: how many were closed (anew), opened, and left alone because no road of ours is there."""

    closed: int
    reopened: int
    elsewhere: int


def hear_roads(source: str, news: RoadNews, *, actor: Actor, now: datetime, world: World) -> RoadsTaken:
    """Take in what a source says; of a whole snapshot, a closure of this source that is left out is over.

    A report that is not newer than the source's last word on that closure changes nothing, nor does a whole snapshot
    that a later one has overtaken.

    Raises
    ------
    Forbidden
        When the actor is no source.
    """
    require_role(actor, "report closures", Role.FEED)
    wanted, elsewhere = _on_our_roads(source, _timely(news, now), actor, now, world)
    over = [report for report in news.reports if report.is_over]
    named = {closure_id_of(source, report.id) for report in news.reports if not report.is_over}
    named |= {closure_id_of(source, name) for name in news.doubted}

    def decide(board: Board) -> Sequence[Event]:
        heard_at = board.road_feeds.get(source)
        if news.is_whole and heard_at is not None and news.as_of < heard_at:
            return []
        events: list[Event] = [event for event in wanted if _is_news(board, event)]
        events += _ended(board, source, over, actor, now)
        if news.is_whole:
            events += _left_out(board, source, named, news.as_of, actor, now)
        if heard_at is None or min(news.as_of, now) > heard_at:
            events.append(RoadsHeard(at=now, by=actor.name, source=source, as_of=news.as_of))
        return [*events, *troubled(board, source, news.problems, actor, now)]

    recorded = [each.event for each in world.journal.transact(decide)]
    return RoadsTaken(
        closed=sum(isinstance(event, RoadClosed) for event in recorded),
        reopened=sum(isinstance(event, RoadReopened) for event in recorded),
        elsewhere=elsewhere,
    )


def closure_id_of(source: str, name: str) -> ClosureId:
    """Return our id of a closure that a source calls so."""
    return ClosureId(f"{source}:{name}")


def _timely(news: RoadNews, now: datetime) -> list[RoadReport]:
    latest = now + AHEAD if news.is_whole else None
    timely = [
        report
        for report in news.reports
        if not report.is_over
        and (report.until is None or report.until > now)
        and (latest is None or report.start is None or report.start <= latest)
    ]
    return sorted(timely, key=lambda report: report.start or now)[:KEPT_OF_FEED]


def _on_our_roads(
    source: str, reports: Sequence[RoadReport], actor: Actor, now: datetime, world: World
) -> tuple[list[RoadClosed], int]:
    """Return the closures that lie on our roads, and how many do not; asks the roads outside the journal's lock."""
    known = world.journal.board().roadworks
    found = []
    for report in reports:
        event = _closing(source, report, actor, now)
        held = known.get(event.closure_id)
        if held is not None and held.closure.points == event.points:
            found.append(event)
            continue
        try:
            world.roads.check_closure(roadwork_of(event).closure)
        except NoSuchRoad:
            continue
        found.append(event)
    return found, len(reports) - len(found)


def _closing(source: str, report: RoadReport, actor: Actor, now: datetime) -> RoadClosed:
    start = report.start or report.said_at
    return RoadClosed(
        at=now,
        by=actor.name,
        closure_id=closure_id_of(source, report.id),
        shape=report.shape,
        points=report.points,
        start=start,
        until=report.until or max(start, now) + LOOSE_END,
        both_ways=report.both_ways,
        note=report.note,
        source=source,
        said_at=min(report.said_at, now),
    )


def _is_news(board: Board, event: RoadClosed) -> bool:
    """Tell whether this says something else, later than what was said before."""
    said_at = event.said_at or event.at
    reopened_at = board.reopened.get(event.closure_id)
    if reopened_at is not None and reopened_at >= said_at:
        return False
    held = board.roadworks.get(event.closure_id)
    if held is None or held.is_over(event.at):
        return True
    new = roadwork_of(event)
    same = (held.closure, held.note) == (new.closure, new.note)
    return not same and (held.said_at is None or held.said_at < said_at)


def _ended(
    board: Board, source: str, over: Sequence[RoadReport], actor: Actor, now: datetime
) -> Iterator[RoadReopened]:
    for report in over:
        closure_id = closure_id_of(source, report.id)
        said_at = min(report.said_at, now)
        held, before = board.roadworks.get(closure_id), board.reopened.get(closure_id)
        if held is not None and (held.said_at is None or held.said_at <= said_at):
            yield RoadReopened(at=now, by=actor.name, closure_id=closure_id, said_at=said_at)
        elif held is None and (before is None or before < said_at):
            # Remembered too when nothing was closed: an older message may still come.
            yield RoadReopened(at=now, by=actor.name, closure_id=closure_id, said_at=said_at)


def _left_out(
    board: Board, source: str, named: set[ClosureId], as_of: datetime, actor: Actor, now: datetime
) -> Iterator[RoadReopened]:
    for closure_id, held in board.roadworks.items():
        if held.source != source or closure_id in named or held.is_over(now):
            continue
        if held.said_at is None or held.said_at <= as_of:
            yield RoadReopened(at=now, by=actor.name, closure_id=closure_id, said_at=min(as_of, now))
