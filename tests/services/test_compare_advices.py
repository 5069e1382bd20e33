"""Stored advices under two editions of the protocol."""

from dataclasses import replace

from advisor.journal.events import Event
from advisor.kernel import Status
from advisor.protocol.model import Outcome, Stability
from advisor.services.compare_advices import ComparedAdvice, compare_advices
from advisor.services.give_advice import give_advice
from tests.world import NOW, NURSE, OEVERDAM, a_case, a_world, all_green, at, declared


def compared_with_the_national_rules(*events: Event) -> tuple[ComparedAdvice, ...]:
    world = a_world(*all_green(NOW), *events)
    give_advice(a_case(patient={"abcd": Stability.STABLE}), actor=NURSE, now=NOW, world=world)
    regional, national = world.editions.regional[-1], world.editions.national
    return tuple(compare_advices(regional, national, world=world))


def test_edition_does_not_differ_from_itself() -> None:
    world = a_world(*all_green(NOW))
    give_advice(a_case(), actor=NURSE, now=NOW, world=world)
    edition = world.editions.regional[-1]

    assert [one.differs for one in compare_advices(edition, edition, world=world)] == [False]


def test_open_board_comes_out_the_same_under_the_national_rules() -> None:
    assert [one.differs for one in compared_with_the_national_rules()] == [False]


def test_code_orange_is_a_call_where_no_regional_edition_speaks() -> None:
    (only,) = compared_with_the_national_rules(declared(hospital=OEVERDAM, status=Status.ORANGE, when=at(-5)))

    assert only.classes == ((OEVERDAM, Outcome.DIVERT, Outcome.CONSULT),)


def test_dates_of_the_editions_do_not_count() -> None:
    world = a_world(*all_green(NOW), declared(hospital=OEVERDAM, status=Status.ORANGE, when=at(-5)))
    give_advice(a_case(patient={"abcd": Stability.STABLE}), actor=NURSE, now=NOW, world=world)
    edition = world.editions.regional[-1]

    compared = list(compare_advices(edition, replace(edition, valid=None), world=world))

    assert [one.differs for one in compared] == [False]
