"""The board to and from JSON, so that a start need not fold everything that ever happened."""

from collections.abc import Mapping

from advisor.journal.board import Board
from advisor.journal.structure import Json, converters
from advisor.kernel import AdvisorError


class UnreadableCheckpoint(AdvisorError, ValueError):
    """A stored board that cannot be read; the journal itself still tells everything."""


def board_document(board: Board) -> dict[str, Json]:
    """Return the whole board in JSON terms."""
    document: dict[str, Json] = _TO_JSON(board)
    return document


def read_board_document(document: Mapping[str, Json]) -> Board:
    """Return the board that `board_document` wrote.

    Raises
    ------
    UnreadableCheckpoint
        When something in it does not fit.
    """
    try:
        board: Board = _FROM_JSON(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableCheckpoint(f"checkpoint: {error!r}") from error
    return board


_TO_JSON, _FROM_JSON = converters(Board)
