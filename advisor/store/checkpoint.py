"""The board kept from time to time, so that a start folds only what came after."""

import hashlib
import logging
import zlib
from functools import cache
from importlib.resources import files

import orjson
from sqlalchemy import Connection, delete, insert, select

from advisor.journal.board import Board
from advisor.journal.checkpoint import UnreadableCheckpoint, board_document, read_board_document
from advisor.store.tables import checkpoints, journal

log = logging.getLogger(__name__)


def save_checkpoint(connection: Connection, board: Board) -> None:
    """Keep a board in the place of the one that was kept before."""
    content = zlib.compress(orjson.dumps(board_document(board)), 1)
    connection.execute(delete(checkpoints))
    connection.execute(insert(checkpoints), {"fold": fold_identity(), "seq": board.seq, "content": content})


def load_checkpoint(connection: Connection) -> Board:
    """Return the board that was kept, or an empty one when there is none that this version of the program made."""
    query = select(checkpoints.c.content).where(
        checkpoints.c.fold == fold_identity(), checkpoints.c.seq <= select(journal.c.head).scalar_subquery()
    )
    content: bytes | None = connection.execute(query).scalar()
    if content is None:
        return Board()
    try:
        return read_board_document(orjson.loads(zlib.decompress(content)))
    except (UnreadableCheckpoint, zlib.error, orjson.JSONDecodeError):
        log.warning("the checkpoint cannot be read; folding the journal from its beginning", exc_info=True)
        return Board()


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
