"""What is listed one by one: norm breaches, planned stops, refusals, lapses, deviations."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from advisor.journal.events import LapseConfirmed, PlanId, PlanWithdrawn, ReportedState, StopPlanned
from advisor.journal.ride_events import (
    Announced,
    Departed,
    DestinationChosen,
    HandedOver,
    Refused,
    ReviewVerdict,
    RideReviewed,
)
from advisor.kernel import Department, HospitalId, InvalidInput, RideId, Status
from advisor.protocol.model import Outcome, StopReason
from advisor.reports.words import of_outcome, of_reason, of_status
from advisor.services.access import Forbidden
from advisor.services.refusals import Wording
from advisor.services.reporting import EventKind, ReportQuery, make_query
from tests.reports.desk import DAY, LATER, a_drive, events, named
from tests.world import (
    COORDINATOR,
    DISPATCHER,
    GP,
    NOW,
    NURSE,
    OEVERDAM,
    REGION,
    VELDSTAD,
    a_world,
    all_green,
    at,
    declared,
    extended,
    reported,
)

RIDE: dict[str, Any] = {"by": NURSE.name, "ride_id": RideId("r1")}
REFUSED = Refused(**RIDE, at=at(40), reason="geen bed")
ELSEWHERE = (
    DestinationChosen(
        **RIDE, at=at(41), hospital=OEVERDAM, rank=2, outcome=Outcome.WELCOME, expected_at=at(50), reason="geweigerd"
    ),
    Announced(**RIDE, at=at(41)),
    Departed(**RIDE, at=at(42), outcome=Outcome.WELCOME, expected_at=at(50)),
)
PLAN = StopPlanned(
    at=NOW - timedelta(hours=30),
    by="coordinator",
    plan_id=PlanId("p1"),
    hospital=VELDSTAD,
    department=Department.SEH,
    reason=StopReason.TECHNICAL,
    start=NOW,
    until=at(600),
)


class TestNormBreaches:
    def test_stop_longer_than_its_norm_is_listed_with_how_much(self) -> None:
        long = (declared(), extended(when=at(100), until=at(150)))

        [row] = named(events(a_world(*long), EventKind.NORM_BREACHES))

        assert (row["Ziekenhuis"], row["Stand"], row["Begin"], row["Einde"]) == (
            "Veldstad",
            of_status(Status.RED),
            NOW,
            at(150),
        )
        assert (row["Minuten"], row["Norm (min)"], row["Over de norm (min)"], row["Verlengd"]) == (150, 120, 30, 1)

    def test_stop_of_exactly_its_norm_is_not_listed(self) -> None:
        assert named(events(a_world(declared()), EventKind.NORM_BREACHES)) == []

    def test_stop_without_a_norm_is_not_listed(self) -> None:
        """Overkant lies outside the regional protocol."""
        world = a_world(declared(hospital="overkant", until=at(600)))

        assert named(events(world, EventKind.NORM_BREACHES)) == []

    def test_running_stop_counts_until_now_and_has_no_end(self) -> None:
        [row] = named(events(a_world(declared(until=at(600))), EventKind.NORM_BREACHES, now=at(130)))

        assert (row["Einde"], row["Minuten"]) == (None, 130)

    def test_stop_that_a_source_told_of_is_listed(self) -> None:
        state = ReportedState(status=Status.RED, until=at(200), reason=StopReason.PATIENT_PEAK, note="vol")
        world = a_world(replace(reported(), departments={Department.SEH: state}))

        [row] = named(events(world, EventKind.NORM_BREACHES))

        assert (row["Over de norm (min)"], row["Reden"], row["Toelichting"], row["Verlengd"]) == (
            80,
            of_reason(StopReason.PATIENT_PEAK),
            "vol",
            None,
        )

    def test_stop_that_began_before_the_period_is_not_listed(self) -> None:
        world = a_world(declared(until=at(600)))
        tomorrow = ReportQuery(first=date(2026, 3, 11), last=date(2026, 3, 11))

        assert named(events(world, EventKind.NORM_BREACHES, tomorrow)) == []


class TestPlannedStops:
    def test_plan_is_listed_with_how_early_it_was_announced_and_what_came_of_it(self) -> None:
        carried_out = replace(declared(when=at(5), until=at(300)), plan_id=PlanId("p1"))

        [row] = named(events(a_world(PLAN, carried_out), EventKind.PLANNED_STOPS))

        assert (row["Uren vooraf"], row["Op tijd gemeld"]) == (30.0, Wording(nl="ja", en="yes"))
        assert (row["Uitgevoerd van"], row["Uitgevoerd tot"]) == (at(5), at(300))

    def test_late_announcement_is_told_as_late(self) -> None:
        late = replace(PLAN, at=NOW - timedelta(hours=23))

        [row] = named(events(a_world(late), EventKind.PLANNED_STOPS))

        assert (row["Op tijd gemeld"], row["Uitgevoerd van"]) == (Wording(nl="nee", en="no"), None)

    def test_plan_that_was_announced_almost_a_year_ahead_is_listed(self) -> None:
        early = replace(PLAN, at=NOW - timedelta(days=366))

        assert len(named(events(a_world(early), EventKind.PLANNED_STOPS))) == 1

    def test_withdrawn_plan_says_when(self) -> None:
        withdrawn = PlanWithdrawn(at=NOW - timedelta(hours=3), by="coordinator", plan_id=PlanId("p1"))

        [row] = named(events(a_world(PLAN, withdrawn), EventKind.PLANNED_STOPS))

        assert row["Ingetrokken"] == withdrawn.at


class TestRefusals:
    def test_refusal_is_listed_with_its_reason_and_what_was_chosen_instead(self) -> None:
        world = a_drive(a_world(*all_green()), then=(REFUSED, *ELSEWHERE))

        found = events(world, EventKind.REFUSALS)

        [row] = named(found)
        assert (row["Ziekenhuis"], row["Reden"], row["Daarna gekozen"]) == ("Veldstad", "geen bed", "Oeverdam")
        assert row["Klasse bij vertrek"] == of_outcome(Outcome.WELCOME)
        assert found.crews == {"r1": NURSE.name}

    def test_ride_without_a_refusal_is_not_listed(self) -> None:
        world = a_drive(a_world(*all_green()), then=[HandedOver(**RIDE, at=at(50))])

        assert named(events(world, EventKind.REFUSALS)) == []


class TestLapses:
    CONFIRMED = LapseConfirmed(at=at(10), by="dispatcher", mka=REGION, department=Department.SEH)

    def test_lapse_tells_which_stops_stood_and_when_the_last_was_gone(self) -> None:
        world = a_world(declared("s1", until=at(60)), declared("s2", hospital=OEVERDAM, until=at(25)), self.CONFIRMED)

        [row] = named(events(world, EventKind.LAPSES))

        assert row["Stops die toen stonden"] == "Oeverdam, Veldstad"
        assert row["Minuten tot de laatste weg was"] == 50

    def test_lapse_is_about_its_own_category_and_region(self) -> None:
        others = (declared("s1", department=Department.CCU), declared("s2", hospital="overkant"))

        [row] = named(events(a_world(*others, self.CONFIRMED), EventKind.LAPSES))

        assert row["Stops die toen stonden"] == ""

    @pytest.mark.parametrize(("region", "count"), [(REGION, 1), ("Verzinregio", 1), ("Overkant", 0)])
    def test_lapse_belongs_to_the_regions_that_it_touches(self, region: str, count: int) -> None:
        world = a_world(declared(), self.CONFIRMED)

        assert len(named(events(world, EventKind.LAPSES, replace(DAY, region=region)))) == count


class TestDeviations:
    def test_other_than_the_first_is_listed_with_what_was_advised(self) -> None:
        world = a_drive(a_world(*all_green()), to=OEVERDAM, reason="familie")

        [row] = named(events(world, EventKind.DEVIATIONS))

        assert (row["Geadviseerd"], row["Gekozen"], row["Plaats in het advies"]) == ("Veldstad", "Oeverdam", 2)
        assert (row["Reden"], row["Oordeel"]) == ("familie", None)

    def test_review_of_later_is_told(self) -> None:
        reviewed = RideReviewed(
            at=NOW + timedelta(days=9), by="mma", ride_id=RideId("r1"), verdict=ReviewVerdict.DISCUSS
        )
        world = a_drive(a_world(*all_green()), to=OEVERDAM, reason="familie", then=[reviewed])

        [row] = named(events(world, EventKind.DEVIATIONS, now=NOW + timedelta(days=10)))

        assert row["Oordeel"] == Wording(nl="bespreken", en="to discuss")

    def test_choice_after_a_refusal_is_no_deviation(self) -> None:
        world = a_drive(a_world(*all_green()), then=(REFUSED, *ELSEWHERE))

        assert named(events(world, EventKind.DEVIATIONS)) == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (DAY, 1),
        (replace(DAY, hospital=VELDSTAD), 1),
        (replace(DAY, hospital=OEVERDAM), 0),
        (replace(DAY, region="Verzinregio"), 1),
        (replace(DAY, region=REGION), 1),
        (replace(DAY, region="MKA Overkant"), 0),
        (replace(DAY, first=date(2026, 3, 9), last=date(2026, 3, 9)), 0),
    ],
)
def test_list_holds_what_was_asked_for(query: ReportQuery, count: int) -> None:
    world = a_world(declared(until=at(300)))

    assert len(named(events(world, EventKind.NORM_BREACHES, query))) == count


@pytest.mark.parametrize("query", [replace(DAY, region="Nergens"), replace(DAY, hospital=HospitalId("nergens"))])
def test_region_or_hospital_that_does_not_exist_is_refused(query: ReportQuery) -> None:
    with pytest.raises(InvalidInput, match="no such"):
        events(a_world(), EventKind.LAPSES, query)


@pytest.mark.parametrize("kind", EventKind)
@pytest.mark.parametrize("actor", [DISPATCHER, NURSE, COORDINATOR, GP], ids=lambda actor: actor.role)
def test_lists_are_for_mma_and_admin(kind: EventKind, actor: Any) -> None:
    with pytest.raises(Forbidden):
        events(a_world(), kind, actor=actor)


@pytest.mark.parametrize("kind", EventKind)
def test_every_list_has_its_definition_and_heads_in_both_languages(kind: EventKind) -> None:
    found = events(a_world(), kind)
    texts = [found.definition, found.table.title, *found.table.columns]

    assert all(text.nl.strip() and text.en.strip() for text in texts)


class TestQuery:
    TODAY = LATER.date()

    def test_last_thirty_days_are_usual(self) -> None:
        query = make_query(None, None, today=self.TODAY)

        assert (query.first, query.last) == (date(2026, 2, 10), date(2026, 3, 11))

    def test_days_are_local_and_both_belong_to_it(self) -> None:
        period = make_query(date(2026, 3, 29), date(2026, 3, 29), today=self.TODAY).period

        assert period.end is not None
        assert period.end - period.start == timedelta(hours=23)  # the clock goes forward that night

    @pytest.mark.parametrize(("first", "last"), [(date(2026, 3, 2), date(2026, 3, 1)), (date(2025, 1, 1), None)])
    def test_wrong_way_round_or_too_long_is_refused(self, first: date, last: date | None) -> None:
        with pytest.raises(InvalidInput, match="from"):
            make_query(first, last, today=self.TODAY)
