"""Whatever happens: folding in parts is folding at once."""

from hypothesis import given
from hypothesis import strategies as st

from advisor.journal.events import Event, Recorded
from advisor.journal.fold import fold
from advisor.kernel import Department, Status
from tests.world import at, declared, ended, extended, heard, reported

SOME = st.sampled_from(["veldstad", "oeverdam"])
MINUTES = st.integers(0, 500).map(at)
STOPS = st.sampled_from(["s1", "s2", "s3"])
SOURCES = st.sampled_from(["lpz", "have"])
EVENTS = st.one_of(
    st.builds(declared, STOPS, hospital=SOME, department=st.sampled_from(Department), when=MINUTES),
    st.builds(ended, STOPS, when=MINUTES),
    st.builds(extended, STOPS, when=MINUTES, until=MINUTES),
    st.builds(heard, SOURCES, when=MINUTES, missing=st.lists(SOME, max_size=1).map(tuple)),
    st.builds(reported, st.sampled_from(Status), source=SOURCES, hospital=SOME, said_at=MINUTES),
)


def numbered(events: list[Event]) -> list[Recorded]:
    """Number the events, leaving out acts on stops that were never declared: no service writes those."""
    known: set[str] = set()
    kept = []
    for event in events:
        stop_id = getattr(event, "stop_id", None)
        if hasattr(event, "reason"):
            known.add(event.stop_id)
        if stop_id is None or stop_id in known:
            kept.append(event)
    return [Recorded(seq=seq, event=event) for seq, event in enumerate(kept, start=1)]


@given(st.lists(EVENTS, max_size=12), st.integers(0, 12), MINUTES)
def test_folding_in_two_parts_is_folding_at_once(events: list[Event], cut: int, moment: object) -> None:
    facts = numbered(events)

    whole = fold(facts)
    parts = fold(facts[cut:], fold(facts[:cut]))

    assert parts == whole
    assert parts.states(moment) == whole.states(moment)  # type: ignore[arg-type]


@given(st.lists(EVENTS, max_size=12), MINUTES)
def test_asking_a_moment_changes_nothing(events: list[Event], moment: object) -> None:
    facts = numbered(events)
    asked = fold(facts[:5])
    asked.states(moment)  # type: ignore[arg-type]

    assert fold(facts[5:], asked).states(moment) == fold(facts).states(moment)  # type: ignore[arg-type]
