"""The journal in SQL: numbers allotted under a lock, many decisions in one commit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import orjson
from sqlalchemy import Connection, Executable, Row, bindparam, delete, insert, select, update

from advisor.journal.board import Board
from advisor.journal.codec import decode, encode
from advisor.journal.events import Event, Recorded
from advisor.journal.fold import fold
from advisor.journal.structure import moment_text
from advisor.kernel import Interval
from advisor.services.ports import Decision, Enclosed, JournalUnavailable
from advisor.store.checkpoint import find_checkpoint, load_checkpoint, save_checkpoint
from advisor.store.database import Database
from advisor.store.group_commit import GroupCommit
from advisor.store.tables import enclosures, events, journal

GROUP_MOST = 256  # decisions in one commit
READ_AT_ONCE = 5_000  # facts
CHECKPOINT_EVERY = 2_500  # facts; folding so many takes about a third of a second


@dataclass(slots=True)
class _Request:
    """A decision that waits for its commit, and what became of it."""

    decision: Decision
    recorded: tuple[Recorded, ...] = ()
    error: Exception | None = None
    done: bool = False


@dataclass(slots=True)
class _Group:
    """What one commit writes: the board as it grows, and per decision its facts."""

    board: Board
    written: list[tuple[_Request, tuple[Recorded, ...]]] = field(default_factory=list)

    @property
    def facts(self) -> list[Recorded]:
        return [recorded for _, recordeds in self.written for recorded in recordeds]


class SqlJournal:
    """The journal of one database; several may work on the same one, in other processes and machines too."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._commit: GroupCommit[_Request] = GroupCommit(self._commit_group, GROUP_MOST)
        self.epoch: str = database.read(lambda connection: connection.execute(_EPOCH).scalar_one())
        self._board = database.read(load_checkpoint)
        while self._keep_next():
            pass
        self.board()

    def transact(self, decision: Decision) -> tuple[Recorded, ...]:
        """See `Journal.transact`. Decisions that are asked for during a commit share the next one."""
        request = _Request(decision)
        self._commit(request)
        if request.error is not None:
            raise request.error
        if not request.done:
            raise JournalUnavailable("the writer stopped before it reached this decision")
        return request.recorded

    def board(self) -> Board:
        """See `Journal.board`."""
        board = self._database.read(lambda connection: _catch_up(connection, self._board))
        self._advance(board)
        return board

    def head(self) -> int:
        """See `Journal.head`."""
        head: int = self._database.read(lambda connection: connection.execute(_HEAD).scalar_one())
        return head

    def read(self, after_seq: int, limit: int) -> tuple[Recorded, ...]:
        """See `Journal.read`."""
        return self._database.read(lambda connection: _read(connection, after_seq, limit))

    def read_types(
        self, types: Sequence[type[Event]], period: Interval, after_seq: int, limit: int
    ) -> tuple[Recorded, ...]:
        """See `Journal.read_types`."""
        query = _FACT.where(
            events.c.type.in_([kind.__name__ for kind in types]),
            events.c.at >= moment_text(period.start),
            events.c.seq > after_seq,
        )
        if period.end is not None:
            query = query.where(events.c.at < moment_text(period.end))
        query = query.order_by(events.c.seq).limit(limit)
        return tuple(map(_recorded, self._database.read(lambda connection: connection.execute(query).all())))

    def find_kept(self, moment: datetime, beyond: int) -> Board | None:
        """See `Journal.find_kept`."""
        return self._database.read(lambda connection: find_checkpoint(connection, moment, beyond))

    def about(self, subject: str) -> tuple[Recorded, ...]:
        """See `Journal.about`."""
        rows = self._database.read(lambda connection: connection.execute(_ABOUT, {"subject": subject}).all())
        return tuple(map(_recorded, rows))

    def enclosure(self, subject: str) -> bytes | None:
        """See `Journal.enclosure`."""
        content: bytes | None = self._database.read(
            lambda connection: connection.execute(_ENCLOSURE, {"subject": subject}).scalar()
        )
        return content

    def list_enclosed(self, types: Sequence[str], before: datetime, stage: int, limit: int) -> tuple[Enclosed, ...]:
        """See `Archive.list_enclosed`."""
        query = (
            select(enclosures.c.seq, events.c.type, enclosures.c.content, enclosures.c.stage)
            .join(events, events.c.seq == enclosures.c.seq)
            .where(enclosures.c.at < moment_text(before), enclosures.c.stage < stage, events.c.type.in_(types))
            .order_by(enclosures.c.seq)
            .limit(limit)
        )
        rows = self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(Enclosed(**row) for row in rows)

    def replace_enclosure(self, seq: int, content: bytes | None, stage: int) -> None:
        """See `Archive.replace_enclosure`."""
        change: Executable
        if content is None:
            change = delete(enclosures).where(enclosures.c.seq == seq)
        else:
            change = update(enclosures).where(enclosures.c.seq == seq).values(content=content, stage=stage)
        self._database.write(lambda connection: connection.execute(change))

    def _commit_group(self, requests: Sequence[_Request]) -> None:
        try:
            done = self._database.write(partial(self._decide, requests))
        except Exception as error:  # noqa: BLE001 - raised again at everyone who waits for this commit
            for request in requests:
                request.error = request.error or error
            return
        self._advance(done.board)
        for request, recorded in done.written:
            request.recorded, request.done = recorded, True

    def _decide(self, requests: Sequence[_Request], connection: Connection) -> _Group:
        epoch, head = connection.execute(_LOCKED_HEAD).one()
        board = self._board
        if epoch != self.epoch or head < board.seq:
            raise JournalUnavailable("another journal was put in the place of this one; start the program again")
        group = _Group(board if board.seq == head else _catch_up(connection, board))
        for request in requests:
            try:
                facts = _numbered(request.decision(group.board), group.board.seq)
                group.board = fold(facts, group.board)
            except Exception as error:  # noqa: BLE001 - raised again at the one who asked
                request.error = error
                continue
            group.written.append((request, facts))
        if group.board.seq > head:
            _write(connection, group.facts)
            if head // CHECKPOINT_EVERY < group.board.seq // CHECKPOINT_EVERY:
                save_checkpoint(connection, group.board, group.facts[-1].event.at)
        return group

    def _keep_next(self) -> bool:
        """Fold on to the next board that is to be kept, and keep it, as when the fold was changed; False at the end."""
        facts = self.read(self._board.seq, CHECKPOINT_EVERY)
        if len(facts) < CHECKPOINT_EVERY:
            return False
        board = fold(facts, self._board)
        self._database.write(partial(_keep, board, facts[-1].event.at))
        self._advance(board)
        return True

    def _advance(self, board: Board) -> None:
        if board.seq > self._board.seq:
            self._board = board


