"""Who must do what: with an advice, before a declaration, for a plan, after a lapse."""

from dataclasses import replace

import pytest

from advisor.kernel import Capability, Department, Known, Status
from advisor.protocol.duties import (
    DUTIES,
    LAPSE_DUTIES,
    PLAN_DUTIES,
    duties_before_declaring,
    is_scarce,
    would_be_last,
)
from advisor.protocol.lapse import LapseKind, LapseState, lapse_state
from advisor.protocol.model import (
    Answer,
    ConsultOutcome,
    EnRoute,
    Origin,
    Patient,
    Stability,
    Suspicion,
    TreatmentRelation,
)
from advisor.protocol.not_encoded import NOT_ENCODED
from advisor.protocol.wording_duties import DUTIES as SENTENCES
from tests.protocol.hospitals import (
    LINDE,
    NEIGHBOURS,
    NOW,
    REGION,
    STABLE,
    UNSTABLE,
    editions,
    linde,
    open_state,
    picture,
    stopped,
    verdict_of,
)

NHFL = editions().regional[0]
SEH_RED = {Department.SEH: stopped()}
SEH_ORANGE = {Department.SEH: stopped(Status.ORANGE)}
KNOWN = {LINDE: TreatmentRelation(active=Answer.YES, related=Answer.YES)}


@pytest.mark.parametrize(
    ("patient", "states", "duties"),
    [
        (STABLE, {}, ("check_lpz_before_departure",)),
        (replace(STABLE, en_route={LINDE: EnRoute(departed_at=NOW)}), {}, ()),
        (replace(STABLE, en_route={LINDE: EnRoute(announced_at=NOW)}), {}, ("check_lpz_before_departure",)),
        (STABLE, SEH_RED, ("substantiate_consultation",)),
        (STABLE, SEH_ORANGE, ()),
        (UNSTABLE, SEH_RED, ("check_lpz_before_departure",)),
        (Patient(), SEH_RED, ("phone_seh_physician", "check_lpz_before_departure")),
        (
            Patient(abcd=Stability.STABLE, suspicion=Suspicion.STROKE),
            {Department.CTT: open_state(status=Status.UNKNOWN)},
            ("phone_department", "check_lpz_before_departure"),
        ),
        (replace(STABLE, consult={LINDE: ConsultOutcome.REFUSED}), SEH_RED, ("inform_mma_of_dispute",)),
        (
            replace(UNSTABLE, consult={LINDE: ConsultOutcome.REFUSED}),
            SEH_RED,
            ("inform_mma_of_dispute", "check_lpz_before_departure"),
        ),
        (
            replace(STABLE, origin=Origin.GP, relation=KNOWN),
            SEH_RED,
            ("phone_seh_physician", "ask_gp_acceptance", "check_lpz_before_departure"),
        ),
        (
            replace(STABLE, origin=Origin.GP, relation=KNOWN),
            SEH_ORANGE,
            ("may_defer_known_patient", "check_lpz_before_departure"),
        ),
        (replace(STABLE, relation=KNOWN), SEH_ORANGE, ("check_lpz_before_departure",)),
        (replace(STABLE, origin=Origin.SELF), SEH_RED, ("receive_self_referral", "check_lpz_before_departure")),
    ],
)
def test_advice_says_what_to_do_next(patient: Patient, states: dict, duties: tuple[str, ...]) -> None:
    assert verdict_of(patient, states).duties == duties


def test_level1_centre_with_a_shockroom_stop_is_called_ahead() -> None:
    site = linde(facilities={**linde().facilities, Capability.LEVEL1: Known.YES})
    trauma = Patient(abcd=Stability.STABLE, suspicion=Suspicion.SEVERE_TRAUMA)

    assert "call_ahead" in verdict_of(trauma, {Department.SR: stopped()}, site).duties


@pytest.mark.parametrize(
    ("patient", "states", "codes"),
    [
        (STABLE, {}, ()),
        (STABLE, SEH_RED, ("substantiation",)),
        (STABLE, SEH_ORANGE, ("active_treatment",)),
        (replace(STABLE, origin=Origin.GP, relation=KNOWN), SEH_ORANGE, ("active_treatment", "deferral")),
        (replace(STABLE, consult={LINDE: ConsultOutcome.REFUSED}), SEH_RED, ("dispute",)),
        (replace(UNSTABLE, consult={LINDE: ConsultOutcome.ACCEPTED}), SEH_RED, ()),
    ],
)
def test_advice_names_what_is_left_to_people(patient: Patient, states: dict, codes: tuple[str, ...]) -> None:
    assert verdict_of(patient, states).judgement == codes


