"""What the safety file asks to be proven and no other test proves."""

from datetime import datetime

import pytest

from advisor.bootstrap.world import make_clock
from advisor.journal.board import Board
from advisor.kernel import Department, Status
from advisor.protocol.dated import CODE_ORANGE
from advisor.protocol.decide import judge
from advisor.protocol.model import Answer, Outcome, Patient, Stability, TreatmentRelation
from advisor.services.choose_destination import ChooseDestination, choose_destination
from advisor.services.depart import depart
from advisor.services.give_advice import give_advice
from advisor.services.open_ride import open_ride
from advisor.services.refusals import Conflict
from advisor.services.ride_steps import RideStep, announce_ride
from tests import world as region
from tests.protocol.hospitals import LINDE, NOW, arriving, editions, linde, picture, stopped

KNOWN_THERE = TreatmentRelation(active=Answer.YES, related=Answer.YES)


@pytest.mark.parametrize(("pilot", "outcome"), [(True, Outcome.WELCOME_EXCEPTION), (False, Outcome.CONSULT)])
def test_without_the_pilot_a_known_patient_is_called_about_on_orange(*, pilot: bool, outcome: Outcome) -> None:
    known = Patient(abcd=Stability.STABLE, relation={LINDE: KNOWN_THERE})
    orange = picture(linde(), {Department.SEH: stopped(Status.ORANGE)})
    in_use = editions().with_pilot(CODE_ORANGE, active=pilot)

    assert judge(known, orange.sites[LINDE], orange, arriving(), NOW, in_use).outcome is outcome


def test_departure_is_checked_anew_when_the_destination_changes_meanwhile() -> None:
    world = region.a_world(*region.all_green())
    advice = give_advice(region.a_case(), actor=region.NURSE, now=region.NOW, world=world)
    first, other = (option["hospital"] for option in advice.document["options"][:2])
    step = RideStep(ride_id=open_ride(advice.id, actor=region.NURSE, now=region.NOW, world=world).id)

    def go_to(hospital: str, minute: int) -> None:
        choice = ChooseDestination(ride_id=step.ride_id, hospital=hospital, reason="vol")
        choose_destination(choice, actor=region.NURSE, now=region.at(minute), world=world)
        announce_ride(step, actor=region.NURSE, now=region.at(minute), world=world)

    def other_tab_chooses(_when: datetime) -> Board:
        go_to(other, 2)
        return world.journal.board()

    go_to(first, 1)
    pressed = RideStep(ride_id=step.ride_id, at=region.at(3))

    with pytest.raises(Conflict, match="destination_changed"):
        depart(pressed, actor=region.NURSE, now=region.at(3), world=world, past=other_tab_chooses)


def test_clock_that_stands_still_is_said_aloud(caplog: pytest.LogCaptureFixture) -> None:
    assert make_clock(region.at(0))() == region.at(0)

    assert [record.levelname for record in caplog.records if "NOT FOR USE ON DUTY" in record.message] == ["WARNING"]
