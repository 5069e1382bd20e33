"""A board passes through JSON unchanged."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.journal.checkpoint import UnreadableCheckpoint, board_document, read_board_document
from advisor.journal.events import Event
from advisor.journal.fold import fold
from tests.journal.test_fold_properties import EVENTS, numbered
from tests.services.test_rides import WAY_TO, a_ride
from tests.world import at


@given(st.lists(EVENTS, max_size=12))
def test_board_comes_back_from_json_as_it_was(events: list[Event]) -> None:
    board = fold(numbered(events))

    again = read_board_document(json.loads(json.dumps(board_document(board))))

    assert again == board
    assert again.states(at(100)) == board.states(at(100))


@pytest.mark.parametrize("way", WAY_TO.values(), ids=str)
def test_rides_come_back_as_they_were(way: tuple[str, ...]) -> None:
    board = a_ride(*way)[0].journal.board()

    assert read_board_document(json.loads(json.dumps(board_document(board)))) == board


@pytest.mark.parametrize("document", [{"seq": "one"}, {"stops": {"s1": {}}}, {"feeds": 5}])
def test_nonsense_is_unreadable(document: dict[str, object]) -> None:
    with pytest.raises(UnreadableCheckpoint):
        read_board_document(document)
