"""What the whole answer and the whole board must say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from advisor.kernel import Capability, Department, Known, Status
from advisor.protocol.dated import CODE_ORANGE
from advisor.protocol.decide import judge_all
from advisor.protocol.explain import Language
from advisor.protocol.model import DepartmentState, Lapse, Patient, Picture, Stability, StopPolicy, Suspicion
from advisor.protocol.notices import Level, Notice, board_notices, notice_sentence, notices
from advisor.protocol.wording_notices import NOTICES
from tests.protocol.golden_files import check_golden
from tests.protocol.hospitals import (
    LINDE,
    NEIGHBOURS,
    NOW,
    REGION,
    STABLE,
    UNSTABLE,
    arriving,
    editions,
    linde,
    open_state,
    picture,
    stopped,
)

MINUTE = timedelta(minutes=1)


def found(patient: Patient, shown: Picture, now: datetime = NOW, *, code_orange: bool = True) -> dict[str, Notice]:
    using = editions().with_pilot(CODE_ORANGE, active=code_orange)
    verdicts = judge_all(patient, shown, dict.fromkeys(shown.sites, arriving()), now, using)
    return {notice.code: notice for notice in notices(patient, shown, verdicts, now, using)}


def everywhere(state: DepartmentState, own: DepartmentState | None = None) -> Picture:
    return picture(linde(), {Department.SEH: own or state}, {name: state for name, _ in NEIGHBOURS})


def on_board(department: Department, state: DepartmentState) -> list[str]:
    return [notice.code for notice in board_notices(picture(linde(), {department: state}), NOW, editions())]


def test_quiet_region_has_nothing_to_say() -> None:
    assert found(STABLE, everywhere(open_state())) == {}


def test_no_destination_left_is_an_alarm() -> None:
    notice = found(STABLE, everywhere(stopped(planned=True), stopped(Status.CALAMITY)))

    assert notice["no_destination"].level is Level.ALARM


def test_only_calls_left_is_a_warning() -> None:
    silent = everywhere(open_state(status=Status.UNKNOWN))

    assert found(STABLE, silent)["only_by_consultation"].level is Level.WARNING
    assert "only_by_consultation" not in found(STABLE, everywhere(stopped(), open_state()))


def test_rule_3_1_met_is_an_alarm_for_the_region_and_category() -> None:
    notice = found(STABLE, everywhere(stopped()))["lapse_met"]

    assert (notice.level, notice.values["mka"], notice.values["department"]) == (Level.ALARM, REGION, Department.SEH)


def test_rule_3_1_of_a_category_that_does_not_count_is_left_out_of_an_advice() -> None:
    shown = everywhere(open_state())
    pci = {hospital: {**states, Department.PCI: stopped()} for hospital, states in shown.states.items()}
    all_pci = replace(shown, states=pci)

    assert "lapse_met" not in found(STABLE, all_pci)
    assert "lapse_met" in found(replace(STABLE, suspicion=Suspicion.STEMI), all_pci)
    assert "lapse_met" in [notice.code for notice in board_notices(all_pci, NOW, editions())]


def test_rule_3_1_about_to_be_met_is_told_before_it_happens() -> None:
    one_left = everywhere(stopped(), open_state())

    notice = found(STABLE, one_left)["lapse_one_away"]
    pending = found(STABLE, replace(one_left, pending=frozenset({(LINDE, Department.SEH)})))

    assert (notice.level, notice.values["hospital"]) == (Level.INFO, LINDE)
    assert pending["lapse_pending"].level is Level.WARNING


def test_rule_3_1_in_doubt_is_a_warning() -> None:
    assert found(STABLE, everywhere(stopped(), stopped(Status.CALAMITY)))["lapse_uncertain"].level is Level.WARNING
    assert "lapse_uncertain" in found(STABLE, replace(everywhere(stopped()), complete=frozenset()))


def test_confirmed_lapse_is_told() -> None:
    confirmed = Lapse(mka=REGION, department=Department.SEH, confirmed_at=NOW - MINUTE)

    notice = found(STABLE, replace(everywhere(stopped()), lapses=(confirmed,)))["lapse_confirmed"]

    assert (notice.level, notice.values["confirmed_at"]) == (Level.INFO, NOW - MINUTE)


def test_rule_3_1_is_not_told_of_regions_without_it() -> None:
    shown = everywhere(stopped())
    elsewhere = {name: replace(site, protocol="") for name, site in shown.sites.items()}

    assert "lapse_met" not in found(STABLE, replace(shown, sites=elsewhere))


def test_silent_hospitals_are_counted() -> None:
    shown = everywhere(open_state(), open_state(reported_at=NOW - 16 * MINUTE))

    notice = found(STABLE, shown)["statuses_unknown"]

    assert (notice.level, notice.values["count"], notice.values["minutes"]) == (Level.WARNING, 1, 15)


def test_wholly_silent_board_is_an_alarm() -> None:
    notice = found(STABLE, everywhere(open_state(reported_at=NOW - 16 * MINUTE)))

    assert notice["all_statuses_unknown"].level is Level.ALARM


def test_hospitals_outside_the_platform_are_not_called_silent() -> None:
    shown = everywhere(open_state(status=Status.UNKNOWN))
    outside = {name: replace(site, policy=StopPolicy.NOT_IN_LPZ) for name, site in shown.sites.items()}

    assert "all_statuses_unknown" not in found(STABLE, replace(shown, sites=outside))


def test_hospital_without_any_state_is_silent() -> None:
    shown = everywhere(open_state())
    nothing = {name: states for name, states in shown.states.items() if name != LINDE}

    assert found(STABLE, replace(shown, states=nothing))["statuses_unknown"].values["count"] == 1


def test_hospital_outside_the_platform_does_not_hide_the_silent_ones() -> None:
    shown = everywhere(open_state(), open_state(reported_at=None))
    wilg = NEIGHBOURS[0][0]
    outside = {name: replace(site, policy=StopPolicy.NOT_IN_LPZ) for name, site in shown.sites.items() if name == wilg}
    sites = {**outside, **{name: site for name, site in shown.sites.items() if name != wilg}}

    assert found(STABLE, replace(shown, sites=sites))["statuses_unknown"].values["count"] == 1


def test_unknown_abcd_is_mentioned() -> None:
    assert found(Patient(), everywhere(open_state()))["abcd_unknown"].level is Level.INFO
    assert "abcd_unknown" not in found(UNSTABLE, everywhere(open_state()))


def test_alarm_when_no_hospital_is_known_to_have_what_is_needed() -> None:
    shown = everywhere(open_state())
    without = {
        name: replace(site, facilities={**site.facilities, Capability.VASCULAR: Known.UNKNOWN})
        for name, site in shown.sites.items()
    }
    raaa = Patient(abcd=Stability.STABLE, suspicion=Suspicion.RAAA)

    assert found(raaa, replace(shown, sites=without))["nobody_known_able"].level is Level.ALARM
    assert "nobody_known_able" not in found(raaa, shown)
    assert "nobody_known_able" not in found(replace(raaa, suspicion=Suspicion.CARDIAC), replace(shown, sites=without))


def test_protocol_that_is_not_in_force_is_told() -> None:
    before = datetime(2026, 1, 5, 6, 59, 59, tzinfo=UTC)

    assert "edition_not_in_force" in found(STABLE, everywhere(open_state()), before)
    assert "edition_not_in_force" not in found(STABLE, everywhere(open_state()), before + timedelta(seconds=1))


def test_pilot_switched_off_is_told() -> None:
    assert "code_orange_off" in found(STABLE, everywhere(open_state()), code_orange=False)


def test_most_urgent_notice_stands_first() -> None:
    shown = everywhere(stopped(Status.CALAMITY))
    levels = [notice.level for notice in found(Patient(), shown).values()]

    assert levels == sorted(levels, key=[Level.ALARM, Level.WARNING, Level.INFO].index)
    assert set(levels) >= {Level.ALARM, Level.INFO}


@pytest.mark.parametrize(("left", "told"), [(timedelta(minutes=10, seconds=1), False), (10 * MINUTE, True)])
def test_stop_that_ends_within_ten_minutes_is_on_the_board(left: timedelta, told: bool) -> None:
    assert ("stop_ends_soon" in on_board(Department.PCI, stopped(until=NOW + left))) is told


@pytest.mark.parametrize(("lasted", "told"), [(120 * MINUTE, False), (timedelta(minutes=120, seconds=1), True)])
def test_stop_beyond_its_norm_is_on_the_board(lasted: timedelta, told: bool) -> None:
    assert ("norm_exceeded" in on_board(Department.PCI, stopped(since=NOW - lasted))) is told


def test_planned_long_stop_is_not_held_to_the_norm() -> None:
    assert "norm_exceeded" not in on_board(Department.PCI, stopped(since=NOW - 300 * MINUTE, planned=True))


def test_stop_without_moments_is_no_breach_and_does_not_end() -> None:
    assert on_board(Department.PCI, stopped(since=None, until=None)) == []


def test_status_that_cannot_be_is_on_the_board() -> None:
    assert "impossible_status" in on_board(Department.PCI, stopped(Status.ORANGE))


@pytest.mark.parametrize(
    ("ahead", "told"), [(0 * MINUTE, True), (30 * MINUTE, True), (31 * MINUTE, False), (-MINUTE, False)]
)
def test_planned_stop_within_half_an_hour_is_on_the_board(ahead: timedelta, told: bool) -> None:
    assert ("plan_starts_soon" in on_board(Department.PCI, open_state(planned_from=NOW + ahead))) is told


def test_board_tells_nothing_of_hospitals_it_does_not_have() -> None:
    shown = picture(linde(), {})
    ending = {Department.PCI: stopped(until=NOW + MINUTE)}
    own = {**shown.states[LINDE], **ending}
    stranger = replace(shown, states={"elsewhere": ending, **shown.states, LINDE: own})

    assert [notice.values["hospital"] for notice in board_notices(stranger, NOW, editions())] == [LINDE]


@pytest.mark.parametrize("state", [open_state(until=NOW + MINUTE), open_state(status=Status.UNKNOWN)])
def test_department_without_a_stop_is_not_on_the_board(state: DepartmentState) -> None:
    assert on_board(Department.PCI, state) == []


def test_code_orange_of_the_seh_is_on_the_board() -> None:
    assert "stop_ends_soon" in on_board(Department.SEH, stopped(Status.ORANGE, until=NOW + MINUTE))


def test_moments_of_another_day_name_the_day() -> None:
    yesterday = NOW - timedelta(hours=20)
    confirmed = Lapse(mka=REGION, department=Department.SEH, confirmed_at=yesterday)
    lapsed = replace(everywhere(stopped(since=yesterday)), lapses=(confirmed,))
    board = board_notices(picture(linde(), {Department.PCI: stopped(since=yesterday)}), NOW, editions())

    assert texts(found(STABLE, lapsed)["lapse_confirmed"])[0].endswith("(bevestigd om ma 2-2 16:00).")
    assert texts(board[0])[0].endswith("(sinds ma 2-2 16:00).")


def test_every_notice_is_told_in_both_languages() -> None:
    assert NOTICES["nl"].keys() == NOTICES["en"].keys()
    assert {language.value for language in Language} == NOTICES.keys()


def test_sentence_of_a_notice_names_the_region() -> None:
    notice = found(STABLE, everywhere(stopped()))["lapse_met"]

    assert notice_sentence(notice, Language.NL) == (
        "Alle SEH's in MKA Rivierenland rood of oranje: vervallen volgens 3.1, bevestig bij MKA."
    )
    assert notice_sentence(notice, Language.EN) == (
        "All SEHs in MKA Rivierenland red or orange: lapsed by 3.1, confirm with the MKA."
    )


def test_notices_are_told_in_the_signed_words() -> None:
    one_left = everywhere(stopped(), open_state())
    confirmed = Lapse(mka=REGION, department=Department.SEH, confirmed_at=NOW - MINUTE)
    raaa = Patient(abcd=Stability.STABLE, suspicion=Suspicion.RAAA)
    quiet = everywhere(open_state())
    unable = {
        name: replace(site, facilities={**site.facilities, Capability.VASCULAR: Known.NO})
        for name, site in quiet.sites.items()
    }
    pci = {name: {**states, Department.PCI: stopped(until=NOW + 5 * MINUTE)} for name, states in quiet.states.items()}
    before = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
    advices = [
        found(Patient(), everywhere(stopped(Status.CALAMITY))),
        found(STABLE, everywhere(stopped())),
        found(STABLE, one_left),
        found(STABLE, replace(one_left, pending=frozenset({(LINDE, Department.SEH)}))),
        found(STABLE, everywhere(stopped(), stopped(Status.CALAMITY))),
        found(STABLE, replace(everywhere(stopped()), lapses=(confirmed,))),
        found(STABLE, everywhere(open_state(), open_state(reported_at=None))),
        found(STABLE, everywhere(open_state(reported_at=None), open_state())),
        found(STABLE, everywhere(open_state(reported_at=None))),
        found(raaa, replace(quiet, sites=unable)),
        found(STABLE, quiet, before),
        found(STABLE, quiet, code_orange=False),
    ]
    boards = [
        replace(quiet, states=pci),
        picture(linde(), {Department.PCI: stopped(since=NOW - 130 * MINUTE)}),
        picture(linde(), {Department.CTT: stopped(Status.ORANGE)}),
        picture(linde(), {Department.SEH: open_state(planned_from=NOW + 20 * MINUTE)}),
    ]
    spoken = [notice for advice in advices for notice in advice.values()]
    spoken += [notice for board in boards for notice in board_notices(board, NOW, editions())]
    lines = []
    for notice in dict.fromkeys((one.code, one.level, one.section, *texts(one)) for one in spoken):
        code, level, section, dutch, english = notice
        lines += [f"{code} ({level}) [{section}]", f"  {dutch}", f"  {english}"]

    check_golden("notices.txt", lines)
    assert {one.code for one in spoken} == NOTICES["nl"].keys()


def texts(notice: Notice) -> tuple[str, str]:
    return notice_sentence(notice, Language.NL), notice_sentence(notice, Language.EN)


def test_notice_of_a_stop_says_which_hospital_and_department() -> None:
    [notice] = board_notices(picture(linde(), {Department.PCI: stopped(until=NOW + MINUTE)}), NOW, editions())

    assert (notice.values["hospital"], notice.values["department"]) == (LINDE, Department.PCI)


def test_separate_cardiac_entrance_counts_among_the_categories() -> None:
    shown = everywhere(open_state())
    ehlh = {hospital: {**states, Department.EHLH: stopped()} for hospital, states in shown.states.items()}

    assert "lapse_met" in found(replace(STABLE, suspicion=Suspicion.CARDIAC), replace(shown, states=ehlh))
