"""The board kept from time to time, so that a start and a look back fold only what came after."""

import hashlib
import logging
import zlib
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

import orjson
from sqlalchemy import Connection, Select, delete, insert, or_, select

from advisor.journal.board import Board
from advisor.journal.checkpoint import UnreadableCheckpoint, board_document, read_board_document
from advisor.journal.structure import moment_text
from advisor.store.tables import checkpoints, journal

log = logging.getLogger(__name__)


KEPT = timedelta(days=91)  # as long as one may look back


def save_checkpoint(connection: Connection, board: Board, at: datetime) -> None:
    """Keep a board whose last fact is of `at`; those of other code, and of too long ago, go.

    Whoever calls holds the lock of the journal, so that nobody else keeps the same.
    """
    content = zlib.compress(orjson.dumps(board_document(board)), 1)
    others = or_(checkpoints.c.fold != fold_identity(), checkpoints.c.at < moment_text(at - KEPT))
    connection.execute(delete(checkpoints).where(or_(others, checkpoints.c.seq == board.seq)))
    row = {"fold": fold_identity(), "seq": board.seq, "at": moment_text(at), "content": content}
    connection.execute(insert(checkpoints), row)


def load_checkpoint(connection: Connection) -> Board:
    """Return the last board that was kept, or an empty one when there is none that this version of the program made."""
    return _load(connection, _kept()) or Board()


def find_checkpoint(connection: Connection, moment: datetime, beyond: int) -> Board | None:
    """Find the last board that was kept up to a moment, if its number is beyond another."""
    query = _kept().where(checkpoints.c.at <= moment_text(moment), checkpoints.c.seq > beyond)
    return _load(connection, query)


def _kept() -> Select[bytes]:
    return (
        select(checkpoints.c.content)
        .where(checkpoints.c.fold == fold_identity(), checkpoints.c.seq <= select(journal.c.head).scalar_subquery())
        .order_by(checkpoints.c.seq.desc())
        .limit(1)
    )


def _load(connection: Connection, query: Select[bytes]) -> Board | None:
    content: bytes | None = connection.execute(query).scalar_one_or_none()
    if content is None:
        return None
    try:
        return read_board_document(orjson.loads(zlib.decompress(content)))
    except (UnreadableCheckpoint, zlib.error, orjson.JSONDecodeError):
        log.warning("the checkpoint cannot be read; folding the journal from its beginning", exc_info=True)
        return None


@cache
def fold_identity() -> str:
    """Return a hash over the code that decides what a board is: with other code an old board is worth nothing."""
    digest = hashlib.sha256()
    packages = (files("advisor.journal"), files("advisor.protocol") / "model.py", files("advisor") / "kernel.py")
    for package in packages:
        sources = [package] if package.is_file() else sorted(package.iterdir(), key=lambda each: each.name)
        for source in sources:
            if source.name.endswith(".py"):
                digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()
