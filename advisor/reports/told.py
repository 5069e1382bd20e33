"""What sources told of departments, as stretches of time with one status each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from advisor.journal.department import DepartmentRecord, Word
from advisor.journal.events import FeedRetired, ReportedState, StatusReported
from advisor.kernel import Department, HospitalId, Status

STOPPED = frozenset({Status.ORANGE, Status.RED, Status.CALAMITY})

_Key = tuple[HospitalId, Department]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A stop or code as a source told it, half-open; `said_at` is when it last said so."""

    hospital: HospitalId
    department: Department
    source: str
    start: datetime
    end: datetime | None
    said_at: datetime
    reported: ReportedState

    @property
    def status(self) -> Status:
        """Return the status that it told."""
        return self.reported.status


def tell(facts: Iterable[StatusReported | FeedRetired]) -> tuple[Told, ...]:
    """Return the stops that sources told of; where several speak about a department the latest word holds.

    A stop that a source repeats, also with another end, is one stop, unless it gives another beginning. It ends at
    the end that the source gave, or when another word takes its place; a source that falls silent ends nothing.
    """
    records: dict[_Key, DepartmentRecord] = {}
    running: dict[_Key, Told] = {}
    over: list[Told] = []
    for fact in facts:
        for key, word in _changes(fact, records):
            before = running.pop(key, None)
            if before is not None and word is not None and _goes_on(before, word):
                running[key] = replace(before, end=word.reported.until, said_at=word.said_at, reported=word.reported)
                continue
            if before is not None:
                over.append(_ended(before, word, fact.at))
            if word is not None and word.reported.status in STOPPED:
                running[key] = _begun(key, word)
    return (*over, *running.values())


def _changes(
    fact: StatusReported | FeedRetired, records: dict[_Key, DepartmentRecord]
) -> Iterator[tuple[_Key, Word | None]]:
    """Note what a fact says and return the departments of which another word holds now."""
    for key, words in _said(fact, records):
        before = records.get(key, DepartmentRecord()).latest_word
        records[key] = DepartmentRecord(words=words)
        after = records[key].latest_word
        if after != before:
            yield key, after


def _said(
    fact: StatusReported | FeedRetired, records: dict[_Key, DepartmentRecord]
) -> Iterator[tuple[_Key, dict[str, Word]]]:
    if isinstance(fact, FeedRetired):
        for key, record in list(records.items()):
            if fact.source in record.words:
                yield key, {source: word for source, word in record.words.items() if source != fact.source}
        return
    for department, reported in fact.departments.items():
        key = (fact.hospital, department)
        words = dict(records.get(key, DepartmentRecord()).words)
        earlier = words.get(fact.source)
        if earlier is None or earlier.said_at <= fact.said_at:
            yield key, {**words, fact.source: Word(source=fact.source, said_at=fact.said_at, reported=reported)}


def _begun(key: _Key, word: Word) -> Told:
    return Told(
        hospital=key[0],
        department=key[1],
        source=word.source,
        start=_beginning(word),
        end=word.reported.until,
        said_at=word.said_at,
        reported=word.reported,
    )


def _goes_on(before: Told, word: Word) -> bool:
    """Tell whether a word is about the stop that runs: the same status, no other beginning, and not over by then."""
    since = word.reported.since
    same = word.reported.status is before.status and (since is None or since == before.start)
    return same and (before.end is None or word.said_at < before.end or since == before.start)


def _ended(before: Told, word: Word | None, at: datetime) -> Told:
    """Return a stop that ended where the next word begins; `at` when nothing more is said."""
    end = at if word is None else _beginning(word)
    if end <= before.start:  # the next word reaches back over all of it: from when it was said
        end = max(before.start, at if word is None else word.said_at)
    return replace(before, end=end if before.end is None else min(before.end, end))


def _beginning(word: Word) -> datetime:
    since = word.reported.since
    return word.said_at if since is None else min(since, word.said_at)
