"""Closures pass through JSON unchanged, as facts and on the board."""

import json

from hypothesis import given
from hypothesis import strategies as st

from advisor.journal.checkpoint import board_document, read_board_document
from advisor.journal.codec import decode, encode
from advisor.journal.events import Recorded
from advisor.journal.fold import fold
from advisor.journal.road_events import ClosureId, RoadClosed, RoadReopened
from advisor.kernel import Position
from advisor.roads.closure import ClosureShape
from tests.world import NOW, at

POSITIONS = st.builds(Position, lat=st.floats(50, 54), lon=st.floats(3, 8))
IDS = st.sampled_from(["c1", "c2"]).map(ClosureId)
CLOSED = st.builds(
    RoadClosed,
    at=st.just(NOW),
    by=st.just("dispatcher"),
    closure_id=IDS,
    shape=st.sampled_from([ClosureShape.LINE, ClosureShape.AREA]),
    points=st.lists(POSITIONS, min_size=3, max_size=5).map(tuple),
    start=st.just(NOW),
    until=st.sampled_from([None, at(30)]),
    factor=st.floats(0, 0.99),
    both_ways=st.booleans(),
    note=st.text(max_size=5),
)
REOPENED = st.builds(RoadReopened, at=st.just(at(5)), by=st.just("dispatcher"), closure_id=IDS)


@given(CLOSED | REOPENED)
def test_fact_comes_back_from_json_as_it_was(event: RoadClosed | RoadReopened) -> None:
    written = encode(event)

    assert decode(written.type, written.version, json.loads(json.dumps(written.body))) == event


@given(st.lists(CLOSED | REOPENED, max_size=6))
def test_board_with_closures_comes_back_as_it_was(events: list[RoadClosed | RoadReopened]) -> None:
    board = fold(Recorded(seq=seq, event=event) for seq, event in enumerate(events, start=1))

    assert read_board_document(json.loads(json.dumps(board_document(board)))) == board
