"""The access log in SQL: lines are added, many in one commit, and never changed."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, or_, select

from advisor.journal.structure import moment_text
from advisor.services.ports import JournalUnavailable
from advisor.services.security import Access, AccessOutcome, AccessQuery, Action, Logged
from advisor.store.database import Database
from advisor.store.group_commit import GroupCommit
from advisor.store.tables import access_log

log = logging.getLogger(__name__)

REQUESTS_MOST, LINES_MOST = 100, 500  # in one commit
WAITING_MOST = 20_000
"""So many lines may wait for a database that is away; after that, whoever adds one waits too."""


@dataclass(slots=True)
class _Lines:
    """What one request writes, and what became of it."""

    lines: tuple[Access, ...]
    error: Exception | None = None
    done: bool = False


class SqlAccessLog:
    """The access log of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._commit: GroupCommit[_Lines] = GroupCommit(self._write, REQUESTS_MOST)
        self._waiting: list[Access] = []
        self._lock = threading.Lock()
        self._most = WAITING_MOST

    def note(self, *lines: Access) -> None:
        """See `AccessLog.note`."""
        if not lines:
            return
        noted = _Lines(lines)
        self._commit(noted)
        if noted.error is not None:
            raise noted.error
        if not noted.done:
            raise JournalUnavailable("the writer stopped before it reached these lines")

    def note_soon(self, access: Access) -> None:
        """See `AccessLog.note_soon`."""
        with self._lock:
            full = len(self._waiting) >= self._most
            if not full:
                self._waiting.append(access)
        if full:
            self.note(access)

    def flush(self) -> None:
        """See `AccessLog.flush`."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        try:
            for start in range(0, len(waiting), LINES_MOST):
                self._database.write(partial(_insert, waiting[start : start + LINES_MOST]))
        except JournalUnavailable:
            with self._lock:
                self._waiting = waiting[start:] + self._waiting
            raise

    def close(self) -> None:
        """See `AccessLog.close`."""
        with self._lock:
            self._most = 0
        try:
            self.flush()
        except JournalUnavailable as error:
            log.error("%d lines of the access log could not be written: %s", len(self._waiting), error)  # noqa: TRY400

    def read(self, query: AccessQuery) -> tuple[Logged, ...]:
        """See `AccessLog.read`."""
        wanted = select(access_log).order_by(access_log.c.seq.desc()).limit(query.limit)
        if query.person:
            wanted = wanted.where(or_(access_log.c.user == query.person, access_log.c.concerns == query.person))
        if query.user:
            wanted = wanted.where(access_log.c.user == query.user)
        if query.object:
            wanted = wanted.where(access_log.c.object == query.object)
        if query.before is not None:
            wanted = wanted.where(access_log.c.seq < query.before)
        rows = self._database.read(lambda connection: connection.execute(wanted).mappings().all())
        return tuple(map(_logged, rows))

    def forget(self, before: datetime) -> int:
        """See `AccessLog.forget`; the database refuses lines of the past year."""
        old = delete(access_log).where(access_log.c.at < moment_text(before))
        count: int = self._database.write(lambda connection: connection.execute(old).rowcount)
        return count

    def _write(self, group: Sequence[_Lines]) -> None:
        try:
            self._database.write(partial(_insert, [line for noted in group for line in noted.lines]))
        except Exception as error:  # noqa: BLE001 - raised again at everyone who waits for this commit
            for noted in group:
                noted.error = error
            return
        for noted in group:
            noted.done = True


def _insert(lines: Sequence[Access], connection: Connection) -> None:
    connection.execute(insert(access_log), [_row(line) for line in lines])


def _row(line: Access) -> dict[str, Any]:
    return {
        "at": moment_text(line.at),
        "event": line.event,
        "action": line.action.value,
        "user": line.user,
        "role": line.role,
        "access_point": line.access_point,
        "kind": line.kind,
        "object": line.object,
        "concerns": line.concerns,
        "outcome": line.outcome.value,
    }


def _logged(row: RowMapping) -> Logged:
    access = Access(
        at=datetime.fromisoformat(row["at"]),
        event=row["event"],
        action=Action(row["action"]),
        user=row["user"],
        role=row["role"],
        access_point=row["access_point"],
        kind=row["kind"],
        object=row["object"],
        concerns=row["concerns"],
        outcome=AccessOutcome(row["outcome"]),
    )
    return Logged(seq=row["seq"], access=access)
