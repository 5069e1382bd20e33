"""Reading requests: every problem at once, and nothing gets in that is not understood."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.kernel import InvalidInput, Position
from advisor.protocol.model import Answer, ConsultOutcome, Patient, Stability, TreatmentRelation
from advisor.web.fields import Fields
from advisor.web.patient import read_patient

HOSPITALS = frozenset({"duinzicht", "veldstad"})

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


def problems(body: object, read: Callable[[Fields], object]) -> dict[str, str]:
    """What is wrong with a body, by field."""
    fields = Fields(body, HOSPITALS)
    read(fields)
    with pytest.raises(InvalidInput) as caught:
        fields.finish()
    return {problem.field: problem.message for problem in caught.value.problems}


def refusals(body: object, read: Callable[[Fields], object]) -> list[str]:
    """Why a body is refused, in no words when it is not; any other error than a refusal gets out."""
    fields = Fields(body, HOSPITALS)
    try:
        read(fields)
        fields.finish()
    except InvalidInput as error:
        return [problem.message for problem in error.problems]
    return []


def patient(body: dict[str, object]) -> Patient:
    """The patient of a body without problems."""
    fields = Fields(body, HOSPITALS)
    found = read_patient(fields)
    fields.finish()
    return found


def test_body_that_is_no_object_is_one_problem() -> None:
    assert problems([1], lambda fields: None) == {"": "must be a JSON object"}


def test_every_problem_is_told_at_once() -> None:
    body = {"lat": 1, "abcd": "shaky", "origin": 112, "relation": {"nowhere": {}}, "shockroom": "yes", "letters": "AB"}

    assert set(problems(body, read_patient)) == {
        "lat", "abcd", "origin", "relation.nowhere", "shockroom", "letters"
    }  # fmt: skip


def test_unknown_field_deep_inside_is_named_with_its_path() -> None:
    body = {"relation": {"veldstad": {"active": "yes", "since": 2019}}}

    assert problems(body, read_patient) == {"relation.veldstad.since": "unknown field"}


def test_absent_facts_are_unknown() -> None:
    assert patient({}) == Patient()


def test_facts_arrive_as_they_were_sent() -> None:
    found = patient(
        {
            "abcd": "unstable",
            "letters": ["A", "C"],
            "relation": {"veldstad": {"active": "yes", "related": "doubt"}},
            "consult": {"duinzicht": "refused", "veldstad": None},
        }
    )

    assert found == Patient(
        abcd=Stability.UNSTABLE,
        letters=frozenset("AC"),
        relation={"veldstad": TreatmentRelation(active=Answer.YES, related=Answer.DOUBT)},
        consult={"duinzicht": ConsultOutcome.REFUSED},
    )


def test_swapped_coordinates_are_told_as_such() -> None:
    found = problems({"position": {"lat": 4.9, "lon": 52.4}}, lambda fields: fields.position("position"))

    assert "swapped" in found["position"]


def test_position_far_away_is_not_called_swapped() -> None:
    fields = Fields({"position": {"lat": -33.9, "lon": 18.4}})

    assert fields.position("position") == Position(lat=-33.9, lon=18.4)


@pytest.mark.parametrize("lat", [91, float("nan"), float("inf"), True, "52", None, 10**400])
def test_latitude_that_is_none_is_refused(lat: object) -> None:
    found = problems({"position": {"lat": lat, "lon": 4.9}}, lambda fields: fields.position("position"))

    assert list(found) == ["position.lat"]


@pytest.mark.parametrize(
    "text",
    ["2026-02-01T14:30:00+01:00", "2026-02-01T13:30:00Z", "2026-02-01t13:30z", "2026-02-01T13:30:00.000000+00:00"],
)
def test_time_with_its_offset_comes_in_as_utc(text: str) -> None:
    assert Fields({"until": text}).moment("until") == datetime(2026, 2, 1, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-01T14:30:00",
        "2026-02-30T14:30:00Z",
        "20260201T143000Z",
        "14:30",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        1770000000,
    ],
)
def test_time_that_leaves_room_for_doubt_is_refused(text: object) -> None:
    assert list(problems({"until": text}, lambda fields: fields.moment("until"))) == ["until"]


def test_control_characters_are_refused() -> None:
    assert list(problems({"note": "a\x00b"}, lambda fields: fields.text("note", default=""))) == ["note"]


@given(body=JSON)
def test_whatever_is_sent_is_read_or_refused(body: object) -> None:
    def read(fields: Fields) -> None:
        read_patient(fields)
        fields.position("position")
        fields.find_moment("at")
        fields.number("accuracy_m", 0, 10_000)

    assert all(refusals(body, read))


@given(body=st.dictionaries(st.sampled_from(["abcd", "letters", "relation", "consult", "en_route", "inside"]), JSON))
def test_whatever_is_sent_as_a_fact_is_read_or_refused(body: dict[str, object]) -> None:
    assert all(refusals(body, read_patient))
