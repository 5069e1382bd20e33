"""The values of a reason as sentences read them, also when one is missing."""

from datetime import timedelta

from advisor.kernel import Capability, Status
from advisor.protocol.facts import Facts
from advisor.protocol.model import Outcome
from advisor.protocol.wording_nl import WORDS
from tests.protocol.hospitals import NOW

MINUTE = timedelta(minutes=1)


def facts(**values: object) -> Facts:
    return Facts(values, WORDS)


def test_missing_values_leave_no_trace_in_a_sentence() -> None:
    nothing = facts()

    assert (nothing.clock("until"), nothing.clock_exact("until"), nothing.after("tot", "until")) == ("", "", "")
    assert (nothing.outcome("early_outcome"), nothing.facility("facility"), nothing.facilities) == ("", "", "")
    assert (nothing.status, nothing.stop, nothing.row) == ("onbekend", "een rode stop", "SEH onbekend")
    assert nothing.has("until") is False


def test_minutes_between_need_both_moments() -> None:
    both = facts(start=NOW, end=NOW + 20 * MINUTE)

    assert both.minutes_between("start", "end") == 20
    assert both.minutes_between("start", "other") == 0
    assert both.minutes_between("other", "end") == 0


def test_moments_have_seconds_only_where_they_matter() -> None:
    moment = facts(at=NOW + timedelta(seconds=5), now=NOW)

    assert (moment.clock("at"), moment.clock_exact("at")) == ("12:00", "12:00:05")


def test_names_are_enumerated_as_people_do() -> None:
    assert [facts().enumerate(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a en b",
        "a, b en c",
    ]


def test_words_come_from_the_vocabulary() -> None:
    known = facts(status=Status.ORANGE, facility=Capability.BURNS, outcome=Outcome.DIVERT, until=NOW, now=NOW)

    assert known.row == "SEH oranje tot 12:00"
    assert known.stop == "code oranje tot 12:00"
    assert (known.facility("facility"), known.outcome("outcome")) == ("een brandwondencentrum", "uitwijken")