def _numbered(decided: Sequence[Event], seq: int) -> tuple[Recorded, ...]:
    return tuple(Recorded(seq=number, event=event) for number, event in enumerate(decided, start=seq + 1))


def _write(connection: Connection, facts: Sequence[Recorded]) -> None:
    rows, enclosed = [], []
    for recorded in facts:
        written = encode(recorded.event)
        at = moment_text(recorded.event.at)
        common = {"seq": recorded.seq, "subject": written.subject, "at": at}
        body = orjson.dumps(written.body).decode()
        rows.append({**common, "type": written.type, "version": written.version, "body": body})
        if written.enclosure:
            enclosed.append({**common, "content": written.enclosure})
    connection.execute(insert(events), rows)
    if enclosed:
        connection.execute(insert(enclosures), enclosed)
    connection.execute(_MOVE_HEAD, {"to": facts[-1].seq})


def _keep(board: Board, at: datetime, connection: Connection) -> None:
    connection.execute(_LOCKED_HEAD)
    save_checkpoint(connection, board, at)


def _catch_up(connection: Connection, board: Board) -> Board:
    while facts := _read(connection, board.seq, READ_AT_ONCE):
        board = fold(facts, board)
        if len(facts) < READ_AT_ONCE:
            break
    return board


def _read(connection: Connection, after_seq: int, limit: int) -> tuple[Recorded, ...]:
    return tuple(map(_recorded, connection.execute(_AFTER, {"after": after_seq, "most": limit})))


def _recorded(row: Row[int, str, int, str]) -> Recorded:
    return Recorded(seq=row.seq, event=decode(row.type, row.version, orjson.loads(row.body)))


_EPOCH = select(journal.c.epoch)
_HEAD = select(journal.c.head)
_LOCKED_HEAD = select(journal.c.epoch, journal.c.head).with_for_update()
_MOVE_HEAD = update(journal).values(head=bindparam("to"))
_FACT = select(events.c.seq, events.c.type, events.c.version, events.c.body)
_AFTER = _FACT.where(events.c.seq > bindparam("after")).order_by(events.c.seq).limit(bindparam("most"))
_ABOUT = _FACT.where(events.c.subject == bindparam("subject")).order_by(events.c.seq)
_ENCLOSURE = (
    select(enclosures.c.content)
    .where(enclosures.c.subject == bindparam("subject"))
    .order_by(enclosures.c.seq.desc())
    .limit(1)
)
