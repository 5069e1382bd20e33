"""A database as the first version of the program left it, with people and facts in it, is brought up to date whole."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, TextClause, text

from advisor.journal.board import Board
from advisor.journal.codec import encode
from advisor.journal.events import AdviceGiven, Event, Recorded
from advisor.journal.fold import fold
from advisor.journal.structure import moment_text
from advisor.kernel import AdviceId
from advisor.services.access import Role
from advisor.store.database import Database
from advisor.store.migrate import migrate
from advisor.store.runners import runner_for
from advisor.store.sql_accounts import SqlAccounts, SqlSessions
from advisor.store.sql_journal import SqlJournal
from tests.world import NOW, all_green, at, declared, ended, heard

FIRST = "0001"
EVENTS: tuple[Event, ...] = (
    *all_green(),
    declared("s1"),
    AdviceGiven(at=NOW, by="nurse", advice_id=AdviceId("a1"), digest="00", receipt=b"receipt"),
    ended("s1", when=at(5)),
    declared("s2", when=at(6)),
    heard(when=at(7)),
)
FACTS = tuple(Recorded(seq=number, event=event) for number, event in enumerate(EVENTS, start=1))


def fill(connection: Connection) -> None:
    """Write people and facts as the first version did."""
    for fact in FACTS:
        written = encode(fact.event)
        row = {"seq": fact.seq, "at": moment_text(fact.event.at), "subject": written.subject}
        body = {"type": written.type, "version": written.version, "body": json.dumps(written.body)}
        connection.execute(_insert("events", {**row, **body}), {**row, **body})
        if written.enclosure:
            enclosed = {**row, "content": written.enclosure}
            connection.execute(_insert("enclosures", enclosed), enclosed)
    connection.execute(text("UPDATE journal SET head = :head"), {"head": len(FACTS)})
    person = {
        "name": "nurse",
        "role": "nurse",
        "region": "",
        "password_hash": "$argon2id$",
        "created_at": moment_text(NOW),
    }
    connection.execute(_insert("accounts", person), person)
    later = moment_text(NOW + timedelta(hours=12))
    session = {"token_digest": "d" * 64, "user": "nurse", "created_at": moment_text(NOW), "seen_at": moment_text(NOW)}
    session |= {"idle_until": later, "expires_at": later}
    connection.execute(_insert("sessions", session), session)


def _insert(table: str, row: dict[str, Any]) -> TextClause:
    columns = ", ".join(f'"{name}"' for name in row)
    return text(f"INSERT INTO {table} ({columns}) VALUES ({', '.join(f':{name}' for name in row)})")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_upgrade_from_the_first_version_keeps_every_fact_account_and_session(
    kind: str, address: Callable[[str], str]
) -> None:
    url = address(kind)
    with closing(Database(url, runner_for(url, gevent=False))) as database:
        migrate(database, to=FIRST)
        database.write(fill)
        epoch = database.read(lambda connection: connection.execute(text("SELECT epoch FROM journal")).scalar_one())

        migrate(database)

        journal = SqlJournal(database)
        assert (journal.epoch, journal.read(0, 10**6)) == (epoch, FACTS)
        assert journal.board() == fold(FACTS, Board())
        assert journal.enclosure("a1") == b"receipt"
        account, session = SqlAccounts(database).find("nurse"), SqlSessions(database).find("d" * 64)
        assert account is not None
        assert session is not None
        assert (account.role, session.is_valid(NOW)) == (Role.NURSE, True)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_writing_goes_on_after_an_upgrade(kind: str, address: Callable[[str], str]) -> None:
    url = address(kind)
    with closing(Database(url, runner_for(url, gevent=False))) as database:
        migrate(database, to=FIRST)
        database.write(fill)
        migrate(database)

        [written] = SqlJournal(database).transact(lambda _: [heard(when=at(8))])

        assert written.seq == len(FACTS) + 1
