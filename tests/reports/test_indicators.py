"""What the indicators count, and what they say where there is nothing to count."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from advisor.journal.ride_events import Announced, Arrived, ConsultHeld, Departed, DestinationChosen, Refused
from advisor.kernel import Department, HospitalId, RideId, Status
from advisor.protocol.explain import Language
from advisor.protocol.model import ConsultOutcome, Outcome
from advisor.reports.desk import ReportDesk
from advisor.reports.figures import mean, percentage, quantile, tally
from advisor.reports.words import WEEKDAYS
from advisor.services.access import Forbidden
from advisor.services.give_advice import give_advice
from advisor.services.refusals import Wording
from advisor.services.reporting import PlotKind
from advisor.services.sheets import sheet_lines
from advisor.services.world import World
from advisor.store.memory import MemoryJournal
from tests.reports.desk import DAY, LATER, a_drive, figures, indicator, named
from tests.world import (
    ADMIN,
    COORDINATOR,
    DISPATCHER,
    GP,
    HOGEBERG,
    NOW,
    NURSE,
    OEVERDAM,
    REGION,
    VELDSTAD,
    a_case,
    a_world,
    all_green,
    at,
    declared,
    extended,
    heard,
)

NAMES = (
    *("stops-by-hour", "minutes-per-region", "detour", "advice-followed", "deviation-reasons", "refusals"),
    *("consult-outcomes", "advice-latency", "eta-error", "status-age"),
)
RIDE: dict[str, Any] = {"by": NURSE.name, "ride_id": RideId("r1")}


def all_of(world: World) -> dict[str, Any]:
    found = ReportDesk().indicators(DAY, actor=ADMIN, now=LATER, world=world, pause=lambda: None)
    return {each.table.id: each for each in found}


def rows(world: World, name: str, **asked: Any) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in named(indicator(world, name, replace(DAY, **asked)))]


class TestStopsByHour:
    def test_stop_counts_at_its_weekday_and_hour_in_dutch_time(self) -> None:
        found = indicator(a_world(declared()), "stops-by-hour")  # a Tuesday, 14:00 UTC

        hours = {name: row[1:] for name, row in zip(WEEKDAYS, found.table.rows, strict=True)}
        assert [hour for hour, count in enumerate(hours[WEEKDAYS[1]]) if count] == [15]
        assert sum(sum(counts) for counts in hours.values()) == 1  # type: ignore[arg-type]
        assert figures(found) == [1, 15]

    @pytest.mark.parametrize("other", [{"department": Department.PCI}, {"status": Status.ORANGE}])
    def test_only_red_stops_of_the_seh_count(self, other: dict[str, Any]) -> None:
        assert figures(indicator(a_world(declared(**other)), "stops-by-hour"))[0] == 0


class TestMinutesPerRegion:
    def test_minutes_add_up_per_region_whatever_the_department(self) -> None:
        world = a_world(
            declared("s1"),
            declared("s2", hospital=OEVERDAM, when=at(30)),
            declared("s3", status=Status.ORANGE, hospital=HOGEBERG),
            declared("s4", department=Department.CCU, until=at(45)),
            declared("s5", hospital="overkant", until=at(10)),
        )

        assert rows(world, "minutes-per-region") == [("Verzinregio", 2, 240, 0, 120, 45), ("Overkant", 1, 10, 0, 0, 0)]

    def test_part_of_the_country_is_told_per_hospital(self) -> None:
        world = a_world(declared("s1"), declared("s2", hospital="overkant"))

        assert [row[0] for row in rows(world, "minutes-per-region", region=REGION)] == ["Veldstad"]

    def test_only_what_falls_in_the_period_counts(self) -> None:
        evening = NOW + timedelta(hours=8, minutes=30)  # half an hour before local midnight
        world = a_world(declared(when=evening))

        found = ReportDesk().indicators(DAY, actor=ADMIN, now=NOW + timedelta(days=2), world=world, pause=lambda: None)

        assert found[1].table.rows == (("Verzinregio", 1, 30, 0, 0, 0),)

    def test_running_stop_counts_until_now(self) -> None:
        found = indicator(a_world(declared(until=at(600))), "minutes-per-region", now=at(130))

        assert figures(found) == [130, 130.0, 100.0]

    def test_longer_than_the_norm_is_told_as_a_share(self) -> None:
        world = a_world(declared("s1"), extended(when=at(60), until=at(121)), declared("s2", hospital=OEVERDAM))

        assert figures(indicator(world, "minutes-per-region")) == [241, 120.5, 50.0]


class TestDetour:
    """From the west end it is 340 s to Veldstad, 680 s to Oeverdam and 1700 s to Hogeberg."""

    def test_drive_past_a_stop_costs_what_it_is_longer(self) -> None:
        world = a_drive(a_world(*all_green(), declared()), to=OEVERDAM)

        assert figures(indicator(world, "detour")) == [5.7, 5.7, 1, 100.0, 0]
        assert rows(world, "detour") == [("Verzinregio", 1, 5.7, 5.7, 5.7)]
        assert rows(world, "detour", hospital=OEVERDAM)[0][0] == "Veldstad"

    def test_nearest_hospital_without_a_stop_costs_nothing(self) -> None:
        assert figures(indicator(a_drive(a_world(*all_green())), "detour")) == [0, None, 0, 0.0, 0]

    def test_own_choice_past_an_open_hospital_costs_nothing(self) -> None:
        world = a_drive(a_world(*all_green()), to=OEVERDAM, reason="familie")

        assert figures(indicator(world, "detour"))[0] == 0

    def test_own_choice_farther_than_needed_costs_only_what_the_stop_did(self) -> None:
        world = a_drive(a_world(*all_green(), declared()), to=HOGEBERG, reason="familie")

        assert figures(indicator(world, "detour"))[0] == 5.7

    def test_stop_that_does_not_concern_the_patient_costs_nothing(self) -> None:
        world = a_drive(a_world(*all_green(), declared(department=Department.PCI)))

        assert figures(indicator(world, "detour"))[0] == 0

    def test_hospital_that_was_not_known_to_be_open_costs_nothing(self) -> None:
        """Nothing is known of any status: one has to call everywhere, and no stop is to blame."""
        world = a_drive(a_world(heard()), to=OEVERDAM, reason="familie")

        assert figures(indicator(world, "detour"))[0] == 0

    def test_advice_that_is_no_longer_kept_does_not_take_part(self) -> None:
        journal = MemoryJournal()
        world = a_drive(a_world(*all_green(), declared(), journal=journal), to=OEVERDAM)
        [given] = journal.list_enclosed(["AdviceGiven"], LATER, 1, 9)
        journal.replace_enclosure(given.seq, None, 1)

        assert figures(indicator(world, "detour")) == [0, None, 0, None, 1]


class TestAdviceFollowed:
    def test_first_choices_count_by_their_place(self) -> None:
        world = a_world(*all_green())
        for number, hospital in enumerate((VELDSTAD, VELDSTAD, VELDSTAD, OEVERDAM)):
            a_drive(world, ride=f"r{number}", to=hospital, reason="familie")

        found = indicator(world, "advice-followed")

        assert figures(found) == [4, 75.0]
        assert [row[1] for row in found.table.rows] == [3, 1, 0, 0]

    def test_fourth_place_and_later_count_together(self) -> None:
        world = a_drive(a_world(*all_green()), to=HospitalId("overkant"), reason="familie")

        assert indicator(world, "advice-followed").table.rows[3][1] == 1

    def test_ride_of_another_day_does_not_count(self) -> None:
        world = a_drive(a_world(*all_green()), when=NOW - timedelta(days=1))

        assert figures(indicator(world, "advice-followed")) == [0, None]


def test_reasons_that_differ_in_capitals_and_blanks_are_one() -> None:
    world = a_world(*all_green())
    for number, reason in enumerate(("Familie", "familie ", "eigen  verzoek")):
        a_drive(world, ride=f"r{number}", to=OEVERDAM, reason=reason)

    assert rows(world, "deviation-reasons") == [("Familie", 2, 66.7), ("eigen  verzoek".replace("  ", " "), 1, 33.3)]


def test_refusals_stand_against_the_departures_there() -> None:
    world = a_drive(a_world(*all_green()), ride="r0")
    a_drive(world, then=[Refused(**RIDE, at=at(40), reason="geen bed")])

    assert figures(indicator(world, "refusals")) == [1, 50.0]
    assert rows(world, "refusals", region=REGION) == [("Veldstad", 2, 1, 50.0)]


def test_consultations_count_by_their_end() -> None:
    held = [
        ConsultHeld(**RIDE, at=at(minute), hospital=hospital, outcome=outcome)
        for minute, (hospital, outcome) in enumerate(
            [(VELDSTAD, ConsultOutcome.ACCEPTED), (OEVERDAM, ConsultOutcome.REFUSED)]
        )
    ]
    world = a_drive(a_world(*all_green()), then=held)

    assert figures(indicator(world, "consult-outcomes")) == [2, 50.0, 0]
    assert rows(world, "consult-outcomes", region=REGION) == [("Oeverdam", 0, 1, 0.0), ("Veldstad", 1, 0, 100.0)]


def test_ride_that_should_have_phoned_and_noted_none_is_told() -> None:
    assert figures(indicator(a_drive(a_world(heard())), "consult-outcomes")) == [0, None, 1]


class TestLatency:
    def test_advice_records_how_long_it_took(self) -> None:
        world = replace(a_world(*all_green()), clock=lambda: NOW + timedelta(milliseconds=75))
        a_drive(world)

        found = indicator(world, "advice-latency")

        assert figures(found) == [75, 75, 75, 1, 0]
        assert [row[1] for row in found.table.rows] == [0, 0, 0, 1, 0, 0, 0, 0, 0]

    @pytest.mark.parametrize("off", [timedelta(milliseconds=-1), timedelta(hours=1)])
    def test_advice_by_another_clock_is_not_measured(self, off: timedelta) -> None:
        world = replace(a_world(*all_green()), clock=lambda: NOW + off)
        a_drive(world)

        assert figures(indicator(world, "advice-latency")) == [None, None, None, 0, 1]


class TestStatusAge:
    def test_age_of_the_source_is_recorded_with_the_advice(self) -> None:
        world = a_world(*all_green())
        for minute in (1, 10, 16):
            give_advice(a_case(), actor=NURSE, now=at(minute), world=world)

        assert figures(indicator(world, "status-age")) == [600, 960, 33.3, 3, 0]

    def test_advice_without_a_source_has_no_age(self) -> None:
        world = a_world()
        give_advice(a_case(), actor=NURSE, now=NOW, world=world)

        assert figures(indicator(world, "status-age")) == [None, None, None, 0, 1]

    @pytest.mark.parametrize(("hospital", "count"), [(VELDSTAD, 1), (OEVERDAM, 0)])
    def test_hospital_selects_by_the_first_of_the_advice(self, hospital: HospitalId, count: int) -> None:
        world = a_world(*all_green())
        give_advice(a_case(), actor=NURSE, now=NOW, world=world)

        assert figures(indicator(world, "status-age", replace(DAY, hospital=hospital)))[3] == count


class TestArrivals:
    def test_error_is_what_was_later_than_predicted(self) -> None:
        world = a_world(*all_green())
        for number, late_s in enumerate((-60, 120, 180)):
            a_drive(world, ride=f"r{number}", late_s=late_s)

        found = indicator(world, "eta-error")

        assert figures(found)[:4] == [1.3, 2.0, 2.0, 3.0]
        assert [row[1] for row in found.table.rows] == [0, 0, 0, 0, 1, 0, 1, 1, 0, 0]

    def test_classes_are_told_without_what_a_spreadsheet_takes_for_a_formula(self) -> None:
        table = indicator(a_world(), "eta-error").table

        assert [line[0] for line in sheet_lines(table, Language.NL)][1:3] == ["minder dan −10", "−10 tot −5"]

    @pytest.mark.parametrize(("late_s", "share"), [(-35, 0.0), (-34, 100.0), (34, 100.0), (35, 0.0)])
    def test_band_of_the_advice_lies_around_the_prediction(self, late_s: float, share: float) -> None:
        """The drive of 340 s has a band of a tenth to either side."""
        world = a_drive(a_world(*all_green()), late_s=late_s)

        assert figures(indicator(world, "eta-error"))[4:] == [share, 1, 0]

    def test_button_pressed_much_later_is_left_out(self) -> None:
        world = a_drive(a_world(*all_green()), late_s=3601)

        assert figures(indicator(world, "eta-error")) == [None, None, None, None, None, 0, 1]

    def test_drive_to_another_hospital_than_predicted_does_not_count(self) -> None:
        other = DestinationChosen(
            **RIDE, at=at(1), hospital=OEVERDAM, rank=2, outcome=Outcome.WELCOME, expected_at=at(9), reason="familie"
        )
        world = a_drive(a_world(*all_green()), late_s=None, then=[other, Announced(**RIDE, at=at(1)), arrived(9)])

        assert figures(indicator(world, "eta-error"))[5] == 0

    def test_second_drive_after_a_refusal_counts_too(self) -> None:
        again = (
            Refused(**RIDE, at=at(10), reason="vol"),
            DestinationChosen(
                **RIDE, at=at(11), hospital=OEVERDAM, rank=2, outcome=Outcome.WELCOME, expected_at=at(20), reason="vol"
            ),
            Announced(**RIDE, at=at(11)),
            Departed(**RIDE, at=at(12), outcome=Outcome.WELCOME, expected_at=at(20)),
            arrived(22),
        )
        world = a_drive(a_world(*all_green()), then=again)

        found = indicator(world, "eta-error")

        assert (figures(found)[0], figures(found)[5]) == (1.0, 2)

    def test_press_that_was_heard_later_counts_when_it_was_made(self) -> None:
        late = Arrived(**RIDE, at=at(200), happened_at=NOW + timedelta(seconds=340))
        world = a_drive(a_world(*all_green()), late_s=None, then=[late])

        assert figures(indicator(world, "eta-error"))[:2] == [0.0, 0.0]


def arrived(minute: float) -> Arrived:
    return Arrived(**RIDE, at=at(minute))


def test_all_indicators_are_there_and_without_facts_none_is_made_up() -> None:
    found = all_of(a_world())

    assert tuple(found) == NAMES
    shares = [
        figure.value for each in found.values() for figure in each.figures if figure.unit == Wording(nl="%", en="%")
    ]
    assert set(shares) == {None}


def test_every_number_has_a_definition_and_words_in_both_languages() -> None:
    for each in all_of(a_world()).values():
        words = [each.definition, each.unit, each.table.title, *each.table.columns]
        words += [figure.label for figure in each.figures] + [figure.unit for figure in each.figures if figure.unit]
        assert all(text.nl.strip() and text.en.strip() for text in words)


def test_plot_names_columns_that_are_there() -> None:
    for each in all_of(a_drive(a_world(*all_green(), declared()), to=OEVERDAM)).values():
        assert each.plot is not None
        numbers = [row[column] for row in each.table.rows for column in each.plot.y]
        assert all(isinstance(number, int | float) for number in numbers)
        assert each.plot.x not in each.plot.y
        assert (each.plot.kind is PlotKind.HEAT) == (each.table.id == "stops-by-hour")


def test_what_was_worked_out_of_a_receipt_is_remembered() -> None:
    world, desk = a_drive(a_world(*all_green(), declared()), to=OEVERDAM), ReportDesk()
    asked = {"actor": ADMIN, "now": LATER, "pause": lambda: None}
    first = desk.indicators(DAY, world=world, **asked)  # type: ignore[arg-type]

    journal = Unread(world.journal)
    again = desk.indicators(DAY, world=replace(world, journal=journal), **asked)  # type: ignore[arg-type]

    assert again == first


class Unread:
    """A journal whose receipts nobody reads."""

    def __init__(self, journal: Any) -> None:
        self._journal = journal

    def __getattr__(self, name: str) -> Any:
        assert name not in ("enclosure", "about")
        return getattr(self._journal, name)


@pytest.mark.parametrize("actor", [DISPATCHER, NURSE, COORDINATOR, GP], ids=lambda actor: actor.role)
def test_indicators_are_for_mma_and_admin(actor: Any) -> None:
    with pytest.raises(Forbidden):
        ReportDesk().indicators(DAY, actor=actor, now=LATER, world=a_world(), pause=lambda: None)


@pytest.mark.parametrize(
    ("values", "share", "expected"), [([], 0.5, None), ([3, 1, 2], 0.5, 2), ([1, 2], 0.5, 1), ([1, 2, 3], 0.95, 3)]
)
def test_quantile_is_a_value_that_was_there(values: list[float], share: float, expected: float | None) -> None:
    assert quantile(values, share) == expected


def test_value_on_an_edge_counts_above_it() -> None:
    assert tally([0, 1, 2, 9], (1, 5)) == (1, 2, 1)


def test_nothing_has_no_mean_and_no_share() -> None:
    assert (mean([]), percentage(0, 0)) == (None, None)
