"""What happens between the earliest and the latest arrival, and how it is told."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from advisor.kernel import Department, Status
from advisor.protocol.band import boundary_within, changes_within
from advisor.protocol.explain import Language, headline, sentence
from advisor.protocol.model import (
    Arrival,
    ConsultOutcome,
    DepartmentState,
    Opening,
    Outcome,
    Patient,
    Site,
    Stability,
    Suspicion,
)
from advisor.protocol.reasons import say
from advisor.protocol.standing import Lapses, View
from tests.protocol.hospitals import (
    LINDE,
    NOW,
    STABLE,
    UNSTABLE,
    editions,
    linde,
    open_state,
    picture,
    stopped,
    verdict_of,
)

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
EARLY, LATE = NOW + 10 * MINUTE, NOW + 14 * MINUTE
BAND = Arrival(early=EARLY, expected=NOW + 12 * MINUTE, late=LATE)
SEH, PCI = Department.SEH, Department.PCI


def view(states: dict[Department, DepartmentState], site: Site | None = None) -> View:
    where = site or linde()
    return View(
        site=where,
        states=states,
        edition=editions().speaking_for(where, NOW),
        now=NOW,
        lapses=Lapses(picture(where, states), NOW, editions()),
    )


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (open_state(), False),
        (stopped(until=EARLY), False),
        (stopped(until=EARLY + SECOND), True),
        (stopped(until=LATE), True),
        (stopped(until=LATE + SECOND), False),
        (open_state(planned_from=EARLY - SECOND), False),
        (open_state(planned_from=EARLY), True),
        (open_state(planned_from=LATE - SECOND), True),
        (open_state(planned_from=LATE), False),
    ],
)
def test_ends_of_the_band_differ_only_when_something_happens_between(state: DepartmentState, changes: bool) -> None:
    assert changes_within(view({SEH: state}), (SEH,), BAND) is changes
    assert changes_within(view({SEH: state}), (PCI, SEH), BAND) is changes
    assert not changes_within(view({SEH: state}), (PCI,), BAND)


def test_opening_hours_may_always_change() -> None:
    site = linde(opening=Opening(opens=time(8), closes=time(22)))

    assert changes_within(view({}, site), (SEH,), BAND)


@pytest.mark.parametrize(
    ("state", "kind", "at"),
    [
        (stopped(until=EARLY), "until", EARLY),
        (stopped(until=LATE), "until", LATE),
        (open_state(planned_from=EARLY), "planned", EARLY),
        (stopped(since=LATE - 20 * MINUTE, until=None), "grace", LATE),
        (stopped(since=EARLY - 20 * MINUTE, until=LATE), "grace", EARLY),
        (stopped(until=EARLY + MINUTE, planned_from=LATE), "until", EARLY + MINUTE),
        (open_state(until=LATE, planned_from=EARLY + MINUTE), "planned", EARLY + MINUTE),
    ],
)
def test_boundary_is_the_first_thing_that_happens_in_the_band(state: DepartmentState, kind: str, at: datetime) -> None:
    boundary = boundary_within(view({SEH: state}), (PCI, SEH), BAND)

    assert boundary == {"boundary": kind, "at": at, "department": SEH, "status": state.status}


@pytest.mark.parametrize("state", [stopped(until=EARLY - SECOND), stopped(until=LATE + SECOND), open_state()])
def test_band_without_a_boundary_has_none(state: DepartmentState) -> None:
    assert boundary_within(view({SEH: state}), (SEH,), BAND) == {}


def test_other_regions_know_no_grace_boundary() -> None:
    state = stopped(since=LATE - 20 * MINUTE, until=None)

    assert boundary_within(view({SEH: state}, linde(protocol="")), (SEH,), BAND) == {}


def test_two_things_at_once_are_told_as_one() -> None:
    both = {PCI: stopped(until=LATE), SEH: stopped(until=LATE)}

    assert boundary_within(view(both), (PCI, SEH), BAND)["department"] is PCI


@pytest.mark.parametrize(
    ("opening", "kind", "at"),
    [
        (Opening(opens=time(8), closes=time(12, 11)), "closes", NOW + 11 * MINUTE),
        (Opening(opens=time(12, 12), closes=time(22)), "opens", NOW + 12 * MINUTE),
    ],
)
def test_closing_and_opening_are_boundaries_of_the_seh(opening: Opening, kind: str, at: datetime) -> None:
    boundary = boundary_within(view({}, linde(opening=opening)), (SEH,), BAND)

    assert boundary == {"boundary": kind, "at": at, "department": SEH, "status": None}


@pytest.mark.parametrize(
    ("patient", "states", "site", "dutch", "english"),
    [
        (
            STABLE,
            {SEH: open_state(planned_from=NOW + 12 * MINUTE)},
            linde(),
            "Geplande stop van de SEH vanaf 12:12, u bent er tussen 12:10 en 12:14: eerst welkom, later overleggen.",
            "Planned stop of the SEH from 12:12, you arrive between 12:10 and 12:14: first welcome, later call first.",
        ),
        (
            STABLE,
            {},
            linde(opening=Opening(opens=time(12, 12), closes=time(22))),
            "De SEH gaat om 12:12 open, u bent er tussen 12:10 en 12:14: eerst gesloten, later overleggen.",
            "The SEH opens at 12:12, you arrive between 12:10 and 12:14: first closed, later call first.",
        ),
        (
            Patient(abcd=Stability.STABLE, suspicion=Suspicion.STEMI),
            {PCI: stopped(until=NOW + 12 * MINUTE)},
            linde(),
            "PCI rood tot 12:12, u bent er tussen 12:10 en 12:14: eerst uitwijken, later overleggen.",
            "PCI red until 12:12, you arrive between 12:10 and 12:14: first go elsewhere, later call first.",
        ),
    ],
)
def test_band_is_told_with_its_boundary_and_both_moments(
    patient: Patient, states: dict[Department, DepartmentState], site: Site, dutch: str, english: str
) -> None:
    reason = verdict_of(patient, states, site, BAND).reasons[0]

    assert (sentence(reason, Language.NL), sentence(reason, Language.EN)) == (dutch, english)


def test_band_without_a_known_boundary_is_told_too() -> None:
    values = {"early": EARLY, "late": LATE, "early_outcome": Outcome.DIVERT, "late_outcome": Outcome.CONSULT}
    reason = say("PD-2", Outcome.CONSULT, now=NOW, **values)

    assert sentence(reason, Language.NL) == (
        "De stand verandert, u bent er tussen 12:10 en 12:14: eerst uitwijken, later overleggen."
    )
    assert sentence(reason, Language.EN) == (
        "The status changes, you arrive between 12:10 and 12:14: first go elsewhere, later call first."
    )


def test_band_across_midnight_names_the_day() -> None:
    midnight = NOW + 12 * 60 * MINUTE
    states = {SEH: stopped(until=midnight + MINUTE)}
    band = Arrival(early=midnight - MINUTE, expected=midnight, late=midnight + 2 * MINUTE)

    reason = verdict_of(STABLE, states, arrival=band).reasons[0]

    assert sentence(reason, Language.NL) == (
        "SEH rood tot wo 4-2 00:01, u bent er tussen 23:59 en wo 4-2 00:02: eerst uitwijken, later overleggen."
    )


def test_band_keeps_what_both_ends_say() -> None:
    verdict = verdict_of(STABLE, {SEH: stopped(until=NOW + 12 * MINUTE)}, arrival=BAND)
    values = verdict.reasons[0].values

    assert {reason.rule for reason in verdict.reasons} == {"PD-2", "RED-1", "RED-3", "AMB-16"}
    assert (values["early_outcome"], values["late_outcome"]) == (Outcome.DIVERT, Outcome.CONSULT)


def test_life_threat_is_welcome_across_the_whole_band() -> None:
    verdict = verdict_of(UNSTABLE, {SEH: stopped(until=NOW + 12 * MINUTE)}, arrival=BAND)

    assert (verdict.outcome, verdict.reasons[0].rule) == (Outcome.WELCOME_EXCEPTION, "RX-1")


@pytest.mark.parametrize(
    ("state", "opens", "dutch"),
    [
        (open_state(), time(12, 5), "SEH nu dicht, open vanaf 12:05: bel."),
        (open_state(status=Status.GREY), time(12, 5), "SEH nu dicht, open vanaf 12:05: bel."),
        (open_state(status=Status.GREY), time(8), "SEH meldt buiten openingstijd: bel."),
    ],
)
def test_doubt_about_opening_hours_is_told(state: DepartmentState, opens: time, dutch: str) -> None:
    verdict = verdict_of(STABLE, {SEH: state}, linde(opening=Opening(opens=opens, closes=time(22))))

    assert headline(verdict, Language.NL) == dutch
    assert verdict.reasons[0].values["department"] is SEH


def test_old_status_does_not_decide_where_the_hours_are_in_doubt() -> None:
    accepted = replace(STABLE, consult={LINDE: ConsultOutcome.ACCEPTED})
    site = linde(opening=Opening(opens=time(12, 5), closes=time(22)))

    verdict = verdict_of(accepted, {SEH: open_state(reported_at=NOW - 30 * MINUTE)}, site)

    assert headline(verdict, Language.NL) == "SEH nu dicht, open vanaf 12:05: bel."
    assert [reason.rule for reason in verdict.reasons[:2]] == ["AMB-17", "PD-4"]


def test_opening_tomorrow_names_the_day() -> None:
    site = linde(opening=Opening(opens=time(8), closes=time(11)))
    morning = NOW + 20 * 60 * MINUTE + MINUTE

    verdict = verdict_of(STABLE, {}, site, Arrival(early=morning, expected=morning, late=morning))

    assert headline(verdict, Language.NL) == "SEH nu dicht, open vanaf wo 4-2 08:00: bel."


def test_closing_is_told_once() -> None:
    site = linde(opening=Opening(opens=time(8), closes=time(12, 5)))

    assert [reason.rule for reason in verdict_of(STABLE, {}, site).reasons] == ["COL-5"]


def test_calamity_is_told_through_closing_time() -> None:
    site = linde(opening=Opening(opens=time(8), closes=time(12, 5)))

    assert verdict_of(STABLE, {SEH: stopped(Status.CALAMITY)}, site).reasons[0].rule == "COL-4"
