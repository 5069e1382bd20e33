"""A ride from advice to handing over; steps in order, repeated presses, and who may do and see what."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from advisor.journal.ride_events import ReviewVerdict
from advisor.journal.rides import Refusal, Ride, Step
from advisor.kernel import AdviceId, Department, HospitalId, InvalidInput, Position, RideId, Status
from advisor.protocol.model import ConsultOutcome, EnRoute, Outcome
from advisor.services.access import Actor, Forbidden, Role
from advisor.services.advice_case import AdviceCase
from advisor.services.choose_destination import ChooseDestination, choose_destination
from advisor.services.depart import depart
from advisor.services.give_advice import give_advice
from advisor.services.open_ride import open_ride
from advisor.services.proposals import ProposeDestination, accept_proposal, decline_proposal, propose_destination
from advisor.services.refusals import Conflict, NotFound
from advisor.services.report_position import find_position, report_position
from advisor.services.review_ride import ReviewRide, review_ride
from advisor.services.ride_steps import (
    RideStep,
    announce_ride,
    arrive,
    cancel_ride,
    hand_over,
    hold_consult,
    refuse_patient,
)
from advisor.services.see_rides import list_rides, ride_document, see_ride
from advisor.services.world import World
from tests.world import (
    ADMIN,
    COORDINATOR,
    DISPATCHER,
    EVERYBODY,
    GP,
    HOGEBERG,
    MMA,
    NOW,
    NURSE,
    OEVERDAM,
    VELDSTAD,
    a_case,
    a_world,
    all_green,
    at,
    declared,
)

OTHER_CREW = Actor(name="other crew", role=Role.NURSE)
HALFWAY = Position(lat=52.1, lon=5.05)

Press = Callable[[World, RideStep], Ride]


def choose(world: World, step: RideStep, hospital: HospitalId = VELDSTAD, reason: str = "") -> Ride:
    command = ChooseDestination(ride_id=step.ride_id, hospital=hospital, reason=reason, request=step.request)
    return choose_destination(command, actor=NURSE, now=at(1), world=world)


PRESSES: dict[str, Press] = {
    "choose": choose,
    "announce": lambda world, step: announce_ride(step, actor=NURSE, now=at(2), world=world),
    "depart": lambda world, step: depart(step, actor=NURSE, now=at(3), world=world),
    "position": lambda world, step: report_position(step, HALFWAY, actor=NURSE, now=at(4), world=world),
    "arrive": lambda world, step: arrive(step, actor=NURSE, now=at(9), world=world),
    "handover": lambda world, step: hand_over(step, actor=NURSE, now=at(20), world=world),
    "cancel": lambda world, step: cancel_ride(step, actor=NURSE, now=at(20), world=world),
    "refused": lambda world, step: refuse_patient(step, reason="vol", actor=NURSE, now=at(10), world=world),
    "consult": lambda world, step: hold_consult(
        step, (HOGEBERG, ConsultOutcome.ACCEPTED), actor=NURSE, now=at(5), world=world
    ),
}
WAY_TO = {
    Step.OPEN: (),
    Step.CHOSEN: ("choose",),
    Step.ANNOUNCED: ("choose", "announce"),
    Step.DEPARTED: ("choose", "announce", "depart"),
    Step.ARRIVED: ("choose", "announce", "depart", "arrive"),
    Step.REFUSED: ("choose", "announce", "depart", "arrive", "refused"),
    Step.HANDED_OVER: ("choose", "announce", "depart", "arrive", "handover"),
    Step.CANCELLED: ("choose", "cancel"),
}
IN_ORDER = {
    Step.OPEN: {"choose", "position", "cancel", "consult"},
    Step.CHOSEN: {"choose", "announce", "position", "cancel", "consult"},
    Step.ANNOUNCED: {"choose", "depart", "position", "cancel", "consult"},
    Step.DEPARTED: {"choose", "position", "arrive", "refused", "cancel", "consult"},
    Step.ARRIVED: {"handover", "position", "refused", "cancel", "consult"},
    Step.REFUSED: {"choose", "position", "cancel", "consult"},
    Step.HANDED_OVER: set(),
    Step.CANCELLED: set(),
}


def a_ride(*presses: str) -> tuple[World, RideStep]:
    """Return a world with a ride on which these buttons were pressed."""
    world = a_world(*all_green())
    advice = give_advice(a_case(), actor=NURSE, now=NOW, world=world)
    step = RideStep(ride_id=open_ride(advice.id, actor=NURSE, now=NOW, world=world).id)
    for press in presses:
        PRESSES[press](world, step)
    return world, step


def ride_at(step: Step) -> tuple[World, RideStep]:
    return a_ride(*WAY_TO[step])


def seen(world: World, step: RideStep) -> Ride:
    return world.journal.board().rides[step.ride_id]


@pytest.mark.parametrize("press", PRESSES)
@pytest.mark.parametrize("where", Step)
def test_step_in_order_is_carried_out_and_one_out_of_order_changes_nothing(where: Step, press: str) -> None:
    world, step = ride_at(where)
    head, before = world.journal.head(), seen(world, step)

    if press in IN_ORDER[where]:
        PRESSES[press](world, step)
        assert world.journal.head() == head + 1
    else:
        with pytest.raises(Conflict):
            PRESSES[press](world, step)
        assert (world.journal.head(), seen(world, step)) == (head, before)


@pytest.mark.parametrize("press", PRESSES)
def test_repeated_press_is_carried_out_once(press: str) -> None:
    where = next(step for step in Step if press in IN_ORDER[step])
    world, step = ride_at(where)
    step = replace(step, request="key-1")
    first = PRESSES[press](world, step)
    head = world.journal.head()

    again = PRESSES[press](world, step)

    assert (again, world.journal.head()) == (first, head)


def test_same_key_on_another_button_is_another_press() -> None:
    world, step = a_ride()
    step = replace(step, request="key-1")
    choose(world, step)

    assert PRESSES["announce"](world, step).step is Step.ANNOUNCED


def test_opening_twice_with_the_same_key_is_one_ride() -> None:
    world = a_world(*all_green())
    advice = give_advice(a_case(), actor=NURSE, now=NOW, world=world)

    rides = [open_ride(advice.id, actor=NURSE, now=NOW, world=world, request="key").id for _ in range(2)]

    assert (rides[0], len(world.journal.board().rides)) == (rides[1], 1)


def test_opening_twice_without_a_key_is_two_rides() -> None:
    world = a_world(*all_green())
    advice = give_advice(a_case(), actor=NURSE, now=NOW, world=world)

    rides = {open_ride(advice.id, actor=NURSE, now=NOW, world=world).id for _ in range(2)}

    assert len(rides) == 2


def test_ride_needs_an_advice() -> None:
    with pytest.raises(NotFound):
        open_ride(AdviceId("never"), actor=NURSE, now=NOW, world=a_world())


@pytest.mark.parametrize("actor", [each for each in EVERYBODY if each is not NURSE], ids=lambda actor: actor.role)
def test_only_a_nurse_opens_a_ride(actor: Actor) -> None:
    with pytest.raises(Forbidden):
        open_ride(AdviceId("any"), actor=actor, now=NOW, world=a_world())


def test_other_crew_does_not_touch_a_ride() -> None:
    world, step = a_ride("choose")

    with pytest.raises(Forbidden):
        announce_ride(step, actor=OTHER_CREW, now=at(2), world=world)


class TestChoosing:
    def test_choice_tells_its_rank_and_when_it_will_be_reached(self) -> None:
        ride = seen(*a_ride("choose"))

        assert (ride.hospital, ride.rank, ride.outcome) == (VELDSTAD, 1, Outcome.WELCOME)
        assert ride.expected_at == at(1 + 340 / 60)

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_other_than_the_first_needs_a_reason(self, reason: str) -> None:
        with pytest.raises(InvalidInput):
            choose(*a_ride(), hospital=OEVERDAM, reason=reason)

    def test_other_than_the_first_is_chosen_with_a_reason(self) -> None:
        ride = choose(*a_ride(), hospital=OEVERDAM, reason="patiënt is daar bekend")

        assert (ride.hospital, ride.rank, ride.reason) == (OEVERDAM, 2, "patiënt is daar bekend")

    def test_hospital_that_the_advice_does_not_have_is_refused(self) -> None:
        with pytest.raises(InvalidInput):
            choose(*a_ride(), hospital=HospitalId("nowhere"))

    def test_reason_with_the_number_of_a_citizen_is_refused(self) -> None:
        with pytest.raises(InvalidInput):
            choose(*a_ride(), hospital=OEVERDAM, reason="123456782")

    def test_choosing_again_under_way_goes_on_driving_and_is_to_be_announced(self) -> None:
        world, step = ride_at(Step.DEPARTED)

        ride = choose(world, step, hospital=OEVERDAM, reason="file")

        assert (ride.step, ride.hospital, ride.announced_at) == (Step.DEPARTED, OEVERDAM, None)
        assert PRESSES["announce"](world, step).announced_at == at(2)

    def test_after_a_refusal_another_hospital_is_chosen(self) -> None:
        world, step = ride_at(Step.REFUSED)

        ride = choose(world, step, hospital=OEVERDAM, reason="geweigerd")

        assert (ride.step, ride.refused) == (Step.CHOSEN, (Refusal(hospital=VELDSTAD, reason="vol", at=at(10)),))


class TestDeparting:
    def test_status_at_the_departure_is_recorded(self) -> None:
        world, step = ride_at(Step.ANNOUNCED)
        world.journal.transact(lambda _: [declared(when=at(2.5))])

        ride = PRESSES["depart"](world, step)

        assert (ride.statuses[Department.SEH], ride.outcome_at_departure) == (Status.RED, Outcome.DIVERT)
        assert ride.outcome is Outcome.WELCOME

    def test_departure_is_not_blocked_by_a_stop(self) -> None:
        world, step = ride_at(Step.ANNOUNCED)
        world.journal.transact(lambda _: [declared(when=at(2.5))])

        assert PRESSES["depart"](world, step).step is Step.DEPARTED


class TestUnderWay:
    def test_position_moves_the_expected_arrival(self) -> None:
        ride = seen(*a_ride("choose", "announce", "depart", "position"))

        assert ride.expected_at == at(4 + 170 / 60)

    def test_last_position_is_found(self) -> None:
        world, step = a_ride("choose", "position")

        assert find_position(seen(world, step), world=world) == HALFWAY

    def test_position_off_the_network_leaves_the_expected_arrival(self) -> None:
        world, step = a_ride("choose")
        far = Position(lat=50.0, lon=5.0)

        ride = report_position(step, far, actor=NURSE, now=at(4), world=world)

        assert ride.expected_at == at(1 + 340 / 60)

    @pytest.mark.parametrize(("where", "count"), [(Step.CHOSEN, 0), (Step.ANNOUNCED, 1), (Step.ARRIVED, 0)])
    def test_announced_ambulances_are_inbound(self, where: Step, count: int) -> None:
        world, _ = ride_at(where)

        assert world.journal.board().inbound(at(4)).get(VELDSTAD, 0) == count

    def test_ride_that_nobody_closed_is_inbound_no_longer(self) -> None:
        world, _ = ride_at(Step.DEPARTED)

        assert world.journal.board().inbound(at(60)) == {}

    def test_inbound_ambulances_are_in_the_next_advice(self) -> None:
        world, _ = ride_at(Step.ANNOUNCED)

        advice = give_advice(a_case(), actor=OTHER_CREW, now=at(3), world=world)

        assert advice.document["options"][0]["inbound"] == 1

    def test_ambulance_under_way_does_not_count_itself(self) -> None:
        world, step = ride_at(Step.ANNOUNCED)
        ride = world.journal.board().rides[step.ride_id]
        under_way = {VELDSTAD: EnRoute(announced_at=ride.announced_at)}

        def inbound(actor: Actor, case: AdviceCase) -> int:
            document = give_advice(case, actor=actor, now=at(3), world=world).document
            return {option["hospital"]: option["inbound"] for option in document["options"]}[VELDSTAD]

        case = a_case()
        own = replace(case, patient=replace(case.patient, en_route=under_way))
        assert (inbound(NURSE, own), inbound(OTHER_CREW, own), inbound(NURSE, case)) == (0, 1, 1)


class TestProposals:
    def propose(self, world: World, step: RideStep, hospital: HospitalId = OEVERDAM) -> str:
        command = ProposeDestination(ride_id=step.ride_id, hospital=hospital)
        return propose_destination(command, actor=DISPATCHER, now=at(5), world=world)[1].id

    def test_accepted_proposal_is_the_choice(self) -> None:
        world, step = a_ride("choose")

        ride = accept_proposal(self.propose(world, step), actor=NURSE, now=at(6), world=world)  # type: ignore[arg-type]

        assert (ride.hospital, ride.reason, ride.proposals[0].accepted) == (OEVERDAM, "Voorstel van de meldkamer", True)

    def test_declined_proposal_leaves_the_choice(self) -> None:
        world, step = a_ride("choose")

        ride = decline_proposal(self.propose(world, step), actor=NURSE, now=at(6), world=world)  # type: ignore[arg-type]

        assert (ride.hospital, ride.proposals[0].accepted) == (VELDSTAD, False)

    def test_proposal_is_answered_once(self) -> None:
        world, step = a_ride("choose")
        proposal = self.propose(world, step)
        decline_proposal(proposal, actor=NURSE, now=at(6), world=world)  # type: ignore[arg-type]

        with pytest.raises(Conflict):
            accept_proposal(proposal, actor=NURSE, now=at(7), world=world)  # type: ignore[arg-type]

    def test_proposal_for_a_ride_that_is_over_is_out_of_order(self) -> None:
        with pytest.raises(Conflict):
            self.propose(*ride_at(Step.CANCELLED))

    def test_proposal_of_a_hospital_outside_the_advice_is_refused(self) -> None:
        with pytest.raises(InvalidInput):
            self.propose(*a_ride(), hospital=HospitalId("nowhere"))

    def test_other_crew_does_not_answer(self) -> None:
        world, step = a_ride("choose")

        with pytest.raises(Forbidden):
            accept_proposal(self.propose(world, step), actor=OTHER_CREW, now=at(6), world=world)  # type: ignore[arg-type]

    @pytest.mark.parametrize("actor", [each for each in EVERYBODY if each is not DISPATCHER])
    def test_only_a_dispatcher_proposes(self, actor: Actor) -> None:
        world, step = a_ride()
        command = ProposeDestination(ride_id=step.ride_id, hospital=OEVERDAM)

        with pytest.raises(Forbidden):
            propose_destination(command, actor=actor, now=at(5), world=world)


class TestReviews:
    def test_review_stays_with_the_ride(self) -> None:
        world, step = a_ride("choose")
        command = ReviewRide(ride_id=step.ride_id, verdict=ReviewVerdict.DISCUSS, note="waarom?")

        review_ride(command, actor=MMA, now=at(30), world=world)

        [review] = seen(world, step).reviews
        assert (review.verdict, review.note, review.by) == (ReviewVerdict.DISCUSS, "waarom?", "mma")

    def test_nothing_is_reviewed_before_a_choice(self) -> None:
        world, step = a_ride()

        with pytest.raises(Conflict):
            review_ride(
                ReviewRide(ride_id=step.ride_id, verdict=ReviewVerdict.AGREE), actor=MMA, now=at(30), world=world
            )

    @pytest.mark.parametrize("actor", [NURSE, COORDINATOR, GP, ADMIN], ids=lambda actor: actor.role)
    def test_only_the_dispatch_centre_reviews(self, actor: Actor) -> None:
        world, step = a_ride("choose")

        with pytest.raises(Forbidden):
            review_ride(
                ReviewRide(ride_id=step.ride_id, verdict=ReviewVerdict.AGREE), actor=actor, now=at(30), world=world
            )


class TestSeeing:
    @pytest.mark.parametrize(
        ("actor", "sees"),
        [
            (NURSE, True),
            (OTHER_CREW, False),
            (DISPATCHER, True),
            (MMA, True),
            (COORDINATOR, True),
            (replace(COORDINATOR, hospital=OEVERDAM), False),
            (GP, False),
            (ADMIN, False),
        ],
    )
    def test_announced_ride_is_seen_by_whom_it_concerns(self, actor: Actor, *, sees: bool) -> None:
        world, step = ride_at(Step.ANNOUNCED)

        assert bool(list_rides(actor=actor, world=world)) is sees
        if sees:
            assert see_ride(step.ride_id, actor=actor, world=world).id == step.ride_id
        else:
            with pytest.raises(Forbidden):
                see_ride(step.ride_id, actor=actor, world=world)

    def test_hospital_sees_no_ride_that_was_not_announced(self) -> None:
        world, _ = ride_at(Step.CHOSEN)

        assert list_rides(actor=COORDINATOR, world=world) == ()

    def test_hospital_does_not_see_what_was_advised(self) -> None:
        ride = seen(*ride_at(Step.ANNOUNCED))

        assert "rank" in ride_document(ride, MMA)
        assert not {"advice", "rank", "reason", "reviews", "proposals"} & ride_document(ride, COORDINATOR).keys()

    def test_unknown_ride_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            see_ride(RideId("never"), actor=MMA, world=a_world())
