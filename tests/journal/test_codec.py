"""Facts pass through JSON unchanged, and what cannot be read says so."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.journal import events
from advisor.journal.codec import UnreadableEvent, decode, encode
from advisor.journal.events import Event, StatusReported
from advisor.journal.ride_events import Arrived
from advisor.journal.structure import moment_text
from advisor.kernel import Department, RideId
from tests.world import NOW, declared, reported

KINDS = [
    kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
]
MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(bytes, st.just(b""))


@given(st.one_of(*(st.builds(kind) for kind in KINDS)))
def test_every_fact_comes_back_from_json_as_it_was(event: Event) -> None:
    written = encode(event)

    body = json.loads(json.dumps(written.body))

    assert decode(written.type, written.version, body) == event


def test_unknown_type_is_an_error_that_names_it() -> None:
    with pytest.raises(UnreadableEvent, match="'StopForgotten' is unknown"):
        decode("StopForgotten", 1, {})


def test_newer_version_is_an_error_that_names_it() -> None:
    written = encode(declared())

    with pytest.raises(UnreadableEvent, match="StopDeclared has version 2; this program reads 1 to 1"):
        decode(written.type, 2, written.body)


def test_unknown_field_is_an_error_that_names_it() -> None:
    written = encode(declared())

    with pytest.raises(UnreadableEvent, match="colour"):
        decode(written.type, 1, {**written.body, "colour": "pink"})


def test_missing_field_is_an_error_that_names_it() -> None:
    body = encode(declared()).body
    del body["until"]

    with pytest.raises(UnreadableEvent, match="until"):
        decode("StopDeclared", 1, body)


def test_field_that_was_added_later_gets_its_default() -> None:
    body = encode(declared()).body
    del body["peers_called"], body["plan_id"]

    assert decode("StopDeclared", 1, body) == declared()


@pytest.mark.parametrize(
    ("field", "value"),
    [("status", "pink"), ("until", "soon"), ("until", "2026-03-10T14:00:00"), ("note", 5), ("peers_called", 1)],
)
def test_value_of_another_kind_is_an_error(field: str, value: object) -> None:
    with pytest.raises(UnreadableEvent, match="StopDeclared"):
        decode("StopDeclared", 1, {**encode(declared()).body, field: value})


def test_departments_are_keyed_by_their_code() -> None:
    assert list(encode(reported(department=Department.CTT)).body["departments"]) == ["CTT"]


def test_report_without_departments_is_kept() -> None:
    event = replace(reported(), departments={})

    assert isinstance(decode("StatusReported", 1, encode(event).body), StatusReported)


def test_moment_is_written_in_utc_with_z() -> None:
    local = datetime(2026, 3, 10, 15, 0, tzinfo=timezone(timedelta(hours=1)))

    assert moment_text(local) == "2026-03-10T14:00:00.000000Z"


def test_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        moment_text(NOW.replace(tzinfo=None))


@given(MOMENTS, MOMENTS)
def test_texts_of_moments_sort_as_the_moments_do(one: datetime, other: datetime) -> None:
    assert (moment_text(one) < moment_text(other)) == (one < other)


def test_press_of_a_crew_from_before_late_ones_happened_when_it_was_heard() -> None:
    arrived = Arrived(at=NOW, by="nurse", ride_id=RideId("r1"))
    body = encode(arrived).body
    del body["happened_at"]

    assert decode("Arrived", 1, body) == arrived
    assert arrived.when == NOW


def test_advice_from_before_its_time_was_recorded_has_none() -> None:
    body = {"at": moment_text(NOW), "by": "nurse", "advice_id": "a1", "digest": "00", "first": None}

    event = decode("AdviceGiven", 1, body)

    assert isinstance(event, events.AdviceGiven)
    assert (event.worked_ms, event.status_age_s) == (None, None)
