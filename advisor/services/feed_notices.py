"""What people must be told about the sources: silent, in trouble, or at odds with each other."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from advisor.journal.board import Board, Feed, Trouble
from advisor.journal.department import CONSOLE, DepartmentRecord, Word
from advisor.journal.events import FeedProblemCode
from advisor.journal.structure import moment_text
from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.model import Site
from advisor.services.board_notice import BoardNotice, clock_text
from advisor.services.refusals import Wording

ROADS_SILENT = timedelta(minutes=15)

STATUS_NL = {
    Status.GREEN: "open",
    Status.ORANGE: "code oranje",
    Status.RED: "rood",
    Status.CALAMITY: "calamiteit",
    Status.GREY: "buiten openingstijd",
    Status.UNKNOWN: "onbekend",
}

_TROUBLE: Mapping[FeedProblemCode, tuple[str, Wording]] = {
    FeedProblemCode.UNREACHABLE: ("warning", Wording(nl="niet bereikbaar", en="cannot be reached")),
    FeedProblemCode.REFUSED: ("alarm", Wording(nl="weigert onze sleutel", en="refuses our key")),
    FeedProblemCode.UNREADABLE: ("alarm", Wording(nl="geeft een onleesbaar antwoord", en="answers unreadably")),
    FeedProblemCode.UNKNOWN_CODE: ("alarm", Wording(nl="gebruikt een onbekende code", en="uses an unknown code")),
    FeedProblemCode.UNKNOWN_LOCATION: (
        "warning",
        Wording(nl="noemt een onbekende locatie", en="names an unknown site"),
    ),
    FeedProblemCode.MISSING_LOCATION: ("alarm", Wording(nl="laat een ziekenhuis weg", en="leaves a hospital out")),
    FeedProblemCode.CONTRADICTION: ("alarm", Wording(nl="spreekt zichzelf tegen", en="contradicts itself")),
    FeedProblemCode.CLOCK: ("alarm", Wording(nl="heeft een verkeerde klok", en="has a wrong clock")),
}


def feed_notices(
    board: Board, sites: Mapping[HospitalId, Site], now: datetime, limit: timedelta
) -> Iterator[BoardNotice]:
    """Give a notice for each source that has been silent for longer than `limit`, is in trouble, or is contradicted."""
    for source, heard_at in board.heard.items():
        if now - heard_at > limit:
            yield _silent(source, heard_at, limit)
    for source, heard_at in board.road_feeds.items():
        if now - heard_at > ROADS_SILENT:
            yield _roads_silent(source, heard_at)
    for source, trouble in board.troubles.items():
        yield from _in_trouble(source, trouble)
    yield from _at_odds(board, sites, now, limit)


def _records(board: Board) -> Iterator[tuple[HospitalId, Department, DepartmentRecord]]:
    for hospital, record in board.hospitals.items():
        for department, of_department in record.departments.items():
            yield hospital, department, of_department


def _silent(source: str, heard_at: datetime, limit: timedelta) -> BoardNotice:
    text = Wording(
        nl=f"Bron {source} zwijgt sinds {clock_text(heard_at)}; de standen zijn onbekend.",
        en=f"Source {source} has been silent since {clock_text(heard_at)}; the statuses are unknown.",
    )
    return BoardNotice(
        id=f"feed_stale/{source}/{moment_text(heard_at)}",
        code="feed_stale",
        level="alarm",
        section="PD-4",
        text=text,
        since=heard_at + limit,
    )


def _roads_silent(source: str, heard_at: datetime) -> BoardNotice:
    text = Wording(
        nl=f"Bron {source} zwijgt sinds {clock_text(heard_at)}; bruggen en afsluitingen kunnen anders zijn.",
        en=f"Source {source} has been silent since {clock_text(heard_at)}; bridges and closures may differ.",
    )
    return BoardNotice(
        id=f"roads_stale/{source}/{moment_text(heard_at)}",
        code="roads_stale",
        level="warning",
        section="",
        text=text,
        since=heard_at + ROADS_SILENT,
    )


def _in_trouble(source: str, trouble: Trouble) -> Iterator[BoardNotice]:
    details: dict[FeedProblemCode, list[str]] = {}
    for problem in trouble.problems:
        details.setdefault(problem.code, []).append(problem.detail)
    for code, found in details.items():
        level, words = _TROUBLE[code]
        told = ", ".join(filter(None, found))
        tail = f" ({told})" if told else ""
        yield BoardNotice(
            id=f"feed_{code}/{source}/{moment_text(trouble.since)}",
            code=f"feed_{code}",
            level=level,
            section="",
            text=Wording(nl=f"Bron {source} {words.nl}{tail}.", en=f"Source {source} {words.en}{tail}."),
            since=trouble.since,
        )


def _at_odds(board: Board, sites: Mapping[HospitalId, Site], now: datetime, limit: timedelta) -> Iterator[BoardNotice]:
    """Give a notice where two sources that were heard of late say different things about a department.

    What a feed said before a stop was declared in the console is older news, not another opinion.
    """
    for hospital, department, record in _records(board):
        site, holding = sites.get(hospital), _holding(record, now)
        if site is None or holding is None:
            continue
        source, status, since = holding
        for word in record.words.values():
            is_news = source != CONSOLE or word.said_at > since
            is_fresh = now - _heard_at(word, board.feeds, hospital) <= limit
            if is_news and is_fresh and word.reported.status not in {status, Status.UNKNOWN}:
                yield _contradicted(site, department, holding, word)
                break


def _holding(record: DepartmentRecord, now: datetime) -> tuple[str, Status, datetime] | None:
    """Return who is believed, what that is, and since when."""
    stop, latest = record.stop, record.latest_word
    if stop is not None and stop.is_running(now) and not (latest is not None and latest.is_severer(stop, now)):
        return CONSOLE, stop.status, stop.declared_at
    return None if latest is None else (latest.source, latest.reported.status, latest.said_at)


def _heard_at(word: Word, feeds: Mapping[str, Feed], hospital: HospitalId) -> datetime:
    feed = feeds.get(word.source)
    return word.said_at if feed is None else max(word.said_at, feed.heard_about(hospital))


def _contradicted(
    site: Site, department: Department, holding: tuple[str, Status, datetime], other: Word
) -> BoardNotice:
    source, status, since = holding
    at, said = clock_text(since), clock_text(other.said_at)
    told = other.reported.status
    text = Wording(
        nl=(
            f"{site.name}, {department}: {_source_nl(source)} zegt {STATUS_NL[status]} ({at}) en geldt;"
            f" {other.source} zegt {STATUS_NL[told]} ({said})."
        ),
        en=(
            f"{site.name}, {department}: {_source_en(source)} says {status} ({at}) and holds;"
            f" {other.source} says {told} ({said})."
        ),
    )
    return BoardNotice(
        id=f"sources_disagree/{site.id}/{department}/{moment_text(max(since, other.said_at))}",
        code="sources_disagree",
        level="warning",
        section="",
        text=text,
        since=max(since, other.said_at),
        hospital=site.id,
        department=department,
        mka=site.mka,
    )


def _source_nl(source: str) -> str:
    return "het ziekenhuis in Uitwijk" if source == CONSOLE else source


def _source_en(source: str) -> str:
    return "the hospital in Uitwijk" if source == CONSOLE else source
