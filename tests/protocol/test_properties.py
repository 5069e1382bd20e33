"""What must hold for every patient, every hospital and every board."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.kernel import Capability, Department, HospitalId, Known, Status
from advisor.protocol.decide import judge, judge_all
from advisor.protocol.explain import Language, duty_sentence, headline, judgement_sentence, sentence
from advisor.protocol.model import (
    Answer,
    Arrival,
    ConsultOutcome,
    DepartmentState,
    EnRoute,
    Lapse,
    Opening,
    Origin,
    Outcome,
    Patient,
    Picture,
    Site,
    Stability,
    StopPolicy,
    StopReason,
    Suspicion,
    TreatmentRelation,
)
from advisor.protocol.notices import board_notices, notice_sentence, notices
from advisor.protocol.rank import Option, rank
from advisor.protocol.reasons import SECTIONS
from tests.protocol.hospitals import EVERYTHING, LINDE, NOW, REGION, arriving, editions, linde, neighbours, picture

BETTER = (
    Outcome.WELCOME,
    Outcome.WELCOME_EXCEPTION,
    Outcome.CONSULT,
    Outcome.DIVERT,
    Outcome.UNSUITABLE,
    Outcome.CLOSED,
)
moments = st.none() | st.integers(-7200, 7200).map(lambda seconds: NOW + timedelta(seconds=seconds))
answers = st.sampled_from(Answer)
hours = st.times().map(lambda time: time.replace(microsecond=0))
relations = st.builds(TreatmentRelation, active=answers, related=answers)
patients = st.builds(
    Patient,
    abcd=st.sampled_from(Stability),
    suspicion=st.sampled_from(Suspicion),
    origin=st.sampled_from(Origin),
    inside=st.sampled_from([None, LINDE, HospitalId("de-wilg")]),
    relation=st.dictionaries(st.just(LINDE), relations, max_size=1),
    en_route=st.dictionaries(st.just(LINDE), st.builds(EnRoute, departed_at=moments, announced_at=moments), max_size=1),
    consult=st.dictionaries(st.just(LINDE), st.sampled_from(ConsultOutcome), max_size=1),
    gp_accepted=st.dictionaries(st.just(LINDE), st.booleans(), max_size=1),
    shockroom=st.booleans(),
)
states = st.builds(
    DepartmentState,
    status=st.sampled_from(Status),
    since=moments,
    until=moments,
    reason=st.none() | st.sampled_from(StopReason),
    planned=st.booleans(),
    planned_from=moments,
    planned_until=moments,
    reported_at=st.just(NOW) | moments,
    manual=st.booleans(),
)
boards = st.dictionaries(st.sampled_from(Department), states)
sites = st.builds(
    Site,
    id=st.just(LINDE),
    name=st.just("De Linde"),
    protocol=st.sampled_from(["nhfl", ""]),
    mka=st.sampled_from([REGION, ""]),
    subregion=st.sampled_from(["Noord", ""]),
    facilities=st.dictionaries(st.sampled_from([*Department, *Capability]), st.sampled_from(Known)),
    opening=st.none() | st.builds(Opening, opens=hours, closes=hours),
    policy=st.sampled_from(StopPolicy),
    limited_hours=st.booleans(),
)
arrivals = st.tuples(st.integers(0, 5400), st.integers(0, 1200)).map(
    lambda pair: Arrival(
        early=NOW + timedelta(seconds=pair[0]),
        expected=NOW + timedelta(seconds=pair[0] + pair[1] / 2),
        late=NOW + timedelta(seconds=pair[0] + pair[1]),
    )
)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    site = draw(sites)
    others = neighbours()
    return Picture(
        sites={one.id: one for one in (site, *others)},
        states={one.id: draw(boards) for one in (site, *others)},
        complete=draw(st.sampled_from([frozenset(), frozenset({REGION})])),
        lapses=tuple(
            Lapse(mka=REGION, department=department, confirmed_at=NOW - timedelta(minutes=5))
            for department in draw(st.sets(st.sampled_from(Department), max_size=2))
        ),
        pending=frozenset(draw(st.sets(st.tuples(st.just(others[0].id), st.sampled_from(Department)), max_size=1))),
    )


def judged(patient: Patient, shown: Picture, arrival: Arrival) -> Outcome:
    return judge(patient, shown.sites[LINDE], shown, arrival, NOW, editions()).outcome


def with_state(shown: Picture, department: Department, state: DepartmentState) -> Picture:
    return replace(shown, states={**shown.states, LINDE: {**shown.states[LINDE], department: state}})


@settings(max_examples=60, deadline=None)
@given(patients, pictures(), arrivals)
def test_every_combination_of_facts_has_a_verdict_that_can_be_read(
    patient: Patient, shown: Picture, arrival: Arrival
) -> None:
    verdict = judge(patient, shown.sites[LINDE], shown, arrival, NOW, editions())

    assert verdict.reasons[0].effect is verdict.outcome
    assert set(verdict.at_arrival) == set(Department)
    for language in Language:
        assert "\n" not in headline(verdict, language)
        for reason in verdict.reasons:
            assert reason.section == SECTIONS[reason.rule]
            assert "None" not in sentence(reason, language)
        assert all(duty_sentence(code, language) for code in verdict.duties)
        assert all(judgement_sentence(code, language) for code in verdict.judgement)


@settings(max_examples=30, deadline=None)
@given(patients, pictures(), arrivals)
def test_every_notice_can_be_read(patient: Patient, shown: Picture, arrival: Arrival) -> None:
    verdicts = judge_all(patient, shown, dict.fromkeys(shown.sites, arrival), NOW, editions())
    found = [*notices(patient, shown, verdicts, NOW, editions()), *board_notices(shown, NOW, editions())]

    texts = [notice_sentence(notice, language) for notice in found for language in Language]

    assert all(text.endswith(".") and "None" not in text for text in texts)


@settings(max_examples=30, deadline=None)
@given(patients, pictures(), arrivals)
def test_same_facts_give_the_same_verdict_alone_and_in_a_list(
    patient: Patient, shown: Picture, arrival: Arrival
) -> None:
    together = judge_all(patient, shown, dict.fromkeys(shown.sites, arrival), NOW, editions())

    alone = {hospital: judge(patient, site, shown, arrival, NOW, editions()) for hospital, site in shown.sites.items()}

    assert together == alone


@settings(max_examples=30, deadline=None)
@given(patients, pictures(), arrivals)
def test_order_of_hospitals_changes_nothing(patient: Patient, shown: Picture, arrival: Arrival) -> None:
    turned = replace(shown, sites=dict(reversed(shown.sites.items())), states=dict(reversed(shown.states.items())))
    forwards = judge_all(patient, shown, dict.fromkeys(shown.sites, arrival), NOW, editions())
    backwards = judge_all(patient, turned, dict.fromkeys(turned.sites, arrival), NOW, editions())

    def ranked(verdicts: dict) -> list:
        return [
            one.verdict.hospital
            for one in rank([Option(verdict=v, name=h, drive_time_s=600) for h, v in verdicts.items()], patient)
        ]

    assert {h: v.outcome for h, v in forwards.items()} == {h: v.outcome for h, v in backwards.items()}
    assert ranked(forwards) == ranked(backwards)


certain = st.fixed_dictionaries(
    {department: st.just(DepartmentState(status=Status.GREEN, reported_at=NOW)) for department in Department}
)
red = st.builds(
    DepartmentState,
    status=st.just(Status.RED),
    since=st.just(NOW - timedelta(minutes=40)),
    until=st.none() | st.just(NOW + timedelta(hours=5)),
    reason=st.none() | st.sampled_from(StopReason),
    reported_at=st.just(NOW),
)
without_acceptance = patients.map(lambda one: replace(one, consult={}, en_route={}))


@settings(max_examples=60, deadline=None)
@given(without_acceptance, certain, st.sampled_from(Department), red, st.sampled_from(["nhfl", ""]), arrivals)
def test_one_more_stop_never_improves_the_hospital_it_is_on(
    patient: Patient,
    before: dict[Department, DepartmentState],
    department: Department,
    stop: DepartmentState,
    protocol: str,
    arrival: Arrival,
) -> None:
    shown = picture(linde(protocol=protocol), before)

    free, stopped = judged(patient, shown, arrival), judged(patient, with_state(shown, department, stop), arrival)

    assert BETTER.index(stopped) >= BETTER.index(free)


@settings(max_examples=60, deadline=None)
@given(
    without_acceptance,
    st.lists(red, min_size=1, max_size=2),
    st.lists(st.sampled_from(Department), min_size=2, max_size=2, unique=True),
    arrivals,
)
def test_a_second_stop_never_improves_the_hospital_either(
    patient: Patient, stops: list[DepartmentState], departments: list[Department], arrival: Arrival
) -> None:
    first = picture(linde(), {departments[0]: stops[0]})
    second = with_state(first, departments[1], stops[-1])

    one, two = judged(patient, first, arrival), judged(patient, second, arrival)

    assert BETTER.index(two) >= BETTER.index(one)


helping = st.sampled_from(
    [
        {"consult": {LINDE: ConsultOutcome.ACCEPTED}},
        {"relation": {LINDE: TreatmentRelation(active=Answer.YES, related=Answer.YES)}},
        {"gp_accepted": {LINDE: True}},
        {"en_route": {LINDE: EnRoute(departed_at=NOW - timedelta(hours=3), announced_at=NOW - timedelta(hours=3))}},
    ]
)


@settings(max_examples=40, deadline=None)
@given(without_acceptance.map(lambda one: replace(one, relation={}, gp_accepted={})), pictures(), arrivals, helping)
def test_nothing_that_speaks_for_the_patient_ever_makes_it_worse(
    patient: Patient, shown: Picture, arrival: Arrival, help_: dict[str, object]
) -> None:
    without, with_help = judged(patient, shown, arrival), judged(replace(patient, **help_), shown, arrival)

    assert BETTER.index(with_help) <= BETTER.index(without)


@settings(max_examples=60, deadline=None)
@given(patients, pictures(), arrivals, red | red.map(lambda one: replace(one, status=Status.ORANGE)))
def test_a_life_threat_is_never_diverted_by_the_stop_of_an_seh(
    patient: Patient, shown: Picture, arrival: Arrival, stop: DepartmentState
) -> None:
    in_danger = replace(patient, abcd=Stability.UNSTABLE)
    departments = dict.fromkeys(Department, DepartmentState(status=Status.GREEN, reported_at=NOW))
    site = replace(shown.sites[LINDE], facilities=EVERYTHING, opening=None, policy=StopPolicy.LPZ, limited_hours=False)
    stopped = replace(
        shown,
        sites={**shown.sites, LINDE: site},
        states={**shown.states, LINDE: {**departments, Department.SEH: stop}},
    )

    assert judged(in_danger, stopped, arrival) in (Outcome.WELCOME, Outcome.WELCOME_EXCEPTION)


@settings(max_examples=50, deadline=None)
@given(patients, boards, st.integers(0, 3600), st.integers(1, 3600))
def test_a_later_arrival_never_turns_grace_on(
    patient: Patient, board: dict[Department, DepartmentState], seconds: int, later: int
) -> None:
    shown = picture(linde(), board)

    def grace(after_s: int) -> bool:
        verdict = judge(patient, linde(), shown, arriving(after_s / 60), NOW, editions())
        return any(reason.rule == "RX-4" for reason in verdict.reasons)

    assert grace(seconds) or not grace(seconds + later)


@settings(max_examples=50, deadline=None)
@given(patients, pictures(), arrivals)
def test_a_department_of_unknown_status_is_never_welcome_by_itself(
    patient: Patient, shown: Picture, arrival: Arrival
) -> None:
    site = replace(shown.sites[LINDE], policy=StopPolicy.LPZ)
    silent = replace(shown, sites={**shown.sites, LINDE: site}, states={**shown.states, LINDE: {}})

    outcome = judged(replace(patient, consult={}), silent, arrival)

    assert outcome in (Outcome.CONSULT, Outcome.UNSUITABLE, Outcome.CLOSED)


@settings(max_examples=30, deadline=None)
@given(patients, boards, arrivals)
def test_a_stop_elsewhere_changes_nothing_while_another_stays_open(
    patient: Patient, board: dict[Department, DepartmentState], arrival: Arrival
) -> None:
    quiet = picture(linde(), board)
    stop = DepartmentState(status=Status.RED, since=NOW, reported_at=NOW)
    kade = HospitalId("de-kade")
    busy = replace(quiet, states={**quiet.states, kade: {**quiet.states[kade], Department.SEH: stop}})

    assert judged(patient, busy, arrival) is judged(patient, quiet, arrival)


@settings(max_examples=40, deadline=None)
@given(patients, pictures(), arrivals)
def test_a_band_is_never_kinder_than_both_of_its_ends(patient: Patient, shown: Picture, arrival: Arrival) -> None:
    ends = [judged(patient, shown, Arrival(early=at, expected=at, late=at)) for at in (arrival.early, arrival.late)]

    outcome = judged(patient, shown, arrival)

    if ends[0] is ends[1]:
        assert outcome is ends[0]
    else:
        assert BETTER.index(outcome) >= min(BETTER.index(Outcome.CONSULT), max(map(BETTER.index, ends)))


@settings(max_examples=40, deadline=None)
@given(patients, pictures(), arrivals, st.lists(st.floats(0, 7200), min_size=5, max_size=5))
def test_no_hospital_is_ever_left_out_of_the_order(
    patient: Patient, shown: Picture, arrival: Arrival, drives: list[float]
) -> None:
    verdicts = judge_all(patient, shown, dict.fromkeys(shown.sites, arrival), NOW, editions())
    options = [
        Option(verdict=verdict, name=hospital, drive_time_s=seconds)
        for (hospital, verdict), seconds in zip(verdicts.items(), drives, strict=True)
    ]

    ranked = rank(options, patient)

    assert sorted(one.name for one in ranked) == sorted(one.name for one in options)
