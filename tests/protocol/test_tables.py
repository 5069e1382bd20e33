"""Decision tables: what tracing a function makes of it."""

from datetime import UTC, datetime, time, timedelta

import pytest

from advisor.bootstrap.material import load_editions
from advisor.kernel import Department, Known, Status
from advisor.protocol.hours import is_open, last_closing
from advisor.protocol.model import Opening, Outcome
from advisor.protocol.reasons import say
from advisor.protocol.rules.catalogue import RULE_BOOKS
from advisor.protocol.tables.compiler import Compiler
from advisor.protocol.tables.explore import Forest, Trace
from advisor.protocol.tables.instants import Clock, Instant, Untraceable, term_of
from advisor.protocol.tables.regions import region_kinds, stopped_subregion
from advisor.protocol.tables.spoken import Sayings, open_rows


def test_question_without_consequence_is_not_in_the_table() -> None:
    forest = Forest()

    root = forest.grow(lambda trace: (trace.flag("idle"), "always")[1])

    assert (root, forest.nodes) == (-1, {})


def test_equal_functions_have_one_table() -> None:
    forest = Forest()

    first = forest.grow(lambda trace: trace.flag("red") and trace.flag("known"))
    second = forest.grow(lambda trace: trace.flag("known") if trace.flag("red") else False)

    assert first == second


def test_fact_keeps_its_answer_during_a_run() -> None:
    trace = Trace([1])

    assert (trace.flag("red"), trace.flag("red")) == (True, True)
    assert trace.asked == [("red", (False, True))]


def test_what_is_added_on_both_sides_of_a_comparison_is_added_on_one() -> None:
    trace = Trace()
    since, arrival = Instant.named(trace, "since"), Instant.named(trace, "arrival")

    assert arrival + timedelta(minutes=5) > since + timedelta(minutes=20)
    assert trace.asked == [(("at", "arrival", 0), ("at", "since", 900))]


def test_comparison_the_other_way_round_follows() -> None:
    trace = Trace([0])
    now, until = Instant.named(trace, "now"), Instant.named(trace, "until")

    assert (now <= until, until <= now, until < now, now > until) == (False, True, True, True)
    assert len(trace.asked) == 1


def test_freshness_is_a_comparison_of_moments() -> None:
    trace = Trace([1])

    assert Instant.named(trace, "now") - Instant.named(trace, "heard") <= timedelta(minutes=15)
    assert trace.asked == [(("at", "now", 0), ("at", "heard", 900))]


def test_opening_hours_are_comparisons_of_clocks() -> None:
    trace = Trace([0, 1, 0])
    opening = Opening(opens=Clock.named(trace, "opens"), closes=Clock.named(trace, "closes"))

    assert is_open(opening, Instant.named(trace, "arrival"))
    assert trace.asked[1] == (("time", "opens", 0), ("clock", "arrival", 0))


@pytest.mark.parametrize(("later", "days"), [(1, 0), (0, -1)])
def test_closing_time_is_told_by_day_and_clock(later: int, days: int) -> None:
    trace = Trace([later])
    opening = Opening(opens=Clock.named(trace, "opens"), closes=Clock.named(trace, "closes"))

    closing = last_closing(opening, Instant.named(trace, "late"))

    assert term_of(closing) == ("day", "late/closes", days)


@pytest.mark.parametrize("moment", [datetime(2026, 1, 1, tzinfo=UTC), datetime(2001, 1, 10, 3, tzinfo=UTC)])
def test_moment_from_nowhere_cannot_be_traced(moment: datetime) -> None:
    with pytest.raises(Untraceable):
        term_of(moment)


def test_value_of_a_named_moment_cannot_be_used() -> None:
    trace = Trace()

    with pytest.raises(Untraceable):
        Instant.named(trace, "now").timestamp()
    with pytest.raises(Untraceable):
        Instant.named(trace, "now").time()
    with pytest.raises(Untraceable):
        assert Clock.named(trace, "opens") <= time(8)


def test_sentence_leaves_its_moments_open() -> None:
    trace, sayings = Trace(), Sayings()
    moments = {"until": Instant.named(trace, "until"), "now": Instant.named(trace, "now")}

    sayings.number(say("RED-1", Outcome.DIVERT, department=Department.SEH, status=Status.RED, **moments))
    (said,) = sayings.records

    assert said.sentence[0] == "De SEH heeft een rode stop tot {0d}: ambulances wijken uit."
    assert said.headline == ("SEH rood tot {0d}: uitwijken.", "SEH red until {0d}: go elsewhere.")
    assert said.terms == (("at", "until", 0),)


def test_exact_moment_is_told_with_its_seconds() -> None:
    trace, sayings = Trace(), Sayings()

    sayings.number(
        say("RX-5", None, departed_at=Instant.named(trace, "departed"), declared_at=Instant.named(trace, "since"))
    )
    (said,) = sayings.records

    assert said.sentence[0].startswith("U vertrok om {0x}, na het afkondigen om {1}:")


def test_open_departments_are_named_as_in_a_headline() -> None:
    assert open_rows()["PCI+SEH"] == ("PCI en SEH open.", "PCI and SEH open.")


def test_region_counts_as_the_rule_counts_it() -> None:
    kinds = region_kinds(load_editions().national)

    assert (kinds["0200210"], kinds["0100210"], kinds["0201210"], kinds["1200210"]) == (
        "met",
        "single",
        "uncertain",
        "none",
    )
    assert stopped_subregion(load_editions().national)["201"] is True


def test_every_rule_of_every_edition_is_compiled() -> None:
    editions = load_editions()
    compiler = Compiler()
    for edition in (editions.national, *editions.regional):
        book = RULE_BOOKS[edition.rules]

        tables = compiler.compile(edition)

        assert len(tables.rules["site"]["SEH"]) == len(book.site)
        assert len(tables.rules["stopped_seh"]["SEH"]) == len(book.stopped_seh)
        assert len(tables.rules["stopped_department"]["PCI"]) == len(book.stopped_department)
    effects = {said.effect for said in compiler.sayings.records}
    assert effects == {None, *Outcome}
    assert {question[1] for question in compiler.forest.questions if question[0] == "site.facilities.PCI"} == {
        tuple(Known)
    }
