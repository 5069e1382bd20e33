"""Rule 3.1: when the stops of a category in a meldkamer region lapse, and what a confirmation does."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from advisor.kernel import Department, Known, Status
from advisor.protocol.model import DepartmentState, Lapse, Opening, Picture, StopPolicy, StopReason
from advisor.protocol.stops import LapseKind, effective_status, lapse_state
from tests.protocol.hospitals import LINDE, NEIGHBOURS, NOW, REGION, editions, linde, open_state, picture, stopped

SECOND = timedelta(seconds=1)
WILG = NEIGHBOURS[0][0]
KADE = NEIGHBOURS[3][0]


def effective(shown: Picture) -> Status:
    return effective_status(shown, LINDE, Department.SEH, NOW, NOW, editions())


def all_stopped(own: DepartmentState | None = None, **changes: object) -> Picture:
    state = stopped(**changes)  # type: ignore[arg-type]
    return picture(linde(), {Department.SEH: own or state}, {name: state for name, _ in NEIGHBOURS})


def lapse(shown: Picture, department: Department = Department.SEH):
    return lapse_state(shown, REGION, department, NOW, editions())


def test_rule_is_met_when_all_have_a_stop() -> None:
    state = lapse(all_stopped())

    assert (state.kind, len(state.stopped), state.open, state.providers) == (LapseKind.MET, 5, (), 5)
    assert not state.one_away


def test_confirmed_lapse_opens_the_stops_declared_up_to_it() -> None:
    declared = NOW - timedelta(minutes=30)
    shown = all_stopped()

    def confirmed(at: datetime) -> Picture:
        return replace(shown, lapses=(Lapse(mka=REGION, department=Department.SEH, confirmed_at=at),))

    assert effective(confirmed(declared)) is Status.GREEN
    assert effective(confirmed(declared - SECOND)) is Status.RED
    assert effective(confirmed(NOW + SECOND)) is Status.RED
    assert lapse(confirmed(declared)).kind is LapseKind.NONE
    assert lapse(confirmed(declared)).confirmed_at == declared
    assert lapse(confirmed(declared - SECOND)).kind is LapseKind.MET


def test_latest_confirmation_counts() -> None:
    early, late = (
        Lapse(mka=REGION, department=Department.SEH, confirmed_at=NOW - timedelta(minutes=minutes))
        for minutes in (50, 5)
    )

    assert lapse(replace(all_stopped(), lapses=(late, early))).confirmed_at == late.confirmed_at


@pytest.mark.parametrize(("mka", "department"), [("MKA Elders", Department.SEH), (REGION, Department.PCI)])
def test_lapse_touches_its_own_region_and_category_alone(mka: str, department: Department) -> None:
    elsewhere = Lapse(mka=mka, department=department, confirmed_at=NOW)

    assert effective(replace(all_stopped(), lapses=(elsewhere,))) is Status.RED


@pytest.mark.parametrize(
    "own",
    [
        stopped(planned=True),
        stopped(reason=StopReason.TECHNICAL),
        stopped(Status.CALAMITY),
        stopped(since=None),
    ],
)
def test_confirmed_lapse_does_not_open_what_3_1_cannot_open(own: DepartmentState) -> None:
    shown = replace(all_stopped(own), lapses=(Lapse(mka=REGION, department=Department.SEH, confirmed_at=NOW),))

    assert effective(shown) is own.status


def test_unconfirmed_lapse_changes_no_status() -> None:
    assert effective(all_stopped()) is Status.RED


def test_region_is_one_away_when_one_is_left() -> None:
    shown = all_stopped(open_state())

    state = lapse(shown)

    assert (state.kind, state.open, state.one_away) == (LapseKind.NONE, (LINDE,), True)


def test_region_without_any_stop_is_not_one_away() -> None:
    assert not lapse(picture(linde(), {})).one_away


def test_unknown_provider_keeps_the_region_from_being_one_away() -> None:
    silent = {name: stopped() for name, _ in NEIGHBOURS} | {WILG: open_state(status=Status.UNKNOWN)}

    assert not lapse(picture(linde(), {}, silent)).one_away


@pytest.mark.parametrize("presence", [Known.NO, Known.UNKNOWN])
def test_provider_counts_by_its_presence(presence: Known) -> None:
    shown = all_stopped()
    kade = replace(shown.sites[KADE], facilities={Department.SEH: presence})
    changed = replace(shown, sites={**shown.sites, KADE: kade})
    opened = replace(changed, states={**changed.states, KADE: {Department.SEH: open_state()}})

    kinds = {Known.NO: LapseKind.MET, Known.UNKNOWN: LapseKind.UNCERTAIN}

    assert lapse(opened).kind is kinds[presence]


def test_stopped_provider_of_unknown_presence_counts_as_stopped() -> None:
    shown = all_stopped()
    kade = replace(shown.sites[KADE], facilities={})

    assert lapse(replace(shown, sites={**shown.sites, KADE: kade})).kind is LapseKind.MET


def test_orange_of_another_region_in_the_meldkamer_region_is_uncertain() -> None:
    shown = all_stopped()
    kade = replace(shown.sites[KADE], protocol="")
    orange = {**shown.states, KADE: {Department.SEH: stopped(Status.ORANGE)}}

    assert lapse(replace(shown, sites={**shown.sites, KADE: kade}, states=orange)).kind is LapseKind.UNCERTAIN


def test_hospital_that_never_stops_blocks_the_rule() -> None:
    shown = all_stopped()
    kade = replace(shown.sites[KADE], policy=StopPolicy.NEVER_STOPS, protocol="")

    assert (
        lapse(replace(shown, sites={**shown.sites, KADE: kade}, states={**shown.states, KADE: {}})).kind
        is LapseKind.NONE
    )


def test_hospital_outside_its_hours_does_not_count() -> None:
    shown = all_stopped()
    night = Opening(opens=time(20), closes=time(23))
    kade = replace(shown.sites[KADE], opening=night)

    state = lapse(replace(shown, sites={**shown.sites, KADE: kade}))

    assert (state.kind, state.excluded) == (LapseKind.EXCLUDED, (KADE,))


def test_region_that_is_not_on_record_has_no_rule() -> None:
    assert lapse_state(all_stopped(), "", Department.SEH, NOW, editions()).kind is LapseKind.NO_DATA


def test_stopped_subregion_is_told_apart_from_a_stopped_region() -> None:
    north = {name: stopped() for name, subregion in NEIGHBOURS if subregion == "Noord"}

    state = lapse(picture(linde(), {Department.SEH: stopped()}, north))

    assert (state.kind, state.stopped_subregions) == (LapseKind.NONE, {"Noord"})


def test_subregion_with_one_stopped_provider_is_not_a_stopped_subregion() -> None:
    shown = picture(linde(), {Department.SEH: stopped()})
    lonely = replace(shown, sites={**shown.sites, LINDE: linde(subregion="Alleen")})

    assert lapse(lonely).stopped_subregions == frozenset()


def test_subregions_say_nothing_when_membership_is_open() -> None:
    north = {name: stopped() for name, subregion in NEIGHBOURS if subregion == "Noord"}
    shown = picture(linde(), {Department.SEH: stopped()}, north)

    assert lapse(replace(shown, complete=frozenset())).stopped_subregions == frozenset()
