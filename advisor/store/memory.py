"""Journal, accounts and sessions in memory, for tests and simulations; forgotten with the process."""

import threading
import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from advisor.journal.board import Board
from advisor.journal.codec import decode, encode
from advisor.journal.events import Event, Recorded
from advisor.journal.fold import fold
from advisor.kernel import Interval
from advisor.services.access import Actor
from advisor.services.accounts import Account, Session
from advisor.services.ports import Decision, Enclosed, NameTaken


class MemoryJournal:
    """The twin of the SQL journal: the same promises but durability. Facts pass through the codec as they do there."""

    def __init__(self) -> None:
        self.epoch = str(uuid.uuid4())
        self._lock = threading.Lock()
        self._facts: list[Recorded] = []
        self._enclosures: dict[int, tuple[bytes, int]] = {}
        self._board = Board()

    def transact(self, decision: Decision) -> tuple[Recorded, ...]:
        """See `Journal.transact`."""
        with self._lock:
            decided = decision(self._board)
            written = [encode(event) for event in decided]
            facts = tuple(
                Recorded(seq=seq, event=decode(each.type, each.version, each.body))
                for seq, each in enumerate(written, start=self._board.seq + 1)
            )
            self._board = fold(facts, self._board)
            self._facts.extend(facts)
            enclosed = zip(facts, written, strict=True)
            self._enclosures.update({fact.seq: (each.enclosure, 0) for fact, each in enclosed if each.enclosure})
            return facts

    def board(self) -> Board:
        """See `Journal.board`."""
        return self._board

    def head(self) -> int:
        """See `Journal.head`."""
        return self._board.seq

    def read(self, after_seq: int, limit: int) -> tuple[Recorded, ...]:
        """See `Journal.read`."""
        return tuple(self._facts[after_seq : after_seq + limit])

    def read_types(
        self, types: Sequence[type[Event]], period: Interval, after_seq: int, limit: int
    ) -> tuple[Recorded, ...]:
        """See `Journal.read_types`."""
        found = (fact for fact in self._facts[after_seq:] if type(fact.event) in types and fact.event.at in period)
        return tuple(islice(found, limit))

    def find_kept(self, moment: datetime, beyond: int) -> Board | None:
        """See `Journal.find_kept`; nothing is kept here."""
        del moment, beyond
        return None

    def about(self, subject: str) -> tuple[Recorded, ...]:
        """See `Journal.about`."""
        return tuple(recorded for recorded in self._facts if recorded.event.subject == subject)

    def enclosure(self, subject: str) -> bytes | None:
        """See `Journal.enclosure`."""
        seqs = [recorded.seq for recorded in self.about(subject) if recorded.seq in self._enclosures]
        return self._enclosures[seqs[-1]][0] if seqs else None

    def list_enclosed(self, types: Sequence[str], before: datetime, stage: int, limit: int) -> tuple[Enclosed, ...]:
        """See `Archive.list_enclosed`."""
        found = []
        for seq, (content, reached) in sorted(self._enclosures.items()):
            event = self._facts[seq - 1].event
            if type(event).__name__ in types and event.at < before and reached < stage:
                found.append(Enclosed(seq=seq, type=type(event).__name__, content=content, stage=reached))
        return tuple(found[:limit])

    def replace_enclosure(self, seq: int, content: bytes | None, stage: int) -> None:
        """See `Archive.replace_enclosure`."""
        if content is None:
            self._enclosures.pop(seq, None)
        elif seq in self._enclosures:
            self._enclosures[seq] = content, stage


class MemoryAccounts:
    """The twin of the accounts in SQL."""

    def __init__(self) -> None:
        self._accounts: dict[str, tuple[Account, str]] = {}

    def add(self, account: Account, password_hash: str) -> None:
        """See `Accounts.add`."""
        if account.name in self._accounts:
            raise NameTaken(account.name)
        self._accounts[account.name] = account, password_hash

    def find(self, name: str) -> Account | None:
        """See `Accounts.find`."""
        return self._accounts[name][0] if name in self._accounts else None

    def find_password_hash(self, name: str) -> str | None:
        """See `Accounts.find_password_hash`."""
        return self._accounts[name][1] if name in self._accounts else None

    def list_all(self) -> tuple[Account, ...]:
        """See `Accounts.list_all`."""
        return tuple(self._accounts[name][0] for name in sorted(self._accounts))

    def disable(self, name: str, at: datetime) -> None:
        """See `Accounts.disable`."""
        account, password_hash = self._accounts[name]
        if account.disabled_at is None:
            self._accounts[name] = replace(account, disabled_at=at), password_hash

    def bind(self, name: str, actor: Actor) -> None:
        """See `Accounts.bind`."""
        account, password_hash = self._accounts[name]
        bound = replace(account, role=actor.role, hospital=actor.hospital, region=actor.region)
        self._accounts[name] = bound, password_hash


class MemorySessions:
    """The twin of the sessions in SQL."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    def open(self, session: Session) -> None:
        """See `Sessions.open`."""
        self._sessions[session.token_digest] = session

    def find(self, token_digest: str) -> Session | None:
        """See `Sessions.find`."""
        return self._sessions.get(token_digest)

    def list_valid(self, token_digests: Collection[str], now: datetime) -> frozenset[str]:
        """See `Sessions.list_valid`."""
        found = {digest: self._sessions.get(digest) for digest in token_digests}
        return frozenset(digest for digest, session in found.items() if session is not None and session.is_valid(now))

    def touch(self, token_digest: str, seen_at: datetime, idle_until: datetime) -> None:
        """See `Sessions.touch`."""
        session = self._sessions.get(token_digest)
        if session is not None and session.revoked_at is None:
            self._sessions[token_digest] = replace(session, seen_at=seen_at, idle_until=idle_until)

    def revoke(self, token_digest: str, at: datetime) -> None:
        """See `Sessions.revoke`."""
        session = self._sessions.get(token_digest)
        if session is not None and session.revoked_at is None:
            self._sessions[token_digest] = replace(session, revoked_at=at)

    def revoke_all(self, user: str, at: datetime) -> tuple[str, ...]:
        """See `Sessions.revoke_all`."""
        open_ones = [each for each in self._sessions.values() if each.user == user and each.revoked_at is None]
        for session in open_ones:
            self.revoke(session.token_digest, at)
        return tuple(session.token_digest for session in open_ones)

    def find_paired(self, pairings: Collection[str]) -> dict[str, Session]:
        """See `Sessions.find_paired`."""
        return {session.pairing: session for session in self._sessions.values() if session.pairing in pairings}