def test_other_regions_leave_the_detour_to_people() -> None:
    assert verdict_of(STABLE, SEH_RED, linde(protocol="")).judgement == ("as_far_as_possible",)


def state_of(open_: int, stopped_: int) -> LapseState:
    names = [LINDE, *(name for name, _ in NEIGHBOURS)]
    return LapseState(
        mka=REGION,
        department=Department.SEH,
        kind=LapseKind.NONE,
        open=tuple(names[:open_]),
        stopped=tuple(names[open_ : open_ + stopped_]),
    )


@pytest.mark.parametrize(("providers", "scarce"), [(1, False), (2, True), (3, True), (4, False)])
def test_care_of_two_or_three_providers_is_scarce(providers: int, scarce: bool) -> None:
    assert is_scarce(state_of(providers, 0), NHFL) is scarce


def test_last_hospital_is_the_only_open_one_among_stopped_ones() -> None:
    assert would_be_last(LINDE, state_of(1, 4))
    assert not would_be_last(LINDE, state_of(2, 3))
    assert not would_be_last(NEIGHBOURS[0][0], state_of(1, 4))
    assert not would_be_last(LINDE, state_of(1, 0))


def test_last_hospital_knows_itself_that_it_has_the_department() -> None:
    unknown = LapseState(
        mka="MKA", department=Department.CTT, kind=LapseKind.UNCERTAIN, stopped=(NEIGHBOURS[0][0],), unknown=(LINDE,)
    )

    assert would_be_last(LINDE, unknown)
    assert not would_be_last(LINDE, replace(unknown, open=(NEIGHBOURS[1][0],)))


def test_red_seh_stop_asks_for_the_escalation_and_the_menu() -> None:
    duties = duties_before_declaring(LINDE, Department.SEH, Status.RED, state_of(5, 0), NHFL)

    assert duties == (
        "escalation_first",
        "record_escalation",
        "check_regional_capacity",
        "choose_reason",
        "not_for_ward_shortage",
        "board_decides",
    )


def test_code_orange_starts_the_escalation_and_is_reported() -> None:
    duties = duties_before_declaring(LINDE, Department.SEH, Status.ORANGE, state_of(5, 0), NHFL)

    assert duties[0] == "escalation_first"
    assert duties[-2:] == ("start_escalation_on_orange", "report_orange")


def test_calamity_waits_for_nothing() -> None:
    assert duties_before_declaring(LINDE, Department.SEH, Status.CALAMITY, state_of(1, 4), NHFL) == ("choose_reason",)


def test_pci_stop_has_no_escalation_list_but_peers_to_phone() -> None:
    shown = picture(linde(), {})
    two = {
        name: replace(site, facilities={**site.facilities, Department.PCI: Known.NO})
        for name, site in shown.sites.items()
        if name not in (LINDE, NEIGHBOURS[0][0])
    }
    lapse = lapse_state(replace(shown, sites={**shown.sites, **two}), REGION, Department.PCI, NOW, editions())

    duties = duties_before_declaring(LINDE, Department.PCI, Status.RED, lapse, NHFL)

    assert "escalation_first" not in duties
    assert "phone_peers_of_scarce_care" in duties


def test_shockroom_has_an_escalation_list() -> None:
    assert duties_before_declaring(LINDE, Department.SR, Status.RED, state_of(5, 0), NHFL)[0] == "escalation_first"


def test_last_hospital_phones_the_subregion_first() -> None:
    duties = duties_before_declaring(LINDE, Department.SEH, Status.RED, state_of(1, 4), NHFL)

    assert duties[0] == "escalation_first"
    assert duties[-2:] == ("phone_subregion_as_last", "tell_subregion_lifted")


def test_every_duty_has_a_sentence_in_both_languages() -> None:
    assert SENTENCES["nl"].keys() == SENTENCES["en"].keys() == DUTIES.keys()
    assert set(PLAN_DUTIES) | set(LAPSE_DUTIES) <= DUTIES.keys()


def test_every_passage_left_to_people_says_why() -> None:
    assert all(passage.rules and passage.nl and passage.en and passage.why for passage in NOT_ENCODED)
    assert len({passage.code for passage in NOT_ENCODED}) == len(NOT_ENCODED)
